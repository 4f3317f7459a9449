"""Paper that leaves the house, and its wording."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from koba_desktop.domain.records import Appended, Changeable
from koba_desktop.domain.vocabulary import HoldReason, LetterAnswer, LetterKind, LetterState


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter(Changeable):
    """One piece of paper. ``data`` is frozen when the letter is made (JSON), so that it can be
    rendered again exactly as it was; ``assumed_posting`` is the day its dates were computed with.
    ``language`` is that of the translation that goes along ("de" without one), ``variant`` that of
    the German wording, which binds.
    The unit of work stamps ``created_at`` (UTC) when the letter is added.

    ``claim`` is the run that takes a pending letter to a printer: nobody else prints it. It stays
    where nobody knows whether the sheets came out, with who claimed it when (UTC), on which PC,
    for which printer.
    """

    client_id: UUID
    office_id: UUID
    advisor_id: UUID
    kind: LetterKind
    language: str = "de"
    variant: str = "standard"
    state: LetterState = LetterState.PENDING
    template_version_id: UUID
    data: dict[str, Any]
    appointment_id: UUID | None = None
    call_task_id: UUID | None = None
    replaces_id: UUID | None = None  # a pending letter this one makes void
    assumed_posting: date
    hold_reason: HoldReason | None = None
    hold_details: dict[str, Any] | None = None
    printed_at: datetime | None = None
    posted_on: date | None = None  # a day a person said
    withdrawn_at: datetime | None = None
    created_at: datetime | None = None
    translation_version_id: UUID | None = None
    answered_on: date | None = None  # the day the client's answer came
    answer: LetterAnswer | None = None
    claim: UUID | None = None
    claimed_at: datetime | None = None
    claimed_by: UUID | None = None  # staff id
    claimed_host: str | None = None
    claimed_printer: str | None = None


UNCLAIMED: Mapping[str, Any] = dict.fromkeys(
    ("claim", "claimed_at", "claimed_by", "claimed_host", "claimed_printer")
)
"""What a letter says of its claim once nobody takes it to a printer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterArchive(Appended):
    """The PDF as it was printed, with its SHA-256 (hex)."""

    letter_id: UUID
    pdf: bytes
    sha256: str
    pages: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Template(Changeable):
    """One wording: per letter kind, language and variant."""

    kind: LetterKind
    language: str = "de"
    variant: str = "standard"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateVersion(Appended):
    """Immutable text blocks, name to text, in force from a day. ``translates_id`` is the standard
    German version that a translation, or a text in Leichte Sprache, was made from."""

    template_id: UUID
    number: int
    blocks: dict[str, str]
    valid_from: date
    translates_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateReview(Appended):
    """A native reader has confirmed a translation; of several the latest counts."""

    template_version_id: UUID
    reviewed_by: str
    reviewed_on: date
