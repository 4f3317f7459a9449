"""One appointment with its history, for the editor and the hover card."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from koba_desktop.domain.entities.appointments import (
    Appointment,
    AppointmentChange,
    AppointmentPurpose,
)
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.rooms import RoomBooking, Visit
from koba_desktop.domain.errors import NotFound
from koba_desktop.domain.vocabulary import RoomBookingState
from koba_desktop.services.appointments.note import note
from koba_desktop.services.office.entitlement import (
    not_entitled,
    reads_social_data,
    require_client,
    sees_appointment,
)
from koba_desktop.services.ports import Reader
from koba_desktop.services.rows import AppointmentRow, OutboxRow
from koba_desktop.services.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentDetail:
    row: AppointmentRow
    appointment: Appointment
    purpose: str
    history: tuple[AppointmentChange, ...]  # oldest first
    letters: tuple[OutboxRow, ...]
    booking: RoomBooking | None = None  # of the place it has, or had
    visit: Visit | None = None


def appointment_detail(view: View, appointment_id: UUID) -> AppointmentDetail:
    """Raises NotFound, also for one that was taken back; and Refused ``not_entitled`` for one of
    an office in which the viewer has nothing to do with clients, and for a past one where he or
    she may not read social data. The purpose is empty for such a viewer.
    """
    reader = view.reader
    appointment = reader.get(Appointment, appointment_id)
    if appointment.withdrawn_at is not None:
        raise NotFound("not_found", kind="Appointment")
    may_read = reads_social_data(view, appointment.office_id, appointment.advisor_id)
    if not sees_appointment(
        view, appointment.office_id, appointment.advisor_id, appointment.starts
    ):
        raise not_entitled()
    reader = reader.ahead(
        lambda ask: (
            _purposes(ask, appointment_id) if may_read else (),
            ask.appointment_rows([appointment_id]),
            _history(ask, appointment_id),
            ask.letters_about(appointment_id),
            _booking(ask, appointment_id),
            _visits(ask, appointment_id),
        )
    )
    purposes = _purposes(reader, appointment_id) if may_read else []
    return AppointmentDetail(
        row=reader.appointment_rows([appointment_id])[0],
        appointment=appointment,
        purpose=purposes[0].text if purposes else "",
        history=tuple(_history(reader, appointment_id)),
        letters=tuple(reader.letters_about(appointment_id)),
        booking=_booking(reader, appointment_id),
        visit=next(iter(_visits(reader, appointment_id)), None),
    )


def appointments_seen(view: View, appointment_ids: Sequence[UUID]) -> list[AppointmentRow]:
    """The rows of these appointments, by start, as far as the viewer sees them."""
    return [
        row
        for row in view.reader.appointment_rows(appointment_ids)
        if sees_appointment(view, row.office_id, row.advisor_id, row.starts)
    ]


def appointment_called(view: View, reference: str) -> AppointmentRow | None:
    """The appointment with that reference, if the viewer sees it."""
    found = view.reader.find_reference(reference)
    rows = appointments_seen(view, [found]) if found is not None else []
    return rows[0] if rows else None


def _purposes(reader: Reader, appointment_id: UUID) -> list[AppointmentPurpose]:
    return reader.find(AppointmentPurpose, appointment_id=appointment_id, limit=1)


def _history(reader: Reader, appointment_id: UUID) -> list[AppointmentChange]:
    return reader.find(AppointmentChange, appointment_id=appointment_id, order_by="created_at")


def _visits(reader: Reader, appointment_id: UUID) -> list[Visit]:
    return reader.find(Visit, appointment_id=appointment_id, withdrawn_at=None, limit=1)


def _booking(reader: Reader, appointment_id: UUID) -> RoomBooking | None:
    """The latest booking that was not given back."""
    found = [
        booking
        for booking in reader.find(RoomBooking, appointment_id=appointment_id, order_by="-id")
        if booking.state is not RoomBookingState.RELEASED
    ]
    return found[0] if found else None


def file_note(view: View, appointment_id: UUID | None, client_id: UUID) -> str:
    """„Vermerk kopieren“: a short German note for the specialist program: who was called when on
    which number with which outcome, what was proposed, which letter went out.

    Without an appointment: about the last 30 days and the latest appointment. Raises Refused
    ``not_entitled`` where the viewer may not read social data: it tells of the past.
    """
    if not require_client(view, view.reader.get(Client, client_id)):
        raise not_entitled()
    return note(view, appointment_id, client_id)
