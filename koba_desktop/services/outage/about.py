"""Whom inputs are about that were not taken over, as far as the viewer may see it."""

from collections.abc import Iterable
from uuid import UUID

from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.contacts import ContactAttempt
from koba_desktop.domain.entities.rooms import Visit
from koba_desktop.services.commands import Command, CreateCallTask, NoteAttempt, RecordAttempt
from koba_desktop.services.commands.door import (
    ArriveVisitor,
    CallAdvisor,
    CheckVisitor,
    LeaveWaiting,
)
from koba_desktop.services.outage.state import RefusedInput
from koba_desktop.services.ports import AnyOf, Reader
from koba_desktop.services.view import View

Name = tuple[str, str]
"""Family name and given name."""


def people(view: View, inputs: Iterable[RefusedInput]) -> dict[UUID, Name]:
    """By the id of an input; nobody where that is not known (any more)."""
    reader = view.reader
    clients: dict[UUID, UUID] = {}
    appointments: dict[UUID, UUID] = {}
    for each in inputs:
        if (client := _client(reader, each.command)) is not None:
            clients[each.id] = client
        elif (appointment := _appointment(reader, each.command)) is not None:
            appointments[each.id] = appointment
    names = {
        row.id: (row.family_name, row.given_name)
        for row in reader.find(Client, id=AnyOf.of(set(clients.values())))
    }
    visitors = {
        row.id: (row.family_name, row.given_name)
        for row in reader.appointment_rows(tuple(set(appointments.values())))
    }
    found = {each: names[client] for each, client in clients.items() if client in names}
    return found | {each: visitors[row] for each, row in appointments.items() if row in visitors}


def _client(reader: Reader, command: Command | None) -> UUID | None:
    match command:
        case RecordAttempt() | CreateCallTask():
            return command.client_id
        case NoteAttempt():
            attempts = reader.find(ContactAttempt, id=command.attempt_id, limit=1)
            return attempts[0].client_id if attempts else None
    return None


def _appointment(reader: Reader, command: Command | None) -> UUID | None:
    match command:
        case ArriveVisitor():
            return command.appointment_id
        case CheckVisitor() | CallAdvisor() | LeaveWaiting():
            visits = reader.find(Visit, id=command.visit_id, limit=1)
            return visits[0].appointment_id if visits else None
    return None
