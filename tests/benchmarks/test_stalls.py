"""How long the window stands still at the worst: it should never be over 50 ms."""

from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtTest import QTest

from koba_desktop.gui.application import WindowOptions
from koba_desktop.gui.desk import AppointmentRequest
from koba_desktop.i18n import activate
from tests.running import PaperTray, Running, opened
from tests.support import Office, make_office


class Probe:
    """The longest gap between two turns of the event loop."""

    def __init__(self) -> None:
        self.worst = 0.0
        self._last = perf_counter()
        self._timer = QTimer(interval=1)
        self._timer.timeout.connect(self._on_turn)
        self._timer.start()

    def _on_turn(self) -> None:
        now = perf_counter()
        self.worst = max(self.worst, now - self._last)
        self._last = now


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


def tabs(window: Running) -> None:
    for name in ("myday", "letters", "mode", "admin", "calendar"):
        window.tab(name)


def searching(window: Running) -> None:
    field = window.program.window.tools.search
    field.setFocus()
    for letter in "schmi":
        QTest.keyClicks(field, letter)
        window.settle()
    field.clear()


def weeks(window: Running) -> None:
    calendar = window.tab("calendar")
    for _turn in range(4):
        calendar.turn(1)
        window.settle()


def client_editor(window: Running) -> None:
    window.desk.edit_client_requested.emit(None)
    window.settle()
    window.dialog().close()
    window.settle()


def appointment_editor(window: Running) -> None:
    window.desk.edit_appointment_requested.emit(AppointmentRequest())
    window.settle()
    window.dialog().close()
    window.settle()


def emergency(window: Running) -> None:
    """F2, three letters, a digit, Enter; and everything taken back."""
    window.program.window.actions_.emergency.trigger()
    panel = window.session.emergency().panel
    QTest.keyClicks(panel.form.person.edit, "sch")
    window.until(lambda: not panel.form.person.searching)
    window.settle()
    for key in "1", "\r":
        QTest.keyClicks(panel.form.person.edit, key)
        window.settle()
    window.desk.undo()
    window.settle()
    panel.close_desk()
    window.settle()


@pytest.mark.parametrize(
    "doing", [tabs, searching, weeks, client_editor, appointment_editor, emergency]
)
def test_worst_stall(benchmark: Any, window: Running, doing: Callable[[Running], None]) -> None:
    stalls: list[int] = []

    def once() -> None:
        probe = Probe()
        doing(window)
        stalls.append(round(1000 * probe.worst))

    benchmark.pedantic(once, rounds=5)
    benchmark.extra_info["worst_stall_ms"] = stalls
