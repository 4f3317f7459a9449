"""Somebody is to be called, and each try to reach him or her."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from koba_desktop.domain.records import Changeable
from koba_desktop.domain.vocabulary import CallReason, CallResult, Direction, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTask(Changeable):
    """Somebody is to be called: carries the contact ladder.

    ``due`` is the instant from which the worklist shows it; ``kind_id`` the planned kind of
    consultation; ``result`` None while open.
    """

    client_id: UUID
    advisor_id: UUID
    office_id: UUID
    reason: CallReason
    due: datetime
    kind_id: UUID | None = None
    appointment_id: UUID | None = None  # the appointment that is held or was missed
    closed_at: datetime | None = None
    result: CallResult | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAttempt(Changeable):
    """One try. ``phone`` is the number dialled as shown; ``withdrawn_at`` is set by undo."""

    call_task_id: UUID | None
    client_id: UUID
    staff_id: UUID
    office_id: UUID
    at: datetime
    direction: Direction
    outcome: Outcome
    phone: str = ""
    phone_id: UUID | None = None
    minutes: int | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptNote(Changeable):
    """What was said: social data, a table of its own. ``call_task_id`` for a callback's note."""

    text: str
    attempt_id: UUID | None = None
    call_task_id: UUID | None = None
