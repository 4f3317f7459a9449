"""Where the shared database is: ``postgresql://host[:port]/database``, and what proves it."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from koba_desktop.domain.errors import Unavailable

SCHEMES = frozenset({"postgresql", "postgres"})
_PORT = 5432
THIS_PC = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class SharedAddress:
    """``ca_file`` is the certificate of the office's own authority (None: the system's).

    ``tls`` is False only for a server on this very PC: nothing goes over a line then.
    """

    host: str
    database: str
    port: int = _PORT
    ca_file: Path | None = None
    tls: bool = True

    @classmethod
    def parse(cls, url: str, ca_file: Path | None = None) -> "SharedAddress":
        """Raises Unavailable: ``database_address_malformed``, ``password_in_address`` (a file of
        settings is no place for a secret), ``server_without_tls`` (no encryption asked for)."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port or _PORT
        except ValueError:
            raise _malformed(url) from None
        database = unquote(parts.path.removeprefix("/"))
        if parts.scheme.lower() not in SCHEMES or not host or not database or "/" in database:
            raise _malformed(_bare(url))
        if parts.username or parts.password:
            raise Unavailable("password_in_address", where="database")
        options = parse_qs(parts.query)
        if set(options) - {"sslmode", "sslrootcert"}:
            raise _malformed(url)
        mode = options.get("sslmode", ["verify-full"])[-1]
        if mode not in ("verify-full", "disable"):
            raise _malformed(url)
        if mode == "disable" and host not in THIS_PC:
            raise Unavailable("server_without_tls", where="database", server=host)
        if "sslrootcert" in options:
            ca_file = Path(options["sslrootcert"][-1]).expanduser()
        return cls(host, database, port, ca_file, tls=mode != "disable")

    @property
    def label(self) -> str:
        """What people call it: server and database."""
        return f"{self.server}/{self.database}"

    @property
    def server(self) -> str:
        """The host, with its port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORT else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address as it can be written into a configuration."""
        tail = "" if self.tls else "?sslmode=disable"
        return f"postgresql://{self.server}/{self.database}{tail}"


def is_shared(url: str) -> bool:
    """Whether what somebody named is an address of a shared database rather than a file."""
    scheme, separator, _rest = url.partition("://")
    return bool(separator) and scheme.lower() in SCHEMES


def _malformed(url: str) -> Unavailable:
    return Unavailable("database_address_malformed", where="database", address=_bare(url))


def _bare(url: str) -> str:
    """Without what may be a password."""
    head, at, tail = url.rpartition("@")
    return f"{head.partition('://')[0]}://…@{tail}" if at else url
