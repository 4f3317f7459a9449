"""Reaching a client: attempts, call tasks, proposals by post."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from koba_desktop.domain.vocabulary import (
    CallReason,
    CallResult,
    Direction,
    Outcome,
    ReasonCode,
)
from koba_desktop.services.commands.base import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAttempt(Command):
    """Result: ``attempt_id``, ``task_closed`` (bool), ``exhausted`` (bool: offer the letter)."""

    client_id: UUID
    outcome: Outcome
    task_id: UUID | None = None
    phone: str = ""
    phone_id: UUID | None = None
    direction: Direction = Direction.OUT
    minutes: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAttempt(Command):
    """Write or replace the free note of an attempt."""

    attempt_id: UUID
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateCallTask(Command):
    """Result: ``task_id``."""

    client_id: UUID
    advisor_id: UUID
    reason: CallReason
    due: datetime
    kind_id: UUID | None = None
    appointment_id: UUID | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCallTask(Command):
    task_id: UUID
    version: int
    result: CallResult


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeByLetter(Command):
    """Book the proposed telephone appointment and lay its letter in the outbox, in one go.

    ``early_reason`` is needed while the ladder is not exhausted.
    Result: ``appointment_id``, ``letter_id``, ``reference``.
    """

    client_id: UUID
    advisor_id: UUID
    kind_id: UUID
    starts: datetime
    minutes: int
    phone: str
    task_id: UUID | None = None
    early_reason: ReasonCode | None = None
    early_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkMailReturned(Command):
    """Marks the address, holds further letters, makes a call task. Result: ``task_id``."""

    client_id: UUID
    returned_on: date
    letter_id: UUID | None = None
