"""How a process of its own opens the database a test works on, whichever kind it is."""

import json
from pathlib import Path

from koba_desktop.storage.files import open_store
from koba_desktop.storage.postgres.address import SharedAddress
from koba_desktop.storage.postgres.store import PostgresStore, open_shared
from koba_desktop.storage.store import SqliteStore
from tests.support import KEY

AnyStore = SqliteStore | PostgresStore


def place_of(store: AnyStore) -> str:
    """What ``open_at`` needs, as one argument of a command line. The server is a test's own."""
    if isinstance(store, SqliteStore):
        return json.dumps({"file": str(store.path)})
    return json.dumps(
        {
            "url": store.address.url,
            "login": store.login,
            "password": store.password,
            "owner": store.is_owner,
        }
    )


def open_at(place: str) -> AnyStore:
    told = json.loads(place)
    if "file" in told:
        return open_store(Path(told["file"]), KEY)
    address = SharedAddress.parse(told["url"])
    return open_shared(address, told["login"], told["password"], owner=told["owner"])
