"""What stands in a cell of a table on paper: set as large as fits, broken in two, cut with dots.

Lists are for people at work: where the fonts lack a character of a name, the rest of it is printed
all the same.
"""

import unicodedata

from koba_desktop.letters.typesetting import fonts
from koba_desktop.letters.typesetting.page import Item, Text, capital_height

BLACK = "#000000"
MISSING = "\N{REPLACEMENT CHARACTER}"
"""Stands for a character the fonts lack."""

Cell = str | tuple[str, ...]
"""One text; or several, one below the other, of which the first is the main one."""

SIZE, SMALLEST = 9.0, 6.5
UNDER = 8.0  # points: what stands below the main text
GAP = 1.6  # mm between two columns
_STEP = 3.0  # mm between the lines of one text broken in two
_LEADING = 3.9  # mm between stacked texts, where there is room
_PADDING = 1.4  # mm of a row that stay empty


def said(text: str) -> str:
    """A text as lists can set it: on one line, without control characters, and with a sign of its
    own for each character the fonts lack."""
    visible = "".join(" " if unicodedata.category(ch) == "Cc" else ch for ch in text)
    tidied = fonts.tidy(visible)
    for ch in fonts.missing(tidied):
        tidied = tidied.replace(ch, MISSING)
    return tidied


def one_line(
    text: str,
    x: float,
    baseline: float,
    width: float,
    size: float,
    *,
    smallest: float = SMALLEST,
    bold: bool = False,
    where: str = "",
) -> Text:
    """A text in the largest size from ``size`` (points) on that keeps to a width (mm); what is too
    long even in the smallest ends in dots."""
    line, fitted = _line(said(text), width, size, smallest, bold=bold)
    return Text(x, baseline, line, fitted, bold=bold, ink=BLACK, where=where)


def cell_items(
    cell: Cell,
    x: float,
    top: float,
    width: float,
    height: float,
    *,
    size: float = SIZE,
    bold: bool = False,
    where: str = "",
) -> list[Item]:
    """The texts of a cell, in the middle of its row; ``width`` is that of the column."""
    first, *under = (cell,) if isinstance(cell, str) else cell
    room = width - GAP
    lines = _first(said(first), room, size, bold=bold)
    whole = len(lines)
    for text in under:
        if text:
            lines.append((*_line(said(text), room, UNDER, SMALLEST), False))
    step = _STEP
    if len(lines) > whole:
        step = min(_LEADING, (height - _PADDING) / len(lines))
    made: list[Item] = []
    middle = top + height / 2
    for number, (text, set_in, heavy) in enumerate(lines):
        if text:
            baseline = middle + capital_height(set_in) / 2 + (number - (len(lines) - 1) / 2) * step
            made.append(Text(x, baseline, text, set_in, bold=heavy, ink=BLACK, where=where))
    return made


def shortened(text: str, font: str, size: float, width: float) -> str:
    """The text, or as much of its beginning as a width holds, ending in dots."""
    if fonts.text_width(text, font, size) <= width:
        return text
    dots = "…"
    return _fitting(text, font, size, width - fonts.text_width(dots, font, size)) + dots


def _first(text: str, width: float, size: float, *, bold: bool) -> list[tuple[str, float, bool]]:
    """One line of text, or two smaller ones; what is longer still ends in dots."""
    font = fonts.BOLD if bold else fonts.REGULAR
    while size > SMALLEST and fonts.text_width(text, font, size) > width:
        size -= 0.5
    if fonts.text_width(text, font, size) <= width:
        return [(text, size, bold)]
    first = _fitting(text, font, size, width)
    end = max(first.rfind(" "), first.rfind("-") + 1)
    if end > 0:
        first = first[:end]
    rest = shortened(text[len(first) :].strip(), font, size, width)
    return [(first, size, bold), (rest, size, bold)]


def _line(
    text: str, width: float, size: float, smallest: float, *, bold: bool = False
) -> tuple[str, float]:
    font = fonts.BOLD if bold else fonts.REGULAR
    while size > smallest and fonts.text_width(text, font, size) > width:
        size -= 0.5
    return shortened(text, font, size, width), size


def _fitting(text: str, font: str, size: float, width: float) -> str:
    """As much of the beginning of a text as a width holds."""
    end = len(text)
    while end > 1 and fonts.text_width(text[:end], font, size) > width:
        end -= 1
    return text[:end]
