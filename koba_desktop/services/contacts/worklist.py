"""Who is to be called today (domain rules § 2)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from koba_desktop.domain.clock import day_bounds
from koba_desktop.domain.entities.contacts import ContactAttempt
from koba_desktop.domain.entities.office import Setting
from koba_desktop.domain.ladder import Try, climb
from koba_desktop.domain.policy import ladder_rules
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    CallReason,
    Channel,
    LetterState,
    Outcome,
    Salutation,
)
from koba_desktop.services.calendar.hours import OfficeHours
from koba_desktop.services.office.book import setting
from koba_desktop.services.office.entitlement import may
from koba_desktop.services.ports import AnyOf, Reader
from koba_desktop.services.rows import AppointmentRow, TaskRow
from koba_desktop.services.view import View

ANNOUNCED = timedelta(days=7)

TO_HOLD = frozenset(
    {
        AppointmentState.PROPOSED,
        AppointmentState.CONFIRMED,
        AppointmentState.ARRIVED,
        AppointmentState.IN_PROGRESS,
    }
)

# How a telephone appointment that is over went.
OUTCOMES = {
    AppointmentState.KEPT: Outcome.REACHED,
    AppointmentState.MISSED: Outcome.NO_ANSWER,
}


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
    """The advisor's day at ``view.now``.

    A task stays hidden until its next attempt is due; those that come back within a week are
    announced, at the first telephone hour in which they can be called. It is empty for who calls
    nobody.
    """
    if not may(view, Right.CALL, office_id, advisor_id):
        return Worklist(())
    today = day_bounds(view.today)
    view = view.ahead(
        lambda ask: (
            ask.appointments_between(office_id, *today, advisor_ids=[advisor_id]),
            ask.appointments_between(
                office_id, *_answer_days(view, office_id), advisor_ids=[advisor_id]
            ),
            ask.open_tasks(advisor_id),
            ask.tasks_closed_between(advisor_id, *today),
        )
    )
    rows = (
        view.reader.open_tasks(advisor_id),
        view.reader.tasks_closed_between(advisor_id, *today),
    )
    view = view.ahead(lambda ask: [attempts_of(ask, each) for each in rows])
    return Worklist(
        (
            *calls_of_today(view, office_id, advisor_id),
            *_by_time(_answers_open(view, office_id, advisor_id)),
            *_by_time(_done_today(view, office_id, advisor_id)),
        )
    )


def calls_of_today(view: View, office_id: UUID, advisor_id: UUID) -> tuple[WorkItem, ...]:
    """Of the worklist those to be called: telephone appointments of today, what is due, and what
    comes back within a week. Who may ask is for the caller to see to."""
    return (
        *_by_time(_appointments_today(view, office_id, advisor_id)),
        *_tasks(view, office_id, advisor_id),
    )


def _by_time(items: Iterable[WorkItem]) -> list[WorkItem]:
    return sorted(items, key=lambda item: (item.at, item.family_name, item.given_name))


# --- appointments -------------------------------------------------------------------------------


def _calls_of(
    view: View, office_id: UUID, advisor_id: UUID, starts: datetime, ends: datetime
) -> list[AppointmentRow]:
    """The advisor's telephone appointments with clients that start in [starts, ends)."""
    rows = view.reader.appointments_between(office_id, starts, ends, advisor_ids=[advisor_id])
    return [row for row in rows if row.channel is Channel.TELEPHONE and row.starts >= starts]


def _appointments_today(view: View, office_id: UUID, advisor_id: UUID) -> Iterator[WorkItem]:
    for row in _calls_of(view, office_id, advisor_id, *day_bounds(view.today)):
        if row.state in TO_HOLD:
            yield from _of_appointment(Group.APPOINTMENTS_TODAY, row)


def _answer_days(view: View, office_id: UUID) -> tuple[datetime, datetime]:
    """From when to when open answers are listed."""
    tomorrow = day_bounds(view.today)[1]
    days: int = setting(view, office_id, "worklist.answer_days")
    return tomorrow, tomorrow + timedelta(days=days)


def _answers_open(view: View, office_id: UUID, advisor_id: UUID) -> Iterator[WorkItem]:
    for row in _calls_of(view, office_id, advisor_id, *_answer_days(view, office_id)):
        if row.state is AppointmentState.PROPOSED and row.letter_state is LetterState.POSTED:
            yield from _of_appointment(Group.ANSWER_OPEN, row)


def _of_appointment(group: Group, row: AppointmentRow) -> Iterator[WorkItem]:
    if row.client_id is not None:
        yield WorkItem(
            group=group,
            at=row.starts,
            client_id=row.client_id,
            family_name=row.family_name,
            given_name=row.given_name,
            salutation=row.salutation,
            phone=row.phone,
            appointment_id=row.id,
            kind_name=row.kind_name,
            last_outcome=OUTCOMES.get(row.state),
            channel=row.channel,
            state=row.state,
        )


# --- call tasks ---------------------------------------------------------------------------------


def _tasks(view: View, office_id: UUID, advisor_id: UUID) -> list[WorkItem]:
    """The open tasks: due ones, callbacks and those tried before first; then those to come."""
    rows = view.reader.open_tasks(advisor_id)
    counts = _counted(view, office_id, rows)
    hours = OfficeHours(view, office_id, view.today)
    now: list[WorkItem] = []
    later: list[WorkItem] = []
    for row in rows:
        if row.due <= view.now:
            now.append(_of_task(Group.CALL_NOW, row, row.due, counts[row.id]))
        elif row.due < view.now + ANNOUNCED:
            at = hours.next_open(row.due, Channel.TELEPHONE)
            later.append(_of_task(Group.DUE_AGAIN, row, at, counts[row.id]))
    now.sort(key=lambda item: (not _pressing(item), item.at, item.family_name, item.given_name))
    return now + _by_time(later)


def _pressing(item: WorkItem) -> bool:
    return item.attempts > 0 or item.reason is CallReason.CALLBACK


def _done_today(view: View, office_id: UUID, advisor_id: UUID) -> Iterator[WorkItem]:
    today = day_bounds(view.today)
    for row in _calls_of(view, office_id, advisor_id, *today):
        if row.state in OUTCOMES:
            yield from _of_appointment(Group.DONE_TODAY, row)
    closed = view.reader.tasks_closed_between(advisor_id, *today)
    counts = _counted(view, office_id, closed)
    for task in closed:
        yield _of_task(Group.DONE_TODAY, task, task.closed_at or task.due, counts[task.id])


def _counted(view: View, office_id: UUID, rows: Sequence[TaskRow]) -> dict[UUID, int]:
    """The attempts of each task that count towards its ladder."""
    tries: dict[UUID, list[Try]] = {row.id: [] for row in rows}
    for attempt in attempts_of(view.reader, rows):
        if attempt.call_task_id is not None:
            tries[attempt.call_task_id].append(Try(attempt.at, attempt.outcome))
    rules = ladder_rules(view.reader.find(Setting), office_id, view.today)
    return {row.id: climb(tries[row.id], rules, row.due).made for row in rows}


def attempts_of(reader: Reader, rows: Sequence[TaskRow]) -> list[ContactAttempt]:
    """The attempts of these tasks. No read where there were none."""
    if all(row.last_at is None for row in rows):
        return []
    ids = AnyOf.of(row.id for row in rows)
    return reader.find(ContactAttempt, call_task_id=ids, withdrawn_at=None)


def _of_task(group: Group, row: TaskRow, at: datetime, attempts: int) -> WorkItem:
    return WorkItem(
        group=group,
        at=at,
        client_id=row.client_id,
        family_name=row.family_name,
        given_name=row.given_name,
        salutation=row.salutation,
        phone=row.phone,
        task_id=row.id,
        task_version=row.version,
        appointment_id=row.appointment_id,
        reason=row.reason,
        kind_name=row.kind_name,
        attempts=attempts,
        last_outcome=row.last_outcome,
    )
