"""The program with a window: paint first, open the database on a lane, then fill the window."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from koba_desktop.domain.errors import OfficeError
from koba_desktop.gui import theme
from koba_desktop.gui.tasks import Lane, TaskRunner
from koba_desktop.gui.termination import Termination
from koba_desktop.gui.tongue import Tongue, first_language
from koba_desktop.gui.window import MainWindow
from koba_desktop.i18n import language

if TYPE_CHECKING:
    from koba_desktop.domain.entities.staff import Staff
    from koba_desktop.gui.desk import Desk
    from koba_desktop.gui.errors import CrashReporter
    from koba_desktop.gui.first_run.flow import FirstRun
    from koba_desktop.gui.opening import FirstStart, Open, Opened, SignIn
    from koba_desktop.gui.session import Session
    from koba_desktop.gui.sign_in.door import Door
    from koba_desktop.services.execution import Actor
    from koba_desktop.services.office.book import OfficeBook


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowOptions:
    """``language`` is asked for this once; "" takes the user's choice, then
    ``default_language``, then the system's. ``settings`` is a folder for
    the window's settings instead of the user's (a demo leaves nothing behind). ``state`` is where
    crash reports lie, None: nowhere. ``first`` is what can be done where there is no office yet,
    ``sign_in`` how somebody signs in to the shared database; with neither the opener opens."""

    language: str = ""
    default_language: str = ""
    settings: Path | None = None
    state: Path | None = None
    first: "FirstStart | None" = None
    sign_in: "SignIn | None" = None


class _Closed(Exception):
    """The window was closed while the database was being opened."""


class Program(QObject):
    """From the first paint to the last connection."""

    _progressed = Signal(str, int, int)
    ready = Signal()  # the office is open and every panel is made

    def __init__(self, opener: "Open", options: WindowOptions) -> None:
        super().__init__()
        self._open = opener
        self._options = options
        self._closing = False
        self.exit_code = 0
        self.tasks = TaskRunner(self)
        self.opened: Opened | None = None
        self.desk: Desk | None = None
        self.session: Session | None = None
        self.first_run: FirstRun | None = None
        self.door: Door | None = None
        self._secret = ""
        self._stop_watching: Callable[[], None] = _nothing
        self._crashes: CrashReporter | None = None
        self._progressed.connect(self._on_progress, Qt.ConnectionType.QueuedConnection)
        self._tongue = Tongue(self)
        self._tongue.speak(first_language(options.language, options.default_language))
        self.window = self._new_window()

    # --- start ------------------------------------------------------------------------------------

    def _new_window(self) -> MainWindow:
        window = MainWindow()
        window.closing.connect(self._on_closing)
        window.retry_wanted.connect(self._start_opening)
        return window

    def start(self) -> None:
        """Show the window; everything heavy comes after its first paint."""
        self.window.painted.connect(self._on_painted)
        self.window.show()

    def _on_painted(self) -> None:
        from koba_desktop.gui.errors import CrashReporter

        first = self._options.first is not None
        self._crashes = CrashReporter(None if first else self._options.state, self)
        self._crashes.install()
        sign_in = self._options.sign_in
        if first:
            self._set_up_office()
        elif sign_in is None:
            self._start_opening()
        elif sign_in.password:
            self._open_by_itself(sign_in)
        else:
            self._go_to_door()

    def _start_opening(self) -> None:
        self.exit_code = 0
        self.window.show_start_page()
        self.window.start_page.show_opening()
        secret = self._secret
        self.tasks.submit(
            Lane.COMMANDS,
            lambda: self._open(self._report_progress, secret),
            self._on_opened,
            self._on_not_opened,
            self,
        )

    def _report_progress(self, text: str, done: int, total: int) -> None:
        if self._closing:
            raise _Closed
        self._progressed.emit(text, done, total)

    def _on_progress(self, text: str, done: int, total: int) -> None:
        self.window.start_page.show_progress(text, done, total)

    def _on_not_opened(self, error: Exception) -> None:
        if self._closing:
            return
        if not isinstance(error, OfficeError):
            assert self._crashes is not None
            self._crashes.caught(error)
            self.exit_code = 1
            self.window.start_page.show_failure("")
            return
        if error.code in ("passphrase_needed", "passphrase_wrong"):
            self._ask_passphrase(error)
        elif self._options.sign_in is not None and not _unseen():
            self._go_to_door(error)
        else:
            self._refuse(error)

    def _refuse(self, error: OfficeError) -> None:
        """Say why there is no office to open. Without a screen nobody could read it: go."""
        from koba_desktop.i18n.messages import describe

        text = describe(error)
        print(text, file=sys.stderr)
        self.exit_code = 1
        self.window.start_page.show_failure(text)
        if _unseen():
            self.window.close()

    def _ask_passphrase(self, error: OfficeError) -> None:
        from koba_desktop.gui.passphrase import PassphraseDialog

        if _unseen():
            self._refuse(error)
            return
        dialog = PassphraseDialog(error.code == "passphrase_wrong", self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._retry_with(dialog.passphrase()))
        dialog.rejected.connect(lambda: self._refuse(error))
        dialog.open()

    def _retry_with(self, passphrase: str) -> None:
        self._secret = passphrase
        self._start_opening()

    # --- the shared database ----------------------------------------------------------------------

    def _open_by_itself(self, sign_in: "SignIn") -> None:
        """Login and password were named for this run: nobody is asked, the keyring left alone."""
        login = sign_in.login or sign_in.os_user
        self._open = lambda progress, _secret: sign_in.open(progress, login, sign_in.password, None)
        self._start_opening()

    def _go_to_door(self, trouble: OfficeError | None = None, *, automatic: bool = True) -> None:
        """Somebody signs in, or with ``first`` says before where the shared database is."""
        from koba_desktop.gui.sign_in.door import Door

        if self.door is None:
            first = self._options.first
            connect = first.connect if first is not None else None
            door = self.door = Door(self.tasks, self._options.sign_in, connect, self)
            door.signed_in.connect(self._on_signed_in)
            door.back_wanted.connect(self._on_back_from_door)
            door.connected.connect(self._on_begun)
            door.language_chosen.connect(self._on_language)
            door.broken.connect(self._on_broken)
        self.door.enter(self.window, automatic=automatic, trouble=trouble)

    def _on_signed_in(self, opened: "Opened") -> None:
        assert self.door is not None
        self.door.leave()
        self._on_opened(opened)

    def _on_shared(self) -> None:
        """The shared database was chosen at the first start."""
        self._end_first_run()
        self._go_to_door()

    def _on_back_from_door(self) -> None:
        assert self.door is not None
        self.door.leave()
        self._set_up_office()

    def _sign_out(self) -> None:
        """Back to the door, once everything typed is kept."""
        from koba_desktop.gui.sign_in.leaving import Leaving

        leaving = Leaving(self.window, self.tasks)
        leaving.left.connect(self._on_left)
        leaving.start()

    def _on_left(self) -> None:
        """A new window at the door; with the old one goes everything that asks the database."""
        opened, desk, before = self.opened, self.desk, self.window
        assert opened is not None
        assert desk is not None
        stop_watching, self._stop_watching = self._stop_watching, _nothing
        self.opened = self.desk = self.session = None
        self._replace_window()
        self._go_to_door(automatic=False)
        _let_go(before)
        desk.deleteLater()

        def end() -> None:
            stop_watching()
            opened.close()

        self.tasks.submit(Lane.COMMANDS, end, _ignored, self._on_broken, self)

    # --- who works --------------------------------------------------------------------------------

    def _on_opened(self, opened: "Opened") -> None:
        from koba_desktop.domain.clock import day_of
        from koba_desktop.gui.who_am_i import (
            actor_of,
            actor_signed_in,
            demo_member,
            linked_member,
        )

        self._secret = ""
        self.opened = opened
        book = opened.book
        today = day_of(opened.services.clock.now())
        if opened.seat is not None:
            self._begin(book, actor_signed_in(book, opened.seat.staff_id, today))
            return
        if not book.offices or not book.staff:
            self._set_up_office()
            return
        if opened.first is not None:
            self._begin(book, opened.first)
            return
        member = demo_member(book, today) if book.demo else linked_member(book, opened.os_user)
        if member is None:
            self._ask_who(book)
        else:
            self._begin(book, actor_of(book, member))

    def _set_up_office(self) -> None:
        """The assistant; its modules are imported on a lane, so that the window goes on."""
        self.tasks.submit(
            Lane.PDF,
            lambda: import_module("koba_desktop.gui.first_run.flow"),
            lambda _module: self._start_first_run(),
            self._on_not_opened,
            self,
        )

    def _start_first_run(self) -> None:
        from koba_desktop.gui.first_run.flow import FirstRun

        first = self._options.first if self.opened is None else None
        run = FirstRun(self.window, self.tasks, self._report_progress, first, self.opened, self)
        run.demo_chosen.connect(self._show_demo)
        run.shared_chosen.connect(self._on_shared)
        run.begun.connect(self._on_begun)
        run.made.connect(self._on_made)
        run.founded.connect(self._on_founded)
        run.broken.connect(self._on_broken)
        run.language_chosen.connect(self._on_language)
        self.first_run = run
        run.start()

    def _show_demo(self) -> None:
        """As ``--demo`` does: in a folder that goes at the end, the window's settings with it."""
        assert self._options.first is not None
        demo = self._options.first.demo()
        keep_settings_in(demo.settings)
        self._end_first_run()
        self._open = demo.open
        self._start_opening()

    def _on_begun(self) -> None:
        """Nothing was written before the choice."""
        assert self._crashes is not None
        if self._options.state is not None:
            self._crashes.keep_in(self._options.state)

    def _on_made(self, opened: "Opened") -> None:
        self.opened = opened

    def _on_founded(self, book: "OfficeBook", actor: "Actor") -> None:
        self._end_first_run()
        self._begin(book, actor)

    def _on_broken(self, error: Exception) -> None:
        assert self._crashes is not None
        if not self._closing:
            self._crashes.caught(error)

    def _end_first_run(self) -> None:
        assert self.first_run is not None
        self.first_run.end()
        self.first_run = None

    def _ask_who(self, book: "OfficeBook") -> None:
        from koba_desktop.domain.clock import day_of
        from koba_desktop.gui.who_am_i import PersonDialog

        assert self.opened is not None
        today = day_of(self.opened.services.clock.now())
        dialog = PersonDialog(book, today, link=True, parent=self.window)
        dialog.chosen.connect(lambda member, linked: self._begin_as(book, member, linked))
        dialog.rejected.connect(self.window.close)
        dialog.open()

    def _begin_as(self, book: "OfficeBook", member: "Staff", linked: bool) -> None:
        from koba_desktop.gui.who_am_i import actor_of, link_login

        self._begin(book, actor_of(book, member))
        assert self.opened is not None
        assert self.desk is not None
        if linked:
            link_login(self.desk, member, self.opened.os_user)

    def _begin(self, book: "OfficeBook", actor: "Actor") -> None:
        from koba_desktop.gui.desk import Desk
        from koba_desktop.gui.feed import Feed
        from koba_desktop.gui.who_am_i import first_tab

        assert self.opened is not None
        opened = self.opened
        self.desk = Desk(
            opened.services,
            book,
            actor,
            self.tasks,
            self,
            renderer=opened.renderer,
            printers=opened.printers,
            pages=opened.pages,
            door_plans=opened.door_plans,
            emergency_lists=opened.emergency_lists,
            papers=opened.papers,
            wordings=opened.wordings,
            proof_pages=opened.proof_pages,
        )
        feed = Feed(self.tasks, self)
        feed.wrote.connect(self.desk.others_wrote, Qt.ConnectionType.QueuedConnection)
        feed.failed.connect(self._on_broken)
        feed.start(opened.services)
        self._stop_watching = feed.stop
        if tab := first_tab(book, actor, self.desk.today()):
            self.window.tabs.turn_to(tab)
        self._fill()
        self._offer_last_crash()
        if opened.warm_up is not None:
            self.ready.connect(self._warm_up, Qt.ConnectionType.SingleShotConnection)

    def _fill(self) -> None:
        from koba_desktop.gui.session import Session

        assert self.desk is not None
        assert self.opened is not None
        assert self._crashes is not None
        self.session = Session(self.window, self.desk, self.opened, self._crashes)
        self.session.language_chosen.connect(self._on_language)
        self.session.sign_out_wanted.connect(self._sign_out)
        self.session.ready.connect(self.ready)

    def _warm_up(self) -> None:
        """Once the window is filled, load what the first letter would wait for."""
        assert self.desk is not None
        assert self.opened is not None
        if self.opened.warm_up is not None:
            self.desk.make(self.opened.warm_up, _ignored, owner=self)

    def _offer_last_crash(self) -> None:
        from koba_desktop.gui.errors import CrashDialog
        from koba_desktop.gui.widgets import Level
        from koba_desktop.i18n import _

        assert self._crashes is not None
        text = self._crashes.take_last()
        if text:
            self.window.messages.show_message(
                _("A program error occurred last time."),
                Level.INFO,
                _("Show the report"),
                action=lambda: CrashDialog(text, self.window).open(),
            )

    def _on_language(self, code: str) -> None:
        """Another language: a new window on the same desk; nothing is asked or opened anew."""
        if code == language():
            return
        if self.first_run is None or self.first_run.may_write:
            QSettings().setValue("window/language", code)
        before = self.window
        self._replace_window(code)
        if self.first_run is not None:
            self.first_run.move_to(self.window)
        elif self.door is not None and self.door.stands:
            self.door.move_to(self.window)
        else:
            self._fill()
        _let_go(before)

    def _replace_window(self, code: str = "") -> None:
        """Another window where the one shown stands, in another language if one is named."""
        before = self.window
        before.close_dialogs()
        before.remember()
        before.closing.disconnect(self._on_closing)
        if code:
            self._tongue.speak(code)
        self.window = self._new_window()
        self.window.show()

    # --- end --------------------------------------------------------------------------------------

    def _on_closing(self) -> None:
        self._closing = True
        if self.first_run is not None:
            self.first_run.leave()
        if self.door is not None:
            self.door.leave()
        QApplication.quit()

    def shut_down(self) -> None:
        """Stop the feeds, refuse new jobs, wait for the running command, end all connections."""
        self._closing = True
        self._stop_watching()
        self.tasks.close()
        if self.opened is not None:
            self.opened.close()
        if self._crashes is not None:
            self._crashes.uninstall()


def _nothing() -> None:
    """Stops nothing: there is no feed before a database is open."""


def _ignored(_answer: None) -> None:
    """There is nothing to be done with it."""


def _unseen() -> bool:
    """Whether there is no screen: nobody can read what the window says, nor answer."""
    return QGuiApplication.platformName() in ("offscreen", "minimal")


def _let_go(window: MainWindow) -> None:
    """Another window stands in its place."""
    window.close()
    window.deleteLater()


def prepare(options: WindowOptions) -> QApplication:
    """The application, dressed; its settings are the user's or those of a demo."""
    app = QApplication(sys.argv[:1])
    app.setOrganizationName("KoBa Desktop")
    app.setApplicationName("koba-desktop")
    app.setDesktopFileName("koba-desktop")
    app.setQuitOnLastWindowClosed(False)
    if options.settings is not None:
        keep_settings_in(options.settings)
    chosen = str(QSettings().value("window/scheme", theme.Scheme.SYSTEM.value))
    known = chosen in [scheme.value for scheme in theme.Scheme]
    theme.install(app, theme.Scheme(chosen) if known else theme.Scheme.SYSTEM)
    app.setWindowIcon(theme.icon("koba"))
    return app


def keep_settings_in(folder: Path) -> None:
    """From now on the window's settings stand in a folder, not where the user's do."""
    ini = QSettings.Format.IniFormat
    QSettings.setDefaultFormat(ini)
    QSettings.setPath(ini, QSettings.Scope.UserScope, str(folder))


def run(opener: "Open", options: WindowOptions) -> int:
    """Show the window and work until it is closed. Returns the exit code."""
    app = prepare(options)
    program = Program(opener, options)
    termination = Termination(lambda: program.window.close(), program)
    program.start()
    app.exec()
    program.shut_down()
    termination.close()
    return program.exit_code
