"""Appointments as the calendar and the cards show them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from koba_desktop.domain import references
from koba_desktop.domain.entities.appointments import (
    Appointment,
    AppointmentChange,
    AppointmentKind,
    Participant,
)
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.rooms import Place, Room, RoomBooking
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.vocabulary import ChangeKind, LetterState, Salutation
from koba_desktop.services.rows import AppointmentRow
from koba_desktop.storage.queries.people import FAMILY_NAME, FIRST_PARTICIPANT, newest
from koba_desktop.storage.tables import LONGEST_APPOINTMENT_DAYS, table_of

_appointment = table_of(Appointment)
_kind = table_of(AppointmentKind)
_advisor = table_of(Staff)
_participant = table_of(Participant)
_client = table_of(Client)
_booking = table_of(RoomBooking)
_place = table_of(Place)
_room = table_of(Room)
_letter = table_of(Letter)
_change = table_of(AppointmentChange)


def _of_appointment(column: Any, table: sa.Table, *where: sa.ColumnElement[bool]) -> Any:
    """A column of the rows that belong to the appointment of the surrounding query."""
    rows = sa.select(column).where(table.c.appointment_id == _appointment.c.id, *where)
    return rows.correlate(_appointment)


# Ids are made in the order of time: the greatest is the newest letter.
_newest_letter = newest(
    _of_appointment(
        _letter.c.id,
        _letter,
        _letter.c.state != LetterState.VOID,
        _letter.c.withdrawn_at.is_(None),
    )
)
_newest_booking = newest(_of_appointment(_booking.c.id, _booking, _booking.c.active))
_participants = _of_appointment(sa.func.count(), _participant).scalar_subquery()
_moved = _of_appointment(_change.c.id, _change, _change.c.kind == ChangeKind.MOVED).exists()

_ROWS = (
    sa.select(
        _appointment.c.id,
        _appointment.c.version,
        _appointment.c.reference,
        _appointment.c.office_id,
        _appointment.c.advisor_id,
        _advisor.c.family_name.label("advisor_name"),
        _advisor.c.initials.label("advisor_initials"),
        _appointment.c.kind_id,
        _kind.c.name.label("kind_name"),
        _appointment.c.channel,
        _appointment.c.starts,
        _appointment.c.ends,
        _appointment.c.state,
        _appointment.c.urgency,
        _appointment.c.phone,
        _participant.c.client_id,
        FAMILY_NAME,
        sa.func.coalesce(_client.c.given_name, "").label("given_name"),
        sa.func.coalesce(
            _client.c.salutation, Salutation.NONE, type_=_client.c.salutation.type
        ).label("salutation"),
        _participants.label("participants"),
        _room.c.id.label("room_id"),
        sa.func.coalesce(_room.c.name, "").label("room_name"),
        _letter.c.state.label("letter_state"),
        _letter.c.posted_on.label("letter_posted_on"),
        _moved.label("moved"),
    )
    .select_from(_appointment)
    .join(_advisor, _advisor.c.id == _appointment.c.advisor_id)
    .join(_kind, _kind.c.id == _appointment.c.kind_id)
    .outerjoin(_participant, _participant.c.id == FIRST_PARTICIPANT)
    .outerjoin(_client, _client.c.id == _participant.c.client_id)
    .outerjoin(_booking, _booking.c.id == _newest_booking)
    .outerjoin(_place, _place.c.id == _booking.c.place_id)
    .outerjoin(_room, _room.c.id == _place.c.room_id)
    .outerjoin(_letter, _letter.c.id == _newest_letter)
)
_NAMES = tuple(_ROWS.selected_columns.keys())

VIEWED = _ROWS.add_columns(_appointment.c.withdrawn_at)
"""What the shared database's view ``appointment_row`` selects: there the policy of appointments is
asked once for all that is shown of it, instead of once for each table."""
VIEW = sa.Table(
    "appointment_row",
    sa.MetaData(),
    *(sa.Column(column.key, column.type) for column in VIEWED.selected_columns),
)
_VIEWED_ROWS = sa.select(*(VIEW.c[name] for name in _NAMES))

# SQLite uses a partial index only for its own words: "active", not "active = 1".
_IS_ACTIVE = sa.text("appointment.active")


def _source(connection: sa.Connection) -> tuple[sa.Select[Any], Any]:
    """Rows to choose from, and the columns to choose by."""
    shared = connection.dialect.name == "postgresql"
    return (_VIEWED_ROWS, VIEW.c) if shared else (_ROWS, _appointment.c)


def _rows(connection: sa.Connection, query: sa.Select[Any]) -> list[AppointmentRow]:
    return [
        AppointmentRow(**dict(zip(_NAMES, row, strict=True)))
        for row in connection.execute(query).all()
    ]


def appointments_between(
    connection: sa.Connection,
    office_id: UUID,
    starts: datetime,
    ends: datetime,
    advisor_ids: Sequence[UUID],
) -> list[AppointmentRow]:
    """Appointments (not withdrawn) touching [starts, ends), by start."""
    rows, of = _source(connection)
    query = rows.where(
        of.office_id == office_id,
        of.starts < ends,
        of.starts > starts - timedelta(days=LONGEST_APPOINTMENT_DAYS),
        of.ends > starts,
        of.withdrawn_at.is_(None),
    ).order_by(of.starts, of.id)
    if advisor_ids:
        query = query.where(of.advisor_id.in_(advisor_ids))
    return _rows(connection, query)


def advisor_times(
    connection: sa.Connection,
    advisor_id: UUID,
    starts: datetime,
    ends: datetime,
    ignore: UUID | None,
) -> list[tuple[datetime, datetime]]:
    """Start and end of the advisor's active appointments touching [starts, ends), by start."""
    query = (
        sa.select(_appointment.c.starts, _appointment.c.ends)
        .where(_appointment.c.advisor_id == advisor_id, *_taking(starts, ends))
        .order_by(_appointment.c.starts)
    )
    if ignore is not None:
        query = query.where(_appointment.c.id != ignore)
    return [(row.starts, row.ends) for row in connection.execute(query)]


def times_of_advisors(
    connection: sa.Connection, advisor_ids: Sequence[UUID], starts: datetime, ends: datetime
) -> dict[UUID, list[tuple[datetime, datetime]]]:
    """The same of many advisors at once, by advisor; who has none is not there."""
    query = (
        sa.select(_appointment.c.advisor_id, _appointment.c.starts, _appointment.c.ends)
        .where(_appointment.c.advisor_id.in_(advisor_ids), *_taking(starts, ends))
        .order_by(_appointment.c.starts)
    )
    times: dict[UUID, list[tuple[datetime, datetime]]] = defaultdict(list)
    for advisor_id, begins, over in connection.execute(query):
        times[advisor_id].append((begins, over))
    return times


def _taking(starts: datetime, ends: datetime) -> tuple[Any, ...]:
    """Conditions: active and touching [starts, ends)."""
    return (
        _IS_ACTIVE,
        _appointment.c.starts < ends,
        _appointment.c.starts > starts - timedelta(days=LONGEST_APPOINTMENT_DAYS),
        _appointment.c.ends > starts,
    )


def appointment_rows(connection: sa.Connection, ids: Sequence[UUID]) -> list[AppointmentRow]:
    """The rows of these appointments, by start."""
    rows, of = _source(connection)
    return _rows(connection, rows.where(of.id.in_(ids)).order_by(of.starts, of.id))


def client_appointments(
    connection: sa.Connection, client_id: UUID, limit: int
) -> list[AppointmentRow]:
    """All appointments of a client (not withdrawn), latest first."""
    theirs = (
        sa.select(_appointment.c.id)
        .join(_participant, _participant.c.appointment_id == _appointment.c.id)
        .where(_participant.c.client_id == client_id, _appointment.c.withdrawn_at.is_(None))
        .order_by(_participant.c.starts.desc(), _appointment.c.id.desc())
        .limit(limit)
    )
    # The ids first: else a server reads all appointments to find those few.
    ids = connection.execute(theirs).scalars().all()
    return appointment_rows(connection, ids)[::-1] if ids else []


def find_reference(connection: sa.Connection, reference: str) -> UUID | None:
    """The appointment with that reference, however it was typed."""
    return connection.scalar(
        sa.select(_appointment.c.id).where(
            _appointment.c.reference == references.normalise(reference)
        )
    )
