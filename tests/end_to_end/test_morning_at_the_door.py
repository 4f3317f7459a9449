"""Sixty visitors, eight rooms of which two fail, three overruns, five emergencies, two programs.

At the end nothing overlaps, no room was used before its pause was over, and nobody was lost.
"""

import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.rooms import Place, Refusal, Room, RoomBooking, Visit
from koba_desktop.domain.vocabulary import AppointmentState, RoomUse, Urgency, VisitResult
from koba_desktop.services.rooms.situations import house_rules
from koba_desktop.storage.check import check
from tests.contract.programs import place_of
from tests.end_to_end.morning import (
    DAY,
    EMERGENCIES,
    FAILURES,
    VISITORS,
    MorningOffice,
    at,
)
from tests.postgres.fixtures import Database
from tests.postgres.office import owner_store, set_clock, store_for

ROOT = Path(__file__).resolve().parents[2]
MINUTE = timedelta(minutes=1)


@contextmanager
def front_desk(place: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.end_to_end.front_desk", place]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        yield program
        program.stdin.close()
        assert program.wait(timeout=30) == 0


def tell(program: subprocess.Popen[str], order: dict[str, Any]) -> None:
    assert program.stdin is not None
    program.stdin.write(json.dumps(order) + "\n")
    program.stdin.flush()


def heard(program: subprocess.Popen[str]) -> dict[str, Any]:
    assert program.stdout is not None
    answer: dict[str, Any] = json.loads(program.stdout.readline())
    return answer


@dataclass(frozen=True, slots=True)
class House:
    """The office; where its desks find it; and who must be told what time it is."""

    office: MorningOffice
    desks: str
    tell_time: Callable[[datetime], None]


def run_morning(house: House) -> tuple[Counter[str], Counter[str]]:
    """Both desks do each minute at once; returns what was done and what was refused."""
    office = house.office
    steps: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    talks = {str(g.client.id): g.talks / MINUTE for g in office.guests}
    emergencies = {at(clock): f"Notfall {n}" for n, clock in enumerate(EMERGENCIES)}
    failures = {at(clock): name for clock, name in FAILURES.items()}
    now = at("07:45")
    with front_desk(house.desks) as one, front_desk(house.desks) as two:
        while now < at("16:00"):
            house.tell_time(now)
            arrived = [g for g in office.guests if g.arrives <= now]
            for number, desk in enumerate((one, two)):
                mine = [str(g.client.id) for g in arrived if g.number % 2 == number]
                order = {"now": now.isoformat(), "mine": mine, "talks": talks}
                if number == 0 and now in failures:
                    order["fails"] = failures[now]
                if number == 1 and now in emergencies:
                    order["emergency"] = emergencies[now]
                tell(desk, order)
            answers = [heard(one), heard(two)]
            for answer in answers:
                steps.update(answer["steps"])
                refused.update(answer["refused"])
            last = answers[-1]
            inside = last["waiting"] + last["talking"] + last["expected"]
            if now > at("12:30") and not inside:
                break
            now += MINUTE
    office.clock.set(now)
    return steps, refused


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """On a file of this PC; and on the shared database, where both desks sign in as reception."""
    if request.param == "sqlite":
        made = MorningOffice(tmp_path)
        yield House(made, place_of(made.store), lambda _now: None)
        made.close()
        return
    database: Database = request.getfixturevalue("pg_database")
    made = MorningOffice(owner_store(database))
    desk = store_for(database, made.reception.login)
    yield House(made, place_of(desk), lambda now: set_clock(database, now))
    desk.close()
    made.close()


@pytest.mark.process
def test_a_morning_ends_without_overlap_without_haste_and_with_nobody_lost(
    house: House,
) -> None:
    office = house.office
    steps, refused = run_morning(house)

    appointments = office.all(Appointment)
    assert len(appointments) == VISITORS + len(EMERGENCIES)
    personal = {v.appointment_id for v in office.all(Visit)}
    states = Counter(a.state for a in appointments if a.id in personal)
    assert states == {AppointmentState.KEPT: len(personal)}
    assert len(personal) >= VISITORS
    assert check(office.store) == []

    visits = office.all(Visit)
    assert all(v.left_at is not None for v in visits)
    assert len({v.code for v in visits if v.day == DAY}) == len(visits)
    urgent = {a.id for a in appointments if a.urgency is not Urgency.NONE}
    assert len(urgent) == len(EMERGENCIES)
    assert all(v.result is VisitResult.SETTLED for v in visits if v.appointment_id in urgent)
    assert {r.appointment_id for r in office.all(Refusal)} <= urgent

    assert_no_place_was_used_too_early(office)
    assert_nobody_sat_in_a_room_that_had_failed(office)
    assert steps["CloseRoom"] == len(FAILURES)
    assert steps["AssignPlace"] >= 1, "a failed room left somebody without a place"
    # Two desks that look at the same list often do the same: one is told so, nothing happens twice.
    assert set(refused) <= {
        "booking_state",
        "conflict",
        "has_place",
        "place_in_use",
        "place_taken",
        "room_airing",
        "room_busy",
        "room_not_cleaned",
        "room_occupied",
        "state_not_possible",
    }


def uses(office: MorningOffice) -> dict[Any, list[RoomBooking]]:
    """What really took place in each place, by time of entry."""
    found: dict[Any, list[RoomBooking]] = defaultdict(list)
    for booking in office.all(RoomBooking):
        if booking.use is RoomUse.CONSULTATION and booking.occupied_at is not None:
            found[booking.place_id].append(booking)
    for bookings in found.values():
        bookings.sort(key=entry)
    return found


def entry(booking: RoomBooking) -> datetime:
    assert booking.occupied_at is not None
    return booking.occupied_at


def assert_no_place_was_used_too_early(office: MorningOffice) -> None:
    with office.store.reading() as reader:
        rules = house_rules(reader, office.office.id)
        rooms = {place.id: reader.get(Room, place.room_id) for place in reader.find(Place)}
    pairs = 0
    for place_id, bookings in uses(office).items():
        pause = timedelta(minutes=rules.pause(rooms[place_id], DAY).minutes)
        for before, after in pairwise(bookings):
            assert before.vacated_at is not None
            assert entry(after) >= before.vacated_at + pause, (before, after)
            pairs += 1
    assert pairs > 40


def assert_nobody_sat_in_a_room_that_had_failed(office: MorningOffice) -> None:
    with office.store.reading() as reader:
        for clock, name in FAILURES.items():
            room = reader.find(Room, name=name)[0]
            for place in reader.find(Place, room_id=room.id):
                for booking in uses(office).get(place.id, ()):
                    assert entry(booking) < at(clock)
                    assert booking.vacated_at is not None
                    assert booking.vacated_at <= at(clock)
