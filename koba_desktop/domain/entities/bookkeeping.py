"""What was executed, who did it, and what is still being typed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from koba_desktop.domain.records import Appended, Changeable, Record
from koba_desktop.domain.vocabulary import AuditAction

PRESENT_FOR = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutedCommand(Appended):
    """``id`` is the UUID the form was opened with: a repeat returns the first ``result``."""

    name: str
    result: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft(Changeable):
    """A form being filled: survives crash and outage; only its author reads it."""

    author_id: UUID
    form: str  # which editor: "client", "appointment", …
    subject_id: UUID | None = None
    content: dict[str, Any]
    saved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEvent(Appended):
    """Who, when, from which PC, what, which object, which fields: never their old content."""

    action: AuditAction
    object_kind: str
    object_id: UUID | None
    fields: tuple[str, ...] = ()
    host: str = ""
    reason: str = ""
    login: str | None = None  # of the database, where each person has one


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence(Record):
    """Somebody has ``subject_id`` (an appointment, a client) open on a PC. Who was not seen for
    ``PRESENT_FOR`` is read as gone."""

    subject_id: UUID
    staff_id: UUID
    host: str
    seen_at: datetime
