"""The shared database as the services see it: ``services.ports.Store`` for one login."""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError

from koba_desktop.domain.entities.bookkeeping import Presence
from koba_desktop.domain.errors import OfficeError, Unavailable
from koba_desktop.services.ports import Foreign
from koba_desktop.storage.postgres.address import SharedAddress
from koba_desktop.storage.postgres.certificates import explained
from koba_desktop.storage.postgres.clock import ServerClock
from koba_desktop.storage.postgres.engine import Lines, connection_options, shared_engine
from koba_desktop.storage.postgres.errors import not_connected, translated, unavailable
from koba_desktop.storage.postgres.listener import Listener
from koba_desktop.storage.postgres.master import MasterCache
from koba_desktop.storage.postgres.reader import PostgresReader
from koba_desktop.storage.postgres.unit_of_work import CHANNEL, PostgresUnit
from koba_desktop.storage.presence import say_gone, say_present
from koba_desktop.storage.schema import HEAD

OLDEST_SERVER = 150_000  # 15 has all that is needed; 16 or later is recommended

_READ = "begin isolation level repeatable read read only; select version from app.master_version"
_WHO = (
    "select current_setting('server_version_num')::int, app.me(), app.now(),"
    " (select version_num from app.alembic_version)"
)


class PostgresStore:
    """Any thread may read and write; each call is its own transaction.

    ``owner`` is a session of the administration that acts as the schema's owner: no policy binds
    it, and no audit is written for it.
    """

    def __init__(
        self,
        address: SharedAddress,
        login: str,
        password: str,
        *,
        host: str = "",
        owner: bool = False,
        pool_size: int = 2,
    ) -> None:
        self.address = address
        self.login = login
        self.clock = ServerClock()
        self.staff_id: UUID | None = None
        self.origin = secrets.token_hex(4)
        self.is_owner = owner
        self.password = password
        self._purpose = f"koba-desktop {host}".strip()
        self._lines = Lines()
        self._master = MasterCache()
        self._listener: Listener | None = None
        self.engine = shared_engine(
            address,
            login,
            password,
            purpose=self._purpose,
            owner=owner,
            pool_size=pool_size,
            lines=self._lines,
        )

    @property
    def label(self) -> str:
        return self.address.label

    # --- transactions ---------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[PostgresReader]:
        """A consistent view (one read transaction). Raises Unavailable."""
        with self._translated(), self._begun(_READ) as (connection, version):
            try:
                master = self._master.at(version, _driver(connection))
                yield PostgresReader(connection, master)
            finally:
                self._end(connection, "rollback")

    @contextmanager
    def writing(self, *, by: UUID | None, now: datetime) -> Iterator[PostgresUnit]:
        """A write transaction by a staff member at ``now``; commits on leaving.

        Raises Unavailable: ``connection_lost`` where nothing was written, ``outcome_unclear`` where
        the line broke while the server was to commit; Taken, Conflict, Refused.
        """
        with self._translated(), self._begun(_writing(now)) as (connection, version):
            try:
                master = self._master.at(version, _driver(connection))
                unit = PostgresUnit(connection, master, by=by, now=now, owner=self.is_owner)
                yield unit
                unit.finish()
            except BaseException:
                self._end(connection, "rollback")
                raise
            self._commit(connection, unit.message(self.origin))

    @contextmanager
    def _begun(self, statement: str) -> Iterator[tuple[sa.Connection, int]]:
        """A connection in a transaction, and the number of the master data. One that broke while it
        rested is replaced: nothing was asked of it yet."""
        connection = self._connect()
        try:
            try:
                version = _last_number(connection, statement)
            except psycopg.Error as error:
                if not _driver(connection).broken:
                    self._end(connection, "rollback")
                    raise
                connection.invalidate(error)
                connection.close()
                connection = self._connect()
                version = _last_number(connection, statement)
            yield connection, version
        except (psycopg.Error, DBAPIError) as error:
            if not connection.closed and not connection.invalidated and _driver(connection).broken:
                connection.invalidate(error)
            raise
        finally:
            connection.close()

    def _connect(self) -> sa.Connection:
        try:
            return self.engine.connect()
        except (DBAPIError, psycopg.Error) as error:
            raise explained(not_connected(error, self.label), self.address) from error

    def _commit(self, connection: sa.Connection, message: str) -> None:
        """The message that others hear and the commit go together; without an answer nobody knows
        whether it was carried out."""
        told = f"select pg_notify('{CHANNEL}', '{message}'); " if message else ""
        try:
            _driver(connection).execute(f"{told}commit")
        except psycopg.Error as error:
            found = unavailable(error, self.label)
            if found is not None and found.code == "connection_lost":
                raise Unavailable("outcome_unclear", where=self.label) from error
            raise

    def _end(self, connection: sa.Connection, how: str) -> None:
        if connection.closed or connection.invalidated:
            return
        try:
            _driver(connection).execute(how)
        except psycopg.Error as error:
            connection.invalidate(error)

    # --- who is there, and what others do -------------------------------------------------------

    def watch(
        self,
        changed: Callable[[Foreign], None],
        reachable: Callable[[bool], None] | None = None,
    ) -> Callable[[], None]:
        """Listen on a connection of its own; see ``listener``."""
        options = connection_options(
            self.address, self.login, self.password, purpose=f"{self._purpose} (listens)"
        )
        listener = Listener(
            options, self.origin, self.clock, changed, reachable or _nobody, self._lines.cut
        )
        self._listener = listener
        listener.start()
        return listener.stop

    def mark_present(self, presence: Presence) -> None:
        self._presence(say_present(presence, postgresql.insert), presence)

    def mark_gone(self, presence: Presence) -> None:
        self._presence(say_gone(presence), presence)

    def _presence(self, statement: Any, presence: Presence) -> None:
        message = f"{self.origin}|presence:{presence.subject_id.hex}"
        with self._translated(), self._connect() as connection:
            connection.execute(statement)
            connection.exec_driver_sql("select pg_notify(%s, %s)", (CHANNEL, message))

    def change_password(self, old: str, new: str) -> None:
        """Of the login itself; the new one leaves this PC as a verifier only.

        Raises Unavailable ``password_wrong`` where ``old`` is not the present one.
        """
        from koba_desktop.storage.postgres.people import change_own_password

        if old != self.password:
            raise Unavailable("password_wrong", where=self.label)
        with self._translated(), self._connect() as connection:
            change_own_password(_driver(connection), self.login, new)
        self.password = new
        replaced, self.engine = (
            self.engine,
            shared_engine(self.address, self.login, new, purpose=self._purpose, lines=self._lines),
        )
        replaced.dispose()
        if self._listener is not None:
            self._listener.use_password(new)

    def close(self) -> None:
        """Stop listening and close all connections."""
        if self._listener is not None:
            self._listener.stop()
        self.engine.dispose()

    def _translated(self) -> Any:
        return translated(self.label)

    def look_in(self) -> None:
        """The first question: who am I, and do program and database fit? Raises Unavailable:
        ``database_older``, ``database_newer``, ``server_too_old``, ``not_a_database``,
        ``login_without_right`` and what stopped the connection."""
        with self._translated(), self._connect() as connection:
            asked = time.monotonic()
            try:
                row: Any = _driver(connection).execute(_WHO).fetchone()
            except (psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedTable) as error:
                raise Unavailable("login_without_right", where=self.label) from error
            version, me, now, found = row
            self.clock.hear(now, asked, time.monotonic())
        if version < OLDEST_SERVER:
            raise Unavailable("server_too_old", where=self.label, version=version // 10_000)
        if found is None:
            raise Unavailable("not_a_database", where=self.label)
        if found != HEAD:
            code = "database_older" if found < HEAD else "database_newer"
            raise Unavailable(code, where=self.label, found=found)
        if me is None and not self.is_owner:
            raise Unavailable("login_without_right", where=self.label)
        self.staff_id = me


def open_shared(
    address: SharedAddress,
    login: str,
    password: str,
    *,
    host: str = "",
    owner: bool = False,
    pool_size: int = 2,
) -> PostgresStore:
    """The store of a login. Raises Unavailable as ``PostgresStore.look_in`` does."""
    store = PostgresStore(address, login, password, host=host, owner=owner, pool_size=pool_size)
    try:
        store.look_in()
    except BaseException:
        store.close()
        raise
    return store


def _driver(connection: sa.Connection) -> "psycopg.Connection[Any]":
    found: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    return found


def _writing(now: datetime) -> str:
    """Expired holds go first, whosever they are: also where an administrator writes, who has
    nothing to do with them."""
    return (
        f"begin; select app.end_holds('{now.isoformat()}'::timestamptz);"
        " select version from app.master_version"
    )


def _last_number(connection: sa.Connection, statement: str) -> int:
    """Send several statements as one message; the number the last one answers."""
    cursor = _driver(connection).execute(statement)
    while cursor.nextset():
        pass
    row: Any = cursor.fetchone()
    return int(row[0])


def _nobody(_reachable: bool) -> None:
    """Nobody asked whether the server can be reached."""


__all__ = ["OfficeError", "PostgresStore", "open_shared"]
