"""A whole office moves from a file of this PC into the shared database, and back."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.bookkeeping import AuditEvent
from koba_desktop.domain.entities.clients import Client, ClientNote
from koba_desktop.domain.entities.staff import Staff, StaffRole
from koba_desktop.domain.errors import Refused, Unavailable
from koba_desktop.domain.vocabulary import Role
from koba_desktop.services.ids import new_id
from koba_desktop.storage.all_rows import count_rows
from koba_desktop.storage.check import check
from koba_desktop.storage.files import create_store
from koba_desktop.storage.postgres.address import SharedAddress
from koba_desktop.storage.postgres.people import set_login
from koba_desktop.storage.postgres.store import PostgresStore, open_shared
from koba_desktop.storage.store import SqliteStore
from koba_desktop.storage.transfer import transfer
from tests.moved_office import compared, furnish, quiet
from tests.postgres.fixtures import Database
from tests.postgres.server import SUPERUSER
from tests.support import KEY, TUESDAY, Office


@pytest.fixture
def source(demo_office: Office) -> SqliteStore:
    return furnish(demo_office)


@pytest.fixture
def shared(pg_database: Database) -> Iterator[PostgresStore]:
    """The finished shared database, opened by who set it up."""
    address = SharedAddress.parse(pg_database.url(sslmode="disable"))
    store = open_shared(address, SUPERUSER, pg_database.server.password, owner=True)
    yield store
    store.close()


def moved(source: SqliteStore, shared: PostgresStore) -> None:
    assert transfer(source.engine, shared.engine, quiet).findings == ()


def rows_in(store: PostgresStore) -> int:
    with store.engine.connect() as connection:
        return count_rows(connection)


def test_every_row_arrives_and_comes_back_as_it_was(
    source: SqliteStore, shared: PostgresStore, tmp_path: Path
) -> None:
    there = transfer(source.engine, shared.engine, quiet)
    assert there.findings == ()
    assert compared(source.engine, shared.engine) == []
    assert check(shared) == []
    home = create_store(tmp_path / "home.db", KEY)
    back = transfer(shared.engine, home.engine, quiet)
    assert (back.findings, back.tables) == ((), there.tables)
    assert compared(source.engine, home.engine) == []
    home.close()


def test_the_audit_holds_what_it_held_and_nothing_of_the_move(
    source: SqliteStore, shared: PostgresStore
) -> None:
    moved(source, shared)
    with source.reading() as before, shared.reading() as after:
        expected = before.find(AuditEvent)
        assert len(expected) == 1
        assert after.find(AuditEvent) == expected


def test_clients_are_found_in_the_shared_database(
    source: SqliteStore, shared: PostgresStore
) -> None:
    moved(source, shared)
    for text in ("lukasiewicz", "weiss", "mül", "0394", ""):
        with source.reading() as before, shared.reading() as after:
            expected = before.search_clients(text, limit=300)
            assert after.search_clients(text, limit=300) == expected
            assert expected.total > 0, text


def test_wordings_a_new_database_comes_with_give_way_to_those_of_the_office(
    source: SqliteStore, shared: PostgresStore
) -> None:
    from koba_desktop.bootstrap.parts import bring_wordings

    bring_wordings(shared, TUESDAY)
    assert rows_in(shared) > 0
    moved(source, shared)
    assert compared(source.engine, shared.engine) == []


def test_its_guards_are_at_work_afterwards(source: SqliteStore, shared: PostgresStore) -> None:
    moved(source, shared)
    with shared.engine.connect() as connection:
        asleep = connection.exec_driver_sql(
            "select tgname from pg_trigger where not tgisinternal and tgenabled <> 'O'"
        ).all()
        assert asleep == []
        one = connection.exec_driver_sql(
            "select a.id, b.starts, b.ends from appointment a join appointment b"
            " on a.advisor_id = b.advisor_id and a.starts < b.starts and a.active and b.active"
            " limit 1"
        ).one()
        with pytest.raises(sa.exc.IntegrityError, match="advisor_taken"):
            connection.exec_driver_sql(
                "update appointment set version = version + 1, starts = %s, ends = %s"
                " where id = %s",
                (one.starts, one.ends, one.id),
            )
        with pytest.raises(sa.exc.DBAPIError, match="append_only"):
            connection.exec_driver_sql("delete from command")


def test_whoever_gets_a_login_after_the_move_has_the_groups_of_the_roles(
    source: SqliteStore, shared: PostgresStore, pg_database: Database
) -> None:
    moved(source, shared)
    with shared.reading() as reader:
        role = reader.find(StaffRole, role=Role.ADVISOR, order_by="id", limit=1)[0]
        member = reader.get(Staff, role.staff_id)
    with psycopg.connect(pg_database.dsn(), autocommit=True) as connection:
        connection.execute("set search_path = app")
        set_login(connection, member.login, "a long enough password")
    mine = open_shared(shared.address, member.login, "a long enough password")
    try:
        assert mine.staff_id == member.id
        with mine.reading() as reader:
            assert reader.find(Appointment, advisor_id=member.id)
    finally:
        mine.close()


def test_a_database_at_work_is_left_alone(source: SqliteStore, shared: PostgresStore) -> None:
    moved(source, shared)
    before = rows_in(shared)
    with pytest.raises(Unavailable) as raised:
        transfer(source.engine, shared.engine, quiet)
    assert raised.value.code == "database_not_empty"
    assert rows_in(shared) == before
    assert compared(source.engine, shared.engine) == []


class Stopped(Exception):
    pass


@pytest.mark.parametrize("after", [0.1, 0.9])
def test_whoever_stops_in_the_middle_finds_the_shared_database_empty(
    source: SqliteStore, shared: PostgresStore, after: float
) -> None:
    def stop(done: int, of: int) -> None:
        if done >= after * of:
            raise Stopped

    with pytest.raises(Stopped):
        transfer(source.engine, shared.engine, stop)
    assert rows_in(shared) == 0
    moved(source, shared)


def test_a_server_that_is_killed_in_the_middle_keeps_nothing(
    source: SqliteStore, shared: PostgresStore, pg_database: Database
) -> None:
    killed = []

    def kill(done: int, of: int) -> None:
        if done >= of / 3 and not killed:
            killed.append(done)
            pg_database.server.kill()

    with pytest.raises(Unavailable) as raised:
        transfer(source.engine, shared.engine, kill, where="server")
    assert raised.value.code == "connection_lost"
    pg_database.server.start()
    shared.engine.dispose()
    assert rows_in(shared) == 0
    moved(source, shared)


def test_what_postgresql_cannot_store_is_named(source: SqliteStore, shared: PostgresStore) -> None:
    """SQLite stores a NUL in a text; the row is to be put right before the office moves."""
    with source.reading() as reader:
        client = reader.find(Client, order_by="id", limit=1)[0]
    note = ClientNote(id=new_id(), client_id=client.id, text="vor\x00nach")
    with source.writing(by=None, now=TUESDAY) as uow:
        uow.add(note)
    with pytest.raises(Refused) as raised:
        transfer(source.engine, shared.engine, quiet)
    (problem,) = raised.value.problems
    assert (problem.code, problem.where) == ("row_refused", str(note.id))
    assert problem.params["kind"] == "client_note"
    assert "vor" not in str(problem.params)
    assert rows_in(shared) == 0


def test_the_shared_source_is_read_as_it_stood_at_one_instant(
    source: SqliteStore, shared: PostgresStore, tmp_path: Path
) -> None:
    moved(source, shared)
    home = create_store(tmp_path / "home.db", KEY)
    added: list[Client] = []

    def write_meanwhile(_done: int, _of: int) -> None:
        if not added:
            with shared.writing(by=None, now=TUESDAY) as uow:
                office_id = uow.find(Client, limit=1)[0].office_id
                client = Client(id=new_id(), family_name="Danach", office_id=office_id)
                added.append(uow.add(client))

    assert transfer(shared.engine, home.engine, write_meanwhile).findings == ()
    (late,) = compared(shared.engine, home.engine)
    assert (late.code, late.where) == ("row_missing", str(added[0].id))
    home.close()
