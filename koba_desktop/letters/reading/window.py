"""Reading a finished PDF back: what would the envelope's window show?

A folded sheet slides in its envelope. Every glyph of the address must be visible in every position
of the sheet, and nothing but the address and the return line may be visible in any. No letter is
printed that breaks this; so the check reads the PDF itself, not what the program meant to draw.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from koba_desktop.domain.errors import Unavailable
from koba_desktop.letters.reading.ink import Glyph, bare, glyphs, shapes
from koba_desktop.letters.reading.pdfium import opened
from koba_desktop.letters.typesetting.geometry import (
    HOLE_MARK,
    MM_PER_POINT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    Rect,
    Sheet,
)
from koba_desktop.services.ports import Violation

_TOLERANCE = 0.05  # mm, of the arithmetic
_MARK_TOLERANCE = 0.3
_PAGE_TOLERANCE = 0.1
_MARKS_RIGHT = 12.0  # marks end left of this
_SAME_LINE = 0.6  # mm between base lines
_THIN = 0.8  # mm: what is thinner is a rule (PDFium counts the stroke on both sides)
_AT_ONCE = 500  # letters: PDFium keeps what it has read until the document is closed
_FORBIDDEN_WORD = "jobcenter"


@dataclass(frozen=True, slots=True)
class Expected:
    """What the window of a letter is to show, and on how many pages the letter stands."""

    sheet: Sheet
    return_line: str
    address: Sequence[str]
    pages: int


def check(pdf: bytes, letters: Sequence[Expected]) -> tuple[tuple[Violation, ...], ...]:
    """All violations of each letter of a PDF, in their order; pages are counted from each one's
    first. Of no letter there is none, and no PDF.

    Raises Unavailable(``pdf_damaged``), also where the PDF has other pages than the letters.
    """
    found: list[tuple[Violation, ...]] = []
    if not letters and not pdf:
        return ()
    first = 0
    for start in range(0, max(1, len(letters)), _AT_ONCE):
        with opened(pdf) as document:
            if len(document) != sum(letter.pages for letter in letters):
                raise Unavailable("pdf_damaged")
            for letter in letters[start : start + _AT_ONCE]:
                broken: list[Violation] = []
                for number in range(letter.pages):
                    page = document[first + number]
                    broken += _on_page(page, number, letter)
                    page.close()
                first += letter.pages
                found.append(tuple(broken))
    return tuple(found)


def _on_page(page: Any, number: int, letter: Expected) -> list[Violation]:
    """On the page with this number (from 0). What lies behind the first may be folded outside."""
    found = _size(page, number + 1)
    sheet = letter.sheet
    seen = glyphs(page, sheet.ever_visible)
    drawn = shapes(page)
    if number == 0:
        found += _address(seen, sheet, letter.return_line, letter.address)
        found += _graphics(drawn, seen, sheet)
        found += _marks(drawn, sheet)
    else:
        found += [_foreign(glyph, number + 1) for glyph in seen]
        found += [replace(one, page=number + 1) for one in _graphics(drawn, [], sheet)]
    return found


def _address(
    seen: Sequence[Glyph], sheet: Sheet, return_line: str, address: Sequence[str]
) -> list[Violation]:
    found = []
    lines = _lines(seen)
    shown = ["".join(glyph.char for glyph in line) for line in lines]
    if _FORBIDDEN_WORD in "".join(shown).lower():
        found.append(Violation("word_in_window", _FORBIDDEN_WORD.capitalize()))
    expected_return = bare(return_line)
    if expected_return:
        if not shown or shown[0] != expected_return:
            found.append(Violation("return_line_differs", shown[0] if shown else ""))
        lines, shown = lines[1:], shown[1:]
    expected = [said for line in address if (said := bare(line))]
    for line, text in zip(lines, shown, strict=True):
        if text not in expected:
            found.append(_foreign(line[0], 1, text))
    if _each_once([text for text in shown if text in expected]) != _each_once(expected):
        found.append(Violation("address_differs", " / ".join(shown)))
    found += [
        Violation("address_glyph_hidden", glyph.char, glyph.box.left, glyph.box.top)
        for line in lines
        for glyph in line
        if not sheet.always_visible.contains(glyph.box, _TOLERANCE)
    ]
    return found


def _graphics(drawn: Iterable[Rect], seen: Sequence[Glyph], sheet: Sheet) -> list[Violation]:
    """A thin rule right under the return line belongs to it; nothing else may be drawn."""
    first = _lines(seen)[:1]
    return_bottom = max((glyph.box.bottom for line in first for glyph in line), default=0.0)
    found = []
    for shape in drawn:
        if not shape.touches(sheet.ever_visible):
            continue
        rule = shape.bottom - shape.top <= _THIN and sheet.always_visible.left <= shape.left
        if rule and 0 <= shape.top - return_bottom + _THIN <= 2.0 and first:
            continue
        found.append(Violation("foreign_graphic_in_window", x=shape.left, y=shape.top))
    return found


def _marks(drawn: Iterable[Rect], sheet: Sheet) -> list[Violation]:
    heights = [
        (shape.top + shape.bottom) / 2
        for shape in drawn
        if shape.right <= _MARKS_RIGHT and shape.bottom - shape.top <= _THIN
    ]
    return [
        Violation("mark_missing", y=mark)
        for mark in (*sheet.form.fold_marks, HOLE_MARK)
        if not any(abs(y - mark) <= _MARK_TOLERANCE for y in heights)
    ]


def _size(page: Any, number: int) -> list[Violation]:
    width, height = page.get_width() * MM_PER_POINT, page.get_height() * MM_PER_POINT
    right = (
        abs(width - PAGE_WIDTH) <= _PAGE_TOLERANCE and abs(height - PAGE_HEIGHT) <= _PAGE_TOLERANCE
    )
    return [] if right else [Violation("page_not_a4", f"{width:.1f} × {height:.1f}", page=number)]


def _foreign(glyph: Glyph, page: int, text: str = "") -> Violation:
    return Violation(
        "foreign_text_in_window", text or glyph.char, glyph.box.left, glyph.box.top, page
    )


def _lines(seen: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs by line from top to bottom, each line from left to right, with its accents behind."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(seen, key=lambda each: (each.accent, each.baseline)):
        if glyph.accent and lines:
            min(lines, key=lambda line: abs(line[0].baseline - glyph.baseline)).append(glyph)
        elif lines and glyph.baseline - lines[-1][0].baseline <= _SAME_LINE:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [sorted(line, key=_place) for line in lines]


def _place(glyph: Glyph) -> tuple[bool, str, float]:
    """Where it stands in its line, of an accent as ``bare`` has it."""
    return glyph.accent, glyph.char if glyph.accent else "", glyph.box.left


def _each_once(lines: Sequence[str]) -> list[str]:
    """Without immediate repeats: PDFium takes a line drawn twice for one drawn bold."""
    return [line for line, _repeats in itertools.groupby(lines)]
