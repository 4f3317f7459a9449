"""How persons, pause and CO2 of each room come about, with the inputs of every formula."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from koba_desktop.domain import co2
from koba_desktop.domain.airing import Pause
from koba_desktop.domain.co2 import Air
from koba_desktop.domain.entities.rooms import Room
from koba_desktop.domain.hygiene import Capacity
from koba_desktop.domain.policy import value_in_force
from koba_desktop.services.rooms.situations import house_rules, places_of, rooms_in_use
from koba_desktop.services.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomAir:
    """A room on a day. ``capacity`` is that of each of its ``places``; ``cap_minutes`` is the
    longest airing the office plans for.

    ``air`` is what the CO2 formula is given (None outdoors and where area or height are not
    known), ``co2_minutes`` until 1,000 ppm (None: never, or not known), ``co2_final`` the ppm it
    would come to in the end (None: without end).
    """

    room: Room
    places: int
    capacity: Capacity
    pause: Pause
    cap_minutes: int
    air: Air | None
    co2_minutes: float | None
    co2_final: float | None


def airing_report(
    view: View, office_id: UUID, day: date, persons: int | None = None
) -> tuple[RoomAir, ...]:
    """The rooms of an office in their order; ``persons`` None: as many as each room may hold."""
    rules = house_rules(view.reader, office_id)
    rooms = rooms_in_use(view.reader, office_id, day)
    places = places_of(view.reader, rooms)
    cap = int(value_in_force(rules.settings, "airing.cap_minutes", office_id, day))
    per_person = rules.per_person(office_id, day)
    found = []
    for room in rooms:
        capacity = rules.capacity(room, len(places[room.id]), day)
        air = co2.air_in(room, persons or capacity.persons, per_person)
        found.append(
            RoomAir(
                room=room,
                places=len(places[room.id]),
                capacity=capacity,
                pause=rules.pause(room, day),
                cap_minutes=cap,
                air=air,
                co2_minutes=co2.minutes_to(air) if air is not None else None,
                co2_final=co2.final(air) if air is not None else None,
            )
        )
    return tuple(found)
