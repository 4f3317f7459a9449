"""A PostgreSQL server of the tests' own: SCRAM over TCP, in a folder that vanishes with it."""

import atexit
import os
import random
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlencode

import psutil

from tests.postgres.binaries import binaries, give, new_folder, unprivileged, within_reach
from tests.postgres.certificates import Certificate

HOST = "127.0.0.1"
SUPERUSER = "postgres"

# Below the ports that systems hand out by themselves (Linux: from 32768), so that after a crash
# the server finds its own free again.
_PORTS = range(20_000, 32_000)

_ALWAYS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "max_connections": "300",
    "timezone": "Europe/Berlin",
    "log_timezone": "Europe/Berlin",
    "lc_messages": "C",
}
# A process may be killed and loses nothing; only a power cut would.
_HASTY = {
    "fsync": "off",
    "full_page_writes": "off",
    # Databases are copied for nearly each test: nothing is to be written twice or tidied meanwhile.
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}


class Server:
    """One server with its superuser ``postgres``. Starts at once; ``close`` leaves nothing behind.

    ``durable`` waits for the disk at each commit. ``debian`` takes a server with TLS.
    ``settings`` are those of postgresql.conf and may be changed before a restart.
    """

    def __init__(
        self,
        *,
        durable: bool = False,
        debian: bool = False,
        settings: Mapping[str, str] | None = None,
        hba: str | None = None,
    ) -> None:
        self.settings = {**_ALWAYS, **({} if durable else _HASTY), **(settings or {})}
        self.password = secrets.token_urlsafe(12)
        self.port = 0
        self.folder = new_folder()
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper = _keeper(self.folder)
        atexit.register(self.close)
        try:
            self._binaries = within_reach(binaries(debian=debian), self.folder)
            self._initialise()
            if hba is not None:
                (self.data / "pg_hba.conf").write_text(hba, encoding="utf-8")
            self.start()
        except BaseException:
            self.close()
            raise

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> str:
        """What the server has said so far."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def dsn(
        self, database: str = "postgres", user: str = SUPERUSER, password: str | None = None
    ) -> str:
        """What psycopg and psql connect with. The superuser's password need not be given."""
        given = {
            "host": HOST,
            "port": str(self.port),
            "dbname": database,
            "user": user,
            "password": self._password(user, password),
        }
        return " ".join(f"{key}={_quoted(value)}" for key, value in given.items())

    def url(self, database: str = "postgres", **options: str) -> str:
        """The database as the program is told of it: without a login, with options of TLS."""
        asked = f"?{urlencode(options)}" if options else ""
        return f"postgresql://{HOST}:{self.port}/{quote(database, safe='')}{asked}"

    def start(self) -> None:
        """Start and wait until logins are answered. The port stays the same once it is chosen.

        Raises RuntimeError with the server's own words when it does not come up.
        """
        assert not self.running, "the server is running"
        for _attempt in range(20):
            port = self.port or random.choice(_PORTS)
            said = len(self.log.encode()) if (self.folder / "log").exists() else 0
            if self._started(port):
                self.port = port
                return
            words = self.log.encode()[said:].decode()
            if "could not create any TCP/IP sockets" not in words:
                break
        raise RuntimeError(f"PostgreSQL did not start:\n{words}")

    def stop(self, mode: Literal["smart", "fast", "immediate"] = "fast") -> None:
        """``smart`` waits for everybody to leave, ``immediate`` recovers at the next start."""
        if self.running:
            self._run("pg_ctl", "stop", "-D", self.data, "-m", mode, "-w", "-t", "30")
        self._ended()

    def kill(self) -> None:
        """As if the machine had crashed: all its processes at once, with no time for anything."""
        assert self._process is not None
        postmaster = psutil.Process(self._process.pid)
        # Held still first, or it would answer a dead child with a new one.
        postmaster.suspend()
        processes = [*postmaster.children(recursive=True), postmaster]
        for each in processes:
            with suppress(psutil.NoSuchProcess):
                each.kill()
        self._ended()
        _until(lambda: not any(_alive(each) for each in processes), "its processes to be gone")

    def restart(self) -> None:
        """Stop everybody's work and start again, with ``settings`` as they are now."""
        self.stop()
        self.start()

    def present(self, certificate: Certificate) -> None:
        """Speak TLS, and show this certificate to whoever connects from now on."""
        for source, name in ((certificate.chain, "server.crt"), (certificate.key, "server.key")):
            target = self.data / name
            target.touch(mode=0o600)
            give(target)
            target.write_bytes(source.read_bytes())
        self.settings["ssl"] = "on"
        self.restart()

    def close(self) -> None:
        """End at once and remove the folder."""
        atexit.unregister(self.close)
        if self.running:
            with suppress(psutil.NoSuchProcess):
                self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
        assert self._keeper.stdin is not None
        self._keeper.stdin.close()
        self._keeper.wait(30)

    def _password(self, user: str, password: str | None) -> str:
        if password is None:
            assert user == SUPERUSER, f"the password of {user} is not known"
            return self.password
        return password

    def _initialise(self) -> None:
        secret = self.folder / "password"
        secret.touch(mode=0o600)
        give(secret)
        secret.write_text(self.password, encoding="utf-8")
        self._run(
            "initdb",
            *("-D", self.data, "-U", SUPERUSER, "-A", "scram-sha-256", f"--pwfile={secret}"),
            *("-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
        )
        secret.unlink()

    def _started(self, port: int) -> bool:
        """Whether a postmaster on that port came up; otherwise it has ended."""
        given = {**self.settings, "port": str(port)}
        options = [word for key, value in given.items() for word in ("-c", f"{key}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._binaries / "postgres", "-D", self.data, *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env=_environment(),
                # Ctrl-C in the terminal is the test run's to answer.
                start_new_session=True,
                **unprivileged(),
            )
        _until(lambda: self._ready() or not self.running, "the server to be ready")
        return self.running

    def _ready(self) -> bool:
        """Whether the postmaster has written so into its file."""
        assert self._process is not None
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        # The first line is the process, which tells it from the file of one that was killed.
        return len(lines) > 7 and lines[0] == str(self._process.pid) and "ready" in lines[7]

    def _ended(self) -> None:
        if self._process is not None:
            self._process.wait(30)
            self._process = None

    def _run(self, program: str, *words: str | Path) -> None:
        done = subprocess.run(
            [self._binaries / program, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=self.folder,
            env=_environment(),
            **unprivileged(),
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{done.stdout}")


def _keeper(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-I", "-S", Path(__file__).with_name("keeper.py"), folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _environment() -> dict[str, str]:
    """Ours without what would steer PostgreSQL's programs."""
    return {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PG", "LC_", "LANG", "COV_"))
    }


def _quoted(value: str) -> str:
    escaped = value.replace("\\", r"\\").replace("'", r"\'")
    return f"'{escaped}'"


def _alive(process: psutil.Process) -> bool:
    """Whether it still runs; one that only waits to be taken note of does not."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _until(reached: Callable[[], bool], what: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > deadline:
            raise RuntimeError(f"Waited {seconds} s for {what}.")
        time.sleep(0.005)
