"""The letters of an office as the outbox shows them: in piles by what is to be done, filtered and
sorted. No widget here: arranging thousands of letters is for a worker lane."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import IntEnum, StrEnum
from functools import partial
from typing import Any
from uuid import UUID

from koba_desktop.domain.folding import fold
from koba_desktop.domain.vocabulary import (
    Language,
    LetterKind,
    LetterState,
    LetterVariant,
)
from koba_desktop.i18n.words import word
from koba_desktop.services.letters.answering import awaits_answer
from koba_desktop.services.letters.outbox import Outbox, OutboxItem
from koba_desktop.services.rows import OutboxRow


class Column(IntEnum):
    TICK = 0
    RECIPIENT = 1
    KIND = 2
    APPOINTMENT = 3
    LANGUAGE = 4
    ADVISOR = 5  # shown where the list is sorted by it
    STATE = 6


class Pile(StrEnum):
    """The groups, in the order in which they ask for work."""

    CLARIFY = "clarify"
    PRINT = "print"
    POST = "post"
    OPEN = "open"
    ANSWERED = "answered"
    POSTED = "posted"


class Tab(StrEnum):
    """What the outbox shows at a time."""

    WORK = "work"
    POSTED = "posted"
    OPEN = "open"
    ALL = "all"


PILES = {
    Tab.WORK: (Pile.CLARIFY, Pile.PRINT, Pile.POST),
    Tab.POSTED: (Pile.OPEN, Pile.ANSWERED, Pile.POSTED),
    Tab.OPEN: (Pile.OPEN,),
    Tab.ALL: tuple(Pile),
}
POSTED_PILES = PILES[Tab.POSTED]
TICKABLE = (Pile.PRINT, Pile.POST)
EASY = Language.DE_EASY.value
"""How a filter calls Leichte Sprache, which replaces the German standard text."""

Tray = tuple[str, str]
"""A printer and its own word for a tray; both empty where none was ever chosen."""


@dataclass(frozen=True, slots=True)
class Order:
    """By which column the letters of each pile are sorted; None: as they were made."""

    column: Column | None = None
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which letters are wanted, besides the words typed; None is any."""

    kind: LetterKind | None = None
    advisor_id: UUID | None = None
    language: str | None = None
    tray: Tray | None = None

    @property
    def count(self) -> int:
        """How many of them narrow the list."""
        parts = (self.kind, self.advisor_id, self.language, self.tray)
        return sum(part is not None for part in parts)


@dataclass(frozen=True, slots=True)
class Occurring:
    """What a filter has to offer."""

    kinds: frozenset[LetterKind]
    advisors: frozenset[UUID]
    languages: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see. ``trays`` says where each kind of letter is printed, ``names``
    how each advisor is called."""

    tab: Tab = Tab.WORK
    order: Order = Order()
    narrowing: Narrowing = Narrowing()
    trays: Mapping[LetterKind, Tray] = field(default_factory=dict)
    names: Mapping[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What the list shows: its piles that are not empty, if only of letters that were not read, and
    the lines of each. A letter with something against it has two lines that follow each other, the
    second for what that is. ``places`` is the first line of each letter (pile, line), ``counts``
    how many letters each pile has before any filter but the words typed, ``more`` how many of these
    were not read."""

    piles: tuple[tuple[Pile, tuple[OutboxItem, ...]], ...] = ()
    lines: tuple[tuple[OutboxItem, ...], ...] = ()
    places: Mapping[UUID, tuple[int, int]] = field(default_factory=dict)
    counts: Mapping[Pile, int] = field(default_factory=dict)
    more: Mapping[Pile, int] = field(default_factory=dict)
    hidden: int = 0
    """Letters of these piles that the filter leaves out."""

    def is_second(self, pile: int, line: int) -> bool:
        """Whether a line says what stands against the letter of the line before."""
        lines = self.lines[pile]
        return line > 0 and lines[line] is lines[line - 1]

    def differing(self, before: "Arrangement") -> list[tuple[int, int]] | None:
        """The lines (pile, line) that are not as before where each letter lies where it lay; None
        where the letters themselves are others."""
        if [pile for pile, _items in self.piles] != [pile for pile, _items in before.piles]:
            return None
        if self.places != before.places:
            return None
        return [
            (number, line)
            for number, (lines, old) in enumerate(zip(self.lines, before.lines, strict=True))
            for line, (new, former) in enumerate(zip(lines, old, strict=True))
            if new != former
        ]


def arranged(outbox: Outbox, wish: Wish, now: datetime) -> Arrangement:
    """The letters as they are wanted."""
    sorted_out, more = in_piles(outbox, now), _more(outbox, wish.tab)
    key = _sort_key(wish)
    piles, hidden = [], 0
    for pile in PILES[wish.tab]:
        items = [item for item in sorted_out[pile] if _wanted(item, wish)]
        hidden += len(sorted_out[pile]) - len(items)
        if key is not None:
            items.sort(key=partial(key, pile), reverse=wish.order.descending)
        if items or more.get(pile):
            piles.append((pile, tuple(items)))
    lines = tuple(_lines(items) for _pile, items in piles)
    places: dict[UUID, tuple[int, int]] = {}
    for number, each in enumerate(lines):
        for line, item in enumerate(each):
            places.setdefault(item.row.id, (number, line))
    counts = {pile: len(items) + more.get(pile, 0) for pile, items in sorted_out.items()}
    return Arrangement(tuple(piles), lines, places, counts, more, hidden)


def _more(outbox: Outbox, tab: Tab) -> dict[Pile, int]:
    """What was not read, as far as one can tell without reading it: among those that were posted
    the pile shown last stands for all."""
    piles = {
        LetterState.HELD: Pile.CLARIFY,
        LetterState.PENDING: Pile.PRINT,
        LetterState.PRINTED: Pile.POST,
        LetterState.POSTED: Pile.OPEN if tab is Tab.OPEN else Pile.POSTED,
    }
    return {piles[state]: number for state, number in outbox.more.items()}


def in_piles(outbox: Outbox, now: datetime) -> dict[Pile, tuple[OutboxItem, ...]]:
    """Every letter on its pile."""
    piles: dict[Pile, list[OutboxItem]] = {pile: [] for pile in POSTED_PILES}
    for item in outbox.posted:
        piles[_posted_pile(item.row, now)].append(item)
    return {
        Pile.CLARIFY: outbox.to_clarify,
        Pile.PRINT: outbox.to_print,
        Pile.POST: outbox.to_post,
        **{pile: tuple(items) for pile, items in piles.items()},
    }


def occurring(outbox: Outbox) -> Occurring:
    """What there is among all letters that are here."""
    groups = (outbox.to_clarify, outbox.to_print, outbox.to_post, outbox.posted)
    rows = [item.row for items in groups for item in items]
    return Occurring(
        frozenset(row.kind for row in rows),
        frozenset(row.advisor_id for row in rows),
        frozenset(language_of(row) for row in rows),
    )


def _posted_pile(row: OutboxRow, now: datetime) -> Pile:
    if row.answer is not None:
        return Pile.ANSWERED
    return Pile.OPEN if awaits_answer(row, now) else Pile.POSTED


def _lines(items: Sequence[OutboxItem]) -> tuple[OutboxItem, ...]:
    return tuple(
        each for item in items for each in ((item,) if item.problem is None else (item, item))
    )


def language_of(row: OutboxRow) -> str:
    """The one language a filter asks for: of the translation, of Leichte Sprache, or "de"."""
    return EASY if row.variant == LetterVariant.EASY else row.language


def language_text(row: OutboxRow) -> str:
    """ "Deutsch, Arabisch": the binding German and what goes along; or Leichte Sprache."""
    if row.variant == LetterVariant.EASY:
        return word(Language.DE_EASY)
    german = word(Language.DE)
    return german if row.language == Language.DE else f"{german}, {word(Language(row.language))}"


def _wanted(item: OutboxItem, wish: Wish) -> bool:
    row, narrowing = item.row, wish.narrowing
    return (
        (narrowing.kind is None or row.kind is narrowing.kind)
        and (narrowing.advisor_id is None or row.advisor_id == narrowing.advisor_id)
        and (narrowing.language is None or language_of(row) == narrowing.language)
        and (narrowing.tray is None or wish.trays.get(row.kind, ("", "")) == narrowing.tray)
    )


_LATEST = datetime.max.replace(tzinfo=UTC)


def _sort_key(wish: Wish) -> Callable[[Pile, OutboxItem], Any] | None:
    column, names = wish.order.column, wish.names
    keys: dict[Column, Callable[[Pile, OutboxItem], Any]] = {
        Column.RECIPIENT: lambda _pile, item: fold(item.row.recipient),
        Column.KIND: lambda _pile, item: word(item.row.kind),
        Column.APPOINTMENT: lambda _pile, item: item.row.letter_starts or _LATEST,
        Column.ADVISOR: lambda _pile, item: fold(names.get(item.row.advisor_id, "")),
        Column.LANGUAGE: lambda _pile, item: language_text(item.row),
        Column.STATE: _by_state,
    }
    return keys.get(column) if column is not None else None


def _by_state(pile: Pile, item: OutboxItem) -> tuple[str, datetime]:
    """By what stands against a letter, then by the time its state names."""
    row = item.row
    if pile in POSTED_PILES:
        named: date | datetime | None = row.posted_on
    else:
        named = row.printed_at if pile is Pile.POST else row.created_at
    if not isinstance(named, datetime):
        named = datetime.combine(named or date.max, time(), UTC)
    return item.problem or "", named
