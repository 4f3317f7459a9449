"""What the reading of a file of clients hands over: the port ``koba_desktop.exchange`` fulfils."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.services.clients.importing import ImportedClient


@dataclass(frozen=True, slots=True)
class ReadingNote:
    """Something repaired or left out while a record was read; ``code`` has a message."""

    line: int
    column: str
    value: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClientFile:
    """A file as read. ``ignored`` are the titles of columns that mean nothing here."""

    encoding: str
    separator: str
    records: tuple[ImportedClient, ...]
    notes: tuple[ReadingNote, ...]
    ignored: tuple[str, ...]


class ClientReader(Protocol):
    def __call__(
        self, data: bytes, offices: Iterable[Office], staff: Iterable[Staff], *, today: date
    ) -> ClientFile:
        """Read a file of clients; a record's own problems stand in its ``problems``.

        Raises Refused where the file as a whole cannot be used.
        """
