"""CO2 while a room is used: one well-mixed zone (domain rules § 5).

Concentrations in ppm, times in minutes, volumes in m³, air changes per hour.
"""

import math
from dataclasses import dataclass

from koba_desktop.domain.entities.rooms import Room
from koba_desktop.domain.vocabulary import RoomKind

OUTDOOR_PPM = 420.0
LIMIT_PPM = 1000.0
"""At most for a moment (ASR A3.6)."""

PER_PERSON = 0.02
"""m³ of CO2 an hour that somebody breathes out sitting (EN 16798-1: 20 l/h)."""

AIR_EVERY = {RoomKind.CONSULTATION: 60, RoomKind.MEETING: 20}
"""Minutes after which a room in use is aired at the latest (ASR A3.6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Air:
    """What the formula is given. ``changes`` per hour are those during use, with windows shut."""

    persons: int
    volume: float
    changes: float = 0.0
    start: float = OUTDOOR_PPM
    outdoor: float = OUTDOOR_PPM
    per_person: float = PER_PERSON


def concentration(air: Air, minutes: float) -> float:
    """ppm after so many minutes of use.

    C(t) = Co + (N·q/(n·V))·10⁶·(1 − e^(−n·t)) + (C0 − Co)·e^(−n·t); without air change
    C(t) = C0 + (N·q/V)·10⁶·t, t in hours.
    """
    hours = minutes / 60
    source = air.persons * air.per_person / air.volume * 1e6
    if air.changes == 0:
        return air.start + source * hours
    # expm1 keeps what a small exponent leaves of 1 − e^(−n·t).
    risen = -math.expm1(-air.changes * hours)
    return air.start + (air.outdoor + source / air.changes - air.start) * risen


def final(air: Air) -> float | None:
    """ppm that it comes to in the end, however long the use; None: without end."""
    if air.changes == 0:
        return None
    return air.outdoor + air.persons * air.per_person / air.volume * 1e6 / air.changes


def minutes_to(air: Air, limit: float = LIMIT_PPM) -> float | None:
    """Minutes of use until the limit is reached; None: it never is."""
    if air.start >= limit:
        return 0.0
    end = final(air)
    if end is None:
        source = air.persons * air.per_person / air.volume * 1e6
        return (limit - air.start) / source * 60 if source > 0 else None
    if end <= limit:
        return None
    # ln((end − C0)/(end − limit)); log1p stays exact where both are far from the end.
    return math.log1p((limit - air.start) / (end - limit)) / air.changes * 60


def air_in(room: Room, persons: int, per_person: float = PER_PERSON) -> Air | None:
    """The air of a room in use; None outdoors and where area or height are not known."""
    if room.kind is RoomKind.OUTDOOR or not room.area or not room.height:
        return None
    return Air(
        persons=persons,
        volume=room.area * room.height,
        changes=room.air_changes or 0.0,
        per_person=per_person,
    )
