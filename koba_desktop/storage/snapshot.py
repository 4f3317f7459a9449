"""The last known fourteen days on this PC: a database like any other, encrypted, with the rows and
versions the person's session was shown. Every screen reads it, every command can run on it."""

import logging
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from koba_desktop.domain.entities.clients import Client, ClientPhone
from koba_desktop.domain.errors import Unavailable
from koba_desktop.services.outage.snapshots import SnapshotInfo
from koba_desktop.services.ports import Store
from koba_desktop.storage import search
from koba_desktop.storage.errors import translated
from koba_desktop.storage.files import create_store, open_store
from koba_desktop.storage.mapping import insert_many
from koba_desktop.storage.snapshot_rows import Rows, gather
from koba_desktop.storage.store import SqliteStore
from koba_desktop.storage.tables import parents_first

log = logging.getLogger(__name__)

_BESIDE = (".new", ".new-wal", ".new-shm")
_WITH_IT = ("", "-wal", "-shm")
_ABANDONED_SECONDS = 3600
_ROWS_AT_ONCE = 250
"""The driver holds all other threads up for as long as one call takes; no window may notice."""
_INFO = "create table snapshot (taken_at text not null, staff_id text not null, rows integer)"


@dataclass(frozen=True, slots=True)
class OpenSnapshot:
    store: SqliteStore
    info: SnapshotInfo


def write_snapshot(
    source: Store,
    path: Path,
    key: str | bytes,
    now: datetime,
    staff_id: UUID,
    offices: Iterable[UUID] | None = None,
) -> SnapshotInfo:
    """Write what that person may see of the days around ``now`` to ``path``, whole or not at all:
    what was there before stays until then.

    Nobody may have ``path`` open. Raises Unavailable.
    """
    made = _made(source, path, key, now, staff_id, offices)
    _put(_beside(path), path)
    return made


def open_snapshot(path: Path, key: str | bytes) -> OpenSnapshot:
    """Raises Unavailable: what ``open_store`` raises, ``database_older`` for one that an earlier
    program made, ``not_a_database`` for another kind of database."""
    store = open_store(path, key, upgrade=False)
    try:
        with store.engine.connect() as connection:
            names = connection.exec_driver_sql(
                "select 1 from sqlite_master where name = 'snapshot'"
            ).first()
            if names is None:
                raise Unavailable("not_a_database", where=str(path))
            taken_at, staff_id, rows = connection.exec_driver_sql("select * from snapshot").one()
    except BaseException:
        store.close()
        raise
    info = SnapshotInfo(datetime.fromisoformat(taken_at), UUID(staff_id), rows)
    return OpenSnapshot(store, info)


class SnapshotFolder:
    """Fulfils ``services.outage.snapshots.Snapshots``: each snapshot has a name of its own, so that
    one that is still being read is not written over."""

    def __init__(self, folder: Path, key: str | bytes) -> None:
        self._folder = folder
        self._key = key

    def prepare(self, source: Store, now: datetime, staff_id: UUID) -> "Prepared":
        self._sweep()
        there = self._paths()
        number = int(there[-1].stem.split("-")[1]) + 1 if there else 1
        path = self._folder / f"snapshot-{number:06}-{os.getpid()}.db"
        return Prepared(self._folder, path, _made(source, path, self._key, now, staff_id))

    def open(self) -> OpenSnapshot | None:
        for path in reversed(self._paths()):
            try:
                return open_snapshot(path, self._key)
            except Unavailable as error:
                log.warning("snapshot not opened: %s", error.code)
        return None

    def remove(self) -> None:
        for path in self._paths():
            _remove_finished(path)

    def _paths(self) -> list[Path]:
        return _finished(self._folder)

    def _sweep(self) -> None:
        """What a program left behind that was killed while writing."""
        long_ago = time.time() - _ABANDONED_SECONDS
        for file in self._folder.glob("snapshot-*.new*"):
            if file.stat().st_mtime < long_ago:
                _remove(file)


@dataclass(frozen=True, slots=True)
class Prepared:
    folder: Path
    path: Path
    info: SnapshotInfo

    def install(self) -> None:
        _put(_beside(self.path), self.path)
        for old in _finished(self.folder):
            if old != self.path:
                _remove_finished(old)

    def discard(self) -> None:
        _clear(self.path)


# --- writing --------------------------------------------------------------------------------------


def _finished(folder: Path) -> list[Path]:
    """Oldest first."""
    return sorted(folder.glob("snapshot-??????-*.db"))


def _beside(path: Path) -> Path:
    return path.with_name(path.name + _BESIDE[0])


def _clear(path: Path) -> None:
    for ending in _BESIDE:
        _remove(path.with_name(path.name + ending))


def _remove_finished(path: Path) -> None:
    for ending in _WITH_IT:
        _remove(path.with_name(path.name + ending))


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError:  # Windows: somebody still reads it; the next snapshot takes it away
        log.info("an old snapshot is still in use")


def _made(
    source: Store,
    path: Path,
    key: str | bytes,
    now: datetime,
    staff_id: UUID,
    offices: Iterable[UUID] | None = None,
) -> SnapshotInfo:
    """A complete, closed snapshot beside ``path``."""
    rows = gather(source, now, staff_id, offices)
    info = SnapshotInfo(now, staff_id, sum(len(each) for each in rows.values()))
    _clear(path)
    beside = _beside(path)
    try:
        store = create_store(beside, key)
        try:
            with translated(str(beside)), store.engine.begin() as connection:
                _fill(connection, rows, info)
        finally:
            store.close()
    except BaseException:
        _clear(path)
        raise
    return info


def _fill(connection: sa.Connection, rows: Rows, info: SnapshotInfo) -> None:
    connection.exec_driver_sql("pragma defer_foreign_keys = on")  # rows that point to their kind
    for kind in sorted(rows, key=parents_first):
        records = list(rows[kind].values())
        for start in range(0, len(records), _ROWS_AT_ONCE):
            insert_many(connection, kind, records[start : start + _ROWS_AT_ONCE])
    clients = [row for row in rows.get(Client, {}).values() if isinstance(row, Client)]
    numbers: dict[UUID, list[str]] = defaultdict(list)
    for phone in rows.get(ClientPhone, {}).values():
        assert isinstance(phone, ClientPhone)
        numbers[phone.client_id] += [phone.typed, phone.e164 or ""]
    for start in range(0, len(clients), _ROWS_AT_ONCE):
        search.insert(connection, clients[start : start + _ROWS_AT_ONCE], numbers)
    connection.exec_driver_sql(_INFO)
    connection.exec_driver_sql(
        "insert into snapshot values (?, ?, ?)",
        (info.taken_at.isoformat(), str(info.staff_id), info.rows),
    )


def _put(made: Path, path: Path) -> None:
    """Give a closed snapshot its name, also if the power fails in the next moment."""
    try:
        made.replace(path)
        if sys.platform != "win32":
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
    except OSError as error:
        raise Unavailable("read_only", where=str(path)) from error
