"""Letters on their way out of the house, and how they are worded."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from koba_desktop.domain.vocabulary import (
    HoldReason,
    LetterAnswer,
    LetterKind,
    LetterVariant,
)
from koba_desktop.services.commands.base import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateLetter(Command):
    """A letter about an appointment as it stands now. Result: ``letter_id``."""

    appointment_id: UUID
    kind: LetterKind


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteLetter(Command):
    """A letter that is about no appointment ("please call us"). Result: ``letter_id``."""

    client_id: UUID
    advisor_id: UUID
    kind: LetterKind = LetterKind.PLEASE_CALL


@dataclass(frozen=True, slots=True, kw_only=True)
class ResendLetter(Command):
    """The same letter once more into the outbox, in the same words, to where the client's letters
    go today. Result: ``letter_id``."""

    letter_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveByLetter(Command):
    """The appointment of a letter goes to the first slot that a letter posted next can announce,
    and a new letter says so. Result: ``letter_id``, ``starts``, ``ends`` (instants in ISO)."""

    letter_id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAnswer(Command):
    """What the client answered, and on which day it came. "It fits" confirms the appointment.
    Result: ``letter_id``; ``noted`` – False where the same stands there already."""

    letter_id: UUID
    version: int
    answer: LetterAnswer
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLetter:
    letter_id: UUID
    version: int
    pdf: bytes
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPrinted(Command):
    """The printer took them: pending → printed, with the archive copy."""

    letters: tuple[PrintedLetter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLetter:
    """A letter as somebody saw it."""

    letter_id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLetters(Command):
    """A run is about to print these: nobody else does from now on. Never refused for one of them.

    Result: ``claimed`` – by id (text) the version each has now; ``lost`` – for each of the others
    ``id``, ``why`` (``claiming.WhyNot``), ``by`` (staff id or None), ``host``.
    """

    run: UUID
    printer: str
    letters: tuple[SeenLetter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseClaims(Command):
    """Nothing of these letters of a run came out of the printer. Result: ``released`` – ids."""

    run: UUID
    letter_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPosted(Command):
    """A person says they were posted on ``day``; earliest dates are checked again.

    Result: ``posted`` – ids of those it is true of by now, ``refused`` – for each of the others
    ``id``, ``code``, ``params``; ``too_early`` – ids of letters posted whose proposal is now before
    its earliest date.
    """

    letters: tuple[SeenLetter, ...]
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLetter(Command):
    letter_id: UUID
    version: int
    reason: HoldReason
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseLetter(Command):
    """Held → pending, with its address and dates taken afresh from the client and appointment."""

    letter_id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidLetter(Command):
    """A letter is not sent; paper that was printed and not posted yet is shredded."""

    letter_id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveWording(Command):
    """A new version of a wording, in force from a day. ``seen`` is the newest version the author
    saw. Result: ``version_id``, ``number``, ``outdated`` (languages whose translations are)."""

    kind: LetterKind
    language: str
    variant: LetterVariant
    blocks: dict[str, str]
    valid_from: date
    seen: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWording(Command):
    """A native reader has confirmed a translation. Result: ``review_id``."""

    template_version_id: UUID
    reviewed_by: str
    reviewed_on: date
