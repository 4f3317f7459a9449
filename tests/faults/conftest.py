"""What the tests of faults share: an office on a server, and the programs of the people in it."""

import sys
from collections.abc import Iterator

import pytest

from koba_desktop.storage.postgres.address import SharedAddress
from koba_desktop.storage.postgres.setup import init_database
from tests.faults.desk import Desks
from tests.postgres.fixtures import TEMPLATE, Database, own_database
from tests.postgres.server import SUPERUSER, Server


@pytest.fixture
def desks(pg_database: Database) -> Iterator[Desks]:
    """Halberstadt on Thursday, 1 April 2021, 09:12."""
    with Desks(pg_database) as made:
        yield made


@pytest.fixture(scope="session")
def own_server() -> Iterator[Server]:
    """A server with a finished template that waits for the disk at each commit and may be killed:
    nobody else's tests are on it. Where a login is told to, it waits in vain for another server."""
    settings = {
        "synchronous_standby_names": "nobody",
        "synchronous_commit": "local",
        "recovery_init_sync_method": "syncfs" if sys.platform == "linux" else "fsync",
    }
    server = Server(durable=True, settings=settings)
    try:
        own = Database(server, TEMPLATE)
        Database(server, "postgres").run(f"create database {TEMPLATE}")
        init_database(SharedAddress.parse(own.url(sslmode="disable")), SUPERUSER, server.password)
        yield server
    finally:
        server.close()


@pytest.fixture
def own_desks(own_server: Server) -> Iterator[Desks]:
    """The same office on the server that may be killed."""
    with own_database(own_server, TEMPLATE) as database, Desks(database) as made:
        yield made
