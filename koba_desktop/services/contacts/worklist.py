"""Who is to be called today (domain rules § 2)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from koba_desktop.domain.vocabulary import (
    AppointmentState,
    CallReason,
    Channel,
    Outcome,
    Salutation,
)
from koba_desktop.services.view import View


class Group(StrEnum):
    """The groups of the worklist in their order on the screen."""

    APPOINTMENTS_TODAY = "appointments_today"  # telephone appointments of today, by time
    CALL_NOW = "call_now"  # due tasks: callbacks and second attempts first
    DUE_AGAIN = "due_again"  # come back by themselves later today or soon
    ANSWER_OPEN = "answer_open"  # proposals whose letter is posted and not answered
    DONE_TODAY = "done_today"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """One line. ``at`` is the appointment's start or the instant the task is due."""

    group: Group
    at: datetime
    client_id: UUID
    family_name: str
    given_name: str
    salutation: Salutation
    phone: str
    task_id: UUID | None = None
    task_version: int = 0
    appointment_id: UUID | None = None
    reason: CallReason | None = None
    kind_name: str = ""
    attempts: int = 0
    last_outcome: Outcome | None = None
    channel: Channel | None = None
    state: AppointmentState | None = None


@dataclass(frozen=True, slots=True)
class Worklist:
    items: tuple[WorkItem, ...]

    def of(self, group: Group) -> tuple[WorkItem, ...]:
        return tuple(item for item in self.items if item.group is group)


def worklist(view: View, office_id: UUID, advisor_id: UUID) -> Worklist:
    """The advisor's day at ``view.now``."""
    raise NotImplementedError
