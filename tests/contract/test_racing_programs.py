"""Two programs on one file, through the services: one winner a slot, one booking a command."""

import pickle
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from koba_desktop.domain.entities.appointments import Appointment, Participant
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.services.commands import Command
from koba_desktop.services.ids import new_id
from koba_desktop.storage.check import check
from tests.contract.programs import AnyStore, place_of
from tests.unit.service_office import SmallOffice, at

PROGRAMS = 3

_PROGRAM = """
import pickle, sys
from koba_desktop.domain.errors import OfficeError
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.facade import Services
from tests.contract.programs import open_at
from tests.support import FixedClock
now, actor, commands = pickle.load(sys.stdin.buffer)
store = open_at(sys.argv[1])
services = Services(store, FixedClock(now), HolidayCalendar())
print("ready", flush=True)
sys.stdin.buffer.read()
for command in commands:
    try:
        receipt = services.execute(command, actor)
        print("repeated" if receipt.repeated else "booked", receipt.result["appointment_id"])
    except OfficeError as error:
        print(error.code, "-")
store.close()
"""


@pytest.fixture
def office(store: AnyStore) -> SmallOffice:
    """Halberstadt on Thursday, 1 April 2021, 09:12, in every kind of database."""
    return SmallOffice(store)


def race(office: SmallOffice, *wanted: Sequence[Command]) -> list[list[tuple[str, str]]]:
    """Each list of commands in a program of its own, all let go at once."""
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, place_of(office.store)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        for _ in wanted
    ]
    for program, commands in zip(programs, wanted, strict=True):
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(pickle.dumps((office.clock.now(), office.actor, commands)))
        program.stdin.flush()
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == b"ready\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.close()
        program.stdin = None
    answers = []
    for program in programs:
        said, _ = program.communicate(timeout=60)
        assert program.returncode == 0
        lines = [line.split() for line in said.decode().splitlines()]
        answers.append([(what, which) for what, which in lines])
    return answers


@pytest.mark.process
def test_of_programs_that_want_the_same_slots_each_slot_has_one_winner(
    office: SmallOffice,
) -> None:
    starts = [at(12, 8) + timedelta(minutes=30 * n) for n in range(8)]
    clients = (office.kuhn.id, office.hartwig.id, office.kuhn.id)
    wanted: list[list[Command]] = [
        [office.booking(start, client_id=client) for start in starts] for client in clients
    ]
    answers = race(office, *wanted)
    outcomes = [Counter(what for what, _ in of_slot) for of_slot in zip(*answers, strict=True)]
    for outcome in outcomes:
        assert outcome["booked"] == 1
        losers = set(outcome) - {"booked"}
        assert losers <= {"advisor_busy", "client_busy", "advisor_taken", "client_taken"}
    assert sorted(a.starts for a in office.all(Appointment)) == starts
    assert len(office.all(Participant)) == len(starts)
    assert check(office.store) == []


@pytest.mark.process
def test_of_programs_that_send_the_same_command_all_get_the_first_answer(
    office: SmallOffice,
) -> None:
    proposal = office.proposal(office.exhausted_task())
    answers = race(office, *([proposal] for _ in range(PROGRAMS)))
    outcomes = Counter(what for ((what, _),) in answers)
    assert outcomes == {"booked": 1, "repeated": PROGRAMS - 1}
    assert len({which for ((_, which),) in answers}) == 1
    assert len(office.all(Appointment)) == len(office.all(Letter)) == 1


@pytest.mark.process
def test_of_programs_that_offer_a_client_the_same_time_one_does(office: SmallOffice) -> None:
    proposal = office.proposal(office.exhausted_task())
    rivals = [replace(proposal, command_id=new_id()) for _ in range(PROGRAMS)]
    outcomes = Counter(what for ((what, _),) in race(office, *([rival] for rival in rivals)))
    assert outcomes == {"booked": 1, "task_closed": PROGRAMS - 1}
    assert len(office.all(Appointment)) == len(office.all(Letter)) == 1
