"""Call tasks and contact attempts."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.entities.clients import Client, ClientPhone
from koba_desktop.domain.entities.contacts import AttemptNote, CallTask, ContactAttempt
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.vocabulary import Direction, Outcome
from koba_desktop.services.rows import AttemptRow, TaskRow
from koba_desktop.storage.queries.clients import first_phone
from koba_desktop.storage.tables import table_of

_task = table_of(CallTask)
_attempt = table_of(ContactAttempt)
_note = table_of(AttemptNote)
_client = table_of(Client)
_kind = table_of(AppointmentKind)
_staff = table_of(Staff)
_phone = table_of(ClientPhone)

# Domain rules § 2: no answer, busy and mailbox count.
_COUNTING = (Outcome.NO_ANSWER, Outcome.BUSY, Outcome.MAILBOX)

_of_task = (_attempt.c.call_task_id == _task.c.id, _attempt.c.withdrawn_at.is_(None))
_counted = (
    sa.select(sa.func.count())
    .where(*_of_task, _attempt.c.outcome.in_(_COUNTING), _attempt.c.direction == Direction.OUT)
    .correlate(_task)
    .scalar_subquery()
)
_last = (
    sa.select(_attempt.c.id)
    .where(*_of_task)
    .order_by(_attempt.c.at.desc(), _attempt.c.id.desc())
    .limit(1)
    .correlate(_task)
    .scalar_subquery()
)

_TASKS = (
    sa.select(
        _task.c.id,
        _task.c.version,
        _task.c.client_id,
        _client.c.family_name,
        _client.c.given_name,
        _client.c.salutation,
        sa.func.coalesce(first_phone, "").label("phone"),
        _task.c.reason,
        _task.c.due,
        _task.c.kind_id,
        sa.func.coalesce(_kind.c.name, "").label("kind_name"),
        _task.c.appointment_id,
        _counted.label("attempts"),
        _attempt.c.at.label("last_at"),
        _attempt.c.outcome.label("last_outcome"),
        _task.c.closed_at,
        _task.c.result,
    )
    .select_from(_task)
    .join(_client, _client.c.id == _task.c.client_id)
    .outerjoin(_kind, _kind.c.id == _task.c.kind_id)
    .outerjoin(_attempt, _attempt.c.id == _last)
    .where(_task.c.withdrawn_at.is_(None))
)


def _tasks(connection: sa.Connection, query: sa.Select[Any]) -> list[TaskRow]:
    return [TaskRow(**row._mapping) for row in connection.execute(query).all()]


def open_tasks(connection: sa.Connection, advisor_id: UUID) -> list[TaskRow]:
    """Open call tasks of an advisor, by due."""
    query = _TASKS.where(_task.c.advisor_id == advisor_id, _task.c.closed_at.is_(None))
    return _tasks(connection, query.order_by(_task.c.due, _task.c.id))


def tasks_closed_between(
    connection: sa.Connection, advisor_id: UUID, starts: datetime, ends: datetime
) -> list[TaskRow]:
    """Call tasks of an advisor closed in [starts, ends), by the time they were closed."""
    query = _TASKS.where(
        _task.c.advisor_id == advisor_id, _task.c.closed_at >= starts, _task.c.closed_at < ends
    )
    return _tasks(connection, query.order_by(_task.c.closed_at, _task.c.id))


def client_attempts(
    connection: sa.Connection, client_id: UUID, limit: int, notes: bool
) -> list[AttemptRow]:
    """Attempts (not withdrawn) to reach a client, latest first."""
    note: sa.ColumnElement[str] = (
        sa.select(_note.c.text)
        .where(_note.c.attempt_id == _attempt.c.id)
        .order_by(_note.c.id.desc())
        .limit(1)
        .correlate(_attempt)
        .scalar_subquery()
    )
    query = (
        sa.select(
            _attempt.c.id,
            _attempt.c.version,
            _attempt.c.at,
            _attempt.c.direction,
            _attempt.c.outcome,
            _attempt.c.phone,
            _phone.c.kind.label("phone_kind"),
            _attempt.c.minutes,
            _staff.c.initials.label("staff_initials"),
            (sa.func.coalesce(note, "") if notes else sa.literal("")).label("note"),
            _attempt.c.call_task_id,
        )
        .select_from(_attempt)
        .join(_staff, _staff.c.id == _attempt.c.staff_id)
        .outerjoin(_phone, _phone.c.id == _attempt.c.phone_id)
        .where(_attempt.c.client_id == client_id, _attempt.c.withdrawn_at.is_(None))
        .order_by(_attempt.c.at.desc(), _attempt.c.id.desc())
        .limit(limit)
    )
    return [
        AttemptRow(**{**row._mapping, "phone_kind": row.phone_kind or ""})
        for row in connection.execute(query).all()
    ]
