"""Putting the demonstration together and storing it."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from koba_desktop.domain.entities.clients import ClientAddress, Representative
from koba_desktop.domain.entities.letters import Template
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import AppointmentState, Channel, LetterKind
from koba_desktop.services.demo import front
from koba_desktop.services.demo import house as offices
from koba_desktop.services.demo.calls import Calls
from koba_desktop.services.demo.diary import Diary
from koba_desktop.services.demo.entry import Entry
from koba_desktop.services.demo.house import Branch, House
from koba_desktop.services.demo.maker import Maker
from koba_desktop.services.demo.paper import Paper
from koba_desktop.services.demo.people import Population, populate
from koba_desktop.services.demo.post import Post
from koba_desktop.services.demo.shelf import Shelf
from koba_desktop.services.execution import Actor
from koba_desktop.services.letters.shipping import Wording
from koba_desktop.services.ports import Holidays, Store

CLIENTS = 20_000
APPOINTMENTS = 15_000

_ADVISORS = 25  # an office
_CLIENTS_OF_ADVISOR = 22  # at least, so that an office of few clients has few advisors
_DAYS_AHEAD = 12  # working days
_APPOINTMENTS_A_DAY = 8  # of an advisor
_CALLS_SHOWN = 0.25  # of the appointments agreed on by telephone
_BATCH = 60_000  # rows of a transaction

Progress = Callable[[int, int], None]
"""Called with how much is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made. ``first`` is who the window starts as: an advisor with a full day."""

    clients: int
    appointments: int
    first: Actor


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing made here is garbage, and looking for it takes a sixth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_uncollected()
def make_demo(
    store: Store,
    now: datetime,
    holidays: Holidays,
    wordings: Iterable[Wording],
    *,
    clients: int = CLIENTS,
    appointments: int = APPOINTMENTS,
    seed: int = 1,
    until: date | None = None,
    progress: Progress = lambda done, total: None,
) -> Demo:
    """Fill an empty database with made-up offices as they stand at ``now``.

    ``until`` is the last day with appointments (default: twelve working days ahead); they reach
    as far back as their number needs. The same arguments give the same rows. ``wordings`` are the
    shipped texts of the letters. Nothing of it is audited: nobody did it.
    """
    maker = Maker(Random(seed), now, holidays)
    advisors = max(2, min(_ADVISORS, clients // (3 * _CLIENTS_OF_ADVISOR)))
    with store.reading() as reader:
        known = reader.find(Template)
    house = offices.build(maker, advisors, wordings, known)
    people = populate(maker, house.branches, max(clients, 1))
    for branch in house.branches:
        branch.closures = list(front.closures(maker, branch))
        house.records += branch.closures
    with store.writing(by=None, now=now) as uow:
        uow.add_all(house.records)
        uow.add_all([row for rows in people.records.values() for row in rows])
    total = clients + appointments
    progress(clients, total)

    last = until or maker.working_day(_DAYS_AHEAD)
    fair_share = 3 * advisors * _APPOINTMENTS_A_DAY
    days = maker.working_days(last, max(2 * _DAYS_AHEAD + 1, -(-appointments // fair_share)))
    made = 0
    waiting: list[Record] = []
    calls = Calls(maker, house, people)
    for entries, records in _days(maker, house, people, calls, days, appointments):
        made += entries
        waiting += records
        if len(waiting) >= _BATCH:
            _store(store, now, waiting)
            waiting = []
        progress(clients + made, total)
    waiting += [record for branch in house.branches for record in calls.worklists(branch)]
    _store(store, now, waiting)
    branch = house.branches[0]
    return Demo(
        clients=clients,
        appointments=made,
        first=Actor(staff_id=branch.advisors[0].id, office_id=branch.office.id),
    )


def _store(store: Store, now: datetime, records: list[Record]) -> None:
    with store.writing(by=None, now=now) as uow:
        uow.add_all(records)


def _days(
    maker: Maker, house: House, people: Population, calls: Calls, days: list[date], total: int
) -> Iterator[tuple[int, list[Record]]]:
    """How many appointments each day has, with all rows that belong to them, parents first."""
    branches = {branch.office.id: branch for branch in house.branches}
    shelf = Shelf()
    shelf.put(house.known)
    shelf.put(house.records)
    for kind in (ClientAddress, Representative):
        shelf.put(people.records[kind])
    paper = Paper(maker, house, shelf)
    desk = Maker(Random(house.branches[0].office.id.int), maker.now, maker.holidays)
    diary = Diary(maker, house, people, Post(maker), desk, Post(desk))
    for entries, records in diary.days(days, total):
        for entry in entries:
            branch = branches[entry.appointment.office_id]
            records += _around(maker, branch, calls, paper, shelf, entry)
        yield len(entries), records


def _around(
    maker: Maker, branch: Branch, calls: Calls, paper: Paper, shelf: Shelf, entry: Entry
) -> Iterator[Record]:
    """The calls that led to an appointment or follow it, and its letter."""
    appointment = entry.appointment
    match appointment.state:
        case AppointmentState.PROPOSED:
            task, attempts = calls.before_letter(branch, entry)
            yield from (task, *attempts)
            if paper.can_write(LetterKind.TELEPHONE_PROPOSAL):
                shelf.put(attempts)
                yield paper.proposal(entry, task)
        case AppointmentState.CANCELLED_BY_OFFICE:
            recent = maker.now - entry.made < timedelta(days=7)
            if recent and paper.can_write(LetterKind.CANCELLATION):
                yield paper.cancellation(entry)
        case AppointmentState.MISSED:
            yield from calls.missed(branch, entry)
        case _:
            if appointment.channel is Channel.TELEPHONE and maker.chance(_CALLS_SHOWN):
                yield from calls.history(branch, entry)
