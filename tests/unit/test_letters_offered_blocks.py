"""Each text block that the editor offers stands somewhere in some letter of its kind."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import LetterKind, LetterVariant
from koba_desktop.letters.letter import texts
from koba_desktop.letters.letter.composing import composed
from koba_desktop.letters.letter.dummies import dummy
from koba_desktop.letters.letter.wording_desk import cases
from koba_desktop.letters.typesetting.page import Frame, Rule
from koba_desktop.services.letters.data import storable
from koba_desktop.services.ports import CourtesyText, LetterSource

SHIPPED = [(kind, language, variant) for kind, language, variant, _ in texts.shipped_templates()]
REVIEWED = ("Jane Doe", date(2021, 3, 31))
LINES = (0, 8, 16, 24, 32, 40, 48, 56, 64)
"""So many more lines of what it is about bring each further page there can be."""


def marks(kind: LetterKind, language: str = "de", variant: str = "standard") -> dict[str, str]:
    """For each block a sign of its own; a letter of nothing else fits on one page."""
    return {
        key: f"{language}q{number}q"
        for number, key in enumerate(texts.shipped_blocks(kind, language, variant))
    }


def sources(kind: LetterKind, language: str, variant: str) -> Iterator[LetterSource]:
    """Letters in all cases, on one page and on as many as there can be, real and as specimens."""
    own, binding = marks(kind, language, variant), marks(kind)
    for conditions in cases(kind, own):
        for lines in LINES if not conditions else LINES[:1]:
            data = dummy(kind, conditions, hard=False, language=language)
            more = "<br/>Und das." * lines
            if language == "de":
                blocks = {**own, "about": own["about"] + more}
                yield LetterSource(kind, blocks, storable(data), LetterVariant(variant), demo=True)
                continue
            blocks = {**binding, "about": binding["about"] + more}
            source = LetterSource(kind, blocks, storable(data), LetterVariant.STANDARD, demo=True)
            yield replace(source, translation=CourtesyText(language, own))
            yield replace(source, translation=CourtesyText(language, own, *REVIEWED))


def said_by(source: LetterSource) -> set[str]:
    """The signs in a letter; none where it is too long to be one."""
    try:
        leaves = composed(source).leaves
    except Refused as refused:
        if refused.code != "letter_too_long":
            raise
        return set()
    items = (item for leaf in leaves for item in leaf.items)
    return {
        word.strip(".:,()")
        for item in items
        if not isinstance(item, Rule | Frame)
        for word in item.content.split()
    }


@pytest.mark.parametrize(("kind", "language", "variant"), SHIPPED)
def test_each_block_stands_in_some_letter(kind: LetterKind, language: str, variant: str) -> None:
    said: set[str] = set()
    for source in sources(kind, language, variant):
        said |= said_by(source)
    own = marks(kind, language, variant)
    assert [key for key, mark in own.items() if mark not in said] == []
