"""Deadlocks, locks that are not let go, questions that take too long: tried again, or told."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import psycopg
import pytest

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Unavailable
from koba_desktop.services import retrying
from koba_desktop.storage.postgres import engine
from tests.faults.desk import Desk, Desks, lock
from tests.postgres.test_proxy import until


def limit(desks: Desks, name: str, milliseconds: int) -> None:
    """One of the database's time limits, for who connects from now on."""
    desks.database.run(f"alter database {desks.database.name} set {name} = {milliseconds}")


@contextmanager
def taken(desks: Desks, table: str) -> Iterator[None]:
    """Nobody reads or writes that table meanwhile."""
    with psycopg.connect(desks.database.dsn()) as holder:
        holder.execute(f"lock table app.{table} in access exclusive mode")
        yield


def test_of_a_deadlock_one_goes_through_and_the_other_after_it(desks: Desks) -> None:
    """Not to be had by commands, which lock in one order; so the locks are taken by hand."""
    office, met = desks.office, Barrier(2)
    orders = [(office.berger, office.lindner), (office.lindner, office.berger)]
    tries: list[str] = []
    work = [(desks.sit_down(first), first, second) for first, second in orders]

    def both(desk: Desk, first: Staff, second: Staff) -> None:
        def once() -> None:
            tries.append(first.login)
            with desk.store.writing(by=first.id, now=office.clock.now()) as unit:
                lock(unit, first)
                if len(tries) <= 2:
                    met.wait(10)
                lock(unit, second)

        retrying.carried_out(once)

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(both, *each) for each in work]:
            done.result()
    assert sorted(tries) in (["berger", "berger", "lindner"], ["berger", "lindner", "lindner"])


def test_a_lock_that_is_let_go_is_waited_for(desks: Desks) -> None:
    limit(desks, "lock_timeout", 100)
    desk = desks.sit_down()
    with ThreadPoolExecutor(1) as thread:
        with desks.owner.writing(by=None, now=desks.office.clock.now()) as unit:
            lock(unit, desk.member)
            waiting = thread.submit(desk.do, desks.office.booking(next(desks.slots(1))))
            until(lambda: "canceling statement due to lock timeout" in desks.database.server.log)
        receipt = waiting.result()
    desks.bookings_are({receipt.command.command_id: receipt.result["appointment_id"]})


def test_a_lock_that_is_not_let_go_is_told(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    limit(desks, "lock_timeout", 50)
    monkeypatch.setattr(retrying, "PATIENCE_SECONDS", 0.2)
    desk = desks.sit_down()
    with desks.owner.writing(by=None, now=desks.office.clock.now()) as unit:
        lock(unit, desk.member)
        with pytest.raises(Unavailable, match="server_busy"):
            desk.do(desks.office.booking(next(desks.slots(1))))
    assert desk.all(Appointment) == []


def test_a_question_that_takes_too_long_is_told(desks: Desks) -> None:
    limit(desks, "statement_timeout", 200)
    desk = desks.sit_down()
    with taken(desks, "client"), pytest.raises(Unavailable, match="statement_timeout"):
        desk.all(Client)
    with taken(desks, "command"), pytest.raises(Unavailable, match="statement_timeout"):
        desk.do(desks.office.booking(next(desks.slots(1))))
    assert len(desk.all(Client)) == 2
    assert desk.all(Appointment) == []


def test_a_transaction_that_dawdles_is_ended_and_done_again(desks: Desks) -> None:
    """As after a PC that slept in the middle of a command."""
    limit(desks, "idle_in_transaction_session_timeout", 50)
    desk = desks.sit_down()
    tries: list[int] = []

    def once() -> int:
        tries.append(1)
        with desk.store.writing(by=desk.member.id, now=desks.office.clock.now()) as unit:
            if len(tries) == 1:
                until(lambda: desks.sessions("berger") == [])
            return len(unit.find(Client))

    assert retrying.carried_out(once) == 2
    assert len(tries) == 2


def test_when_every_connection_hangs_the_next_is_told_that_the_server_is_busy(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "POOL_SECONDS", 0.2)
    desk = desks.sit_down()
    with ThreadPoolExecutor(2) as threads:
        with taken(desks, "client"):
            hanging = [threads.submit(desk.all, Client) for _ in range(2)]
            until(lambda: desks.waiting("berger") == ["relation"] * 2)
            with pytest.raises(Unavailable, match="server_busy"):
                desk.all(Client)
        assert [len(each.result()) for each in hanging] == [2, 2]
    assert len(desk.all(Client)) == 2


def test_a_login_that_has_too_many_programs_open_is_told_so(desks: Desks) -> None:
    for _ in range(5):
        desks.sit_down(pool_size=1)
    with pytest.raises(Unavailable, match="too_many_connections"):
        desks.sit_down()
