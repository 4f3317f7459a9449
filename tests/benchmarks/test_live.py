"""What others commit, in a window at work: how long it stands still, and what marks cost."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QElapsedTimer, QSettings, QTimer
from pytestqt.qtbot import QtBot

from koba_desktop.domain.clock import day_bounds
from koba_desktop.gui.application import WindowOptions
from koba_desktop.gui.calendar.panel import CalendarPanel
from koba_desktop.gui.desk import Desk
from koba_desktop.i18n import activate
from koba_desktop.services.ports import Foreign
from koba_desktop.services.touched import Touched
from tests.benchmarks.test_stalls import Probe
from tests.running import PaperTray, Running, opened
from tests.support import Office, make_office

Until = Callable[[Callable[[], bool]], None]
BUSY_MS, EVERY_MS = 10_000, 20


@pytest.fixture
def window(tmp_path: Path, qapp: object) -> Iterator[Running]:
    QSettings().clear()
    activate("de")
    office: Office = make_office(tmp_path, clients=2000, appointments=3000)
    running = Running(
        lambda _progress, _secret: opened(office, PaperTray()),
        WindowOptions(language="de", settings=tmp_path),
    )
    yield running
    running.stop()
    office.store.close()


@pytest.mark.parametrize("tab", ["calendar", "reception"])
def test_fifty_foreign_changes_a_second(benchmark: Any, window: Running, tab: str) -> None:
    """The longest standstill of a window while others commit fifty times a second for ten
    seconds, beside what its panels were asked meanwhile."""
    window.tab(tab)
    window.settle()
    desk = window.desk
    first, end = day_bounds(desk.today())
    with desk.services.view() as view:
        rows = view.reader.appointments_between(
            desk.actor.office_id, first - timedelta(days=1), end + timedelta(days=4)
        )
    ids = cycle(row.id for row in rows)
    told: list[object] = []
    figures: list[dict[str, int]] = []
    desk.changed.connect(told.append)

    def busy() -> None:
        told.clear()
        probe, clock, sent = Probe(), QElapsedTimer(), 0
        timer = QTimer(interval=EVERY_MS)

        def commit() -> None:
            nonlocal sent
            sent += 1
            desk.others_wrote(Foreign(frozenset({("appointment", next(ids))})))

        timer.timeout.connect(commit)
        clock.start()
        timer.start()
        window.until(lambda: clock.elapsed() > BUSY_MS, seconds=60)
        timer.stop()
        figures.append(
            {"sent": sent, "told": len(told), "worst_stall_ms": round(1000 * probe.worst)}
        )
        window.settle()

    benchmark.pedantic(busy, rounds=1)
    benchmark.extra_info["figures"] = figures


def test_one_paint_of_the_week_with_marks(
    benchmark: Any, desk: Desk, qtbot: QtBot, until: Until
) -> None:
    """Every block marked: under 16 ms."""
    panel = CalendarPanel(desk)
    qtbot.addWidget(panel)
    shown: list[bool] = []
    panel.page_shown.connect(lambda: shown.append(True))
    panel.resize(1040, 700)
    panel.show()
    until(lambda: bool(shown) and desk.tasks.idle)
    rows = panel.view.scene.rows
    desk.marks.put([Touched(frozenset({row.id}), None, None) for row in rows])
    until(lambda: desk.tasks.idle)
    benchmark(panel.view.viewport().repaint)
    assert len(rows) > 0
