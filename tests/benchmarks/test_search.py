"""Search over 20,000 clients: ≤ 3 ms in the database, ≤ 30 ms from the key to the painted list."""

from collections.abc import Callable
from itertools import cycle
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from koba_desktop.gui.clients.dock import ClientsDock
from koba_desktop.gui.desk import Desk
from tests.benchmarks.office_file import OfficeFile

Until = Callable[[Callable[[], bool]], None]
WORDS = ("m", "mü", "mül", "schm", "wei", "14.07", "0176", "anna schm", "zzzq")


def test_floor_raw_driver_scans_names(benchmark: Any, million: OfficeFile) -> None:
    connection = million.store.engine.raw_connection()

    def scan() -> int:
        cursor = connection.cursor()
        cursor.execute("select id from client where family_name like '%mül%' limit 50")
        return len(cursor.fetchall())

    assert benchmark(scan) > 0
    connection.close()


@pytest.mark.parametrize("word", WORDS)
def test_search_in_the_database(benchmark: Any, million: OfficeFile, word: str) -> None:
    with million.store.reading() as reader:
        benchmark(lambda: reader.search_clients(word))


def test_a_key_to_the_painted_list(benchmark: Any, desk: Desk, qtbot: QtBot, until: Until) -> None:
    dock = ClientsDock(desk)
    qtbot.addWidget(dock)
    dock.resize(260, 700)
    dock.show()
    until(lambda: desk.tasks.idle)
    words = cycle(("mül", "schm", "wei", "koch"))
    answered: list[int] = []
    dock.found.counted.connect(answered.append)

    def key() -> None:
        answered.clear()
        dock.search.setText(next(words))
        until(lambda: bool(answered))
        dock.results.viewport().repaint()

    benchmark.pedantic(key, rounds=40, warmup_rounds=4)
