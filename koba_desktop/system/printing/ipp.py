"""Asking the printing service what ``lpstat`` does not tell: how a job ended, what a printer says.

``lpstat`` names completed, cancelled and aborted jobs alike. IPP tells them apart: RFC 8011, over
HTTP to wherever ``lp`` sends the jobs, and under TLS where ``lp`` would. Only questions are asked
here, which need no login.
"""

import http.client
import socket
import ssl
import struct
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import quote

from koba_desktop.system.printing.encryption import Encryption, trust

GET_JOB = 0x0009
GET_JOBS = 0x000A
GET_PRINTER = 0x000B

_PORT = 631
_TLS_PORT = 443
_TLS = "TLS"
_SECONDS = 10.0
_NOT_FOUND = 0x0406
_GONE = 0x0407
_FIRST_ERROR = 0x0400
_OPERATION, _JOB, _END = 0x01, 0x02, 0x03
_INTEGER, _BOOLEAN, _ENUM = 0x21, 0x22, 0x23
_NAME, _KEYWORD, _URI, _CHARSET, _LANGUAGE = 0x42, 0x44, 0x45, 0x47, 0x48
_FIRST_VALUE = 0x10  # tags below divide groups

Values = Mapping[str, tuple[int | str, ...]]


class ServiceAway(Exception):
    """The printing service does not answer, or not what was asked."""


class Gone(Exception):
    """There is no such printer or job (any more)."""


@dataclass(frozen=True, slots=True)
class Service:
    """A printing service: a socket's path, or a host with its port."""

    socket: str = ""
    host: str = "localhost"
    port: int = _PORT
    encryption: Encryption = Encryption.IF_REQUESTED
    _told: set[str] = field(default_factory=set, init=False, compare=False, repr=False)

    @classmethod
    def named(cls, said: str, encryption: Encryption = Encryption.IF_REQUESTED) -> "Service":
        """As ``lpstat -H`` names it: "/run/cups/cups.sock", "printers.example:631"."""
        if said.startswith("/"):
            return cls(socket=said)
        host, colon, port = said.rpartition(":")
        if not colon or not port.isdecimal():
            host, port = said, str(_PORT)
        return cls(host=host.strip("[]") or "localhost", port=int(port), encryption=encryption)

    def printer(self, name: str, *wanted: str) -> Values:
        """Attributes of a printer or class. Raises ServiceAway, Gone."""
        return self._ask(GET_PRINTER, "printer-uri", f"/printers/{quote(name, safe='')}", wanted)

    def job(self, number: int, *wanted: str) -> Values:
        """Attributes of a job. Raises ServiceAway, Gone."""
        return self._ask(GET_JOB, "job-uri", f"/jobs/{number}", wanted)

    def waiting(self, name: str, user: str) -> list[Values]:
        """Number and title of somebody's jobs at a printer that are not over. Raises ServiceAway,
        Gone."""
        path = f"/printers/{quote(name, safe='')}"
        given = [
            _attribute(_NAME, "requesting-user-name", user),
            _attribute(_KEYWORD, "requested-attributes", "job-id", "job-name"),
            _attribute(_KEYWORD, "which-jobs", "not-completed"),
            _attribute(_BOOLEAN, "my-jobs", b"\x01"),
        ]
        return _groups(self._asked(GET_JOBS, "printer-uri", path, given), _JOB)

    def remembers(self) -> bool:
        """Whether it knows any job that is over: services may be set to forget them at once.
        Raises ServiceAway, Gone."""
        given = [
            _attribute(_INTEGER, "limit", struct.pack(">i", 1)),
            _attribute(_KEYWORD, "requested-attributes", "job-id"),
            _attribute(_KEYWORD, "which-jobs", "completed"),
        ]
        return bool(_groups(self._asked(GET_JOBS, "printer-uri", "/", given), _JOB))

    def description(self, name: str) -> bytes:
        """The PPD file of a printer, b"" where it has none. Raises ServiceAway."""
        status, body = self._exchange("GET", f"/printers/{quote(name, safe='')}.ppd", b"")
        return body if status == http.client.OK else b""

    def _ask(self, operation: int, about: str, path: str, wanted: Iterable[str]) -> Values:
        given = [_attribute(_KEYWORD, "requested-attributes", *wanted)]
        found: dict[str, tuple[int | str, ...]] = {}
        for group in _groups(self._asked(operation, about, path, given)):
            found.update(group)
        return found

    def _asked(self, operation: int, about: str, path: str, given: Iterable[bytes]) -> bytes:
        """The answer to a question that says what it is about, and other attributes."""
        request = b"".join(
            (
                struct.pack(">BBHI", 1, 1, operation, 1),
                bytes([_OPERATION]),
                _attribute(_CHARSET, "attributes-charset", "utf-8"),
                _attribute(_LANGUAGE, "attributes-natural-language", "en"),
                _attribute(_URI, about, f"ipp://localhost{path}"),
                *given,
                bytes([_END]),
            )
        )
        status, body = self._exchange("POST", "/", request)
        if status != http.client.OK or len(body) < 8:
            raise ServiceAway(f"HTTP {status}")
        (answer,) = struct.unpack_from(">H", body, 2)
        if answer in (_NOT_FOUND, _GONE):
            raise Gone(path)
        if answer >= _FIRST_ERROR:
            raise ServiceAway(f"IPP {answer:04x}")
        return body

    def _exchange(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        status, answer = self._answered(method, path, body)
        if status == http.client.UPGRADE_REQUIRED and not self._under_tls():
            if self.socket or self.encryption is Encryption.NEVER:
                raise ServiceAway("TLS required")
            self._told.add(_TLS)
            status, answer = self._answered(method, path, body)
        return status, answer

    def _answered(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        try:
            with closing(self._connection()) as connection:
                connection.request(method, path, body, {"Content-Type": "application/ipp"})
                answer = connection.getresponse()
                return answer.status, answer.read()
        except ssl.SSLCertVerificationError as error:
            raise ServiceAway(f"{self.host}: {error.verify_message}") from error
        except (OSError, http.client.HTTPException) as error:
            raise ServiceAway(str(error)) from error

    def _connection(self) -> http.client.HTTPConnection:
        if self.socket:
            return _OverSocket(self.socket)
        if self._under_tls():
            context = trust(self.host)
            return http.client.HTTPSConnection(
                self.host, self.port, timeout=_SECONDS, context=context
            )
        return http.client.HTTPConnection(self.host, self.port, timeout=_SECONDS)

    def _under_tls(self) -> bool:
        """CUPS takes TLS on any of its ports, from the first byte on."""
        if self.socket or self.encryption is Encryption.NEVER:
            return False
        required = self.encryption is Encryption.REQUIRED or self.port == _TLS_PORT
        return required or _TLS in self._told


class _OverSocket(http.client.HTTPConnection):
    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=_SECONDS)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(_SECONDS)
        self.sock.connect(self._path)


def _attribute(tag: int, name: str, *values: str | bytes) -> bytes:
    """Further values of an attribute have an empty name."""
    parts = []
    for number, value in enumerate(values):
        named = b"" if number else name.encode()
        said = value.encode() if isinstance(value, str) else value
        parts.append(struct.pack(">BH", tag, len(named)) + named)
        parts.append(struct.pack(">H", len(said)) + said)
    return b"".join(parts)


def _groups(body: bytes, wanted: int | None = None) -> list[Values]:
    """The groups of attributes of an answer, or those with one tag; empty ones are left out.
    Raises ServiceAway for what is no IPP."""
    try:
        return [values for tag, values in _parted(body) if values and wanted in (None, tag)]
    except (IndexError, struct.error) as error:
        raise ServiceAway("no IPP") from error


def _parted(body: bytes) -> Iterator[tuple[int, Values]]:
    found: dict[str, tuple[int | str, ...]] = {}
    at, last, group = 8, "", 0
    while (tag := body[at]) != _END:
        at += 1
        if tag < _FIRST_VALUE:
            yield group, found
            group, found = tag, {}
            continue
        name, at = _counted(body, at)
        value, at = _counted(body, at)
        last = name.decode() or last
        found[last] = (*found.get(last, ()), _value(tag, value))
    yield group, found


def _counted(body: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from(">H", body, at)
    end = at + 2 + length
    if end > len(body):
        raise IndexError("shorter than it says")
    return body[at + 2 : end], end


def _value(tag: int, value: bytes) -> int | str:
    if tag in (_INTEGER, _ENUM):
        return int(struct.unpack(">i", value)[0])
    if tag == _BOOLEAN:
        return value[0]
    return value.decode("utf-8", "replace")
