"""A network of its own at the other end of a cable that can be pulled (Linux, as root)."""

import ctypes
import os
import secrets
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Self

from koba_desktop.storage.postgres.store import PostgresStore, open_shared
from tests.postgres.fixtures import Database
from tests.postgres.office import PASSWORD, address_of
from tests.postgres.server import HOST, Server

_NETWORK = 0x40000000  # CLONE_NEWNET


def can_be_laid() -> bool:
    """Whether this is a place where networks may be made."""
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("ip") is None:
        return False
    name = f"koba-{secrets.token_hex(3)}"
    made = subprocess.run(["ip", "netns", "add", name], capture_output=True)
    if made.returncode:
        return False
    subprocess.run(["ip", "netns", "del", name], check=True, capture_output=True)
    return True


class Cable:
    """From a server to a network in which threads of this process can be."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._name = f"koba-{secrets.token_hex(3)}"
        self._near, self._far = f"{self._name}a", f"{self._name}b"
        self._net = f"10.213.{secrets.randbelow(256)}"
        self._before = dict(server.settings)
        self._hba = server.data / "pg_hba.conf"
        self._rules = self._hba.read_text(encoding="utf-8")

    def __enter__(self) -> Self:
        _ip("netns", "add", self._name)
        _ip("link", "add", self._near, "type", "veth", "peer", self._far, "netns", self._name)
        _ip("addr", "add", f"{self._net}.1/24", "dev", self._near)
        _ip("link", "set", self._near, "up")
        self._at_other_end("addr", "add", f"{self._net}.2/24", "dev", self._far)
        self._at_other_end("link", "set", self._far, "up")
        rule = f"host all all {self._net}.0/24 scram-sha-256\n"
        self._hba.write_text(self._rules + rule, encoding="utf-8")
        self._server.settings["listen_addresses"] = f"{HOST},{self._net}.1"
        self._server.restart()
        return self

    def __exit__(self, *_: object) -> None:
        _ip("netns", "del", self._name)  # and the cable with it
        self._hba.write_text(self._rules, encoding="utf-8")
        self._server.settings = self._before
        self._server.restart()

    def other_end(self, threads: int) -> ThreadPoolExecutor:
        """Threads that are in the network over there, and so are those they start."""
        return ThreadPoolExecutor(threads, initializer=self._go_there)

    def signed_in(self, database: Database, login: str) -> PostgresStore:
        """In a thread over there."""
        address = replace(address_of(database), host=f"{self._net}.1")
        return open_shared(address, login, PASSWORD, host="PC-1")

    def pull(self) -> None:
        _ip("link", "set", self._near, "down")

    def plug_in(self, *, another_address: bool = False) -> None:
        """Perhaps in another room: with another address."""
        if another_address:
            self._at_other_end("addr", "del", f"{self._net}.2/24", "dev", self._far)
            self._at_other_end("addr", "add", f"{self._net}.3/24", "dev", self._far)
        _ip("link", "set", self._near, "up")

    def _at_other_end(self, *words: str) -> None:
        _ip("-n", self._name, *words)

    def _go_there(self) -> None:
        with Path("/run/netns", self._name).open() as there:
            libc = ctypes.CDLL(None, use_errno=True)
            if libc.setns(there.fileno(), _NETWORK) != 0:
                raise OSError(ctypes.get_errno(), "setns")


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
