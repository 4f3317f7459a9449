"""What the sheets of a plan have in common: margins, office, day, foot."""

from collections.abc import Sequence
from datetime import date, datetime

from koba_desktop.domain.clock import wall
from koba_desktop.letters.letter import german
from koba_desktop.letters.typesetting import fonts
from koba_desktop.letters.typesetting.geometry import PAGE_HEIGHT, PAGE_WIDTH
from koba_desktop.letters.typesetting.page import (
    ACCENT,
    SECOND_INK,
    Item,
    Rule,
    Text,
    fitted,
    passage,
)

LEFT = 20.0
RIGHT = PAGE_WIDTH - 20.0
TOP = 20.0  # first base line
BOTTOM = PAGE_HEIGHT - 22.0
_OFFICE_SIZE = 11.0
_DAY_SIZE = 20.0
_FOOT = PAGE_HEIGHT - 13.0
_FOOT_SIZE = 8.5


def office_line(name: str) -> Text:
    """Whose plan it is, in the first line, beside the mark of a demo.

    Raises Refused ``text_does_not_fit``.
    """
    return fitted(
        fonts.tidy(name),
        x=LEFT,
        baseline=TOP,
        width=RIGHT - LEFT - 30.0,
        largest=_OFFICE_SIZE,
        smallest=5.0,
        ink=SECOND_INK,
        where="office.name",
    )


def day_line(day: date, top: float) -> tuple[list[Item], float]:
    """The day, with a rule below it; returns with where the next thing begins."""
    said = passage(
        german.weekday_and_day(day),
        x=LEFT,
        top=top,
        width=RIGHT - LEFT,
        size=_DAY_SIZE,
        bold=True,
        ink=ACCENT,
    )
    under = said.bottom + 2.5
    return [said, Rule(LEFT, under, RIGHT, under, weight=1.2, ink=ACCENT)], under + 2.5


def numbered(pages: Sequence[Sequence[Item]], made_at: datetime) -> list[list[Item]]:
    """The pages with their foot: as of when, and page x of y."""
    stand = f"Stand: {german.day(wall(made_at).date())}, {german.clock_time(made_at)}"
    return [
        [
            *items,
            Text(LEFT, _FOOT, stand, _FOOT_SIZE, ink=SECOND_INK),
            Text(
                RIGHT,
                _FOOT,
                f"Seite {number} von {len(pages)}",
                _FOOT_SIZE,
                ink=SECOND_INK,
                right_aligned=True,
            ),
        ]
        for number, items in enumerate(pages, start=1)
    ]
