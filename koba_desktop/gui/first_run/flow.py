"""How the first start goes: which page comes when, and what is carried out in between."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QTimer, Signal
from PySide6.QtGui import QAction

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.errors import OfficeError
from koba_desktop.gui import theme
from koba_desktop.gui.first_run.choice import Choice, ChoicePage
from koba_desktop.gui.first_run.keeping import Typed
from koba_desktop.gui.first_run.key_sheet import KeySheet, write_sheet
from koba_desktop.gui.first_run.setting_up import SetupPage, makers
from koba_desktop.gui.first_run.steps import Step
from koba_desktop.gui.mnemonics import menu_letters
from koba_desktop.gui.opening import FirstStart, Opened, Progress
from koba_desktop.gui.tasks import Lane, TaskRunner
from koba_desktop.gui.widgets import Level
from koba_desktop.gui.window import MainWindow
from koba_desktop.i18n import _, formats, language
from koba_desktop.i18n.messages import describe
from koba_desktop.services.commands import SaveMasterData
from koba_desktop.services.execution import Actor
from koba_desktop.services.office.book import OfficeBook, office_book

CHOICE = "choice"
"""Stands for the choice among the names of the steps."""
Founded = tuple[OfficeBook, Actor]


class FirstRun(QObject):
    """Leads from the choice through the steps to an office.

    Without ``opened`` there is no database yet, and ``first`` says what can be done; with it there
    is one that has no office, and only the steps are gone through. The database is made when the
    recovery key is to be shown, the office is saved when it was noted: whoever stops before finds
    nothing there, or the same steps again with what was typed. Before the choice nothing is
    written, not even the window's settings.
    """

    demo_chosen = Signal()
    shared_chosen = Signal()
    begun = Signal()  # an office on this PC was chosen
    language_chosen = Signal(str)
    made = Signal(object)  # Opened: the new database, to be closed in the end
    founded = Signal(object, object)  # OfficeBook, Actor
    broken = Signal(object)  # an Exception nobody expected

    def __init__(
        self,
        window: MainWindow,
        tasks: TaskRunner,
        progress: Progress,
        first: FirstStart | None,
        opened: Opened | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.may_write = opened is not None
        self._tasks = tasks
        self._progress = progress
        self._first = first
        self._opened = opened
        self._typed = Typed(self)
        self._passphrase_needed = False
        self._moved = False
        self._coming: str | None = None  # the step to be shown once all are made
        self._secret = ""  # typed in another window
        self.choice: ChoicePage | None = None
        self.page: SetupPage | None = None
        self._stand_in(window)

    def start(self) -> None:
        """The choice; or the steps, where it was made already."""
        if self._opened is not None:
            self._show_steps()
        else:
            self._show_choice()
            if self._typed and self._typed.step != CHOICE:
                self._on_chosen(Choice.HERE)

    def _stand_in(self, window: MainWindow) -> None:
        """Language and colours can be chosen before there is an office."""
        self._window = window
        window.remembers = self.may_write
        window.actions_.languages.triggered.connect(self._on_language)
        window.actions_.schemes.triggered.connect(self._on_scheme)

    def _on_language(self, action: QAction) -> None:
        self.language_chosen.emit(action.data())

    def _on_scheme(self, action: QAction) -> None:
        theme.set_scheme(theme.Scheme(action.data()))
        if self.may_write:
            QSettings().setValue("window/scheme", str(action.data()))

    def _allow_writing(self) -> None:
        """Something was chosen: what was set before it is remembered too."""
        if self.may_write:
            return
        self.may_write = self._window.remembers = True
        self.begun.emit()
        settings = QSettings()
        if theme.scheme() is not theme.Scheme.SYSTEM:
            settings.setValue("window/scheme", theme.scheme().value)
        if self._moved:
            settings.setValue("window/language", language())

    def end(self) -> None:
        """The office, or the demonstration, comes into the window."""
        self._window.remembers = True
        self._window.actions_.languages.triggered.disconnect(self._on_language)
        self._window.actions_.schemes.triggered.disconnect(self._on_scheme)
        self.deleteLater()

    def move_to(self, window: MainWindow) -> None:
        """The same in another window, which speaks another language."""
        self._moved = True
        self._stand_in(window)
        before = self.page
        if before is not None:
            self._secret = before.secret()
            self._show_steps(before.at)
        elif self._coming is not None:
            self._show_steps(self._coming)
        else:
            self._show_choice()

    def leave(self) -> None:
        """The window is closing: what was typed is kept."""
        if self.page is not None and self._typed:
            self._keep()
        self._typed.write()

    # --- the choice -------------------------------------------------------------------------------

    def _show_choice(self) -> None:
        assert self._first is not None
        self.page = None
        self.choice = ChoicePage(self._first.place, self._window)
        self.choice.chosen.connect(self._on_chosen)
        self._window.show_assistant(self.choice)
        self.choice.start()

    def _on_chosen(self, choice: Choice) -> None:
        if choice is Choice.DEMO:
            self.demo_chosen.emit()
            return
        if choice is Choice.SHARED:
            self.shared_chosen.emit()
            return
        assert self.choice is not None
        assert self._first is not None
        self.choice.wait(True)
        self._tasks.submit(
            Lane.COMMANDS, self._first.survey, self._on_surveyed, self._on_no_good, self
        )

    def _on_surveyed(self, passphrase_needed: bool) -> None:
        self._passphrase_needed = passphrase_needed
        self._allow_writing()
        self._show_steps()

    def _on_no_good(self, error: Exception) -> None:
        assert self.choice is not None
        self.choice.show_problem(self._text_of(error))

    def _text_of(self, error: Exception) -> str:
        if isinstance(error, OfficeError):
            return describe(error)
        self.broken.emit(error)
        return _("This is not possible at the moment.")

    # --- the steps --------------------------------------------------------------------------------

    def _show_steps(self, name: str = "") -> None:
        """Make the steps, one a turn of the loop, so that the window goes on; then show the one
        named, or the one where it ended before."""
        shortest = None
        if self._passphrase_needed and self._opened is None and self._first is not None:
            shortest = self._first.shortest_passphrase
        window, waiting, made = self._window, makers(shortest), dict[str, Step]()
        self._coming, self.page = name, None

        def make_next() -> None:
            if self._window is not window:
                return  # another language was chosen meanwhile
            if waiting:
                step = next(iter(waiting))
                made[step] = waiting.pop(step)(window)
                QTimer.singleShot(0, window, make_next)
            else:
                page = SetupPage(made, window)
                QTimer.singleShot(0, page, lambda: self._show_page(page, name))

        make_next()

    def _show_page(self, page: SetupPage, name: str) -> None:
        if page.window() is not self._window:
            return
        self._coming = None
        page.put(self._typed.contents)
        if page.passphrase is not None:
            page.passphrase.repeat(self._secret)
        for step in page.steps.values():
            step.edited.connect(self._keep)
        page.next_wanted.connect(self._on_next)
        page.back_wanted.connect(self._on_back)
        page.key.save_wanted.connect(self._save_sheet)
        self.choice, self.page = None, page
        self._window.show_assistant(page)
        page.tidy(menu_letters(self._window))
        if name in page.steps:
            self._go_to(name)
            return
        kept = self._typed.step if self._typed.step in page.steps else "office"
        self._go_to("times" if kept in ("passphrase", "key") else kept)  # no secret is there yet
        if self._typed:
            page.message.show_message(
                _("This is what you had typed before. It is not saved yet."), Level.INFO
            )

    def _keep(self) -> None:
        page = self._page()
        self._typed.put(page.contents(), page.at)

    def _page(self) -> SetupPage:
        assert self.page is not None
        return self.page

    def _go_to(self, name: str) -> None:
        page = self._page()
        page.show_step(name)
        can_choose = self._first is not None and self._opened is None
        page.back.setVisible(bool(page.neighbour(-1)) or can_choose)
        if name == "key":
            self._show_key()

    def _on_back(self) -> None:
        page = self._page()
        before = page.neighbour(-1)
        if before == "passphrase" and self._opened is not None:
            before = "times"  # the key is locked by now
        if before:
            self._go_to(before)
            return
        if self._typed:
            self._typed.put(page.contents(), CHOICE)
            self._typed.write()
        self._show_choice()

    def _on_next(self) -> None:
        page = self._page()
        if page.at == "key":
            self._found_office()
        elif page.passes(page.at, self._today()):
            following = page.neighbour(1)
            if following == "passphrase" and self._opened is not None:
                following = "key"
            self._go_to(following)
            self._keep()
            self._typed.write()

    def _today(self) -> date:
        if self._opened is not None:
            return day_of(self._opened.services.clock.now())
        assert self._first is not None
        return day_of(self._first.clock.now())

    # --- the database, the key, the office --------------------------------------------------------

    def _show_key(self) -> None:
        """Make the database, unless it is there, and show its recovery key."""
        page, first = self._page(), self._first
        if self._opened is not None:
            page.key.show_key(self._opened.recovery_key)
            page.key.start()
            return
        assert first is not None
        page.key.show_key("")
        page.wait(True)
        progress, secret = self._progress, page.secret()
        self._tasks.submit(
            Lane.COMMANDS,
            lambda: first.found(progress, secret),
            self._on_made,
            self._on_failed,
            self,
        )

    def _on_made(self, opened: Opened) -> None:
        self._opened = opened
        self.made.emit(opened)
        page = self._page()
        page.wait(False)
        if page.at == "key":
            self._go_to("key")

    def _on_failed(self, error: Exception) -> None:
        """Said where one is; what was typed stays, and the same button tries again."""
        page = self._page()
        page.wait(False)
        if page.at == "key" and self._opened is None:
            self._go_to(page.neighbour(-1))
        page.message.show_message(self._text_of(error), Level.ERROR)

    def _save_sheet(self, file: str) -> None:
        page = self._page()
        sheet = KeySheet(
            key=page.key.key,
            office=page.office.form.content()["name"].strip(),
            place=str(self._first.place) if self._first is not None else "",
            day=formats.date_short(self._today()),
        )

        def saved(_answer: None) -> None:
            page.key.message.show_message(
                _("Saved: {file}. Print it, and delete the file.").format(file=Path(file).name),
                Level.OK,
            )

        def failed(error: Exception) -> None:
            if isinstance(error, OSError):
                text = _("The file cannot be written. Choose another folder.")
            else:
                text = self._text_of(error)
            page.key.message.show_message(text, Level.ERROR)

        self._tasks.submit(Lane.PDF, lambda: write_sheet(sheet, Path(file)), saved, failed, page)

    def _found_office(self) -> None:
        """Everything in one step, and then into the office."""
        page, opened, today = self._page(), self._opened, self._today()
        assert opened is not None
        if not all(page.passes(name, today) for name in ("office", "person", "times")):
            return
        records = page.read(today, os_user=opened.os_user)
        actor = Actor(staff_id=records.member.id, office_id=records.office.id)
        page.wait(True)

        def found() -> Founded:
            opened.services.execute(SaveMasterData(records=records.all()), actor)
            with opened.services.view(actor.staff_id) as view:
                return office_book(view), actor

        self._tasks.submit(Lane.COMMANDS, found, self._on_founded, self._on_failed, self)

    def _on_founded(self, answer: Founded) -> None:
        self._typed.forget()
        self.founded.emit(*answer)
