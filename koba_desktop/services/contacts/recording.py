"""Contact attempts: each is recorded, moves its call task on, and may mark a number as bad."""

from typing import Any
from uuid import UUID

from koba_desktop.domain import ladder
from koba_desktop.domain.entities.clients import Client, ClientPhone
from koba_desktop.domain.entities.contacts import AttemptNote, CallTask, ContactAttempt
from koba_desktop.domain.policy import ladder_rules
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import CallResult, Outcome
from koba_desktop.services.commands import NoteAttempt, RecordAttempt
from koba_desktop.services.contacts.tasks import close
from koba_desktop.services.ids import new_id
from koba_desktop.services.office.entitlement import not_entitled, reads_social_data, require
from koba_desktop.services.work import Work

_RESULT = {Outcome.REACHED: CallResult.REACHED, Outcome.REFUSED: CallResult.REFUSED}


def record_attempt(work: Work, command: RecordAttempt) -> dict[str, Any]:
    """One try. The task is closed by an answer, else due again when the ladder says so.

    A task that somebody closed meanwhile stays closed; the try is recorded all the same. Raises
    Refused ``not_entitled``.
    """
    client = work.get(Client, command.client_id)
    task = work.get(CallTask, command.task_id) if command.task_id is not None else None
    its_advisor = task.advisor_id if task is not None else None
    require(work, Right.CALL, client.office_id, client.advisor_id, its_advisor)
    phone = _dialled(work, command)
    attempt = work.add(
        ContactAttempt(
            id=new_id(),
            call_task_id=task.id if task is not None else None,
            client_id=client.id,
            staff_id=work.actor.staff_id,
            office_id=task.office_id if task is not None else client.office_id,
            at=work.now,
            direction=command.direction,
            outcome=command.outcome,
            phone=command.phone or (phone.typed if phone is not None else ""),
            phone_id=phone.id if phone is not None else None,
            minutes=command.minutes,
        )
    )
    if command.note.strip():
        work.add(AttemptNote(id=new_id(), attempt_id=attempt.id, text=command.note.strip()))
    if phone is not None and ladder.marks_phone_bad(command.outcome) and phone.bad_since is None:
        work.change(phone, bad_since=work.now)

    exhausted = False
    if task is not None and task.result is None:
        exhausted = _climb(work, task, command.outcome)
    return {
        "attempt_id": attempt.id,
        "task_closed": task is not None and work.get(CallTask, task.id).result is not None,
        "exhausted": exhausted,
    }


def note_attempt(work: Work, command: NoteAttempt) -> dict[str, Any]:
    """Write or replace the free note of an attempt; an empty text empties it.

    Raises Refused ``not_entitled`` for who may not read it.
    """
    attempt = work.get(ContactAttempt, command.attempt_id)
    if not reads_social_data(work.view, attempt.office_id, attempt.staff_id):
        raise not_entitled()
    note = work.first(AttemptNote, attempt_id=attempt.id)
    text = command.text.strip()
    if note is not None:
        work.change(note, text=text)
    elif text:
        work.add(AttemptNote(id=new_id(), attempt_id=attempt.id, text=text))
    return {"attempt_id": attempt.id}


def tries_of(work: Work, task_id: UUID) -> list[ContactAttempt]:
    """The attempts of a call task that were not taken back, oldest first."""
    return work.reader.find(ContactAttempt, call_task_id=task_id, withdrawn_at=None, order_by="at")


def ladder_of(work: Work, task: CallTask) -> ladder.Ladder:
    """Where the ladder of a task stands now."""
    tries = [ladder.Try(a.at, a.outcome) for a in tries_of(work, task.id)]
    return ladder.climb(tries, ladder_rules(work.settings, task.office_id, work.today), task.due)


def _climb(work: Work, task: CallTask, outcome: Outcome) -> bool:
    if ladder.ends_task(outcome):
        close(work, task, _RESULT[outcome])
        return False
    standing = ladder_of(work, task)
    assert standing.due is not None, "only an answer ends a ladder"
    work.change(task, due=standing.due)
    return standing.exhausted


def _dialled(work: Work, command: RecordAttempt) -> ClientPhone | None:
    """The client's number that was dialled, by id or as typed; another number is none of them."""
    if command.phone_id is not None:
        return work.first(ClientPhone, id=command.phone_id, client_id=command.client_id)
    if command.phone:
        return work.first(ClientPhone, client_id=command.client_id, typed=command.phone)
    return None
