"""Every screen's question over a line on which an answer takes 50 ms: ≤ 3 round trips.

The line is the tests' proxy with 25 ms each way. The round trips are the time a question takes more
than on the bare line, in turns with it, by the line's own 50 ms.
"""

from collections.abc import Iterator
from statistics import median
from time import perf_counter
from typing import Any

import pytest

from tests.benchmarks.figures import tell
from tests.postgres.fixtures import Database, own_database
from tests.postgres.proxy import Proxy
from tests.postgres.screens import WHO, screens
from tests.postgres.server import Server
from tests.postgres.test_round_trips import MOST, SCREENS, FarAway, shared_demo

ROUND_TRIP = 0.05


@pytest.fixture(scope="module")
def far_away(pg_server: Server, pg_template: str) -> Iterator[FarAway]:
    with own_database(pg_server, pg_template) as database, Proxy(pg_server.port) as line:
        office = shared_demo(database, pg_template)
        far = FarAway(office, Database(pg_server, database.name), line, screens(office))
        yield far
        far.close()
        office.store.close()


def rest(far_away: FarAway, screen: str) -> None:
    """The last reading is at its end: nobody waits for that."""
    far_away.program_of(WHO.get(screen))[0]._closer.stop()


def ask(far_away: FarAway, screen: str) -> None:
    far_away.program_of(WHO.get(screen))[1].ask(far_away.queries[screen])


def seconds(far_away: FarAway, screen: str) -> float:
    rest(far_away, screen)
    began = perf_counter()
    ask(far_away, screen)
    return perf_counter() - began


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_over_a_slow_line(benchmark: Any, far_away: FarAway, screen: str) -> None:
    line = far_away.line
    near, far = [], []
    for _ in range(5):
        line.delay = 0.0
        near.append(seconds(far_away, screen))
        line.delay = ROUND_TRIP / 2
        far.append(seconds(far_away, screen))
    benchmark.pedantic(
        lambda: ask(far_away, screen), setup=lambda: rest(far_away, screen), rounds=5
    )
    trips = (median(far) - median(near)) / ROUND_TRIP
    line.delay = 0.0
    tell(
        benchmark,
        screen=screen,
        ms=round(median(far) * 1000),
        near_ms=round(median(near) * 1000, 1),
        round_trips=round(trips, 1),
    )
    assert trips < MOST + 0.6


def test_floor_the_line_itself(benchmark: Any, far_away: FarAway) -> None:
    """One question of bare psycopg."""
    store, _ = far_away.program_of(None)
    with store.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        far_away.line.delay = ROUND_TRIP / 2
        benchmark.pedantic(lambda: driver.execute("select 1").fetchone(), rounds=20)
        far_away.line.delay = 0.0
