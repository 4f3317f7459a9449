"""Reply slips, looked at, printed or saved: of an appointment, of a day, or blank ones."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.printing.settings import Printout
from koba_desktop.gui.printing.sheets_dialog import SheetsDialog
from koba_desktop.gui.printing.whose import WhoseChoice
from koba_desktop.gui.widgets.days import DayEdit
from koba_desktop.i18n import _, formats
from koba_desktop.services.audit.papers import reply_slips_note
from koba_desktop.services.commands import NotePaper
from koba_desktop.services.letters.reply_slips import (
    BlankSlips,
    blank_slips,
    slip_called,
    slips_of_day,
)
from koba_desktop.services.ports import LetterSource

if TYPE_CHECKING:
    from koba_desktop.services.view import View

Slips = BlankSlips | Sequence[LetterSource]


class ReplySlipsDialog(SheetsDialog):
    """``reference``: of the appointment they are wanted for; else ``day``: of whose appointments,
    ``advisor_id`` of one advisor's; without either blank ones. A code scanned into the field shows
    its slip."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None = None,
        *,
        reference: str = "",
        day: date | None = None,
        advisor_id: UUID | None = None,
    ) -> None:
        super().__init__(desk, _("Reply slips"), Printout.REPLY_SLIPS, parent)
        self.blank = QRadioButton(_("&Blank, three on a sheet"), self)
        self.chosen = QRadioButton(_("Of the &appointment with the reference"), self)
        self.reference = QLineEdit(formats.reference(reference), self)
        self.reference.setAccessibleName(_("Reference of the appointment"))
        self.reference.setPlaceholderText(_("Reference from the letter"))
        self.of_day = QRadioButton(_("Of all appointments of a &day"), self)
        self.date = DayEdit(self)
        self.date.setAccessibleName(_("Day of the appointments"))
        self.date.keep_between(first=desk.today())  # what is over needs no answer
        self.date.set_day(max(day or desk.today(), desk.today()))
        self.whose = WhoseChoice(desk, desk.today(), self, advisor_id=advisor_id, everybody=True)
        self.whose.setAccessibleName(_("Whose appointments"))
        self._which = QButtonGroup(self)
        for choice in (self.blank, self.chosen, self.of_day):
            self._which.addButton(choice)
        first = self.chosen if reference else self.of_day if day is not None else self.blank
        first.setChecked(True)
        self._shown = ""
        self._follow()
        self._which.buttonToggled.connect(lambda _button, on: self._on_which() if on else None)
        self.reference.editingFinished.connect(self._on_reference)
        self.date.dateChanged.connect(lambda _day: self.remake())
        self.whose.currentIndexChanged.connect(lambda _row: self.remake())
        self._assemble(
            _(
                "Slips to be sent back in an envelope DL: blank ones for the entrance, or once "
                "more those of appointments, with reference and code. These name clients: do not "
                "leave them about."
            ),
            self.blank,
            self.chosen,
            _indented(self.reference),
            self.of_day,
            _indented(self.date, self.whose),
        )
        (self.reference if reference else first).setFocus()

    @property
    def day(self) -> date:
        return self.date.day()

    def _follow(self) -> None:
        """Only the fields of what is chosen can be filled in."""
        self.reference.setEnabled(self.chosen.isChecked())
        for field in (self.date, self.whose):
            field.setEnabled(self.of_day.isChecked())

    def _on_which(self) -> None:
        self._follow()
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
        if self.of_day.isChecked():
            day, advisor_id = self.day, self.whose.advisor_id
            return lambda view: slips_of_day(view, office_id, day, advisor_id)
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
        of_day = self.of_day.isChecked()
        return reply_slips_note(
            content,
            self._desk.actor.office_id,
            self.day if of_day else None,
            self.whose.advisor_id if of_day else None,
            printed=printed,
        )

    def save_title(self) -> str:
        return _("Save the reply slips as PDF")

    def printed_text(self) -> str:
        return _("Reply slips printed.")

    def file_name(self) -> str:
        """ "antwortabschnitte-halberstadt-2021-04-13.pdf"; it names neither client nor
        appointment."""
        day = self.day if self.of_day.isChecked() else self._desk.today()
        return self._office_file("antwortabschnitte", day.isoformat())


def open_reply_slips(
    desk: Desk,
    parent: QWidget,
    reference: str = "",
    *,
    day: date | None = None,
    advisor_id: UUID | None = None,
) -> ReplySlipsDialog:
    """For an appointment, for those of a day (of one advisor's), or blank ones."""
    dialog = ReplySlipsDialog(desk, parent, reference=reference, day=day, advisor_id=advisor_id)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def _indented(*fields: QWidget) -> QHBoxLayout:
    """Below the choice they belong to."""
    layout = QHBoxLayout()
    layout.setContentsMargins(theme.px(22), 0, 0, 0)
    for field in fields:
        layout.addWidget(field)
    return layout
