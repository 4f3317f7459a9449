"""Moving a whole office: into a file and out of it, from local to shared and back."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from koba_desktop.bootstrap import parts
from koba_desktop.domain.errors import Unavailable

if TYPE_CHECKING:
    import sqlalchemy as sa

    from koba_desktop.bootstrap.access import Accesses
    from koba_desktop.bootstrap.administration import AdminWorks
    from koba_desktop.cli.wiring import Moved, Progress, Target
    from koba_desktop.storage.postgres.store import PostgresStore
    from koba_desktop.storage.store import SqliteStore
    from koba_desktop.storage.transfer import Transferred


class _Unlike(Exception):
    """What arrived is not what was sent: the file that was begun is given up."""

    def __init__(self, done: "Transferred") -> None:
        super().__init__()
        self.done = done


class TransferWorks:
    """What ``export store``, ``import store`` and ``move`` do. Databases are named, and what opens
    them is found, as everywhere; a shared one is opened as its owner."""

    def __init__(self, works: "AdminWorks", accesses: "Accesses") -> None:
        self._works = works
        self._accesses = accesses

    def export_store(
        self, source: "Target", file: Path, key_file: Path | None, progress: "Progress"
    ) -> "Moved":
        """Into a new local database with a key of its own: the one in ``key_file``, or one that is
        written there where there is no such file yet.

        Raises Unavailable ``file_not_written`` and what opening, making and ``transfer`` raise.
        """
        from koba_desktop.storage.files import require_new
        from koba_desktop.system import keys

        require_new(file)
        if key_file is not None and key_file.exists():
            key = keys.key_in_file(key_file)
        else:
            key = keys.new_key()
            if key_file is not None:
                _keep(key, key_file)
        began = time.monotonic()
        with self._opened(source) as engine:
            done = _into_file(engine, file, key, progress)
        return _moved(done, str(file), began, key)

    def import_store(
        self, file: Path, key_file: Path | None, target: "Target", progress: "Progress"
    ) -> "Moved":
        """Out of a file that ``export_store`` wrote, or any other local database."""
        from koba_desktop.storage.files import require_usable

        require_usable(file)
        began = time.monotonic()
        with _local(file, _key_of_file(file, key_file)) as engine:
            return self._move(engine, target, progress, began)

    def move(self, source: "Target", target: "Target", progress: "Progress") -> "Moved":
        """From one database into another. A shared one must be empty, a local one is made."""
        began = time.monotonic()
        with self._opened(source) as engine:
            return self._move(engine, target, progress, began)

    def _move(
        self, source: "sa.Engine", target: "Target", progress: "Progress", began: float
    ) -> "Moved":
        from koba_desktop.storage.transfer import transfer

        if self._accesses.is_shared(target):
            with self._as_owner(target) as store:
                done = transfer(source, store.engine, progress, where=store.label)
            return _moved(done, store.label, began)
        path = self._works.path(target)
        key = parts.key_of_new(path, self._works.key_file(target))
        return _moved(_into_file(source, path, key, progress), str(path), began, key)

    @contextmanager
    def _opened(self, source: "Target") -> "Iterator[sa.Engine]":
        if self._accesses.is_shared(source):
            with self._as_owner(source) as store:
                yield store.engine
        else:
            with _local(*self._works.path_and_key(source)) as engine:
                yield engine

    @contextmanager
    def _as_owner(self, target: "Target") -> "Iterator[PostgresStore]":
        """The shared database, opened by a login that may act as its owner."""
        from koba_desktop.storage.postgres.store import open_shared
        from koba_desktop.system.host import host_name

        address = self._accesses.address(target)
        login, password = self._accesses.credentials(target)
        store = open_shared(address, login, password, host=host_name(), owner=True)
        try:
            yield store
        finally:
            store.close()


@contextmanager
def _local(path: Path, key: str) -> "Iterator[sa.Engine]":
    from koba_desktop.storage.files import open_store

    store = open_store(path, key, upgrade=False)
    try:
        yield store.engine
    finally:
        store.close()


def _into_file(source: "sa.Engine", path: Path, key: str, progress: "Progress") -> "Transferred":
    """Into a new file, which gets its name only when it holds everything."""
    from dataclasses import replace

    from koba_desktop.storage.check import check
    from koba_desktop.storage.transfer import transfer

    arrived: list[Transferred] = []

    def fill(store: "SqliteStore") -> None:
        done = transfer(source, store.engine, progress, where=str(path))
        if not done.findings:
            store.engine.dispose()  # what is looked over now comes from the disk
            done = replace(done, findings=tuple(check(store)))
        if done.findings:
            raise _Unlike(done)
        arrived.append(done)

    try:
        parts.make_database(path, key, fill)
    except _Unlike as unlike:
        return unlike.done
    return arrived[0]


def _moved(done: "Transferred", database: str, began: float, key: str = "") -> "Moved":
    from koba_desktop.cli.wiring import Moved
    from koba_desktop.system.recovery import recovery_key

    return Moved(
        database=database,
        tables=done.tables,
        seconds=round(time.monotonic() - began, 1),
        findings=done.findings,
        recovery_key=recovery_key(key) if key and not done.findings else "",
    )


def _keep(key: str, file: Path) -> None:
    from koba_desktop.system import keys

    try:
        keys.write_private(file, key)
    except OSError as error:
        raise Unavailable(
            "file_not_written", str(file), file=file, reason=error.strerror
        ) from error


def _key_of_file(file: Path, key_file: Path | None) -> str:
    """Raises Unavailable as ``parts.key_of`` does; asks at a terminal for what nobody named."""
    from koba_desktop.bootstrap.access import ask_secret
    from koba_desktop.i18n import _
    from koba_desktop.system import keys

    try:
        return parts.key_of(file, key_file, "")
    except Unavailable as error:
        if error.code != "key_missing" or not sys.stdin.isatty():
            raise
    return keys.parsed(ask_secret(_("Recovery key of the file: ")), "recovery_key")
