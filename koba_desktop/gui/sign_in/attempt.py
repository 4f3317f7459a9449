"""One attempt to sign in, which may be given up while the server has not answered yet."""

from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from koba_desktop.gui.opening import Opened


class GivenUp(Exception):
    """Nobody waits for the answer any more."""


class Attempt:
    """Sees to it that connections nobody waits for are closed, whoever comes first: the answer, on
    a worker thread, or somebody who gives up, in the window."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._over = False
        self._opened: Opened | None = None

    def step(self) -> None:
        """Raises GivenUp."""
        with self._lock:
            if self._over:
                raise GivenUp

    def succeed(self, opened: "Opened") -> None:
        """The database is open. Raises GivenUp, and closes it again, where nobody waits for it."""
        with self._lock:
            wanted = not self._over
            if wanted:
                self._opened = opened
        if not wanted:
            opened.close()
            raise GivenUp

    def take(self) -> "Opened | None":
        """What was opened, for whoever closes it from now on; None where it was given up."""
        with self._lock:
            opened, self._opened = self._opened, None
            self._over = True
        return opened
