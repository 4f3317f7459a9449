"""Reply slips by themselves: of an appointment whose letter has none any more, and blank ones.

A slip says who is meant, when and where to send it back: what everybody sees of an appointment who
has to do with clients. It is made anew from how things stand, and not from what was frozen into
the letter: the appointment may have moved since.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from koba_desktop.domain import addresses
from koba_desktop.domain.appointments import MOVABLE
from koba_desktop.domain.clock import day_bounds
from koba_desktop.domain.entities.appointments import Appointment, Participant
from koba_desktop.domain.entities.clients import Client, Representative
from koba_desktop.domain.entities.letters import Letter, TemplateVersion
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.rooms import Visit
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import NotFound, Problem, Refused
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import LetterKind, LetterState
from koba_desktop.services.calendar.day_list import CALLED_OFF
from koba_desktop.services.letters.choosing import wordings_for
from koba_desktop.services.letters.data import LetterData, letter_data, storable
from koba_desktop.services.letters.freezing import (
    advisor_data,
    appointment_data,
    client_data,
    office_data,
    visit_data,
)
from koba_desktop.services.letters.kinds import suited
from koba_desktop.services.office.demo import is_demo
from koba_desktop.services.office.entitlement import may_query, not_entitled, sees_appointment
from koba_desktop.services.ports import LetterSource, Reader
from koba_desktop.services.view import View


@dataclass(frozen=True, slots=True)
class BlankSlips:
    """Slips to be laid out: they ask who writes. ``reply_lines`` is where they go back to."""

    office: str
    reply_lines: tuple[str, ...]
    demo: bool


def reply_slips(view: View, appointment_ids: Sequence[UUID]) -> tuple[LetterSource, ...]:
    """What the slips of these appointments are made from, in the order asked for: the wording of
    the letter the client has, where it still says how the appointment takes place.

    Raises NotFound; Refused: ``not_entitled``, ``letter_needs_client`` for a visitor without a
    record, ``template_missing``.
    """
    demo = is_demo(view.reader)
    return tuple(_slip(view, each, demo) for each in appointment_ids)


def slip_called(view: View, reference: str) -> tuple[LetterSource, ...]:
    """That of the appointment with a reference, however it was typed. Raises Refused
    ``reference_unknown``, and as ``reply_slips``."""
    found = view.reader.find_reference(reference)
    if found is None:
        raise Refused(Problem("reference_unknown", {"reference": reference}, "reference"))
    return reply_slips(view, [found])


def slips_of_day(
    view: View, office_id: UUID, day: date, advisor_id: UUID | None = None
) -> tuple[LetterSource, ...]:
    """Those of the clients whose appointments on a day are still to take place, by time; with
    ``advisor_id`` of one advisor's. Raises as ``reply_slips``."""
    advisors = () if advisor_id is None else (advisor_id,)
    rows = view.reader.appointments_between(office_id, *day_bounds(day), advisor_ids=advisors)
    return reply_slips(
        view, [row.id for row in rows if row.state in MOVABLE and row.client_id is not None]
    )


def blank_slips(view: View, office_id: UUID) -> BlankSlips:
    """For the entrance of an office. Raises NotFound; Refused ``not_entitled``."""
    if not may_query(view, Right.SEE_CLIENTS, office_id):
        raise not_entitled()
    office = view.reader.get(Office, office_id)
    lines = office_data(office)["reply_lines"]
    return BlankSlips(office.name, tuple(lines), is_demo(view.reader))


def _slip(view: View, appointment_id: UUID, demo: bool) -> LetterSource:
    view = view.ahead(
        lambda ask: (
            ask.find(Appointment, id=appointment_id, limit=1),
            _participants(ask, appointment_id),
            _letters(ask, appointment_id),
            _visits(ask, appointment_id),
        )
    )
    found = view.reader.find(Appointment, id=appointment_id, limit=1)
    if not found or found[0].withdrawn_at is not None:
        raise NotFound("not_found", kind="Appointment")
    appointment = found[0]
    if view.viewer is not None and not sees_appointment(
        view, appointment.office_id, appointment.advisor_id, appointment.starts
    ):
        raise not_entitled(where=str(appointment_id))
    client_id = next(
        (p.client_id for p in _participants(view.reader, appointment_id) if p.client_id), None
    )
    if client_id is None:
        raise Refused(Problem("letter_needs_client", where="client_id"))
    letter = _letter_about(view.reader, appointment)
    view = view.ahead(
        lambda ask: (
            ask.find(Client, id=client_id, limit=1),
            _representatives(ask, client_id),
            _versions(ask, letter) if letter is not None else (),
        )
    )
    clients = view.reader.find(Client, id=client_id, limit=1)
    if not clients:  # of an office whose clients the database does not show the viewer
        raise not_entitled(where="client_id")
    client = clients[0]
    kind, variant, blocks = _wording(view, appointment, client, letter)
    return LetterSource(
        kind=kind,
        blocks=blocks,
        data=storable(_data(view, appointment, client)),
        variant=variant,
        demo=demo,
    )


def _participants(reader: Reader, appointment_id: UUID) -> list[Participant]:
    return reader.find(Participant, appointment_id=appointment_id, order_by="id")


def _letters(reader: Reader, appointment_id: UUID) -> list[Letter]:
    return reader.find(Letter, appointment_id=appointment_id, order_by="-created_at")


def _visits(reader: Reader, appointment_id: UUID) -> list[Visit]:
    return reader.find(Visit, appointment_id=appointment_id, withdrawn_at=None, limit=1)


def _representatives(reader: Reader, client_id: UUID) -> list[Representative]:
    return reader.find(Representative, client_id=client_id)


def _versions(reader: Reader, letter: Letter) -> list[TemplateVersion]:
    return reader.find(TemplateVersion, id=letter.template_version_id, limit=1)


def _wording(
    view: View, appointment: Appointment, client: Client, letter: Letter | None
) -> tuple[LetterKind, str, dict[str, str]]:
    """Kind, variant and blocks."""
    if letter is not None:
        return letter.kind, letter.variant, _versions(view.reader, letter)[0].blocks
    if appointment.state in CALLED_OFF:
        kind = LetterKind.CANCELLATION
    else:
        kind = suited(LetterKind.PERSONAL, appointment, None)
    found = wordings_for(view.reader, kind, client.language, view.today)
    return kind, found.variant.value, found.binding.blocks


def _letter_about(reader: Reader, appointment: Appointment) -> Letter | None:
    """The newest letter that says in which way the appointment takes place now."""
    called_off = appointment.state in CALLED_OFF
    for letter in _letters(reader, appointment.id):
        said = letter_data(letter.data)["appointment"]
        if (
            letter.state is not LetterState.VOID
            and letter.withdrawn_at is None
            and (letter.kind is LetterKind.CANCELLATION) is called_off
            and said is not None
            and said["channel"] == appointment.channel
        ):
            return letter
    return None


def _data(view: View, appointment: Appointment, client: Client) -> LetterData:
    """What a slip can say; the rest of a letter is left empty."""
    reader = view.reader
    office = reader.get(Office, appointment.office_id)
    representative = addresses.representative_on(_representatives(reader, client.id), view.today)
    data = LetterData(
        office=office_data(office),
        recipient_lines=[],
        salutation_line="",
        advisor=advisor_data(reader.get(Staff, appointment.advisor_id), office),
        client=client_data(client, represented=representative is not None),
        reference=appointment.reference,
        made_on=view.today.isoformat(),
        appointment=appointment_data(appointment),
        former=None,
        attempts=[],
        about="",
        papers=[],
        answer_until=None,
        demo=is_demo(reader),
        form="B",
        envelope="DL",
        address_blocked=False,
    )
    visits = _visits(reader, appointment.id)
    if visits:
        data["visit"] = visit_data(visits[0], appointment)
    return data
