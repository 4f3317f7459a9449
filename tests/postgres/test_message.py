"""Several statements in one message: nothing leaves before the end, and a refusal harms nothing."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from koba_desktop.domain.entities.appointments import Appointment, Participant
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.errors import Refused, Taken, Unavailable
from koba_desktop.domain.records import Record
from koba_desktop.services.locks import Locks
from koba_desktop.storage.postgres.engine import cut
from koba_desktop.storage.postgres.message import one_message
from koba_desktop.storage.postgres.session import driver_of
from koba_desktop.storage.postgres.store import PostgresStore
from koba_desktop.storage.postgres.unit_of_work import PostgresUnit
from tests.contract.house import NINE, NOW, House
from tests.postgres.fixtures import Database
from tests.postgres.office import owner_store
from tests.postgres.proxy import Proxy
from tests.postgres.server import Server

HOUR = timedelta(hours=1)


@pytest.fixture
def store(pg_database: Database) -> Iterator[PostgresStore]:
    made = owner_store(pg_database)
    yield made
    made.close()


@pytest.fixture
def house(store: PostgresStore) -> House:
    made = House()
    made.move_in(store)
    return made


def lines(store: PostgresStore) -> list["psycopg.Connection[Any]"]:
    """The connections of the pool, at rest."""
    store._closer.stop()
    taken = [store.engine.connect() for _ in range(store.engine.pool.checkedin())]  # type: ignore[attr-defined]
    found = [driver_of(each) for each in taken]
    for each in taken:
        each.close()
    return found


def add(unit: PostgresUnit, *records: Record) -> None:
    for record in records:
        unit.add(record)


def test_nothing_is_sent_before_the_end_and_all_in_one_journey(pg_server: Server) -> None:
    with Proxy(pg_server.port) as proxy:
        far = pg_server.dsn().replace(str(pg_server.port), str(proxy.port))
        with psycopg.connect(far, autocommit=True) as line:
            before = proxy.counts
            with one_message(line):
                cursors = [line.cursor().execute("select %s::int", (n,)) for n in range(20)]
                assert proxy.counts.to_server == before.to_server
            assert [each.fetchone() for each in cursors] == [(n,) for n in range(20)]
            assert proxy.counts.flights == before.flights + 1


def test_after_a_refusal_the_line_still_knows_its_prepared_statements(pg_server: Server) -> None:
    """What stood behind the refused one was prepared in vain."""
    with psycopg.connect(pg_server.dsn(), autocommit=True) as line:
        for divisor in (1, 1, 1, 1, 1, 1, 0, 1, 1):
            try:
                with one_message(line):
                    line.execute("begin")
                    line.execute("select 1 / %s::int", (divisor,))
                    after = line.cursor().execute("select %s::int + 1", (divisor,))
            except psycopg.errors.DivisionByZero:
                assert divisor == 0
            else:
                assert after.fetchone() == (2,)
            line.execute("rollback")


def test_a_new_row_travels_with_the_next_question_and_is_seen_by_it(
    store: PostgresStore, house: House
) -> None:
    with store.writing(by=None, now=NOW) as unit:
        made = unit.add(house.appointment())
        unit.add(house.participant(made))
        assert unit.get(Appointment, made.id) == made
        assert len(unit.find(Participant, appointment_id=made.id)) == 1


def test_a_refusal_names_what_is_in_the_way_at_the_next_question(
    store: PostgresStore, house: House
) -> None:
    with store.writing(by=None, now=NOW) as unit:
        first = unit.add(house.appointment())
    with store.writing(by=None, now=NOW) as unit:
        unit.add(house.appointment(NINE + HOUR))
        unit.add(house.appointment())
        unit.add(house.appointment(NINE + 2 * HOUR))
        with pytest.raises(Taken) as found:
            unit.find(Appointment)
    assert (found.value.code, found.value.problems[0].params["appointment_id"]) == (
        "advisor_taken",
        first.id,
    )


def test_a_refusal_with_the_commit_writes_nothing(store: PostgresStore, house: House) -> None:
    with store.writing(by=None, now=NOW) as unit:
        first = unit.add(house.appointment())
    with pytest.raises(Taken), store.writing(by=None, now=NOW) as unit:
        add(unit, house.appointment(NINE + HOUR), house.appointment())
    with pytest.raises(Refused), store.writing(by=None, now=NOW) as unit:
        unit.add(house.appointment(NINE + HOUR, length=-HOUR))
    with store.reading() as reader:
        assert reader.find(Appointment) == [first]


def test_a_client_written_since_is_read_anew(store: PostgresStore, house: House) -> None:
    client_id = house.clients[0].id
    with store.writing(by=None, now=NOW) as unit:
        before = unit.get(Client, client_id)
        written = unit.update(before)
        assert unit.get(Client, client_id) == written != before


def test_locks_wait_in_front_of_the_first_question(store: PostgresStore, house: House) -> None:
    locks = Locks(advisors=frozenset({house.advisors[0].id}))
    held = "select count(*) from pg_locks where locktype = 'advisory' and granted"
    with store.writing(by=None, now=NOW) as unit:
        unit.lock(locks)
        assert unit.find(Appointment) == []
        [line] = lines_in_use(store)
        assert line.execute(held).fetchone() == (1,)


def lines_in_use(store: PostgresStore) -> list["psycopg.Connection[Any]"]:
    return [each for each in store._lines._open if each.info.transaction_status.name == "INTRANS"]


def test_reading_keeps_what_was_prepared(store: PostgresStore, house: House) -> None:
    """Else each question would be parsed and planned anew, under all policies."""
    for _ in range(20):
        with store.reading() as reader:
            assert reader.find(Appointment, advisor_id=house.advisors[0].id) == []
    prepared = (
        "select count(*) from pg_prepared_statements where statement like '%from appointment%'"
    )
    assert sum(line.execute(prepared).fetchone()[0] for line in lines(store)) > 0  # type: ignore[index]


def add_and_break(store: PostgresStore, unit: PostgresUnit, record: Record) -> None:
    add(unit, record)
    cut(*lines_in_use(store))


def test_a_line_that_breaks_with_a_message_is_given_to_nobody_again(
    store: PostgresStore, house: House
) -> None:
    for _ in range(5):
        with pytest.raises(Unavailable) as found, store.writing(by=None, now=NOW) as unit:
            add_and_break(store, unit, house.appointment())
        assert found.value.code == "outcome_unclear"
    with store.writing(by=None, now=NOW) as unit:
        made = unit.add(house.appointment())
    with store.reading() as reader:
        assert reader.find(Appointment) == [made]
