"""Where the present instant comes from."""

import threading
from datetime import UTC, datetime, timedelta

from koba_desktop.domain.clock import Clock


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class OffsetClock:
    """A clock that starts at a given instant and runs on; ``advance`` sets it forward.

    For demonstrations and tests. Safe in every thread.
    """

    def __init__(self, start: datetime, base: Clock | None = None) -> None:
        """Raises ValueError for a naive ``start``."""
        if start.tzinfo is None:
            raise ValueError("start must be aware")
        self._base = base or SystemClock()
        self._lock = threading.Lock()
        self._offset = start - self._base.now()

    def now(self) -> datetime:
        with self._lock:
            return (self._base.now() + self._offset).astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        """Set the clock forward (or, with a negative span, back)."""
        with self._lock:
            self._offset += by
