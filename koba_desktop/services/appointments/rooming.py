"""The room of an appointment: booked, moved and released together with it."""

from datetime import datetime, timedelta
from uuid import UUID

from koba_desktop.domain import airing, policy
from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.rooms import HygieneProfile, Place, Room, RoomBooking
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.vocabulary import RoomBookingState
from koba_desktop.services.ids import new_id
from koba_desktop.services.work import Work


def booking_of(work: Work, appointment_id: UUID) -> RoomBooking | None:
    """The booking that blocks a place for this appointment."""
    return work.first(RoomBooking, appointment_id=appointment_id, active=True)


def room_of(work: Work, booking: RoomBooking | None) -> UUID | None:
    return None if booking is None else work.get(Place, booking.place_id).room_id


def book_place(work: Work, appointment: Appointment, place_id: UUID, persons: int) -> RoomBooking:
    """Book a place for the time of the appointment and the pause after it."""
    return work.add(
        RoomBooking(
            id=new_id(),
            place_id=place_id,
            office_id=appointment.office_id,
            appointment_id=appointment.id,
            starts=appointment.starts,
            ends=appointment.ends,
            blocked_until=_blocked_until(work, place_id, appointment),
            persons=persons,
        )
    )


def move_booking(
    work: Work, booking: RoomBooking, appointment: Appointment, place_id: UUID
) -> RoomBooking:
    return work.change(
        booking,
        place_id=place_id,
        starts=appointment.starts,
        ends=appointment.ends,
        blocked_until=_blocked_until(work, place_id, appointment),
    )


def release(work: Work, appointment_id: UUID) -> None:
    """Give the place back."""
    booking = booking_of(work, appointment_id)
    if booking is not None:
        work.change(booking, state=RoomBookingState.RELEASED, active=False)


def _blocked_until(work: Work, place_id: UUID, appointment: Appointment) -> datetime:
    room = work.get(Room, work.get(Place, place_id).room_id)
    if room.office_id != appointment.office_id:
        raise Refused(Problem("place_of_other_office", where="place_id"))
    day = day_of(appointment.starts)
    if room.retired_on is not None and room.retired_on <= day:
        raise Refused(Problem("room_retired", {"room": room.name}, "place_id"))
    profiles = work.reader.find(HygieneProfile, office_id=room.office_id)
    cap = policy.value_in_force(work.settings, "airing.cap_minutes", room.office_id, day)
    pause = airing.pause(room, airing.profile_in_force(profiles, room, day), day, cap)
    return appointment.ends + timedelta(minutes=pause.minutes)
