"""What is asked of the audit, and its lines as the screen and the export show them."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from koba_desktop.domain.vocabulary import AuditAction


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which events are wanted; what is left empty does not matter.

    ``first`` and ``last`` are days of the office's wall clock, both included. ``subject`` is an
    object's id or the end of one, an appointment's reference or a client's number: for clients and
    appointments it means the rows that belong to them, too. ``field`` is the name of a changed
    field. ``reason`` is any part of the reason, in capitals or not.
    """

    first: date | None = None
    last: date | None = None
    staff_id: UUID | None = None
    action: AuditAction | None = None
    object_kind: str = ""
    subject: str = ""
    field: str = ""
    reason: str = ""

    @property
    def empty(self) -> bool:
        """Whether everything is wanted."""
        return not any(getattr(self, each.name) for each in fields(self))


class AuditKey(NamedTuple):
    """The place of an event in the order of the audit: what comes after it is older."""

    created_at: datetime
    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """One event. ``reference`` is that of an appointment still there; the names are the author's,
    empty where no person acted."""

    id: UUID
    created_at: datetime
    created_by: UUID | None
    family_name: str
    given_name: str
    login: str | None
    host: str
    action: AuditAction
    object_kind: str
    object_id: UUID | None
    reference: str
    fields: tuple[str, ...]
    reason: str

    @property
    def key(self) -> AuditKey:
        return AuditKey(self.created_at, self.id)


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some events, latest first; ``more`` tells whether older ones meet the filter as well."""

    rows: tuple[AuditRow, ...]
    more: bool


def short_id(object_id: UUID) -> str:
    """The end of an id, by which people tell objects apart: ids begin with the time."""
    return object_id.hex[-8:]
