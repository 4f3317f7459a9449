"""Copies of the database that are known to open: by hand, daily, and before an upgrade.

A copy is made with SQLite's own backup in one go, never by copying the file, and is encrypted with
the same key. It gets its name only once it was opened, checked and counted.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from koba_desktop.domain.clock import wall
from koba_desktop.domain.errors import Unavailable
from koba_desktop.storage.engine import BUSY_SECONDS, normal_key
from koba_desktop.storage.errors import unavailable
from koba_desktop.storage.location import require_local

FOLDER = "backups"
DAILY_KEPT = 7


def backup(path: Path, key: str | bytes, target: Path) -> int:
    """A verified copy of the database at ``target`` (replaced if it exists); its size in bytes.

    Raises Unavailable: ``folder_missing``, ``backup_failed`` (the copy is not sound), and what the
    file system says (``disk_full``, ``read_only``, ``disk_error``).
    """
    require_local(path)
    if not target.parent.is_dir():
        raise Unavailable("folder_missing", where=str(target), folder=str(target.parent))
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, stat.S_IRUSR | stat.S_IWUSR))
        with _said(target):
            _copy(path, key, part)
        part.replace(target)
    except OSError as error:
        code = "disk_full" if error.errno == errno.ENOSPC else "read_only"
        raise Unavailable(code, where=str(target)) from error
    finally:
        for leftover in (part, Path(f"{part}-wal"), Path(f"{part}-shm")):
            leftover.unlink(missing_ok=True)
    return target.stat().st_size


def backup_now(path: Path, key: str | bytes, now: datetime) -> Path:
    """A verified copy in the folder of the backups, named by the office's wall clock."""
    target = _folder(path) / f"{path.stem}-{wall(now):%Y-%m-%d-%H%M%S}.db"
    backup(path, key, target)
    return target


def backup_daily(
    path: Path, key: str | bytes, today: date, *, keep: int = DAILY_KEPT
) -> Path | None:
    """The day's automatic copy, None if it was made before. Only the newest ``keep`` stay."""
    folder = _folder(path)
    target = folder / f"{path.stem}-daily-{today.isoformat()}.db"
    if target.exists():
        return None
    backup(path, key, target)
    for old in sorted(folder.glob(f"{path.stem}-daily-*.db"))[:-keep]:
        old.unlink()
    return target


def backup_before_upgrade(path: Path, key: str | bytes, revision: str) -> Path:
    """The copy an upgrade can be taken back with. Earlier copies are never overwritten."""
    folder = _folder(path)
    number = 1
    while (target := folder / f"{path.stem}-schema-{revision}-{number:02}.db").exists():
        number += 1
    backup(path, key, target)
    return target


def restore(source: Path, key: str | bytes, path: Path, now: datetime) -> Path | None:
    """Put a backup in the place of the database. Returns the copy of what was there before.

    No program may have the database open. Raises Unavailable as ``backup`` does.
    """
    before = backup_now(path, key, now) if path.exists() else None
    backup(source, key, path)
    for leftover in (Path(f"{path}-wal"), Path(f"{path}-shm")):
        leftover.unlink(missing_ok=True)
    return before


def _folder(path: Path) -> Path:
    folder = path.parent / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _copy(path: Path, key: str | bytes, part: Path) -> None:
    """Copy and compare inside one read transaction: writers may go on meanwhile."""
    with closing(_connect(path, key)) as source:
        source.execute("begin")
        expected = _counts(source)
        with closing(_connect(part, key)) as copy:
            source.backup(copy)
        source.execute("rollback")
    with closing(_connect(part, key)) as copy:
        sound = copy.execute("pragma quick_check").fetchall() == [("ok",)]
        if not sound or _counts(copy) != expected:
            raise Unavailable("backup_failed", where=str(part))


def _counts(connection: Any) -> dict[str, int]:
    names = connection.execute(
        "select name from sqlite_master where type = 'table' and sql not like 'create virtual%'"
    ).fetchall()
    return {
        name: connection.execute(f'select count(*) from "{name}"').fetchone()[0]
        for (name,) in names
    }


def _connect(path: Path, key: str | bytes) -> Any:
    connection = sqlcipher.connect(str(path), timeout=BUSY_SECONDS, isolation_level=None)
    connection.execute(f"""pragma key = "x'{normal_key(key)}'" """)
    connection.execute("pragma cipher_log_level = none")
    return connection


@contextmanager
def _said(target: Path) -> Iterator[None]:
    try:
        yield
    except sqlcipher.Error as error:
        raise unavailable(error, str(target)) or error from error
