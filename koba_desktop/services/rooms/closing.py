"""A room out of service (or cleaned, or used by the house), and open again.

Nobody is lost: who has the room then is given another, or stands without one at the top of the
reception's list.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from koba_desktop.domain import room_cycle
from koba_desktop.domain.entities.rooms import Place, Room, RoomBooking
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import RoomBookingState, RoomUse
from koba_desktop.services.door import CloseRoom, ReopenRoom
from koba_desktop.services.ids import new_id
from koba_desktop.services.office.entitlement import require
from koba_desktop.services.ports import After, Before
from koba_desktop.services.rooms.making_way import Way, find_another_place, go_on_elsewhere
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
    for place in places:
        _clear(work, place, command, way)
    for place in places:
        work.add(
            RoomBooking(
                id=new_id(),
                place_id=place.id,
                office_id=room.office_id,
                use=command.use,
                starts=starts,
                ends=command.ends,
                blocked_until=command.ends,
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


def _clear(work: Work, place: Place, command: CloseRoom, way: Way) -> None:
    """Nothing of the place overlaps the time any more."""
    overlapping = work.reader.find(
        RoomBooking,
        place_id=place.id,
        active=True,
        starts=Before(command.ends),
        blocked_until=After(command.starts),
        order_by="starts",
    )
    for booking in overlapping:
        if booking.use is not RoomUse.CONSULTATION:
            params = {"starts": booking.starts, "ends": booking.ends}
            raise Refused(Problem("room_closed_then", params, "starts"))
    for booking in overlapping:
        match booking.state:
            case S.RESERVED if booking.ends > command.starts:
                find_another_place(work, booking, way)
            case S.OCCUPIED if command.starts <= work.now:
                go_on_elsewhere(work, booking, way)
                _cut_short(work, work.get(RoomBooking, booking.id))
            case S.OCCUPIED:
                raise Refused(Problem("room_occupied", {"until": booking.ends}, "starts"))
            case _:
                _cut_short(work, booking)


def _cut_short(work: Work, booking: RoomBooking) -> None:
    """A use whose pause would reach into the closure: the room is not used before it is over."""
    if booking.state is S.RESERVED:
        work.change(booking, blocked_until=booking.ends)
    else:
        work.replace(booking, room_cycle.freed(booking, work.now))


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
        if booking.use is not RoomUse.CONSULTATION
    ]
    current = [each for each in closures if each.starts <= work.now]
    if not current and closures:
        first = min(each.starts for each in closures)
        current = [each for each in closures if each.starts == first]
    if not current:
        raise Refused(Problem("room_not_closed", {"room": room.name}))
    for closure in current:
        if closure.starts < work.now:
            work.change(closure, ends=work.now, blocked_until=work.now, state=S.FREE, active=False)
        else:
            work.change(closure, state=S.RELEASED, active=False)
    return {"room_id": room.id}
