"""The office's wall clock. Instants are UTC inside, Europe/Berlin outside."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
_MINUTE = timedelta(minutes=1)


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, aware, UTC."""


def wall(instant: datetime) -> datetime:
    """The office's wall-clock reading of an aware instant."""
    return instant.astimezone(BERLIN)


def day_of(instant: datetime) -> date:
    """The office's calendar day of an aware instant."""
    return wall(instant).date()


def next_minute(instant: datetime) -> datetime:
    """The full minute that begins then or next: people are told times without seconds."""
    begun = instant.replace(second=0, microsecond=0)
    return begun if begun == instant else begun + _MINUTE


def whole_minutes(span: timedelta) -> int:
    """The minutes that are over: 1 for 90 seconds."""
    return span // _MINUTE


def begun_minutes(span: timedelta) -> int:
    """The minutes that have begun: 2 for 90 seconds."""
    return -(-span // _MINUTE)


def instant(day: date, at: time) -> datetime:
    """The UTC instant of a wall-clock time on a day (the first of two in the autumn hour; a time
    that the spring change leaves out is read as the time after it)."""
    return datetime.combine(day, at, BERLIN).astimezone(UTC)


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """The half-open UTC interval of a calendar day (23, 24 or 25 hours long)."""
    return instant(day, time()), instant(day + timedelta(days=1), time())
