"""The restore rehearsal of docs/operations.md, with PostgreSQL's own programs."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.facade import Services
from koba_desktop.services.office.book import office_book
from koba_desktop.services.office.users import UserWish, records_of, save_unsigned
from koba_desktop.storage.check import check
from koba_desktop.storage.postgres import people
from koba_desktop.storage.postgres.address import SharedAddress
from koba_desktop.storage.postgres.check import seal_audit
from koba_desktop.storage.postgres.setup import administering, init_database
from koba_desktop.storage.postgres.store import PostgresStore, open_shared
from tests.postgres.binaries import binaries
from tests.postgres.server import SUPERUSER, Server

PASSWORD = "correct horse battery"
BACKUP = "koba_backup"
BASE = "koba"


@pytest.fixture
def office() -> Iterator[Server]:
    """The office's server, with an administrator and a login that does nothing but dump."""
    server = Server()
    run(server, "postgres", f"create database {BASE}")
    address = at(server)
    init_database(address, SUPERUSER, server.password)
    make_administrator(server)
    run(
        server,
        "postgres",
        f"create role {BACKUP} login bypassrls password '{PASSWORD}' in role pg_read_all_data",
    )
    with administering(address, SUPERUSER, server.password) as connection:
        people.set_login(connection, "chief", PASSWORD)
    run(server, "postgres", f"grant connect on database {BASE} to {BACKUP}")
    yield server
    server.close()


@pytest.fixture
def spare() -> Iterator[Server]:
    """Another machine, with nothing on it."""
    server = Server()
    yield server
    server.close()


def make_administrator(server: Server) -> None:
    store = as_owner(server)
    now = store.clock.now()
    services = Services(store, store.clock, HolidayCalendar())
    with services.view() as view:
        wish = UserWish(login="chief", family_name="Chief", new_office="Halberstadt")
        save_unsigned(store, now, records_of(office_book(view), wish, view.today).records)
    store.close()


def test_a_dump_comes_back_whole_on_another_server(
    office: Server, spare: Server, tmp_path: Path
) -> None:
    store = as_owner(office)
    first = seal_audit(store)
    assert first
    assert check(store) == []
    store.close()

    roles = tool(office, "pg_dumpall", "--roles-only", user=SUPERUSER, password=office.password)
    dump = tmp_path / "koba.dump"
    dumped = tool(
        office,
        "pg_dump",
        *("--format=custom", f"--file={dump}", BASE),
        user=BACKUP,
        password=PASSWORD,
    )
    assert dumped == ""

    mine = "\n".join(line for line in roles.splitlines() if f"ROLE {SUPERUSER}" not in line)
    assert "SCRAM-SHA-256" in mine, "logins keep their passwords"
    (tmp_path / "roles.sql").write_text(mine, encoding="utf-8")
    as_super = {"user": SUPERUSER, "password": spare.password}
    stop = ("-v", "ON_ERROR_STOP=1", "--quiet")
    tool(spare, "psql", *stop, "-f", tmp_path / "roles.sql", "postgres", **as_super)
    tool(spare, "pg_restore", "--create", "--exit-on-error", "--dbname=postgres", dump, **as_super)

    restored = as_owner(spare)
    try:
        assert check(restored) == [], "rights, policies and seals as they were"
        with psycopg.connect(spare.dsn(BASE, "chief", PASSWORD)) as connection:
            row = connection.execute("select app.is_administrator()").fetchone()
            assert row == (True,)
            timeout = connection.execute("show statement_timeout").fetchone()
            assert timeout == ("20s",), "settings of the database came along"
        with administering(at(spare), SUPERUSER, spare.password) as admin:
            people.set_login(admin, "chief", PASSWORD + "!")
        second = seal_audit(restored)
        assert second != first, "what happened since is sealed on top"
        assert check(restored) == []
    finally:
        restored.close()


def run(server: Server, base: str, sql: str) -> None:
    with psycopg.connect(server.dsn(base), autocommit=True) as connection:
        connection.execute(sql)


def at(server: Server) -> SharedAddress:
    return SharedAddress.parse(server.url(BASE, sslmode="disable"))


def as_owner(server: Server) -> PostgresStore:
    return open_shared(at(server), SUPERUSER, server.password, owner=True)


def tool(server: Server, program: str, *words: object, user: str, password: str) -> str:
    """What one of PostgreSQL's programs prints."""
    done = subprocess.run(
        [binaries() / program, *map(str, words)],
        env={
            "PGHOST": "127.0.0.1",
            "PGPORT": str(server.port),
            "PGUSER": user,
            "PGPASSWORD": password,
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
