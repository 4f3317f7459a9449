"""The choice among the printers of this PC for one kind of paper."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from koba_desktop.gui.desk import Desk
from koba_desktop.gui.printing.settings import Printed, remember, settings_for
from koba_desktop.i18n import _
from koba_desktop.services.ports import PrintSettings


class PrinterChoice(QComboBox):
    """Empty until ``search`` is answered. Shows where ``paper`` is printed, and remembers it where
    somebody chooses another printer."""

    found = Signal(bool)  # the system has answered: whether there is any

    def __init__(self, desk: Desk, paper: Printed, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._paper = paper
        self.setAccessibleName(_("Printer"))
        self.setPlaceholderText(_("No printer found"))
        self.textActivated.connect(lambda _name: self.keep())

    def chosen(self) -> tuple[str, PrintSettings]:
        """The printer ("" where there is none) and how to print there. Trays and sides are those
        of the printer they were chosen for."""
        remembered, settings = settings_for(self._paper)
        printer = self.currentText()
        return printer, settings if printer == remembered else PrintSettings()

    def keep(self) -> None:
        """From now on the paper is printed there, if that is another printer than so far."""
        printer, settings = self.chosen()
        if printer and printer != settings_for(self._paper)[0]:
            remember(self._paper, printer, settings)

    def search(self) -> None:
        """Ask the system for its printers, also again."""
        self._desk.make(
            lambda: self._desk.printers.names(),
            self._show,
            owner=self,
            key="printers",
            failed=lambda _error: self._show([]),
        )

    def _show(self, names: Sequence[str]) -> None:
        self.clear()
        self.addItems(list(names))
        printer, _settings = settings_for(self._paper)
        if names:
            self.setCurrentText(printer if printer in names else names[0])
        self.setEnabled(bool(names))
        self.found.emit(bool(names))
