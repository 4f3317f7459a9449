"""The week of one office out of a million appointments, under row-level security: ≤ 2 × the raw
query without it.

Twenty offices, three years, about 320 appointments a week in each. An advisor and somebody at the
reception ask through the store as the calendar does; the floor is the same question in bare psycopg
as the superuser, whom no policy binds. The reception sees no past days, so the week asked for is
the present one and lies in the future of the server's clock.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

import psycopg
import pytest

from koba_desktop.domain.clock import instant
from koba_desktop.domain.vocabulary import Role
from koba_desktop.services.ids import new_id
from koba_desktop.storage.postgres.store import PostgresStore
from tests.benchmarks.figures import tell
from tests.benchmarks.town import HALF_HOUR, NOW, Branch, Person, Town, town

OFFICES, ADVISORS = 20, 20
MILLION = 1_000_000
MONDAY = date(2021, 4, 5)
"""The first day after the server's present, Thursday, 1 April."""
_TABLES = ("appointment", "participant", "room_booking", "appointment_change", "letter")

# What ``storage.queries.appointments`` asks, written down by hand.
_WEEK = """
    select a.id, a.version, a.reference, a.office_id, a.advisor_id, s.family_name, s.initials,
      a.kind_id, k.name, a.channel, a.starts, a.ends, a.state, a.urgency, a.phone, p.client_id,
      coalesce(c.family_name, p.visitor_name, ''), coalesce(c.given_name, ''),
      coalesce(c.salutation, 'none'),
      (select count(*) from participant where appointment_id = a.id),
      r.id, coalesce(r.name, ''), l.state, l.posted_on,
      exists (select from appointment_change where appointment_id = a.id and kind = 'moved')
    from appointment a
    join staff s on s.id = a.advisor_id
    join appointment_kind k on k.id = a.kind_id
    left join participant p on p.id = (
      select id from participant where appointment_id = a.id order by id limit 1)
    left join client c on c.id = p.client_id
    left join room_booking b on b.id = (
      select id from room_booking where appointment_id = a.id and active order by id desc limit 1)
    left join place on place.id = b.place_id
    left join room r on r.id = place.room_id
    left join letter l on l.id = (
      select id from letter
      where appointment_id = a.id and state <> 'void' and withdrawn_at is null
      order by id desc limit 1)
    where a.office_id = %s and a.starts < %s and a.starts > %s and a.ends > %s
      and a.withdrawn_at is null
    order by a.starts, a.id"""


def week() -> tuple[datetime, datetime]:
    return instant(MONDAY, time()), instant(MONDAY + timedelta(days=7), time())


@cache
def filled() -> Town:
    """Made once a run: a minute or two."""
    made = town("million", offices=OFFICES, advisors=ADVISORS, clients=1_000)
    endless = "-c search_path=app -c statement_timeout=0 -c transaction_timeout=0"
    with psycopg.connect(made.database.dsn(), options=endless) as connection:
        for table in _TABLES:
            connection.execute(f"alter table {table} disable trigger user")
        _copy(connection, made)
        for table in _TABLES:
            connection.execute(f"alter table {table} enable trigger user")
    with psycopg.connect(made.database.dsn(), autocommit=True) as connection:
        connection.execute("vacuum (analyze, freeze)")
    return made


def _copy(connection: "psycopg.Connection[Any]", made: Town) -> None:
    """From the last future week backwards until there are a million. Four of five advisors have an
    appointment at each of the four hours of each day: 320 a week."""
    chance = Random(5)
    number = 0
    sunday = MONDAY + timedelta(days=41)
    while number < MILLION:
        rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _TABLES}
        for _ in range(20):
            for weekday in range(5):
                day = sunday - timedelta(days=6 - weekday)
                for branch in made.branches:
                    number = _day(rows, chance, made, branch, day, number)
            sunday -= timedelta(days=7)
        for table in _TABLES:
            columns = _COLUMNS[table]
            copying = f"copy {table} ({columns}) from stdin"
            with connection.cursor() as cursor, cursor.copy(copying) as copy:
                for row in rows[table]:
                    copy.write_row(row)


_STAMPS = "id, version, changed_at, changed_by"
_COLUMNS = {
    "appointment": f"{_STAMPS}, reference, office_id, advisor_id, kind_id, channel, starts, ends,"
    " state, active, urgency, phone",
    "participant": f"{_STAMPS}, appointment_id, client_id, visitor_name, starts, ends, active",
    "room_booking": f"{_STAMPS}, place_id, office_id, appointment_id, use, starts, ends,"
    " blocked_until, persons, state, active, note, initials",
    "appointment_change": "id, created_at, created_by, appointment_id, kind, before, after",
    "letter": f"{_STAMPS}, client_id, office_id, advisor_id, kind, language, variant, state,"
    " template_version_id, data, appointment_id, assumed_posting",
}


def _day(
    rows: dict[str, list[tuple[Any, ...]]],
    chance: Random,
    made: Town,
    branch: Branch,
    day: date,
    number: int,
) -> int:
    """One of three comes in person and has a place, two of five got a letter, one of 16 was moved.
    Returns how many appointments there are by now."""
    office_id = branch.office_id
    long_ago = instant(date(2020, 1, 2), time(9))
    stamps = (1, long_ago, None)
    for hour in (8, 10, 12, 14):
        starts = instant(day, time(hour))
        ends = starts + HALF_HOUR
        over = starts < NOW
        kept = ("kept" if over else "confirmed", True, "none", "03943 583000")
        used = (2, "free" if over else "reserved", not over, "", "")
        advisors = chance.sample(branch.advisors, ADVISORS * 4 // 5)
        clients = chance.sample(branch.clients, len(advisors))
        places = chance.sample(branch.places, len(advisors) // 3)
        for nth, (advisor, client) in enumerate(zip(advisors, clients, strict=True)):
            one, who = new_id(), advisor.staff_id
            channel = "in_person" if nth < len(places) else "telephone"
            about = (f"M{number:07d}", office_id, who, made.kind_id, channel, starts, ends)
            rows["appointment"].append((one, *stamps, *about, *kept))
            rows["participant"].append((new_id(), *stamps, one, client, "", starts, ends, True))
            if nth < len(places):
                there = (
                    places[nth],
                    office_id,
                    one,
                    "consultation",
                    starts,
                    ends,
                    ends + HALF_HOUR,
                )
                rows["room_booking"].append((new_id(), *stamps, *there, *used))
            kind = "moved" if nth == 5 else "created"
            rows["appointment_change"].append((new_id(), long_ago, None, one, kind, "null", "{}"))
            if nth % 5 < 2:
                text = ("telephone_proposal", "de", "", "pending", made.wording_id, "{}", one, day)
                rows["letter"].append((new_id(), *stamps, client, office_id, who, *text))
            number += 1
    return number


@pytest.fixture(scope="module")
def million() -> Town:
    return filled()


@pytest.fixture
def branch(million: Town) -> Branch:
    return million.branches[OFFICES // 2]


@pytest.fixture
def of_role(million: Town, branch: Branch) -> Iterator[Any]:
    """Opens the store of somebody of the office."""
    opened: list[PostgresStore] = []

    def open_for(role: Role | None) -> PostgresStore:
        person: Person | None = None if role is None else _person(branch, role)
        opened.append(million.owner() if person is None else million.store_of(person))
        return opened[-1]

    yield open_for
    for store in opened:
        store.close()


def _person(branch: Branch, role: Role) -> Person:
    return next(person for person in branch.people if person.role is role)


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.RECEPTION, None])
def test_a_week_as_the_calendar_asks_for_it(
    benchmark: Any, branch: Branch, of_role: Any, role: Role | None
) -> None:
    """None is the owner, whom no policy binds."""
    store: PostgresStore = of_role(role)

    def read() -> int:
        with store.reading() as reader:
            return len(reader.appointments_between(branch.office_id, *week()))

    found = benchmark.pedantic(read, rounds=40, warmup_rounds=8)
    assert found == 320
    tell(benchmark, who=role or "owner", rows=found)


def test_floor_the_same_in_bare_psycopg(benchmark: Any, million: Town, branch: Branch) -> None:
    connection = million.connect()
    starts, ends = week()

    def read() -> int:
        with connection.transaction():
            values = (branch.office_id, ends, starts - timedelta(days=1), starts)
            return len(connection.execute(_WEEK, values).fetchall())

    found = benchmark.pedantic(read, rounds=40, warmup_rounds=8)
    assert found == 320
    connection.close()


def test_how_the_server_finds_it(million: Town, branch: Branch, of_role: Any) -> None:
    """The plan of an advisor's question touches the week, not the million."""
    starts, ends = week()
    with million.connect(_person(branch, Role.ADVISOR)) as connection:
        values = (branch.office_id, ends, starts - timedelta(days=1), starts)
        plan = connection.execute(f"explain (analyze, buffers) {_WEEK}", values).fetchall()
    print("\n" + "\n".join(str(line) for (line,) in plan))
    assert not any("Seq Scan on appointment " in str(line) for (line,) in plan)
