"""What stands in a cell of a table on paper: set as large as fits, broken in two, cut with dots.

Lists are for people at work: a name stands there as it is written, in whatever script the fonts
have; where they lack a character of it, the client's number stands in its place.
"""

import unicodedata
from collections.abc import Iterable

from koba_desktop.letters.letter.foreign import tidied
from koba_desktop.letters.typesetting import fonts
from koba_desktop.letters.typesetting.mixed import Mixed
from koba_desktop.letters.typesetting.mixed import text_width as mixed_width
from koba_desktop.letters.typesetting.page import Item, Text, capital_height

BLACK = "#000000"
MISSING = "\N{REPLACEMENT CHARACTER}"
"""Stands for a character the fonts lack."""
NOT_PRINTED = "Name nicht druckbar"
"""Stands below a number that stands in place of a name."""

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
    one_lined = tidied(visible)
    for ch in fonts.missing_everywhere(one_lined):
        one_lined = one_lined.replace(ch, MISSING)
    return one_lined


def unprintable(names: Iterable[str]) -> frozenset[str]:
    """Those of the names that no list can show whole."""
    return frozenset(name for name in names if fonts.missing_everywhere(tidied(name)))


def identified(name: str, number: str) -> tuple[str, str]:
    """What says on a list who it is, and what is to be said of that: the name; where it cannot be
    shown the client's number, which is found in every search."""
    if number and unprintable([name]):
        return number, NOT_PRINTED
    return name, ""


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
) -> Text | Mixed:
    """A text in the largest size from ``size`` (points) on that keeps to a width (mm); what is too
    long even in the smallest ends in dots."""
    line, fitted = _line(said(text), width, size, smallest, bold=bold)
    return _drawn(x, baseline, line, fitted, bold=bold, where=where)


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
            made.append(_drawn(x, baseline, text, set_in, bold=heavy, where=where))
    return made


def _drawn(
    x: float, baseline: float, text: str, size: float, *, bold: bool, where: str
) -> Text | Mixed:
    kind = Mixed if fonts.missing(text) else Text
    return kind(x, baseline, text, size, bold=bold, ink=BLACK, where=where)


def _width(text: str, size: float, *, bold: bool) -> float:
    if fonts.missing(text):
        return mixed_width(text, size, bold=bold)
    return fonts.text_width(text, fonts.BOLD if bold else fonts.REGULAR, size)


def _shortened(text: str, size: float, width: float, *, bold: bool) -> str:
    """The text, or as much of its beginning as a width holds, ending in dots."""
    if _width(text, size, bold=bold) <= width:
        return text
    dots = "…"
    return _fitting(text, size, width - _width(dots, size, bold=bold), bold=bold) + dots


def _first(text: str, width: float, size: float, *, bold: bool) -> list[tuple[str, float, bool]]:
    """One line of text, or two smaller ones; what is longer still ends in dots."""
    size = _shrunk(text, width, size, SMALLEST, bold=bold)
    if _width(text, size, bold=bold) <= width:
        return [(text, size, bold)]
    first = _fitting(text, size, width, bold=bold)
    end = max(first.rfind(" "), first.rfind("-") + 1)
    if end > 0:
        first = first[:end]
    rest = _shortened(text[len(first) :].strip(), size, width, bold=bold)
    return [(first, size, bold), (rest, size, bold)]


def _line(
    text: str, width: float, size: float, smallest: float, *, bold: bool = False
) -> tuple[str, float]:
    size = _shrunk(text, width, size, smallest, bold=bold)
    return _shortened(text, size, width, bold=bold), size


def _shrunk(text: str, width: float, size: float, smallest: float, *, bold: bool) -> float:
    """The largest size in which the text keeps to the width, else the smallest."""
    while size > smallest and _width(text, size, bold=bold) > width:
        size -= 0.5
    return size


def _fitting(text: str, size: float, width: float, *, bold: bool) -> str:
    """As much of the beginning of a text as a width holds."""
    end = len(text)
    while end > 1 and _width(text[:end], size, bold=bold) > width:
        end -= 1
    return text[:end]
