"""Every test here runs over every kind of store."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from koba_desktop.storage.files import create_store, open_store
from tests.contract.attackers import Attacked, attacked
from tests.contract.house import NOW, House
from tests.contract.programs import AnyStore
from tests.postgres.fixtures import Database, own_database
from tests.postgres.office import owner_store, set_clock
from tests.postgres.server import Server
from tests.support import KEY

Another = Callable[[], AnyStore]


@pytest.fixture(params=["sqlite", "postgresql"])
def another(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Another]:
    """Opens one and the same database once more, as another program would."""
    opened: list[AnyStore] = []
    path = tmp_path / "shared.db"
    if request.param == "sqlite":
        create_store(path, KEY).close()
    else:
        database: Database = request.getfixturevalue("pg_database")
        set_clock(database, NOW)

    def open_again() -> AnyStore:
        shared = request.param == "postgresql"
        opened.append(owner_store(database) if shared else open_store(path, KEY))
        return opened[-1]

    yield open_again
    for store in opened:
        store.close()


@pytest.fixture
def tell_time(request: pytest.FixtureRequest, another: Another) -> Callable[[datetime], None]:
    """Let the database live at another time, where it has one of its own."""

    def tell(now: datetime) -> None:
        if "pg_database" in request.fixturenames:
            set_clock(request.getfixturevalue("pg_database"), now)

    return tell


@pytest.fixture(scope="module")
def world(pg_server: Server, pg_template: str) -> Iterator[Attacked]:
    """Offices to be attacked, one for all of a module's attacks: what they do is rolled back."""
    with own_database(pg_server, pg_template) as database, attacked(database) as made:
        made.before = made.fingerprint()
        yield made


@pytest.fixture
def store(another: Another) -> AnyStore:
    return another()


@pytest.fixture
def house(store: AnyStore) -> House:
    made = House()
    made.move_in(store)
    return made
