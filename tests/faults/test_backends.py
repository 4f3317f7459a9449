"""Connections that were ended while nobody used them: whoever works on does not notice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.bookkeeping import Presence
from koba_desktop.domain.entities.clients import Client
from koba_desktop.services.ids import new_id
from koba_desktop.services.ports import Foreign
from tests.faults.desk import Desk, Desks, Ear, lock
from tests.postgres.test_proxy import until


def fill_pool(desk: Desk) -> None:
    """Use all connections of the pool at once, so that all of them are open."""
    both = Barrier(2)

    def ask() -> None:
        with desk.store.reading() as reader:
            reader.find(Client)
            both.wait(10)

    with ThreadPoolExecutor(2) as threads:
        for asked in [threads.submit(ask) for _ in range(2)]:
            asked.result()


def test_nobody_notices_killed_backends(desks: Desks) -> None:
    desk, ear = desks.sit_down(), Ear()
    stop = desk.store.watch(ear.changed, ear.reachable)
    slots = list(desks.slots(4))
    for number in range(2):
        fill_pool(desk)
        killed = desks.sessions("berger")
        assert len(killed) == 3
        desks.end_sessions("berger")
        # The first two that come each meet a dead one.
        with ThreadPoolExecutor(2) as threads:
            asked = threads.submit(desk.all, Client)
            booked = threads.submit(desk.do, desks.office.booking(slots[number]))
            assert len(asked.result()) == 2
            assert not booked.result().repeated
        until(lambda: len(desks.sessions("berger")) == 3)
        assert not set(killed) & set(desks.sessions("berger"))
    stop()
    assert [each.starts for each in desk.all(Appointment)] == slots[:2]
    assert ear.reached == [True, False, True, False, True]
    assert ear.heard == [Foreign(everything=True)] * 2


@pytest.mark.parametrize("first", ["query", "command", "presence"])
def test_one_after_the_other_meets_no_dead_connection(desks: Desks, first: str) -> None:
    desk = desks.sit_down()
    fill_pool(desk)
    desks.end_sessions("berger")
    client = desks.office.kuhn
    if first == "query":
        assert len(desk.all(Client)) == 2
    elif first == "command":
        desk.do(desks.office.booking(next(desks.slots(1))))
    else:
        seen = Presence(
            id=new_id(),
            subject_id=client.id,
            staff_id=desk.member.id,
            host="PC-1",
            seen_at=desks.office.clock.now(),
        )
        desk.store.mark_present(seen)
        assert desk.all(Presence) == [seen]
    for _ in range(3):
        assert len(desk.all(Client)) == 2
    with desk.store.engine.connect() as connection:
        connection.exec_driver_sql("select 1")


def test_a_server_that_restarted_while_nobody_asked_is_not_noticed(own_desks: Desks) -> None:
    desk, ear = own_desks.sit_down(), Ear()
    stop = desk.store.watch(ear.changed, ear.reachable)
    fill_pool(desk)
    own_desks.database.server.restart()
    receipt = desk.do(own_desks.office.booking(next(own_desks.slots(1))))
    assert len(desk.all(Client)) == 2
    assert [each.id for each in desk.all(Appointment)] == [receipt.result["appointment_id"]]
    ear.until_reached(True, False, True)
    ear.until_heard(Foreign(everything=True))
    stop()


def test_what_a_killed_backend_was_doing_is_done_again(desks: Desks) -> None:
    """The connection breaks in the middle of a command, not between two."""
    desk = desks.sit_down()
    with ThreadPoolExecutor(1) as thread:
        with desks.owner.writing(by=None, now=desks.office.clock.now()) as unit:
            lock(unit, desk.member)
            waiting = thread.submit(desk.do, desks.office.booking(next(desks.slots(1))))
            until(lambda: desks.waiting("berger") == ["advisory"])
            desks.end_sessions("berger")
            until(lambda: desks.waiting("berger") == ["advisory"])  # again, by itself
        receipt = waiting.result()
    desks.bookings_are({receipt.command.command_id: receipt.result["appointment_id"]})
