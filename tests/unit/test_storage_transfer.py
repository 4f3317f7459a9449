"""A whole office moves from one database into another, and every row of it is there."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from koba_desktop.domain.entities.appointments import Hold
from koba_desktop.domain.entities.bookkeeping import (
    AuditEvent,
    Draft,
    ExecutedCommand,
    Presence,
)
from koba_desktop.domain.entities.clients import Client, ClientNote
from koba_desktop.domain.entities.letters import LetterArchive
from koba_desktop.domain.entities.office import Setting
from koba_desktop.domain.errors import Problem, Refused, Unavailable
from koba_desktop.domain.records import Record
from koba_desktop.services.ids import new_id
from koba_desktop.storage.all_rows import copied_kinds, count_rows
from koba_desktop.storage.comparison import digest
from koba_desktop.storage.files import create_store
from koba_desktop.storage.store import SqliteStore
from koba_desktop.storage.tables import TABLES, table_of
from koba_desktop.storage.transfer import copy_store, targets_first, transfer
from tests.moved_office import compared, furnish, quiet
from tests.support import KEY, TUESDAY, Office

OTHER_KEY = "c3" * 32


@pytest.fixture
def target(tmp_path: Path) -> Iterator[SqliteStore]:
    made = create_store(tmp_path / "target.db", OTHER_KEY)
    yield made
    made.close()


@pytest.fixture
def source(demo_office: Office) -> SqliteStore:
    return furnish(demo_office)


def rows(store: SqliteStore, kind: type[Record]) -> list[Record]:
    with store.reading() as reader:
        return reader.find(kind, order_by="id")


def moved(source: SqliteStore, target: SqliteStore) -> None:
    assert transfer(source.engine, target.engine, quiet).findings == ()


def spoil(store: SqliteStore, *statements: str) -> None:
    """Change rows as nobody may: past the triggers."""
    with store.engine.begin() as connection:
        triggers = connection.exec_driver_sql(
            "select name, sql from sqlite_master where type = 'trigger'"
        ).all()
        for name, _sql in triggers:
            connection.exec_driver_sql(f"drop trigger {name}")
        for statement in statements:
            connection.exec_driver_sql(statement)
        for _name, sql in triggers:
            connection.exec_driver_sql(sql)


def some_id(store: SqliteStore, kind: type[Record]) -> UUID:
    found = rows(store, kind)
    return found[len(found) // 2].id


def test_every_row_arrives_as_it_was(source: SqliteStore, target: SqliteStore) -> None:
    done = transfer(source.engine, target.engine, quiet, where="target.db")
    assert done.findings == ()
    for kind in copied_kinds():
        ours = rows(source, kind)
        assert rows(target, kind) == ours, kind
        assert done.tables[table_of(kind).name] == len(ours)
    assert done.rows == sum(done.tables.values()) > 3_000
    for kind in (Draft, ExecutedCommand, AuditEvent, LetterArchive):
        assert done.tables[table_of(kind).name] > 0


def test_there_and_back_again_is_where_it_began(
    source: SqliteStore, target: SqliteStore, tmp_path: Path
) -> None:
    moved(source, target)
    home = create_store(tmp_path / "home.db", KEY)
    moved(target, home)
    assert compared(source.engine, home.engine) == []
    home.close()


def test_what_lives_only_while_a_program_is_open_stays_behind(
    source: SqliteStore, target: SqliteStore
) -> None:
    moved(source, target)
    assert TABLES.keys() - set(copied_kinds()) == {Hold, Presence}
    for kind in (Hold, Presence):
        assert len(rows(source, kind)) == 1
        assert rows(target, kind) == []


def test_clients_are_found_in_the_new_database(source: SqliteStore, target: SqliteStore) -> None:
    moved(source, target)
    for text in ("lukasiewicz", "weiss", "mül", "0394", ""):
        with source.reading() as before, target.reading() as after:
            expected = before.search_clients(text, limit=300)
            assert after.search_clients(text, limit=300) == expected
            assert expected.total > 0, text


def test_the_new_database_goes_on_being_guarded(source: SqliteStore, target: SqliteStore) -> None:
    moved(source, target)
    client = rows(target, Client)[0]
    assert isinstance(client, Client)
    with target.writing(by=None, now=TUESDAY) as uow:
        uow.update(replace(client, given_name="Neu"))
    differing = compared(source.engine, target.engine)
    assert [(p.code, p.where) for p in differing] == [("row_differs", str(client.id))]
    assert "given_name" in differing[0].params["fields"]


def test_a_changed_row_is_found_and_named(source: SqliteStore, target: SqliteStore) -> None:
    moved(source, target)
    letter = some_id(target, LetterArchive)
    spoil(target, f"update letter_archive set pdf = x'00' where id = '{letter.hex}'")
    (found,) = compared(source.engine, target.engine)
    assert (found.code, found.where) == ("row_differs", str(letter))
    assert found.params == {"kind": "letter_archive", "fields": ["pdf"]}


def test_a_missing_and_a_foreign_row_are_found_and_named(
    source: SqliteStore, target: SqliteStore
) -> None:
    moved(source, target)
    lost = some_id(target, ClientNote)
    foreign = new_id()
    spoil(
        target,
        f"delete from client_note where id = '{lost.hex}'",
        f"insert into command select '{foreign.hex}', created_at, created_by, name, result"
        " from command limit 1",
    )
    found = {(p.code, p.where, p.params["kind"]) for p in compared(source.engine, target.engine)}
    assert found == {
        ("row_missing", str(lost), "client_note"),
        ("row_surplus", str(foreign), "command"),
    }


def test_many_differences_are_counted_and_only_some_named(
    source: SqliteStore, target: SqliteStore
) -> None:
    moved(source, target)
    spoil(target, "update client set title = title || '.'")
    found = compared(source.engine, target.engine)
    assert len(found) == 51
    assert found[-1] == Problem("rows_differ", {"kind": "client", "count": 200}, "client")


def test_a_number_is_the_same_however_a_database_writes_it() -> None:
    row = Setting(id=new_id(), key="a", value={"x": 10, "y": [1]}, valid_from=TUESDAY.date())
    assert digest(row) == digest(replace(row, value={"y": [1.0], "x": 10.0}))
    assert digest(row) != digest(replace(row, value={"x": 10, "y": [True]}))
    assert digest(row) != digest(replace(row, value={"x": 10, "y": ["1"]}))
    assert digest(row) != digest(replace(row, value={"x": 10.000000000000002, "y": [1]}))
    assert digest(row) != digest(replace(row, version=1))


def test_a_target_with_anything_in_it_is_left_alone(
    source: SqliteStore, target: SqliteStore
) -> None:
    moved(source, target)
    with pytest.raises(Unavailable) as raised:
        transfer(source.engine, target.engine, quiet)
    assert raised.value.code == "database_not_empty"
    assert compared(source.engine, target.engine) == []


@pytest.mark.parametrize(
    ("number", "code"), [("0002", "database_older"), ("9999", "database_newer")]
)
def test_both_must_be_of_this_programs_revision(
    source: SqliteStore, target: SqliteStore, number: str, code: str
) -> None:
    with target.engine.begin() as connection:
        connection.exec_driver_sql(f"update alembic_version set version_num = '{number}'")
    with pytest.raises(Unavailable) as raised:
        transfer(source.engine, target.engine, quiet)
    assert raised.value.code == code
    with target.engine.connect() as connection:
        assert count_rows(connection) == 0


class Stopped(Exception):
    pass


@pytest.mark.parametrize("after", [0.02, 0.4, 0.9])
def test_whoever_stops_in_the_middle_finds_the_target_empty(
    source: SqliteStore, target: SqliteStore, after: float
) -> None:
    def stop(done: int, of: int) -> None:
        if done >= after * of:
            raise Stopped

    with pytest.raises(Stopped):
        transfer(source.engine, target.engine, stop)
    with target.engine.connect() as connection:
        assert count_rows(connection) == 0
    moved(source, target)


def test_a_full_disk_is_told_and_leaves_the_target_empty(
    source: SqliteStore, target: SqliteStore
) -> None:
    with target.engine.connect() as connection:
        pages = connection.exec_driver_sql("pragma page_count").scalar_one()

    @sa.event.listens_for(target.engine, "begin")
    def small(connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"pragma max_page_count = {pages + 60}")

    with pytest.raises(Unavailable) as raised:
        transfer(source.engine, target.engine, quiet, where="target.db")
    assert (raised.value.code, raised.value.problems[0].where) == ("disk_full", "target.db")
    with target.engine.connect() as connection:
        assert count_rows(connection) == 0


def test_a_row_the_target_refuses_is_named(source: SqliteStore, target: SqliteStore) -> None:
    client = some_id(source, Client)
    spoil(
        source,
        "pragma ignore_check_constraints = on",
        f"update client set number = '' where id = '{client.hex}'",
    )
    with pytest.raises(Refused) as raised:
        transfer(source.engine, target.engine, quiet)
    (problem,) = raised.value.problems
    assert (problem.code, problem.where) == ("row_refused", str(client))
    assert problem.params["kind"] == "client"
    with target.engine.connect() as connection:
        assert count_rows(connection) == 0


def test_a_row_nobody_can_read_is_named(source: SqliteStore, target: SqliteStore) -> None:
    client = some_id(source, Client)
    spoil(source, f"update client set birth_date = 'gestern' where id = '{client.hex}'")
    with pytest.raises(Refused) as raised:
        transfer(source.engine, target.engine, quiet)
    (problem,) = raised.value.problems
    assert (problem.code, problem.where) == ("row_unreadable", str(client))


def test_a_copy_the_target_alters_is_not_kept(source: SqliteStore, target: SqliteStore) -> None:
    """A participant whose times are not the appointment's is set right on the way: no longer the
    same, so it is said, and nothing stays."""
    with source.engine.connect() as connection:
        one = connection.exec_driver_sql("select id from participant limit 1").scalar_one()
    spoil(source, f"update participant set ends = ends + 60000000 where id = '{one}'")
    done = transfer(source.engine, target.engine, quiet)
    assert [(p.code, p.where) for p in done.findings] == [("row_differs", str(UUID(one)))]
    with target.engine.connect() as connection:
        assert count_rows(connection) == 0


def test_the_source_is_read_as_it_stood_at_one_instant(
    source: SqliteStore, target: SqliteStore
) -> None:
    added = []

    def write_meanwhile(_done: int, _of: int) -> None:
        if not added:
            office_id = rows(source, Client)[0].office_id  # type: ignore[attr-defined]
            client = Client(id=new_id(), family_name="Danach", office_id=office_id)
            with source.writing(by=None, now=TUESDAY) as uow:
                added.append(uow.add(client))

    assert transfer(source.engine, target.engine, write_meanwhile).findings == ()
    (late,) = compared(source.engine, target.engine)
    assert (late.code, late.where) == ("row_missing", str(added[0].id))


def test_progress_runs_from_nothing_to_all(source: SqliteStore, target: SqliteStore) -> None:
    steps: list[tuple[int, int]] = []
    transfer(source.engine, target.engine, lambda done, of: steps.append((done, of)))
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1]
    assert len({of for _done, of in steps}) == 1


def test_what_is_pointed_to_comes_first() -> None:
    first, second, third, outside = (new_id() for _ in range(4))
    ordered = targets_first({first: second, second: third, third: outside})
    assert ordered == [third, second, first]
    circle = targets_first({first: second, second: first})
    assert sorted(circle) == sorted([first, second])


def test_an_empty_database_can_be_moved(store: SqliteStore, target: SqliteStore) -> None:
    done = transfer(store.engine, target.engine, quiet)
    assert (done.rows, done.findings) == (0, ())
    with store.engine.connect() as one, target.engine.connect() as other:
        assert copy_store(one, other, quiet).keys() == done.tables.keys()
