"""Who is expected, waits, is in a talk or has gone."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from koba_desktop.domain.entities.appointments import Appointment, AppointmentKind, Participant
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.rooms import Place, Room, RoomBooking, Visit
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.hygiene import ALONE
from koba_desktop.domain.vocabulary import (
    HAS_PLACE,
    AppointmentState,
    Channel,
    RoomBookingState,
    Salutation,
)
from koba_desktop.services.rows import ArrivalRow
from koba_desktop.storage.queries.people import FAMILY_NAME, FIRST_PARTICIPANT, newest
from koba_desktop.storage.tables import table_of

_appointment = table_of(Appointment)
_kind = table_of(AppointmentKind)
_advisor = table_of(Staff)
_participant = table_of(Participant)
_client = table_of(Client)
_visit = table_of(Visit)
_booking = table_of(RoomBooking)
_place = table_of(Place)
_room = table_of(Room)

# A running talk that had to leave its room has none, though that room is still aired after it.
_newest_booking = newest(
    sa.select(_booking.c.id)
    .where(
        _booking.c.appointment_id == _appointment.c.id,
        sa.or_(
            _booking.c.state.in_(sorted(HAS_PLACE)),
            sa.and_(
                _appointment.c.state == AppointmentState.KEPT,
                _booking.c.state != RoomBookingState.RELEASED,
            ),
        ),
    )
    .correlate(_appointment)
)

_ROWS = (
    sa.select(
        _appointment.c.id.label("appointment_id"),
        _appointment.c.version,
        _appointment.c.reference,
        _appointment.c.state,
        _appointment.c.channel,
        _appointment.c.urgency,
        _appointment.c.urgency_category,
        _kind.c.name.label("kind_name"),
        _appointment.c.starts,
        _appointment.c.ends,
        _appointment.c.advisor_id,
        _advisor.c.family_name.label("advisor_name"),
        _advisor.c.initials.label("advisor_initials"),
        _participant.c.client_id,
        FAMILY_NAME,
        sa.func.coalesce(_client.c.given_name, "").label("given_name"),
        _client.c.birth_date,
        sa.func.coalesce(
            _client.c.salutation, Salutation.NONE, type_=_client.c.salutation.type
        ).label("salutation"),
        _visit.c.id.label("visit_id"),
        sa.func.coalesce(_visit.c.version, 0).label("visit_version"),
        sa.func.coalesce(_visit.c.code, "").label("code"),
        sa.func.coalesce(_visit.c.companions, 0).label("companions"),
        _visit.c.needs,
        _visit.c.checked,
        _visit.c.arrived_at,
        _visit.c.called_at,
        _visit.c.entered_at,
        _visit.c.left_at,
        _visit.c.result,
        _booking.c.id.label("booking_id"),
        sa.func.coalesce(_booking.c.version, 0).label("booking_version"),
        _booking.c.state.label("booking_state"),
        _booking.c.starts.label("booking_starts"),
        sa.func.coalesce(_booking.c.persons, _visit.c.companions + ALONE, ALONE).label("persons"),
        _booking.c.place_id,
        sa.func.coalesce(_place.c.number, 1).label("place_number"),
        _room.c.id.label("room_id"),
        sa.func.coalesce(_room.c.name, "").label("room_name"),
    )
    .select_from(_appointment)
    .join(_kind, _kind.c.id == _appointment.c.kind_id)
    .join(_advisor, _advisor.c.id == _appointment.c.advisor_id)
    .outerjoin(_participant, _participant.c.id == FIRST_PARTICIPANT)
    .outerjoin(_client, _client.c.id == _participant.c.client_id)
    .outerjoin(
        _visit,
        sa.and_(_visit.c.appointment_id == _appointment.c.id, _visit.c.withdrawn_at.is_(None)),
    )
    .outerjoin(_booking, _booking.c.id == _newest_booking)
    .outerjoin(_place, _place.c.id == _booking.c.place_id)
    .outerjoin(_room, _room.c.id == _place.c.room_id)
)


def arrivals(
    connection: sa.Connection, office_id: UUID, starts: datetime, ends: datetime
) -> list[ArrivalRow]:
    """Personal appointments of the office that begin in [starts, ends), by start."""
    query = _ROWS.where(
        _appointment.c.office_id == office_id,
        _appointment.c.starts >= starts,
        _appointment.c.starts < ends,
        _appointment.c.withdrawn_at.is_(None),
        _appointment.c.channel != Channel.TELEPHONE,
    ).order_by(_appointment.c.starts, _appointment.c.id)
    rows = []
    for row in connection.execute(query).all():
        values = dict(row._mapping)
        values["needs"] = values["needs"] or ()
        values["checked"] = values["checked"] or ()
        rows.append(ArrivalRow(**values))
    return rows
