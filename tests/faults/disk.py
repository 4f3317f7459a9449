"""A disk for a server that can be filled to the last byte (Linux)."""

import ctypes
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Self

from tests.postgres.binaries import unprivileged
from tests.postgres.server import Server

_MOUNTS = 0x00020000  # CLONE_NEWNS
_CHUNKS = (1 << 20, 1 << 12, 1)


def can_be_mounted() -> bool:
    """Whether this is a place where file systems may be mounted."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    probe = "mount -t tmpfs -o size=64k none /mnt"
    return subprocess.run(["unshare", "-m", "sh", "-c", probe], capture_output=True).returncode == 0


class SmallDisk:
    """A file system of few megabytes that only the server sees: it is mounted in a thread's own
    name space, in which the server is started, and vanishes with it."""

    def __init__(self, server: Server, megabytes: int) -> None:
        self._server = server
        self._megabytes = megabytes
        self._there = ThreadPoolExecutor(1, initializer=self._set_apart)
        self.place = server.folder / "small"

    def __enter__(self) -> Self:
        self._server.stop()
        self.place.mkdir()
        self._there.submit(self._mount).result()
        self._there.submit(self._server.start).result()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.restart()  # in the name space of everybody
        self._there.shutdown()
        self.place.rmdir()

    def fill(self) -> None:
        """Until not one more byte fits."""
        self._there.submit(self._fill).result()

    def make_room(self) -> None:
        self._there.submit(self._ballast.unlink).result()

    @property
    def _ballast(self) -> Path:
        return self.place / "ballast"

    def _set_apart(self) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(_MOUNTS) != 0:
            raise OSError(ctypes.get_errno(), "unshare")
        subprocess.run(["mount", "--make-rprivate", "/"], check=True)

    def _mount(self) -> None:
        who = unprivileged()
        options = f"size={self._megabytes}m,mode=0700,uid={who['user']},gid={who['group']}"
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", self.place], check=True)

    def _fill(self) -> None:
        with self._ballast.open("wb", buffering=0) as file:
            for size in _CHUNKS:
                with suppress(OSError):
                    while file.write(bytes(size)):
                        pass
