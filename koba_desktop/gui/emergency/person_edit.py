"""The line a person is typed in: keys that are no part of a name are told as signals."""

from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from koba_desktop.gui import theme
from koba_desktop.i18n import _


class Taker(Protocol):
    """Decides which keys are commands."""

    def takes(self, text: str) -> bool:
        """Whether a character was a command, and carried out."""
        ...

    def shorten(self) -> bool:
        """Whether Backspace took a letter from what was typed, the completion with it."""
        ...


class PersonEdit(QLineEdit):
    """The focus stays here while arrows, Enter, and a digit after a completed name do the rest."""

    stepped = Signal(int)  # arrows
    entered = Signal()
    left = Signal()

    def __init__(self, taker: Taker, parent: QWidget) -> None:
        super().__init__(parent)
        self._taker = taker
        self.setAccessibleName(_("Person"))
        self.setPlaceholderText(_("Name, number or date of birth"))
        icon = QAction(self)
        theme.bind_icon(icon, "person", "text2")
        self.addAction(icon, QLineEdit.ActionPosition.LeadingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if key is Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key is Qt.Key.Key_Escape:
            event.ignore()
        elif not self._taken(key, event.text()):
            super().keyPressEvent(event)

    def _taken(self, key: Qt.Key, text: str) -> bool:
        """Whether the key is a command here, or takes a letter from what was typed."""
        if key is Qt.Key.Key_Backspace:
            return self._taker.shorten()
        return len(text) == 1 and self._taker.takes(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()
