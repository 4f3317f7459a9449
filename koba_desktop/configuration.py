"""Where the program is told what to open: TOML of the PC, TOML of the user, command line.

The later overrules the earlier. Keys: ``database`` (path, ``sqlite:///`` or ``postgresql://``
URL), ``language`` ("de", "en"), ``key_file`` (path, of a local database), ``ca_file`` (path) and
``login`` (both of a shared one). Passwords and keys themselves never stand in these files: whoever
steals one has the names of a server and of a person, nothing more.
"""

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from koba_desktop.domain.errors import Unavailable

if TYPE_CHECKING:
    from datetime import datetime

FILE = "config.toml"
LANGUAGES = ("de", "en")
_PATHS = ("key_file", "ca_file")
_SHARED = ("postgresql", "postgres")
_SECRET = re.compile(r"[?&]\s*(?:ssl)?pass(?:word|file|wd)?\s*=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Configuration:
    """Empty values mean the built-in default: the user's own database, the system's language."""

    database: str = ""
    language: str = ""
    key_file: Path | None = None
    ca_file: Path | None = None
    login: str = ""


_KEYS = tuple(field.name for field in fields(Configuration))


def load(places: Sequence[Path], named: Path | None = None) -> Configuration:
    """Read the files of ``places`` that exist, then ``named``, which must exist.

    Raises Unavailable ``config_missing``, ``config_malformed``, ``config_unknown`` (a key nobody
    reads, or a value of the wrong kind) or ``password_in_address``; ``file`` names the file.
    """
    configuration = Configuration()
    files = [place for place in places if place.is_file()]
    if named is not None:
        if not named.is_file():
            raise Unavailable("config_missing", where="--config", file=str(named))
        files.append(named)
    for file in files:
        configuration = _overlaid(configuration, file)
    return configuration


def _overlaid(configuration: Configuration, file: Path) -> Configuration:
    said: dict[str, Any] = {}
    for key, value in _entries(file).items():
        if key not in _KEYS or not isinstance(value, str):
            raise Unavailable("config_unknown", where=key, file=str(file), key=key)
        if key == "language" and value not in LANGUAGES:
            raise Unavailable("config_unknown", where=key, file=str(file), key=f"{key} = {value}")
        if key == "database" and _holds_password(value):
            raise Unavailable("password_in_address", where=str(file), file=str(file))
        if key in _PATHS:
            said[key] = Path(value).expanduser() if value else None
        else:
            said[key] = value
    return replace(configuration, **said)


def _entries(file: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Unavailable("config_malformed", file=str(file)) from error


def write_entries(file: Path, entries: Mapping[str, str]) -> None:
    """Put entries into a configuration, which is made if need be; all others stay, and so do its
    comments.

    Raises Unavailable ``config_malformed`` where the file cannot be read, ``config_unwritable``
    where it cannot be written.
    """
    there = file.exists()
    before = _entries(file) if there else {}
    lines = file.read_text(encoding="utf-8").splitlines() if there else []
    kept = [line for line in lines if line.partition("=")[0].strip() not in entries]
    made = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in entries.items()]
    beside = file.with_name(f"{file.name}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside.write_text("\n".join((*made, *kept, "")), encoding="utf-8")
        if _entries(beside) != {**before, **entries}:  # an entry over several lines, by hand
            raise Unavailable("config_malformed", file=str(file))
        beside.replace(file)
    except OSError as error:
        raise Unavailable("config_unwritable", file=str(file)) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def is_shared(named: str) -> bool:
    """Whether a database is named by the URL of a server.

    Raises Unavailable ``password_in_address``: it would stand in the list of processes, in shells'
    histories and in files anybody can read.
    """
    scheme, separator, _rest = named.partition("://")
    shared = bool(separator) and scheme.lower() in _SHARED
    if shared and _holds_password(named):
        raise Unavailable("password_in_address", where="--database", file="--database")
    return shared


def _holds_password(named: str) -> bool:
    """Whether the URL of a server has a password before its host or among its options."""
    _scheme, separator, rest = named.partition("://")
    if not separator:
        return False
    user, at, _host = rest.partition("?")[0].rpartition("@")
    return (bool(at) and ":" in user) or _SECRET.search(rest) is not None


def database_path(named: str, default: Path) -> Path:
    """The file a path or ``sqlite:///`` URL names; ``default`` where nothing is named.

    Raises Unavailable ``database_kind_unknown`` for the URL of another kind of database; whether it
    is that of a server is asked before (``is_shared``).
    """
    if not named:
        return default
    from urllib.parse import unquote

    scheme, separator, rest = named.partition("://")
    if not separator:
        return Path(named).expanduser()
    if scheme.lower() != "sqlite" or not rest.startswith("/"):
        raise Unavailable("database_kind_unknown", where="--database", kind=scheme)
    return Path(unquote(rest[1:])).expanduser()


def instant_of(text: str) -> "datetime":
    """An ISO 8601 date or time as a UTC instant; without an offset, on the office's wall clock.

    Raises Unavailable ``now_malformed``.
    """
    from datetime import UTC, datetime

    from koba_desktop.domain.clock import BERLIN

    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise Unavailable("now_malformed", where="--now", text=text) from error
    return (read if read.tzinfo else read.replace(tzinfo=BERLIN)).astimezone(UTC)
