"""When an office can be spoken to: speaking hours, holidays and the exceptions of single days.

Exceptions beat patterns: a closing day (whole, or with hours) replaces what the weekday says, also
on a public holiday. Among exceptions one for the channel beats one for every channel, and a whole
closing day beats hours.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from koba_desktop.domain.clock import day_bounds, instant
from koba_desktop.domain.entities.office import ClosingDay, OpeningHours
from koba_desktop.domain.intervals import Interval, merge, subtract
from koba_desktop.domain.validity import valid_on
from koba_desktop.domain.vocabulary import Channel

HolidayName = Callable[[date], str | None]


@dataclass(frozen=True, slots=True)
class DayOpening:
    """One day of one channel. ``usual`` is what the weekday's pattern says, ``open`` what holds.

    Where the two differ ``code`` says why (``holiday`` or ``office_closed``) and ``text`` names
    the holiday or the reason of the closing day.
    """

    day: date
    usual: tuple[Interval, ...]
    open: tuple[Interval, ...]
    code: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """A stretch in which the office is closed: ``outside_hours``, ``lunch`` (between two openings
    of a day), ``holiday`` (its name) or ``closing_day`` (its reason)."""

    interval: Interval
    code: str
    text: str = ""


def usual_hours(hours: Iterable[OpeningHours], day: date, channel: Channel) -> tuple[Interval, ...]:
    """The speaking hours of the weekday, whatever happens on this very day."""
    return merge(
        Interval(instant(day, h.opens), instant(day, h.closes))
        for h in hours
        if h.channel is channel and h.weekday == day.isoweekday() and valid_on(h, day)
    )


def day_opening(
    hours: Iterable[OpeningHours],
    closing_days: Iterable[ClosingDay],
    day: date,
    channel: Channel,
    holiday: HolidayName,
) -> DayOpening:
    """When the office is open for a channel on a day, and why not at its usual hours."""
    usual = usual_hours(hours, day, channel)
    exceptions = [c for c in closing_days if c.day == day and c.channel in (None, channel)]
    if any(c.channel is channel for c in exceptions):
        exceptions = [c for c in exceptions if c.channel is channel]
    if exceptions:
        whole = next((c for c in exceptions if c.opens is None or c.closes is None), None)
        if whole is not None:
            return DayOpening(day, usual, (), "office_closed", whole.reason)
        opened = merge(
            Interval(instant(day, c.opens), instant(day, c.closes))
            for c in exceptions
            if c.opens is not None and c.closes is not None
        )
        return DayOpening(day, usual, opened, "office_closed", exceptions[0].reason)
    name = holiday(day)
    if name is not None:
        return DayOpening(day, usual, (), "holiday", name)
    return DayOpening(day, usual, usual)


def closures(
    hours: Iterable[OpeningHours],
    closing_days: Iterable[ClosingDay],
    day: date,
    holiday: HolidayName,
) -> tuple[Closed, ...]:
    """What of a day is closed on every channel, with the reason, from midnight to midnight."""
    hours, closing_days = tuple(hours), tuple(closing_days)
    openings = [day_opening(hours, closing_days, day, c, holiday) for c in Channel]
    opened = merge(i for opening in openings for i in opening.open)
    whole_day = Interval(*day_bounds(day))
    special = next((o for o in openings if o.code), None)
    if special is not None and not opened:
        return (Closed(whole_day, _screen_code(special.code), special.text),)
    closed: list[Closed] = []
    for gap in subtract([whole_day], opened):
        inner = whole_day.starts < gap.starts and gap.ends < whole_day.ends
        usual = special is not None and any(
            gap.overlaps(i) for opening in openings for i in opening.usual
        )
        if special is not None and usual:
            closed.append(Closed(gap, _screen_code(special.code), special.text))
        else:
            closed.append(Closed(gap, "lunch" if inner else "outside_hours"))
    return tuple(closed)


def _screen_code(code: str) -> str:
    return "closing_day" if code == "office_closed" else code
