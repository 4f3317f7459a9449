"""How many persons a room may hold, and whether its screen is one (domain rules § 5)."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from koba_desktop.domain.entities.rooms import HygieneProfile, Room
from koba_desktop.domain.validity import valid_on
from koba_desktop.domain.vocabulary import RoomKind

ALONE = 2
"""Persons in a talk to which nobody comes along: advisor and client."""

SCREEN_SEATED = 1.5
SCREEN_STANDING = 2.0
"""Metres above the floor that the upper edge of a screen has at least, where people sit or stand
(SARS-CoV-2-Arbeitsschutzregel)."""

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class AreaRule:
    """m² for each person while several use a room, from a day to a day, with its source."""

    area_per_person: float
    valid_from: date
    valid_until: date | None
    source: str


AREA_RULES = (
    AreaRule(10.0, date(2021, 1, 27), date(2021, 6, 30), "Corona-ArbSchV, 27.01.–30.06.2021"),
)
"""What the law asks where the office has recorded nothing of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """Persons at once (advisor, companions and interpreters among them) and where that comes from.

    ``seats`` is the furniture; ``by_area`` what area and area per person allow (None: no rule
    holds, or the area is not known, which ``area_unknown`` says). ``source`` names the rule.
    """

    persons: int
    seats: int
    by_area: int | None = None
    area: float | None = None
    area_per_person: float | None = None
    source: str = ""
    area_unknown: bool = False


def area_per_person(
    profile: HygieneProfile | None, day: date, rules: Iterable[AreaRule] = AREA_RULES
) -> tuple[float, str] | None:
    """m² a person and the source: the hygiene profile's own value, else the law of the day."""
    if profile is not None:
        return profile.area_per_person, profile.reason
    for rule in rules:
        if valid_on(rule, day):
            return rule.area_per_person, rule.source
    return None


def capacity(room: Room, places: int, profile: HygieneProfile | None, day: date) -> Capacity:
    """Persons one place of a room may hold on a day: min(seats, floor(area / area a person)).

    ``places`` share the seats of an outdoor place; the area rule is one for rooms, and one for
    several persons: somebody alone may use any room.
    """
    seats = max(1, room.seats // max(1, places))
    rule = area_per_person(profile, day)
    if room.kind is RoomKind.OUTDOOR or rule is None:
        return Capacity(persons=seats, seats=seats)
    per_person, source = rule
    if room.area is None:
        return Capacity(
            persons=seats,
            seats=seats,
            area_per_person=per_person,
            source=source,
            area_unknown=True,
        )
    by_area = math.floor(room.area / per_person + _ROUNDING)
    return Capacity(
        persons=min(seats, max(1, by_area)),
        seats=seats,
        by_area=by_area,
        area=room.area,
        area_per_person=per_person,
        source=source,
    )


def has_screen(room: Room, *, standing: bool = False) -> bool:
    """Whether a fixed screen is high enough for people who sit (or stand)."""
    least = SCREEN_STANDING if standing else SCREEN_SEATED
    return room.screen_height is not None and room.screen_height >= least
