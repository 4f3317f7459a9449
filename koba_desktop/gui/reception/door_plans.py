"""The plans on the doors, printed or saved as a PDF: of today, or of the next working day."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from koba_desktop.domain.postal import next_working_day
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.printing.settings import Printout
from koba_desktop.gui.printing.sheets_dialog import SheetsDialog
from koba_desktop.i18n import _, formats
from koba_desktop.services.rooms.door_plan import DoorPlan, door_plan

if TYPE_CHECKING:
    from koba_desktop.services.view import View


class DoorPlansDialog(SheetsDialog):
    """Which day, and where to. It closes once the plans are on paper or in a file."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Door plans"), Printout.DOOR_PLAN, parent)
        today = desk.today()
        following = next_working_day(today, desk.services.holidays.is_holiday)
        days = (
            (_("To&day, {day}"), today),
            (_("&Next working day, {day}"), following),
        )
        self._group = QButtonGroup(self)
        self._days: list[date] = []
        for text, day in days:
            choice = QRadioButton(text.format(day=formats.weekday_date(day)), self)
            self._group.addButton(choice, len(self._days))
            self._days.append(day)
        self._group.button(0).setChecked(True)
        self._group.buttonToggled.connect(lambda _button, on: self.remake() if on else None)
        self._assemble(
            _(
                "An overview for the entrance and a sheet for each door: times, rooms and "
                "numbers; no name."
            ),
            *self._group.buttons(),
        )

    @property
    def day(self) -> date:
        return self._days[self._group.checkedId()]

    def _query(self) -> "Callable[[View], DoorPlan]":
        office_id, day = self._desk.actor.office_id, self.day
        return lambda view: door_plan(view, office_id, day)

    def _rendering(self, content: DoorPlan) -> Callable[[], bytes]:
        now = self._desk.now()
        return lambda: self._desk.door_plans.render(content, now)

    def note_of(self, content: DoorPlan, *, printed: bool) -> None:
        """Nothing: numbers stand there instead of names, for everybody who passes."""

    def save_title(self) -> str:
        return _("Save the door plans as PDF")

    def printed_text(self) -> str:
        day = formats.weekday_date(self.day)
        return _("Door plans of {day} printed.").format(day=day)

    def file_name(self) -> str:
        """ "tuerplan-halberstadt-2021-04-13.pdf"."""
        return self._office_file("tuerplan", self.day.isoformat())


def open_door_plans(desk: Desk, parent: QWidget) -> DoorPlansDialog:
    dialog = DoorPlansDialog(desk, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
