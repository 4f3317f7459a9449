"""From the first paint until it is known which office is open, and who works in it."""

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from koba_desktop.domain.errors import OfficeError
from koba_desktop.gui.application import WindowOptions, keep_settings_in
from koba_desktop.gui.tasks import Lane, TaskRunner
from koba_desktop.gui.window import MainWindow

if TYPE_CHECKING:
    from koba_desktop.domain.entities.staff import Staff
    from koba_desktop.gui.first_run.flow import FirstRun
    from koba_desktop.gui.opening import Open, Opened, SignIn
    from koba_desktop.gui.sign_in.door import Door
    from koba_desktop.services.execution import Actor
    from koba_desktop.services.office.book import OfficeBook


class _Closed(Exception):
    """The window was closed while the database was being opened."""


class Entrance(QObject):
    """Opens the database, leads through the first start, to the door of the shared database, or to
    the question who works here. What it needs is imported when it comes to that."""

    entered = Signal(object, object)  # OfficeBook, Actor: the office ``opened`` can be worked in
    link_wanted = Signal(object)  # Staff: the login of this PC is to be whoever has just entered
    begun = Signal()  # the first start: from now on something may be written
    language_chosen = Signal(str)
    broken = Signal(object)  # Exception: an error in the program
    _progressed = Signal(str, int, int)

    def __init__(
        self,
        opener: "Open",
        options: WindowOptions,
        window: MainWindow,
        tasks: TaskRunner,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._open = opener
        self._options = options
        self._window = window
        self._tasks = tasks
        self._closing = False
        self._secret = ""
        self.opened: Opened | None = None
        self.first_run: FirstRun | None = None
        self.door: Door | None = None
        self.exit_code = 0  # 1 where there is no office to open
        self._progressed.connect(self._on_progress, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Whatever this start begins with: all else follows from there."""
        sign_in = self._options.sign_in
        if self._options.first is not None:
            self._set_up_office()
        elif sign_in is None:
            self.open()
        elif sign_in.password:
            self._open_by_itself(sign_in)
        else:
            self._go_to_door()

    def start_anew(self) -> None:
        """At the door, once somebody signed out; whoever had the database opened closes it."""
        self.opened = None
        self._go_to_door(automatic=False)

    def move_to(self, window: MainWindow) -> None:
        """Go on in another window."""
        self._window = window
        if self.first_run is not None:
            self.first_run.move_to(window)
        elif self.door is not None and self.door.stands:
            self.door.move_to(window)

    @property
    def stands(self) -> bool:
        """Whether a page of the first start or of the door is in the window."""
        return self.first_run is not None or (self.door is not None and self.door.stands)

    @property
    def may_write(self) -> bool:
        """Whether the user's settings may be written: nothing is before the first choice."""
        return self.first_run is None or self.first_run.may_write

    def leave(self) -> None:
        """The window is closing."""
        self._closing = True
        if self.first_run is not None:
            self.first_run.leave()
        if self.door is not None:
            self.door.leave()

    # --- opening ----------------------------------------------------------------------------------

    def open(self) -> None:
        """Open the database on a lane; said on the start page."""
        self.exit_code = 0
        self._window.show_start_page()
        self._window.start_page.show_opening()
        secret = self._secret
        self._tasks.submit(
            Lane.COMMANDS,
            lambda: self._open(self._report_progress, secret),
            self._on_opened,
            self._on_not_opened,
            self,
        )

    def _open_by_itself(self, sign_in: "SignIn") -> None:
        """Login and password were named for this run: nobody is asked, the keyring left alone."""
        login = sign_in.login or sign_in.os_user
        self._open = lambda progress, _secret: sign_in.open(progress, login, sign_in.password, None)
        self.open()

    def _report_progress(self, text: str, done: int, total: int) -> None:
        if self._closing:
            raise _Closed
        self._progressed.emit(text, done, total)

    def _on_progress(self, text: str, done: int, total: int) -> None:
        self._window.start_page.show_progress(text, done, total)

    def _on_not_opened(self, error: Exception) -> None:
        if self._closing:
            return
        if not isinstance(error, OfficeError):
            self.broken.emit(error)
            self.exit_code = 1
            self._window.start_page.show_failure("")
        elif error.code in ("passphrase_needed", "passphrase_wrong"):
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
        self._window.start_page.show_failure(text)
        if _unseen():
            self._window.close()

    def _ask_passphrase(self, error: OfficeError) -> None:
        from koba_desktop.gui.passphrase import PassphraseDialog

        if _unseen():
            self._refuse(error)
            return
        dialog = PassphraseDialog(error.code == "passphrase_wrong", self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._retry_with(dialog.passphrase()))
        dialog.rejected.connect(lambda: self._refuse(error))
        dialog.open()

    def _retry_with(self, passphrase: str) -> None:
        self._secret = passphrase
        self.open()

    # --- the door of the shared database ----------------------------------------------------------

    def _go_to_door(self, trouble: OfficeError | None = None, *, automatic: bool = True) -> None:
        """Somebody signs in, or with ``first`` says before where the shared database is."""
        from koba_desktop.gui.sign_in.door import Door

        if self.door is None:
            first = self._options.first
            connect = first.connect if first is not None else None
            door = self.door = Door(self._tasks, self._options.sign_in, connect, self)
            door.signed_in.connect(self._on_signed_in)
            door.back_wanted.connect(self._on_back_from_door)
            door.connected.connect(self.begun)
            door.language_chosen.connect(self.language_chosen)
            door.broken.connect(self.broken)
        self.door.enter(self._window, automatic=automatic, trouble=trouble)

    def _on_signed_in(self, opened: "Opened") -> None:
        assert self.door is not None
        self.door.leave()
        self._on_opened(opened)

    def _on_back_from_door(self) -> None:
        assert self.door is not None
        self.door.leave()
        self._set_up_office()

    # --- the first start --------------------------------------------------------------------------

    def _set_up_office(self) -> None:
        """The assistant; its modules are imported on a lane, so that the window goes on."""
        self._tasks.submit(
            Lane.PDF,
            lambda: import_module("koba_desktop.gui.first_run.flow"),
            lambda _module: self._start_first_run(),
            self._on_not_opened,
            self,
        )

    def _start_first_run(self) -> None:
        from koba_desktop.gui.first_run.flow import FirstRun

        first = self._options.first if self.opened is None else None
        run = FirstRun(self._window, self._tasks, self._report_progress, first, self.opened, self)
        run.demo_chosen.connect(self._show_demo)
        run.shared_chosen.connect(self._on_shared)
        run.begun.connect(self.begun)
        run.made.connect(self._on_made)
        run.founded.connect(self._on_founded)
        run.broken.connect(self.broken)
        run.language_chosen.connect(self.language_chosen)
        self.first_run = run
        run.start()

    def _show_demo(self) -> None:
        """As ``--demo`` does: in a folder that goes at the end, the window's settings with it."""
        assert self._options.first is not None
        demo = self._options.first.demo()
        keep_settings_in(demo.settings)
        self._end_first_run()
        self._open = demo.open
        self.open()

    def _on_shared(self) -> None:
        """The shared database was chosen."""
        self._end_first_run()
        self._go_to_door()

    def _on_made(self, opened: "Opened") -> None:
        """The database is there, its office is being set up."""
        self.opened = opened

    def _on_founded(self, book: "OfficeBook", actor: "Actor") -> None:
        self._end_first_run()
        self.entered.emit(book, actor)

    def _end_first_run(self) -> None:
        assert self.first_run is not None
        self.first_run.end()
        self.first_run = None

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
            self.entered.emit(book, actor_signed_in(book, opened.seat.staff_id, today))
            return
        if not book.offices or not book.staff:
            self._set_up_office()
            return
        if opened.first is not None:
            self.entered.emit(book, opened.first)
            return
        member = demo_member(book, today) if book.demo else linked_member(book, opened.os_user)
        if member is None:
            self._ask_who(opened)
        else:
            self.entered.emit(book, actor_of(book, member))

    def _ask_who(self, opened: "Opened") -> None:
        from koba_desktop.domain.clock import day_of
        from koba_desktop.gui.who_am_i import PersonDialog, actor_of

        book, today = opened.book, day_of(opened.services.clock.now())

        def enter(member: "Staff", linked: bool) -> None:
            self.entered.emit(book, actor_of(book, member))
            if linked:
                self.link_wanted.emit(member)

        dialog = PersonDialog(book, today, link=True, parent=self._window)
        dialog.chosen.connect(enter)
        dialog.rejected.connect(self._window.close)
        dialog.open()


def _unseen() -> bool:
    """Whether there is no screen: nobody can read what the window says, nor answer."""
    return QGuiApplication.platformName() in ("offscreen", "minimal")
