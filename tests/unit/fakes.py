"""A small office in memory, read as the database would be read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any, TypeVar
from uuid import UUID

from koba_desktop.domain.entities.appointments import Appointment, AppointmentKind, Participant
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.contacts import CallTask, ContactAttempt
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.rooms import Place, Room, RoomBooking
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import NotFound
from koba_desktop.domain.ladder import NOT_REACHED
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import Salutation, Urgency
from koba_desktop.services.ports import After, AnyOf, Before, From, Reader
from koba_desktop.services.rows import AppointmentRow, PlaceTime, RoomBookingRow, TaskRow

R = TypeVar("R", bound=Record)
_numbers = count(1)


def new_id() -> UUID:
    """Ids in the order of their making, as UUIDv7 are."""
    return UUID(int=next(_numbers))


@dataclass
class FakeHolidays:
    names: Mapping[date, str] = field(default_factory=dict)

    def name(self, day: date) -> str | None:
        return self.names.get(day)

    def is_holiday(self, day: date) -> bool:
        return day in self.names


class FakeReader:
    """Records by kind, and the queries of the screens the services under test need."""

    def __init__(self, *records: Record) -> None:
        self.records: list[Record] = list(records)

    def ahead(self, ask: Callable[[Reader], object]) -> "FakeReader":
        return self

    def add(self, record: R) -> R:
        self.records.append(record)
        return record

    def get(self, kind: type[R], record_id: UUID) -> R:
        for record in self.find(kind, id=record_id):
            return record
        raise NotFound("not_found", kind=kind.__name__)

    def find(self, kind: type[R], *, order_by: str = "", limit: int = 0, **where: Any) -> list[R]:
        found = [
            record
            for record in self.records
            if type(record) is kind
            and all(_meets(getattr(record, name), wanted) for name, wanted in where.items())
        ]
        if order_by:
            column = order_by.removeprefix("-")
            found.sort(key=lambda r: getattr(r, column), reverse=order_by.startswith("-"))
        return found[:limit] if limit else found

    def appointments_between(
        self, office_id: UUID, starts: datetime, ends: datetime, *, advisor_ids: Sequence[UUID] = ()
    ) -> list[AppointmentRow]:
        rows = [
            self._row(a)
            for a in self.find(
                Appointment,
                office_id=office_id,
                starts=Before(ends),
                ends=After(starts),
                withdrawn_at=None,
            )
            if not advisor_ids or a.advisor_id in advisor_ids
        ]
        return sorted(rows, key=lambda row: (row.starts, row.id))

    def advisor_times(
        self, advisor_id: UUID, starts: datetime, ends: datetime, *, ignore: UUID | None = None
    ) -> list[tuple[datetime, datetime]]:
        taken = self.find(
            Appointment,
            advisor_id=advisor_id,
            active=True,
            starts=Before(ends),
            ends=After(starts),
            order_by="starts",
        )
        return [(a.starts, a.ends) for a in taken if a.id != ignore]

    def _row(self, appointment: Appointment) -> AppointmentRow:
        advisor = self.get(Staff, appointment.advisor_id)
        parts = self.find(Participant, appointment_id=appointment.id)
        client_id = parts[0].client_id if parts else None
        client = self.get(Client, client_id) if client_id else None
        letters = self.find(Letter, appointment_id=appointment.id)
        return AppointmentRow(
            id=appointment.id,
            version=appointment.version,
            reference=appointment.reference,
            office_id=appointment.office_id,
            advisor_id=advisor.id,
            advisor_name=advisor.family_name,
            advisor_initials=advisor.initials,
            kind_id=appointment.kind_id,
            kind_name=self.get(AppointmentKind, appointment.kind_id).name,
            channel=appointment.channel,
            starts=appointment.starts,
            ends=appointment.ends,
            state=appointment.state,
            urgency=appointment.urgency,
            phone=appointment.phone,
            client_id=client_id,
            family_name=client.family_name if client else "",
            given_name=client.given_name if client else "",
            salutation=client.salutation if client else Salutation.NONE,
            participants=len(parts),
            letter_state=letters[-1].state if letters else None,
        )

    def room_bookings_between(
        self, office_id: UUID, starts: datetime, ends: datetime
    ) -> list[RoomBookingRow]:
        rows = []
        for booking in self.find(RoomBooking, office_id=office_id, active=True):
            if booking.starts < ends and booking.blocked_until > starts:
                place = self.get(Place, booking.place_id)
                room = self.get(Room, place.room_id)
                rows.append(
                    RoomBookingRow(
                        id=booking.id,
                        version=booking.version,
                        room_id=room.id,
                        room_name=room.name,
                        place_id=place.id,
                        place_number=place.number,
                        appointment_id=booking.appointment_id,
                        label="",
                        advisor_initials="",
                        use=booking.use,
                        starts=booking.starts,
                        ends=booking.ends,
                        blocked_until=booking.blocked_until,
                        persons=booking.persons,
                        state=booking.state,
                        urgency=Urgency.NONE,
                    )
                )
        return sorted(rows, key=lambda row: (row.starts, row.id))

    def rooms_used_between(
        self, office_id: UUID, starts: datetime, ends: datetime
    ) -> list[RoomBookingRow]:
        return self.room_bookings_between(office_id, starts, ends)

    def still_in_use(self, office_id: UUID, before: datetime) -> list[RoomBookingRow]:
        return []

    def place_times(self, office_id: UUID, starts: datetime, ends: datetime) -> list[PlaceTime]:
        return [
            PlaceTime(
                b.place_id,
                b.id,
                b.starts,
                b.ends,
                b.blocked_until,
                b.state,
                b.use,
                b.occupied_at,
                b.vacated_at,
                b.aired_at,
                b.cleaned_at,
                b.appointment_id,
                "",
            )
            for b in self.find(RoomBooking, office_id=office_id, active=True, order_by="starts")
            if b.starts < ends and b.blocked_until > starts
        ]

    def open_tasks(self, advisor_id: UUID) -> list[TaskRow]:
        tasks = self.find(CallTask, advisor_id=advisor_id, closed_at=None, order_by="due")
        return [self._task(task) for task in tasks]

    def tasks_closed_between(
        self, advisor_id: UUID, starts: datetime, ends: datetime
    ) -> list[TaskRow]:
        return [
            self._task(task)
            for task in self.find(CallTask, advisor_id=advisor_id)
            if task.closed_at is not None and starts <= task.closed_at < ends
        ]

    def _task(self, task: CallTask) -> TaskRow:
        client = self.get(Client, task.client_id)
        attempts = self.find(ContactAttempt, call_task_id=task.id, withdrawn_at=None, order_by="at")
        return TaskRow(
            id=task.id,
            version=task.version,
            client_id=client.id,
            family_name=client.family_name,
            given_name=client.given_name,
            salutation=client.salutation,
            phone="",
            reason=task.reason,
            due=task.due,
            kind_id=task.kind_id,
            kind_name="",
            appointment_id=task.appointment_id,
            attempts=sum(a.outcome in NOT_REACHED for a in attempts),
            last_at=attempts[-1].at if attempts else None,
            last_outcome=attempts[-1].outcome if attempts else None,
            closed_at=task.closed_at,
            result=task.result,
        )


def _meets(value: Any, wanted: Any) -> bool:
    match wanted:
        case Before(limit):
            return bool(value is not None and value < limit)
        case After(limit):
            return bool(value is not None and value > limit)
        case From(limit):
            return bool(value is not None and value >= limit)
        case AnyOf(values):
            return value in values
        case _:
            return bool(value == wanted)
