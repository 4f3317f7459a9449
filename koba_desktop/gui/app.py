"""The program with a window: paint first, open the database on a lane, then fill the window."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtWidgets import QApplication

from koba_desktop.gui import garbage
from koba_desktop.gui.application import WindowOptions, prepare
from koba_desktop.gui.entrance import Entrance
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
    from koba_desktop.gui.opening import Open, Opened
    from koba_desktop.gui.plain_files import PlainFiles
    from koba_desktop.gui.session import Session
    from koba_desktop.gui.sign_in.door import Door
    from koba_desktop.services.execution import Actor
    from koba_desktop.services.office.book import OfficeBook


class Program(QObject):
    """From the first paint to the last connection."""

    ready = Signal()  # the office is open and every panel is made

    def __init__(self, opener: "Open", options: WindowOptions) -> None:
        super().__init__()
        self._options = options
        self._closing = False
        self.tasks = TaskRunner(self)
        self.desk: Desk | None = None
        self.session: Session | None = None
        self._plain_files: PlainFiles | None = None
        self._stop_watching: Callable[[], None] = _nothing
        self._crashes: CrashReporter | None = None
        self._tongue = Tongue(self)
        self._tongue.speak(first_language(options.language, options.default_language))
        self.window = MainWindow()
        self._entrance = Entrance(opener, options, self.window, self.tasks, self)
        self._entrance.entered.connect(self._begin)
        self._entrance.link_wanted.connect(self._link)
        self._entrance.begun.connect(self._on_begun)
        self._entrance.language_chosen.connect(self._on_language)
        self._entrance.broken.connect(self._on_broken)
        self.ready.connect(garbage.settle, Qt.ConnectionType.SingleShotConnection)
        self._listen_to(self.window)

    @property
    def opened(self) -> "Opened | None":
        return self._entrance.opened

    @property
    def first_run(self) -> "FirstRun | None":
        return self._entrance.first_run

    @property
    def door(self) -> "Door | None":
        return self._entrance.door

    @property
    def exit_code(self) -> int:
        return self._entrance.exit_code

    # --- start ------------------------------------------------------------------------------------

    def _listen_to(self, window: MainWindow) -> None:
        window.closing.connect(self._on_closing)
        window.retry_wanted.connect(self._entrance.open)

    def start(self) -> None:
        """Show the window; everything heavy comes after its first paint."""
        self.window.painted.connect(self._on_painted)
        self.window.show()

    def _on_painted(self) -> None:
        from koba_desktop.gui.errors import CrashReporter
        from koba_desktop.gui.plain_files import PlainFiles

        first = self._options.first is not None
        self._crashes = CrashReporter(None if first else self._options.state, self)
        self._crashes.install()
        self._plain_files = PlainFiles(self._options.plain)
        self.tasks.submit(Lane.PDF, self._plain_files.sweep, _ignored, self._on_broken, self)
        self._entrance.start()

    def _on_begun(self) -> None:
        """Nothing was written before the choice of the first start."""
        assert self._crashes is not None
        if self._options.state is not None:
            self._crashes.keep_in(self._options.state)

    def _on_broken(self, error: Exception) -> None:
        assert self._crashes is not None
        if not self._closing:
            self._crashes.caught(error)

    # --- at work ----------------------------------------------------------------------------------

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
            plain_files=self._plain_files,
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

    def _link(self, member: "Staff") -> None:
        from koba_desktop.gui.who_am_i import link_login

        assert self.desk is not None
        assert self.opened is not None
        link_login(self.desk, member, self.opened.os_user)

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

    # --- another window ---------------------------------------------------------------------------

    def _on_language(self, code: str) -> None:
        """Another language: a new window on the same desk; nothing is asked or opened anew."""
        if code == language():
            return
        if self._entrance.may_write:
            QSettings().setValue("window/language", code)
        before = self.window
        self._replace_window(code)
        if not self._entrance.stands:
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
        self.window = MainWindow()
        self._listen_to(self.window)
        self.window.show()
        self._entrance.move_to(self.window)

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
        desk.plain_files.clear()
        self.desk = self.session = None
        self._replace_window()
        self._entrance.start_anew()
        _let_go(before)
        desk.deleteLater()

        def end() -> None:
            stop_watching()
            opened.close()

        self.tasks.submit(Lane.COMMANDS, end, _ignored, self._on_broken, self)

    # --- end --------------------------------------------------------------------------------------

    def _on_closing(self) -> None:
        self._closing = True
        self._entrance.leave()
        QApplication.quit()

    def shut_down(self) -> None:
        """Stop the feeds, refuse new jobs, wait for the running command, end all connections."""
        self._closing = True
        self._entrance.leave()
        self._stop_watching()
        self.tasks.close()
        if self.opened is not None:
            self.opened.close()
        if self._plain_files is not None:
            self._plain_files.close()
        if self._crashes is not None:
            self._crashes.uninstall()


def _nothing() -> None:
    """Stops nothing: there is no feed before a database is open."""


def _ignored(_answer: None) -> None:
    """There is nothing to be done with it."""


def _let_go(window: MainWindow) -> None:
    """Another window stands in its place."""
    window.close()
    window.deleteLater()


def run(opener: "Open", options: WindowOptions) -> int:
    """Show the window and work until it is closed. Returns the exit code."""
    app = prepare(options)
    program = Program(opener, options)
    termination = Termination(lambda: program.window.end(), program)
    program.start()
    app.exec()
    program.shut_down()
    termination.close()
    return program.exit_code
