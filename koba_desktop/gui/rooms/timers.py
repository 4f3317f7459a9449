"""The large line of a room's tile: what of its time is left, gone or exceeded."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.vocabulary import RoomBookingState
from koba_desktop.gui.rooms import durations
from koba_desktop.i18n import formats, pgettext
from koba_desktop.services.rooms.board import PlaceLine, RoomLine
from koba_desktop.services.rows import RoomBookingRow

S = RoomBookingState


@dataclass(frozen=True, slots=True)
class Timer:
    """``value`` in large type with what stands before and after it. ``share`` of the bar below is
    filled (None: no bar)."""

    before: str = ""
    value: str = ""
    after: str = ""
    share: float | None = None


def timer_of(line: RoomLine, now: datetime) -> Timer:
    """Of several places the one that is vacated first counts."""
    if line.closure is not None:
        return _closed(line.closure.ends, now)
    busy = [spot for spot in line.spots if spot.state is not None]
    if not busy:
        return _free(line.until, now)
    spot = min(busy, key=lambda each: each.until or now)
    booking = spot.current
    assert booking is not None
    match spot.state:
        case S.OCCUPIED if spot.overrun:
            value = f"+{durations.gone(spot.overrun)}"
            return Timer("", value, pgettext("timer", "over time"), 1.0)
        case S.CLEANING:
            return _to_be_cleaned(spot, now)
        case S.RESERVED:
            return _reserved(booking, now)
        case S.AIRING:
            return _left(booking.vacated_at or booking.ends, spot.until or now, now)
        case _:
            return _left(booking.starts, spot.until or now, now)


def _left(begun: datetime, until: datetime, now: datetime) -> Timer:
    whole = (until - begun).total_seconds()
    share = (now - begun).total_seconds() / whole if whole > 0 else 1.0
    value = durations.running(until - now)
    return Timer(pgettext("timer", "still"), value, "", round(min(max(share, 0.0), 1.0), 3))


def _reserved(booking: RoomBookingRow, now: datetime) -> Timer:
    """Somebody is expected: how late that is, or how long until it begins."""
    late = now - (booking.planned_starts or booking.starts)
    if late < timedelta():
        return Timer("", durations.running(-late), pgettext("timer", "to go"))
    return Timer("", f"+{durations.gone(late)}", pgettext("timer", "past the beginning"))


def _to_be_cleaned(spot: PlaceLine, now: datetime) -> Timer:
    """While a room is to be cleaned, what counts is the time to the next appointment."""
    following = spot.following
    if following is None:
        value = durations.gone(now - (spot.until or now))
        return Timer(pgettext("timer", "for"), value)
    starts = following.planned_starts or following.starts
    if starts > now:
        value = durations.running(starts - now)
        return Timer("", value, pgettext("timer", "to the appointment"))
    value = f"+{durations.gone(now - starts)}"
    return Timer("", value, pgettext("timer", "past the beginning"))


def _free(until: datetime | None, now: datetime) -> Timer:
    if until is None:
        return Timer("", pgettext("timer", "today"), pgettext("timer", "nothing more"))
    after = pgettext("timer", "until {time}").format(time=formats.time_of(until))
    return Timer("", durations.running(until - now), after)


def _closed(until: datetime, now: datetime) -> Timer:
    day, before = day_of(until), pgettext("timer", "until")
    if day == day_of(now):
        return Timer(before, formats.time_of(until))
    return Timer(before, formats.weekday_short(day), formats.month_name(day.month))
