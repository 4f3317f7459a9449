"""One server a test process, one template of the finished database, one clone of it a test."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from tests.postgres.server import SUPERUSER, Server

TEMPLATE = "koba_template"


@dataclass(frozen=True, slots=True)
class Database:
    """A database of the tests' server that is nobody else's."""

    server: Server
    name: str

    def dsn(self, user: str = SUPERUSER, password: str | None = None) -> str:
        return self.server.dsn(self.name, user, password)

    def url(self, **options: str) -> str:
        return self.server.url(self.name, **options)

    def run(self, sql: str) -> None:
        """As the superuser, and committed."""
        _run(self.server, self.name, sql)

    def server_run(self, sql: str) -> None:
        """As the superuser, outside of this database."""
        _run(self.server, "postgres", sql)


def login(server: Server, name: str, password: str, *, groups: tuple[str, ...] = ()) -> None:
    """A login of the server's, as an administrator of the server would make it by hand."""
    from psycopg import sql

    statement = sql.SQL("create role {} login connection limit 5 password {}").format(
        sql.Identifier(name), sql.Literal(password)
    )
    grants = [
        sql.SQL("grant {} to {}").format(sql.Identifier(group), sql.Identifier(name))
        for group in groups
    ]
    _run(server, "postgres", sql.SQL("; ").join([statement, *grants]).as_string())


def clone(database: Database, template: str) -> None:
    """Make a database as a copy, with what "create database" leaves out: rights and settings."""
    _run(
        database.server,
        "postgres",
        f"create database {database.name} template {template} strategy wal_log",
    )
    _run(
        database.server,
        "postgres",
        f"""
        insert into pg_db_role_setting (setdatabase, setrole, setconfig)
        select made.oid, setrole, setconfig
        from pg_db_role_setting join pg_database made on made.datname = '{database.name}'
        where setdatabase = (select oid from pg_database where datname = '{template}');
        update pg_database made set datacl = source.datacl, datdba = source.datdba
        from pg_database source
        where made.datname = '{database.name}' and source.datname = '{template}';
        """,
    )


@pytest.fixture(scope="session")
def pg_server() -> Iterator[Server]:
    """A server for all tests of this process. Who stops it starts it again."""
    server = Server()
    yield server
    server.close()


@pytest.fixture(scope="session")
def pg_template(pg_server: Server) -> str:
    """The name of a finished database without offices, to be cloned and not used."""
    from koba_desktop.storage.postgres.address import SharedAddress
    from koba_desktop.storage.postgres.setup import init_database

    _run(pg_server, "postgres", f"create database {TEMPLATE}")
    address = SharedAddress.parse(pg_server.url(TEMPLATE, sslmode="disable"))
    init_database(address, SUPERUSER, pg_server.password)
    return TEMPLATE


@pytest.fixture
def pg_empty(pg_server: Server) -> Iterator[Database]:
    """An empty database, and what it leaves behind of roles is removed."""
    database = Database(pg_server, f"t_{secrets.token_hex(4)}")
    with _removed(database):
        _run(pg_server, "postgres", f"create database {database.name}")
        yield database


@pytest.fixture
def pg_database(pg_server: Server, pg_template: str) -> Iterator[Database]:
    """A finished database of the test's own. Its logins go with it."""
    with own_database(pg_server, pg_template) as database:
        yield database


@contextmanager
def own_database(server: Server, template: str) -> Iterator[Database]:
    """The same for as long as a test wants it."""
    database = Database(server, f"t_{secrets.token_hex(4)}")
    with _removed(database):
        clone(database, template)
        yield database


@contextmanager
def _removed(database: Database) -> Iterator[None]:
    """Remove it at the end, and the roles made since: they belong to the server, and would meet
    the next test."""
    server = database.server
    before = _roles(server)
    try:
        yield
    finally:
        if not server.running:
            # A test that failed while it was down must not take the others along.
            server.start()
        _run(server, "postgres", f"drop database if exists {database.name} with (force)")
        if made := _roles(server) - before:
            # In one go: some may have given others their groups.
            _run(server, "postgres", f"drop role {', '.join(sorted(made))}")


def _roles(server: Server) -> set[str]:
    """The names of all roles, quoted."""
    import psycopg

    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        rows = connection.execute("select quote_ident(rolname) from pg_roles").fetchall()
    return {name for (name,) in rows}


def _run(server: Server, database: str, sql: str) -> None:
    """Not imported before it is needed: psycopg costs time that other tests should not spend."""
    import psycopg

    with psycopg.connect(server.dsn(database), autocommit=True) as connection:
        connection.execute(sql)
