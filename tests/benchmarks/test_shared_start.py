"""From the sign-in to the usable window on the shared database: ≤ 1.5 × the local start.

The same demonstration (20,000 clients, 15,000 appointments) in a file on this PC and on a server.
Both windows are processes of their own, started in turns; the login and its password are named, as
a keyring names them, so that nobody types. "Filled": the calendar and both docks are answered and
on the screen.
"""

import atexit
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from time import perf_counter
from typing import Any

import psycopg
import pytest

from koba_desktop.domain.entities.staff import Staff
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.letters.letter.texts import shipped_templates
from koba_desktop.services.demo.making import make_demo
from koba_desktop.storage.files import create_store
from koba_desktop.storage.postgres import people
from tests.benchmarks.figures import tell
from tests.benchmarks.test_start import until_said
from tests.benchmarks.town import big_server
from tests.postgres.fixtures import TEMPLATE, Database, clone
from tests.postgres.office import PASSWORD, owner_store, set_clock
from tests.support import KEY, TUESDAY


@dataclass(frozen=True, slots=True)
class Both:
    file: Path
    url: str
    login: str


@cache
def both() -> Both:
    folder = Path(mkdtemp(prefix="koba-start-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "office.db"
    store = create_store(path, KEY)
    make_demo(store, TUESDAY, HolidayCalendar(), shipped_templates())
    store.close()
    database = Database(big_server(), "start")
    clone(database, TEMPLATE)
    set_clock(database, TUESDAY)
    owner = owner_store(database)
    demo = make_demo(owner, TUESDAY, HolidayCalendar(), shipped_templates())
    with owner.reading() as reader:
        login = reader.get(Staff, demo.first.staff_id).login
    owner.close()
    with psycopg.connect(database.dsn(), autocommit=True) as connection:
        people.set_login(connection, login, PASSWORD)
        connection.execute("vacuum analyze")
    return Both(path, database.url(sslmode="disable"), login)


Start = Callable[[], None]


@pytest.fixture
def starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Start]:
    """A start of each kind until its window is filled. The environment names who signs in; a file
    on this PC does not care."""
    made = both()
    monkeypatch.setenv("KOBA_LOGIN", made.login)
    monkeypatch.setenv("KOBA_PASSWORD", PASSWORD)
    asked = {
        "local": (str(made.file), "--now", TUESDAY.isoformat()),
        "shared": (made.url,),
    }
    found = {}
    for kind, (place, *rest) in asked.items():
        folder = tmp_path / kind
        folder.mkdir()
        found[kind] = until_said("filled", "koba", "--database", place, *rest, settings=folder)
    return found


def test_sign_in_to_the_filled_window(benchmark: Any, starts: dict[str, Start]) -> None:
    taken: dict[str, list[float]] = {kind: [] for kind in starts}

    def turn() -> None:
        for kind, start in starts.items():
            began = perf_counter()
            start()
            taken[kind].append(perf_counter() - began)

    benchmark.pedantic(turn, rounds=7, warmup_rounds=1)
    both_ms = {kind: round(median(each[1:]) * 1000) for kind, each in taken.items()}
    tell(benchmark, **both_ms, ratio=round(both_ms["shared"] / both_ms["local"], 2))
