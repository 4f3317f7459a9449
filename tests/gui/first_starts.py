"""The program started where there is no office yet, and what a person does about it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from koba_desktop.bootstrap.first_start import first_start
from koba_desktop.bootstrap.offices import open_office
from koba_desktop.bootstrap.parts import clock
from koba_desktop.gui import theme
from koba_desktop.gui.app import Program
from koba_desktop.gui.application import WindowOptions
from koba_desktop.gui.first_run.setting_up import SetupPage
from koba_desktop.gui.opening import Opened, Progress
from koba_desktop.gui.sign_in.server_page import ServerPage
from koba_desktop.system.folders import Folders, below
from tests.running import SMALL, turn_until

NOW = "2021-04-13T09:42"
OFFICE = {
    "name": "Regionalstelle Halberstadt",
    "street": "Am Kalkofenring 12",
    "postcode": "38820",
    "town": "Halberstadt",
    "phone": "03941 58-0",
}
PERSON = {"given_name": "Dana", "family_name": "Berger"}
SENTENCE = "Der Brocken trägt einen Hut"


class FirstStartProgram:
    """One start, as ``bootstrap.window.desktop`` makes it."""

    def __init__(self, folders: Folders, language: str, *, secret: str = "") -> None:
        self.folders = folders
        self.left = ExitStack()

        def opener(_progress: Progress, _secret: str) -> Opened:
            return open_office(folders.database, None, secret, clock(NOW))

        first = None
        if not folders.database.exists():
            first = first_start(folders, None, NOW, NOW, self.left)
        self.program = Program(
            opener, WindowOptions(language=language, state=folders.state, first=first)
        )
        self.program.start()
        self.program.window.setWindowState(Qt.WindowState.WindowNoState)
        self.program.window.resize(SMALL)
        self.until(lambda: self.program.first_run is not None)
        self.until(lambda: self.run.choice is not None or self.run.page is not None)

    @property
    def run(self) -> Any:
        assert self.program.first_run is not None
        return self.program.first_run

    @property
    def page(self) -> SetupPage:
        assert self.run.page is not None
        return self.run.page  # type: ignore[no-any-return]

    def until(self, condition: Callable[[], bool]) -> None:
        turn_until(condition)

    def settle(self) -> None:
        self.until(lambda: self.program.tasks.idle)
        QApplication.processEvents()

    def focused(self) -> QWidget:
        window = self.program.window
        return window.focusWidget() or window

    def press(self, *keys: Any) -> None:
        for key in keys:
            QTest.keyClick(self.focused(), key)
            self.settle()

    def choose_here(self) -> SetupPage:
        self.press(Qt.Key.Key_2)
        self.until(lambda: self.run.page is not None)
        return self.page

    def server_page(self) -> ServerPage:
        """Where the shared database is asked for."""
        self.until(lambda: self.program.door is not None)
        assert self.program.door is not None
        assert self.program.door.server_page is not None
        return self.program.door.server_page

    def type(self, step: Any, content: dict[str, str]) -> None:
        """Type into fields of a form, over what stands there."""
        for name, text in content.items():
            field = step.form.inputs[name].target
            field.setFocus()
            field.selectAll()
            QTest.keyClicks(field, text)

    def next(self) -> None:
        self.page.next.click()
        self.settle()

    def come_to_hours(self) -> SetupPage:
        page = self.choose_here() if self.run.page is None else self.page
        self.type(page.office, OFFICE)
        self.next()
        self.type(page.person, PERSON)
        self.next()
        assert page.at == "times"
        return page

    def come_to_key(self) -> SetupPage:
        page = self.come_to_hours()
        self.next()
        if page.passphrase is not None:
            page.passphrase.repeat(SENTENCE)
            self.next()
        self.until(lambda: bool(page.key.key))
        return page

    def finish(self) -> None:
        self.page.key.noted.click()
        self.page.next.click()
        self.until(lambda: self.program.session is not None)
        done: list[bool] = []
        self.program.ready.connect(lambda: done.append(True))
        self.until(lambda: bool(done))

    def stop(self) -> None:
        window = self.program.window
        window.close()
        self.program.shut_down()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.left.close()


@contextmanager
def first_started(
    root: Path, language: str = "en", *, secret: str = ""
) -> Iterator[FirstStartProgram]:
    """All of the user's folders are below ``root``; closed and waited for at the end."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    theme.install(app, theme.Scheme.LIGHT)
    started = FirstStartProgram(below(root), language, secret=secret)
    try:
        yield started
    finally:
        started.stop()
