"""A room out of service (or cleaned, or used by the house), and open again.

Nobody is lost: who has the room then is given another, or stands without one at the top of the
reception's list.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from koba_desktop.domain import room_cycle
from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.rooms import Place, Room, RoomBooking
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import RoomBookingState, RoomUse
from koba_desktop.services.appointments.rooming import move_booking, spot
from koba_desktop.services.commands.door import CloseRoom, ReopenRoom
from koba_desktop.services.ids import new_id
from koba_desktop.services.office.entitlement import require
from koba_desktop.services.ports import After, Before
from koba_desktop.services.rooms.making_way import Way, find_another_place, go_on_elsewhere
from koba_desktop.services.rooms.pauses import before_closures, give_back, is_closure, pause_over
from koba_desktop.services.work import Work

S = RoomBookingState
LONGEST = timedelta(days=31)


def close_room(work: Work, command: CloseRoom) -> dict[str, Any]:
    room = work.get(Room, command.room_id)
    require(work, Right.RECEIVE_VISITORS, room.office_id)
    _require_sound(command)
    starts = max(command.starts, work.now)
    command = replace(command, starts=starts)
    if command.ends <= starts:
        raise Refused(Problem("ends_before_start", where="ends"))
    places = work.reader.find(Place, room_id=room.id, order_by="number")
    way = Way()
    over = {place.id: _clear(work, place, command, way) for place in places}
    for place in places:
        work.add(
            RoomBooking(
                id=new_id(),
                place_id=place.id,
                office_id=room.office_id,
                use=command.use,
                starts=starts,
                ends=command.ends,
                blocked_until=max(command.ends, over[place.id]),
                persons=1,
                reason=command.reason,
                note=command.note.strip(),
            )
        )
    return way.result()


def _require_sound(command: CloseRoom) -> None:
    if command.ends <= command.starts:
        raise Refused(Problem("ends_before_start", where="ends"))
    if command.ends - command.starts > LONGEST:
        raise Refused(Problem("closed_too_long", {"most": LONGEST.days}, "ends"))
    if command.use is RoomUse.CONSULTATION:
        raise Refused(Problem("use_missing", where="use"))
    if command.use is RoomUse.MAINTENANCE and command.reason is None:
        raise Refused(Problem("reason_missing", where="reason"))


def _clear(work: Work, place: Place, command: CloseRoom, way: Way) -> datetime:
    """Nothing of the place overlaps the time any more. Returns when the pauses are over that
    reached into it: the room is not used before."""
    overlapping = work.reader.find(
        RoomBooking,
        place_id=place.id,
        active=True,
        starts=Before(command.ends),
        blocked_until=After(command.starts),
        order_by="starts",
    )
    for booking in overlapping:
        if is_closure(booking) and booking.ends > command.starts:
            params = {"starts": booking.starts, "ends": booking.ends}
            raise Refused(Problem("room_closed_then", params, "starts"))
    over = command.starts
    for booking in overlapping:
        if booking.state is S.OCCUPIED and command.starts <= work.now:
            go_on_elsewhere(work, booking, way)
            booking = work.get(RoomBooking, booking.id)
        if booking.ends <= command.starts:
            over = max(over, booking.blocked_until)
            _cut_pause(work, booking, command.starts)
        elif booking.state is S.RESERVED:
            find_another_place(work, booking, way)
        else:
            raise Refused(Problem("room_occupied", {"until": booking.ends}, "starts"))
    return over


def _cut_pause(work: Work, booking: RoomBooking, starts: datetime) -> None:
    """The closure keeps the rest of the pause. What ends now is over, unless somebody is still to
    sign for the cleaning: a closure does not clean."""
    pause = spot(work, booking.place_id, booking.office_id, day_of(booking.starts)).pause
    left = booking.state in (S.AIRING, S.CLEANING) and starts <= work.now
    if left and not room_cycle.needs_cleaning(booking, pause):
        work.replace(booking, room_cycle.freed(booking, work.now))
    else:
        work.change(booking, blocked_until=max(booking.ends, starts))


def reopen_room(work: Work, command: ReopenRoom) -> dict[str, Any]:
    """What is closed now ends now; a closure to come is taken back. Raises Refused
    ``room_not_closed``."""
    room = work.get(Room, command.room_id)
    require(work, Right.RECEIVE_VISITORS, room.office_id)
    closures = [
        booking
        for place in work.reader.find(Place, room_id=room.id)
        for booking in work.reader.find(
            RoomBooking, place_id=place.id, active=True, ends=After(work.now), order_by="starts"
        )
        if is_closure(booking)
    ]
    meant = [each for each in closures if command.booking_id in (None, each.id)]
    if not meant:
        raise Refused(Problem("room_not_closed", {"room": room.name}))
    first = min(each.starts for each in meant)
    begun = first <= work.now
    # Those of the room's other places, too; each may have begun only when its use was over.
    together = [c for c in closures if (c.starts <= work.now if begun else c.starts == first)]
    for closure in together:
        if begun:
            _end_now(work, closure)
        else:
            work.change(closure, state=S.RELEASED, active=False)
            give_back(work, closure)
    return {"room_id": room.id}


def move_closure(work: Work, closure: RoomBooking, place_id: UUID, starts: datetime) -> None:
    """A closure to come takes place elsewhere, or at another time; the use before it has its whole
    pause again. Raises Refused ``booking_not_movable`` once it has begun."""
    if closure.starts <= work.now:
        raise Refused(Problem("booking_not_movable", {"state": closure.state}))
    move_booking(work, closure, place_id, starts, starts + (closure.ends - closure.starts))
    give_back(work, closure)


def _end_now(work: Work, closure: RoomBooking) -> None:
    """The place is free, or blocked on where the pause of its last use is not over."""
    over = pause_over(work, closure.place_id, closure.office_id)
    ends = max(work.now, closure.starts + timedelta(microseconds=1))
    if over > ends:
        blocked = replace(closure, ends=ends, blocked_until=over)
        work.replace(closure, before_closures(work, blocked))
    else:
        work.change(closure, ends=ends, blocked_until=ends, state=S.FREE, active=False)
