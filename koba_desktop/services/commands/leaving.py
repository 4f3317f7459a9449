"""What leaves the program: letters as files, papers that name clients. Carried out *before* the
file exists or the printer has it, so that nothing leaves unnoted."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from koba_desktop.domain.vocabulary import NamedPaper
from koba_desktop.services.commands.base import Command


class LetterOut(StrEnum):
    """In which way a letter leaves: as a file somebody keeps, or in another program."""

    SAVED = "saved"
    OPENED = "opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLettersOut(Command):
    """Note in the audit that these letters leave as PDF, each by itself.

    Raises NotFound; Refused ``not_entitled``, ``blocked_address`` as reading them does.
    Result: ``noted``, how many.
    """

    letter_ids: tuple[UUID, ...]
    how: LetterOut


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePaper(Command):
    """Note in the audit that a paper is ``printed``, or else saved as a file: of which day of the
    wall clock (None where it is about none), whose (None: the whole office's), and how many
    ``persons`` it names; never who they are.

    Raises NotFound; Refused ``not_entitled`` for who has nothing to do with clients there, of a
    past day for who may not read social data. Result: ``noted``.
    """

    paper: NamedPaper
    office_id: UUID
    day: date | None
    advisor_id: UUID | None
    persons: int
    printed: bool
