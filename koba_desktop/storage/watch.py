"""Noticing the commits of other programs on the same file."""

import threading
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from koba_desktop.services.ports import Foreign

INTERVAL_SECONDS = 0.5


class Watch:
    """A daemon thread that polls ``data_version`` on a connection of its own.

    ``foreign`` counts the commits of others; ``changed`` is called when the count moved.
    """

    def __init__(
        self,
        engine: sa.Engine,
        foreign: Callable[[sa.Connection], int],
        changed: Callable[[Foreign], None],
        interval: float = INTERVAL_SECONDS,
    ) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._foreign = foreign
        self._changed = changed
        self._interval = interval
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="database-watch", daemon=True)

    def start(self) -> None:
        """Returns once the present state is known: what is committed after this is noticed."""
        self._thread.start()
        self._ready.wait()

    def stop(self) -> None:
        """End the thread; safe to call twice, and from within ``changed``."""
        self._stop.set()
        if self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        try:
            with self._engine.connect() as connection:
                known = self._foreign(connection)
                version = self._data_version(connection)
                self._ready.set()
                while not self._stop.wait(self._interval):
                    # A file that is locked or away for a moment is simply asked again.
                    try:
                        seen = self._data_version(connection)
                        if seen == version:
                            continue
                        foreign, version = self._foreign(connection), seen
                    except DatabaseError:
                        continue
                    if foreign != known:
                        known = foreign
                        self._changed(Foreign(everything=True))
        finally:
            self._ready.set()

    @staticmethod
    def _data_version(connection: sa.Connection) -> int:
        return int(connection.exec_driver_sql("pragma data_version").scalar_one())
