"""Who uses which place when."""

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from koba_desktop.domain.entities.appointments import Appointment, Participant
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.rooms import Place, Room, RoomBooking
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.vocabulary import Urgency
from koba_desktop.services.rows import RoomBookingRow
from koba_desktop.storage.tables import LONGEST_BOOKING_DAYS, table_of

_booking = table_of(RoomBooking)
_place = table_of(Place)
_room = table_of(Room)
_appointment = table_of(Appointment)
_participant = table_of(Participant)
_client = table_of(Client)
_staff = table_of(Staff)


def room_bookings_between(
    connection: sa.Connection, office_id: UUID, starts: datetime, ends: datetime
) -> list[RoomBookingRow]:
    """Active bookings of the office's places that touch [starts, ends), pauses included."""
    first_participant = (
        sa.select(_participant.c.id)
        .where(_participant.c.appointment_id == _appointment.c.id)
        .order_by(_participant.c.id)
        .limit(1)
        .correlate(_appointment)
        .scalar_subquery()
    )
    query = (
        sa.select(
            _booking.c.id,
            _booking.c.version,
            _room.c.id.label("room_id"),
            _room.c.name.label("room_name"),
            _booking.c.place_id,
            _place.c.number.label("place_number"),
            _booking.c.appointment_id,
            sa.func.coalesce(_client.c.family_name, _participant.c.visitor_name, "").label("label"),
            sa.func.coalesce(_staff.c.initials, "").label("advisor_initials"),
            _booking.c.use,
            _booking.c.starts,
            _booking.c.ends,
            _booking.c.blocked_until,
            _booking.c.persons,
            _booking.c.state,
            _appointment.c.urgency,
        )
        .select_from(_booking)
        .join(_place, _place.c.id == _booking.c.place_id)
        .join(_room, _room.c.id == _place.c.room_id)
        .outerjoin(_appointment, _appointment.c.id == _booking.c.appointment_id)
        .outerjoin(_participant, _participant.c.id == first_participant)
        .outerjoin(_client, _client.c.id == _participant.c.client_id)
        .outerjoin(_staff, _staff.c.id == _appointment.c.advisor_id)
        .where(
            sa.text("room_booking.active"),  # the words of the partial index
            _booking.c.office_id == office_id,
            _booking.c.starts < ends,
            _booking.c.starts > starts - timedelta(days=LONGEST_BOOKING_DAYS),
            _booking.c.blocked_until > starts,
        )
        .order_by(_booking.c.starts, _room.c.position, _place.c.number, _booking.c.id)
    )
    return [
        RoomBookingRow(**{**row._mapping, "urgency": row.urgency or Urgency.NONE})
        for row in connection.execute(query).all()
    ]
