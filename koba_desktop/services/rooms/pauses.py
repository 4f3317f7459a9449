"""A pause and a closure of one place: the air goes on changing while the room is closed.

Bookings of a place never overlap, so the closure takes over what is left of the pause: the place
is not used again before both are over.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.rooms import RoomBooking
from koba_desktop.domain.vocabulary import RoomBookingState, RoomUse
from koba_desktop.services.appointments.rooming import spot
from koba_desktop.services.ports import After, Before
from koba_desktop.services.work import Work

S = RoomBookingState
_LONGEST_USE = timedelta(days=1)


def is_closure(booking: RoomBooking) -> bool:
    return booking.use is not RoomUse.CONSULTATION


def reserved_into(work: Work, after: RoomBooking) -> list[RoomBooking]:
    """What is reserved at the place within the time a booking is about to block, by start."""
    return work.reader.find(
        RoomBooking,
        place_id=after.place_id,
        active=True,
        state=S.RESERVED,
        starts=Before(after.blocked_until),
        blocked_until=After(after.starts),
        order_by="starts",
    )


def before_closures(work: Work, after: RoomBooking) -> RoomBooking:
    """A booking that is about to be written, its pause cut where a closure begins in it."""
    coming = reserved_into(work, after)
    closures = [each for each in coming if is_closure(each) and each.starts >= after.ends]
    return take_over(work, after, closures)


def take_over(work: Work, after: RoomBooking, closures: Sequence[RoomBooking]) -> RoomBooking:
    """Let closures, by their start, keep what is left of a pause. One that should have begun
    already begins when the place is vacated. Returns the booking as it can be written."""
    until = after.blocked_until
    for closure in reversed(closures):
        starts = max(closure.starts, after.ends)
        work.change(closure, starts=starts, blocked_until=max(closure.blocked_until, until))
        until = starts
    return replace(after, blocked_until=until)


def pause_over(work: Work, place_id: UUID, office_id: UUID) -> datetime:
    """When the pause after the last use of a place is over, closed or not; now where it is."""
    uses = work.reader.find(
        RoomBooking,
        office_id=office_id,
        starts=After(work.now - _LONGEST_USE),
        place_id=place_id,
        vacated_at=After(work.now - _LONGEST_USE),
    )
    ends = [work.now]
    for use in uses:
        assert use.vacated_at is not None, "asked for"
        pause = spot(work, place_id, office_id, day_of(use.starts)).pause
        ends.append(use.vacated_at + timedelta(minutes=pause.minutes))
    return max(ends)


def give_back(work: Work, closure: RoomBooking) -> None:
    """A closure to come was taken back or moved: the use before it has its whole pause again, or
    as much of it as no other closure takes over."""
    before = work.reader.find(
        RoomBooking, place_id=closure.place_id, active=True, blocked_until=closure.starts
    )
    for use in before:
        pause = spot(work, use.place_id, use.office_id, day_of(use.starts)).pause
        if not is_closure(use):
            whole = replace(use, blocked_until=use.ends + timedelta(minutes=pause.minutes))
            work.replace(use, before_closures(work, whole))
