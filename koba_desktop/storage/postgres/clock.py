"""The time of the server: a PC whose clock is wrong writes right times all the same."""

import time
from datetime import UTC, datetime, timedelta

_COUNTS_SLEEP: int | None = getattr(time, "CLOCK_BOOTTIME", None)


def steady() -> float:
    """Seconds that nobody sets, and that go on while the PC sleeps: on Linux ``time.monotonic``
    stands still then, and a PC that was just woken up would write the times of last night."""
    return time.monotonic() if _COUNTS_SLEEP is None else time.clock_gettime(_COUNTS_SLEEP)


class ServerClock:
    """Runs on this PC's steady clock from what the server said last (``services.Clock``)."""

    def __init__(self) -> None:
        self._said = datetime.now(UTC), steady()  # one value: threads read it while another writes
        self.skew = timedelta()
        """How far the server is ahead of this PC's clock (negative: behind)."""

    def now(self) -> datetime:
        said, at = self._said
        return said + timedelta(seconds=steady() - at)

    def hear(self, said: datetime, asked: float, answered: float) -> None:
        """The server's time, asked and answered at these readings of ``steady``."""
        self._said = said.astimezone(UTC), (asked + answered) / 2
        self.skew = self.now() - datetime.now(UTC)
