"""Leichte Sprache: by its rules, as complete as the standard letter, and set to be read easily."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pdfplumber
import pytest

from koba_desktop.domain import wording
from koba_desktop.domain.vocabulary import LetterKind, LetterVariant
from koba_desktop.letters.letter import body, easy_body, german, texts, values
from koba_desktop.letters.letter.body_parts import Body, Content, Scale
from koba_desktop.letters.letter.dummies import dummy
from koba_desktop.letters.letter.render import Renderer
from koba_desktop.letters.letter.wording_desk import cases
from koba_desktop.letters.typesetting import markup
from koba_desktop.letters.typesetting.geometry import (
    BOTTOM,
    ENVELOPES,
    FORMS,
    MARGIN_LEFT,
    TEXT_RIGHT,
    Sheet,
    sheet,
)
from koba_desktop.letters.typesetting.page import Item, Passage
from koba_desktop.services.letters.data import LetterData, storable
from koba_desktop.services.ports import LetterSource, RenderedLetter

MOST_WORDS = 13  # a date has three
SAID_ONCE = {"contact_slip.second_page"}
"""Of two versions one: the slip is on the last page, be it the only one."""
LONGEST_WORD = 14  # letters; longer ones are divided
SMALLEST_TYPE = 12.0
LARGE = 18.0
ON_A_LINE_TOGETHER = "slip_"  # what is ticked may say two things in a row
FORBIDDEN = {
    "genitive": r"\b(des|eines|meines|[Ii]hres|unseres|dieses|wegen|innerhalb|während|trotz)\b",
    "subjunctive": r"\b(würde|wäre|könnte|hätte|sollte|dürfte|müsste)\w*\b",
    "passive": r"\b(werden|wurden?|worden)\b",
    "abbreviation": r"\b(z\. ?B|d\. ?h|bzw|usw|ggf|evtl|Nr|SGB|Tel|St[dr])\b|[§%&]",
    "number in letters": r"\b(zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf)\w*\b",
}

of_every_kind = pytest.mark.parametrize("kind", list(LetterKind))
of_every_sheet = pytest.mark.parametrize(
    ("form", "envelope"), [(form, envelope) for form in FORMS for envelope in ENVELOPES]
)


def easy(kind: LetterKind) -> dict[str, str]:
    return texts.shipped_blocks(kind, "de", LetterVariant.EASY)


def lines(kind: LetterKind) -> Iterator[tuple[str, str]]:
    """What the letter says line by line, examples in the place of its placeholders."""
    for key, text in easy(kind).items():
        said = wording.replaced(text, lambda used: wording.PLACEHOLDERS[used])
        for line in said.split("<br/>"):
            yield key, markup.plain(line)


def letters(kind: LetterKind) -> Iterator[LetterData]:
    for conditions in cases(kind, easy(kind)):
        for hard in (False, True):
            yield dummy(kind, conditions, hard=hard)


def rendered(kind: LetterKind, data: LetterData) -> RenderedLetter:
    source = LetterSource(kind, easy(kind), storable(data), LetterVariant.EASY)
    return Renderer(invariant=True).render(source)


def laid_out(kind: LetterKind, data: LetterData, scale: Scale) -> tuple[Body, Sheet]:
    geometry = sheet(data["form"], data["envelope"])
    chosen = texts.choose(easy(kind), values.conditions(data) | {"second_page"})
    starts = values.appointment_start(data)
    content = Content(
        salutation=data["salutation_line"],
        large_line=german.moment(starts) if starts else "",
        papers=tuple(data["papers"]),
        office=data["office"],
        specimen=True,
    )
    filled = texts.fill(chosen, values.values(data))
    return easy_body.compose(filled, content, geometry, scale), geometry


def passages(items: tuple[Item, ...]) -> list[Passage]:
    return [item for item in items if isinstance(item, Passage)]


# --- what is said ---------------------------------------------------------------------------------


@of_every_kind
def test_it_has_the_blocks_and_versions_of_the_standard_letter(kind: LetterKind) -> None:
    standard = texts.shipped_blocks(kind)
    assert set(standard) - SAID_ONCE <= set(easy(kind))
    names = {key.split(".")[0] for key in standard}
    assert {key.split(".")[0] for key in easy(kind)} - names == {"page_third", "page_fourth"}


@of_every_kind
def test_each_block_says_what_the_standard_one_says_by_placeholders(kind: LetterKind) -> None:
    for key, text in texts.shipped_blocks(kind).items():
        if key in SAID_ONCE:
            continue
        assert set(wording.placeholders(easy(kind)[key])) == set(wording.placeholders(text)), key


@of_every_kind
def test_sentences_are_short_and_each_stands_on_a_line_of_its_own(kind: LetterKind) -> None:
    for key, line in lines(kind):
        if not key.startswith(ON_A_LINE_TOGETHER):
            assert not re.search(r"(?<!\d)[.?!] [A-ZÄÖÜ]", line), (key, line)
        for sentence in re.split(r"(?<=[^\d][.?!]) ", line):
            assert len(sentence.split()) <= MOST_WORDS, (key, sentence)
            assert sentence.count(",") <= 2, (key, sentence)


@of_every_kind
@pytest.mark.parametrize("rule", FORBIDDEN)
def test_it_keeps_to_the_rules_of_leichte_sprache(kind: LetterKind, rule: str) -> None:
    found = [line for _key, line in lines(kind) if re.search(FORBIDDEN[rule], line)]
    assert found == []


@of_every_kind
def test_long_words_are_divided(kind: LetterKind) -> None:
    words = {
        part
        for key, text in easy(kind).items()
        if not key.startswith("letterhead")
        for part in re.findall(r"\w+", markup.plain(wording.replaced(text, lambda used: "")))
    }
    assert [word for word in words if len(word) > LONGEST_WORD] == []


# --- how it is set --------------------------------------------------------------------------------


@of_every_kind
def test_no_type_is_small_and_the_appointment_is_large(kind: LetterKind) -> None:
    for data in letters(kind):
        for scale in easy_body.SCALES:
            laid, _sheet = laid_out(kind, data, scale)
            for leaf in (laid, *laid.overleaf):
                said = passages(leaf.items)
                small = [p.content for p in said if p.setting.size < SMALLEST_TYPE]
                assert small == []
                for large in (p for p in said if p.where == "appointment"):
                    assert large.setting.size >= LARGE


@of_every_kind
def test_nothing_overlaps_or_leaves_the_column(kind: LetterKind) -> None:
    for data in letters(kind):
        for scale in easy_body.SCALES:
            laid, geometry = laid_out(kind, data, scale)
            fits = laid.bottom <= BOTTOM
            for leaf in (laid, *laid.overleaf):
                at = geometry.subject_top - 3.0
                for said in sorted(passages(leaf.items), key=lambda p: p.top):
                    if said.where in ("box_number", "box_number_label", "specimen"):
                        continue
                    assert said.top >= at - 0.01, (said.where, said.content)
                    assert said.x >= MARGIN_LEFT
                    assert said.x + said.width <= TEXT_RIGHT + 0.01
                    at = said.bottom if said.where != "box_line" else at
                assert at <= BOTTOM or not fits


@of_every_kind
@of_every_sheet
def test_the_window_shows_the_address_alone_on_every_page(
    kind: LetterKind, form: str, envelope: str
) -> None:
    for data in letters(kind):
        data["form"], data["envelope"] = form, envelope
        made = rendered(kind, data)
        assert made.violations == ()
        assert made.pages <= (4 if kind is LetterKind.SUMMONS else 3)


@of_every_kind
def test_the_slip_is_on_the_last_page_and_every_page_says_its_number(kind: LetterKind) -> None:
    data: Any = dummy(kind, (), hard=False)
    made = rendered(kind, data)
    with pdfplumber.open(io.BytesIO(made.pdf)) as document:
        said = [page.extract_text() for page in document.pages]
    slip = easy(kind)["slip_translation"]
    assert [markup.plain(slip) in page for page in said] == [False] * (len(said) - 1) + [True]
    assert [f"Seite {number}" in page for number, page in enumerate(said, start=1)] == (
        [True] * len(said)
    )
    assert "letzten Seite" in " ".join(said)


def test_smaller_type_is_tried_before_another_sheet() -> None:
    order = [(scale.leaves, -scale.text, -scale.air) for scale in easy_body.SCALES]
    assert order == sorted(order)
    assert easy_body.SLIP_SIZE > body.SLIP_SIZE
    short = dummy(LetterKind.CONFIRMATION, (), hard=False)
    laid, _sheet = laid_out(LetterKind.CONFIRMATION, short, easy_body.SCALES[0])
    assert laid.bottom <= BOTTOM
