"""A server that is killed while it commits: what was acknowledged is there, once."""

import pickle
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Condition, Event
from uuid import UUID

import psycopg
import pytest

from koba_desktop.domain.errors import Unavailable
from koba_desktop.services.commands import BookAppointment
from tests.contract.programs import place_of
from tests.faults.desk import Desk, Desks
from tests.postgres.test_proxy import until

KILLS = 3
A_THREAD = 20
A_PROGRAM = 15

_PROGRAM = """
import pickle, sys, time
from koba_desktop.domain.errors import Unavailable
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.facade import Services
from tests.contract.programs import open_at
from tests.support import FixedClock
now, actor, commands = pickle.load(sys.stdin.buffer)
store = open_at(sys.argv[1])
services = Services(store, FixedClock(now), HolidayCalendar())
print("ready", flush=True)
sys.stdin.readline()
for command in commands:
    while True:
        try:
            receipt = services.execute(command, actor)
        except Unavailable:
            time.sleep(0.1)  # and tries again, as a user does
            continue
        print(command.command_id, receipt.result["appointment_id"], flush=True)
        break
store.close()
"""


class Book:
    """Which command was answered with which appointment, from any thread."""

    def __init__(self) -> None:
        self.acknowledged: dict[UUID, UUID] = {}
        self.codes: set[str] = set()
        self.server_is_up = Event()
        self._news = Condition()

    def write(self, command_id: UUID, appointment_id: UUID) -> None:
        with self._news:
            assert command_id not in self.acknowledged
            self.acknowledged[command_id] = appointment_id
            self._news.notify_all()

    def until(self, count: int) -> None:
        with self._news:
            assert self._news.wait_for(lambda: len(self.acknowledged) >= count, 60)

    def carry_out(self, desk: Desk, commands: list[BookAppointment]) -> None:
        """Each until it is answered, as a user does who tries again."""
        for command in commands:
            while command.command_id not in self.acknowledged:
                try:
                    receipt = desk.do(command)
                except Unavailable as error:
                    self.codes.add(error.code)
                    assert self.server_is_up.wait(60)
                else:
                    self.write(command.command_id, receipt.result["appointment_id"])

    def listen(self, program: "subprocess.Popen[bytes]") -> None:
        """Take over what a program of its own was answered."""
        assert program.stdout is not None
        for line in program.stdout:
            command_id, appointment_id = line.decode().split()
            self.write(UUID(command_id), UUID(appointment_id))
        assert program.wait(60) == 0


@contextmanager
def programs(
    work: list[tuple[Desk, list[BookAppointment]]],
) -> "Iterator[list[subprocess.Popen[bytes]]]":
    """Programs of their own that know what to book and wait for the word."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, place_of(desk.store)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        for desk, _ in work
    ]
    try:
        for program, (desk, commands) in zip(started, work, strict=True):
            assert program.stdin is not None
            pickle.dump((desk.services.clock.now(), desk.actor, commands), program.stdin)
            program.stdin.flush()
        for program in started:
            assert program.stdout is not None
            assert program.stdout.readline() == b"ready\n"
        yield started
    finally:
        for program in started:
            program.kill()
            program.communicate()


@pytest.mark.process
def test_of_a_server_killed_again_and_again_nothing_is_lost_or_doubled(own_desks: Desks) -> None:
    """Two threads each of two logins book, and a program of each; the server is killed in
    between, three times."""
    office, server, book = own_desks.office, own_desks.database.server, Book()
    work: list[tuple[Desk, list[BookAppointment]]] = []
    for member, client in ((office.berger, office.kuhn), (office.lindner, office.hartwig)):
        desk = own_desks.sit_down(member)
        slots = own_desks.slots(2 * A_THREAD + A_PROGRAM)
        work.append(
            (
                desk,
                [office.booking(s, advisor_id=member.id, client_id=client.id) for s in slots],
            )
        )
    of_programs = [(desk, commands[2 * A_THREAD :]) for desk, commands in work]
    with programs(of_programs) as started, ThreadPoolExecutor(6) as threads:
        jobs = [threads.submit(book.listen, program) for program in started]
        for desk, commands in work:
            jobs.append(threads.submit(book.carry_out, desk, commands[:A_THREAD]))
            jobs.append(threads.submit(book.carry_out, desk, commands[A_THREAD : 2 * A_THREAD]))
        for program in started:
            assert program.stdin is not None
            program.stdin.write(b"\n")
            program.stdin.flush()
        for number in range(KILLS):
            book.server_is_up.set()
            book.until((number + 1) * 25)
            book.server_is_up.clear()
            server.kill()
            server.start()
        book.server_is_up.set()
        for job in jobs:
            job.result()
    assert len(book.acknowledged) == 2 * (2 * A_THREAD + A_PROGRAM)
    own_desks.bookings_are(book.acknowledged)
    # Whoever looked was told that the server is away, or that nobody knows: never "failed".
    assert book.codes <= {"server_away", "outcome_unclear", "connection_lost"}


def test_a_commit_that_reached_the_disk_is_found_again(own_desks: Desks) -> None:
    """Killed after the commit, before its answer."""
    server, desk = own_desks.database.server, own_desks.sit_down()
    # Waits for a second server that there is not.
    own_desks.database.run("alter role berger set synchronous_commit = on")
    desk.store.engine.dispose()
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(desk.do, own_desks.office.booking(next(own_desks.slots(1))))
        until(lambda: own_desks.waiting("berger") == ["SyncRep"])
        server.kill()
        server.start()
        receipt = waiting.result()
    assert receipt.repeated
    own_desks.bookings_are({receipt.command.command_id: receipt.result["appointment_id"]})


def test_a_commit_that_did_not_reach_the_disk_is_done_again(own_desks: Desks) -> None:
    """Killed after the commit was asked for, before it was done."""
    server, desk = own_desks.database.server, own_desks.sit_down()
    own_desks.database.run(
        """
        create function public.dawdle() returns trigger language plpgsql as
        $$ begin perform pg_advisory_xact_lock(77); return null; end $$;
        create constraint trigger dawdle after insert on app.command
        deferrable initially deferred for each row execute function public.dawdle();
        """
    )
    with ThreadPoolExecutor(1) as thread:
        with psycopg.connect(own_desks.database.dsn(), autocommit=True) as holder:
            holder.execute("select pg_advisory_lock(77)")
            waiting = thread.submit(desk.do, own_desks.office.booking(next(own_desks.slots(1))))
            until(lambda: own_desks.waiting("berger") == ["advisory"])
            server.kill()
        server.start()
        receipt = waiting.result()
    assert not receipt.repeated
    own_desks.bookings_are({receipt.command.command_id: receipt.result["appointment_id"]})
