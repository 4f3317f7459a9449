"""The word that another program wrote, from the thread that watches the database to the window."""

from collections.abc import Callable
from threading import Lock

from PySide6.QtCore import QObject, Signal

from koba_desktop.gui.tasks import Lane, TaskRunner
from koba_desktop.services.facade import Services


class Feed(QObject):
    """Begins on a lane: a server that does not answer must not hold the window up."""

    wrote = Signal(object)  # Foreign; from any thread
    failed = Signal(object)  # an Exception nobody expected

    def __init__(self, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._lock = Lock()
        self._over = False
        self._stop: Callable[[], None] | None = None

    def start(self, services: Services) -> None:
        def begin() -> None:
            if self._begins():
                self._begun(services.watch(self.wrote.emit))

        self._tasks.submit(Lane.QUERIES, begin, _ignored, self.failed.emit, self)

    def _begins(self) -> bool:
        with self._lock:
            return not self._over

    def _begun(self, stop: Callable[[], None]) -> None:
        with self._lock:
            over, self._stop = self._over, stop
        if over:
            stop()

    def stop(self) -> None:
        """Also one that is only beginning ends then."""
        with self._lock:
            self._over, stop = True, self._stop
        if stop is not None:
            stop()


def _ignored(_answer: None) -> None:
    """It has begun."""
