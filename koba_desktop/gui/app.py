"""The program with a window: paint first, open the database on a lane, then fill the window."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QLibraryInfo,
    QLocale,
    QObject,
    QSettings,
    Qt,
    QTranslator,
    Signal,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from koba_desktop.domain.errors import OfficeError
from koba_desktop.gui import theme
from koba_desktop.gui.tasks import Lane, TaskRunner
from koba_desktop.gui.termination import Termination
from koba_desktop.gui.window import MainWindow
from koba_desktop.i18n import activate, language

if TYPE_CHECKING:
    from koba_desktop.gui.desk import Desk
    from koba_desktop.gui.errors import CrashReporter
    from koba_desktop.gui.first_run import FirstRecords
    from koba_desktop.gui.opening import Open, Opened
    from koba_desktop.gui.session import Session
    from koba_desktop.gui.who_am_i import PersonDialog
    from koba_desktop.services.execution import Actor
    from koba_desktop.services.office.book import OfficeBook


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowOptions:
    """``language`` is asked for this once; "" takes the user's choice, then
    ``default_language``, then the system's. ``settings`` is a folder for
    the window's settings instead of the user's (a demo leaves nothing behind). ``state`` is where
    crash reports lie, None: nowhere."""

    language: str = ""
    default_language: str = ""
    settings: Path | None = None
    state: Path | None = None


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
        self._secret = ""
        self._translator: QTranslator | None = None
        self._stop_watching: Callable[[], None] = _nothing
        self._crashes: CrashReporter | None = None
        self._progressed.connect(self._on_progress, Qt.ConnectionType.QueuedConnection)
        self._speak(self._first_language())
        self.window = self._new_window()

    # --- start ------------------------------------------------------------------------------------

    def _first_language(self) -> str:
        stored = str(QSettings().value("window/language", ""))
        system = QLocale.system().name().partition("_")[0]
        wished = self._options.language or stored or self._options.default_language
        return wished or ("en" if system == "en" else "de")

    def _speak(self, code: str) -> None:
        """Put a language in force, Qt's own texts (dialog buttons, edit menus) with it."""
        activate(code)
        QLocale.setDefault(QLocale("de_DE" if language() == "de" else "en_GB"))
        app = QApplication.instance()
        assert app is not None
        if self._translator is not None:
            app.removeTranslator(self._translator)
        self._translator = QTranslator(self)
        places = (
            QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
            str(Path(sys.modules["PySide6"].__path__[0]) / "translations"),
        )
        if any(self._translator.load(f"qtbase_{language()}", place) for place in places):
            app.installTranslator(self._translator)

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

        self._crashes = CrashReporter(self._options.state, self)
        self._crashes.install()
        self._start_opening()

    def _start_opening(self) -> None:
        self.exit_code = 0
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
        else:
            self._refuse(error)

    def _refuse(self, error: OfficeError) -> None:
        """Say why there is no office to open. Without a screen nobody could read it: go."""
        from koba_desktop.i18n.messages import describe

        text = describe(error)
        print(text, file=sys.stderr)
        self.exit_code = 1
        self.window.start_page.show_failure(text)
        if QGuiApplication.platformName() in ("offscreen", "minimal"):
            self.window.close()

    def _ask_passphrase(self, error: OfficeError) -> None:
        from koba_desktop.gui.passphrase import PassphraseDialog

        if QGuiApplication.platformName() in ("offscreen", "minimal"):
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

    # --- who works --------------------------------------------------------------------------------

    def _on_opened(self, opened: "Opened") -> None:
        from koba_desktop.domain.clock import day_of
        from koba_desktop.gui.who_am_i import actor_of, demo_member, linked_member

        self._secret = ""
        self.opened = opened
        book = opened.book
        today = day_of(opened.services.clock.now())
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
        from koba_desktop.domain.clock import day_of
        from koba_desktop.gui.first_run import FirstRunDialog

        assert self.opened is not None
        opened = self.opened
        today = day_of(opened.services.clock.now())
        dialog = FirstRunDialog(opened.os_user, today, opened.recovery_key, self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._found_office(dialog.records()))
        dialog.rejected.connect(self.window.close)
        dialog.open()

    def _found_office(self, records: "FirstRecords") -> None:
        from koba_desktop.services.commands import SaveMasterData
        from koba_desktop.services.execution import Actor
        from koba_desktop.services.office.book import office_book

        assert self.opened is not None
        services = self.opened.services
        office, member, rows = records
        actor = Actor(staff_id=member.id, office_id=office.id)

        def found() -> "OfficeBook":
            services.execute(SaveMasterData(records=rows), actor)
            with services.view(member.id) as view:
                return office_book(view)

        self.tasks.submit(
            Lane.COMMANDS, found, lambda book: self._begin(book, actor), self._on_not_opened, self
        )

    def _ask_who(self, book: "OfficeBook") -> None:
        from koba_desktop.domain.clock import day_of
        from koba_desktop.gui.who_am_i import PersonDialog

        assert self.opened is not None
        today = day_of(self.opened.services.clock.now())
        dialog = PersonDialog(book, today, link=True, parent=self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._begin_as(book, dialog))
        dialog.rejected.connect(self.window.close)
        dialog.open()

    def _begin_as(self, book: "OfficeBook", dialog: "PersonDialog") -> None:
        from koba_desktop.gui.who_am_i import actor_of, linking
        from koba_desktop.services.commands import SaveMasterData

        staff_id = dialog.staff_id()
        assert staff_id is not None
        assert self.opened is not None
        member = book.member(staff_id)
        self._begin(book, actor_of(book, member))
        records = linking(book, member, self.opened.os_user) if dialog.link.isChecked() else ()
        if records:
            assert self.desk is not None
            self.desk.execute(SaveMasterData(records=records), owner=self)

    def _begin(self, book: "OfficeBook", actor: "Actor") -> None:
        from koba_desktop.gui.desk import Desk
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
        )
        self._foreign = _Foreign(self)
        self._foreign.wrote.connect(self.desk.others_wrote, Qt.ConnectionType.QueuedConnection)
        self._stop_watching = opened.services.store.watch(self._foreign.wrote.emit)
        if tab := first_tab(book, actor, self.desk.today()):
            self.window.prefer_tab(tab)
        self._fill()
        self._offer_last_crash()
        if opened.warm_up is not None:
            self.ready.connect(self._warm_up)

    def _fill(self) -> None:
        from koba_desktop.gui.session import Session

        assert self.desk is not None
        assert self.opened is not None
        assert self._crashes is not None
        self.session = Session(self.window, self.desk, self.opened, self._crashes)
        self.session.language_chosen.connect(self._on_language)
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
        QSettings().setValue("window/language", code)
        before = self.window
        before.close_dialogs()
        before.remember()
        before.closing.disconnect(self._on_closing)
        self._speak(code)
        self.window = self._new_window()
        self.window.show()
        self._fill()
        before.close()
        before.deleteLater()

    # --- end --------------------------------------------------------------------------------------

    def _on_closing(self) -> None:
        self._closing = True
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


class _Foreign(QObject):
    """Brings the word that another program wrote from the watching thread."""

    wrote = Signal()


def prepare(options: WindowOptions) -> QApplication:
    """The application, dressed; its settings are the user's or those of a demo."""
    app = QApplication(sys.argv[:1])
    app.setOrganizationName("KoBa Desktop")
    app.setApplicationName("koba-desktop")
    app.setDesktopFileName("koba-desktop")
    app.setQuitOnLastWindowClosed(False)
    if options.settings is not None:
        ini = QSettings.Format.IniFormat
        QSettings.setDefaultFormat(ini)
        QSettings.setPath(ini, QSettings.Scope.UserScope, str(options.settings))
    chosen = str(QSettings().value("window/scheme", theme.Scheme.SYSTEM.value))
    known = chosen in [scheme.value for scheme in theme.Scheme]
    theme.install(app, theme.Scheme(chosen) if known else theme.Scheme.SYSTEM)
    app.setWindowIcon(theme.icon("koba"))
    return app


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
