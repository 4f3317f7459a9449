"""The room cycle: check in, check out, aired, cleaned (domain rules § 5)."""

from datetime import datetime
from typing import Any

from koba_desktop.domain import room_cycle
from koba_desktop.domain.airing import Pause
from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.rooms import RoomBooking
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    ChangeKind,
    Urgency,
    VisitResult,
)
from koba_desktop.services.appointments.becoming import become
from koba_desktop.services.appointments.history import remember
from koba_desktop.services.appointments.rooming import in_use, spot
from koba_desktop.services.commands.door import EnterRoom, MarkAired, MarkCleaned, VacateRoom
from koba_desktop.services.office.entitlement import require
from koba_desktop.services.reception.visits import expect, require_today, visit_of
from koba_desktop.services.rooms.making_way import Way, make_way
from koba_desktop.services.rooms.pauses import before_closures, is_closure
from koba_desktop.services.work import Work

S = AppointmentState


# --- commands -------------------------------------------------------------------------------------


def enter_room(work: Work, command: EnterRoom) -> dict[str, Any]:
    booking = work.seen(RoomBooking, command.booking_id, command.version)
    require(work, Right.RECEIVE_VISITORS, booking.office_id)
    if is_closure(booking):
        params = {"starts": booking.starts, "ends": booking.ends}
        raise Refused(Problem("room_closed_then", params))
    enter(work, booking)
    return {"booking_id": booking.id, "appointment_id": booking.appointment_id}


def vacate_room(work: Work, command: VacateRoom) -> dict[str, Any]:
    booking = work.seen(RoomBooking, command.booking_id, command.version)
    require(work, Right.RECEIVE_VISITORS, booking.office_id)
    return leave(work, booking, command.result).result()


def mark_aired(work: Work, command: MarkAired) -> dict[str, Any]:
    booking = work.seen(RoomBooking, command.booking_id, command.version)
    require(work, Right.RECEIVE_VISITORS, booking.office_id)
    after = room_cycle.aired(booking, work.now, _pause(work, booking))
    return {"state": work.replace(booking, after).state}


def mark_cleaned(work: Work, command: MarkCleaned) -> dict[str, Any]:
    booking = work.seen(RoomBooking, command.booking_id, command.version)
    require(work, Right.RECEIVE_VISITORS, booking.office_id)
    after = room_cycle.cleaned(booking, work.now, command.initials, _pause(work, booking))
    return {"state": work.replace(booking, after).state}


# --- what appointments do with their room ---------------------------------------------------------


def enter(work: Work, booking: RoomBooking) -> RoomBooking:
    """The talk begins: room, appointment and visit together.

    What was used before and needs nothing any more becomes free. Raises Refused where the room is
    not ready, ``not_today`` (day); Taken where the time is somebody else's.
    """
    require_today(work, booking.starts, "booking_id")
    pause = _pause(work, booking)
    before = [other for other in in_use(work, booking.place_id) if other.id != booking.id]
    room_cycle.require_ready(((other, _pause(work, other)) for other in before), work.now)
    for other in before:
        work.replace(other, room_cycle.freed(other, work.now))
    entered = room_cycle.entered(booking, work.now, pause)
    after = work.replace(booking, before_closures(work, entered))
    if booking.appointment_id is not None:
        begin(work, work.get(Appointment, booking.appointment_id))
    return after


def begin(work: Work, appointment: Appointment) -> Appointment:
    """The appointment runs and its visitor is inside. Raises Refused ``not_today`` (day)."""
    after = appointment
    if appointment.state is not S.IN_PROGRESS:
        require_today(work, appointment.starts, "appointment_id")
        after = become(work, appointment, S.IN_PROGRESS)
        remember(work, ChangeKind.STATE, appointment, after)
    visit = visit_of(work, appointment.id) or expect(work, after)
    work.change(visit, arrived_at=visit.arrived_at or work.now, entered_at=work.now)
    return after


def leave(work: Work, booking: RoomBooking, result: VisitResult | None) -> Way:
    """The talk is over: the pause begins, and who comes next is made room for."""
    after = room_cycle.vacated(booking, work.now, _pause(work, booking))
    way = Way()
    work.replace(booking, make_way(work, after, way))
    if booking.appointment_id is not None:
        finish(work, work.get(Appointment, booking.appointment_id), result, after.vacated_at)
    return way


def finish(
    work: Work,
    appointment: Appointment,
    result: VisitResult | None,
    left_at: datetime | None = None,
) -> Appointment:
    """The appointment is kept and its visitor has left (now, or ``left_at``); what was done is
    recorded where the visit was urgent. Raises Refused ``result_missing``, ``clock_set_back``."""
    if appointment.urgency is not Urgency.NONE and result is None:
        raise Refused(Problem("result_missing", where="result"))
    after = appointment
    if appointment.state is S.IN_PROGRESS:
        after = become(work, appointment, S.KEPT, left_at)
        remember(work, ChangeKind.STATE, appointment, after)
    visit = visit_of(work, appointment.id)
    if visit is not None and visit.arrived_at is not None:
        if work.now < (visit.entered_at or visit.arrived_at):
            params = {"earlier": visit.entered_at or visit.arrived_at, "now": work.now}
            raise Refused(Problem("clock_set_back", params))
        work.change(visit, left_at=left_at or work.now, result=result)
    return after


def _pause(work: Work, booking: RoomBooking) -> Pause:
    """The pause after this booking, by the rules of its day."""
    return spot(work, booking.place_id, booking.office_id, day_of(booking.starts)).pause
