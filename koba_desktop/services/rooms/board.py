"""The rooms of an office on a day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from koba_desktop.domain.clock import day_bounds
from koba_desktop.domain.entities.rooms import Place, Room
from koba_desktop.domain.vocabulary import RoomBookingState
from koba_desktop.services.ports import AnyOf
from koba_desktop.services.rows import RoomBookingRow
from koba_desktop.services.view import View


@dataclass(frozen=True, slots=True)
class RoomLine:
    """A room, what it is now (None: free), until when, and what comes next."""

    room: Room
    places: int
    places_free: int
    now_state: RoomBookingState | None
    until: datetime | None
    following: RoomBookingRow | None
    bookings: tuple[RoomBookingRow, ...]


def room_board(view: View, office_id: UUID, day: date) -> tuple[RoomLine, ...]:
    """The rooms in their order, with the day's bookings; on another day than today nothing is
    "now"."""
    reader = view.reader
    rooms = [
        room
        for room in reader.find(Room, office_id=office_id, order_by="position")
        if room.retired_on is None or day < room.retired_on
    ]
    places: dict[UUID, list[UUID]] = defaultdict(list)
    for place in reader.find(Place, room_id=AnyOf.of(room.id for room in rooms)):
        places[place.room_id].append(place.id)
    bookings: dict[UUID, list[RoomBookingRow]] = defaultdict(list)
    for booking in reader.room_bookings_between(office_id, *day_bounds(day)):
        bookings[booking.room_id].append(booking)
    now = view.now if day == view.today else None
    return tuple(_line(room, places[room.id], bookings[room.id], now) for room in rooms)


def _line(
    room: Room, places: list[UUID], bookings: list[RoomBookingRow], now: datetime | None
) -> RoomLine:
    current = [] if now is None else [b for b in bookings if b.starts <= now and _blocks(b, now)]
    following = next((b for b in bookings if now is None or b.starts > now), None)
    free = len(set(places) - {b.place_id for b in current})
    state: RoomBookingState | None = None
    until = None if now is None or following is None else following.starts
    if now is not None and current and not free:
        # Of several positions the one that is vacated first says how long the place is full.
        state, until = min((_state(b, now) for b in current), key=lambda s: (s[1], s[0]))
    return RoomLine(
        room=room,
        places=len(places),
        places_free=free,
        now_state=state,
        until=until,
        following=following,
        bookings=tuple(bookings),
    )


def _blocks(booking: RoomBookingRow, now: datetime) -> bool:
    """Whether a booking that has begun still keeps the place: till its pause is over, and longer
    if somebody is in there."""
    return now < booking.blocked_until or booking.state is not RoomBookingState.RESERVED


def _state(booking: RoomBookingRow, now: datetime) -> tuple[RoomBookingState, datetime]:
    """What the place is, and until when. An overrun stays occupied, past its end."""
    if booking.state is RoomBookingState.RESERVED and now >= booking.ends:
        return RoomBookingState.AIRING, booking.blocked_until
    if booking.state in (RoomBookingState.AIRING, RoomBookingState.CLEANING):
        return booking.state, booking.blocked_until
    return booking.state, booking.ends
