"""What waits for the server, in an encrypted file of its own: ``services.outage.queue.InputQueue``.

Plain SQL on one connection, WAL with ``synchronous=full``: what was acknowledged outlasts ``kill
-9`` and a power cut. The file does not share the fate of a snapshot, which is replaced often.
"""

import json
import os
import stat
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher

from koba_desktop.domain.errors import Problem, Unavailable
from koba_desktop.services.execution import Actor
from koba_desktop.services.outage.coding import (
    packed,
    packed_problems,
    unpacked,
    unpacked_problems,
)
from koba_desktop.services.outage.commands import command_of, text_of
from koba_desktop.services.outage.queue import NEVER, KeptInput, Known
from koba_desktop.storage.engine import BUSY_SECONDS, normal_key
from koba_desktop.storage.errors import unavailable
from koba_desktop.storage.location import require_local

_SCHEMA = (
    "create table if not exists owner (login text not null)",
    """create table if not exists input (
  position integer primary key autoincrement,
  command_id text not null unique,
  name text not null,
  content text not null,
  staff_id text not null,
  office_id text not null,
  happened_at text not null,
  result text not null,
  written text not null,
  problems text,
  anew integer not null default 0
)""",
    "create table if not exists known_id (local text primary key, server text not null)",
    """create table if not exists known_version (
  row_id text not null,
  local integer not null,
  server integer not null,
  primary key (row_id, local)
)""",
)
_COLUMNS = (
    "command_id, name, content, staff_id, office_id, happened_at, result, written, problems, anew"
)


class EncryptedQueue:
    """Safe in any thread. ``login`` is whose inputs these are."""

    def __init__(self, path: Path, key: str | bytes, login: str) -> None:
        """Open the file, or make it for its owner only.

        Raises Unavailable: ``queue_of_another``, ``wrong_key``, and what the disk says.
        """
        require_local(path)
        self.path = path
        self._lock = threading.Lock()
        with self._translated():
            if not path.exists():
                _touch(path)
            self._connection = _connect(path, key)
            try:
                self._prepare(login)
            except BaseException:
                self._connection.close()
                raise

    def _prepare(self, login: str) -> None:
        with self._transaction():
            for statement in _SCHEMA:
                self._connection.execute(statement)
            found = self._connection.execute("select login from owner").fetchone()
            if found is None:
                self._connection.execute("insert into owner values (?)", (login,))
            elif found[0] != login:
                raise Unavailable("queue_of_another", where=str(self.path))

    def append(self, kept: KeptInput, superseded: Iterable[UUID] = ()) -> None:
        assert kept.command is not None
        row = (
            str(kept.command_id),
            kept.name,
            text_of(kept.command),
            str(kept.actor.staff_id),
            str(kept.actor.office_id),
            kept.happened_at.isoformat(),
            json.dumps(packed(kept.result)),
            _written(kept.written),
            None,
            int(kept.anew),
        )
        with self._writing():
            for command_id in superseded:
                self._remove(command_id)
            self._connection.execute(
                f"insert into input ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " on conflict (command_id) do nothing",
                row,
            )

    def all(self) -> tuple[KeptInput, ...]:
        with self._translated(), self._lock:
            rows = self._connection.execute(
                f"select {_COLUMNS} from input order by position"
            ).fetchall()
        return tuple(_kept(row) for row in rows)

    def learn(
        self, command_id: UUID, result: Mapping[str, Any], written: Mapping[UUID, int]
    ) -> None:
        with self._writing():
            self._connection.execute(
                "update input set result = ?, written = ? where command_id = ?",
                (json.dumps(packed(result)), _written(written), str(command_id)),
            )

    def sent(self, command_id: UUID, known: Known) -> None:
        with self._writing():
            self._remember(known)
            self._remove(command_id)

    def refuse(self, command_id: UUID, problems: tuple[Problem, ...]) -> None:
        with self._writing():
            row = self._connection.execute(
                "select written from input where command_id = ?", (str(command_id),)
            ).fetchone()
            if row is None:
                return
            never = {(UUID(each), version): NEVER for each, version in json.loads(row[0]).items()}
            self._remember(Known(versions=never))
            self._connection.execute(
                "update input set problems = ?, anew = 0 where command_id = ?",
                (json.dumps(packed_problems(problems)), str(command_id)),
            )

    def again(self, command_id: UUID) -> None:
        with self._writing():
            self._connection.execute(
                "update input set problems = null, anew = 1 where command_id = ?",
                (str(command_id),),
            )

    def remove(self, command_id: UUID) -> None:
        with self._writing():
            self._remove(command_id)

    def known(self) -> Known:
        with self._translated(), self._lock:
            ids = self._connection.execute("select local, server from known_id").fetchall()
            versions = self._connection.execute(
                "select row_id, local, server from known_version"
            ).fetchall()
        return Known(
            ids={UUID(local): UUID(server) for local, server in ids},
            versions={(UUID(row_id), local): server for row_id, local, server in versions},
        )

    def forget(self, before: datetime) -> None:
        # The ids are UUIDv7: they begin with the millisecond of their making.
        begins = f"{int(before.timestamp() * 1000):012x}"
        oldest = f"{begins[:8]}-{begins[8:]}"
        with self._writing():
            self._connection.execute("delete from known_id where local < ?", (oldest,))
            self._connection.execute(
                "delete from known_version where not exists (select 1 from input)"
            )

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    # --- helpers ----------------------------------------------------------------------------------

    def _remember(self, known: Known) -> None:
        self._connection.executemany(
            "insert or replace into known_id values (?, ?)",
            [(str(local), str(server)) for local, server in known.ids.items()],
        )
        self._connection.executemany(
            "insert or replace into known_version values (?, ?, ?)",
            [(str(row_id), local, server) for (row_id, local), server in known.versions.items()],
        )

    def _remove(self, command_id: UUID) -> None:
        self._connection.execute("delete from input where command_id = ?", (str(command_id),))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._translated(), self._lock, self._transaction():
            yield

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._connection.execute("rollback")
            raise
        self._connection.execute("commit")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlcipher.Error as error:
            raise unavailable(error, str(self.path)) or error from error


def _touch(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, stat.S_IRUSR | stat.S_IWUSR))
    except FileExistsError:
        return  # another program of the same person was quicker
    except OSError as error:
        raise Unavailable("read_only", where=str(path)) from error


def _connect(path: Path, key: str | bytes) -> Any:
    connection = sqlcipher.connect(
        str(path), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute(f"""pragma key = "x'{normal_key(key)}'" """)
        for pragma in ("cipher_log_level = none", "journal_mode = wal", "synchronous = full"):
            connection.execute(f"pragma {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _written(written: Mapping[UUID, int]) -> str:
    return json.dumps({str(row_id): version for row_id, version in written.items()})


def _kept(row: tuple[Any, ...]) -> KeptInput:
    command_id, name, content, staff_id, office_id, happened_at, result, written, problems, anew = (
        row
    )
    command = command_of(name, content)
    said = unpacked_problems(json.loads(problems)) if problems else ()
    return KeptInput(
        command_id=UUID(command_id),
        name=name,
        command=command,
        actor=Actor(staff_id=UUID(staff_id), office_id=UUID(office_id)),
        happened_at=datetime.fromisoformat(happened_at),
        result=unpacked(json.loads(result)),
        written={UUID(row_id): version for row_id, version in json.loads(written).items()},
        problems=said or (() if command is not None else (Problem("input_unreadable"),)),
        anew=bool(anew),
    )
