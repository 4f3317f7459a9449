"""Another place or time for a booking, and a place for an appointment that has none."""

from datetime import datetime
from typing import Any
from uuid import UUID

from koba_desktop.domain.appointments import MOVABLE
from koba_desktop.domain.clock import whole_minutes
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.rooms import RoomBooking
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    ChangeKind,
    Channel,
    ReasonCode,
    RoomBookingState,
    VisitNeed,
)
from koba_desktop.services.appointments.history import remember
from koba_desktop.services.appointments.rescheduling import reschedule
from koba_desktop.services.appointments.rooming import (
    best_place,
    book_place,
    booking_of,
    channel_of,
    move_booking,
    needs_of,
    room_of,
    spot,
)
from koba_desktop.services.commands import Override, Reschedule
from koba_desktop.services.commands.door import AssignPlace, MoveBooking
from koba_desktop.services.office.entitlement import require
from koba_desktop.services.reception.visits import persons_with, require_today, visit_of
from koba_desktop.services.rooms.closing import move_closure
from koba_desktop.services.rooms.making_way import Way, go_on_elsewhere
from koba_desktop.services.rooms.suggesting import PlaceQuery, weigh_places
from koba_desktop.services.work import Work

S = RoomBookingState


def move_to(work: Work, command: MoveBooking) -> dict[str, Any]:
    """Result: ``pushed``, ``moved``, ``displaced`` of a running talk that changed its room."""
    booking = work.seen(RoomBooking, command.booking_id, command.version)
    require(work, Right.RECEIVE_VISITORS, booking.office_id)
    starts = command.starts or booking.starts
    way = Way()
    if booking.state is S.OCCUPIED:
        if starts != booking.starts:
            raise Refused(Problem("booking_not_movable", {"state": booking.state}, "starts"))
        go_on_elsewhere(work, booking, way, command.place_id)
    elif booking.state is not S.RESERVED:
        raise Refused(Problem("booking_not_movable", {"state": booking.state}))
    elif booking.appointment_id is None:
        move_closure(work, booking, command.place_id, starts)
    else:
        _move_appointment(work, command, booking)
    return way.result()


def _move_appointment(work: Work, command: MoveBooking, booking: RoomBooking) -> None:
    assert booking.appointment_id is not None
    before = work.get(Appointment, booking.appointment_id)
    channel = _channel_of(work, command.place_id, before)
    starts = command.starts or before.starts
    told = before.state in MOVABLE  # who has not come yet is told of it as of any change
    if starts != before.starts or (told and channel is not before.channel):
        reschedule(
            work,
            Reschedule(
                appointment_id=before.id,
                version=before.version,
                starts=starts,
                ends=starts + (before.ends - before.starts),
                channel=channel,
                place_id=command.place_id,
                override=_override(command),
            ),
        )
        return
    room_before = room_of(work, booking)
    after = work.change(before, channel=channel)
    # Pushed back it may begin on time there; a place given for now keeps the time it was given for.
    planned = before if booking.ends == before.ends else booking
    moved = move_booking(
        work, booking, command.place_id, planned.starts, planned.ends, command.override
    )
    remember(
        work,
        ChangeKind.ROOM,
        before,
        after,
        room_before=room_before,
        room_after=room_of(work, moved),
        reason=command.reason,
        text=command.text,
    )


def _channel_of(work: Work, place_id: UUID, before: Appointment) -> Channel:
    return channel_of(spot(work, place_id, before.office_id, work.today))


def _override(command: MoveBooking) -> Override | None:
    if not command.override:
        return None
    return Override(
        codes=command.override, reason=command.reason or ReasonCode.OTHER, text=command.text
    )


def assign_place(work: Work, command: AssignPlace) -> dict[str, Any]:
    """Raises Refused: ``has_place``, ``not_personal``, ``appointment_not_movable``,
    ``not_today``, ``no_room_fits``, ``room_busy``; Taken, Conflict."""
    appointment = work.seen(Appointment, command.appointment_id, command.version)
    require(work, Right.RECEIVE_VISITORS, appointment.office_id)
    if appointment.channel is Channel.TELEPHONE:
        raise Refused(Problem("not_personal", where="appointment_id"))
    if not appointment.active or appointment.state is AppointmentState.KEPT:
        raise Refused(Problem("appointment_not_movable", {"state": appointment.state}))
    if booking_of(work, appointment.id) is not None:
        raise Refused(Problem("has_place", where="appointment_id"))
    persons = command.persons or persons_with(_companions(work, appointment))
    needs = needs_of(work, appointment.id)
    times = (appointment.starts, appointment.ends)
    place_id = command.place_id
    if command.now:
        require_today(work, appointment.starts, "appointment_id")
        place_id, starts, ends = _at_once(work, appointment, persons, needs, place_id)
        times = (starts, ends)
    elif place_id is None:
        place_id = best_place(work, appointment, persons, needs)
    after = work.change(appointment, channel=_channel_of(work, place_id, appointment))
    booking = book_place(work, after, place_id, persons, needs, times=times)
    remember(work, ChangeKind.ROOM, appointment, after, room_after=room_of(work, booking))
    return {"booking_id": booking.id, "room_id": room_of(work, booking)}


def _companions(work: Work, appointment: Appointment) -> int:
    visit = visit_of(work, appointment.id)
    return visit.companions if visit is not None else 0


def _at_once(
    work: Work,
    appointment: Appointment,
    persons: int,
    needs: frozenset[VisitNeed],
    place_id: UUID | None,
) -> tuple[UUID, datetime, datetime]:
    """The place (the best one, outside the door too where nothing is confidential), and from when
    to when it can be had today: what follows there may leave less than the whole talk."""
    query = PlaceQuery(
        office_id=appointment.office_id,
        persons=persons,
        minutes=whole_minutes(appointment.ends - appointment.starts),
        needs=needs,
        ignore_appointment=appointment.id,
        place_id=place_id,
    )
    best = weigh_places(work.view, query).best
    if best is None:
        raise Refused(Problem("room_busy", where="place_id"))
    return best.situation.place_id, best.starts, best.ends
