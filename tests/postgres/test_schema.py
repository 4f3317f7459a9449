"""The shared database is what the models say, and an old one becomes what a new one is."""

from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from koba_desktop.storage.migrations import versions_folder
from koba_desktop.storage.postgres.setup import migrate
from koba_desktop.storage.schema import HEAD
from koba_desktop.storage.tables import metadata
from tests.postgres.fixtures import Database
from tests.postgres.office import address_of, owner_store
from tests.postgres.server import SUPERUSER

FIRST = versions_folder() / "r0003_the_shared_database.postgresql.sql"

_OURS = "n.nspname in ('app', 'audit', 'people')"
_CATALOGUE = {
    "columns": f"""
        select n.nspname || '.' || c.relname || '.' || a.attname,
          format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' '
          || coalesce(pg_get_expr(d.adbin, d.adrelid), '') || ' ' || a.attnum
        from pg_attribute a join pg_class c on c.oid = a.attrelid
        join pg_namespace n on n.oid = c.relnamespace
        left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where {_OURS} and a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'v')""",
    "relations": f"""
        select c.relkind::text || ' ' || n.nspname || '.' || c.relname,
          pg_get_userbyid(c.relowner) || ' ' || c.relrowsecurity || ' ' || c.relforcerowsecurity
          || ' ' || coalesce((select string_agg(each::text, ',' order by each::text)
            from unnest(c.relacl) each), '') || coalesce(c.reloptions::text, '')
          || case c.relkind when 'v' then pg_get_viewdef(c.oid) else '' end
        from pg_class c join pg_namespace n on n.oid = c.relnamespace where {_OURS}""",
    "constraints": f"""
        select n.nspname || '.' || conrelid::regclass || '.' || conname,
          pg_get_constraintdef(o.oid)
        from pg_constraint o join pg_namespace n on n.oid = o.connamespace where {_OURS}""",
    "indexes": f"""
        select n.nspname || '.' || c.relname, pg_get_indexdef(c.oid)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where {_OURS} and c.relkind = 'i'""",
    "triggers": f"""
        select n.nspname || '.' || c.relname || '.' || t.tgname, pg_get_triggerdef(t.oid)
        from pg_trigger t join pg_class c on c.oid = t.tgrelid
        join pg_namespace n on n.oid = c.relnamespace where {_OURS} and not t.tgisinternal""",
    "functions": f"""
        select p.oid::regprocedure::text, pg_get_userbyid(p.proowner) || ' '
          || coalesce((select string_agg(each::text, ',' order by each::text)
            from unnest(p.proacl) each), '') || pg_get_functiondef(p.oid)
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace where {_OURS}""",
    "policies": """
        select schemaname || '.' || tablename || '.' || policyname,
          concat_ws(' ', permissive, roles, cmd, qual, with_check)
        from pg_policies""",
}


def catalogue(database: Database) -> dict[str, dict[str, str]]:
    """Everything a schema consists of, by sort and name."""
    with psycopg.connect(database.dsn(), autocommit=True) as connection:
        return {
            sort: {str(name): str(what) for name, what in connection.execute(query)}
            for sort, query in _CATALOGUE.items()
        }


@pytest.fixture
def first(pg_empty: Database) -> Database:
    """A database as the first program that knew a shared one made it."""
    text = FIRST.read_text(encoding="utf-8")
    with psycopg.connect(pg_empty.dsn()) as connection:
        connection.execute(text)
        connection.execute("insert into app.alembic_version values ('0003')")
    return pg_empty


def test_an_old_database_becomes_what_a_new_one_is(first: Database, pg_database: Database) -> None:
    assert migrate(address_of(first), SUPERUSER, first.server.password)[1] == HEAD
    migrated, made = catalogue(first), catalogue(pg_database)
    for sort, found in made.items():
        assert found, sort
        assert migrated[sort] == found, sort


def test_the_tables_are_those_of_the_models(pg_database: Database) -> None:
    store = owner_store(pg_database)
    its_own = {"deployment", "master_version", "alembic_version", "seal"}

    def ours(name: str | None, kind: str, _parents: Any) -> bool:
        return kind != "table" or name not in its_own

    with store.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": ours, "compare_type": False}
        )
        found = compare_metadata(context, metadata)
    # The order of writing, for the seals: nothing the program reads.
    differences = [each for each in found if not _is_position(each)]
    store.close()
    assert differences == []


def _is_position(difference: Any) -> bool:
    match difference:
        case ("remove_column", _, "audit_event", column):
            return bool(column.name == "position")
        case ("remove_index", index):
            return bool(index.name == "audit_event_position")
    return False
