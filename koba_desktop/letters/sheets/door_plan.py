"""The plans on the doors as a PDF: an overview for the entrance, then a page for each room.

What hangs where everybody passes names times, rooms and numbers, and nobody (domain rules § 7).
It is German, as all that the office writes to those who come.
"""

from dataclasses import dataclass
from datetime import date, datetime

from koba_desktop.domain.clock import whole_minutes
from koba_desktop.domain.vocabulary import RoomKind
from koba_desktop.letters.letter import german
from koba_desktop.letters.sheets import words
from koba_desktop.letters.sheets.door_overview import overview
from koba_desktop.letters.sheets.plan_sheet import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    day_line,
    numbered,
    office_line,
)
from koba_desktop.letters.typesetting import fonts, markup
from koba_desktop.letters.typesetting.flow import Block, column_width, flow
from koba_desktop.letters.typesetting.geometry import Rect
from koba_desktop.letters.typesetting.page import (
    ACCENT,
    INK,
    RULE_INK,
    SECOND_INK,
    Item,
    Rule,
    Text,
    capital_height,
    fitted,
    passage,
    shrunk,
)
from koba_desktop.letters.typesetting.pdf import drawn
from koba_desktop.letters.typesetting.specimen import specimen
from koba_desktop.services.rooms.door_plan import Door, DoorEntry, DoorPlan

_NAME_HEIGHT = 34.0
_NAME_LARGEST, _NAME_SMALLEST = 64.0, 14.0
_FACTS_SIZE = 15.0
_NOTHING_SIZE = 20.0
_NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class _Scale:
    """Sizes in points, heights in mm."""

    columns: int
    size: float
    row: float
    small: float
    pause: float


_SCALES = (
    _Scale(1, 24.0, 12.5, 12.0, 7.0),
    _Scale(2, 16.0, 8.6, 10.0, 5.4),
    _Scale(3, 12.0, 6.6, 8.5, 4.6),
)
"""Tried in this order: the plan of a usual day is read from three metres."""


class DoorPlans:
    """Fulfils ``services.ports.DoorPlanRenderer``. ``invariant`` makes equal plans equal bytes."""

    def __init__(self, *, invariant: bool = False) -> None:
        self._invariant = invariant

    def render(self, plan: DoorPlan, made_at: datetime) -> bytes:
        """Raises Refused: ``unprintable_character``, ``text_does_not_fit``."""
        pages = overview(plan)
        for door in plan.doors:
            pages += _door(door, plan)
        if plan.demo:
            pages = [[*items, *specimen(RIGHT, TOP)] for items in pages]
        return drawn(
            numbered(pages, made_at),
            title=f"Türplan {plan.office.name}, {german.day(plan.day)}",
            author=plan.office.name,
            invariant=self._invariant,
        )


def _door(door: Door, plan: DoorPlan) -> list[list[Item]]:
    """The page of a room; one with very many uses goes on."""
    head, below = _head(door, plan)
    area = Rect(LEFT, below, RIGHT, BOTTOM)
    if not door.entries:
        said = passage(
            "Keine Termine an diesem Tag.",
            x=LEFT,
            top=below + 4.0,
            width=RIGHT - LEFT,
            size=_NOTHING_SIZE,
            ink=SECOND_INK,
        )
        return [[*head, said]]
    pages: list[list[Item]] = []
    for scale in _SCALES:
        width = column_width(area, scale.columns)
        pages = flow(_blocks(door, plan.day, scale, width), area, scale.columns)
        if len(pages) == 1:
            break
    return [[*head, *items] for items in pages]


def _head(door: Door, plan: DoorPlan) -> tuple[list[Item], float]:
    """Office, room, what the room is, and the day; returns with where the uses begin."""
    width = RIGHT - LEFT
    name = shrunk(
        markup.escape(fonts.tidy(door.room.name)),
        x=LEFT,
        top=TOP + 4.0,
        width=width,
        height=_NAME_HEIGHT,
        largest=_NAME_LARGEST,
        smallest=_NAME_SMALLEST,
        bold=True,
        where=door.room.name,
    )
    facts = passage(
        markup.escape(" · ".join(fact.replace(" ", _NO_BREAK) for fact in _facts(door))),
        x=LEFT,
        top=name.bottom + 2.0,
        width=width,
        size=_FACTS_SIZE,
        where=door.room.name,
    )
    day, below = day_line(plan.day, facts.bottom + 7.0)
    return [office_line(plan.office.name), name, facts, *day], below


def _facts(door: Door) -> list[str]:
    room = door.room
    said = [german.floor(room.floor)]
    if room.kind is RoomKind.OUTDOOR:
        said.append("Beratung vor der Tür")
    persons = "höchstens 1 Person" if door.persons == 1 else f"höchstens {door.persons} Personen"
    if door.persons < 1:
        persons = "nicht für Gespräche"
    if door.places > 1:
        said += [f"{door.places} Plätze", f"je Platz {persons}"]
    else:
        said.append(persons)
    if room.wheelchair:
        said.append("mit dem Rollstuhl erreichbar")
    return [each for each in said if each]


def _blocks(door: Door, day: date, scale: _Scale, width: float) -> list[Block]:
    """Each use with the pause after it, place by place."""
    blocks = []
    place = 0
    for entry in sorted(door.entries, key=lambda each: (each.place_number, each.starts)):
        if door.places > 1 and entry.place_number != place:
            place = entry.place_number
            blocks.append(_place_heading(place, scale))
        pause = _pause(entry, outdoors=door.room.kind is RoomKind.OUTDOOR)
        blocks.append(_use(entry, day, pause, scale, width))
    return blocks


def _place_heading(number: int, scale: _Scale) -> Block:
    def items(x: float, top: float) -> list[Item]:
        baseline = top + scale.row - 1.5
        return [Text(x, baseline, f"Platz {number}", scale.small + 2.0, bold=True, ink=ACCENT)]

    return Block(scale.row, items, leads=True)


def _use(entry: DoorEntry, day: date, pause: str, scale: _Scale, width: float) -> Block:
    height = scale.row + (scale.pause if pause else 0.0)
    value_x = fonts.text_width("00:00 – 00:00", fonts.REGULAR, scale.size) + 0.4 * scale.size

    def items(x: float, top: float) -> list[Item]:
        baseline = top + scale.row / 2 + capital_height(scale.size) / 2
        made: list[Item] = [
            Text(x, baseline, german.span(entry.starts, entry.ends, day), scale.size)
        ]
        code = fonts.tidy(entry.code)
        made.append(
            fitted(
                code or words.USES[entry.use],
                x=x + value_x,
                baseline=baseline,
                width=width - value_x,
                largest=scale.size,
                smallest=6.0,
                bold=bool(code),
                ink=INK if code else SECOND_INK,
                where="code",
            )
        )
        if pause:
            under = top + scale.row + capital_height(scale.small)
            made.append(Text(x, under, pause, scale.small, ink=SECOND_INK))
        edge = top + height
        made.append(Rule(x, edge, x + width, edge, weight=0.4, ink=RULE_INK))
        return made

    return Block(height, items)


def _pause(entry: DoorEntry, *, outdoors: bool) -> str:
    """What stands below a use that is followed by a pause."""
    minutes = whole_minutes(entry.blocked_until - entry.ends)
    if minutes < 1:
        return ""
    what = "Pause" if outdoors else "lüften"
    return f"danach {what} {minutes} min, bis {german.hour_and_minute(entry.blocked_until)}"
