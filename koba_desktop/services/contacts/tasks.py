"""Call tasks: somebody is to be called, until a result closes the task."""

from datetime import datetime
from typing import Any
from uuid import UUID

from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.contacts import AttemptNote, CallTask
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import CallReason, CallResult
from koba_desktop.services.commands import CloseCallTask, CreateCallTask
from koba_desktop.services.ids import new_id
from koba_desktop.services.office.entitlement import client_for, require
from koba_desktop.services.work import Work


def create_call_task(work: Work, command: CreateCallTask) -> dict[str, Any]:
    """Raises Refused ``not_entitled``: who does not call leaves the wish to be called back."""
    client = client_for(work, Right.ASK_FOR_CALL, command.client_id)
    if command.reason is not CallReason.CALLBACK:
        require(work, Right.CALL, client.office_id, client.advisor_id)
    task = open_task(
        work,
        client,
        command.advisor_id,
        command.reason,
        command.due,
        kind_id=command.kind_id,
        appointment_id=command.appointment_id,
    )
    if command.note.strip():
        work.add(AttemptNote(id=new_id(), call_task_id=task.id, text=command.note.strip()))
    return {"task_id": task.id}


def close_call_task(work: Work, command: CloseCallTask) -> dict[str, Any]:
    """Raises Refused ``not_entitled``; Conflict."""
    task = work.seen(CallTask, command.task_id, command.version)
    require(work, Right.CALL, task.office_id, task.advisor_id)
    close(work, task, command.result)
    return {"task_id": command.task_id}


def open_task(
    work: Work,
    client: Client,
    advisor_id: UUID,
    reason: CallReason,
    due: datetime,
    *,
    kind_id: UUID | None = None,
    appointment_id: UUID | None = None,
) -> CallTask:
    """Make a task of the client's office, in the worklist of that advisor from ``due`` on."""
    return work.add(
        CallTask(
            id=new_id(),
            client_id=client.id,
            advisor_id=advisor_id,
            office_id=client.office_id,
            reason=reason,
            due=due,
            kind_id=kind_id,
            appointment_id=appointment_id,
        )
    )


def close(work: Work, task: CallTask, result: CallResult) -> None:
    """Close an open task; one that is closed keeps its first result."""
    if task.result is None:
        work.change(task, closed_at=work.now, result=result)
