"""When an advisor can hold consultations: working patterns by weekday and ISO week, absences."""

from collections.abc import Iterable
from datetime import date

from koba_desktop.domain.clock import instant
from koba_desktop.domain.entities.staff import Absence, WorkingPattern
from koba_desktop.domain.intervals import Interval, merge, subtract
from koba_desktop.domain.validity import valid_on
from koba_desktop.domain.vocabulary import Channel


def holds_on(pattern: WorkingPattern, day: date) -> bool:
    """Whether the pattern applies on this day (weekday, validity, parity of the ISO week)."""
    iso = day.isocalendar()
    return (
        pattern.weekday == iso.weekday
        and valid_on(pattern, day)
        and (pattern.week_parity is None or pattern.week_parity == iso.week % 2)
    )


def on_duty(
    patterns: Iterable[WorkingPattern], day: date, channel: Channel | None = None
) -> tuple[Interval, ...]:
    """The hours one advisor works by pattern; ``channel`` None: on whichever channel."""
    return merge(
        Interval(instant(day, pattern.starts), instant(day, pattern.ends))
        for pattern in patterns
        if holds_on(pattern, day)
        and (channel is None or not pattern.channels or channel in pattern.channels)
    )


def available(
    patterns: Iterable[WorkingPattern],
    absences: Iterable[Absence],
    day: date,
    channel: Channel | None = None,
) -> tuple[Interval, ...]:
    """The hours of a day in which one advisor is on duty and not absent."""
    return subtract(on_duty(patterns, day, channel), (Interval(a.starts, a.ends) for a in absences))
