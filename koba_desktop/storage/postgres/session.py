"""One read transaction, begun with the first question and ended behind the back of who asked."""

import queue
import threading
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from koba_desktop.storage.postgres.master import MasterCache, MasterData
from koba_desktop.storage.postgres.together import Statement, ask_together

_BEGIN = "begin isolation level repeatable read read only"
_GOODBYE_SECONDS = 0.5
_VERSION = "select version from app.master_version"


def driver_of(connection: sa.Connection) -> "psycopg.Connection[Any]":
    """psycopg's own connection below SQLAlchemy's."""
    found: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    return found


class ReadSession:
    """What queries take for a connection. The first question travels with the beginning of the
    transaction and the number of the master data."""

    def __init__(
        self,
        connect: Callable[[], sa.Connection],
        dialect: Any,
        cache: MasterCache,
        closer: "Closer",
    ) -> None:
        self._connect = connect
        self.dialect = dialect
        self._cache = cache
        self._closer = closer
        self._connection: sa.Connection | None = None
        self._master: MasterData | None = None

    def master(self) -> MasterData:
        """The master data as this transaction sees them."""
        if self._master is None:
            self._begun(())
        assert self._master is not None
        return self._master

    def execute(self, statement: Any, values: Any = None) -> Any:
        return self.together([(statement, values)])[0]

    def scalar(self, statement: Any, values: Any = None) -> Any:
        return self.execute(statement, values).scalar()

    def together(self, statements: Sequence[Statement]) -> list[Any]:
        """The results of several statements in one journey."""
        if self._connection is None:
            return self._begun(statements)
        if not statements:
            return []
        _, results = ask_together(driver_of(self._connection), self.dialect, statements)
        return results

    def _begun(self, statements: Sequence[Statement]) -> list[Any]:
        """A connection that broke while it rested is replaced: nothing was asked of it yet."""
        connection = self._connect()
        try:
            try:
                firsts, results = self._send(connection, statements)
            except psycopg.Error as error:
                if not driver_of(connection).broken:
                    raise
                connection.invalidate(error)
                connection.close()
                connection = self._connect()
                firsts, results = self._send(connection, statements)
            version = int(firsts[-1][0])
            self._master = self._cache.at(version, driver_of(connection), self.dialect)
        except BaseException:
            end(connection)
            raise
        self._connection = connection
        return list(results)

    def _send(self, connection: sa.Connection, statements: Sequence[Statement]) -> Any:
        return ask_together(
            driver_of(connection), self.dialect, statements, before=(_BEGIN, _VERSION)
        )

    def end(self) -> None:
        """Nobody waits for the end of what was only read."""
        if self._connection is not None:
            self._closer.end(self._connection)
            self._connection = None


def end(connection: sa.Connection) -> None:
    """Roll back and give the connection back; one that is broken is thrown away.

    Past psycopg, which forgets all prepared statements when it hears of a rollback, though nothing
    here changes what they were made of: each question would be parsed and planned anew.
    """
    if not connection.closed and not connection.invalidated:
        try:
            done = driver_of(connection).pgconn.exec_(b"rollback")
            broken = done.status != psycopg.pq.ExecStatus.COMMAND_OK
        except psycopg.Error:  # it is known to be closed
            broken = True
        if broken:
            connection.invalidate()
    try:
        connection.close()
    except (psycopg.Error, DBAPIError):
        connection.invalidate()


class Closer:
    """A thread that ends read transactions, so that their answers need not wait for it."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[sa.Connection | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def end(self, connection: sa.Connection) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._run, name="database-closer", daemon=True
                )
                self._thread.start()
        self._waiting.put(connection)

    def stop(self) -> None:
        """Once everything is ended, or the server does not answer."""
        with self._lock:
            thread, self._thread = self._thread, None
        if thread is not None:
            self._waiting.put(None)
            thread.join(_GOODBYE_SECONDS)

    def _run(self) -> None:
        while (connection := self._waiting.get()) is not None:
            end(connection)
