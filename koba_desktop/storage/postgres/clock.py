"""The time of the server: a PC whose clock is wrong writes right times all the same."""

import time
from datetime import UTC, datetime, timedelta


class ServerClock:
    """Runs on this PC's steady clock from what the server said last (``services.Clock``)."""

    def __init__(self) -> None:
        self._said = datetime.now(UTC)
        self._at = time.monotonic()
        self.skew = timedelta()
        """How far the server is ahead of this PC's clock (negative: behind)."""

    def now(self) -> datetime:
        return self._said + timedelta(seconds=time.monotonic() - self._at)

    def hear(self, said: datetime, asked: float, answered: float) -> None:
        """The server's time, asked and answered at these readings of ``time.monotonic``."""
        self._said, self._at = said.astimezone(UTC), (asked + answered) / 2
        self.skew = self.now() - datetime.now(UTC)
