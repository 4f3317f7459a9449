"""Tables on paper that run over as many pages as they need, with room for the pen.

Black on white: any printer will do, and it may be copied. Every page says what it is, as of when,
and what becomes of it afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from koba_desktop.domain.clock import wall
from koba_desktop.letters import fonts
from koba_desktop.letters.geometry import PAGE_HEIGHT, PAGE_WIDTH
from koba_desktop.letters.page import Frame, Item, Rule, Text, capital_height, fitted

BLACK = "#000000"
LEFT = 14.0
RIGHT = PAGE_WIDTH - 14.0
BOTTOM = PAGE_HEIGHT - 21.0

_TOP = 16.0  # first base line
_ROW = 8.6
_HEAD_ROW = 6.2
_GROUP_ROW = 9.4
_TITLE_SIZE, _DAY_SIZE, _OFFICE_SIZE = 17.0, 12.0, 9.5
_GROUP_SIZE = 11.0
_SIZE, _SMALLEST = 9.0, 6.5
_HEAD_SIZE = 7.5
_FOOT_SIZE = 8.0
_FOOT = PAGE_HEIGHT - 12.0
_GAP = 1.6  # between two columns
_PEN_GAP = 0.9  # from the line before a column for the pen to its title
_PRIVACY = "Nach der Störung vernichten."
_SPECIMEN = "Muster"
_SPECIMEN_SIZE = 12.0


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` in mm. A column for the ``pen`` stands behind the others, parted by a line."""

    title: str
    width: float
    bold: bool = False
    pen: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """``where`` says which line it is, should it hold what cannot be printed."""

    cells: tuple[str, ...]
    where: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under a heading ("" for none); ``nothing`` stands there where it has none."""

    heading: str
    lines: tuple[Line, ...]
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table, which begins on a page of its own. ``free_lines`` are added at its end."""

    office: str
    title: str
    day: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    nothing: str
    free_lines: int = 0


def laid_out(sheets: Sequence[Sheet], as_of: datetime, *, demo: bool = False) -> list[list[Item]]:
    """The pages of all tables, numbered through."""
    pages = [page for sheet in sheets for page in _Pages(sheet).all()]
    stand = f"Stand: {wall(as_of):%d.%m.%Y, %H:%M}"
    return [
        [*items, *_foot(stand, number, len(pages)), *(_specimen() if demo else ())]
        for number, items in enumerate(pages, start=1)
    ]


class _Pages:
    """The pages of one table, filled from top to bottom."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._pages: list[list[Item]] = []
        self._at = BOTTOM
        self._heading = ""

    def all(self) -> list[list[Item]]:
        self._begin_page()
        if not any(group.lines or group.nothing for group in self._sheet.groups):
            self._write(self._sheet.nothing, self._at + _ROW / 2)
            self._at += _ROW
            self._rule(0.4)
        for group in self._sheet.groups:
            self._group(group)
        self._heading = ""
        for _number in range(self._sheet.free_lines):
            self._line(Line(()))
        return self._pages

    def _group(self, group: Group) -> None:
        if not group.lines and not group.nothing:
            return
        self._heading = ""
        if self._at + _GROUP_ROW + _ROW > BOTTOM:
            self._begin_page()
        if group.heading:
            self._heading = fonts.tidy(group.heading)
            self._group_heading(self._heading)
        if not group.lines:
            self._line(Line((group.nothing,)))
        for line in group.lines:
            self._line(line)

    def _begin_page(self) -> None:
        sheet = self._sheet
        office = fitted(
            fonts.tidy(sheet.office),
            x=LEFT,
            baseline=_TOP,
            width=RIGHT - LEFT - 30.0,
            largest=_OFFICE_SIZE,
            smallest=5.0,
            ink=BLACK,
            where="office.name",
        )
        baseline = _TOP + 9.0
        title = Text(LEFT, baseline, f"Notliste: {sheet.title}", _TITLE_SIZE, bold=True, ink=BLACK)
        day = Text(RIGHT, baseline, sheet.day, _DAY_SIZE, ink=BLACK, right_aligned=True)
        under = baseline + 2.6
        self._pages.append([office, title, day, Rule(LEFT, under, RIGHT, under, 1.2, BLACK)])
        self._at = under
        self._column_titles()
        if self._heading:
            self._group_heading(f"{self._heading} (Fortsetzung)")

    def _column_titles(self) -> None:
        baseline = self._at + _HEAD_ROW / 2 + capital_height(_HEAD_SIZE) / 2
        x = LEFT
        for column in self._sheet.columns:
            self._pages[-1].append(Text(x, baseline, column.title, _HEAD_SIZE, ink=BLACK))
            x += column.width
        self._at += _HEAD_ROW
        self._rule(0.8)

    def _group_heading(self, said: str) -> None:
        baseline = self._at + _GROUP_ROW - 2.4
        self._pages[-1].append(
            fitted(
                said,
                x=LEFT,
                baseline=baseline,
                width=RIGHT - LEFT,
                largest=_GROUP_SIZE,
                smallest=4.0,
                bold=True,
                ink=BLACK,
                where=said,
            )
        )
        self._at += _GROUP_ROW
        self._rule(0.8)

    def _line(self, line: Line) -> None:
        if self._at + _ROW > BOTTOM:
            self._begin_page()
        x = LEFT
        for column, cell in zip(self._sheet.columns, line.cells, strict=False):
            self._cell(cell, x, column, line.where)
            x += column.width
        self._part_columns()
        self._at += _ROW
        self._rule(0.4)

    def _part_columns(self) -> None:
        x = LEFT
        for column in self._sheet.columns:
            if column.pen:
                edge = x - _PEN_GAP
                self._pages[-1].append(Rule(edge, self._at, edge, self._at + _ROW, 0.4, BLACK))
            x += column.width

    def _cell(self, cell: str, x: float, column: Column, where: str) -> None:
        """One line of text, or two smaller ones; what is longer still ends in dots."""
        said = fonts.tidy(cell)
        font = fonts.BOLD if column.bold else fonts.REGULAR
        width = column.width - _GAP
        size = _SIZE
        while size > _SMALLEST and fonts.text_width(said, font, size) > width:
            size -= 0.5
        middle = self._at + _ROW / 2
        lines = [said]
        if fonts.text_width(said, font, size) > width:
            lines = _in_two(said, font, size, width)
        step = 3.0 if len(lines) > 1 else 0.0
        for number, each in enumerate(lines):
            baseline = middle + capital_height(size) / 2 + (number - (len(lines) - 1) / 2) * step
            self._pages[-1].append(
                Text(x, baseline, each, size, bold=column.bold, ink=BLACK, where=where)
            )

    def _write(self, said: str, middle: float) -> None:
        baseline = middle + capital_height(_SIZE) / 2
        self._pages[-1].append(Text(LEFT, baseline, said, _SIZE, ink=BLACK))

    def _rule(self, weight: float) -> None:
        self._pages[-1].append(Rule(LEFT, self._at, RIGHT, self._at, weight, BLACK))


def _in_two(said: str, font: str, size: float, width: float) -> list[str]:
    """A text on two lines, broken at a space where there is one, cut at the end of the second."""
    first = _fitting(said, font, size, width)
    if (space := first.rfind(" ")) > 0:
        first = first[:space]
    rest = said[len(first) :].strip()
    if fonts.text_width(rest, font, size) > width:
        rest = _fitting(rest, font, size, width - fonts.text_width("…", font, size)) + "…"
    return [first, rest]


def _fitting(said: str, font: str, size: float, width: float) -> str:
    """As much of the beginning of a text as a width holds."""
    end = len(said)
    while end > 1 and fonts.text_width(said[:end], font, size) > width:
        end -= 1
    return said[:end]


def _foot(stand: str, number: int, of: int) -> list[Item]:
    page = f"Seite {number} von {of}"
    middle = (LEFT + RIGHT - fonts.text_width(_PRIVACY, fonts.BOLD, _FOOT_SIZE)) / 2
    return [
        Rule(LEFT, _FOOT - 4.5, RIGHT, _FOOT - 4.5, 0.4, BLACK),
        Text(LEFT, _FOOT, stand, _FOOT_SIZE, ink=BLACK),
        Text(middle, _FOOT, _PRIVACY, _FOOT_SIZE, bold=True, ink=BLACK),
        Text(RIGHT, _FOOT, page, _FOOT_SIZE, ink=BLACK, right_aligned=True),
    ]


def _specimen() -> list[Item]:
    """The framed word, at the top right, that says that nobody is really expected."""
    padding = 1.6
    width = fonts.text_width(_SPECIMEN, fonts.BOLD, _SPECIMEN_SIZE) + 2 * padding
    height = capital_height(_SPECIMEN_SIZE) + 2 * padding
    left = RIGHT - width
    return [
        Frame(left, _TOP + padding - height, width, height, ink=BLACK),
        Text(left + padding, _TOP, _SPECIMEN, _SPECIMEN_SIZE, bold=True, ink=BLACK),
    ]
