"""One appointment with its history, for the editor and the hover card."""

from dataclasses import dataclass
from uuid import UUID

from koba_desktop.domain.entities.appointments import Appointment, AppointmentChange
from koba_desktop.services.rows import AppointmentRow, OutboxRow
from koba_desktop.services.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentDetail:
    row: AppointmentRow
    appointment: Appointment
    purpose: str
    history: tuple[AppointmentChange, ...]  # oldest first
    letters: tuple[OutboxRow, ...]


def appointment_detail(view: View, appointment_id: UUID) -> AppointmentDetail:
    raise NotImplementedError


def file_note(view: View, appointment_id: UUID | None, client_id: UUID) -> str:
    """„Vermerk kopieren“: a short German note for the specialist program: who was called when on
    which number with which outcome, what was proposed, which letter went out."""
    raise NotImplementedError
