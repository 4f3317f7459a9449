"""Where the program is told what to open: TOML of the PC, TOML of the user, command line.

The later overrules the earlier. Keys: ``database`` (path or ``sqlite:///`` URL), ``language``
("de", "en"), ``key_file`` (path). Passwords and keys themselves never stand in these files.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from koba_desktop.domain.errors import Unavailable

if TYPE_CHECKING:
    from datetime import datetime

FILE = "config.toml"
LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True)
class Configuration:
    """Empty values mean the built-in default: the user's own database, the system's language."""

    database: str = ""
    language: str = ""
    key_file: Path | None = None


def load(places: Sequence[Path], named: Path | None = None) -> Configuration:
    """Read the files of ``places`` that exist, then ``named``, which must exist.

    Raises Unavailable ``config_missing``, ``config_malformed`` or ``config_unknown`` (a key nobody
    reads, or a value of the wrong kind); ``file`` names the file.
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
    import tomllib

    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Unavailable("config_malformed", file=str(file)) from error
    for key, value in values.items():
        if key not in ("database", "language", "key_file") or not isinstance(value, str):
            raise Unavailable("config_unknown", where=key, file=str(file), key=key)
        if key == "language" and value not in LANGUAGES:
            raise Unavailable("config_unknown", where=key, file=str(file), key=f"{key} = {value}")
        if key == "key_file":
            configuration = replace(configuration, key_file=Path(value).expanduser())
        elif key == "database":
            configuration = replace(configuration, database=value)
        else:
            configuration = replace(configuration, language=value)
    return configuration


def database_path(named: str, default: Path) -> Path:
    """The file a path or ``sqlite:///`` URL names; ``default`` where nothing is named.

    Raises Unavailable ``database_kind_unknown`` for the URL of another kind of database.
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
