"""A network that went away without a word: whoever waits is told, and it goes on by itself."""

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.errors import Unavailable
from koba_desktop.services.ports import Foreign
from koba_desktop.storage.postgres import listener
from koba_desktop.storage.postgres.store import PostgresStore
from tests.faults import cable
from tests.faults.desk import Desks, Ear
from tests.postgres.proxy import Proxy
from tests.postgres.test_proxy import until

TOLD = 7.5
"""Seconds after which whoever waits for an answer has been told; the same for who listens."""
TOLD_BY_TCP = 12.0
"""The same where nobody listens, and nothing but the settings of TCP notices."""
EVERYTHING = Foreign(everything=True)

log = logging.getLogger(__name__)


@pytest.fixture
def proxy(desks: Desks) -> Iterator[Proxy]:
    with Proxy(desks.database.server.port) as made:
        yield made


def refused_after(ask: Callable[[], Any]) -> float:
    """The seconds until a question was given up as the line was lost."""
    began = time.monotonic()
    with pytest.raises(Unavailable) as caught:
        ask()
    assert caught.value.code in ("connection_lost", "server_away")
    return time.monotonic() - began


def ask(store: PostgresStore) -> None:
    with store.reading() as reader:
        assert len(reader.find(Client)) == 2


def ask_slowly(store: PostgresStore) -> None:
    """A question to which the server has no answer before the line goes."""
    with store._translated(), store.engine.connect() as connection:
        connection.exec_driver_sql("select pg_sleep(19)")


def test_it_is_noticed_in_a_query_in_idle_and_in_listen(desks: Desks, proxy: Proxy) -> None:
    desk, ear = desks.sit_down(port=proxy.port), Ear()
    stop = desk.store.watch(ear.changed, ear.reachable)
    ask(desk.store)
    with ThreadPoolExecutor(2) as threads:
        in_query = threads.submit(refused_after, lambda: ask_slowly(desk.store))
        until(lambda: desks.waiting("berger") == ["PgSleep"])
        began = time.monotonic()
        proxy.silent()
        in_idle = threads.submit(refused_after, lambda: ask(desk.store))
        ear.until_reached(True, False)
        told = {"listen": time.monotonic() - began}
        told |= {"query": in_query.result(), "idle": in_idle.result()}
    assert max(told.values()) < TOLD
    began = time.monotonic()
    proxy.resume()
    ear.until_reached(True, False, True)
    ear.until_heard(EVERYTHING)
    ask(desk.store)
    stop()
    log.info("seconds: %s", told | {"back": time.monotonic() - began})


def test_a_pc_that_slept_goes_on(
    desks: Desks, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing came through for longer than an answer may take; then all lines are broken."""
    monkeypatch.setattr(listener, "HEARTBEAT_SECONDS", 0.1)
    monkeypatch.setattr(listener, "SILENCE_SECONDS", 0.3)
    desk, ear = desks.sit_down(port=proxy.port), Ear()
    stop = desk.store.watch(ear.changed, ear.reachable)
    ask(desk.store)
    proxy.silent()
    ear.until_reached(True, False)
    proxy.cut()
    proxy.resume()
    ear.until_reached(True, False, True)
    receipt = desk.do(desks.office.booking(next(desks.slots(1))))
    assert [each.id for each in desk.all(Appointment)] == [receipt.result["appointment_id"]]
    ear.until_heard(EVERYTHING)
    stop()


def test_a_window_that_closes_does_not_wait_for_a_silent_line(desks: Desks, proxy: Proxy) -> None:
    """Not for the listener, nor for a question that is under way."""
    desk, ear = desks.sit_down(port=proxy.port), Ear()
    desk.store.watch(ear.changed, ear.reachable)
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(refused_after, lambda: ask_slowly(desk.store))
        until(lambda: desks.waiting("berger") == ["PgSleep"])
        proxy.silent()
        began = time.monotonic()
        desk.store.close()
        assert time.monotonic() - began < 1
        assert waiting.result() < TOLD


if cable.can_be_laid():
    # Where one may: as root, with the tools of Linux. The proxy stands for it elsewhere; it takes
    # what a dead network does not, so only here TCP's own settings can be seen at work.

    @pytest.fixture
    def laid(own_desks: Desks) -> Iterator[cable.Cable]:
        with cable.Cable(own_desks.database.server) as made:
            yield made

    def test_a_pulled_cable_is_noticed_and_another_network_is_gone_on_in(
        own_desks: Desks, laid: cable.Cable
    ) -> None:
        for member in (own_desks.office.berger, own_desks.office.lindner):
            own_desks.sit_down(member)
        ear = Ear()
        with laid.other_end(3) as there:
            listens = there.submit(laid.signed_in, own_desks.database, "berger").result()
            alone = there.submit(laid.signed_in, own_desks.database, "lindner").result()
            stop = there.submit(listens.watch, ear.changed, ear.reachable).result()
            there.submit(ask, listens).result()
            there.submit(ask, alone).result()
            waiting = [
                there.submit(refused_after, lambda: ask_slowly(listens)),
                there.submit(refused_after, lambda: ask_slowly(alone)),
            ]
            for login in ("berger", "lindner"):
                until(lambda login=login: own_desks.waiting(login) == ["PgSleep"])
            laid.pull()
            began = time.monotonic()
            ear.until_reached(True, False)
            told = {"listen": time.monotonic() - began}
            told |= {"query": waiting[0].result(), "query alone": waiting[1].result()}
            assert max(told["listen"], told["query"]) < TOLD
            assert told["query alone"] < TOLD_BY_TCP
            began = time.monotonic()
            laid.plug_in(another_address=True)
            ear.until_reached(True, False, True)
            ear.until_heard(EVERYTHING)
            told["back"] = time.monotonic() - began
            there.submit(ask, listens).result()
            there.submit(ask, alone).result()
            stop()
            for store in (listens, alone):
                store.close()
        log.info("seconds: %s", told)
