"""Unfinished forms, and taking things back."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from koba_desktop.domain.records import Changeable
from koba_desktop.services.commands.base import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveDraft(Command):
    """Keep what is being typed; the same ``draft_id`` again replaces it."""

    draft_id: UUID
    form: str
    subject_id: UUID | None
    content: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardDraft(Command):
    draft_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row a command wrote: as it was (None: it was created) and as it stood afterwards."""

    before: Changeable | None
    after: Changeable


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoPlan:
    """What takes a command back. ``label`` is the name of the command's class."""

    label: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(Command):
    """Restore the former values if nothing else has changed since (else Conflict).

    Letters printed meanwhile stay; the result's ``offer_letters`` lists the appointments whose
    client must be told by a new letter.
    """

    plan: UndoPlan
