"""The call list: an advisor's worklist of today, to be worked through with a pen.

For who calls: it names people, how to reach them and what was tried. What was talked about stays
in the program.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from koba_desktop.domain.clock import day_bounds
from koba_desktop.domain.entities.contacts import ContactAttempt
from koba_desktop.domain.entities.office import Office, Setting
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.ladder import Try, best_hour
from koba_desktop.domain.policy import ladder_rules
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import CallReason, Direction, PhoneKind
from koba_desktop.services.clients.on_paper import (
    clients_by_id,
    good_phones_of,
    name_on_lists,
)
from koba_desktop.services.contacts.worklist import Group, WorkItem, attempts_of, calls_of_today
from koba_desktop.services.office.demo import is_demo
from koba_desktop.services.office.entitlement import may_query, not_entitled
from koba_desktop.services.ports import AnyOf, Reader
from koba_desktop.services.view import View


@dataclass(frozen=True, slots=True)
class CallPhone:
    """A number as typed. ``agreed``: it is the one the appointment is to be held at."""

    number: str
    kind: PhoneKind
    agreed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEntry:
    """Somebody to call. ``at`` is when the appointment begins (``reason`` None) or from when the
    call is due; ``tried`` are the attempts of the call task, oldest first; ``best_hour`` the hour
    of the wall clock at which this client was reached most easily (None: too little is known)."""

    at: datetime
    name: str
    number: str
    birth_date: date | None
    phones: tuple[CallPhone, ...]
    reason: CallReason | None
    kind: str
    tried: tuple[Try, ...]
    best_hour: int | None


@dataclass(frozen=True, slots=True)
class CallList:
    """An advisor's calls of a day as they stood at ``as_of``: telephone appointments by time, what
    is due now in the order of the worklist, and what is due later that day."""

    office: Office
    advisor: str
    day: date
    as_of: datetime
    appointments: tuple[CallEntry, ...]
    now: tuple[CallEntry, ...]
    later: tuple[CallEntry, ...]
    demo: bool

    @property
    def entries(self) -> tuple[CallEntry, ...]:
        return (*self.appointments, *self.now, *self.later)


def call_list(
    view: View, office_id: UUID, advisor_id: UUID, *, taken_at: datetime | None = None
) -> CallList:
    """Whom the advisor is to call today. ``taken_at`` as in ``day_list``.

    Raises Refused ``not_entitled`` for whom calling is none of his or her business.
    """
    if not may_query(view, Right.CALL, office_id, advisor_id):
        raise not_entitled()
    today = day_bounds(view.today)
    view = view.ahead(
        lambda ask: (
            ask.appointments_between(office_id, *today, advisor_ids=[advisor_id]),
            ask.open_tasks(advisor_id),
        )
    )
    tasks = view.reader.open_tasks(advisor_id)
    rows = view.reader.appointments_between(office_id, *today, advisor_ids=[advisor_id])
    ids = {row.client_id for row in rows} | {task.client_id for task in tasks}
    view = view.ahead(
        lambda ask: (
            attempts_of(ask, tasks),
            clients_by_id(ask, ids),
            good_phones_of(ask, ids),
            _attempts(ask, ids),
        )
    )
    items = [
        item
        for item in calls_of_today(view, office_id, advisor_id)
        if item.group is not Group.DUE_AGAIN or item.at < today[1]
    ]
    entries = list(zip(items, _entries(view, office_id, items, ids), strict=True))

    def of(group: Group) -> tuple[CallEntry, ...]:
        return tuple(entry for item, entry in entries if item.group is group)

    return CallList(
        office=view.reader.get(Office, office_id),
        advisor=view.reader.get(Staff, advisor_id).family_name,
        day=view.today,
        as_of=taken_at or view.now,
        appointments=of(Group.APPOINTMENTS_TODAY),
        now=of(Group.CALL_NOW),
        later=of(Group.DUE_AGAIN),
        demo=is_demo(view.reader),
    )


def _entries(
    view: View, office_id: UUID, items: Sequence[WorkItem], ids: set[UUID | None]
) -> list[CallEntry]:
    """What is said of each; ``ids`` are all the clients there may be."""
    clients, phones = clients_by_id(view.reader, ids), good_phones_of(view.reader, ids)
    attempts = _attempts(view.reader, ids)
    rules = ladder_rules(view.reader.find(Setting), office_id, view.today)
    entries = []
    for item in items:
        client = clients.get(item.client_id)
        made = attempts.get(item.client_id, [])
        calls = [Try(each.at, each.outcome) for each in made if each.direction is Direction.OUT]
        entries.append(
            CallEntry(
                at=item.at,
                name=name_on_lists(item.family_name, item.given_name),
                number=(client.number or "") if client is not None else "",
                birth_date=client.birth_date if client is not None else None,
                phones=_phones(
                    item.phone if item.group is Group.APPOINTMENTS_TODAY else "",
                    [CallPhone(p.typed, p.kind) for p in phones.get(item.client_id, ())],
                ),
                reason=item.reason,
                kind=item.kind_name,
                tried=tuple(
                    Try(each.at, each.outcome)
                    for each in made
                    if item.task_id is not None and each.call_task_id == item.task_id
                ),
                best_hour=best_hour(calls, rules),
            )
        )
    return entries


def _phones(agreed: str, known: Sequence[CallPhone]) -> tuple[CallPhone, ...]:
    """The number agreed on in front, each number once."""
    if not agreed:
        return tuple(known)
    kind = next((phone.kind for phone in known if phone.number == agreed), PhoneKind.OTHER)
    others = (phone for phone in known if phone.number != agreed)
    return (CallPhone(agreed, kind, agreed=True), *others)


def _attempts(reader: Reader, client_ids: set[UUID | None]) -> dict[UUID, list[ContactAttempt]]:
    """All attempts of these clients that were not taken back, oldest first."""
    ids = client_ids - {None}
    found: dict[UUID, list[ContactAttempt]] = {}
    if ids:
        for attempt in reader.find(
            ContactAttempt, client_id=AnyOf.of(ids), withdrawn_at=None, order_by="at"
        ):
            found.setdefault(attempt.client_id, []).append(attempt)
    return found
