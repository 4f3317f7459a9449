"""Old databases are brought up to date, with a copy beforehand, or stay as they were."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from koba_desktop.domain.entities.appointments import Participant
from koba_desktop.domain.entities.clients import Client
from koba_desktop.storage import schema
from koba_desktop.storage.backup import FOLDER
from koba_desktop.storage.check import check
from koba_desktop.storage.engine import sqlite_engine
from koba_desktop.storage.files import create_store, open_store
from koba_desktop.storage.migrations.upgrade import _config, upgrade
from koba_desktop.storage.tables import metadata
from tests.support import KEY, Office

_SEARCH = ("client_fts",)


def made_by(engine: sa.Engine) -> dict[str, str]:
    """Every table, index and trigger with its statement, blanks aside."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "select type || ' ' || name, sql from sqlite_master where sql is not null"
        ).all()
    return {name: " ".join(sql.split()).lower() for name, sql in rows}


@pytest.fixture
def migrated(tmp_path: Path) -> Path:
    """A database made by all migrations, from nothing."""
    path = tmp_path / "migrated.db"
    path.touch()
    assert upgrade(path, KEY) is None
    return path


def test_migrations_lead_to_what_a_new_database_is(migrated: Path, tmp_path: Path) -> None:
    create_store(tmp_path / "fresh.db", KEY).close()
    engines = [sqlite_engine(path, KEY) for path in (migrated, tmp_path / "fresh.db")]
    by_migration, fresh = map(made_by, engines)
    for engine in engines:
        engine.dispose()
    by_migration.pop("table alembic_version")
    fresh.pop("table alembic_version")
    assert by_migration == fresh


def test_the_tables_are_those_of_the_models(migrated: Path) -> None:
    engine = sqlite_engine(migrated, KEY)

    def ours(name: str | None, kind: str, _parents: object) -> bool:
        return not (kind == "table" and name is not None and name.startswith(_SEARCH))

    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": ours, "compare_type": False}
        )
        differences = compare_metadata(context, metadata)
    engine.dispose()
    assert differences == []


def test_the_program_works_with_the_newest_revision() -> None:
    assert ScriptDirectory.from_config(_config(())).get_current_head() == schema.HEAD


_NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "test"
down_revision = "0005"


def upgrade():
    with op.batch_alter_table("client") as client:
        client.add_column(sa.Column("nickname", sa.Text, server_default="", nullable=False))
        client.alter_column("title", existing_type=sa.Text, nullable=True)
    {then}
"""


def revisions(folder: Path, then: str) -> Path:
    """A folder with one more revision that rebuilds the table of clients."""
    folder.mkdir()
    (folder / "next.py").write_text(_NEXT.replace("{then}", then), encoding="utf-8")
    return folder


def counts(path: Path) -> tuple[int, int, str | None]:
    engine = sqlite_engine(path, KEY)
    with engine.connect() as connection:
        found = (
            connection.exec_driver_sql("select count(*) from client").scalar_one(),
            connection.exec_driver_sql("select count(*) from participant").scalar_one(),
            schema.revision(connection),
        )
    engine.dispose()
    return found


def test_an_upgrade_keeps_all_rows_and_leaves_a_copy(demo_office: Office, tmp_path: Path) -> None:
    path = demo_office.store.path
    demo_office.store.close()
    clients, participants, _ = counts(path)
    saved = upgrade(path, KEY, versions=[revisions(tmp_path / "more", "pass")])
    assert counts(path) == (clients, participants, "test")
    assert saved is not None
    assert saved.parent.name == FOLDER
    older = open_store(saved, KEY)
    assert check(older) == []
    with older.reading() as reader:
        assert len(reader.find(Client)) == clients
        assert len(reader.find(Participant)) == participants
    older.close()


@pytest.mark.parametrize(
    ("then", "error"),
    [
        ('raise RuntimeError("power cut")', "power cut"),
        (
            "op.execute(\"delete from client where family_name = 'Kuhn'\")",
            "upgrade_broke_references",
        ),
    ],
)
def test_a_failed_upgrade_leaves_the_file_as_it_was(
    demo_office: Office, tmp_path: Path, then: str, error: str
) -> None:
    path = demo_office.store.path
    demo_office.store.close()
    before = counts(path)
    with pytest.raises(Exception, match=error):
        upgrade(path, KEY, versions=[revisions(tmp_path / "more", then)])
    assert counts(path) == before
    store = open_store(path, KEY)
    assert check(store) == []
    store.close()
    assert len(list((path.parent / FOLDER).iterdir())) == 1
