"""The room cycle: reserved → occupied → airing → cleaning → free (domain rules § 5).

What is stored is what somebody did; what a room is at an instant follows from it and the clock:
airing ends by itself, cleaning ends with somebody's initials.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from koba_desktop.domain.airing import Pause
from koba_desktop.domain.entities.rooms import RoomBooking
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.vocabulary import IN_USE, RoomBookingState

S = RoomBookingState

LEAST_LEFT = timedelta(minutes=15)
"""A booking that an overrun shortens to less than this is given another place."""

FORGOTTEN = timedelta(hours=6)
"""Who should have left longer ago than this has left: nobody checked out."""


class Use(Protocol):
    """What of a booking tells what its place is now: the record, or a row made for a screen."""

    @property
    def state(self) -> RoomBookingState: ...
    @property
    def ends(self) -> datetime: ...
    @property
    def blocked_until(self) -> datetime: ...
    @property
    def vacated_at(self) -> datetime | None: ...
    @property
    def aired_at(self) -> datetime | None: ...
    @property
    def cleaned_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Now:
    """What a booking is at an instant. ``until`` is when that should end: past where it is due.

    ``overrun`` is how long somebody stays beyond the planned end.
    """

    state: RoomBookingState
    until: datetime
    overrun: timedelta = timedelta()


def airing_ends(booking: Use, pause: Pause) -> datetime:
    """When the air is changed after the place was vacated, and the season's minimum kept."""
    left = booking.vacated_at or booking.ends
    return min(left + timedelta(minutes=pause.airing_minutes), booking.blocked_until)


def as_it_is(booking: Use, pause: Pause, now: datetime) -> Now:
    """What the place is now by this booking.

    Of a reserved one whose time is over without anybody having said so, the pause is kept.
    """
    match booking.state:
        case S.OCCUPIED:
            return Now(S.OCCUPIED, booking.ends, max(now - booking.ends, timedelta()))
        case S.RESERVED if booking.ends <= now < booking.blocked_until:
            return Now(S.AIRING, booking.blocked_until)
        case S.AIRING if now < airing_ends(booking, pause):
            return Now(S.AIRING, airing_ends(booking, pause))
        case S.AIRING if not needs_cleaning(booking, pause):
            return Now(S.FREE, airing_ends(booking, pause))
        case S.AIRING | S.CLEANING:
            return Now(S.CLEANING, airing_ends(booking, pause))
        case _:
            return Now(booking.state, booking.ends)


def needs_cleaning(booking: Use, pause: Pause) -> bool:
    return pause.cleaning > 0 and booking.cleaned_at is None


def ready_at(booking: Use, pause: Pause, now: datetime) -> datetime:
    """When the place can be used after this booking, as things stand: who overruns is taken to
    leave now, what is to be cleaned to be cleaned in the time planned for it; where that is over
    without anybody having signed, nobody has begun."""
    blocked = booking.blocked_until
    match as_it_is(booking, pause, now):
        case Now(S.OCCUPIED, _, overrun) if overrun:
            return now + timedelta(minutes=pause.minutes)
        case Now(S.CLEANING, since, _):
            cleaning = timedelta(minutes=pause.cleaning)
            return max(blocked, (since if now < since + cleaning else now) + cleaning)
        case Now(S.FREE, _, _):
            return min(blocked, now)
        case _:
            return blocked


# --- steps ----------------------------------------------------------------------------------------


def require_ready(others: Iterable[tuple[Use, Pause]], now: datetime) -> None:
    """Raises Refused with what is ``not_ready``."""
    for other, pause in others:
        problem = not_ready(other, pause, now)
        if problem is not None:
            raise Refused(problem)


def not_ready(other: Use, pause: Pause, now: datetime) -> Problem | None:
    """Why nobody may go in after another booking of the place: ``room_occupied``, ``room_airing``
    (until), ``room_not_cleaned``. None: it is over."""
    if other.state not in IN_USE:
        return None
    at = as_it_is(other, pause, now)
    match at.state:
        case S.OCCUPIED:
            return Problem("room_occupied", {"until": at.until}, "place_id")
        case S.AIRING:
            return Problem("room_airing", {"until": at.until}, "place_id")
        case S.CLEANING:
            return Problem("room_not_cleaned", where="place_id")
        case _:
            return None


def entered(booking: RoomBooking, now: datetime, pause: Pause) -> RoomBooking:
    """Somebody goes in. Early: the place is taken from now. After its time: the talk begins now.

    Raises Refused ``booking_state`` unless it is reserved.
    """
    _require_state(booking, S.RESERVED)
    starts, ends = min(booking.starts, now), booking.ends
    if ends <= now:
        starts, ends = now, now + (booking.ends - booking.starts)
    return replace(
        booking,
        state=S.OCCUPIED,
        occupied_at=now,
        starts=starts,
        ends=ends,
        blocked_until=ends + timedelta(minutes=pause.minutes),
    )


def vacated(booking: RoomBooking, now: datetime, pause: Pause) -> RoomBooking:
    """Everybody has left: the pause begins now, be it earlier or later than planned.

    Of a check-out that was forgotten the planned end counts: the next morning nobody has to wait
    for the air of the evening before. Raises Refused ``booking_state`` unless it is occupied,
    ``clock_set_back`` where the clock shows a time before the entry.
    """
    _require_state(booking, S.OCCUPIED)
    _require_after(booking.occupied_at, now)
    left = now if now - booking.ends < FORGOTTEN else booking.ends
    ends = max(left, booking.starts + timedelta(microseconds=1))
    return replace(
        booking,
        state=S.AIRING,
        vacated_at=left,
        ends=ends,
        blocked_until=ends + timedelta(minutes=pause.minutes),
    )


def aired(booking: RoomBooking, now: datetime, pause: Pause) -> RoomBooking:
    """The windows were open long enough; what needs no cleaning is free.

    Raises Refused ``booking_state``, ``not_aired_yet`` (until), ``clock_set_back``.
    """
    _require_state(booking, S.AIRING)
    _require_after(booking.vacated_at, now)
    if now < airing_ends(booking, pause):
        raise Refused(Problem("not_aired_yet", {"until": airing_ends(booking, pause)}))
    if needs_cleaning(booking, pause):
        return replace(booking, state=S.CLEANING, aired_at=now)
    return freed(replace(booking, aired_at=now), now)


def cleaned(booking: RoomBooking, now: datetime, initials: str, pause: Pause) -> RoomBooking:
    """Somebody cleaned and signs for it.

    Raises Refused ``booking_state``, ``not_aired_yet``, ``initials_missing``, ``clock_set_back``.
    """
    if booking.state not in (S.AIRING, S.CLEANING):
        raise _wrong_state(booking, S.CLEANING)
    _require_after(booking.aired_at or booking.vacated_at, now)
    if booking.state is S.AIRING and now < airing_ends(booking, pause):
        raise Refused(Problem("not_aired_yet", {"until": airing_ends(booking, pause)}))
    if not initials.strip():
        raise Refused(Problem("initials_missing", where="initials"))
    done = replace(
        booking,
        aired_at=booking.aired_at or airing_ends(booking, pause),
        cleaned_at=now,
        initials=initials.strip(),
    )
    return freed(done, now)


def freed(booking: RoomBooking, now: datetime) -> RoomBooking:
    """The place is free from now on; what was blocked beyond is given back."""
    until = max(booking.ends, min(booking.blocked_until, now))
    return replace(booking, state=S.FREE, active=False, blocked_until=until)


def pushed_back(booking: RoomBooking, until: datetime) -> RoomBooking | None:
    """A reserved booking whose place is not ready before ``until``: it begins later and ends as
    planned. None where too little of it would be left."""
    if booking.ends - until < min(LEAST_LEFT, booking.ends - booking.starts):
        return None
    return replace(booking, starts=max(booking.starts, until))


def _require_state(booking: RoomBooking, wanted: RoomBookingState) -> None:
    if booking.state is not wanted:
        raise _wrong_state(booking, wanted)


def _wrong_state(booking: RoomBooking, wanted: RoomBookingState) -> Refused:
    return Refused(Problem("booking_state", {"state": booking.state, "needed": wanted}, "state"))


def _require_after(earlier: datetime | None, now: datetime) -> None:
    if earlier is not None and now < earlier:
        raise Refused(Problem("clock_set_back", {"earlier": earlier, "now": now}))
