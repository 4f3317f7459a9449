"""The plans on the doors, printed or saved as a PDF: of today, or of the next working day."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFormLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters.paper_dialog import PaperDialog
from koba_desktop.gui.letters.print_settings import Paper
from koba_desktop.gui.widgets import Heading, SecondText
from koba_desktop.i18n import _, formats
from koba_desktop.services.rooms.door_plan import DoorPlan, door_plan

_FRIDAY = 5


def next_working_day(day: date) -> date:
    """The next Monday to Friday."""
    after = day + timedelta(days=1)
    while after.isoweekday() > _FRIDAY:
        after += timedelta(days=1)
    return after


class DoorPlansDialog(PaperDialog):
    """Which day, and where to. It closes once the plans are on paper or in a file."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Door plans"), Paper.DOOR_PLAN, parent)
        today = desk.today()
        days = (
            (_("To&day, {day}"), today),
            (_("&Next working day, {day}"), next_working_day(today)),
        )
        self._group = QButtonGroup(self)
        self._days: list[date] = []
        choices = QVBoxLayout()
        for text, day in days:
            choice = QRadioButton(text.format(day=formats.weekday_date(day)), self)
            self._group.addButton(choice, len(self._days))
            self._days.append(day)
            choices.addWidget(choice)
        self._group.button(0).setChecked(True)
        self._make_printer()
        form = QFormLayout()
        form.addRow(_("P&rinter"), self.printer)
        buttons = self._make_buttons()
        self.print.setEnabled(False)  # until there is a printer
        self.printer.found.connect(self.print.setEnabled)
        note = SecondText(_("Times, rooms and numbers; no name."), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        layout.addWidget(Heading(_("Door plans"), 1, self))
        layout.addWidget(note)
        layout.addLayout(choices)
        layout.addLayout(form)
        layout.addWidget(self.message)
        layout.addLayout(buttons)
        self.printer.search()

    @property
    def day(self) -> date:
        return self._days[self._group.checkedId()]

    # --- making -----------------------------------------------------------------------------------

    def save_title(self) -> str:
        return _("Save the door plans as PDF")

    def printed_text(self) -> str:
        return _("Door plans of {day} printed.").format(day=self._named())

    def file_name(self) -> str:
        """ "tuerplan-halberstadt-2021-04-13.pdf"."""
        return self._office_file("tuerplan", self.day.isoformat())

    def _named(self) -> str:
        return formats.weekday_date(self.day)

    def _produce(self, take: Callable[[bytes], None]) -> None:
        """Read the plan, then render it, both off this thread."""
        self.message.clear()
        self._enable(False)
        office_id, day, now = self._desk.actor.office_id, self.day, self._desk.now()

        def render(plan: DoorPlan) -> None:
            self._desk.make(
                lambda: self._desk.door_plans.render(plan, now),
                take,
                owner=self,
                failed=self._failed,
            )

        self._desk.ask(
            lambda view: door_plan(view, office_id, day), render, owner=self, failed=self._failed
        )

    def _ready(self) -> None:
        self._enable(True)

    def _enable(self, on: bool) -> None:
        self.save.setEnabled(on)
        self.print.setEnabled(on and self.printer.count() > 0)


def open_door_plans(desk: Desk, parent: QWidget) -> DoorPlansDialog:
    dialog = DoorPlansDialog(desk, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
