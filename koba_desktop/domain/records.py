"""What every stored record has in common.

Records are frozen; a change is ``dataclasses.replace`` followed by the unit of work's ``update``.
All instants are aware and in UTC; days and times of day are those of the office's wall clock
(Europe/Berlin); intervals are half-open ``[starts, ends)``.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row with an identity the program made (UUIDv7), known before it is saved."""

    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Changeable(Record):
    """A row that may change. ``version`` is 0 until stored and goes up by one with every change.

    The unit of work stamps ``version``, ``changed_at`` (UTC) and ``changed_by`` (a staff id).
    """

    version: int = 0
    changed_at: datetime | None = None
    changed_by: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appended(Record):
    """A row that is only ever added. The unit of work stamps when (UTC) and by whom (staff id)."""

    created_at: datetime | None = None
    created_by: UUID | None = None
