"""Which commands need not wait for the server, and what they are as text.

What somebody did or was told can be recorded at any time: it happened. What decides about times
and rooms of others has to wait for the one database that knows them all.
"""

import json
from typing import Any
from uuid import UUID

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.rooms import Visit
from koba_desktop.services.commands import (
    Command,
    CreateCallTask,
    DiscardDraft,
    NoteAttempt,
    NoteLettersOut,
    NotePaper,
    RecordAttempt,
    SaveDraft,
)
from koba_desktop.services.commands.door import (
    ArriveVisitor,
    CallAdvisor,
    CheckVisitor,
    LeaveWaiting,
)
from koba_desktop.services.ids import new_id
from koba_desktop.services.outage.coding import decoded, encoded

QUEUEABLE: dict[str, type[Command]] = {
    kind.__name__: kind
    for kind in (
        RecordAttempt,
        NoteAttempt,
        CreateCallTask,
        ArriveVisitor,
        CheckVisitor,
        CallAdvisor,
        LeaveWaiting,
        SaveDraft,
        DiscardDraft,
        NoteLettersOut,
        NotePaper,
    )
}


def is_queueable(command: Command) -> bool:
    return type(command) in QUEUEABLE.values()


def text_of(command: Command) -> str:
    """The command as JSON text."""
    return json.dumps(encoded(command), ensure_ascii=False)


def command_of(name: str, text: str) -> Command | None:
    """The command of a class with that name; None for one this program does not understand."""
    kind = QUEUEABLE.get(name)
    if kind is None:
        return None
    try:
        command = decoded(kind, json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return command if isinstance(command, Command) else None


def row_seen(command: Command) -> tuple[type[Appointment] | type[Visit], UUID, int] | None:
    """The row whose version the user saw: its kind, id and that version."""
    match command:
        case ArriveVisitor():
            return Appointment, command.appointment_id, command.version
        case CheckVisitor() | CallAdvisor() | LeaveWaiting():
            return Visit, command.visit_id, command.version
        case _:
            return None


def draft_of(command: Command | None) -> UUID | None:
    """The draft a command saves or discards."""
    return command.draft_id if isinstance(command, SaveDraft | DiscardDraft) else None


def answer_unseen(command: Command) -> dict[str, Any]:
    """What is answered where the snapshot has not the rows a command is about. New ids stand for
    those the server will give."""
    match command:
        case RecordAttempt():
            return {"attempt_id": new_id(), "task_closed": False, "exhausted": False}
        case NoteAttempt():
            return {"attempt_id": command.attempt_id}
        case CreateCallTask():
            return {"task_id": new_id()}
        case ArriveVisitor():
            return {"visit_id": new_id(), "code": ""}
        case CheckVisitor() | CallAdvisor():
            return {"visit_id": command.visit_id}
        case LeaveWaiting():
            return {"task_id": new_id()}
        case SaveDraft() | DiscardDraft():
            return {"draft_id": command.draft_id}
        case NoteLettersOut():
            return {"noted": len(command.letter_ids)}
        case NotePaper():
            return {"noted": 1}
    raise TypeError(type(command).__name__)
