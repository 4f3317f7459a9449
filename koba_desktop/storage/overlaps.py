"""Saying what stands in the way when the database refused an overlap."""

from typing import Any

import sqlalchemy as sa

from koba_desktop.domain.entities.appointments import Appointment, Hold, Participant
from koba_desktop.domain.entities.rooms import Place, Room, RoomBooking
from koba_desktop.domain.errors import Taken
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import IN_USE
from koba_desktop.storage.tables import table_of

PLACE_IN_USE = "UNIQUE constraint failed: room_booking.place_id"
"""Somebody is still in there, or the room is being aired or cleaned."""

_appointment = table_of(Appointment)
_participant = table_of(Participant)
_booking = table_of(RoomBooking)
_hold = table_of(Hold)
_place = table_of(Place)
_room = table_of(Room)

# Which table blocks whom, and the column in which the blocking ends.
_BLOCKING = {
    "advisor": (_appointment, _appointment.c.ends, _appointment.c.id),
    "client": (_participant, _participant.c.ends, _participant.c.appointment_id),
    "place": (_booking, _booking.c.blocked_until, _booking.c.appointment_id),
}


def taken(connection: sa.Connection, word: str, record: Record) -> Taken:
    """``advisor_taken``, ``client_taken``, ``place_taken`` or ``place_in_use`` with what is known
    of the obstacle.

    Params: ``held`` (somebody is typing there), ``starts`` and ``ends`` (UTC) of the row in the
    way, its ``appointment_id`` (None for a hold), and ``room`` for a place.
    """
    subject, how = word.split("_", 1)
    held = how == "held"
    query = _in_use(record) if how == "in_use" else _obstacles(subject, held, record)
    row = connection.execute(query.limit(1)).first()
    params: dict[str, Any] = {"held": held} | (dict(row._mapping) if row is not None else {})
    if subject == "place":
        params["room"] = connection.scalar(
            sa.select(_room.c.name)
            .join(_place, _place.c.room_id == _room.c.id)
            .where(_place.c.id == getattr(record, "place_id", None))
        )
    code = word if how == "in_use" else f"{subject}_taken"
    return Taken(code, where=f"{subject}_id", **params)


def _in_use(record: Record) -> sa.Select[Any]:
    """The booking by which the place is in use now."""
    return sa.select(
        _booking.c.starts, _booking.c.blocked_until.label("ends"), _booking.c.appointment_id
    ).where(
        _booking.c.place_id == getattr(record, "place_id", None),
        _booking.c.state.in_(IN_USE),
        _booking.c.id != record.id,
    )


def _obstacles(subject: str, held: bool, record: Record) -> sa.Select[Any]:
    """The rows that touch the time the refused record wanted."""
    starts = getattr(record, "starts", None)
    ends = getattr(record, "blocked_until", getattr(record, "ends", None))
    if held:
        return sa.select(_hold.c.starts, _hold.c.ends, sa.null().label("appointment_id")).where(
            _hold.c[f"{subject}_id"].in_(_wanted(subject, record)),
            _hold.c.id != record.id,
            _hold.c.starts < ends,
            _hold.c.ends > starts,
        )
    table, until, appointment_id = _BLOCKING[subject]
    query = sa.select(
        table.c.starts, until.label("ends"), appointment_id.label("appointment_id")
    ).where(
        table.c[f"{subject}_id"].in_(_wanted(subject, record)),
        table.c.active,
        table.c.id != record.id,
        table.c.starts < ends,
        until > starts,
    )
    if subject == "client":
        own = record.id if isinstance(record, Appointment) else record.appointment_id  # type: ignore[attr-defined]
        query = query.where(appointment_id != own)
    return query


def _wanted(subject: str, record: Record) -> Any:
    """Whom or what the record wanted: an appointment stands for all its participants."""
    if subject == "client" and isinstance(record, Appointment):
        return sa.select(_participant.c.client_id).where(_participant.c.appointment_id == record.id)
    return [getattr(record, f"{subject}_id", None)]
