"""The list on paper for when server or network are away: who comes, who is to be called, where.

It holds what is needed to go on by hand today and on the next working day, and only what whoever
prints it may see: no purposes, no notes, calls only for whom calling is his or her work. Rooms are
listed by visitors' numbers, as on the doors.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from koba_desktop.domain.clock import day_bounds
from koba_desktop.domain.entities.clients import Client, ClientPhone
from koba_desktop.domain.entities.contacts import CallTask
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.postal import next_working_day
from koba_desktop.domain.rights import Right, offices_with
from koba_desktop.domain.vocabulary import AppointmentState, CallReason, Channel, RoomUse
from koba_desktop.services.calendar.day_list import CALLED_OFF
from koba_desktop.services.clients.on_paper import (
    clients_by_id,
    first_phone,
    good_phones_of,
    in_order_of_names,
    name_on_lists,
    number_of,
)
from koba_desktop.services.office.demo import is_demo
from koba_desktop.services.office.entitlement import may, my_roles, not_entitled
from koba_desktop.services.ports import AnyOf, Before
from koba_desktop.services.reception.page import group_of
from koba_desktop.services.rooms.situations import rooms_in_use
from koba_desktop.services.rows import AppointmentRow, ArrivalRow, RoomBookingRow
from koba_desktop.services.view import View


@dataclass(frozen=True, slots=True)
class AppointmentLine:
    """``phone`` is the number agreed on, else the client's first good one; ``number`` that of the
    client; ``more`` how many take part beside the one named."""

    starts: datetime
    ends: datetime
    channel: Channel
    name: str
    phone: str
    room: str
    state: AppointmentState
    more: int = 0
    number: str = ""


@dataclass(frozen=True, slots=True)
class AdvisorLines:
    """An advisor's appointments of a day."""

    advisor: str
    lines: tuple[AppointmentLine, ...]


@dataclass(frozen=True, slots=True)
class VisitorLine:
    """Somebody who is awaited or in the house: what reception needs to know, and no more.
    ``number`` is the client's, "" for others."""

    starts: datetime
    code: str
    name: str
    advisor: str
    room: str
    state: AppointmentState
    companions: int
    number: str = ""


@dataclass(frozen=True, slots=True)
class RoomUsed:
    """A use of a room, until its pause is over. ``code`` is the visitor's number or empty."""

    starts: datetime
    ends: datetime
    blocked_until: datetime
    code: str
    use: RoomUse


@dataclass(frozen=True, slots=True)
class RoomLines:
    room: str
    floor: str
    used: tuple[RoomUsed, ...]


@dataclass(frozen=True, slots=True)
class CallLine:
    """Somebody who is to be called, from ``due`` on."""

    due: datetime
    name: str
    phone: str
    reason: CallReason
    number: str = ""


@dataclass(frozen=True, slots=True)
class CallLines:
    """Whom an advisor is to call."""

    advisor: str
    lines: tuple[CallLine, ...]


@dataclass(frozen=True, slots=True)
class DayLines:
    """``visitors`` and ``rooms`` are None for whom receiving visitors is none of his or her
    business."""

    day: date
    advisors: tuple[AdvisorLines, ...]
    visitors: tuple[VisitorLine, ...] | None
    rooms: tuple[RoomLines, ...] | None


@dataclass(frozen=True, slots=True)
class OfficeLines:
    """``calls`` is None for whom calling is none of his or her business."""

    office: Office
    days: tuple[DayLines, ...]
    calls: tuple[CallLines, ...] | None


@dataclass(frozen=True, slots=True)
class EmergencyList:
    """As it stood at ``as_of``."""

    as_of: datetime
    offices: tuple[OfficeLines, ...]
    demo: bool


def emergency_list(
    view: View,
    *,
    office_id: UUID | None = None,
    advisor_id: UUID | None = None,
    taken_at: datetime | None = None,
) -> EmergencyList:
    """Today and the next working day, in the viewer's offices or in one of them; ``advisor_id``
    keeps appointments and calls to those of one advisor. ``taken_at`` is when the snapshot was
    made that is read meanwhile (None: the database itself is read).

    Raises Refused ``not_entitled`` where the viewer has nothing to do with clients.
    """
    mine = offices_with(my_roles(view), Right.SEE_CLIENTS)
    wanted = mine if office_id is None else mine & {office_id}
    if not wanted:
        raise not_entitled()
    offices = sorted(
        view.reader.find(Office, id=AnyOf.of(wanted)), key=lambda o: (o.short_name, o.id)
    )
    days = (view.today, next_working_day(view.today, view.is_holiday))
    return EmergencyList(
        as_of=taken_at or view.now,
        offices=tuple(_office(view, office, days, advisor_id) for office in offices),
        demo=is_demo(view.reader),
    )


def _office(
    view: View, office: Office, days: Sequence[date], advisor_id: UUID | None
) -> OfficeLines:
    advisors = () if advisor_id is None else (advisor_id,)
    rows = {
        day: [
            row
            for row in view.reader.appointments_between(
                office.id, *day_bounds(day), advisor_ids=advisors
            )
            if row.state not in CALLED_OFF
        ]
        for day in days
    }
    ids = {row.client_id for day in days for row in rows[day]}
    reader = view.reader.ahead(lambda ask: (clients_by_id(ask, ids), good_phones_of(ask, ids)))
    clients, phones = clients_by_id(reader, ids), good_phones_of(reader, ids)
    receives = may(view, Right.RECEIVE_VISITORS, office.id)
    return OfficeLines(
        office=office,
        days=tuple(
            DayLines(
                day=day,
                advisors=_by_advisor(rows[day], clients, phones),
                visitors=_visitors(view, office.id, day) if receives else None,
                rooms=_rooms(view, office.id, day) if receives else None,
            )
            for day in days
        ),
        calls=_calls(view, office.id, days[-1], advisor_id)
        if may(view, Right.CALL, office.id)
        else None,
    )


def _by_advisor(
    rows: Iterable[AppointmentRow],
    clients: dict[UUID, Client],
    phones: dict[UUID, tuple[ClientPhone, ...]],
) -> tuple[AdvisorLines, ...]:
    lines: dict[tuple[str, UUID], list[AppointmentLine]] = {}
    for row in rows:
        lines.setdefault((row.advisor_name, row.advisor_id), []).append(
            AppointmentLine(
                starts=row.starts,
                ends=row.ends,
                channel=row.channel,
                name=name_on_lists(row.family_name, row.given_name),
                phone=row.phone or first_phone(phones, row.client_id),
                room=row.room_name,
                state=row.state,
                more=max(0, row.participants - 1),
                number=number_of(clients, row.client_id),
            )
        )
    return tuple(AdvisorLines(key[0], tuple(lines[key])) for key in sorted(lines, key=_by_name))


def _visitors(view: View, office_id: UUID, day: date) -> tuple[VisitorLine, ...]:
    rows = [
        row
        for row in view.reader.arrivals(office_id, *day_bounds(day))
        if group_of(row) in ("expected", "waiting", "talking")
    ]
    clients = clients_by_id(view.reader, (row.client_id for row in rows))
    return tuple(_visitor(row, number_of(clients, row.client_id)) for row in rows)


def _visitor(row: ArrivalRow, number: str) -> VisitorLine:
    return VisitorLine(
        starts=row.starts,
        code=row.code,
        name=name_on_lists(row.family_name, row.given_name),
        advisor=row.advisor_name,
        room=row.room_name,
        state=row.state,
        companions=row.companions,
        number=number,
    )


def _rooms(view: View, office_id: UUID, day: date) -> tuple[RoomLines, ...]:
    used: dict[UUID, list[RoomUsed]] = {}
    for booking in view.reader.room_bookings_between(office_id, *day_bounds(day)):
        used.setdefault(booking.room_id, []).append(_room_used(booking))
    return tuple(
        RoomLines(room.name, room.floor, tuple(used.get(room.id, ())))
        for room in rooms_in_use(view.reader, office_id, day)
    )


def _room_used(booking: RoomBookingRow) -> RoomUsed:
    return RoomUsed(booking.starts, booking.ends, booking.blocked_until, booking.code, booking.use)


def _calls(
    view: View, office_id: UUID, last: date, advisor_id: UUID | None
) -> tuple[CallLines, ...]:
    """Open call tasks that are due until the end of the last day, by advisor."""
    of_advisor: dict[str, Any] = {} if advisor_id is None else {"advisor_id": advisor_id}
    tasks = view.reader.find(
        CallTask,
        office_id=office_id,
        closed_at=None,
        withdrawn_at=None,
        due=Before(day_bounds(last)[1]),
        order_by="due",
        **of_advisor,
    )
    staff = {
        member.id: member.family_name
        for member in view.reader.find(Staff, id=AnyOf.of({task.advisor_id for task in tasks}))
    }
    ids = {task.client_id for task in tasks}
    clients = clients_by_id(view.reader, ids)
    phones = good_phones_of(view.reader, ids)
    lines: dict[tuple[str, UUID], list[CallLine]] = {}
    for task in tasks:
        client = clients.get(task.client_id)
        if client is not None:
            name = name_on_lists(client.family_name, client.given_name)
            line = CallLine(
                task.due, name, first_phone(phones, client.id), task.reason, client.number or ""
            )
            lines.setdefault((staff.get(task.advisor_id, ""), task.advisor_id), []).append(line)
    return tuple(CallLines(key[0], tuple(lines[key])) for key in sorted(lines, key=_by_name))


def _by_name(key: tuple[str, UUID]) -> tuple[str, UUID]:
    return in_order_of_names(key[0]), key[1]
