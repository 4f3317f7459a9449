"""A consistent view of the database: ``services.ports.Reader`` on one connection."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from koba_desktop.domain.postcodes import KnownAddress
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import LetterState
from koba_desktop.services.audit.rows import AuditFilter, AuditKey, AuditRow
from koba_desktop.services.ports import Reader
from koba_desktop.services.rows import (
    AppointmentRow,
    ArrivalRow,
    AttemptRow,
    ClientPage,
    OutboxRow,
    PlaceTime,
    RoomBookingRow,
    TaskRow,
)
from koba_desktop.storage.queries import (
    appointments,
    audit,
    clients,
    contacts,
    letters,
    reception,
    records,
    rooms,
)

R = TypeVar("R", bound=Record)


class SqlReader:
    """Fulfils ``services.ports.Reader``; lives as long as its transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def _current(self) -> sa.Connection:
        """The connection, with everything written so far to be seen by a query."""
        return self._connection

    def get(self, kind: type[R], record_id: UUID) -> R:
        return records.get(self._connection, kind, record_id)

    def find(self, kind: type[R], *, order_by: str = "", limit: int = 0, **where: Any) -> list[R]:
        return records.find(self._connection, kind, order_by, limit, where)

    def ahead(self, ask: "Callable[[Reader], object]") -> "Reader":
        """A file on this PC answers at once: nothing is to be gained."""
        return self

    def search_clients(
        self,
        text: str,
        *,
        office_ids: Sequence[UUID] = (),
        advisor_id: UUID | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> ClientPage:
        return clients.search_clients(self._current(), text, office_ids, advisor_id, limit, offset)

    def appointments_between(
        self,
        office_id: UUID,
        starts: datetime,
        ends: datetime,
        *,
        advisor_ids: Sequence[UUID] = (),
    ) -> list[AppointmentRow]:
        return appointments.appointments_between(
            self._connection, office_id, starts, ends, advisor_ids
        )

    def advisor_times(
        self, advisor_id: UUID, starts: datetime, ends: datetime, *, ignore: UUID | None = None
    ) -> list[tuple[datetime, datetime]]:
        return appointments.advisor_times(self._connection, advisor_id, starts, ends, ignore)

    def times_of_advisors(
        self, advisor_ids: Sequence[UUID], starts: datetime, ends: datetime
    ) -> dict[UUID, list[tuple[datetime, datetime]]]:
        return appointments.times_of_advisors(self._connection, advisor_ids, starts, ends)

    def appointment_rows(self, ids: Sequence[UUID]) -> list[AppointmentRow]:
        return appointments.appointment_rows(self._connection, ids)

    def client_appointments(self, client_id: UUID, *, limit: int = 50) -> list[AppointmentRow]:
        return appointments.client_appointments(self._connection, client_id, limit)

    def find_reference(self, reference: str) -> UUID | None:
        return appointments.find_reference(self._connection, reference)

    def open_tasks(self, advisor_id: UUID) -> list[TaskRow]:
        return contacts.open_tasks(self._connection, advisor_id)

    def tasks_closed_between(
        self, advisor_id: UUID, starts: datetime, ends: datetime
    ) -> list[TaskRow]:
        return contacts.tasks_closed_between(self._connection, advisor_id, starts, ends)

    def client_attempts(
        self, client_id: UUID, *, limit: int = 50, notes: bool = True
    ) -> list[AttemptRow]:
        return contacts.client_attempts(self._connection, client_id, limit, notes)

    def outbox(
        self,
        office_id: UUID,
        *,
        states: Sequence[str] = (),
        text: str = "",
        posted_after: date | None = None,
        limit: int | None = 500,
        oldest: bool = False,
    ) -> list[OutboxRow]:
        return letters.outbox(self._current(), office_id, states, text, posted_after, limit, oldest)

    def letters_about(self, appointment_id: UUID) -> list[OutboxRow]:
        return letters.letters_about(self._connection, appointment_id)

    def count_letters(
        self,
        office_id: UUID,
        states: Sequence[str],
        *,
        text: str = "",
        posted_after: date | None = None,
    ) -> dict[LetterState, int]:
        return letters.count_letters(self._current(), office_id, states, text, posted_after)

    def known_addresses(self, office_id: UUID, towns: Sequence[str]) -> list[KnownAddress]:
        return letters.known_addresses(self._current(), office_id, towns)

    def doubtful_letters(self, office_id: UUID, before: datetime, today: date) -> list[OutboxRow]:
        return letters.doubtful_letters(self._current(), office_id, before, today)

    def room_bookings_between(
        self, office_id: UUID, starts: datetime, ends: datetime
    ) -> list[RoomBookingRow]:
        return rooms.room_bookings_between(self._connection, office_id, starts, ends)

    def rooms_used_between(
        self, office_id: UUID, starts: datetime, ends: datetime
    ) -> list[RoomBookingRow]:
        return rooms.rooms_used_between(self._connection, office_id, starts, ends)

    def still_in_use(self, office_id: UUID, before: datetime) -> list[RoomBookingRow]:
        return rooms.still_in_use(self._connection, office_id, before)

    def place_times(self, office_id: UUID, starts: datetime, ends: datetime) -> list[PlaceTime]:
        return rooms.place_times(self._connection, office_id, starts, ends)

    def arrivals(self, office_id: UUID, starts: datetime, ends: datetime) -> list[ArrivalRow]:
        return reception.arrivals(self._connection, office_id, starts, ends)

    def audit_events(
        self, wanted: AuditFilter, *, limit: int, after: AuditKey | None = None
    ) -> list[AuditRow]:
        return audit.audit_events(self._current(), self, wanted, limit, after)

    def count_audit_events(self, wanted: AuditFilter) -> int:
        return audit.count_audit_events(self._current(), self, wanted)

    def audit_subjects(self, text: str) -> Sequence[UUID]:
        """What a text in the filter of the audit means: see ``queries.audit``."""
        return audit.audit_subjects(self._current(), text)

    def audit_references(self, ids: Sequence[UUID]) -> Mapping[UUID, str]:
        """The references of appointments, for the audit."""
        return audit.audit_references(self._current(), ids)
