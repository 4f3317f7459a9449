"""One appointment with its history, for the editor and the hover card."""

from dataclasses import dataclass
from uuid import UUID

from koba_desktop.domain.entities.appointments import (
    Appointment,
    AppointmentChange,
    AppointmentPurpose,
)
from koba_desktop.domain.errors import NotFound
from koba_desktop.services.appointments.note import note
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
    """Raises NotFound, also for one that was taken back."""
    reader = view.reader
    appointment = reader.get(Appointment, appointment_id)
    if appointment.withdrawn_at is not None:
        raise NotFound("not_found", kind="Appointment")
    purposes = reader.find(AppointmentPurpose, appointment_id=appointment_id, limit=1)
    letters = reader.outbox(appointment.office_id, text=appointment.reference)
    return AppointmentDetail(
        row=reader.appointment_rows([appointment_id])[0],
        appointment=appointment,
        purpose=purposes[0].text if purposes else "",
        history=tuple(reader.find(AppointmentChange, appointment_id=appointment_id, order_by="id")),
        letters=tuple(row for row in letters if row.appointment_id == appointment_id),
    )


def file_note(view: View, appointment_id: UUID | None, client_id: UUID) -> str:
    """„Vermerk kopieren“: a short German note for the specialist program: who was called when on
    which number with which outcome, what was proposed, which letter went out.

    Without an appointment: about the last 30 days and the latest appointment.
    """
    return note(view, appointment_id, client_id)
