"""Instants and the minutes of a day on the wall clock."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from koba_desktop.domain.clock import instant, wall

MINUTES_A_DAY = 24 * 60


def minute_of(moment: datetime, day: date) -> int:
    """Wall-clock minutes of an instant since the start of ``day`` (negative before it)."""
    at = wall(moment)
    return (at.date() - day).days * MINUTES_A_DAY + at.hour * 60 + at.minute


def moment_at(day: date, minute: int) -> datetime:
    """The UTC instant of a wall-clock minute counted from the start of ``day``."""
    days, rest = divmod(minute, MINUTES_A_DAY)
    return instant(day + timedelta(days=days), time(rest // 60, rest % 60))


def hours_shown(
    open_spans: Iterable[tuple[int, int]], busy_spans: Iterable[tuple[int, int]]
) -> tuple[int, int]:
    """The first and last minute a calendar shows: speaking hours with half an hour around them,
    and everything that is booked; 07:30 to 18:00 where nothing is open."""
    opened = [(max(0, a - 30), min(MINUTES_A_DAY, b + 30)) for a, b in open_spans]
    starts = min((a for a, _ in opened), default=450)
    ends = max((b for _, b in opened), default=1080)
    for a, b in busy_spans:
        starts = min(starts, max(0, a // 30 * 30))
        ends = max(ends, min(MINUTES_A_DAY, -(-b // 30) * 30))
    return starts, ends
