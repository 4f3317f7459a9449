"""What can be done with the one letter that is chosen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from koba_desktop.domain.vocabulary import LetterState
from koba_desktop.gui import theme
from koba_desktop.gui.desk import AppointmentRequest, Desk
from koba_desktop.gui.letters import wording
from koba_desktop.gui.letters.answers import AnswerActions
from koba_desktop.gui.letters.copies import Copies
from koba_desktop.gui.letters.found_sheets import FoundSheets
from koba_desktop.gui.letters.problems import Remedy, remedies
from koba_desktop.gui.mnemonics import tidy_menus
from koba_desktop.i18n import _, formats
from koba_desktop.services.clients.card import client_profile
from koba_desktop.services.commands import (
    ClientProfile,
    Command,
    MoveByLetter,
    ResendLetter,
    SaveClient,
    VoidLetter,
)
from koba_desktop.services.execution import Receipt
from koba_desktop.services.letters.answering import can_be_answered
from koba_desktop.services.letters.kinds import PAPER, UNPRINTED
from koba_desktop.services.letters.outbox import OutboxItem
from koba_desktop.services.rows import OutboxRow


class LetterActions(QObject):
    """The letter's actions, its remedies and its context menu."""

    post_requested = Signal(object)  # OutboxRow
    print_requested = Signal(object)  # OutboxItems to print once more
    carried_out = Signal()
    failed = Signal(object)  # Exception

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._window = parent
        self._item: OutboxItem | None = None
        self._client_id: UUID | None = None  # whom somebody looked at last, in any panel
        desk.client_selected.connect(self._on_client_selected)
        self._copies = Copies(desk, self)
        self._copies.failed.connect(self.failed)
        self._copies.done.connect(self.carried_out)
        self._sheets = FoundSheets(desk, self)
        self._sheets.failed.connect(self.failed)
        self._sheets.done.connect(self.carried_out)
        self.new_letter = self._action(_("&New letter…"), "plus", self._on_new_letter)
        self.new_letter.setShortcut(QKeySequence("Ctrl+Shift+B"))
        self.save = self._action(_("Save as P&DF…"), "save", self._on_save)
        self.open_copy = self._action(_("Open the &archive copy"), "eye", self._on_open_copy)
        self.save_copy = self._action(_("Save the archive copy…"), "save", self._on_save_copy)
        self.resend = self._action(_("Send &once more"), "letter", self._on_resend)
        self.discard = self._action(_("&Discard the letter"), "trash", self._on_discard)
        self.discard.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        self.discard.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.open_client = self._action(_("Open the &file"), "pencil", self._on_open_client)
        self.open_appointment = self._action(
            _("Open the &appointment"), "calendar", self._on_open_appointment
        )
        self.reprint = self._action(_("Print &again"), "printer", self._on_reprint)
        self.post = self._action(_("Posted &today"), "mailbox", self._on_post)
        self.slips = self._action(_("Print reply &slips…"), "scissors", self._on_slips)
        self.answers = AnswerActions(desk, parent, self._send)
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
        here = (*UNPRINTED, LetterState.PRINTED)
        self.discard.setEnabled(item is not None and item.row.state in here)
        paper = item is not None and item.row.state in PAPER
        for action in (self.open_copy, self.save_copy, self.resend, self.reprint):
            action.setEnabled(paper)
        self.post.setEnabled(item is not None and item.row.state is LetterState.PRINTED)
        self.answers.show_row(item.row if item is not None else None)

    def remedies(self, item: OutboxItem) -> tuple[Remedy, ...]:
        """What helps a letter that must be clarified, the likeliest first."""
        return tuple(each for each in remedies(self._desk, item, self) if not each.aside)

    def menu(self, parent: QWidget) -> QMenu | None:
        """The context menu of the letter chosen."""
        item = self._item
        if item is None:
            return None
        menu = QMenu(parent)
        for remedy in remedies(self._desk, item, self) if item.problem else ():
            menu.addAction(remedy.label, remedy.act)
        menu.addSeparator()
        if item.row.state is LetterState.PRINTED:
            menu.addAction(self.post)
            menu.addSeparator()
        if can_be_answered(item.row, self._desk.now()):
            menu.addActions(list(self.answers.actions.values()))
            menu.addSeparator()
        if item.row.state in PAPER:
            menu.addActions([self.reprint, self.resend, self.open_copy, self.save_copy])
        else:
            menu.addAction(self.save)
        if item.row.reference:
            menu.addAction(self.slips)
        menu.addActions([self.open_appointment, self.open_client])
        menu.addSeparator()
        menu.addAction(self.discard)
        tidy_menus([menu])
        return menu

    def tell_sheets(self, row: OutboxRow, *, here: bool, all_of_them: bool) -> None:
        """Whether what a run took to a printer came out: this letter, or all of that run."""
        tell = self._sheets.are_here if here else self._sheets.are_not_here
        tell(row, all_of_them=all_of_them)

    def move(self, row: OutboxRow) -> None:
        """The first time that a letter posted next can announce, and the letter that says so."""

        def told(receipt: Receipt) -> None:
            self.carried_out.emit()
            starts = receipt.result.get("starts")
            if starts:
                moment = formats.moment_of(datetime.fromisoformat(str(starts)))
                text = _("{name}: new time {moment}. The new letter lies in the outbox.")
                self._desk.tell_done(receipt, text.format(name=row.recipient, moment=moment))
            made = receipt.result.get("letter_id")
            if made:
                self._desk.letter_requested.emit(UUID(str(made)))

        self._desk.execute(
            MoveByLetter(letter_id=row.id, version=row.version),
            owner=self,
            done=told,
            failed=self.failed.emit,
        )

    def take_postcode(self, row: OutboxRow, postcode: str) -> None:
        """Complete the client's address: letters that wait for it go on by themselves."""

        def save(profile: ClientProfile) -> None:
            if profile.address is not None:
                home = replace(profile.address, postcode=postcode)
                self.execute(SaveClient(profile=replace(profile, address=home)), text)

        text = _("{name}: the address has the postcode {postcode} now.").format(
            name=row.recipient, postcode=postcode
        )
        self._desk.ask(
            lambda view: client_profile(view, row.client_id),
            save,
            owner=self,
            failed=self.failed.emit,
        )

    def execute(self, command: Command, text: str) -> None:
        """Carry out a command about a letter, with its quiet line."""
        self._desk.execute(
            command,
            owner=self,
            done=lambda _receipt: self.carried_out.emit(),
            failed=self.failed.emit,
            message=text,
        )

    def _send(self, command: Command, text: str, then: Callable[[], None]) -> None:
        def done(receipt: Receipt) -> None:
            self.carried_out.emit()
            if receipt.result.get("noted", True):  # else it was a second click
                then()

        self._desk.execute(command, owner=self, done=done, failed=self.failed.emit, message=text)

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
        if self._item is not None:
            self._copies.save_letter(self._item.row.id, path)

    # --- the archive copy -------------------------------------------------------------------------

    def _on_open_copy(self) -> None:
        if self._item is not None:
            self._copies.open(self._item.row.id, wording.file_name(self._item.row))

    def _on_save_copy(self) -> None:
        item = self._item
        if item is None:
            return
        path, _filter = QFileDialog.getSaveFileName(
            self._window,
            _("Save the archive copy"),
            wording.file_name(item.row),
            _("PDF files (*.pdf)"),
        )
        if path:
            self._copies.save(item.row.id, Path(path))

    def _on_slips(self) -> None:
        """Of the appointment the letter is about, else blank ones."""
        from koba_desktop.gui.letters.reply_slips import open_reply_slips

        reference = self._item.row.reference if self._item is not None else ""
        open_reply_slips(self._desk, self._window.window(), reference)

    # --- the others -------------------------------------------------------------------------------

    def _on_new_letter(self) -> None:
        from koba_desktop.gui.letters.new_letter import open_new_letter

        shown = self._item.row.client_id if self._item is not None else None
        open_new_letter(self._desk, self._window.window(), self._client_id or shown)

    def _on_client_selected(self, client_id: UUID | None) -> None:
        self._client_id = client_id

    def _on_post(self) -> None:
        if self._item is not None:
            self.post_requested.emit(self._item.row)

    def _on_reprint(self) -> None:
        if self._item is not None:
            self.print_requested.emit([self._item])

    def _on_resend(self) -> None:
        if self._item is not None:
            row = self._item.row
            self.execute(
                ResendLetter(letter_id=row.id),
                _("Once more in the outbox: {name}").format(name=row.recipient),
            )

    def _on_discard(self) -> None:
        if self._item is not None:
            row = self._item.row
            said = _("Letter discarded: {name}")
            if row.state is LetterState.PRINTED or row.claim is not None:  # of which there may be
                said = _("Letter discarded: {name}. Please shred the paper.")
            self.execute(
                VoidLetter(letter_id=row.id, version=row.version),
                said.format(name=row.recipient),
            )

    def _on_open_client(self) -> None:
        if self._item is not None:
            self._desk.edit_client_requested.emit(self._item.row.client_id)

    def _on_open_appointment(self) -> None:
        if self._item is not None and self._item.row.appointment_id is not None:
            self._desk.edit_appointment_requested.emit(
                AppointmentRequest(appointment_id=self._item.row.appointment_id)
            )
