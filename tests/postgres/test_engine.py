"""Connections end with their store, also those that somebody still holds at that moment."""

from collections.abc import Iterator

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from koba_desktop.storage.postgres.engine import Lines, connection_options, shared_engine
from koba_desktop.storage.postgres.session import driver_of
from koba_desktop.storage.postgres.store import PostgresStore
from tests.postgres.fixtures import Database
from tests.postgres.office import address_of, owner_store
from tests.postgres.server import SUPERUSER


@pytest.fixture
def store(pg_database: Database) -> Iterator[PostgresStore]:
    opened = owner_store(pg_database)
    yield opened
    opened.close()


def test_what_is_in_use_while_the_store_closes_is_closed_when_given_back(
    store: PostgresStore,
) -> None:
    used = store.engine.connect()
    at_rest = store.engine.connect()
    first, second = driver_of(used), driver_of(at_rest)
    at_rest.close()
    assert not second.closed
    store.close()
    assert second.closed
    assert not first.closed
    used.close()
    assert first.closed


def test_a_connection_that_is_made_while_they_are_closed_is_refused(
    pg_database: Database,
) -> None:
    lines = Lines()
    options = connection_options(
        address_of(pg_database), SUPERUSER, pg_database.server.password, purpose="tests"
    )
    late = psycopg.connect(**options, autocommit=True)
    lines.close()
    with pytest.raises(psycopg.OperationalError, match="were closed"):
        lines.add(late)
    assert late.closed


def test_a_closed_store_makes_no_new_connections(pg_database: Database) -> None:
    lines = Lines()
    engine = shared_engine(
        address_of(pg_database), SUPERUSER, pg_database.server.password, lines=lines
    )
    with engine.connect() as connection:
        assert connection.execute(sa.text("select 1")).scalar() == 1
    engine.dispose()
    lines.close()
    with pytest.raises((OperationalError, psycopg.OperationalError), match="does not answer"):
        engine.connect()
