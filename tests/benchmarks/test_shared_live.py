"""What one PC commits, seen on another: p95 ≤ 150 ms with 100 programs listening.

From the moment the commit is sent, so that the disk counts, to the other program's ``changed``,
and to the slot of a window's event loop. 99 programs listen in three processes, the hundredth is
this one with its Qt loop. fsync and synchronous_commit on. Floor: LISTEN and NOTIFY in bare
psycopg, with nothing written.
"""

import pickle
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QObject, Signal

from koba_desktop.domain.vocabulary import Channel
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.commands import BookAppointment
from koba_desktop.services.execution import Actor
from koba_desktop.services.facade import Services
from koba_desktop.services.ports import Foreign
from koba_desktop.storage.postgres.address import SharedAddress
from koba_desktop.storage.postgres.store import open_shared
from tests.benchmarks.figures import spread, tell
from tests.benchmarks.fleet import Fleet
from tests.benchmarks.town import HALF_HOUR, Town, slots, town
from tests.postgres.office import PASSWORD

LISTENERS = 100
PROCESSES = 3
BOOKINGS = 150
A_SECOND = 5

Until = Callable[[Callable[[], bool]], None]


@dataclass(frozen=True, slots=True)
class Listeners:
    url: str
    logins: list[str]


def main() -> None:
    """Listen with the program's own listeners until told to stop; answer when which row was told
    of (seconds of the machine's clock, which all processes share)."""
    orders: Listeners = pickle.load(sys.stdin.buffer)
    heard: list[tuple[UUID, float]] = []

    def changed(foreign: Foreign) -> None:
        now = time.monotonic()
        heard.extend((one, now) for table, one in foreign.rows if table == "appointment")

    stores = [
        open_shared(SharedAddress.parse(orders.url), login, PASSWORD) for login in orders.logins
    ]
    stops = [store.watch(changed) for store in stores]
    print("ready", flush=True)
    sys.stdin.buffer.readline()
    sys.stdin.buffer.readline()
    pickle.dump(heard, sys.stdout.buffer)
    sys.stdout.flush()
    for stop, store in zip(stops, stores, strict=True):
        stop()
        store.close()


class Window(QObject):
    """As much of a window as hears of it."""

    wrote = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.told: dict[UUID, float] = {}
        self.shown: dict[UUID, float] = {}
        self.wrote.connect(self._show)

    def changed(self, foreign: Foreign) -> None:
        now = time.monotonic()
        self.told |= {one: now for table, one in foreign.rows if table == "appointment"}
        self.wrote.emit(foreign)

    def _show(self, foreign: Foreign) -> None:
        now = time.monotonic()
        self.shown |= {one: now for table, one in foreign.rows if table == "appointment"}


@pytest.fixture(scope="module")
def place() -> Town:
    return town("live", offices=4, advisors=25, clients=500)


def commands(place: Town) -> list[BookAppointment]:
    chance = Random(3)
    branch = place.branches[0]
    return [
        BookAppointment(
            office_id=branch.office_id,
            advisor_id=advisor.staff_id,
            kind_id=place.kind_id,
            channel=Channel.TELEPHONE,
            starts=starts,
            ends=starts + HALF_HOUR,
            client_id=client,
        )
        for starts, clients in (
            (starts, chance.sample(branch.clients, len(branch.advisors))) for starts in slots(2)
        )
        for advisor, client in zip(branch.advisors, clients, strict=True)
    ][:BOOKINGS]


def test_what_one_commits_the_others_show(
    benchmark: Any, place: Town, until: Until, qapp: object
) -> None:
    people = place.people
    url = place.database.url(sslmode="disable")
    others = [person.login for person in people[2 : LISTENERS + 1]]
    fleet = Fleet(
        "tests.benchmarks.test_shared_live",
        [Listeners(url, others[n::PROCESSES]) for n in range(PROCESSES)],
    )
    mine, writer = place.store_of(people[1]), place.store_of(people[0])
    window = Window()
    stop = mine.watch(window.changed)
    sent: list[float] = []
    committing = writer._committing

    def noted(connection: Any) -> Any:
        sent.append(time.monotonic())
        return committing(connection)

    writer._committing = noted  # type: ignore[method-assign]
    services = Services(writer, writer.clock, HolidayCalendar())
    actor = Actor(people[0].staff_id, people[0].office_id)
    at: dict[UUID, float] = {}

    def book() -> None:
        began = time.monotonic()
        for number, command in enumerate(commands(place)):
            time.sleep(max(0.0, began + number / A_SECOND - time.monotonic()))
            made = services.execute(command, actor).result["appointment_id"]
            at[made] = sent[-1]

    def all_of_it() -> None:
        thread = threading.Thread(target=book)
        thread.start()
        until(lambda: not thread.is_alive() and window.shown.keys() >= at.keys())
        thread.join()

    try:
        fleet.go()
        benchmark.pedantic(all_of_it, rounds=1)
        fleet.go()
        heard = [one for report in fleet.reports() for one in report]  # type: ignore[attr-defined]
    finally:
        fleet.end()
        stop()
        mine.close()
        writer.close()
    assert len(at) == BOOKINGS
    assert len(heard) == BOOKINGS * len(others)  # everybody heard of everything, once
    tell(
        benchmark,
        listeners=LISTENERS,
        callback_ms=spread([now - at[one] for one, now in heard]),
        callback_of_the_window_ms=spread([window.told[one] - at[one] for one in at]),
        slot_of_the_window_ms=spread([window.shown[one] - at[one] for one in at]),
    )


def test_floor_notify_in_bare_psycopg(benchmark: Any, place: Town) -> None:
    ear = place.connect(place.people[0])
    ear.autocommit = True
    ear.execute("listen floor")
    mouth = place.connect(place.people[1])
    mouth.autocommit = True

    def once() -> None:
        mouth.execute("notify floor")
        assert [each.channel for each in ear.notifies(timeout=5, stop_after=1)] == ["floor"]

    benchmark.pedantic(once, rounds=200, warmup_rounds=10)
    ear.close()
    mouth.close()
