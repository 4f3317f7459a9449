"""The same bookings in bare psycopg: the floor for ours.

``minimal`` writes an appointment with its client and its place, as the schema's owner: no policy
and no audit. ``same_rows`` writes all that our command leaves behind, on the person's own login.
Both take the same advisory locks in the same order, under the same constraints and triggers.
Neither looks whether the office is open, who is on duty or whether the command was carried out
before.
"""

import json
from collections.abc import Sequence
from datetime import timedelta
from random import SystemRandom
from typing import Any
from uuid import UUID

import psycopg

from koba_desktop.domain import references
from koba_desktop.domain.clock import day_of
from koba_desktop.domain.vocabulary import Channel
from koba_desktop.services.commands import BookAppointment
from koba_desktop.services.ids import new_id
from koba_desktop.services.locking import locks_of
from koba_desktop.storage.postgres.locks import ordered
from tests.benchmarks.town import NOW

Connection = psycopg.Connection[Any]

PAUSE = timedelta(minutes=15)
_random = SystemRandom()

_BOOKED = """
    insert into appointment (id, version, changed_at, changed_by, reference, office_id, advisor_id,
      kind_id, channel, starts, ends, state, active, urgency, phone)
    values (%s, 1, %s, %s, %s, %s, %s, %s, %s, %s, %s, 'confirmed', true, 'none', %s)"""
_TAKES_PART = """
    insert into participant (id, version, changed_at, changed_by, appointment_id, client_id,
      visitor_name, starts, ends, active)
    values (%s, 1, %s, %s, %s, %s, '', %s, %s, true)"""
_PLACED = """
    insert into room_booking (id, version, changed_at, changed_by, place_id, office_id,
      appointment_id, use, starts, ends, blocked_until, persons, state, active, note, initials)
    values (%s, 1, %s, %s, %s, %s, %s, 'consultation', %s, %s, %s, 2, 'reserved', true, '', '')"""
_EXPECTED = """
    insert into visit (id, version, changed_at, changed_by, office_id, appointment_id, day, code,
      companions, needs, checked)
    values (%s, 1, %s, %s, %s, %s, %s, %s, 0, '[]', '[]')"""
_HISTORY = """
    insert into appointment_change (id, created_at, created_by, appointment_id, kind, before, after)
    values (%s, %s, %s, %s, 'created', 'null', %s)"""
_DONE = """
    insert into command (id, created_at, created_by, name, result)
    values (%s, %s, %s, 'BookAppointment', %s)"""


def minimal(connection: Connection, command: BookAppointment, by: UUID) -> UUID:
    """The id of the appointment. Raises what psycopg raises where somebody is taken."""
    with connection.transaction():
        appointment_id, _ = _written(connection, command, by)
    return appointment_id


def same_rows(connection: Connection, command: BookAppointment, by: UUID) -> UUID:
    """The same, with history and command, and told to everybody; the audit comes of triggers."""
    with connection.transaction():
        connection.execute("select version from master_version")
        appointment_id, told = _written(connection, command, by)
        if command.place_id is not None:
            visit_id = new_id()
            code = f"{_random.randrange(10**6)}"
            values: Sequence[Any] = (
                *(visit_id, NOW, by, command.office_id, appointment_id),
                *(day_of(command.starts), code),
            )
            connection.execute(_EXPECTED, values)
            told.append(("visit", visit_id))
        change_id = new_id()
        after = json.dumps(
            {
                "starts": command.starts.isoformat(),
                "ends": command.ends.isoformat(),
                "advisor_id": str(command.advisor_id),
                "channel": command.channel.value,
                "state": command.state.value,
            }
        )
        connection.execute(_HISTORY, (change_id, NOW, by, appointment_id, after))
        told.append(("appointment_change", change_id))
        result = json.dumps({"appointment_id": str(appointment_id)})
        connection.execute(_DONE, (command.command_id, NOW, by, result))
        rows = ",".join(f"{table}:{one.hex}" for table, one in told)
        connection.execute("select pg_notify('koba', %s)", (f"raw|{rows}",))
    return appointment_id


def _written(
    connection: Connection, command: BookAppointment, by: UUID
) -> tuple[UUID, list[tuple[str, UUID]]]:
    keys, shared = map(list, zip(*ordered(locks_of(command, None)), strict=True))  # type: ignore[arg-type]
    connection.execute("select take_locks(%s::bigint[], %s::boolean[])", (keys, shared))
    one, part, booking = new_id(), new_id(), new_id()
    told = [("appointment", one), ("participant", part)]
    span = (command.starts, command.ends)
    connection.execute(
        _BOOKED,
        (
            *(one, NOW, by, references.make(_random), command.office_id, command.advisor_id),
            *(command.kind_id, command.channel.value, *span, command.phone),
        ),
    )
    connection.execute(_TAKES_PART, (part, NOW, by, one, command.client_id, *span))
    if command.channel is not Channel.TELEPHONE:
        place = (command.place_id, command.office_id, one, *span, command.ends + PAUSE)
        connection.execute(_PLACED, (booking, NOW, by, *place))
        told.append(("room_booking", booking))
    return one, told
