"""Plans on doors to build tests on: Halberstadt on Tue 13 April 2021."""

from datetime import date, datetime, timedelta
from typing import Any

from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.rooms import Room
from koba_desktop.domain.vocabulary import RoomUse
from koba_desktop.services.ids import new_id
from koba_desktop.services.rooms.door_plan import Door, DoorEntry, DoorPlan
from tests.unit.service_office import at

DAY = date(2021, 4, 13)
MADE_AT = at(13, 9, 42)
OFFICE = Office(
    id=new_id(),
    name="Regionalstelle Halberstadt",
    short_name="Halberstadt",
    street="Spiegelstraße 21",
    postcode="38820",
    town="Halberstadt",
    return_line="Postfach 15 42 · 38805 Halberstadt",
)


def entry(
    starts: datetime,
    code: str = "",
    *,
    minutes: int = 30,
    pause: int = 16,
    place: int = 1,
    use: RoomUse = RoomUse.CONSULTATION,
) -> DoorEntry:
    ends = starts + timedelta(minutes=minutes)
    return DoorEntry(starts, ends, ends + timedelta(minutes=pause), code, place, use)


def door(name: str, *entries: DoorEntry, persons: int = 2, places: int = 1, **values: Any) -> Door:
    room = Room(id=new_id(), office_id=OFFICE.id, **{"name": name, "floor": "1", **values})
    return Door(room, persons, places, 16, entries)


def plan(*doors: Door, demo: bool = False) -> DoorPlan:
    return DoorPlan(OFFICE, DAY, doors, demo)


def busy_plan(rooms: int = 40, bookings: int = 300) -> DoorPlan:
    """As many visits in as many rooms, numbered from 101."""
    entries: list[list[DoorEntry]] = [[] for _ in range(rooms)]
    for number in range(bookings):
        turn = number // rooms
        starts = at(13, 8) + timedelta(hours=turn)
        entries[number % rooms].append(entry(starts, str(101 + number)))
    return plan(*(door(f"R {1 + n // 10}.{n % 10:02d}", *each) for n, each in enumerate(entries)))
