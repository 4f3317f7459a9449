"""The shared database as the services see it: ``services.ports.Store`` for one login."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from koba_desktop.domain.entities.bookkeeping import Presence
from koba_desktop.domain.errors import Unavailable
from koba_desktop.services.ports import Foreign
from koba_desktop.storage.postgres.address import SharedAddress
from koba_desktop.storage.postgres.certificates import explained
from koba_desktop.storage.postgres.clock import ServerClock, steady
from koba_desktop.storage.postgres.engine import Lines, connection_options, retire, shared_engine
from koba_desktop.storage.postgres.errors import not_connected, translated
from koba_desktop.storage.postgres.listener import Listener
from koba_desktop.storage.postgres.master import MasterCache
from koba_desktop.storage.postgres.reader import PostgresReader
from koba_desktop.storage.postgres.session import Closer, ReadSession, driver_of, end
from koba_desktop.storage.postgres.unit_of_work import CHANNEL, PostgresUnit
from koba_desktop.storage.presence import say_gone, say_present
from koba_desktop.storage.schema import require_fitting

OLDEST_SERVER = 150_000  # 15 has all that is needed; 16 or later is recommended

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
        self._closer = Closer()
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
        session = ReadSession(self._connect, self.engine.dialect, self._master, self._closer)
        with self._translated():
            try:
                yield PostgresReader(session, session.master, session)
            finally:
                session.end()

    @contextmanager
    def writing(self, *, by: UUID | None, now: datetime) -> Iterator[PostgresUnit]:
        """A write transaction by a staff member at ``now``; commits on leaving.

        Raises Unavailable: ``connection_lost`` where nothing was written, ``outcome_unclear`` where
        the line broke while the server was to commit; Taken, Conflict, Refused.
        """
        with self._translated(), self._begun(_writing(now)) as (connection, version):
            master = self._master.at(version, driver_of(connection), self.engine.dialect)
            unit = PostgresUnit(connection, master, by=by, now=now, owner=self.is_owner)
            yield unit
            unit.finish()
            with self._committing(connection):
                unit.commit(self.origin)

    @contextmanager
    def _begun(self, statement: str) -> Iterator[tuple[sa.Connection, int]]:
        """A connection in a transaction, and the number of the master data. One that broke while it
        rested is replaced: nothing was asked of it yet."""
        connection = self._connect()
        try:
            try:
                version = _last_number(connection, statement)
            except psycopg.Error as error:
                if not driver_of(connection).broken:
                    raise
                connection.invalidate(error)
                connection.close()
                connection = self._connect()
                version = _last_number(connection, statement)
            yield connection, version
        except BaseException:
            end(connection)
            raise
        connection.close()

    def _connect(self) -> sa.Connection:
        try:
            return self.engine.connect()
        except PoolTimeout as error:  # all of them wait for an answer
            raise Unavailable("server_busy", where=self.label) from error
        except (DBAPIError, psycopg.Error) as error:
            raise explained(not_connected(error, self.label), self.address) from error

    @contextmanager
    def _committing(self, connection: sa.Connection) -> Iterator[None]:
        """What others hear and the commit go together; without an answer nobody knows whether it
        was carried out."""
        try:
            yield
        except psycopg.Error as error:
            if not driver_of(connection).broken:
                raise  # the server said no
            raise Unavailable("outcome_unclear", where=self.label) from error

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
            options, self.origin, self.clock, changed, reachable or _nobody, self._lines
        )
        self._listener = listener
        listener.start()
        return listener.stop

    def mark_present(self, presence: Presence) -> None:
        self._presence(say_present(presence, postgresql.insert), presence)

    def mark_gone(self, presence: Presence) -> None:
        self._presence(say_gone(presence), presence)

    def _presence(self, statement: Any, presence: Presence) -> None:
        with self._translated(), self._begun("begin; select 0") as (connection, _):
            connection.execute(statement)
            told = f"{self.origin}|presence:{presence.subject_id.hex}"
            with self._committing(connection):
                driver_of(connection).execute(f"select pg_notify('{CHANNEL}', '{told}'); commit")

    def change_password(self, old: str, new: str) -> None:
        """Of the login itself; the new one leaves this PC as a verifier only.

        Raises Unavailable ``password_wrong`` where ``old`` is not the present one.
        """
        from koba_desktop.storage.postgres.people import change_own_password

        if old != self.password:
            raise Unavailable("password_wrong", where=self.label)
        with self._translated(), self._connect() as connection:
            change_own_password(driver_of(connection), self.login, new)
        self.password = new
        replaced, self.engine = (
            self.engine,
            shared_engine(self.address, self.login, new, purpose=self._purpose, lines=self._lines),
        )
        retire(replaced)
        if self._listener is not None:
            self._listener.use_password(new)

    def close(self) -> None:
        """Stop listening and close all connections; whoever still waits for an answer hears that
        it will not come."""
        if self._listener is not None:
            self._listener.stop()
        self._closer.stop()
        self._lines.close()
        retire(self.engine)

    def _translated(self) -> Any:
        return translated(self.label)

    def look_in(self) -> None:
        """The first question: who am I, and do program and database fit? Raises Unavailable:
        ``database_older``, ``database_newer``, ``server_too_old``, ``not_a_database``,
        ``login_without_right`` and what stopped the connection."""
        with self._translated(), self._connect() as connection:
            asked = steady()
            try:
                row: Any = driver_of(connection).execute(_WHO).fetchone()
            except (psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedTable) as error:
                raise Unavailable("login_without_right", where=self.label) from error
            version, me, now, found = row
            self.clock.hear(now, asked, steady())
        if version < OLDEST_SERVER:
            raise Unavailable("server_too_old", where=self.label, version=version // 10_000)
        if found is None:
            raise Unavailable("not_a_database", where=self.label)
        require_fitting(found, where=self.label)
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


def _writing(now: datetime) -> str:
    """Expired holds go first, whosever they are: also where an administrator writes, who has
    nothing to do with them. Commands ask for few rows by ids and indexes: what was planned once is
    right for all of them, and planning takes longer than answering."""
    return (
        "begin; set local plan_cache_mode = force_generic_plan;"
        f" select app.end_holds('{now.isoformat()}'::timestamptz);"
        " select version from app.master_version"
    )


def _last_number(connection: sa.Connection, statement: str) -> int:
    """Send several statements as one message; the number the last one answers."""
    cursor = driver_of(connection).execute(statement)
    while cursor.nextset():
        pass
    row: Any = cursor.fetchone()
    return int(row[0])


def _nobody(_reachable: bool) -> None:
    """Nobody asked whether the server can be reached."""
