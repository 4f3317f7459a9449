"""A list on its way to the printer: as its kind of paper is set, and stopped if need be."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout
from shiboken6 import isValid

from koba_desktop.domain.errors import Unavailable
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.printing.paper_dialog import PaperDialog
from koba_desktop.gui.printing.settings import Printout, remember, settings_for
from koba_desktop.gui.widgets import Level
from koba_desktop.services.ports import PrintSettings
from tests.gui.real_office import FakePrinters, opened_desk
from tests.support import Office

POST, GROUND = "HBS-1.OG-Post", "HBS-EG"


class OneList(PaperDialog):
    """A list that is always the same."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "List", Printout.DAY_LIST, None)
        layout = QVBoxLayout(self)
        self._make_printer()
        layout.addWidget(self.printer)
        layout.addWidget(self.message)
        layout.addLayout(self._make_buttons())
        self.printer.search()

    def printed_text(self) -> str:
        return "List printed."

    def file_name(self) -> str:
        return "list.pdf"

    def leaving_note(self, *, printed: bool) -> None:
        """It names nobody."""

    def _produce(self, take: Callable[[bytes], None]) -> None:
        self.print.setEnabled(False)
        take(b"%PDF-list")

    def _ready(self) -> None:
        self.print.setEnabled(True)


class Slow:
    """A printer that waits until it is told to go on, or until it ``jams``."""

    def __init__(self, printers: FakePrinters, *, jams: bool = False) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        self._jams = jams
        printers.on_send = self._wait

    def _wait(self) -> None:
        self.begun.set()
        assert self.go_on.wait(20)
        if self._jams:
            raise Unavailable("print_failed", printer=POST, detail="Papierstau")


@pytest.fixture
def printers() -> FakePrinters:
    return FakePrinters()


@pytest.fixture
def desk(qapp: Any, office: Office, printers: FakePrinters, tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(qapp, office, printers, tmp_path / "desk") as made:
        yield made


@pytest.fixture
def told(desk: Desk) -> list[str]:
    heard: list[str] = []
    desk.message.connect(lambda text, _undo: heard.append(text))
    return heard


def opened(qtbot: Any, desk: Desk) -> OneList:
    dialog = OneList(desk)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: desk.tasks.idle)
    return dialog


def test_it_is_printed_as_its_kind_of_paper_is_set(
    qtbot: Any, desk: Desk, printers: FakePrinters, told: list[str]
) -> None:
    how = PrintSettings(tray="tray-2", duplex=True, copies=2)
    remember(Printout.DAY_LIST, GROUND, how)
    dialog = opened(qtbot, desk)
    dialog.print.click()
    qtbot.waitUntil(lambda: told == ["List printed."])
    assert (printers.sent, printers.ways) == ([(GROUND, b"%PDF-list")], [how])
    assert dialog.isHidden()


def test_another_printer_is_remembered_and_begins_with_its_own_tray(
    qtbot: Any, desk: Desk, printers: FakePrinters, told: list[str]
) -> None:
    remember(Printout.DAY_LIST, GROUND, PrintSettings(tray="tray-2"))
    dialog = opened(qtbot, desk)
    dialog.printer.setCurrentText(POST)
    dialog.print.click()
    qtbot.waitUntil(lambda: told == ["List printed."])
    assert (printers.sent[0][0], printers.ways) == (POST, [PrintSettings()])
    assert settings_for(Printout.DAY_LIST) == (POST, PrintSettings())


def test_it_can_be_stopped_at_a_slow_printer(
    qtbot: Any, desk: Desk, printers: FakePrinters, told: list[str]
) -> None:
    slow = Slow(printers)
    dialog = opened(qtbot, desk)
    dialog.print.click()
    qtbot.waitUntil(slow.begun.is_set)
    dialog.message.link.click()
    slow.go_on.set()
    qtbot.waitUntil(lambda: dialog.message.level is Level.ERROR)
    assert dialog.print.isEnabled()
    assert told == []


@pytest.mark.parametrize("jams", [False, True])
def test_closed_before_the_window_tells_what_became_of_it(
    qtbot: Any, desk: Desk, printers: FakePrinters, told: list[str], jams: bool
) -> None:
    problems: list[Exception] = []
    desk.problem.connect(problems.append)
    slow = Slow(printers, jams=jams)
    dialog = OneList(desk)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
    qtbot.waitUntil(lambda: desk.tasks.idle)
    dialog.print.click()
    qtbot.waitUntil(slow.begun.is_set)
    dialog.close()
    qtbot.waitUntil(lambda: not isValid(dialog))
    slow.go_on.set()
    qtbot.waitUntil(lambda: bool(told or problems))
    assert (told, len(problems)) == (([], 1) if jams else (["List printed."], 0))
