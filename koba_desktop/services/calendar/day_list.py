"""The day list: who comes or is called when, of one advisor or of the whole office.

It says what everybody needs who has to do with clients at all, and nothing else: no purpose and no
notes, whoever prints it, because paper lies about (§ 35 SGB I).
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from koba_desktop.domain.clock import day_bounds
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import AppointmentState, Channel, Urgency
from koba_desktop.services.clients.on_paper import (
    clients_by_id,
    first_phone,
    good_phones_of,
    in_order_of_names,
    name_on_lists,
    number_of,
)
from koba_desktop.services.office.demo import is_demo
from koba_desktop.services.office.entitlement import may_query, not_entitled
from koba_desktop.services.rows import AppointmentRow
from koba_desktop.services.view import View

CALLED_OFF = frozenset({AppointmentState.CANCELLED_BY_CLIENT, AppointmentState.CANCELLED_BY_OFFICE})


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """An appointment. ``phone`` is the number agreed on, else the client's first good one;
    ``number`` that of the client; ``code`` the visitor's; ``more`` how many take part beside the
    one named, ``companions`` how many come along."""

    starts: datetime
    ends: datetime
    kind: str
    channel: Channel
    name: str
    number: str
    phone: str
    advisor: str
    room: str
    code: str
    state: AppointmentState
    urgency: Urgency
    more: int = 0
    companions: int = 0


@dataclass(frozen=True, slots=True)
class DayList:
    """A day as it stood at ``as_of``. ``advisor`` is the family name of whose list it is, "" for
    the whole office; ``called_off`` appointments are only counted."""

    office: Office
    day: date
    as_of: datetime
    advisor: str
    lines: tuple[DayLine, ...]
    called_off: int
    demo: bool


def day_list(
    view: View,
    office_id: UUID,
    day: date,
    *,
    advisor_id: UUID | None = None,
    taken_at: datetime | None = None,
) -> DayList:
    """The appointments of a day in an office, by time; with ``advisor_id`` those of one advisor.
    ``taken_at`` is when the snapshot was made that is read meanwhile (None: the database itself).

    Raises Refused ``not_entitled`` for who has nothing to do with clients there, and for a past
    day for who may not read social data; of an own list these rights in any office are enough.
    """
    right = Right.SEE_CLIENTS if day >= view.today else Right.READ_SOCIAL_DATA
    responsible = () if advisor_id is None else (advisor_id,)
    if not may_query(view, right, office_id, *responsible):
        raise not_entitled()
    bounds = day_bounds(day)
    view = view.ahead(
        lambda ask: (
            ask.appointments_between(office_id, *bounds, advisor_ids=responsible),
            ask.arrivals(office_id, *bounds),
        )
    )
    rows = [
        row
        for row in view.reader.appointments_between(office_id, *bounds, advisor_ids=responsible)
        if row.starts >= bounds[0]  # what began the day before stands on that day's list
    ]
    standing = [row for row in rows if row.state not in CALLED_OFF]
    return DayList(
        office=view.reader.get(Office, office_id),
        day=day,
        as_of=taken_at or view.now,
        advisor="" if advisor_id is None else view.reader.get(Staff, advisor_id).family_name,
        lines=_lines(view, office_id, bounds, standing),
        called_off=len(rows) - len(standing),
        demo=is_demo(view.reader),
    )


def _lines(
    view: View, office_id: UUID, bounds: tuple[datetime, datetime], rows: list[AppointmentRow]
) -> tuple[DayLine, ...]:
    visits = {row.appointment_id: row for row in view.reader.arrivals(office_id, *bounds)}
    ids = {row.client_id for row in rows}
    reader = view.reader.ahead(lambda ask: (clients_by_id(ask, ids), good_phones_of(ask, ids)))
    clients, phones = clients_by_id(reader, ids), good_phones_of(reader, ids)
    lines = []
    for row in rows:
        visit = visits.get(row.id)
        lines.append(
            DayLine(
                starts=row.starts,
                ends=row.ends,
                kind=row.kind_name,
                channel=row.channel,
                name=name_on_lists(row.family_name, row.given_name),
                number=number_of(clients, row.client_id),
                phone=row.phone or first_phone(phones, row.client_id),
                advisor=row.advisor_name,
                room=row.room_name,
                code=visit.code if visit is not None else "",
                state=row.state,
                urgency=row.urgency,
                more=max(0, row.participants - 1),
                companions=visit.companions if visit is not None else 0,
            )
        )
    return tuple(
        sorted(lines, key=lambda line: (line.starts, line.ends, in_order_of_names(line.name)))
    )
