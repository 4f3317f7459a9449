"""Who comes next when a room is not ready in time: later, in another room, or without one."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from koba_desktop.domain import room_cycle
from koba_desktop.domain.clock import day_of, next_minute, whole_minutes
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.rooms import RoomBooking
from koba_desktop.domain.places import Situation
from koba_desktop.domain.vocabulary import ChangeKind, RoomBookingState
from koba_desktop.services.appointments.history import remember
from koba_desktop.services.appointments.rooming import (
    channel_of,
    in_use,
    move_booking,
    needs_of,
    require_fit,
    room_of,
    spot,
)
from koba_desktop.services.ids import new_id
from koba_desktop.services.rooms.pauses import is_closure, reserved_into, take_over
from koba_desktop.services.rooms.suggesting import PlaceQuery, weigh_places
from koba_desktop.services.work import Work

S = RoomBookingState


@dataclass(slots=True)
class Way:
    """The appointments (or, without one, the bookings) that an overrun or a closure touched."""

    pushed: list[UUID] = field(default_factory=list)
    moved: list[UUID] = field(default_factory=list)
    displaced: list[UUID] = field(default_factory=list)

    def result(self) -> dict[str, Any]:
        return {"pushed": self.pushed, "moved": self.moved, "displaced": self.displaced}


def make_way(work: Work, after: RoomBooking, way: Way) -> RoomBooking:
    """Before a booking is written that blocks its place longer than planned: what is reserved
    there meanwhile begins later, or goes elsewhere where too little would be left of it.

    A closure takes over what is left of the pause; one that is over by then is taken back.
    Returns the booking as it can be written.
    """
    closures = []
    for booking in reserved_into(work, after):
        if booking.id == after.id:
            continue
        if is_closure(booking) and booking.ends > after.ends:
            closures.append(booking)
            continue
        later = room_cycle.pushed_back(booking, after.blocked_until)
        if later is not None:
            work.replace(booking, later)
            way.pushed.append(booking.appointment_id or booking.id)
        else:
            find_another_place(work, booking, way)
    return take_over(work, after, closures)


def find_another_place(work: Work, booking: RoomBooking, way: Way) -> None:
    """Another room for the same time, or what is left of it; where there is none the appointment
    stands without one, which the reception shows at the top."""
    before = room_of(work, booking)
    starts = max(booking.starts, next_minute(work.now))
    place_id = _elsewhere(work, booking, before, starts)
    if place_id is None:
        work.change(booking, state=S.RELEASED, active=False)
        way.displaced.append(booking.appointment_id or booking.id)
        _remember(work, booking, before, None)
        return
    moved = move_booking(work, booking, place_id, starts, starts + _left_of(booking, starts))
    way.moved.append(booking.appointment_id or booking.id)
    _remember(work, booking, before, room_of(work, moved))


def go_on_elsewhere(
    work: Work, booking: RoomBooking, way: Way, place_id: UUID | None = None
) -> RoomBooking | None:
    """A running talk changes its room: the old one is vacated now, the new one occupied.

    Without ``place_id`` the best that is free now; where there is none the talk goes on without a
    place, and the reception finds one. Raises Refused where the place is not ready or unfit.
    """
    now, before = work.now, room_of(work, booking)
    pause = spot(work, booking.place_id, booking.office_id, day_of(booking.starts)).pause
    place_id = place_id or _elsewhere(work, booking, before, now)
    left = room_cycle.vacated(booking, now, pause)
    work.replace(booking, make_way(work, left, way))
    entry = booking.appointment_id or booking.id
    if place_id is None:
        way.displaced.append(entry)
        _remember(work, booking, before, None)
        return None
    fresh = _occupy(work, booking, place_id)
    way.moved.append(entry)
    _remember(work, booking, before, room_of(work, fresh))
    return fresh


def _occupy(work: Work, booking: RoomBooking, place_id: UUID) -> RoomBooking:
    """The same use of another place from now on, for what is left of its time."""
    now = work.now
    at = spot(work, place_id, booking.office_id, day_of(now))
    if booking.appointment_id is not None:
        require_fit(at, booking.persons, needs_of(work, booking.appointment_id))
        work.change(work.get(Appointment, booking.appointment_id), channel=channel_of(at))
    before = in_use(work, place_id)
    room_cycle.require_ready(((other, at.pause) for other in before), now)
    for other in before:
        work.replace(other, room_cycle.freed(other, now))
    ends = max(booking.ends, now + room_cycle.LEAST_LEFT)
    return work.add(
        RoomBooking(
            id=new_id(),
            place_id=place_id,
            office_id=booking.office_id,
            appointment_id=booking.appointment_id,
            use=booking.use,
            starts=now,
            ends=ends,
            blocked_until=ends + timedelta(minutes=at.pause.minutes),
            persons=booking.persons,
            state=S.OCCUPIED,
            occupied_at=now,
        )
    )


def _elsewhere(
    work: Work, booking: RoomBooking, without_room: UUID | None, starts: datetime
) -> UUID | None:
    """The best place of another room from ``starts`` for what is left of a booking; now, one
    that somebody can go into."""
    if booking.appointment_id is None:
        return None
    appointment = work.get(Appointment, booking.appointment_id)
    query = PlaceQuery(
        office_id=booking.office_id,
        persons=booking.persons,
        minutes=whole_minutes(_left_of(booking, starts)),
        needs=needs_of(work, booking.appointment_id),
        starts=starts,
        channel=appointment.channel,
        ignore_appointment=booking.appointment_id,
    )
    for offer in weigh_places(work.view, query).choice.offers:
        at = offer.situation
        if offer.room.id != without_room and (starts > work.now or _is_ready(work, at)):
            return at.place_id
    return None


def _is_ready(work: Work, at: Situation) -> bool:
    """What waits for its initials is taken to be cleaned in time, not to be clean."""
    return not any(
        room_cycle.not_ready(other, at.pause, work.now) for other in in_use(work, at.place_id)
    )


def _left_of(booking: RoomBooking, starts: datetime) -> timedelta:
    """How long a booking still lasts from an instant on, and never less than a talk needs."""
    return max(booking.ends - starts, room_cycle.LEAST_LEFT)


def _remember(work: Work, booking: RoomBooking, before: UUID | None, after: UUID | None) -> None:
    if booking.appointment_id is not None:
        appointment = work.get(Appointment, booking.appointment_id)
        remember(
            work,
            ChangeKind.ROOM,
            appointment,
            appointment,
            room_before=before,
            room_after=after,
        )
