"""An office on a server, and the programs of the people who work there, each with a login."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from threading import Condition
from typing import Any, Self
from uuid import UUID

import psycopg

from koba_desktop.domain.entities.appointments import Appointment, Hold, Participant
from koba_desktop.domain.entities.bookkeeping import ExecutedCommand
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.commands import Command
from koba_desktop.services.execution import Actor, Receipt
from koba_desktop.services.facade import Services
from koba_desktop.services.locks import Locks
from koba_desktop.services.ports import Foreign, UnitOfWork
from koba_desktop.storage.check import check
from koba_desktop.storage.postgres.store import PostgresStore, open_shared
from tests.postgres.fixtures import Database
from tests.postgres.office import PASSWORD, address_of, make_login, owner_store, set_clock
from tests.unit.service_office import SmallOffice, at


@dataclass(frozen=True)
class Desk:
    """The program of one person."""

    store: PostgresStore
    services: Services
    actor: Actor
    member: Staff

    def do(self, command: Command) -> Receipt:
        return self.services.execute(command, self.actor)

    def all(self, kind: type[Any], **where: Any) -> list[Any]:
        with self.store.reading() as reader:
            return list(reader.find(kind, order_by="id", **where))


class Desks:
    """The office and whoever sits down in it. All programs are closed at the end."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._open = ExitStack()
        self.owner = owner_store(database)
        self._open.callback(self.owner.close)

    def __enter__(self) -> Self:
        with self._open.pop_all() as not_yet:
            self.office = SmallOffice(self.owner)
            set_clock(self.database, self.office.clock.now())
            self._open = not_yet.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def sit_down(
        self, member: Staff | None = None, *, port: int = 0, host: str = "", pool_size: int = 2
    ) -> Desk:
        """Sign in at another port (or host) where a proxy stands between."""
        member = member or self.office.berger
        make_login(self.database, member.login)
        address = address_of(self.database)
        address = replace(address, port=port or address.port, host=host or address.host)
        store = open_shared(address, member.login, PASSWORD, host="PC-1", pool_size=pool_size)
        self._open.callback(store.close)
        services = Services(store, self.office.clock, HolidayCalendar(), host="PC-1")
        return Desk(store, services, Actor(member.id, self.office.office.id), member)

    def slots(self, count: int) -> Iterator[datetime]:
        """That many times at which an advisor is free, one after the other."""
        day = date(2021, 4, 12)
        found = 0
        while found < count:
            if day.isoweekday() < 5:
                for half in range(min(16, count - found)):
                    yield at(day.day, 8, month=day.month) + timedelta(minutes=30 * half)
                    found += 1
            day += timedelta(days=1)

    def bookings_are(self, acknowledged: dict[UUID, UUID]) -> None:
        """That these commands, and no others, made these appointments, each one once."""
        with self.owner.reading() as reader:
            kept = {each.id: each.result["appointment_id"] for each in reader.find(ExecutedCommand)}
            appointments = [each.id for each in reader.find(Appointment)]
            taken_by = [each.appointment_id for each in reader.find(Participant)]
        assert kept == {command: str(made) for command, made in acknowledged.items()}
        assert sorted(appointments) == sorted(acknowledged.values())
        assert sorted(taken_by) == sorted(acknowledged.values())
        assert check(self.owner) == []

    def sessions(self, login: str) -> list[int]:
        """The processes of the server that serve a login."""
        with psycopg.connect(self.database.dsn()) as connection:
            asked = "select pid from pg_stat_activity where usename = %s order by pid"
            return [pid for (pid,) in connection.execute(asked, (login,))]

    def waiting(self, login: str) -> list[str]:
        """What the sessions of a login that are in mid-statement wait for."""
        with psycopg.connect(self.database.dsn()) as connection:
            asked = """
                select wait_event from pg_stat_activity
                where usename = %s and state = 'active' and wait_event is not null"""
            return [event for (event,) in connection.execute(asked, (login,))]

    def end_sessions(self, login: str) -> None:
        """Kill all of them."""
        with psycopg.connect(self.database.dsn()) as connection:
            connection.execute(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                " where usename = %s and pid <> pg_backend_pid()",
                (login,),
            )


def lock(unit: UnitOfWork, *members: Staff) -> None:
    """Keep everybody else from these people's days. Locks travel with the next question."""
    unit.lock(Locks(advisors=frozenset(each.id for each in members)))
    unit.find(Hold, limit=1)


class Ear:
    """What a store tells those who watch it."""

    def __init__(self) -> None:
        self.heard: list[Foreign] = []
        self.reached: list[bool] = []
        self._news = Condition()

    def changed(self, foreign: Foreign) -> None:
        with self._news:
            self.heard.append(foreign)
            self._news.notify_all()

    def reachable(self, there: bool) -> None:
        with self._news:
            self.reached.append(there)
            self._news.notify_all()

    def until_reached(self, *states: bool) -> None:
        """Until exactly these were told, one after the other."""
        with self._news:
            assert self._news.wait_for(lambda: self.reached == list(states), 30), self.reached

    def until_heard(self, foreign: Foreign) -> None:
        with self._news:
            assert self._news.wait_for(lambda: foreign in self.heard, 30), self.heard
