"""Who an appointment is about, for the queries of all screens."""

from typing import Any

import sqlalchemy as sa

from koba_desktop.domain.entities.appointments import Appointment, Participant
from koba_desktop.domain.entities.clients import Client
from koba_desktop.storage.tables import table_of

_appointment = table_of(Appointment)
_participant = table_of(Participant)
_client = table_of(Client)

# Ids are made in the order of time: the smallest is the first participant.
FIRST_PARTICIPANT = (
    sa.select(_participant.c.id)
    .where(_participant.c.appointment_id == _appointment.c.id)
    .order_by(_participant.c.id)
    .limit(1)
    .correlate(_appointment)
    .scalar_subquery()
)
"""The id of the first participant of the appointment of the surrounding query."""


def newest(ids: sa.Select[Any]) -> sa.ScalarSelect[Any]:
    """The greatest of the ids a query selects, NULL where it finds none: ids are made in the order
    of time. (PostgreSQL before version 19 knows no ``max`` of UUIDs.)"""
    return ids.order_by(ids.selected_columns[0].desc()).limit(1).scalar_subquery()


FAMILY_NAME = sa.func.coalesce(_client.c.family_name, _participant.c.visitor_name, "").label(
    "family_name"
)
"""Of the client, or the name of a visitor without a record."""
