"""Dialogs whose input waits among the drafts when they are closed."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QWidget

from koba_desktop.gui.drafts import DraftKeeper


class KeptDialog(QDialog):
    """Not modal. ``keeper`` is there once the form is filled; Esc closes like the cross."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.keeper: DraftKeeper | None = None

    def discard(self) -> None:
        """Nothing typed is to be kept any more."""
        if self.keeper is not None:
            self.keeper.discard()
            self.keeper = None
        self.close()

    def reject(self) -> None:
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.keeper is not None:
            self.keeper.keep()
        event.accept()
