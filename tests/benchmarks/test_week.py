"""Changing the week with a million appointments in the file: query, model and paint ≤ 50 ms."""

from collections.abc import Callable
from datetime import timedelta
from itertools import cycle
from typing import Any

from pytestqt.qtbot import QtBot

from koba_desktop.domain.clock import day_bounds
from koba_desktop.gui.calendar.panel import CalendarPanel
from koba_desktop.gui.desk import Desk
from koba_desktop.services.calendar.days import calendar_page
from tests.benchmarks.office_file import OfficeFile

Until = Callable[[Callable[[], bool]], None]


def test_floor_raw_driver_reads_a_week(benchmark: Any, million: OfficeFile) -> None:
    monday = million.services.clock.now().date() - timedelta(days=1)
    low, high = (bound[0] for bound in (day_bounds(monday), day_bounds(monday + timedelta(5))))
    connection = million.store.engine.raw_connection()
    column = "select typeof(starts) from appointment limit 1"
    assert connection.cursor().execute(column).fetchone()
    with million.store.reading() as reader:
        rows = reader.appointments_between(million.actor.office_id, low, high)
    assert len(rows) > 100

    def read() -> int:
        cursor = connection.cursor()
        found = cursor.execute(
            "select a.*, c.family_name, c.given_name from appointment a"
            " join participant p on p.appointment_id = a.id join client c on c.id = p.client_id"
            " where a.office_id = (select office_id from appointment where id = ?)"
            " and a.starts >= (select starts from appointment where id = ?)"
            " and a.starts <= (select starts from appointment where id = ?)",
            (rows[0].id.hex, rows[0].id.hex, rows[-1].id.hex),
        ).fetchall()
        return len(found)

    assert benchmark(read) > 100
    connection.close()


def test_services_read_a_week(benchmark: Any, million: OfficeFile) -> None:
    monday = million.services.clock.now().date() - timedelta(days=1)

    def read() -> int:
        with million.services.view() as view:
            return len(
                calendar_page(
                    view, million.actor.office_id, monday, monday + timedelta(days=4)
                ).appointments
            )

    assert benchmark(read) > 100


def test_week_change_to_the_painted_picture(
    benchmark: Any, desk: Desk, qtbot: QtBot, until: Until
) -> None:
    panel = CalendarPanel(desk)
    qtbot.addWidget(panel)
    shown: list[bool] = []
    panel.page_shown.connect(lambda: shown.append(True))
    panel.resize(1040, 700)
    panel.show()
    until(lambda: bool(shown))
    weeks = cycle(range(0, 70, 10))  # far apart: none of them was fetched beforehand
    first = desk.today()

    def at_rest() -> None:
        until(lambda: desk.tasks.idle)
        shown.clear()

    def change() -> None:
        panel.go_to(first - timedelta(weeks=next(weeks)))
        until(lambda: bool(shown))
        panel.repaint()
        panel.view.viewport().repaint()

    next(weeks)
    benchmark.pedantic(change, setup=at_rest, rounds=30, warmup_rounds=3)
    assert len(panel.view.scene.rows) > 0


def test_one_paint_of_the_week(benchmark: Any, desk: Desk, qtbot: QtBot, until: Until) -> None:
    """The cached columns with what lives on them: under 16 ms."""
    panel = CalendarPanel(desk)
    qtbot.addWidget(panel)
    shown: list[bool] = []
    panel.page_shown.connect(lambda: shown.append(True))
    panel.resize(1040, 700)
    panel.show()
    until(lambda: bool(shown) and desk.tasks.idle)
    benchmark(panel.view.viewport().repaint)
