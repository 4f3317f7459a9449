"""Every test here runs over every kind of store."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from koba_desktop.storage.files import create_store, open_store
from koba_desktop.storage.store import SqliteStore
from tests.contract.house import House
from tests.support import KEY

Another = Callable[[], SqliteStore]


@pytest.fixture(params=["sqlite"])
def another(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Another]:
    """Opens one and the same database once more, as another program would."""
    assert request.param == "sqlite"
    path = tmp_path / "shared.db"
    create_store(path, KEY).close()
    opened: list[SqliteStore] = []

    def open_again() -> SqliteStore:
        store = open_store(path, KEY)
        opened.append(store)
        return store

    yield open_again
    for store in opened:
        store.close()


@pytest.fixture
def store(another: Another) -> SqliteStore:
    return another()


@pytest.fixture
def house(store: SqliteStore) -> House:
    made = House()
    made.move_in(store)
    return made
