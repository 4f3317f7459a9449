"""A shared database in the mind of the test: logins, a keyring, and what a server may refuse."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from koba_desktop.domain.errors import OfficeError, Problem, Refused, Unavailable
from koba_desktop.gui import theme
from koba_desktop.gui.app import Program
from koba_desktop.gui.application import WindowOptions
from koba_desktop.gui.opening import KeptHere, Opened, Progress, Seat, ServerNamed, SignIn
from koba_desktop.gui.sign_in.flow import SignInFlow
from koba_desktop.gui.sign_in.page import SignInPage
from koba_desktop.i18n import activate, language
from tests.gui.shell_office import opener_of
from tests.running import SMALL, turn_until
from tests.support import Office

LOGIN, PASSWORD = "d.berger", "Der Brocken hat heute einen Hut"
NEW_PASSWORD = "Die Bode ist im April noch kalt"
SERVER = "koba-db.example/koba"


@dataclass
class Server:
    """``refuses`` is what it says instead of opening; ``answers`` is cleared while it is silent.
    ``kept`` is the password that opens what this PC keeps for an outage, None: it keeps nothing.
    """

    office: Office
    logins: dict[str, str] = field(default_factory=lambda: {LOGIN: PASSWORD})
    keyring: dict[str, str] | None = None
    keyring_locked: bool = False
    refuses: OfficeError | Exception | None = None
    skew: timedelta = timedelta()
    tried: list[tuple[str, str]] = field(default_factory=list)
    open: int = 0
    named: list[ServerNamed] = field(default_factory=list)
    kept: str | None = None
    opened_kept: int = 0

    def __post_init__(self) -> None:
        self.answers = threading.Event()
        self.answers.set()

    def refuse(self, code: str, **params: Any) -> None:
        self.refuses = Unavailable(code, where=SERVER, **params)

    def sign_in(self, *, login: str = LOGIN, password: str = "", own: bool = False) -> SignIn:
        return SignIn(
            server=SERVER,
            encrypted=True,
            login=login,
            os_user="dana",
            can_remember=lambda: self.keyring is not None,
            remembered=self._remembered,
            forget=self._forget,
            open=self._open,
            password=password,
            named=ServerNamed("koba-db.example", "koba"),
            elsewhere=self.connect if own else None,
            kept=KeptHere(
                holds=lambda _login: self.kept is not None,
                open=self._open_kept,
                take_over=self._take_over,
                put_aside=self._put_aside,
            ),
        )

    def connect(self, named: ServerNamed) -> SignIn:
        if self.refuses is not None:
            raise self.refuses
        self.named.append(named)
        return self.sign_in(own=True)

    def _remembered(self, login: str) -> str:
        assert self.keyring is not None
        if self.keyring_locked:
            raise Unavailable("keyring_locked")
        return self.keyring.get(login, "")

    def _forget(self, login: str) -> None:
        assert self.keyring is not None
        self.keyring.pop(login, None)

    def _open(self, progress: Progress, login: str, password: str, remember: bool | None) -> Opened:
        self.tried.append((login, password))
        progress("Connecting", 0, 0)
        assert self.answers.wait(20)
        if self.refuses is not None:
            raise self.refuses
        if self.logins.get(login) != password:
            raise Unavailable("password_wrong", where=SERVER)
        if self.kept not in (None, password):
            raise Unavailable("vault_password_changed", where="password")
        not_remembered = None
        if remember and self.keyring_locked:
            not_remembered = Unavailable("keyring_locked")
        elif remember and self.keyring is not None:
            self.keyring[login] = password
        elif remember is not None and self.keyring is not None:
            self.keyring.pop(login, None)
        return self._opened(progress, login, not_remembered)

    def _open_kept(self, progress: Progress, login: str, password: str) -> Opened:
        if password != self.kept:
            raise Unavailable("password_wrong", where=SERVER)
        self.opened_kept += 1
        return self._opened(progress, login, None)

    def _take_over(self, _login: str, former: str, present: str) -> None:
        if former != self.kept:
            raise Unavailable("vault_password_changed", where="password")
        self.kept = present

    def _put_aside(self, _login: str) -> None:
        self.kept = None

    def _opened(self, progress: Progress, login: str, not_remembered: Unavailable | None) -> Opened:
        opened = opener_of(self.office, demo=False)(progress, "")
        self.open += 1
        return replace(
            opened,
            place=f"shared ({SERVER})",
            book=replace(opened.book, demo=False),
            close=self._close,
            seat=Seat(
                server=SERVER,
                staff_id=self.office.actor.staff_id,
                clock_skew=self.skew,
                change_password=lambda old, new: self._change(login, old, new),
                shortest_password=12,
                not_remembered=not_remembered,
            ),
        )

    def _close(self) -> None:
        self.open -= 1

    def _change(self, login: str, old: str, new: str) -> bool:
        if self.refuses is not None:
            raise self.refuses
        if self.logins[login] != old:
            raise Unavailable("password_wrong", where=SERVER)
        if len(new) < 12:
            raise Refused(Problem("password_short", {"least": 12}, "password"))
        self.logins[login] = new
        if self.keyring is not None and login in self.keyring:
            if self.keyring_locked:
                return False
            self.keyring[login] = new
        return True


class AtTheDoor:
    """The program at its sign-in page, and what a person does there."""

    def __init__(self, server: Server, sign_in: SignIn, folder: Path, code: str) -> None:
        self.server = server
        self.filled = 0

        def opener(_progress: Progress, _secret: str) -> Opened:
            raise AssertionError("the shared database is opened by signing in")

        self.program = Program(
            opener, WindowOptions(language=code, state=folder / "state", sign_in=sign_in)
        )
        self.program.ready.connect(self._on_ready)
        self.program.start()
        self.program.window.setWindowState(Qt.WindowState.WindowNoState)
        self.program.window.resize(SMALL)

    def _on_ready(self) -> None:
        self.filled += 1

    @property
    def flow(self) -> SignInFlow:
        assert self.program.door is not None
        assert self.program.door.flow is not None
        return self.program.door.flow

    @property
    def page(self) -> SignInPage:
        return self.flow.page

    def until(self, condition: Callable[[], bool]) -> None:
        turn_until(condition)

    def settle(self) -> None:
        for _turn in range(3):
            self.until(lambda: self.program.tasks.idle)
            QApplication.sendPostedEvents()
            QApplication.processEvents()

    def focused(self) -> QWidget:
        window = QApplication.activeWindow() or self.program.window
        return window.focusWidget() or window

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focused(), text)

    def press(self, *keys: Any) -> None:
        for key in keys:
            QTest.keyClick(self.focused(), key)

    def wait_for_page(self) -> SignInPage:
        self.until(lambda: self.program.door is not None and self.program.door.flow is not None)
        self.settle()
        return self.page

    def enter(self, password: str = PASSWORD) -> None:
        """Type a password over what stands there, and Enter."""
        self.page.password.field.setFocus()
        self.page.password.field.selectAll()
        self.type(password)
        self.press(Qt.Key.Key_Return)

    def wait_for_office(self, times: int = 1) -> None:
        self.until(lambda: self.filled == times)
        self.settle()

    def come_in(self) -> None:
        self.wait_for_page()
        self.enter()
        self.wait_for_office()

    def refused(self) -> str:
        """Wait for the reason."""
        self.until(lambda: not self.page.message.isHidden())
        self.settle()
        return self.page.message.text()

    def menu(self, name: str) -> list[QAction]:
        return [
            action for action in self.program.window.menus[name].actions() if action.isVisible()
        ]

    def dialogs(self) -> list[QDialog]:
        return [
            each
            for each in QApplication.topLevelWidgets()
            if isinstance(each, QDialog) and each.isVisible()
        ]

    def dialog(self) -> Any:
        [found] = self.dialogs()
        return found

    def stop(self) -> None:
        self.server.answers.set()
        window = self.program.window
        window.close()
        self.program.shut_down()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@contextmanager
def at_the_door(
    server: Server, folder: Path, sign_in: SignIn | None = None, *, code: str = "en"
) -> Iterator[AtTheDoor]:
    """The program started with a shared database; closed and waited for at the end."""
    before = language()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    theme.install(app, theme.Scheme.LIGHT)
    started = AtTheDoor(server, sign_in or server.sign_in(), folder, code)
    try:
        yield started
    finally:
        started.stop()
        activate(before)
    assert server.open == 0, "connections were left open"
    crash = folder / "state" / "last_crash.txt"
    assert not crash.exists(), crash.read_text(encoding="utf-8")


def all_settings() -> str:
    """Everything the window's settings say."""
    settings = QSettings()
    settings.sync()
    return Path(settings.fileName()).read_text(encoding="utf-8")
