"""The demonstration office: 20,000 clients and 15,000 appointments ≤ 6 s."""

from pathlib import Path
from typing import Any

from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.letters.letter.texts import shipped_templates
from koba_desktop.services.demo.making import make_demo
from koba_desktop.storage.files import create_store
from tests.support import KEY, TUESDAY


def test_floor_raw_driver_inserts(benchmark: Any, tmp_path: Path) -> None:
    """As many rows as the demonstration has clients and appointments, into a bare table."""
    store = create_store(tmp_path / "floor.db", KEY)
    connection = store.engine.raw_connection()

    def insert() -> None:
        cursor = connection.cursor()
        cursor.execute("begin immediate")
        cursor.execute("create table bare (id text primary key, a text, b text, c text)")
        cursor.executemany(
            "insert into bare values (?, 'a', 'b', 'c')", [(str(n),) for n in range(35_000)]
        )
        cursor.execute("rollback")

    benchmark.pedantic(insert, rounds=3)
    connection.close()
    store.close()


def test_demo_data(benchmark: Any, tmp_path: Path) -> None:
    numbers = iter(range(100))

    def make() -> int:
        store = create_store(tmp_path / f"demo{next(numbers)}.db", KEY)
        demo = make_demo(store, TUESDAY, HolidayCalendar(), shipped_templates())
        store.close()
        return demo.appointments

    assert benchmark.pedantic(make, rounds=3) >= 15_000
