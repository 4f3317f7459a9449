"""Everything about one client on one card."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from koba_desktop.domain import addresses, ladder, policy
from koba_desktop.domain.entities.clients import (
    Client,
    ClientAddress,
    ClientEmail,
    ClientNote,
    ClientPhone,
    Representative,
)
from koba_desktop.domain.entities.contacts import CallTask
from koba_desktop.domain.entities.office import Office, Setting
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.vocabulary import ACTIVE_STATES, AppointmentState
from koba_desktop.services.clients.blocked import require_shown
from koba_desktop.services.commands import ClientProfile
from koba_desktop.services.office.entitlement import require_client
from koba_desktop.services.ports import Reader
from koba_desktop.services.rows import AppointmentRow, AttemptRow, ClientRow
from koba_desktop.services.view import View

ATTEMPTS_SHOWN = 50
_ATTEMPTS_FOR_HOURS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCard:
    """``address`` is None where there is none, or it is blocked (``address_hidden``); the
    responsible advisor may ask for it with a reason (``address_viewable``).

    Who may not read social data (reception) gets neither notes nor past appointments.
    """

    client: ClientRow
    language: str
    needs: tuple[str, ...]
    case_number: str
    office_name: str
    advisor_name: str
    address: ClientAddress | None
    address_hidden: bool
    address_viewable: bool = False
    phones: tuple[ClientPhone, ...]
    representative: Representative | None
    note: str
    next_appointment: AppointmentRow | None
    appointments: tuple[AppointmentRow, ...]  # latest first
    attempts: tuple[AttemptRow, ...]  # latest first
    open_task: CallTask | None
    best_hour: int | None
    best_hour_reached: int = 0
    best_hour_tried: int = 0


def client_card(view: View, client_id: UUID) -> ClientCard:
    """Raises NotFound, and Refused ``not_entitled`` for a client of an office in which the viewer
    holds no role."""
    reader = view.reader
    client = reader.get(Client, client_id)
    reads_social_data = require_client(view, client)
    reader = reader.ahead(
        lambda ask: (
            _phones(ask, client_id),
            None if client.address_blocked else _address(ask, client_id),
            ask.client_appointments(client_id),
            ask.client_attempts(client_id, limit=_ATTEMPTS_FOR_HOURS, notes=reads_social_data),
            _representatives(ask, client_id),
            note_of(ask, client_id) if reads_social_data else "",
            _open_task(ask, client_id),
        )
    )
    phones = _phones(reader, client_id)
    address = None if client.address_blocked else _address(reader, client_id)
    appointments = tuple(reader.client_appointments(client_id))
    attempts = tuple(
        reader.client_attempts(client_id, limit=_ATTEMPTS_FOR_HOURS, notes=reads_social_data)
    )
    tries = [ladder.Try(a.at, a.outcome) for a in attempts]
    rules = policy.ladder_rules(reader.find(Setting), client.office_id, view.today)
    hour = ladder.best_hour(tries, rules)
    counted = next((h for h in ladder.tally(tries) if h.hour == hour), None)
    return ClientCard(
        client=_row(client, phones),
        language=client.language.value,
        needs=tuple(need.value for need in client.needs),
        case_number=client.case_number or "",
        office_name=reader.get(Office, client.office_id).name,
        advisor_name=_advisor_name(reader, client.advisor_id),
        address=address,
        address_hidden=client.address_blocked,
        address_viewable=client.address_blocked and addresses.may_see_address(client, view.viewer),
        phones=phones,
        representative=addresses.representative_on(_representatives(reader, client_id), view.today),
        note=note_of(reader, client_id) if reads_social_data else "",
        next_appointment=_next(appointments, view.now),
        appointments=appointments
        if reads_social_data
        else tuple(a for a in appointments if a.ends > view.now),
        attempts=attempts[:ATTEMPTS_SHOWN],
        open_task=_open_task(reader, client_id),
        best_hour=hour,
        best_hour_reached=counted.reached if counted is not None else 0,
        best_hour_tried=counted.tried if counted is not None else 0,
    )


def coming_appointments(view: View, client_id: UUID) -> tuple[AppointmentRow, ...]:
    """What a client has from now on, the running one first. Raises as ``client_card`` does."""
    require_client(view, view.reader.get(Client, client_id))
    rows = view.reader.client_appointments(client_id)
    return tuple(sorted((row for row in rows if row.ends > view.now), key=lambda r: r.starts))


def good_phones(view: View, client_id: UUID) -> tuple[ClientPhone, ...]:
    """The numbers of a client that are not known to be wrong. Raises as ``client_card`` does."""
    require_client(view, view.reader.get(Client, client_id))
    found = view.reader.find(ClientPhone, client_id=client_id, order_by="position")
    return tuple(phone for phone in found if phone.bad_since is None)


def client_profile(view: View, client_id: UUID) -> ClientProfile:
    """What the editor opens with, without the note where the viewer may not read it.

    Raises NotFound, and Refused: ``not_entitled``, and ``address_hidden`` or
    ``address_reason_missing`` where the address is blocked (``clients.blocked.require_shown``).
    """
    reader = view.reader
    client = reader.get(Client, client_id)
    reads_social_data = require_client(view, client)
    require_shown(view, client)
    return profile_of(reader, client, view.today, note=reads_social_data)


def profile_of(
    reader: Reader, client: Client, today: date, *, address: bool = True, note: bool = True
) -> ClientProfile:
    """A client with all contact data; the representative valid today, else the latest to come.
    ``address`` and ``note`` False: without these, which are not read."""
    reader = reader.ahead(
        lambda ask: (
            _representatives(ask, client.id),
            _address(ask, client.id) if address else None,
            _phones(ask, client.id),
            _emails(ask, client.id),
            note_of(ask, client.id) if note else "",
        )
    )
    representatives = _representatives(reader, client.id)
    to_come = [r for r in representatives if r.valid_until is None or r.valid_until >= today]
    return ClientProfile(
        client=client,
        address=_address(reader, client.id) if address else None,
        phones=_phones(reader, client.id),
        emails=_emails(reader, client.id),
        representative=addresses.representative_on(representatives, today)
        or (to_come[0] if to_come else None),
        note=note_of(reader, client.id) if note else "",
    )


def _phones(reader: Reader, client_id: UUID) -> tuple[ClientPhone, ...]:
    return tuple(reader.find(ClientPhone, client_id=client_id, order_by="position"))


def _emails(reader: Reader, client_id: UUID) -> tuple[ClientEmail, ...]:
    return tuple(reader.find(ClientEmail, client_id=client_id, order_by="id"))


def _representatives(reader: Reader, client_id: UUID) -> list[Representative]:
    return reader.find(Representative, client_id=client_id, order_by="-valid_from")


def _row(client: Client, phones: Sequence[ClientPhone]) -> ClientRow:
    return ClientRow(
        id=client.id,
        family_name=client.family_name,
        given_name=client.given_name,
        title=client.title,
        salutation=client.salutation,
        number=client.number,
        birth_date=client.birth_date,
        office_id=client.office_id,
        advisor_id=client.advisor_id,
        phone=next((p.typed for p in phones if p.bad_since is None), ""),
        address_blocked=client.address_blocked,
        closed_on=client.closed_on,
    )


def _address(reader: Reader, client_id: UUID) -> ClientAddress | None:
    found = reader.find(ClientAddress, client_id=client_id, limit=1)
    return found[0] if found else None


def note_of(reader: Reader, client_id: UUID) -> str:
    """The note on a client, empty where there is none."""
    found = reader.find(ClientNote, client_id=client_id, limit=1)
    return found[0].text if found else ""


def _advisor_name(reader: Reader, advisor_id: UUID | None) -> str:
    if advisor_id is None:
        return ""
    advisor = reader.get(Staff, advisor_id)
    return ", ".join(part for part in (advisor.family_name, advisor.given_name) if part)


def _next(appointments: Sequence[AppointmentRow], now: datetime) -> AppointmentRow | None:
    """The one running, or the next that is to take place."""
    coming = [
        a
        for a in appointments
        if a.ends > now and a.state in ACTIVE_STATES and a.state is not AppointmentState.KEPT
    ]
    return min(coming, key=lambda a: a.starts, default=None)


def _open_task(reader: Reader, client_id: UUID) -> CallTask | None:
    found = reader.find(
        CallTask, client_id=client_id, result=None, withdrawn_at=None, order_by="due", limit=1
    )
    return found[0] if found else None
