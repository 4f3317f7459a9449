"""Everything about one client on one card."""

from dataclasses import dataclass
from uuid import UUID

from koba_desktop.domain.entities.clients import ClientAddress, ClientPhone, Representative
from koba_desktop.domain.entities.contacts import CallTask
from koba_desktop.services.commands import ClientProfile
from koba_desktop.services.rows import AppointmentRow, AttemptRow, ClientRow
from koba_desktop.services.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCard:
    """``address`` is None where the viewer may not see it (``address_hidden``) or there is none."""

    client: ClientRow
    language: str
    needs: tuple[str, ...]
    case_number: str
    office_name: str
    advisor_name: str
    address: ClientAddress | None
    address_hidden: bool
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
    raise NotImplementedError


def client_profile(view: View, client_id: UUID) -> ClientProfile:
    """What the editor opens with."""
    raise NotImplementedError
