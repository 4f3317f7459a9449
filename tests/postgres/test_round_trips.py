"""A slow line is travelled three times at most before a screen is shown.

Counted on the line itself: how often something went to the server and was answered.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import pytest

from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.vocabulary import Role
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.facade import Services
from koba_desktop.services.ids import new_id
from koba_desktop.storage.postgres.store import PostgresStore, open_shared
from tests.postgres.demo import shared_demo
from tests.postgres.fixtures import TEMPLATE, Database, own_database
from tests.postgres.office import PASSWORD, address_of, make_login
from tests.postgres.proxy import Proxy
from tests.postgres.screens import WHO, Query, person, screens
from tests.postgres.server import Server
from tests.support import Office

MOST = 3


@dataclass
class FarAway:
    """An office, and programs of its people at the far end of a line."""

    office: Office
    database: Database
    line: Proxy
    queries: dict[str, Query]
    _stores: dict[UUID, PostgresStore] = field(default_factory=dict)

    def program_of(self, role: Role | None) -> tuple[PostgresStore, Services]:
        """Signed in, and the master data known."""
        staff_id = self.office.actor.staff_id if role is None else person(self.office, role)
        if staff_id not in self._stores:
            with self.office.store.reading() as reader:
                login = reader.get(Staff, staff_id).login
            make_login(self.database, login)
            address = replace(address_of(self.database), port=self.line.port)
            store = self._stores[staff_id] = open_shared(address, login, PASSWORD)
            with store.reading() as reader:
                reader.get(Staff, staff_id)
        store = self._stores[staff_id]
        return store, Services(
            store, self.office.clock, HolidayCalendar(), host="PC", viewer=staff_id
        )

    def trips(self, role: Role | None, query: Query) -> int:
        """How often somebody waits for the server. The end of a transaction that only read is
        waited for by nobody; here by the test, so that it is not counted to the next one."""
        store, services = self.program_of(role)
        store._closer.stop()
        before = self.line.counts.flights
        services.ask(query)
        store._closer.stop()
        return self.line.counts.flights - before - 1

    def close(self) -> None:
        for store in self._stores.values():
            store.close()


@pytest.fixture(scope="module")
def far_away(pg_server: Server, pg_template: str) -> Iterator[FarAway]:
    with own_database(pg_server, TEMPLATE) as database:
        office = shared_demo(database, TEMPLATE)
        with Proxy(pg_server.port) as line:
            far = FarAway(office, database, line, screens(office))
            yield far
            far.close()
        office.store.close()


SCREENS = (
    *("book", "status", "calendar, week", "calendar, mine", "search", "card", "profile", "detail"),
    *("presence", "drafts", "slots, telephone", "slots, in person", "slots, everybody", "places"),
    *("worklist", "offer", "outbox", "rooms", "door plans", "modes", "reception", "emergency"),
    *("audit", "day list", "call list", "reply slip", "slips of a day", "blank slips"),
    *("letters", "letters to be written", "wording of a letter", "wordings"),
)


@pytest.mark.parametrize("screen", SCREENS)
def test_no_screen_waits_for_more_than_three_round_trips(far_away: FarAway, screen: str) -> None:
    assert 1 <= far_away.trips(WHO.get(screen), far_away.queries[screen]) <= MOST


def test_every_screen_is_looked_at(far_away: FarAway) -> None:
    assert set(SCREENS) == set(far_away.queries)


def test_what_is_known_by_heart_travels_once(far_away: FarAway) -> None:
    """Reading the master data again costs the question whether they are still the same."""
    assert far_away.trips(None, lambda view: view.reader.find(Staff)) == 1


def test_ten_questions_asked_ahead_travel_together(far_away: FarAway) -> None:
    def ten(view: Any) -> None:
        def ask(reader: Any) -> list[Any]:
            return [reader.client_appointments(each) for each in ids]

        ids = [new_id() for _ in range(10)]
        ask(view.ahead(ask).reader)

    assert far_away.trips(None, ten) == 1
