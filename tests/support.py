"""A clock that stands still, and an office with people in it."""

from datetime import UTC, datetime, timedelta

KEY = "5a" * 32

TUESDAY = datetime(2021, 4, 13, 7, 42, tzinfo=UTC)
"""13 April 2021, 09:42 on the office's wall clock: the day the pictures show."""


class FixedClock:
    """A clock that only moves when it is told to."""

    def __init__(self, now: datetime = TUESDAY) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now

    def advance(self, **by: float) -> None:
        """Forward by ``timedelta`` arguments (minutes=15, days=1 …)."""
        self._now += timedelta(**by)
