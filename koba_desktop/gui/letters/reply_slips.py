"""Reply slips, looked at, printed or saved: of an appointment, or blank ones to lay out."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QWidget

from koba_desktop.gui.desk import Desk
from koba_desktop.gui.printing.settings import Printout
from koba_desktop.gui.printing.sheets_dialog import SheetsDialog
from koba_desktop.i18n import _, formats
from koba_desktop.services.audit.papers import reply_slips_note
from koba_desktop.services.commands import NotePaper
from koba_desktop.services.letters.reply_slips import BlankSlips, blank_slips, slip_called
from koba_desktop.services.ports import LetterSource

if TYPE_CHECKING:
    from koba_desktop.services.view import View

Slips = BlankSlips | Sequence[LetterSource]


class ReplySlipsDialog(SheetsDialog):
    """``reference``: of the appointment they are wanted for, "" for blank ones. A code scanned into
    the field shows its slip."""

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, reference: str = "") -> None:
        super().__init__(desk, _("Reply slips"), Printout.REPLY_SLIPS, parent)
        self.blank = QRadioButton(_("&Blank, three on a sheet"), self)
        self.chosen = QRadioButton(_("Of the &appointment with the reference"), self)
        self._which = QButtonGroup(self)
        for choice in (self.blank, self.chosen):
            self._which.addButton(choice)
        self.reference = QLineEdit(formats.reference(reference), self)
        self.reference.setAccessibleName(_("Reference of the appointment"))
        self.reference.setPlaceholderText(_("Reference from the letter"))
        self._shown = ""
        (self.chosen if reference else self.blank).setChecked(True)
        self.reference.setEnabled(bool(reference))
        self._which.buttonToggled.connect(lambda _button, on: self._on_which() if on else None)
        self.reference.editingFinished.connect(self._on_reference)
        field = QHBoxLayout()
        field.setContentsMargins(22, 0, 0, 0)
        field.addWidget(self.reference)
        self._assemble(
            _(
                "Slips to be sent back in an envelope DL: blank ones for the entrance, or once "
                "more the one of an appointment, with its reference and code."
            ),
            self.blank,
            self.chosen,
            field,
        )
        (self.reference if reference else self.blank).setFocus()

    def _on_which(self) -> None:
        self.reference.setEnabled(self.chosen.isChecked())
        if self.chosen.isChecked():
            self.reference.setFocus()
        self.remake()

    def _on_reference(self) -> None:
        if self.chosen.isChecked() and self.reference.text() != self._shown:
            self.remake()

    def remake(self) -> None:
        self._shown = self.reference.text()
        if self.chosen.isChecked() and not self._shown.strip():
            self._show_nothing(_("Scan the code of the letter, or type its reference."))
        else:
            super().remake()

    def _query(self) -> "Callable[[View], Slips]":
        office_id = self._desk.actor.office_id
        if self.blank.isChecked():
            return lambda view: blank_slips(view, office_id)
        reference = self._shown
        return lambda view: slip_called(view, reference)

    def _rendering(self, content: Slips) -> Callable[[], bytes]:
        papers = self._desk.papers
        if isinstance(content, BlankSlips):
            return lambda: papers.blank_slips(content)
        return lambda: papers.reply_slips(content)

    def note_of(self, content: Slips, *, printed: bool) -> NotePaper | None:
        if isinstance(content, BlankSlips):
            return None
        office_id = self._desk.actor.office_id
        return reply_slips_note(content, office_id, None, None, printed=printed)

    def save_title(self) -> str:
        return _("Save the reply slips as PDF")

    def printed_text(self) -> str:
        return _("Reply slips printed.")

    def file_name(self) -> str:
        """ "antwortabschnitte-halberstadt-2021-04-13.pdf"; it names neither client nor
        appointment."""
        return self._office_file("antwortabschnitte", self._desk.today().isoformat())


def open_reply_slips(desk: Desk, parent: QWidget, reference: str = "") -> ReplySlipsDialog:
    """For an appointment, or blank ones."""
    dialog = ReplySlipsDialog(desk, parent, reference=reference)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
