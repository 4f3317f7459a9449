"""Making and opening database files; every obstacle is an Unavailable that names the file."""

import os
import stat
import sys
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DatabaseError

from koba_desktop.domain.errors import Unavailable
from koba_desktop.storage.ddl import sqlite_statements
from koba_desktop.storage.engine import BUSY_SECONDS
from koba_desktop.storage.errors import unavailable
from koba_desktop.storage.location import require_local
from koba_desktop.storage.schema import HEAD, revision, stamp
from koba_desktop.storage.store import SqliteStore

_PAGE = 4096
_PLAIN_HEADER = b"SQLite format 3\x00"
_ENCRYPTED_VARIETY = 200  # different bytes in a page; encrypted pages have nearly all 256


def create_store(path: Path, key: str | bytes) -> SqliteStore:
    """A new, empty database with the present schema, for its owner only.

    Raises Unavailable: ``database_exists``, ``folder_missing``, ``network_share``, ``read_only``,
    ``disk_full``.
    """
    require_local(path)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, stat.S_IRUSR | stat.S_IWUSR))
    except FileExistsError as error:
        raise Unavailable("database_exists", where=str(path)) from error
    except OSError as error:
        raise Unavailable("read_only", where=str(path)) from error
    store = SqliteStore(path, key)
    try:
        with store.engine.begin() as connection:
            for statement in sqlite_statements():
                connection.exec_driver_sql(statement)
            stamp(connection, HEAD)
    except DatabaseError as error:
        store.close()
        path.unlink()
        raise unavailable(_cause(error), str(path)) or error from error
    return store


def require_new(path: Path) -> None:
    """Raises Unavailable ``database_exists``, ``folder_missing``, ``network_share``."""
    require_local(path)
    if path.exists():
        raise Unavailable("database_exists", where=str(path))


def put_in_place(made: Path, path: Path) -> None:
    """Give a closed database its name, unless somebody else has made one of that name meanwhile.

    Raises Unavailable ``database_exists`` or ``read_only``; the one made stays where it is.
    """
    try:
        if sys.platform == "win32":
            made.rename(path)  # refuses a name that is taken
        else:
            _link(made, path)
    except FileExistsError as error:
        raise Unavailable("database_exists", where=str(path)) from error
    except OSError as error:
        raise Unavailable("read_only", where=str(path)) from error


def _link(made: Path, path: Path) -> None:
    try:
        os.link(made, path)
    except FileExistsError:
        raise
    except OSError:  # a file system that knows no links
        made.rename(path)
    else:
        made.unlink()


def open_store(
    path: Path, key: str | bytes, *, upgrade: bool = True, busy_seconds: float = BUSY_SECONDS
) -> SqliteStore:
    """The store of an existing file; an older schema is brought up to date (after a backup).

    Raises Unavailable: ``folder_missing``, ``network_share``, ``file_missing``,
    ``not_a_database``, ``wrong_key``, ``read_only``, ``database_newer``, ``database_locked``, and
    ``database_older`` where ``upgrade`` is False.
    """
    require_usable(path)
    store = SqliteStore(path, key, busy_seconds=busy_seconds)
    try:
        with store.engine.execution_options(read_only=True).connect() as connection:
            found = revision(connection)
        if found != HEAD:
            _bring_up_to_date(store, key, found, upgrade)
    except DatabaseError as error:
        store.close()
        raise unavailable(_cause(error), str(path)) or error from error
    except BaseException:
        store.close()
        raise
    return store


def require_usable(path: Path) -> None:
    """What can be said of a file before its key is known.

    Raises Unavailable: ``folder_missing``, ``network_share``, ``file_missing``, ``read_only``,
    ``not_a_database``.
    """
    require_local(path)
    if not path.is_file():
        raise Unavailable("file_missing", where=str(path))
    if not (os.access(path, os.R_OK | os.W_OK) and os.access(path.parent, os.W_OK)):
        raise Unavailable("read_only", where=str(path))
    _require_database(path)


def _bring_up_to_date(
    store: SqliteStore, key: str | bytes, found: str | None, upgrade: bool
) -> None:
    from koba_desktop.storage.migrations.upgrade import require_known
    from koba_desktop.storage.migrations.upgrade import upgrade as bring_up_to_date

    if found is None:
        raise Unavailable("not_a_database", where=str(store.path))
    require_known(found, where=str(store.path))
    if not upgrade:
        raise Unavailable("database_older", where=str(store.path), found=found)
    bring_up_to_date(store.path, key)


def _require_database(path: Path) -> None:
    """A readable, plain or otherwise odd file is not ours; an encrypted one looks like noise."""
    with path.open("rb") as file:
        page = file.read(_PAGE)
    encrypted = len(page) == _PAGE and len(set(page)) >= _ENCRYPTED_VARIETY
    if page.startswith(_PLAIN_HEADER) or not encrypted:
        raise Unavailable("not_a_database", where=str(path))


def _cause(error: DatabaseError) -> Any:
    return error.orig
