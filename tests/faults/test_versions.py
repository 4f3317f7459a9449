"""A database that is older or newer than the program: told by its code, and nothing is written."""

import psycopg
import pytest
from psycopg import sql

from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.errors import Unavailable
from koba_desktop.storage.postgres.setup import migrate
from koba_desktop.storage.postgres.store import open_shared
from tests.faults.desk import Desks
from tests.postgres.office import PASSWORD, address_of, make_login
from tests.postgres.server import SUPERUSER

OTHER = [("0000", "database_older"), ("9999", "database_newer")]
_TABLES = "select schemaname, tablename from pg_tables where schemaname in ('app', 'audit')"


def content(desks: Desks) -> dict[str, str]:
    """Every table, with a sum over all that is in it."""
    with psycopg.connect(desks.database.dsn()) as connection:
        found = {}
        for name in connection.execute(_TABLES).fetchall():
            asked = sql.SQL("select md5(string_agg(t::text, '|' order by t::text)) from {} t")
            row = connection.execute(asked.format(sql.Identifier(*name))).fetchone()
            assert row is not None
            found[".".join(name)] = row[0]
    return found


def become(desks: Desks, version: str) -> None:
    """As a migration by another program leaves it."""
    desks.database.run(f"update app.alembic_version set version_num = '{version}'")
    desks.database.run("update app.master_version set version = version + 1")


@pytest.mark.parametrize(("version", "code"), OTHER)
def test_nobody_signs_in_to_another_version(desks: Desks, version: str, code: str) -> None:
    make_login(desks.database, "berger")
    become(desks, version)
    before = content(desks)
    with pytest.raises(Unavailable, match=code):
        open_shared(address_of(desks.database), "berger", PASSWORD)
    assert content(desks) == before


@pytest.mark.parametrize(("version", "code"), OTHER)
def test_whoever_is_at_work_when_it_changes_is_told_and_writes_nothing(
    desks: Desks, version: str, code: str
) -> None:
    desk = desks.sit_down()
    assert len(desk.all(Client)) == 2
    become(desks, version)
    before = content(desks)
    with pytest.raises(Unavailable, match=code):
        desk.do(desks.office.booking(next(desks.slots(1))))
    with pytest.raises(Unavailable, match=code):
        desk.all(Client)
    assert content(desks) == before


def test_a_program_that_is_too_old_for_the_tables_is_told_so(desks: Desks) -> None:
    desk = desks.sit_down()
    assert len(desk.all(Client)) == 2
    become(desks, "9999")
    desks.database.run("alter table app.room rename column area to square_metres")
    with pytest.raises(Unavailable, match="database_newer"):
        desk.all(Client)


def test_an_old_program_does_not_migrate_a_newer_database(desks: Desks) -> None:
    become(desks, "9999")
    before = content(desks)
    with pytest.raises(Unavailable, match="database_newer"):
        migrate(address_of(desks.database), SUPERUSER, desks.database.server.password)
    assert content(desks) == before
