"""Which way a text runs: the Unicode Bidirectional Algorithm (UAX #9), and keeping values whole.

A number, a name or a date inside a sentence of the other direction is put into an isolate, or the
algorithm would mix it with what stands around it: "10:15" would become "15:10". The characters
that mark isolates are never drawn.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Protocol, TypeVar

from koba_desktop.domain import vocabulary
from koba_desktop.domain.errors import Problem, Refused

LEFT_TO_RIGHT = "\u2066"
RIGHT_TO_LEFT = "\u2067"
FIRST_STRONG = "\u2068"
_END = "\u2069"
_RIGHT_TO_LEFT_CLASSES = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})
_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Digits with what telephone numbers, times, dates and spans have between them; no part of a word.
_BETWEEN = r"(?:[ .:/,]| ?\(\d+\) ?| ?[-–] ?)"
_NUMBER = re.compile(rf"(?<!\w)\+?(?:\(\d+\) ?)?\d+(?:{_BETWEEN}\d+)*%?(?!\w)")


class Levelled(Protocol):
    """A piece of text of one embedding level."""

    @property
    def level(self) -> int: ...


Piece = TypeVar("Piece", bound=Levelled)


def runs_right_to_left(language: str) -> bool:
    return language in vocabulary.RIGHT_TO_LEFT


def has_right_to_left(text: str) -> bool:
    """Whether there is anything that does not run from left to right."""
    return any(unicodedata.bidirectional(ch) in _RIGHT_TO_LEFT_CLASSES for ch in text)


def isolated(value: str, direction: str = FIRST_STRONG) -> str:
    """A value to stand inside any sentence. Marks of its own are taken out: one that closes an
    isolate would let the rest of the value escape from this one."""
    return f"{direction}{without_controls(value)}{_END}"


def without_controls(text: str) -> str:
    """The text without the characters that only say which way it runs. Joiners stay."""
    return _CONTROLS.sub("", text)


def numbers(text: str) -> list[tuple[int, int]]:
    """Where numbers stand, each from its first character to behind its last."""
    return [found.span() for found in _NUMBER.finditer(text)]


def levels(text: str, *, right_to_left: bool) -> list[int]:
    """The embedding level of each character of a paragraph; odd ones run from right to left.

    Raises Refused(``text_does_not_fit``) for a row of hundreds of signs without a letter, for
    which the library runs out of stack.
    """
    from fpdf.bidi import BidiParagraph
    from fpdf.enums import TextDirection

    base = TextDirection.RTL if right_to_left else TextDirection.LTR
    try:
        resolved = BidiParagraph(text, base).get_characters()
    except RecursionError as error:
        raise Refused(Problem("text_does_not_fit", {"text": without_controls(text)})) from error
    known = {each.character_index: each.embedding_level for each in resolved}
    found = []
    level = int(right_to_left)
    for index in range(len(text)):  # what the algorithm removes goes with what stands before it
        level = known.get(index, level)
        found.append(level)
    return found


def visual_order(line: Sequence[Piece]) -> list[Piece]:
    """The pieces of one line from left to right (rule L2)."""
    order = list(line)
    highest = max((piece.level for piece in order), default=0)
    lowest_odd = min((piece.level for piece in order if piece.level % 2), default=highest + 1)
    for level in range(highest, lowest_odd - 1, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and order[end].level >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end + 1
    return order
