"""The list to go on by hand with, looked at, printed or saved: today and the next working day."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from koba_desktop.gui.desk import Desk
from koba_desktop.gui.printing.settings import Printout
from koba_desktop.gui.printing.sheets_dialog import SheetsDialog, taken_at
from koba_desktop.i18n import _
from koba_desktop.services.audit.papers import emergency_list_note
from koba_desktop.services.commands import NotePaper
from koba_desktop.services.outage.emergency_list import EmergencyList, emergency_list

if TYPE_CHECKING:
    from koba_desktop.services.view import View


class EmergencyListDialog(SheetsDialog):
    """Of the whole office, or of whoever sits at the desk."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Emergency list"), Printout.EMERGENCY_LIST, parent)
        self.everybody = QRadioButton(_("The whole &office"), self)
        self.mine = QRadioButton(_("Only &my appointments and calls"), self)
        self._scope = QButtonGroup(self)
        for choice in (self.everybody, self.mine):
            self._scope.addButton(choice)
        self.everybody.setChecked(True)
        self._scope.buttonToggled.connect(lambda _button, on: self.remake() if on else None)
        self._assemble(
            _(
                "Who comes, who is to be called and which room is used, today and on the next "
                "working day, with room to write by hand. It names clients: lock it away, and "
                "shred it when it is done with."
            ),
            self.everybody,
            self.mine,
        )

    @property
    def _advisor_id(self) -> UUID | None:
        return self._desk.actor.staff_id if self.mine.isChecked() else None

    def _query(self) -> "Callable[[View], EmergencyList]":
        office_id, as_of = self._desk.actor.office_id, taken_at(self._desk.services)
        advisor_id = self._advisor_id
        return lambda view: emergency_list(
            view, office_id=office_id, advisor_id=advisor_id, taken_at=as_of
        )

    def _rendering(self, content: EmergencyList) -> Callable[[], bytes]:
        return lambda: self._desk.emergency_lists.render(content)

    def note_of(self, content: EmergencyList, *, printed: bool) -> NotePaper:
        return emergency_list_note(content, self._advisor_id, printed=printed)

    def _as_of(self, content: EmergencyList) -> datetime:
        return content.as_of

    def _names(self, content: EmergencyList) -> Iterator[tuple[datetime, str]]:
        for office in content.offices:
            for day in office.days:
                yield from ((each.starts, each.name) for each in day.visitors or ())
                for advisor in day.advisors:
                    yield from ((each.starts, each.name) for each in advisor.lines)
            for calls in office.calls or ():
                yield from ((each.due, each.name) for each in calls.lines)

    def save_title(self) -> str:
        return _("Save the emergency list as PDF")

    def printed_text(self) -> str:
        return _("The emergency list is printed.")

    def file_name(self) -> str:
        """ "notfallliste-halberstadt-2021-04-13.pdf"."""
        return self._office_file("notfallliste", self._desk.today().isoformat())


def open_emergency_list(desk: Desk, parent: QWidget) -> EmergencyListDialog:
    dialog = EmergencyListDialog(desk, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
