"""The call list, looked at, printed or saved: the worklist of today for the pen."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QWidget

from koba_desktop.gui.desk import Desk
from koba_desktop.gui.printing.settings import Printout
from koba_desktop.gui.printing.sheets_dialog import SheetsDialog, taken_at
from koba_desktop.gui.printing.whose import WhoseChoice
from koba_desktop.i18n import _, formats
from koba_desktop.services.audit.papers import call_list_note
from koba_desktop.services.commands import NotePaper
from koba_desktop.services.contacts.call_list import CallList, call_list

if TYPE_CHECKING:
    from koba_desktop.services.view import View


class CallListDialog(SheetsDialog):
    """Whose; of whoever sits at the desk unless somebody else is chosen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Call list"), Printout.CALL_LIST, parent)
        self.whose = WhoseChoice(desk, desk.today(), self)
        self.whose.currentIndexChanged.connect(lambda _row: self.remake())
        form = QFormLayout()
        form.addRow(_("&Whose"), self.whose)
        self._assemble(
            _(
                "Whom to call today, what was tried so far, and boxes to tick what came of it. It "
                "names clients: do not leave it about, and shred it once the calls are recorded."
            ),
            form,
        )

    @property
    def _advisor_id(self) -> UUID:
        return self.whose.advisor_id or self._desk.actor.staff_id

    def _query(self) -> "Callable[[View], CallList]":
        office_id, as_of = self._desk.actor.office_id, taken_at(self._desk.services)
        advisor_id = self._advisor_id
        return lambda view: call_list(view, office_id, advisor_id, taken_at=as_of)

    def _rendering(self, content: CallList) -> Callable[[], bytes]:
        return lambda: self._desk.papers.call_list(content)

    def note_of(self, content: CallList, *, printed: bool) -> NotePaper:
        return call_list_note(content, self._advisor_id, printed=printed)

    def _as_of(self, content: CallList) -> datetime:
        return content.as_of

    def _names(self, content: CallList) -> Iterator[tuple[datetime, str]]:
        return ((entry.at, entry.name) for entry in content.entries)

    def save_title(self) -> str:
        return _("Save the call list as PDF")

    def printed_text(self) -> str:
        return _("Call list of {day} printed.").format(day=formats.weekday_date(self._desk.today()))

    def file_name(self) -> str:
        """ "anrufliste-berger-halberstadt-2021-04-13.pdf"."""
        today = self._desk.today().isoformat()
        return self._office_file(f"anrufliste{self.whose.file_part}", today)


def open_call_list(desk: Desk, parent: QWidget) -> CallListDialog:
    dialog = CallListDialog(desk, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
