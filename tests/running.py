"""The whole program in this process: window, desk and panels on a real database, offscreen."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, QSize, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from koba_desktop.gui.app import Program
from koba_desktop.gui.application import WindowOptions
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.opening import Open, Opened
from koba_desktop.gui.session import Session
from koba_desktop.letters.letter.render import Renderer, warm_up
from koba_desktop.letters.letter.wording_desk import LetterWordingDesk
from koba_desktop.letters.reading.preview import PdfPages
from koba_desktop.letters.sheets.papers import Papers
from koba_desktop.letters.sheets.proof_page import ProofPages
from koba_desktop.services.office.book import office_book
from koba_desktop.services.ports import PrinterOptions, Printers, PrintSettings
from tests.support import Office

SMALL = QSize(1366, 768)


class PaperTray:
    """A printer that keeps what it gets."""

    def __init__(self) -> None:
        self.vector = True
        self.printed: list[bytes] = []

    def names(self) -> list[str]:
        return ["Paper tray"]

    def options(self, printer: str) -> PrinterOptions:
        return PrinterOptions()

    def send(
        self,
        pdf: Path,
        *,
        printer: str,
        title: str,
        settings: PrintSettings = PrintSettings(),
        proceed: Callable[[], bool] = lambda: True,
    ) -> None:
        self.printed.append(pdf.read_bytes())


def opened(office: Office, printers: Printers) -> Opened:
    """An office of the tests as the window is given it."""

    def forward(moment: datetime) -> None:
        office.clock.set(max(moment, office.clock.now()))

    with office.services.view() as view:
        book = office_book(view)
    return Opened(
        services=office.services,
        book=book,
        renderer=Renderer(),
        printers=printers,
        pages=PdfPages(),
        papers=Papers(),
        wordings=LetterWordingDesk(),
        proof_pages=ProofPages(),
        place="Test",
        os_user="test",
        close=lambda: None,
        advance=forward,
        warm_up=warm_up,
    )


def turn_until(condition: Callable[[], bool], seconds: float = 20) -> None:
    """Turn the event loop until the condition holds. Raises AssertionError after a while."""
    loop = QEventLoop()
    waking = QTimer(interval=50)  # a condition without an event is looked at again
    waking.start()
    last = datetime.now().astimezone() + timedelta(seconds=seconds)
    while not condition():
        assert datetime.now().astimezone() < last, "waited in vain"
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


class Running:
    """A program started, and what a person does with it."""

    def __init__(self, opener: Open, options: WindowOptions, size: QSize = SMALL) -> None:
        self.program = Program(opener, options)
        self._ready = False
        self.program.ready.connect(self._on_ready)
        self.program.start()
        self.program.window.setWindowState(Qt.WindowState.WindowNoState)
        self.program.window.resize(size)
        self.until(lambda: self._ready)
        self.settle()

    def _on_ready(self) -> None:
        self._ready = True

    @property
    def desk(self) -> Desk:
        assert self.program.desk is not None
        return self.program.desk

    @property
    def session(self) -> Session:
        assert self.program.session is not None
        return self.program.session

    def until(self, condition: Callable[[], bool], seconds: float = 20) -> None:
        """Turn the event loop until the condition holds. Raises AssertionError after a while."""
        turn_until(condition, seconds)

    def settle(self) -> None:
        """Turn the loop until nothing is asked any more and every event is handled."""
        for _turn in range(3):
            self.until(lambda: self.desk.tasks.idle)
            QApplication.sendPostedEvents()
            QApplication.processEvents()

    def press(self, *keys: Any, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys where the focus is, each after everything before it has been done."""
        for key in keys:
            target = self.focused()
            QTest.keyClick(target, key, modifier)
            self.settle()

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focused(), text)
        self.settle()

    def focused(self) -> QWidget:
        window = QApplication.activeWindow() or self.program.window
        return window.focusWidget() or window

    def tab(self, name: str) -> Any:
        """Bring a view to the front; returns its panel."""
        self.program.window.show_tab(name)
        self.settle()
        panel = self.session.panels.made(name)
        assert panel is not None
        return panel

    def demo_clock(self, entry: int) -> None:
        """An entry of the demo's menu: 0 is 15 minutes, 1 three hours, 2 the next working day."""
        menu = self.program.window.findChild(QObject, "demo_clock")
        assert menu is not None
        menu.actions()[entry].trigger()  # type: ignore[attr-defined]
        self.settle()

    def dialogs(self) -> list[QDialog]:
        """The dialogs that are open."""
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog)]
        return [dialog for dialog in found if dialog.isVisible()]

    def dialog(self) -> QDialog:
        """The one dialog that is open."""
        [found] = self.dialogs()
        return found

    def stop(self) -> None:
        """Close everything, and let nothing of it live on in the next test."""
        for dialog in self.dialogs():
            dialog.close()
        self.settle()
        self.program.window.close()
        self.program.shut_down()
        self.program.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
