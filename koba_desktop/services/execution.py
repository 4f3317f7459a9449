"""Carrying out commands: one transaction, idempotent, undoable."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from koba_desktop.services.changes import ChangeSet
from koba_desktop.services.commands import Command, UndoPlan


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and in which office."""

    staff_id: UUID
    office_id: UUID


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a command did. ``repeated`` is true where the command had been carried out before.

    ``result`` holds JSON values, and ids as UUID objects (the first time and when repeated).
    ``undo`` is None where the command can not be taken back. ``queued``: it is kept on this PC
    until the server can be reached. ``written`` are the rows it wrote and the version each has now
    (empty where repeated).
    """

    command: Command
    changes: ChangeSet
    result: dict[str, Any]
    undo: UndoPlan | None = None
    repeated: bool = False
    queued: bool = False
    written: Mapping[UUID, int] = field(default_factory=dict)


Execute = Callable[[Command, Actor], Receipt]
