"""Reply slips by themselves: of an appointment whose letter has none any more, and blank ones.

A slip says who is meant, when and where to send it back: what everybody sees of an appointment who
has to do with clients. It is made anew from how things stand, and not from what was frozen into
the letter: the appointment may have moved since.
"""

from collections.abc import Mapping, Sequence
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
from koba_desktop.services.ports import AnyOf, LetterSource, Reader
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
    ids = tuple(dict.fromkeys(appointment_ids))
    if not ids:
        return ()
    facts = _about(view, ids)
    made = {each: _slip(view, each, facts) for each in ids}
    return tuple(made[each] for each in appointment_ids)


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


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the slips of some appointments are made from, by the appointment's id, that of the
    client or of the wording."""

    appointments: Mapping[UUID, Appointment]
    client_of: Mapping[UUID, UUID]
    letters: Mapping[UUID, Letter]  # the one the client has
    visits: Mapping[UUID, Visit]
    clients: Mapping[UUID, Client]
    representatives: Mapping[UUID, Sequence[Representative]]
    versions: Mapping[UUID, TemplateVersion]
    demo: bool


def _about(view: View, ids: Sequence[UUID]) -> _Facts:
    """Asked for all of them at once, in two journeys to the database: a day has many."""
    of_them = AnyOf.of(ids)

    def first(
        ask: Reader,
    ) -> tuple[list[Appointment], list[Participant], list[Letter], list[Visit]]:
        return (
            ask.find(Appointment, id=of_them),
            ask.find(Participant, appointment_id=of_them, order_by="id"),
            ask.find(Letter, appointment_id=of_them, order_by="-created_at"),
            ask.find(Visit, appointment_id=of_them, withdrawn_at=None),
        )

    found, participants, written, visits = first(view.ahead(first).reader)
    appointments = {each.id: each for each in found if each.withdrawn_at is None}
    client_of: dict[UUID, UUID] = {}
    for participant in participants:
        if participant.client_id is not None:
            client_of.setdefault(participant.appointment_id, participant.client_id)
    letters: dict[UUID, Letter] = {}
    for letter in written:
        about = letter.appointment_id
        if about in appointments and about not in letters and _holds(letter, appointments[about]):
            letters[about] = letter
    clients = AnyOf.of(dict.fromkeys(client_of.values()))
    wordings = AnyOf.of(dict.fromkeys(each.template_version_id for each in letters.values()))

    def second(ask: Reader) -> tuple[list[Client], list[Representative], list[TemplateVersion]]:
        return (
            ask.find(Client, id=clients),
            ask.find(Representative, client_id=clients),
            ask.find(TemplateVersion, id=wordings) if wordings.values else [],
        )

    people, representing, versions = (
        second(view.ahead(second).reader) if client_of else ([], [], [])
    )
    representatives: dict[UUID, list[Representative]] = {}
    for representative in representing:
        representatives.setdefault(representative.client_id, []).append(representative)
    return _Facts(
        appointments=appointments,
        client_of=client_of,
        letters=letters,
        visits={each.appointment_id: each for each in visits if each.appointment_id is not None},
        clients={each.id: each for each in people},
        representatives=representatives,
        versions={each.id: each for each in versions},
        demo=is_demo(view.reader),
    )


def _slip(view: View, appointment_id: UUID, facts: _Facts) -> LetterSource:
    appointment = facts.appointments.get(appointment_id)
    if appointment is None:
        raise NotFound("not_found", kind="Appointment")
    if view.viewer is not None and not sees_appointment(
        view, appointment.office_id, appointment.advisor_id, appointment.starts
    ):
        raise not_entitled(where=str(appointment_id))
    client_id = facts.client_of.get(appointment_id)
    if client_id is None:
        raise Refused(Problem("letter_needs_client", where="client_id"))
    client = facts.clients.get(client_id)
    if client is None:  # of an office whose clients the database does not show the viewer
        raise not_entitled(where="client_id")
    kind, variant, blocks = _wording(view, appointment, client, facts)
    return LetterSource(
        kind=kind,
        blocks=blocks,
        data=storable(_data(view, appointment, client, facts)),
        variant=variant,
        demo=facts.demo,
    )


def _wording(
    view: View, appointment: Appointment, client: Client, facts: _Facts
) -> tuple[LetterKind, str, Mapping[str, str]]:
    """Kind, variant and blocks."""
    letter = facts.letters.get(appointment.id)
    if letter is not None:
        return letter.kind, letter.variant, facts.versions[letter.template_version_id].blocks
    if appointment.state in CALLED_OFF:
        kind = LetterKind.CANCELLATION
    else:
        kind = suited(LetterKind.PERSONAL, appointment, None)
    found = wordings_for(view.reader, kind, client.language, view.today)
    return kind, found.variant.value, found.binding.blocks


def _holds(letter: Letter, appointment: Appointment) -> bool:
    """Whether the letter says in which way the appointment takes place now."""
    said = letter_data(letter.data)["appointment"]
    return (
        letter.state is not LetterState.VOID
        and letter.withdrawn_at is None
        and (letter.kind is LetterKind.CANCELLATION) is (appointment.state in CALLED_OFF)
        and said is not None
        and said["channel"] == appointment.channel
    )


def _data(view: View, appointment: Appointment, client: Client, facts: _Facts) -> LetterData:
    """What a slip can say; the rest of a letter is left empty."""
    reader = view.reader
    office = reader.get(Office, appointment.office_id)
    representative = addresses.representative_on(
        facts.representatives.get(client.id, ()), view.today
    )
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
        demo=facts.demo,
        form="B",
        envelope="DL",
        address_blocked=False,
    )
    visit = facts.visits.get(appointment.id)
    if visit is not None:
        data["visit"] = visit_data(visit, appointment)
    return data
