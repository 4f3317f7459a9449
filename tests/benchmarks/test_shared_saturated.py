"""As many bookings as go through: ≥ 50 % of what bare psycopg manages with the same constraints
and the same advisory locks.

Closed loop: each worker books as soon as its last booking is done, for 20 s. All three kinds book
the same commands, in turns of databases that are equally empty. Two thirds by telephone, the rest
in a place that was chosen. fsync and synchronous_commit on.
"""

from collections import Counter
from random import Random
from typing import Any

import psycopg
import pytest

from koba_desktop.domain.vocabulary import Channel
from koba_desktop.services.commands import BookAppointment
from tests.benchmarks.figures import spread, tell
from tests.benchmarks.fleet import Fleet
from tests.benchmarks.pcs import Arrival, Orders, Report
from tests.benchmarks.town import HALF_HOUR, Person, Town, slots, town
from tests.postgres.server import SUPERUSER

WORKERS = 8
PROCESSES = 4
SECONDS = 20.0
OFFICES, ADVISORS, ROOMS = 4, 25, 30
KINDS = ("ours", "minimal", "same rows")


def plan(town: Town) -> list[tuple[Person, list[Arrival]]]:
    """Every slot of every advisor once; clients and places so that now and then one is taken."""
    chance = Random(11)
    commands = []
    for branch in town.branches:
        for starts in slots(40):
            places = chance.sample(branch.places, len(branch.places))
            for number, advisor in enumerate(branch.advisors):
                personal = number % 3 == 0
                commands.append(
                    BookAppointment(
                        office_id=branch.office_id,
                        advisor_id=advisor.staff_id,
                        kind_id=town.kind_id,
                        channel=Channel.IN_PERSON if personal else Channel.TELEPHONE,
                        starts=starts,
                        ends=starts + HALF_HOUR,
                        client_id=chance.choice(branch.clients),
                        phone="03943 583000",
                        place_id=places[number] if personal else None,
                    )
                )
    chance.shuffle(commands)
    arrivals: dict[Person, list[Arrival]] = {}
    of_office = {b.office_id: b.people[3 : 3 + WORKERS // OFFICES] for b in town.branches}
    for number, command in enumerate(commands):
        people = of_office[command.office_id]
        arrivals.setdefault(people[number % len(people)], []).append(Arrival(0.0, command))
    return list(arrivals.items())


def of_server(town: Town) -> tuple[float, float]:
    """ms and calls the statements of clients took so far: without planning, parsing and sending."""
    with psycopg.connect(town.database.dsn()) as connection:
        row: Any = connection.execute(
            "select sum(total_exec_time), sum(calls) from pg_stat_statements"
            " join pg_database d on d.oid = dbid"
            " where toplevel and d.datname = current_database()"
        ).fetchone()
    return float(row[0] or 0), float(row[1] or 0)


@pytest.mark.parametrize("how", KINDS)
def test_saturated(benchmark: Any, how: str) -> None:
    place = town(
        f"full_{KINDS.index(how)}", offices=OFFICES, advisors=ADVISORS, clients=2_000, rooms=ROOMS
    )
    desks = plan(place)
    assert len(desks) == WORKERS
    server = place.database.server
    url = place.database.url(sslmode="disable")
    owner = (SUPERUSER, server.password)
    orders = [Orders(url, desks[n::PROCESSES], SECONDS, how, owner) for n in range(PROCESSES)]
    fleet = Fleet("tests.benchmarks.pcs", orders)
    reports: list[Report] = []
    before = of_server(place)

    def twenty_seconds() -> None:
        fleet.go()
        reports.extend(fleet.reports())  # type: ignore[arg-type]

    try:
        benchmark.pedantic(twenty_seconds, rounds=1)
    finally:
        fleet.end()
    took, calls = (now - then for now, then in zip(of_server(place), before, strict=True))
    outcomes = [each for report in reports for each in report.outcomes]
    codes = Counter(each.code for each in outcomes)
    done = len(outcomes)
    assert done < sum(len(each) for _, each in desks), "there were too few slots to fill the time"
    assert codes["booked"] > 0.9 * done, codes
    tell(
        benchmark,
        how=how,
        bookings_a_second=round(done / SECONDS, 1),
        outcomes=dict(codes.most_common(6)),
        latency_ms=spread([each.seconds for each in outcomes]),
        client_cpu_ms=round(sum(report.cpu for report in reports) / done * 1000, 2),
        server_ms=round(took / done, 2),
        statements=round(calls / done, 1),
    )
