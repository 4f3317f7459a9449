"""The day list, looked at, printed or saved: of one advisor or of the whole office."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QWidget

from koba_desktop.domain.rights import Right
from koba_desktop.gui.allowed import may
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.printing.settings import Printout
from koba_desktop.gui.printing.sheets_dialog import SheetsDialog, taken_at
from koba_desktop.gui.printing.whose import WhoseChoice
from koba_desktop.gui.widgets.days import DayEdit
from koba_desktop.i18n import _, formats
from koba_desktop.services.audit.papers import day_list_note
from koba_desktop.services.calendar.day_list import DayList, day_list
from koba_desktop.services.commands import NotePaper

if TYPE_CHECKING:
    from koba_desktop.services.view import View


class DayListDialog(SheetsDialog):
    """Which day and whose. Past days are only for who may read social data."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None = None,
        *,
        day: date | None = None,
        advisor_id: UUID | None = None,
    ) -> None:
        super().__init__(desk, _("Day list"), Printout.DAY_LIST, parent)
        today = desk.today()
        self.date = DayEdit(self)
        if not may(desk, Right.READ_SOCIAL_DATA):
            self.date.keep_between(first=today)
        self.date.set_day(day or today)
        self.whose = WhoseChoice(desk, today, self, advisor_id=advisor_id, everybody=True)
        self.date.dateChanged.connect(lambda _day: self.remake())
        self.whose.currentIndexChanged.connect(lambda _row: self.remake())
        form = QFormLayout()
        form.addRow(_("&Day"), self.date)
        form.addRow(_("&Whose"), self.whose)
        self._assemble(
            _(
                "Who comes or is called when, with room to note by hand; no purposes and no "
                "notes. It names clients: do not leave it about, and shred it afterwards."
            ),
            form,
        )

    @property
    def day(self) -> date:
        return self.date.day()

    def _query(self) -> "Callable[[View], DayList]":
        office_id, as_of = self._desk.actor.office_id, taken_at(self._desk.services)
        day, advisor_id = self.day, self.whose.advisor_id
        return lambda view: day_list(view, office_id, day, advisor_id=advisor_id, taken_at=as_of)

    def _rendering(self, content: DayList) -> Callable[[], bytes]:
        return lambda: self._desk.papers.day_list(content)

    def note_of(self, content: DayList, *, printed: bool) -> NotePaper:
        return day_list_note(content, self.whose.advisor_id, printed=printed)

    def _as_of(self, content: DayList) -> datetime:
        return content.as_of

    def _names(self, content: DayList) -> Iterator[tuple[datetime, str]]:
        return ((line.starts, line.name) for line in content.lines)

    def save_title(self) -> str:
        return _("Save the day list as PDF")

    def printed_text(self) -> str:
        return _("Day list of {day} printed.").format(day=formats.weekday_date(self.day))

    def file_name(self) -> str:
        """ "tagesliste-halberstadt-2021-04-13.pdf", of one advisor "tagesliste-berger-…"."""
        return self._office_file(f"tagesliste{self.whose.file_part}", self.day.isoformat())


def open_day_list(
    desk: Desk, parent: QWidget, day: date | None = None, advisor_id: UUID | None = None
) -> DayListDialog:
    """For a day (None: today) and an advisor (None: whoever sits at the desk, or all)."""
    dialog = DayListDialog(desk, parent, day=day, advisor_id=advisor_id)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
