"""Connections to the shared database, with the settings that were proven to notice a dead line.

Transactions are begun and ended by the store in as few messages as can be, so that a slow line
costs little: SQLAlchemy's connections are in autocommit, and psycopg's own BEGIN stays out.
"""

import socket
import sys
import threading
import time
from typing import Any
from weakref import WeakSet

import psycopg
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import QueuePool

from koba_desktop.storage.postgres.address import SharedAddress

CONNECT_SECONDS = 5
POOL_SIZE = 2  # and one listener: three connections a PC
POOL_SECONDS = 15.0
"""So long a free connection is waited for; hung ones are cut before."""
IDLE_SECONDS = 5.0
"""A connection that rested longer is asked whether it still lives before it is used."""
_JUST_SECONDS = 1.0
_TRANSACTION_TIMEOUT = 170_000  # the first version that has one
_SEARCH_PATH = "app,audit,public"


def connection_options(
    address: SharedAddress, login: str, password: str, *, purpose: str, owner: bool = False
) -> dict[str, Any]:
    """What libpq is told. ``owner``: as the role that owns the schema, without time limits."""
    settings = [f"-c search_path={_SEARCH_PATH}"]
    if owner:
        settings += ["-c role=koba_owner", "-c statement_timeout=0"]
        settings += ["-c idle_in_transaction_session_timeout=0", "-c lock_timeout=0"]
    options: dict[str, Any] = {
        "host": address.host,
        "port": address.port,
        "dbname": address.database,
        "user": login,
        "password": password,
        "connect_timeout": CONNECT_SECONDS,
        "application_name": purpose[:63],
        "options": " ".join(settings),
        "gssencmode": "disable",
        "client_encoding": "utf8",
        "keepalives": 1,
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 3,
    }
    if sys.platform == "linux":
        options["tcp_user_timeout"] = 10_000  # ms; elsewhere the watchdog cuts a dead line
    if address.tls:
        options |= {"sslmode": "verify-full", "channel_binding": "require"}
        options["sslrootcert"] = str(address.ca_file) if address.ca_file else "system"
    else:
        options["sslmode"] = "disable"
    return options


class Lines:
    """All connections of one store, to be cut at once when the network went silent."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: WeakSet[psycopg.Connection[Any]] = WeakSet()
        self._cut_at = float("-inf")
        self._closed = False

    def add(self, connection: "psycopg.Connection[Any]") -> None:
        """One more. Raises psycopg's OperationalError where they were closed meanwhile."""
        with self._lock:
            if not self._closed:
                self._open.add(connection)
                return
        connection.close()
        raise psycopg.OperationalError("the connections were closed")

    def cut(self) -> None:
        """Whoever waits for an answer gets an error instead of waiting on."""
        with self._lock:
            connections = list(self._open)
            self._cut_at = time.monotonic()
        for connection in connections:
            cut(connection)

    def close(self) -> None:
        """Cut what is left; there are no new ones."""
        with self._lock:
            self._closed = True
        self.cut()

    def answered(self) -> None:
        """The server is there again."""
        self._cut_at = float("-inf")

    def require_answers(self) -> None:
        """Let nobody whose line was just cut wait once more, for a new one. Raises psycopg's
        OperationalError."""
        if self._closed or time.monotonic() - self._cut_at < _JUST_SECONDS:
            raise psycopg.OperationalError("the server does not answer")


def cut(connection: "psycopg.Connection[Any]") -> None:
    """End a connection under whoever waits on it; safe from any thread."""
    try:
        number = connection.fileno()
        # The socket stays libpq's: a second name for it is shut down, and let go.
        with socket.fromfd(number, socket.AF_INET, socket.SOCK_STREAM) as line:
            line.shutdown(socket.SHUT_RDWR)
    except (OSError, psycopg.Error):
        return  # it was closed already


def shared_engine(
    address: SharedAddress,
    login: str,
    password: str,
    *,
    purpose: str = "koba-desktop",
    owner: bool = False,
    pool_size: int = POOL_SIZE,
    lines: Lines | None = None,
) -> sa.Engine:
    """An engine for one login. The password stays in memory, and out of every message."""
    options = connection_options(address, login, password, purpose=purpose, owner=owner)

    def connect() -> "psycopg.Connection[Any]":
        if lines is not None:
            lines.require_answers()
        # Planned under all policies a statement takes longer than carried out: from the second on.
        connection = psycopg.connect(**options, autocommit=True, prepare_threshold=1)
        if owner and connection.info.server_version >= _TRANSACTION_TIMEOUT:
            try:
                connection.execute("set transaction_timeout = 0")
            except psycopg.Error:
                connection.close()
                raise
        if lines is not None:
            lines.add(connection)
        return connection

    engine = sa.create_engine(
        "postgresql+psycopg://",
        creator=connect,
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=POOL_SECONDS,
        pool_use_lifo=True,  # the one used last knows its statements already
        pool_reset_on_return=None,  # the store ends every transaction it began
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
    )

    _ask_before_use(engine)
    return engine


def retire(engine: sa.Engine) -> None:
    """Close its connections: at once those that rest, the others when they are given back, which a
    pool that was left behind would only drop."""

    @event.listens_for(engine, "checkin")
    def _ends(connection: Any, _record: Any) -> None:
        if connection is not None:
            connection.close()

    engine.dispose()


def _ask_before_use(engine: sa.Engine) -> None:
    """Give no dead connection to anybody: one that rested is asked first, and after one broke all
    that are older (a server that restarted broke them all)."""
    broke_at = float("-inf")

    @event.listens_for(engine, "connect")
    def _begins(_connection: Any, record: Any) -> None:
        record.info["since"] = record.info["rests_since"] = time.monotonic()

    @event.listens_for(engine, "checkin")
    def _rests(_connection: Any, record: Any) -> None:
        record.info["rests_since"] = time.monotonic()

    @event.listens_for(engine, "invalidate")
    def _broke(_connection: Any, _record: Any, _error: Any) -> None:
        nonlocal broke_at
        broke_at = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _wakes(connection: Any, record: Any, _proxy: Any) -> None:
        if connection.closed:
            raise DisconnectionError
        rested = time.monotonic() - record.info["rests_since"]
        if rested < IDLE_SECONDS and record.info["since"] > broke_at:
            return
        try:
            connection.execute("")
        except psycopg.Error as error:
            raise DisconnectionError from error
        record.info["since"] = time.monotonic()
