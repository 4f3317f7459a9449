"""The demonstration office on the shared database, for whoever signs in."""

from datetime import datetime
from functools import cache

from koba_desktop.domain.entities.staff import Staff
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.letters.letter.texts import shipped_templates
from koba_desktop.services.demo.making import make_demo
from koba_desktop.services.execution import Actor
from koba_desktop.services.facade import Services
from tests.postgres.fixtures import Database, clone
from tests.postgres.office import owner_store, set_clock, store_for
from tests.postgres.server import Server
from tests.support import TUESDAY, FixedClock, Office


class SharedClock(FixedClock):
    """Moves the server's time along."""

    def __init__(self, database: Database, now: datetime) -> None:
        super().__init__(now)
        self._database = database
        set_clock(database, now)

    def set(self, now: datetime) -> None:
        super().set(now)
        set_clock(self._database, now)

    def advance(self, **by: float) -> None:
        super().advance(**by)
        set_clock(self._database, self.now())


def shared_demo(database: Database, template: str, now: datetime = TUESDAY) -> Office:
    """The demonstration as it stands at ``now``, seen by the advisor with a full day. The empty
    database is replaced by a copy of one that is made once a test run."""
    name, actor = _made(database.server, template, now)
    database.server_run(f"drop database {database.name} with (force)")
    clone(database, name)
    owner = owner_store(database)
    with owner.reading() as reader:
        login = reader.get(Staff, actor.staff_id).login
    owner.close()
    clock = SharedClock(database, now)
    store = store_for(database, login)
    services = Services(store, clock, HolidayCalendar(), host="test-pc", viewer=actor.staff_id)
    return Office(services, actor, clock, store)


@cache
def _made(server: Server, template: str, now: datetime) -> tuple[str, Actor]:
    made = Database(server, f"demo_{now:%Y%m%d%H%M}")
    clone(made, template)
    set_clock(made, now)
    store = owner_store(made)
    demo = make_demo(
        store, now, HolidayCalendar(), shipped_templates(), clients=200, appointments=400
    )
    store.close()
    return made.name, demo.first
