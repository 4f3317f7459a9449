"""The outbox: sorted by what is to be done, with the chain of dates of each letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from koba_desktop.domain.entities.letters import Letter
from koba_desktop.services.rows import OutboxRow
from koba_desktop.services.view import View


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A row with what must be clarified before it may leave (``problem`` a message code).

    Problem codes: the HoldReason values, and ``appointment_moved``, ``slot_too_early`` found now.
    """

    row: OutboxRow
    problem: str | None = None
    problem_params: dict[str, Any] | None = None
    earliest: date | None = None


@dataclass(frozen=True, slots=True)
class Outbox:
    to_clarify: tuple[OutboxItem, ...]
    to_print: tuple[OutboxItem, ...]
    to_post: tuple[OutboxItem, ...]
    posted: tuple[OutboxItem, ...]  # the last 30 days


@dataclass(frozen=True, slots=True)
class LetterView:
    """What a letter is rendered from. ``pdf`` is the archive copy once it was printed."""

    letter: Letter
    blocks: dict[str, str]
    demo: bool
    pdf: bytes | None = None


def outbox(view: View, office_id: UUID, *, text: str = "") -> Outbox:
    raise NotImplementedError


def letter_views(view: View, letter_ids: Sequence[UUID]) -> tuple[LetterView, ...]:
    raise NotImplementedError
