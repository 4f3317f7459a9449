"""The local database as the services see it: ``services.ports.Store`` on an encrypted file."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from koba_desktop.domain.entities.bookkeeping import Presence
from koba_desktop.services.ports import Foreign
from koba_desktop.storage.engine import BUSY_SECONDS, sqlite_engine
from koba_desktop.storage.errors import translated
from koba_desktop.storage.presence import say_gone, say_present
from koba_desktop.storage.reader import SqlReader
from koba_desktop.storage.unit_of_work import SqlUnitOfWork
from koba_desktop.storage.watch import Watch


class SqliteStore:
    """One open database file. Any thread may read and write; each call is its own transaction.

    Every commit counts ``user_version`` up. A watching program compares the count with its own
    commits, and so tells the commits of other programs from its own.
    """

    def __init__(self, path: Path, key: str | bytes, *, busy_seconds: float = BUSY_SECONDS) -> None:
        self.path = path
        self.engine = sqlite_engine(path, key, busy_seconds=busy_seconds)
        self._reading = self.engine.execution_options(read_only=True)
        self._commit = threading.Lock()
        self._commits = 0
        self._watches: list[Watch] = []

    @contextmanager
    def reading(self) -> Iterator[SqlReader]:
        """A consistent view (one read transaction). Raises Unavailable."""
        with self._translated(), self._reading.connect() as connection:
            yield SqlReader(connection)

    @contextmanager
    def writing(self, *, by: UUID | None, now: datetime) -> Iterator[SqlUnitOfWork]:
        """A write transaction by a staff member at ``now``; commits on leaving.

        Expired holds are removed first. Raises Unavailable, Taken, Conflict, Refused.
        """
        with self._translated(), self.engine.connect() as connection:
            unit = SqlUnitOfWork(connection, by=by, now=now)
            unit.remove_expired_holds()
            yield unit
            unit.finish()
            count = connection.exec_driver_sql("pragma user_version").scalar_one()
            connection.exec_driver_sql(f"pragma user_version = {(count + 1) % 2**31}")
            with self._commit:
                connection.commit()
                self._commits += 1

    def watch(
        self,
        changed: Callable[[Foreign], None],
        reachable: Callable[[bool], None] | None = None,
    ) -> Callable[[], None]:
        """Call ``changed`` from a thread of its own when another program committed. A file on this
        PC does not go away: ``reachable`` is never called."""
        watch = Watch(self.engine, self._foreign_commits, changed)
        self._watches.append(watch)
        watch.start()
        return watch.stop

    def mark_present(self, presence: Presence) -> None:
        """Does not count as a commit: others ask for it, and are not woken."""
        with self._translated(), self.engine.begin() as connection:
            connection.execute(say_present(presence, sqlite.insert))

    def mark_gone(self, presence: Presence) -> None:
        with self._translated(), self.engine.begin() as connection:
            connection.execute(say_gone(presence))

    def _foreign_commits(self, connection: sa.Connection) -> int:
        with self._commit:
            count = connection.exec_driver_sql("pragma user_version").scalar_one()
            return int(count - self._commits) % 2**31

    def close(self) -> None:
        """Stop watching and close all connections."""
        for watch in self._watches:
            watch.stop()
        self.engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        with translated(str(self.path)):
            yield
