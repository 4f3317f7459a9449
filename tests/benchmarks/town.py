"""A town on a server that waits for the disk: offices whose people all have logins of their own.

Row-level security, triggers and constraints are in force, the server's clock stands at Thursday,
1 April 2021, 09:12 and runs on from there.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from uuid import UUID

import psycopg

from koba_desktop.domain.clock import instant
from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.letters import Template, TemplateVersion
from koba_desktop.domain.entities.office import Office, OpeningHours
from koba_desktop.domain.entities.rooms import Place, Room
from koba_desktop.domain.entities.staff import Staff, StaffRole, WorkingPattern
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import Channel, LetterKind, Role, Windows
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.ids import new_id
from koba_desktop.storage.postgres import people
from koba_desktop.storage.postgres.address import SharedAddress
from koba_desktop.storage.postgres.setup import init_database
from koba_desktop.storage.postgres.store import PostgresStore, open_shared
from tests.postgres.fixtures import TEMPLATE, Database, clone
from tests.postgres.office import PASSWORD, address_of, owner_store, set_clock
from tests.postgres.server import SUPERUSER, Server

LONG_AGO = date(2010, 1, 1)
NOW = instant(date(2021, 4, 1), time(9, 12))
HALF_HOUR = timedelta(minutes=30)
CONNECTIONS = 1_400
_SETTINGS = {
    "max_connections": str(CONNECTIONS),
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
    "shared_preload_libraries": "pg_stat_statements",
    "max_locks_per_transaction": "128",
}


@dataclass(frozen=True, slots=True)
class Person:
    staff_id: UUID
    login: str
    role: Role
    office_id: UUID


@dataclass(frozen=True, slots=True)
class Branch:
    """One office: its people, those who come, and where."""

    office_id: UUID
    people: tuple[Person, ...]
    clients: tuple[UUID, ...]
    places: tuple[UUID, ...]

    @property
    def advisors(self) -> list[Person]:
        return [person for person in self.people if person.role is Role.ADVISOR]

    @property
    def reception(self) -> Person:
        return next(person for person in self.people if person.role is Role.RECEPTION)


@dataclass(frozen=True, slots=True)
class Town:
    database: Database
    branches: tuple[Branch, ...]
    kind_id: UUID
    wording_id: UUID

    @property
    def people(self) -> list[Person]:
        return [person for branch in self.branches for person in branch.people]

    def store_of(self, person: Person) -> PostgresStore:
        return open_shared(address_of(self.database), person.login, PASSWORD, host="PC")

    def owner(self) -> PostgresStore:
        return owner_store(self.database)

    def connect(self, person: Person | None = None) -> "psycopg.Connection[tuple[object, ...]]":
        """psycopg as it is, as that person or as the superuser."""
        login, password = (person.login, PASSWORD) if person else (SUPERUSER, None)
        return psycopg.connect(self.database.dsn(login, password), options="-c search_path=app")


@cache
def big_server() -> Server:
    """``fsync`` and ``synchronous_commit`` are on, as an office would have them."""
    server = Server(durable=True, settings=_SETTINGS)
    own = Database(server, TEMPLATE)
    Database(server, "postgres").run(f"create database {TEMPLATE}")
    init_database(SharedAddress.parse(own.url(sslmode="disable")), SUPERUSER, server.password)
    return server


def town(name: str, *, offices: int, advisors: int, clients: int, rooms: int = 12) -> Town:
    """A database of that name with so many offices, and in each so many advisors, clients and
    rooms, a lead and two at the reception."""
    database = Database(big_server(), name)
    clone(database, TEMPLATE)
    set_clock(database, NOW)
    kind = AppointmentKind(
        id=new_id(),
        name="Folgegespräch",
        minutes=30,
        channels=(Channel.TELEPHONE, Channel.IN_PERSON),
        about={},
        papers={},
    )
    template = Template(id=new_id(), kind=LetterKind.TELEPHONE_PROPOSAL)
    wording = TemplateVersion(
        id=new_id(), template_id=template.id, number=1, blocks={}, valid_from=LONG_AGO
    )
    records: list[Record] = [kind, template, wording]
    branches = []
    for number in range(offices):
        branch, rows = _branch(Random(number), name, number, advisors, clients, rooms)
        branches.append(branch)
        records += rows
    made = Town(database, tuple(branches), kind.id, wording.id)
    owner = made.owner()
    with owner.writing(by=None, now=NOW) as uow:
        uow.add_all(records)
    owner.close()
    with psycopg.connect(database.dsn(), autocommit=True) as connection:
        for person in made.people:
            people.set_login(connection, person.login, PASSWORD)
        connection.execute("create extension if not exists pg_stat_statements schema public")
        connection.execute("vacuum analyze")
    return made


def _branch(
    chance: Random, name: str, number: int, advisors: int, clients: int, rooms: int
) -> tuple[Branch, list[Record]]:
    office = Office(
        id=new_id(),
        name=f"Regionalstelle {number}",
        short_name=f"Stelle {number}",
        street="Spiegelstraße 21",
        postcode="38820",
        town="Halberstadt",
        return_line="Postfach 15 42 · 38805 Halberstadt",
    )
    rows: list[Record] = [office]
    roles = [Role.LEAD, Role.RECEPTION, Role.RECEPTION, *[Role.ADVISOR] * advisors]
    staff = []
    for place, role in enumerate(roles):
        login = f"{name}.{number}.{place}"
        member = Staff(
            id=new_id(),
            login=login,
            family_name=f"Name{number}x{place}",
            initials=f"N{place}",
            office_id=office.id,
        )
        staff.append(Person(member.id, login, role, office.id))
        rows += [member, *_duty(member.id, office.id, role)]
    rows += [
        OpeningHours(
            id=new_id(),
            office_id=office.id,
            channel=channel,
            weekday=weekday,
            opens=time(8),
            closes=time(16),
            valid_from=LONG_AGO,
        )
        for channel in (Channel.TELEPHONE, Channel.IN_PERSON)
        for weekday in range(1, 6)
    ]
    known = [
        Client(
            id=new_id(),
            family_name=f"Klient{chance.randrange(10**6)}",
            given_name="Dirk",
            office_id=office.id,
            advisor_id=chance.choice([p.staff_id for p in staff if p.role is Role.ADVISOR]),
        )
        for _ in range(clients)
    ]
    houses = [
        Room(
            id=new_id(),
            office_id=office.id,
            name=f"R {room}",
            area=21,
            height=2.8,
            windows=Windows.FULL,
            position=room,
        )
        for room in range(rooms)
    ]
    places = [Place(id=new_id(), room_id=room.id) for room in houses]
    rows += [*known, *houses, *places]
    ids = (tuple(one.id for one in many) for many in (known, places))
    return Branch(office.id, tuple(staff), *ids), rows


def _duty(staff_id: UUID, office_id: UUID, role: Role) -> list[Record]:
    held = StaffRole(
        id=new_id(), staff_id=staff_id, office_id=office_id, role=role, valid_from=LONG_AGO
    )
    if role is not Role.ADVISOR:
        return [held]
    return [
        held,
        *(
            WorkingPattern(
                id=new_id(),
                staff_id=staff_id,
                weekday=weekday,
                starts=time(8),
                ends=time(16),
                valid_from=LONG_AGO,
            )
            for weekday in range(1, 6)
        ),
    ]


def slots(days: int, first: date = date(2021, 4, 12)) -> list[datetime]:
    """The half hours of so many working days, from after Easter on."""
    found: list[datetime] = []
    day = first
    while len(found) < days * 16:
        if day.isoweekday() <= 5 and HolidayCalendar().name(day) is None:
            found += [instant(day, time(8)) + HALF_HOUR * half for half in range(16)]
        day += timedelta(days=1)
    return found
