"""Bringing a local database up to date: a verified backup first, then all or nothing."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from koba_desktop.domain.errors import Unavailable
from koba_desktop.storage.backup import backup_before_upgrade
from koba_desktop.storage.engine import sqlite_engine
from koba_desktop.storage.schema import revision

if TYPE_CHECKING:
    import sqlalchemy as sa
    from alembic.config import Config

_SCRIPTS = "koba_desktop:storage/migrations"


def require_known(found: str, *, where: str = "", versions: Sequence[Path] = ()) -> None:
    """Raises Unavailable ``database_newer`` for a revision this program does not know."""
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(_config(versions))
    if found not in {script.revision for script in scripts.walk_revisions()}:
        raise Unavailable("database_newer", where=where, found=found)


def upgrade(path: Path, key: str | bytes, *, versions: Sequence[Path] = ()) -> Path | None:
    """Upgrade the file to the newest revision; returns its backup (None: nothing was stored yet).

    SQLite's foreign keys are off meanwhile, as altering a table would delete the rows that point
    to it, and are checked before the commit. ``versions`` are further folders of revisions.
    Raises Unavailable ``upgrade_broke_references``; whatever fails, the file stays as it was.
    """
    from alembic import command

    config = _config(versions)
    engine = sqlite_engine(path, key)
    try:
        with engine.connect() as connection:
            found = revision(connection)
        saved = backup_before_upgrade(path, key, found) if found else None
        with engine.connect() as connection:
            # A pragma of the connection: inside a transaction it would be ignored.
            connection.connection.cursor().execute("pragma foreign_keys = off")
            with connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                broken = connection.exec_driver_sql("pragma foreign_key_check").all()
                if broken:
                    tables = ", ".join(sorted({row[0] for row in broken}))
                    raise Unavailable("upgrade_broke_references", where=str(path), tables=tables)
    finally:
        engine.dispose()
    return saved


def upgrade_in(connection: "sa.Connection", *, versions: Sequence[Path] = ()) -> None:
    """Upgrade to the newest revision in a transaction that the caller began and ends."""
    from alembic import command

    config = _config(versions)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config(versions: Sequence[Path]) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", _SCRIPTS)
    config.set_main_option("path_separator", "newline")
    places = [f"{_SCRIPTS}/versions", *map(str, versions)]
    config.set_main_option("version_locations", "\n".join(places).replace("%", "%%"))
    return config
