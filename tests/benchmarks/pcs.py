"""Many PCs in one process: each a store of its own that books when its time has come.

The process (see ``fleet``) is told what to do as a pickle on stdin (``Orders``), says "ready",
begins when another line comes, and answers with a pickle of ``Report``.
"""

import pickle
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import psycopg

from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.errors import OfficeError, Refused
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.commands import BookAppointment
from koba_desktop.services.execution import Actor
from koba_desktop.services.facade import Services
from koba_desktop.storage.postgres.address import SharedAddress
from koba_desktop.storage.postgres.engine import connection_options
from koba_desktop.storage.postgres.store import PostgresStore, open_shared
from tests.benchmarks import raw
from tests.benchmarks.town import Person
from tests.postgres.office import PASSWORD


@dataclass(frozen=True, slots=True)
class Arrival:
    """A booking that somebody clicks ``due`` s after the beginning (below nought: beforehand);
    ``twice``: as a program that got no answer sends it once more, at the same moment."""

    due: float
    command: BookAppointment
    twice: bool = False


@dataclass(frozen=True, slots=True)
class Orders:
    """``until``: then a closed loop ends (seconds); 0 is an open one, where ``due`` counts.

    ``how`` is "ours", "minimal" (with the login and password of ``owner``) or "same rows".
    """

    url: str
    desks: list[tuple[Person, list[Arrival]]]
    until: float = 0.0
    how: str = "ours"
    owner: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Outcome:
    """``code`` is "booked", "repeated" or what was refused; seconds since ``due``."""

    command_id: UUID
    code: str
    appointment_id: UUID | None
    seconds: float


@dataclass(slots=True)
class Report:
    before: list[Outcome] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    cpu: float = 0.0
    """Seconds of the processor this process took from the beginning on."""
    seconds: float = 0.0


class Desk:
    """Books when it is time, or one after the other."""

    def __init__(self, arrivals: Sequence[Arrival]) -> None:
        self._arrivals = [each for each in arrivals if each.due >= 0]
        self._before = [each for each in arrivals if each.due < 0]

    def warm(self, outcomes: list[Outcome]) -> None:
        """What was done before the beginning."""
        for arrival in self._before:
            self._timed(arrival, time.monotonic(), outcomes)

    def work(self, began: float, until: float, outcomes: list[Outcome]) -> None:
        sides = []
        for arrival in self._arrivals:
            if until:
                if time.monotonic() - began >= until:
                    return
                self._timed(arrival, time.monotonic(), outcomes)
                continue
            due = began + arrival.due
            time.sleep(max(0.0, due - time.monotonic()))
            if arrival.twice:
                side = threading.Thread(target=self._timed, args=(arrival, due, outcomes))
                side.start()
                sides.append(side)
            self._timed(arrival, due, outcomes)
        for side in sides:
            side.join()

    def _timed(self, arrival: Arrival, due: float, outcomes: list[Outcome]) -> None:
        code, made = self.book(arrival.command)
        outcomes.append(Outcome(arrival.command.command_id, code, made, time.monotonic() - due))

    def book(self, command: BookAppointment) -> tuple[str, UUID | None]:
        """What came of it, and the appointment."""
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError


class Pc(Desk):
    """One program: signed in, its line to the server open."""

    def __init__(self, orders: "Orders", person: Person, arrivals: Sequence[Arrival]) -> None:
        super().__init__(arrivals)
        self._store: PostgresStore = open_shared(
            SharedAddress.parse(orders.url), person.login, PASSWORD, host="PC"
        )
        self._services = Services(
            self._store, self._store.clock, HolidayCalendar(), host="PC", viewer=person.staff_id
        )
        self._actor = Actor(person.staff_id, person.office_id)
        with self._store.reading() as reader:  # the master data, as a window has them
            reader.find(Office)

    def book(self, command: BookAppointment) -> tuple[str, UUID | None]:
        try:
            receipt = self._services.execute(command, self._actor)
        except Refused as error:
            return error.problems[0].code, None
        except OfficeError as error:
            return str(getattr(error, "code", type(error).__name__)), None
        code = "repeated" if receipt.repeated else "booked"
        return code, receipt.result["appointment_id"]

    def close(self) -> None:
        self._store.close()


class RawDesk(Desk):
    """The same in bare psycopg: see ``raw``."""

    def __init__(self, orders: "Orders", person: Person, arrivals: Sequence[Arrival]) -> None:
        super().__init__(arrivals)
        self._write = raw.minimal if orders.how == "minimal" else raw.same_rows
        self._by = person.staff_id
        login, password = (person.login, PASSWORD) if orders.how == "same rows" else orders.owner
        address = SharedAddress.parse(orders.url)
        options = connection_options(
            address, login, password, purpose="raw", owner=orders.how == "minimal"
        )
        self._connection = psycopg.connect(**options, autocommit=True)

    def book(self, command: BookAppointment) -> tuple[str, UUID | None]:
        try:
            return "booked", self._write(self._connection, command, self._by)
        except psycopg.Error as error:
            return str(error.sqlstate), None

    def close(self) -> None:
        self._connection.close()


def main() -> None:
    orders: Orders = pickle.load(sys.stdin.buffer)
    kind = Pc if orders.how == "ours" else RawDesk
    pcs: list[Desk] = [kind(orders, person, arrivals) for person, arrivals in orders.desks]
    report = Report()
    for pc in pcs:
        pc.warm(report.before)
    print("ready", flush=True)
    sys.stdin.buffer.readline()
    began, cpu = time.monotonic(), time.process_time()
    threads = [
        threading.Thread(target=pc.work, args=(began, orders.until, report.outcomes)) for pc in pcs
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report.seconds, report.cpu = time.monotonic() - began, time.process_time() - cpu
    pickle.dump(report, sys.stdout.buffer)
    sys.stdout.flush()
    for pc in pcs:
        pc.close()
