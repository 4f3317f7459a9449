"""Reading and writing the shared database as a whole, by its owner, when an office is moved."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from koba_desktop.domain.errors import Unavailable
from koba_desktop.storage.postgres.errors import unavailable
from koba_desktop.storage.postgres.unit_of_work import CHANNEL
from koba_desktop.storage.tables import metadata

# Belongs to another role, and has no trigger that would refuse a row or add one.
_WITHOUT_TRIGGERS = frozenset({"audit_event"})


@contextmanager
def snapshot(engine: sa.Engine) -> Iterator[sa.Connection]:
    """The database as it stands now, whatever others write meanwhile."""
    with _ended(engine.connect()) as connection:
        connection.exec_driver_sql("begin isolation level repeatable read read only")
        yield connection


@contextmanager
def whole_or_nothing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction in which rows are taken as they are: nothing is stamped, corrected or noted in
    the audit. Constraints hold. Groups follow the roles that arrive. Ends without a trace unless
    ``keep`` is called."""
    with _ended(engine.connect()) as connection:
        connection.exec_driver_sql("begin")
        _triggers(connection, "disable")
        connection.exec_driver_sql("alter table staff_role enable trigger groups_follow")
        yield connection


def keep(connection: sa.Connection, where: str) -> None:
    """Everything stays, and whoever has the database open reads it anew. Raises Unavailable
    ``outcome_unclear`` where the line broke while the server was to commit."""
    _triggers(connection, "enable")
    connection.exec_driver_sql("update master_version set version = version + 1")
    connection.exec_driver_sql("select pg_notify(%s, %s)", (CHANNEL, "transfer|*"))
    try:
        connection.exec_driver_sql("commit")
    except (DBAPIError, psycopg.Error) as error:
        found = unavailable(error, where)
        if found is not None and found.code == "connection_lost":
            raise Unavailable("outcome_unclear", where=where) from error
        raise


def _triggers(connection: sa.Connection, what: str) -> None:
    for table in metadata.sorted_tables:
        if table.name not in _WITHOUT_TRIGGERS:
            connection.exec_driver_sql(f"alter table {table.name} {what} trigger user")


@contextmanager
def _ended(connection: sa.Connection) -> Iterator[sa.Connection]:
    """The connection is not used again: whatever was not kept ends with it."""
    try:
        yield connection
    finally:
        connection.invalidate()
        connection.close()
