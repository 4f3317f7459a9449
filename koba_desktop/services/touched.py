"""Who changed the rows another program named, and what on the screen that is about."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from koba_desktop.domain.entities.appointments import Appointment, AppointmentPurpose, Participant
from koba_desktop.domain.entities.clients import Client, ClientAddress, ClientPhone
from koba_desktop.domain.entities.contacts import CallTask, ContactAttempt
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.rooms import RoomBooking, Visit
from koba_desktop.domain.records import Changeable
from koba_desktop.services.footprint import table_name
from koba_desktop.services.ports import AnyOf
from koba_desktop.services.view import View

_ABOUT: dict[type[Changeable], tuple[str, ...]] = {
    Appointment: (),
    Participant: ("appointment_id",),
    AppointmentPurpose: ("appointment_id",),
    RoomBooking: ("appointment_id",),
    Visit: ("appointment_id",),
    Letter: ("appointment_id",),
    CallTask: ("client_id",),
    ContactAttempt: ("client_id", "call_task_id"),
    Client: (),
    ClientAddress: ("client_id",),
    ClientPhone: ("client_id",),
}
"""The records that screens show in rows, and the fields that name what else shows them."""
_KINDS = {table_name(kind): kind for kind in _ABOUT}


@dataclass(frozen=True, slots=True)
class Touched:
    """A row somebody changed: its id and the ids of what it belongs to."""

    ids: frozenset[UUID]
    by: UUID | None  # staff id
    at: datetime | None  # UTC


def touched(view: View, rows: Iterable[tuple[str, UUID]]) -> tuple[Touched, ...]:
    """Who changed these rows (names of tables with ids), and when. Rows that are gone, that the
    viewer may not see, or that no screen shows in a row are left out."""
    by_kind: dict[type[Changeable], list[UUID]] = defaultdict(list)
    for table, row_id in rows:
        if table in _KINDS:
            by_kind[_KINDS[table]].append(row_id)
    return tuple(
        Touched(_ids(record), record.changed_by, record.changed_at)
        for kind, ids in by_kind.items()
        for record in view.reader.find(kind, id=AnyOf.of(ids))
    )


def _ids(record: Changeable) -> frozenset[UUID]:
    related = (getattr(record, name) for name in _ABOUT[type(record)])
    return frozenset({record.id, *(each for each in related if each is not None)})
