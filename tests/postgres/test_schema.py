"""The shared database is what the models say, and an old one becomes what a new one is."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from koba_desktop.domain.entities.letters import Letter, TemplateReview, TemplateVersion
from koba_desktop.domain.vocabulary import LetterAnswer, LetterState
from koba_desktop.services.ids import new_id
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


def _filled(database: Database) -> tuple[UUID, UUID]:
    """A letter and its wording, by columns that were there already."""
    office, advisor, client, template, version, letter = (new_id() for _each in range(6))
    stamp = {"version": 1, "changed_at": "2021-04-01T08:00Z"}
    rows: list[tuple[str, dict[str, Any]]] = [
        ("office", {"id": office, **stamp, "name": "Halberstadt"}),
        (
            "staff",
            {"id": advisor, **stamp, "login": "berger", "salutation": "frau", "office_id": office},
        ),
        (
            "client",
            {
                "id": client,
                **stamp,
                "family_name": "Kuhn",
                "language": "de",
                "salutation": "frau",
                "office_id": office,
            },
        ),
        ("template", {"id": template, **stamp, "kind": "confirmation", "language": "de"}),
        (
            "template_version",
            {
                "id": version,
                "created_at": "2021-04-01T08:00Z",
                "template_id": template,
                "number": 1,
                "blocks": '{"subject": "Ihr Termin"}',
                "valid_from": "2021-04-01",
            },
        ),
        (
            "letter",
            {
                "id": letter,
                **stamp,
                "client_id": client,
                "office_id": office,
                "advisor_id": advisor,
                "kind": "confirmation",
                "state": "posted",
                "posted_on": "2021-04-01",
                "template_version_id": version,
                "data": '{"reference": "K7M49QXR"}',
                "assumed_posting": "2021-04-01",
            },
        ),
    ]
    with psycopg.connect(database.dsn()) as connection:
        connection.execute("set local session_replication_role = replica")
        for table, values in rows:
            _insert(connection, table, values)
    return letter, version


def _insert(connection: "psycopg.Connection[Any]", table: str, values: dict[str, Any]) -> None:
    """Columns that must not be null and are not named are empty."""
    required = connection.execute(
        "select a.attname, format_type(a.atttypid, null) from pg_attribute a"
        " where a.attrelid = %s::regclass and a.attnum > 0 and a.attnotnull",
        (f"app.{table}",),
    )
    for name, kind in required.fetchall():
        if name not in values:
            values[name] = {"json": "[]", "boolean": False, "integer": 1}.get(kind, "")
    names = ", ".join(values)
    marks = ", ".join("%s" for _each in values)
    connection.execute(
        f"insert into app.{table} ({names}) values ({marks})".encode(), list(values.values())
    )


def test_letters_of_an_old_database_are_what_they_were(first: Database) -> None:
    letter_id, version_id = _filled(first)
    migrate(address_of(first), SUPERUSER, first.server.password)
    store = owner_store(first)
    with store.reading() as reader:
        letter = reader.get(Letter, letter_id)
        version = reader.get(TemplateVersion, version_id)
    assert (letter.state, letter.posted_on, letter.data) == (
        LetterState.POSTED,
        date(2021, 4, 1),
        {"reference": "K7M49QXR"},
    )
    assert (letter.translation_version_id, letter.answer, letter.answered_on) == (None, None, None)
    assert (letter.claim, letter.claimed_at, letter.claimed_printer) == (None, None, None)
    assert (version.blocks, version.translates_id) == ({"subject": "Ihr Termin"}, None)
    with store.writing(by=None, now=datetime(2021, 4, 2, tzinfo=UTC)) as uow:
        uow.update(replace(letter, answer=LetterAnswer.FITS, answered_on=date(2021, 4, 2)))
        uow.add(
            TemplateReview(
                id=new_id(),
                template_version_id=version_id,
                reviewed_by="Jane Doe",
                reviewed_on=date(2021, 4, 2),
            )
        )
    with store.reading() as reader:
        assert reader.get(Letter, letter_id).answer is LetterAnswer.FITS
        assert len(reader.find(TemplateReview)) == 1
    store.close()


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
