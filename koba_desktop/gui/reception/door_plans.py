"""The plans on the doors, printed or saved as a PDF: of today, or of the next working day."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain.errors import OfficeError
from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters.dispatch import print_pdf
from koba_desktop.gui.letters.printers import PrinterChoice
from koba_desktop.gui.letters.saving import save_pdf
from koba_desktop.gui.widgets import Heading, InlineMessage, Level, PrimaryButton, SecondText
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.messages import describe
from koba_desktop.services.rooms.door_plan import DoorPlan, door_plan

PRINTER = "reception/printer"
_FRIDAY = 5


def next_working_day(day: date) -> date:
    """The next Monday to Friday."""
    after = day + timedelta(days=1)
    while after.isoweekday() > _FRIDAY:
        after += timedelta(days=1)
    return after


class DoorPlansDialog(QDialog):
    """Which day, and where to. It closes once the plans are on paper or in a file."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(_("Door plans"))
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
        self.printer = PrinterChoice(desk, PRINTER, self)
        self.printer.setMinimumWidth(theme.px(200))
        form = QFormLayout()
        form.addRow(_("P&rinter"), self.printer)
        self.message = InlineMessage(self)
        self.save = QPushButton(_("&Save as PDF…"), self)
        self.save.clicked.connect(self._ask_file)
        self.print = PrimaryButton(_("&Print"), self, "printer")
        self.print.clicked.connect(self._print)
        self.print.setEnabled(False)  # until there is a printer
        self.printer.found.connect(self.print.setEnabled)
        close = QPushButton(_("&Close"), self)
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch()
        for button in (close, self.save, self.print):
            button.setAutoDefault(False)
            buttons.addWidget(button)
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

    def _print(self) -> None:
        printer = self.printer.currentText()
        name = self.file_name().removesuffix(".pdf")
        QSettings().setValue(PRINTER, printer)

        def send(pdf: bytes) -> None:
            print_pdf(self._desk.printers, pdf, printer=printer, title=_("Door plans"), name=name)

        self._make(send, _("Door plans of {day} printed.").format(day=self._named()))

    def _ask_file(self) -> None:
        path, _filter = QFileDialog.getSaveFileName(
            self, _("Save the door plans as PDF"), self.file_name(), _("PDF files (*.pdf)")
        )
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the file whole or not at all."""
        self._make(lambda pdf: save_pdf(path, pdf), _("Saved: {file}").format(file=path.name))

    def file_name(self) -> str:
        """ "tuerplan-halberstadt-2021-04-13.pdf": the plans are German, and so is their name."""
        town = self._desk.office.short_name.casefold().replace(" ", "-")
        return f"tuerplan-{town}-{self.day.isoformat()}.pdf"

    def _named(self) -> str:
        return formats.weekday_date(self.day)

    def _make(self, finish: Callable[[bytes], None], said: str) -> None:
        """Read the plan, then render it and do with it what is wanted, both off this thread."""
        self.message.clear()
        self._enable(False)
        office_id, day, now = self._desk.actor.office_id, self.day, self._desk.now()

        def render(plan: DoorPlan) -> None:
            self._desk.make(
                lambda: finish(self._desk.door_plans.render(plan, now)),
                lambda _answer: self._done(said),
                owner=self,
                failed=self._failed,
            )

        self._desk.ask(
            lambda view: door_plan(view, office_id, day), render, owner=self, failed=self._failed
        )

    def _done(self, said: str) -> None:
        self._desk.message.emit(said, False)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._enable(True)
        if isinstance(error, OfficeError):
            self.message.show_message(describe(error), Level.ERROR)
        else:
            self._desk.problem.emit(error)

    def _enable(self, on: bool) -> None:
        self.save.setEnabled(on)
        self.print.setEnabled(on and self.printer.count() > 0)


def open_door_plans(desk: Desk, parent: QWidget) -> DoorPlansDialog:
    dialog = DoorPlansDialog(desk, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
