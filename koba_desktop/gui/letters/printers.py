"""The choice among the printers of this PC."""

from collections.abc import Sequence

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from koba_desktop.gui.desk import Desk
from koba_desktop.i18n import _


class PrinterChoice(QComboBox):
    """Empty until ``search`` is answered. Remembers under ``setting`` which was chosen last."""

    found = Signal(bool)  # the system has answered: whether there is any

    def __init__(self, desk: Desk, setting: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._setting = setting
        self.setAccessibleName(_("Printer"))
        self.setPlaceholderText(_("No printer found"))
        self.textActivated.connect(lambda name: QSettings().setValue(setting, name))

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
        chosen = str(QSettings().value(self._setting, ""))
        if names:
            self.setCurrentText(chosen if chosen in names else names[0])
        self.setEnabled(bool(names))
        self.found.emit(bool(names))
