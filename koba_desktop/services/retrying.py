"""Trying a command again after the line broke: the same command, so that it is done once.

A command carries an id the database keeps unique; one that was carried out already answers what it
answered. So it may be sent again whenever nobody knows what became of it. Where it stays unknown,
that is what the user is told: never "failed".
"""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from koba_desktop.domain.errors import Unavailable

T = TypeVar("T")

AGAIN = frozenset({"connection_lost", "outcome_unclear", "server_busy"})
"""After these a command is tried again by itself."""
PATIENCE_SECONDS = 6.0
"""From the first failure on: a server that restarts is back by then."""
_FIRST_PAUSE = 0.05
_LONGEST_PAUSE = 1.0


def carried_out(
    once: Callable[[], T],
    *,
    pause: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> T:
    """What ``once`` answers. Raises Unavailable: ``outcome_unclear`` where a commit may have been
    carried out and nobody could be asked, else what was wrong last; all else ``once`` raises."""
    began: float | None = None
    unclear: Unavailable | None = None
    wait = _FIRST_PAUSE
    while True:
        try:
            return once()
        except Unavailable as error:
            if began is None and error.code not in AGAIN:
                raise  # the server was away from the beginning
            if error.code == "outcome_unclear":
                unclear = error
            began = clock() if began is None else began
            away = error.code == "server_away" or error.code in AGAIN
            if not away or clock() - began >= PATIENCE_SECONDS:
                raise unclear or error from None
        pause(wait * random.uniform(0.5, 1.5))
        wait = min(wait * 2, _LONGEST_PAUSE)
