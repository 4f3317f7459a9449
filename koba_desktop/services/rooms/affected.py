"""Who was touched by an overrun, a move or a closure, by name: what the screen tells afterwards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from koba_desktop.domain.entities.rooms import Place, Room, RoomBooking
from koba_desktop.domain.vocabulary import RoomUse
from koba_desktop.services.appointments.detail import appointments_seen
from koba_desktop.services.ports import AnyOf, Reader
from koba_desktop.services.view import View


class Fate(StrEnum):
    """What happened to a booking; the names are those in a command's result."""

    PUSHED = "pushed"  # begins later, in the same place
    MOVED = "moved"  # has another place now
    DISPLACED = "displaced"  # stands without a place


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """``label`` is the client's family name, "" for a use without a client. ``starts`` is when the
    place can be had (of who is displaced: when the appointment begins)."""

    id: UUID
    fate: Fate
    label: str
    use: RoomUse
    room_name: str
    starts: datetime | None


def affected(view: View, result: Mapping[str, Any]) -> tuple[Affected, ...]:
    """Those a command's result names in ``pushed``, ``moved`` and ``displaced``: appointments, or
    bookings where there is no appointment; without the names the viewer may not see."""
    fates = [(UUID(str(each)), fate) for fate in Fate for each in result.get(fate, ())]
    if not fates:
        return ()
    ids = [each for each, _fate in fates]
    rows = {row.id: row for row in appointments_seen(view, ids)}
    bookings = _bookings(view.reader, ids)
    rooms = _rooms(view.reader, bookings.values())
    found = []
    for each, fate in fates:
        row, booking = rows.get(each), bookings.get(each)
        starts = booking.starts if booking is not None else row.starts if row is not None else None
        found.append(
            Affected(
                id=each,
                fate=fate,
                label=(row.family_name or row.given_name) if row is not None else "",
                use=booking.use if booking is not None else RoomUse.CONSULTATION,
                room_name=rooms.get(booking.place_id, "") if booking is not None else "",
                starts=starts,
            )
        )
    return tuple(found)


def _bookings(reader: Reader, ids: Iterable[UUID]) -> dict[UUID, RoomBooking]:
    """The bookings that hold now, by appointment or by their own id. Of a talk that went on
    elsewhere the newer one counts: the one left behind is being aired."""
    wanted = AnyOf.of(ids)
    own = reader.find(RoomBooking, id=wanted, active=True)
    of_appointments = reader.find(
        RoomBooking, appointment_id=wanted, active=True, order_by="starts"
    )
    found = {booking.id: booking for booking in own}
    return found | {b.appointment_id: b for b in of_appointments if b.appointment_id is not None}


def _rooms(reader: Reader, bookings: Iterable[RoomBooking]) -> dict[UUID, str]:
    """The names of the rooms, by place."""
    places = reader.find(Place, id=AnyOf.of(booking.place_id for booking in bookings))
    rooms = reader.find(Room, id=AnyOf.of(place.room_id for place in places))
    names = {room.id: room.name for room in rooms}
    return {place.id: names[place.room_id] for place in places}
