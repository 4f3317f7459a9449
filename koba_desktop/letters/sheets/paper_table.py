"""Tables on paper that run over as many pages as they need, with room for the pen.

Black on white: any printer will do, and it may be copied. Every page says what it is, as of when,
and what becomes of it afterwards. A character the fonts lack stops no list: where no number can
stand for a name, a sign of its own stands for the character, and the page says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from koba_desktop.domain.clock import wall
from koba_desktop.letters.sheets.paper_cells import BLACK, MISSING, SIZE, Cell, cell_items, one_line
from koba_desktop.letters.typesetting import fonts
from koba_desktop.letters.typesetting.geometry import PAGE_HEIGHT, PAGE_WIDTH
from koba_desktop.letters.typesetting.mixed import Mixed
from koba_desktop.letters.typesetting.page import Item, Rule, Text, capital_height, passage
from koba_desktop.letters.typesetting.specimen import specimen

LEFT = 14.0
RIGHT = PAGE_WIDTH - 14.0
BOTTOM = PAGE_HEIGHT - 21.0
ROW = 8.6

_TOP = 16.0  # first base line
_HEAD_ROW = 6.2
_GROUP_ROW = 9.4
_TITLE_SIZE, _DAY_SIZE, _OFFICE_SIZE = 17.0, 12.0, 9.5
_TITLE_GAP = 6.0
_GROUP_SIZE = 11.0
_REMARK_SIZE = 9.5
_HEAD_SIZE = 7.5
_FOOT_SIZE = 8.0
_FOOT = PAGE_HEIGHT - 12.0
_MISSING_SIZE = 7.0
_PEN_GAP = 0.9  # from the line before a column for the pen to its title
_MISSING_NOTE = f"{MISSING} = Zeichen, das diese Schrift nicht hat"
_SPECIMEN_SIZE = 12.0


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` in mm, ``size`` in points. A column for the ``pen`` stands behind the others,
    parted by a line."""

    title: str
    width: float
    bold: bool = False
    pen: bool = False
    size: float = SIZE

    def items(self, cell: Cell, x: float, top: float, height: float, where: str) -> list[Item]:
        """A cell of this column in a row of a ``height`` (mm)."""
        return cell_items(
            cell, x, top, self.width, height, size=self.size, bold=self.bold, where=where
        )


class Row(Protocol):
    """What stands between two lines across the sheet; ``height`` in mm."""

    @property
    def height(self) -> float: ...

    def items(self, columns: Sequence[Column], top: float) -> list[Item]:
        """What is drawn of it, from ``LEFT`` on."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of cells; ``where`` says which one it is."""

    cells: tuple[Cell, ...]
    where: str = ""
    height: float = ROW

    def items(self, columns: Sequence[Column], top: float) -> list[Item]:
        made: list[Item] = []
        x = LEFT
        for column, cell in zip(columns, self.cells, strict=False):
            made += column.items(cell, x, top, self.height, self.where)
            x += column.width
        return made


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading ("" for none); ``nothing`` stands there where it has none."""

    heading: str
    lines: tuple[Row, ...]
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table, which begins on a page of its own. ``remark`` stands above the columns on every
    page, ``nothing`` where the table is empty; ``free`` are rows to write on, at its end."""

    office: str
    title: str
    day: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    nothing: str
    free: tuple[Row, ...] = ()
    remark: str = ""


def laid_out(
    sheets: Sequence[Sheet], as_of: datetime, *, secrecy: str, demo: bool = False
) -> list[list[Item]]:
    """The pages of all tables, numbered through; ``secrecy`` stands at the foot of each."""
    pages = [page for sheet in sheets for page in _Pages(sheet).all()]
    mark = specimen(RIGHT, _TOP, size=_SPECIMEN_SIZE, padding=1.6, ink=BLACK) if demo else []
    stand = f"Stand: {wall(as_of):%d.%m.%Y, %H:%M}"
    return [
        [*items, *_foot(items, stand, secrecy, number, len(pages)), *mark]
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
            self._write(self._sheet.nothing, self._at + ROW / 2)
            self._at += ROW
            self._rule(0.4)
        for group in self._sheet.groups:
            self._group(group)
        self._heading = ""
        for row in self._sheet.free:
            self._row(row)
        return self._pages

    def _group(self, group: Group) -> None:
        lines = group.lines or ((Line((group.nothing,)),) if group.nothing else ())
        if not lines:
            return
        self._heading = ""
        if self._at + _GROUP_ROW + lines[0].height > BOTTOM:
            self._begin_page()
        if group.heading:
            self._heading = group.heading
            self._group_heading(self._heading)
        for row in lines:
            self._row(row)

    def _begin_page(self) -> None:
        sheet = self._sheet
        width = RIGHT - LEFT
        office = one_line(
            sheet.office, LEFT, _TOP, width - 30.0, _OFFICE_SIZE, smallest=5.0, where="office.name"
        )
        baseline = _TOP + 9.0
        day = Text(RIGHT, baseline, sheet.day, _DAY_SIZE, ink=BLACK, right_aligned=True)
        title = one_line(
            sheet.title,
            LEFT,
            baseline,
            width - day.width - _TITLE_GAP,
            _TITLE_SIZE,
            smallest=_DAY_SIZE,
            bold=True,
        )
        under = baseline + 2.6
        self._pages.append([office, title, day, Rule(LEFT, under, RIGHT, under, 1.2, BLACK)])
        self._at = under
        if sheet.remark:
            self._remark(sheet.remark)
        self._column_titles()
        if self._heading:
            self._group_heading(f"{self._heading} (Fortsetzung)")

    def _remark(self, remark: str) -> None:
        width = RIGHT - LEFT
        laid = passage(
            remark, x=LEFT, top=self._at + 1.6, width=width, size=_REMARK_SIZE, ink=BLACK
        )
        self._pages[-1].append(laid)
        self._at = laid.bottom + 1.6
        self._rule(0.8)

    def _column_titles(self) -> None:
        baseline = self._at + _HEAD_ROW / 2 + capital_height(_HEAD_SIZE) / 2
        x = LEFT
        for column in self._sheet.columns:
            self._pages[-1].append(Text(x, baseline, column.title, _HEAD_SIZE, ink=BLACK))
            x += column.width
        self._at += _HEAD_ROW
        self._rule(0.8)

    def _group_heading(self, heading: str) -> None:
        baseline = self._at + _GROUP_ROW - 2.4
        width = RIGHT - LEFT
        self._pages[-1].append(
            one_line(heading, LEFT, baseline, width, _GROUP_SIZE, bold=True, where=heading)
        )
        self._at += _GROUP_ROW
        self._rule(0.8)

    def _row(self, row: Row) -> None:
        if self._at + row.height > BOTTOM:
            self._begin_page()
        columns = self._sheet.columns
        self._pages[-1] += row.items(columns, self._at)
        x = LEFT
        for column in columns:
            if column.pen:
                edge = x - _PEN_GAP
                bottom = self._at + row.height
                self._pages[-1].append(Rule(edge, self._at, edge, bottom, 0.4, BLACK))
            x += column.width
        self._at += row.height
        self._rule(0.4)

    def _write(self, words: str, middle: float) -> None:
        baseline = middle + capital_height(SIZE) / 2
        self._pages[-1].append(Text(LEFT, baseline, words, SIZE, ink=BLACK))

    def _rule(self, weight: float) -> None:
        self._pages[-1].append(Rule(LEFT, self._at, RIGHT, self._at, weight, BLACK))


def _foot(items: Sequence[Item], stand: str, secrecy: str, number: int, of: int) -> list[Item]:
    page = f"Seite {number} von {of}"
    middle = (LEFT + RIGHT - fonts.text_width(secrecy, fonts.BOLD, _FOOT_SIZE)) / 2
    edge = _FOOT - 4.5
    made: list[Item] = [
        Rule(LEFT, edge, RIGHT, edge, 0.4, BLACK),
        Text(LEFT, _FOOT, stand, _FOOT_SIZE, ink=BLACK),
        Text(middle, _FOOT, secrecy, _FOOT_SIZE, bold=True, ink=BLACK),
        Text(RIGHT, _FOOT, page, _FOOT_SIZE, ink=BLACK, right_aligned=True),
    ]
    if any(isinstance(item, Text | Mixed) and MISSING in item.text for item in items):
        made.append(Text(LEFT, edge - 1.2, _MISSING_NOTE, _MISSING_SIZE, ink=BLACK))
    return made
