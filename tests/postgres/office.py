"""The services on a shared database as the office has them: each person with a login of his own.

Policies and triggers bind every command and every question, and the server lives at the test's
time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Lock
from uuid import UUID

import psycopg

from koba_desktop.domain.clock import Clock
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.commands import Command
from koba_desktop.services.execution import Actor, Receipt
from koba_desktop.services.facade import Services
from koba_desktop.services.ports import Holidays
from koba_desktop.services.view import View
from koba_desktop.storage.postgres import people
from koba_desktop.storage.postgres.address import SharedAddress
from koba_desktop.storage.postgres.store import PostgresStore, open_shared
from koba_desktop.storage.transfer import transfer
from tests.moved_office import quiet
from tests.postgres.fixtures import Database
from tests.postgres.server import SUPERUSER
from tests.support import Office
from tests.unit.service_office import SmallOffice

PASSWORD = "a-long-password-for-tests"


def address_of(database: Database) -> SharedAddress:
    return SharedAddress.parse(database.url(sslmode="disable"))


def owner_store(database: Database) -> PostgresStore:
    """The session of the administration, which no policy binds."""
    return open_shared(address_of(database), SUPERUSER, database.server.password, owner=True)


def set_clock(database: Database, now: datetime) -> None:
    """The database lives at a test's time, as the program does."""
    database.run(
        f"update app.deployment set clock_offset = '{now.isoformat()}'::timestamptz - now()"
    )


def make_login(database: Database, login: str) -> None:
    """Let a member of the staff sign in, with ``PASSWORD``."""
    with psycopg.connect(database.dsn(), autocommit=True) as connection:
        people.set_login(connection, login, PASSWORD)


def store_for(database: Database, login: str) -> PostgresStore:
    """The store of a member of the staff, who can sign in from now on."""
    make_login(database, login)
    return open_shared(address_of(database), login, PASSWORD, host="test-pc")


class PersonalServices(Services):
    """Every command and question on the login of whose it is; on the owner's where it is
    nobody's."""

    def __init__(
        self, database: Database, owner: PostgresStore, clock: Clock, holidays: Holidays, host: str
    ) -> None:
        super().__init__(owner, clock, holidays, host=host)
        self._database = database
        self._stores: dict[UUID, PostgresStore] = {}
        self._told: datetime | None = None
        self._one = Lock()

    def of(self, staff_id: UUID) -> Services:
        """The services as that person's program has them."""
        with self._one:
            store = self._stores.get(staff_id)
            if store is None:
                with self.store.reading() as reader:
                    login = reader.get(Staff, staff_id).login
                store = self._stores[staff_id] = store_for(self._database, login)
        return Services(store, self.clock, self.holidays, host=self.host)

    def execute(
        self, command: Command, actor: Actor, happened_at: datetime | None = None
    ) -> Receipt:
        self._keep_time()
        return self.of(actor.staff_id).execute(command, actor, happened_at)

    @contextmanager
    def view(self, viewer: UUID | None = None) -> Iterator[View]:
        self._keep_time()
        if viewer is None:
            with super().view(viewer) as view:
                yield view
        else:
            with self.of(viewer).view(viewer) as view:
                yield view

    def _keep_time(self) -> None:
        now = self.clock.now()
        if now != self._told:
            set_clock(self._database, now)
            self._told = now

    def close(self) -> None:
        for store in self._stores.values():
            store.close()


@contextmanager
def on_the_server(database: Database) -> Iterator[SmallOffice]:
    """Halberstadt on the server; each person acts and asks with a login of his or her own."""
    owner = owner_store(database)
    small = SmallOffice(owner)
    services = PersonalServices(database, owner, small.clock, HolidayCalendar(), "PC-1")
    small.services = services
    yield small
    services.close()
    owner.close()


def move_to(database: Database, office: Office) -> None:
    """The made-up offices, in the shared database as well."""
    target = owner_store(database)
    assert transfer(office.store.engine, target.engine, quiet).findings == ()
    target.close()
    set_clock(database, office.clock.now())
