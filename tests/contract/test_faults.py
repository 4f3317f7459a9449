"""What was committed stays, what failed leaves nothing, and other programs are noticed."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.errors import Unavailable
from koba_desktop.services.ids import new_id
from koba_desktop.services.ports import Foreign
from koba_desktop.storage.check import check
from koba_desktop.storage.files import create_store, open_store
from koba_desktop.storage.store import SqliteStore
from tests.contract.conftest import Another
from tests.contract.house import NOW, House
from tests.contract.programs import AnyStore, place_of
from tests.support import KEY

_WRITER = """
import sys
from uuid import UUID
from koba_desktop.domain.entities.clients import Client
from koba_desktop.services.ids import new_id
from tests.contract.house import NOW
from tests.contract.programs import open_at
store = open_at(sys.argv[1])
while True:
    client = Client(id=new_id(), family_name="Kuhn", office_id=UUID(sys.argv[2]))
    with store.writing(by=None, now=NOW) as uow:
        uow.add(client)
    print(client.id, flush=True)
"""


def _client(house: House, name: str = "Kuhn") -> Client:
    return Client(id=new_id(), family_name=name, office_id=house.office.id)


@pytest.mark.process
def test_a_killed_program_loses_nothing_it_has_saved(
    store: AnyStore, another: Another, house: House
) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, place_of(store), str(house.office.id)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert writer.stdout is not None
    saved = [writer.stdout.readline().strip() for _ in range(25)]
    os.kill(writer.pid, signal.SIGKILL)
    saved += [line.strip() for line in writer.stdout]
    writer.stdout.close()
    writer.wait()
    survivor = another()
    with survivor.reading() as reader:
        found = {str(client.id) for client in reader.find(Client)}
    assert set(saved) <= found
    assert check(survivor) == []


@pytest.fixture
def file(tmp_path: Path) -> Iterator[SqliteStore]:
    """A local database: faults of the disk of this PC."""
    made = create_store(tmp_path / "local.db", KEY)
    yield made
    made.close()


def test_a_full_disk_says_so_and_writes_nothing(file: SqliteStore) -> None:
    store, house = file, House()
    house.move_in(store)

    @event.listens_for(store.engine, "checkout")
    def limit(connection, _record, _proxy):  # type: ignore[no-untyped-def]
        pages = connection.execute("pragma page_count").fetchone()[0]
        connection.execute(f"pragma max_page_count = {pages}")

    with pytest.raises(Unavailable) as caught, store.writing(by=None, now=NOW) as uow:
        uow.add_all([_client(house, f"Kuhn {number}" * 20) for number in range(500)])
    assert caught.value.code == "disk_full"
    assert caught.value.problems[0].where == str(store.path)
    with store.reading() as reader:
        assert len(reader.find(Client)) == len(house.clients)


def test_a_database_that_stays_locked_says_so(file: SqliteStore) -> None:
    store, house = file, House()
    house.move_in(store)
    impatient = open_store(store.path, KEY, busy_seconds=0.05)
    with (
        store.writing(by=None, now=NOW),
        pytest.raises(Unavailable) as caught,
        impatient.writing(by=None, now=NOW) as uow,
    ):
        uow.add(_client(house))
    impatient.close()
    assert caught.value.code == "database_locked"


def test_readers_go_on_while_somebody_writes(
    store: AnyStore, another: Another, house: House
) -> None:
    with store.writing(by=None, now=NOW) as uow:
        uow.add(_client(house))
        with another().reading() as reader:
            assert len(reader.find(Client)) == len(house.clients)


def test_two_programs_see_what_the_other_saved(
    store: AnyStore, another: Another, house: House
) -> None:
    other = another()
    client = _client(house)
    with store.writing(by=None, now=NOW) as uow:
        uow.add(client)
    with other.writing(by=None, now=NOW) as uow:
        assert uow.get(Client, client.id).family_name == "Kuhn"


def test_commits_of_other_programs_are_noticed_and_own_ones_are_not(
    store: AnyStore, another: Another, house: House
) -> None:
    other = another()
    noticed = threading.Event()
    own, foreign = [], []

    def changed(_foreign: Foreign) -> None:
        foreign.append(len(own))
        noticed.set()

    stop = store.watch(changed)
    for name in ("Kuhn", "Rau", "Moll"):
        with store.writing(by=None, now=NOW) as uow:
            uow.add(_client(house, name))
        own.append(name)
    with other.writing(by=None, now=NOW) as uow:
        uow.add(_client(house))
    assert noticed.wait(10)
    stop()
    assert foreign == [3]
    assert not [t for t in threading.enumerate() if t.name.startswith("database-")]
