"""What can be done with the one letter that is chosen."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from koba_desktop.domain.vocabulary import LetterState
from koba_desktop.gui import theme
from koba_desktop.gui.desk import AppointmentRequest, Desk
from koba_desktop.gui.letters import wording
from koba_desktop.gui.letters.dispatch import finished_pdf
from koba_desktop.gui.letters.problems import Remedy, remedies
from koba_desktop.gui.letters.saving import save_pdf
from koba_desktop.i18n import _
from koba_desktop.services.commands import Command, VoidLetter
from koba_desktop.services.letters.outbox import LetterView, OutboxItem, letter_views


class LetterActions(QObject):
    """The letter's actions, its remedies and its context menu."""

    post_requested = Signal(object)  # UUID of a letter
    print_requested = Signal(object)  # UUID of a letter
    carried_out = Signal()
    failed = Signal(object)  # Exception

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._window = parent
        self._item: OutboxItem | None = None
        self.save = self._action(_("Save as P&DF…"), "save", self._on_save)
        self.discard = self._action(_("&Discard the letter"), "trash", self._on_discard)
        self.discard.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        self.discard.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.open_client = self._action(_("Open the &file"), "pencil", self._on_open_client)
        self.open_appointment = self._action(
            _("Open the &appointment"), "calendar", self._on_open_appointment
        )
        self.reprint = self._action(
            _("Print &again"), "printer", lambda: self._emit(self.print_requested.emit)
        )
        self.post = self._action(
            _("Posted &today"), "mailbox", lambda: self._emit(self.post_requested.emit)
        )
        self.show_item(None)

    def _action(self, text: str, icon: str, act: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        theme.bind_icon(action, icon)
        action.triggered.connect(lambda: act())
        return action

    def show_item(self, item: OutboxItem | None) -> None:
        """The letter the actions are about."""
        self._item = item
        self.save.setEnabled(item is not None)
        self.open_client.setEnabled(item is not None)
        self.open_appointment.setEnabled(item is not None and item.row.appointment_id is not None)
        unprinted = item is not None and item.row.state in (LetterState.PENDING, LetterState.HELD)
        self.discard.setEnabled(unprinted)

    def remedies(self, item: OutboxItem) -> tuple[Remedy, ...]:
        """What helps a letter that must be clarified, the likeliest first."""
        return remedies(self._desk, item, self.execute)

    def menu(self, parent: QWidget) -> QMenu | None:
        """The context menu of the letter chosen."""
        item = self._item
        if item is None:
            return None
        menu = QMenu(parent)
        for remedy in self.remedies(item) if item.problem else ():
            menu.addAction(remedy.label, remedy.act)
        menu.addSeparator()
        if item.row.state is LetterState.PRINTED:
            menu.addActions([self.post, self.reprint])
        elif item.row.state is LetterState.POSTED:
            menu.addAction(self.reprint)
        menu.addActions([self.save, self.open_appointment, self.open_client])
        menu.addSeparator()
        menu.addAction(self.discard)
        return menu

    def execute(self, command: Command, text: str) -> None:
        """Carry out a command about a letter, with its quiet line."""
        self._desk.execute(
            command,
            owner=self,
            done=lambda _receipt: self.carried_out.emit(),
            failed=self.failed.emit,
            message=text,
        )

    # --- saving -----------------------------------------------------------------------------------

    def _on_save(self) -> None:
        if self._item is None:
            return
        path, _filter = QFileDialog.getSaveFileName(
            self._window,
            _("Save the letter as PDF"),
            wording.file_name(self._item.row),
            _("PDF files (*.pdf)"),
        )
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Save the letter chosen; nothing is half written."""
        if self._item is None:
            return
        letter_id: UUID = self._item.row.id

        def write(views: tuple[LetterView, ...]) -> None:
            self._desk.make(
                lambda: save_pdf(path, finished_pdf(self._desk.renderer, views[0])),
                lambda _done: self._desk.message.emit(
                    _("Saved: {file}").format(file=path.name), False
                ),
                owner=self,
                failed=self.failed.emit,
            )

        self._desk.ask(
            lambda view: letter_views(view, (letter_id,)),
            write,
            owner=self,
            failed=self.failed.emit,
        )

    # --- the others -------------------------------------------------------------------------------

    def _emit(self, emit: Callable[[UUID], None]) -> None:
        if self._item is not None:
            emit(self._item.row.id)

    def _on_discard(self) -> None:
        if self._item is not None:
            row = self._item.row
            self.execute(
                VoidLetter(letter_id=row.id, version=row.version),
                _("Letter discarded: {name}").format(name=row.recipient),
            )

    def _on_open_client(self) -> None:
        if self._item is not None:
            self._desk.edit_client_requested.emit(self._item.row.client_id)

    def _on_open_appointment(self) -> None:
        if self._item is not None and self._item.row.appointment_id is not None:
            self._desk.edit_appointment_requested.emit(
                AppointmentRequest(appointment_id=self._item.row.appointment_id)
            )
