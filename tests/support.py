"""A clock that stands still, and an office with people in it."""

import atexit
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from koba_desktop.domain.entities.staff import StaffRole
from koba_desktop.domain.vocabulary import Role
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.letters.letter.texts import shipped_templates
from koba_desktop.services.demo.making import make_demo
from koba_desktop.services.execution import Actor
from koba_desktop.services.facade import Services
from koba_desktop.storage.files import create_store, open_store
from koba_desktop.storage.store import SqliteStore

KEY = "5a" * 32

TUESDAY = datetime(2021, 4, 13, 7, 42, tzinfo=UTC)
"""13 April 2021, 09:42 on the office's wall clock: the day the pictures show."""


class FixedClock:
    """A clock that only moves when it is told to."""

    def __init__(self, now: datetime = TUESDAY) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now

    def advance(self, **by: float) -> None:
        """Forward by ``timedelta`` arguments (minutes=15, days=1 …)."""
        self._now += timedelta(**by)


@dataclass(frozen=True, slots=True)
class Office:
    """Made-up offices in a database of their own. ``actor`` is the advisor with a full day."""

    services: Services
    actor: Actor
    clock: FixedClock
    store: SqliteStore


def make_office(
    folder: Path, *, clients: int = 200, appointments: int = 400, now: datetime = TUESDAY
) -> Office:
    """The demonstration as it stands at ``now``, to be changed at will; close its store."""
    path = folder / "office.db"
    made, actor = _made(clients, appointments, now)
    shutil.copyfile(made, path)
    return office_at(path, now, actor)


def office_at(path: Path, now: datetime = TUESDAY, actor: Actor | None = None) -> Office:
    """An office that is there already, as another program opens it."""
    store = open_store(path, KEY)
    clock = FixedClock(now)
    if actor is None:
        with store.reading() as reader:
            role = reader.find(StaffRole, role=Role.ADVISOR, order_by="id", limit=1)[0]
        actor = Actor(staff_id=role.staff_id, office_id=role.office_id)
    return Office(Services(store, clock, HolidayCalendar(), host="test-pc"), actor, clock, store)


def make_services(
    folder: Path, *, clients: int = 200, appointments: int = 400, now: datetime = TUESDAY
) -> tuple[Services, Actor]:
    """The services of ``make_office`` and who acts."""
    office = make_office(folder, clients=clients, appointments=appointments, now=now)
    return office.services, office.actor


@cache
def _made(clients: int, appointments: int, now: datetime) -> tuple[Path, Actor]:
    """One demonstration of each size a test run, copied for each test."""
    folder = Path(mkdtemp(prefix="koba-office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    store = create_store(folder / "office.db", KEY)
    demo = make_demo(
        store,
        now,
        HolidayCalendar(),
        shipped_templates(),
        clients=clients,
        appointments=appointments,
    )
    store.close()
    return store.path, demo.first
