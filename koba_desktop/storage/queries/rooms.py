"""Who uses which place when."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from koba_desktop.domain.entities.appointments import Appointment, Participant
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.rooms import Place, Room, RoomBooking, Visit
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.vocabulary import IN_USE, RoomBookingState, Urgency
from koba_desktop.services.rows import PlaceTime, RoomBookingRow
from koba_desktop.storage.queries.people import FIRST_PARTICIPANT
from koba_desktop.storage.tables import LONGEST_BOOKING_DAYS, table_of, words

_booking = table_of(RoomBooking)
_place = table_of(Place)
_room = table_of(Room)
_appointment = table_of(Appointment)
_participant = table_of(Participant)
_client = table_of(Client)
_staff = table_of(Staff)
_visit = table_of(Visit)

# The words of the partial indexes.
_ACTIVE = sa.text("room_booking.active")
_IN_USE = sa.text(f"room_booking.state in ({words(IN_USE)})")
_LABEL = sa.func.coalesce(
    sa.func.nullif(_client.c.family_name, ""),
    _client.c.given_name,
    _participant.c.visitor_name,
    "",
).label("label")

_ROWS = (
    sa.select(
        _booking.c.id,
        _booking.c.version,
        _room.c.id.label("room_id"),
        _room.c.name.label("room_name"),
        _booking.c.place_id,
        _place.c.number.label("place_number"),
        _booking.c.appointment_id,
        _LABEL,
        sa.func.coalesce(_staff.c.initials, "").label("advisor_initials"),
        _booking.c.use,
        _booking.c.starts,
        _booking.c.ends,
        _booking.c.blocked_until,
        _booking.c.persons,
        _booking.c.state,
        _appointment.c.urgency,
        _appointment.c.channel,
        _appointment.c.advisor_id,
        _appointment.c.starts.label("planned_starts"),
        _appointment.c.ends.label("planned_ends"),
        sa.func.coalesce(_visit.c.code, "").label("code"),
        _booking.c.occupied_at,
        _booking.c.vacated_at,
        _booking.c.aired_at,
        _booking.c.cleaned_at,
        _booking.c.reason,
        _booking.c.note,
        _booking.c.initials,
        _booking.c.changed_at,
        _booking.c.changed_by,
    )
    .select_from(_booking)
    .join(_place, _place.c.id == _booking.c.place_id)
    .join(_room, _room.c.id == _place.c.room_id)
    .outerjoin(_appointment, _appointment.c.id == _booking.c.appointment_id)
    .outerjoin(_participant, _participant.c.id == FIRST_PARTICIPANT)
    .outerjoin(_client, _client.c.id == _participant.c.client_id)
    .outerjoin(_staff, _staff.c.id == _appointment.c.advisor_id)
    .outerjoin(
        _visit,
        sa.and_(_visit.c.appointment_id == _appointment.c.id, _visit.c.withdrawn_at.is_(None)),
    )
    .order_by(_booking.c.starts, _room.c.position, _place.c.number, _booking.c.id)
)

_TIMES = (
    sa.select(
        _booking.c.place_id,
        _booking.c.id,
        _booking.c.starts,
        _booking.c.ends,
        _booking.c.blocked_until,
        _booking.c.state,
        _booking.c.use,
        _booking.c.occupied_at,
        _booking.c.vacated_at,
        _booking.c.aired_at,
        _booking.c.cleaned_at,
        _booking.c.appointment_id,
        _LABEL,
    )
    .select_from(_booking)
    .outerjoin(_appointment, _appointment.c.id == _booking.c.appointment_id)
    .outerjoin(_participant, _participant.c.id == FIRST_PARTICIPANT)
    .outerjoin(_client, _client.c.id == _participant.c.client_id)
    .order_by(_booking.c.starts, _booking.c.id)
)


def _touching(office_id: UUID, starts: datetime, ends: datetime) -> tuple[Any, ...]:
    return (
        _booking.c.office_id == office_id,
        _booking.c.starts < ends,
        _booking.c.starts > starts - timedelta(days=LONGEST_BOOKING_DAYS),
        _booking.c.blocked_until > starts,
    )


def room_bookings_between(
    connection: sa.Connection, office_id: UUID, starts: datetime, ends: datetime
) -> list[RoomBookingRow]:
    """Active bookings of the office's places that touch [starts, ends), pauses included."""
    return _rows(connection, _ROWS.where(_ACTIVE, *_touching(office_id, starts, ends)))


def rooms_used_between(
    connection: sa.Connection, office_id: UUID, starts: datetime, ends: datetime
) -> list[RoomBookingRow]:
    """The same with those that are over; what was given back is not there."""
    kept = _booking.c.state != RoomBookingState.RELEASED
    return _rows(connection, _ROWS.where(kept, *_touching(office_id, starts, ends)))


def still_in_use(
    connection: sa.Connection, office_id: UUID, before: datetime
) -> list[RoomBookingRow]:
    """Bookings whose time was over before an instant, and by which a place is in use all the same:
    nobody said that they had left, or that it was aired or cleaned."""
    return _rows(connection, _ROWS.where(*_forgotten(office_id, before)))


def _forgotten(office_id: UUID, before: datetime) -> tuple[Any, ...]:
    """Conditions that ask the small index of what is in use, a place at a time: by office and time
    all that ever was would be read."""
    places = sa.select(_place.c.id).join(_room, _room.c.id == _place.c.room_id)
    ours = places.where(_room.c.office_id == office_id).correlate(None)
    return _IN_USE, _booking.c.place_id.in_(ours), _booking.c.blocked_until <= before


def _rows(connection: sa.Connection, query: sa.Select[Any]) -> list[RoomBookingRow]:
    return [
        RoomBookingRow(**{**row._mapping, "urgency": row.urgency or Urgency.NONE})
        for row in connection.execute(query).all()
    ]


def place_times(
    connection: sa.Connection, office_id: UUID, starts: datetime, ends: datetime
) -> list[PlaceTime]:
    """The active bookings, those still in use from earlier among them, without what only a screen
    needs."""
    bound = (_ACTIVE, *_touching(office_id, starts, ends))
    found = [
        *connection.execute(_TIMES.where(*_forgotten(office_id, starts))).all(),
        *connection.execute(_TIMES.where(*bound)).all(),
    ]
    return [PlaceTime._make(row) for row in found]
