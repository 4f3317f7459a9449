"""Setting up the shared database, and bringing it up to date: for the IT department."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg import sql
from sqlalchemy.exc import DBAPIError

from koba_desktop.domain.errors import Unavailable
from koba_desktop.storage.postgres.address import SharedAddress
from koba_desktop.storage.postgres.certificates import explained
from koba_desktop.storage.postgres.ddl import statements
from koba_desktop.storage.postgres.engine import connection_options, shared_engine
from koba_desktop.storage.postgres.errors import not_connected, translated
from koba_desktop.storage.schema import HEAD

_LOCK = 0x6B6F6261  # "koba": two administrators at once wait for each other
_MAINTENANCE = "postgres"  # the database every server has


def create_database(address: SharedAddress, user: str, password: str) -> bool:
    """Make the database of that name; whether it was not there yet.

    Raises Unavailable ``setup_right_missing`` where ``user`` may not make databases.
    """
    at = replace(address, database=_MAINTENANCE)
    with administering(at, user, password) as connection:
        try:
            connection.execute(
                sql.SQL("create database {} encoding 'UTF8' template template0").format(
                    sql.Identifier(address.database)
                )
            )
        except psycopg.errors.DuplicateDatabase:
            return False
        except psycopg.errors.InsufficientPrivilege as error:
            raise Unavailable("setup_right_missing", where=address.label, login=user) from error
    return True


def drop_database(address: SharedAddress, user: str, password: str) -> None:
    """Remove a database that was just made and could not be set up."""
    with administering(replace(address, database=_MAINTENANCE), user, password) as connection:
        connection.execute(
            sql.SQL("drop database if exists {}").format(sql.Identifier(address.database))
        )


def is_owner(address: SharedAddress, user: str, password: str) -> bool:
    """Whether a login may act as the owner of the schema: who set the database up, and superusers.
    Raises Unavailable ``not_a_database`` where it is not set up."""
    with administering(address, user, password) as connection:
        if _one(connection, "select to_regnamespace('app')") is None:
            raise Unavailable("not_a_database", where=address.label)
        return bool(_one(connection, "select pg_has_role('koba_owner', 'member')"))


def init_database(address: SharedAddress, user: str, password: str) -> None:
    """Roles, schemas, tables, functions and policies in an existing, empty database: whole or not
    at all. ``user`` owns the database and may make roles.

    Raises Unavailable: ``database_set_up`` (it is set up already), ``setup_right_missing`` and
    what stops the connection.
    """
    with administering(address, user, password) as connection, connection.transaction():
        connection.execute("select pg_advisory_xact_lock(%s)", (_LOCK,))
        if _one(connection, "select to_regclass('app.alembic_version')") is not None:
            raise Unavailable("database_set_up", where=address.label)
        try:
            for statement in statements():
                connection.execute(statement)
        except psycopg.errors.InsufficientPrivilege as error:
            raise Unavailable("setup_right_missing", where=address.label, login=user) from error
        connection.execute("insert into app.alembic_version values (%s)", (HEAD,))


def migrate(address: SharedAddress, user: str, password: str) -> tuple[str, str]:
    """Bring the schema up to date as its owner; the revisions before and after.

    Two at once: the second waits and finds nothing to do. Raises Unavailable ``not_a_database``,
    ``database_newer``, ``setup_right_missing``.
    """
    from koba_desktop.storage.migrations.upgrade import require_known, upgrade_in

    engine = shared_engine(address, user, password, purpose="koba-desktop-admin", owner=True)
    with translated(address.label):
        try:
            connection = engine.connect()
        except psycopg.errors.InsufficientPrivilege as error:
            raise Unavailable("setup_right_missing", where=address.label, login=user) from error
        except (DBAPIError, psycopg.Error) as error:
            raise explained(not_connected(error, address.label), address) from error
        try:
            connection.exec_driver_sql("begin")
            connection.exec_driver_sql("select pg_advisory_xact_lock(%s)", (_LOCK,))
            found = _revision(connection, address)
            if found != HEAD:
                require_known(found, where=address.label)
                upgrade_in(connection)
                # Whoever is at work notices with the next question.
                connection.exec_driver_sql("update app.master_version set version = version + 1")
            connection.exec_driver_sql("commit")
        finally:
            connection.invalidate()  # whatever is not committed is not done
            connection.close()
            engine.dispose()
    return found, HEAD


def _revision(connection: sa.Connection, address: SharedAddress) -> str:
    there = connection.exec_driver_sql("select to_regclass('app.alembic_version')").scalar()
    if there is None:
        raise Unavailable("not_a_database", where=address.label)
    return str(connection.exec_driver_sql("select version_num from alembic_version").scalar_one())


def set_clock(address: SharedAddress, user: str, password: str, ahead: timedelta) -> None:
    """Let a demonstration live at another time than the server's."""
    with administering(address, user, password) as connection:
        connection.execute("set role koba_owner")
        connection.execute("update app.deployment set clock_offset = %s", (ahead,))


@contextmanager
def administering(
    address: SharedAddress, user: str, password: str
) -> "Iterator[psycopg.Connection[Any]]":
    """A connection as that login and without time limits, in autocommit. Raises Unavailable."""
    options = connection_options(address, user, password, purpose="koba-desktop-admin")
    options["options"] = "-c statement_timeout=0 -c lock_timeout=0"
    try:
        connection = psycopg.connect(**options, autocommit=True)
    except psycopg.Error as error:
        raise explained(not_connected(error, address.label), address) from error
    with translated(address.label), connection:
        yield connection


def _one(connection: "psycopg.Connection[Any]", statement: str) -> Any:
    row = connection.execute(statement).fetchone()
    return None if row is None else row[0]
