"""Letters that lie on the disk as plain files while another program shows or prints them.

The database is encrypted; these are not. They lie in a folder that only the user may read, one of
each running program, and go as soon as they may: what was printed at once, what was opened when
somebody else sits down, signs out, or the program ends. What a killed program left goes when the
next one starts.
"""

import contextlib
import os
import shutil
import stat
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QLockFile

from koba_desktop.services.ids import new_id

_LOCK = ".lock"


class PlainFiles:
    """Safe in worker threads. Nothing is made before the first file is.

    ``root`` is the folder in which all running programs of this user have one of their own; None:
    the system's folder for such things (a demonstration, whose people do not exist).
    """

    def __init__(self, root: Path | None = None) -> None:
        self._root = root
        self._guard = threading.Lock()
        self._own: Path | None = None
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._lock: QLockFile | None = None
        self._lent: set[Path] = set()

    def open(self, name: str, content: bytes) -> Path:
        """A file nobody may write, there until ``clear``. Raises OSError."""
        path = self._put(name, content)
        path.chmod(stat.S_IRUSR)
        return path

    @contextlib.contextmanager
    def lend(self, name: str, content: bytes) -> Iterator[Path]:
        """A file that is there for as long as it is used, whoever sits down meanwhile. Raises
        OSError."""
        path = self._put(name, content, lent=True)
        try:
            yield path
        finally:
            with self._guard:
                self._lent.discard(path.parent)
            _remove(path.parent)

    def clear(self) -> None:
        """Remove what was opened. A file that a program still holds open (Windows) is left until
        the next time."""
        with self._guard:
            own, lent = self._own, set(self._lent)
        for folder in own.iterdir() if own is not None and own.exists() else ():
            if folder not in lent:
                _remove(folder)

    def sweep(self) -> None:
        """Remove what programs left that are gone. Slow where there is much; never raises."""
        root = self._root
        if root is None:
            return
        with contextlib.suppress(OSError):
            for folder in [each for each in root.iterdir() if each.is_dir()]:
                if folder != self._own:
                    _remove_abandoned(folder)

    def close(self) -> None:
        """At the end of the program: all of it goes."""
        with self._guard:
            own, self._own = self._own, None
            lock, self._lock = self._lock, None
            temporary, self._temporary = self._temporary, None
        if own is not None:
            _remove(own)
        if temporary is not None:
            temporary.cleanup()
        if lock is not None:
            lock.unlock()

    def _put(self, name: str, content: bytes, *, lent: bool = False) -> Path:
        with self._guard:
            folder = Path(tempfile.mkdtemp(dir=self._folder()))
            if lent:
                self._lent.add(folder)
        try:
            path = folder / name
            path.write_bytes(content)
        except OSError:
            with self._guard:
                self._lent.discard(folder)
            _remove(folder)
            raise
        return path

    def _folder(self) -> Path:
        """This program's own; locked before it is there, so that no other takes it for left."""
        if self._own is None:
            if self._root is None:
                self._temporary = tempfile.TemporaryDirectory(
                    prefix="koba-plain-", ignore_cleanup_errors=True
                )
                self._own = Path(self._temporary.name)
            else:
                self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._root.chmod(stat.S_IRWXU)
                own = self._root / f"{os.getpid()}-{new_id().hex}"
                self._lock = _lock_of(own)
                self._lock.tryLock(0)
                own.mkdir(mode=0o700)
                self._own = own
        return self._own


def _lock_of(folder: Path) -> QLockFile:
    """Held for as long as the program runs; the system knows whether it still does."""
    lock = QLockFile(str(folder.with_name(folder.name + _LOCK)))
    lock.setStaleLockTime(0)  # however long it runs
    return lock


def _remove_abandoned(folder: Path) -> None:
    lock = _lock_of(folder)
    if lock.tryLock(0):
        _remove(folder)
        lock.unlock()


def _remove(folder: Path) -> None:
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):  # Windows removes no file that nobody may write
            path.chmod(stat.S_IRWXU if path.is_dir() else stat.S_IRUSR | stat.S_IWUSR)
    shutil.rmtree(folder, ignore_errors=True)
