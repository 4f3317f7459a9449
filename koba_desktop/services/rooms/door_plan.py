"""The plan on a room's door: times and visitors' numbers, never a name (domain rules § 7)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from koba_desktop.domain.clock import day_bounds
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.rooms import Room
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import RoomBookingState, RoomUse
from koba_desktop.services.office.demo import is_demo
from koba_desktop.services.office.entitlement import may_query, not_entitled
from koba_desktop.services.rooms.situations import house_rules, places_of, rooms_in_use
from koba_desktop.services.view import View


@dataclass(frozen=True, slots=True)
class DoorEntry:
    """One use of a place. ``code`` is the visitor's number, empty for a use without a visitor;
    ``blocked_until`` ends the pause."""

    starts: datetime
    ends: datetime
    blocked_until: datetime
    code: str
    place_number: int
    use: RoomUse


@dataclass(frozen=True, slots=True)
class Door:
    """One room's day. ``persons`` is how many may be in there (at one of ``places``)."""

    room: Room
    persons: int
    places: int
    pause_minutes: int
    entries: tuple[DoorEntry, ...]


@dataclass(frozen=True, slots=True)
class DoorPlan:
    office: Office
    day: date
    doors: tuple[Door, ...]
    demo: bool


def door_plan(view: View, office_id: UUID, day: date) -> DoorPlan:
    """The rooms of an office in their order, with what is to come on that day.

    Raises Refused ``not_entitled`` for who has nothing to do with clients there.
    """
    if not may_query(view, Right.SEE_CLIENTS, office_id):
        raise not_entitled()
    reader = view.reader
    rooms = rooms_in_use(reader, office_id, day)
    rules = house_rules(reader, office_id)
    places = places_of(reader, rooms)
    bookings = [
        booking
        for booking in reader.rooms_used_between(office_id, *day_bounds(day))
        if booking.state is not RoomBookingState.FREE
    ]
    return DoorPlan(
        office=reader.get(Office, office_id),
        day=day,
        doors=tuple(
            Door(
                room=room,
                persons=rules.capacity(room, len(places[room.id]), day).persons,
                places=len(places[room.id]),
                pause_minutes=rules.pause(room, day).minutes,
                entries=tuple(
                    DoorEntry(b.starts, b.ends, b.blocked_until, b.code, b.place_number, b.use)
                    for b in bookings
                    if b.room_id == room.id
                ),
            )
            for room in rooms
        ),
        demo=is_demo(reader),
    )
