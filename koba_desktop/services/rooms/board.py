"""The rooms of an office on a day."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from koba_desktop.domain.entities.rooms import Room
from koba_desktop.domain.vocabulary import RoomBookingState
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
    raise NotImplementedError
