"""The plan for the entrance: which number is awaited when, and in which room."""

from dataclasses import dataclass, replace
from datetime import datetime

from koba_desktop.domain.errors import Refused
from koba_desktop.letters.letter import german
from koba_desktop.letters.sheets.plan_sheet import BOTTOM, LEFT, RIGHT, day_line, office_line
from koba_desktop.letters.typesetting import fonts, markup
from koba_desktop.letters.typesetting.flow import Block, column_width, flow
from koba_desktop.letters.typesetting.geometry import Rect
from koba_desktop.letters.typesetting.page import (
    ACCENT,
    RULE_INK,
    SECOND_INK,
    Item,
    Passage,
    Rule,
    Text,
    capital_height,
    fitted,
    passage,
)
from koba_desktop.services.rooms.door_plan import Door, DoorEntry, DoorPlan

_TITLE_TOP = 26.0
_TITLE_SIZE = 34.0
_TEXT_SIZE = 13.0
_IDLE_SIZE = 11.0
_GAP = 4.0  # mm between time, number and room


@dataclass(frozen=True, slots=True)
class _Visit:
    """One row; ``where`` is the room, its place where it has several, and its floor."""

    starts: datetime
    code: str
    where: str


@dataclass(frozen=True, slots=True)
class _Scale:
    """``size`` and the ``smallest`` for a long room in points, ``row`` in mm."""

    columns: int
    size: float
    smallest: float
    row: float


_SCALES = (
    _Scale(1, 16.0, 8.0, 9.0),
    _Scale(1, 12.0, 8.0, 6.6),
    _Scale(2, 12.0, 8.0, 7.0),
    _Scale(3, 9.5, 7.0, 5.2),
)
"""Tried in this order: as large as the visitors of the day fit on a page."""


def overview(plan: DoorPlan) -> list[list[Item]]:
    """On one page where it fits; a very long day takes more.

    Raises Refused ``text_does_not_fit`` for a room whose name fills more than a line.
    """
    visits = [
        _Visit(entry.starts, fonts.tidy(entry.code), _where(door, entry))
        for door in plan.doors
        for entry in door.entries
        if entry.code
    ]
    visits.sort(key=lambda each: (each.starts, len(each.code), each.code))
    head, below = _head(plan, anybody=bool(visits))
    if not visits:
        return [head]
    idle = _idle(plan)
    area = Rect(LEFT, below, RIGHT, idle.top - 4.0 if idle else BOTTOM)
    pages = _laid(visits, area)
    return [[*head, *items, *([idle] if idle else [])] for items in pages]


def _laid(visits: list[_Visit], area: Rect) -> list[list[Item]]:
    """In the largest scale that takes one page, else in the smallest that holds the rooms."""
    laid: list[list[Item]] = []
    for scale in _SCALES:
        width = column_width(area, scale.columns)
        try:
            pages = flow([_row(visit, scale, width) for visit in visits], area, scale.columns)
        except Refused:
            if not laid:
                raise  # even a whole line is too short
            break
        laid = pages
        if len(laid) == 1:
            break
    return laid


def _where(door: Door, entry: DoorEntry) -> str:
    place = f"Platz {entry.place_number}" if door.places > 1 else ""
    said = (fonts.tidy(door.room.name), place, german.floor(door.room.floor))
    return ", ".join(filter(None, said))


def _head(plan: DoorPlan, *, anybody: bool) -> tuple[list[Item], float]:
    """What this is and how to read it; returns with where the rows begin."""
    title = passage(
        "Wo ist mein Termin?",
        x=LEFT,
        top=_TITLE_TOP,
        width=RIGHT - LEFT,
        size=_TITLE_SIZE,
        bold=True,
    )
    day, below = day_line(plan.day, title.bottom + 4.0)
    said = passage(
        "Suchen Sie Ihre Besuchsnummer. Bitte warten Sie, bis Ihre Nummer aufgerufen wird."
        if anybody
        else "Keine Termine an diesem Tag.",
        x=LEFT,
        top=below + 1.0,
        width=RIGHT - LEFT,
        size=_TEXT_SIZE,
        ink=SECOND_INK,
    )
    return [office_line(plan.office.name), title, *day, said], said.bottom + 3.0


def _idle(plan: DoorPlan) -> Passage | None:
    """The rooms in which no number is awaited, at the foot of the page."""
    idle = [
        ", ".join(filter(None, (fonts.tidy(door.room.name), german.floor(door.room.floor))))
        for door in plan.doors
        if not any(entry.code for entry in door.entries)
    ]
    if not idle:
        return None
    said = passage(
        markup.escape(f"Kein Termin in: {' · '.join(idle)}"),
        x=LEFT,
        top=0.0,
        width=RIGHT - LEFT,
        size=_IDLE_SIZE,
        ink=SECOND_INK,
    )
    return replace(said, top=BOTTOM - said.height)


def _row(visit: _Visit, scale: _Scale, width: float) -> Block:
    """Raises Refused ``text_does_not_fit``."""
    time_width = fonts.text_width("00:00", fonts.REGULAR, scale.size)
    code_x = time_width + _GAP
    code_width = max(
        fonts.text_width("0000", fonts.BOLD, scale.size),
        fonts.text_width(visit.code, fonts.BOLD, scale.size),
    )
    where_x = code_x + code_width + _GAP
    where = fitted(
        visit.where,
        x=where_x,
        baseline=0.0,
        width=width - where_x,
        largest=scale.size,
        smallest=scale.smallest,
        where=visit.where,
    )

    def items(x: float, top: float) -> list[Item]:
        baseline = top + scale.row / 2 + capital_height(scale.size) / 2
        edge = top + scale.row
        return [
            Text(x, baseline, german.hour_and_minute(visit.starts), scale.size),
            Text(x + code_x, baseline, visit.code, scale.size, bold=True, ink=ACCENT, where="code"),
            replace(where, x=x + where_x, baseline=baseline),
            Rule(x, edge, x + width, edge, weight=0.4, ink=RULE_INK),
        ]

    return Block(scale.row, items)
