"""The field in the tool bar: typing goes to the list below it, the keys move in that list."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy, QWidget
from shiboken6 import isValid

from koba_desktop.gui import theme
from koba_desktop.gui.widgets import KeyHint
from koba_desktop.i18n import _

NARROWEST, ROOM_FOR_KEY = 90, 220  # px at 96 dpi


class SearchField(QLineEdit):
    """Up, down, Enter and Escape are told as signals while the focus stays here; Escape and what
    is opened lead back to where one came from by ``begin``."""

    moved = Signal(int)
    chosen = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._before: QWidget | None = None
        self.setPlaceholderText(_("Search or command"))
        self.setAccessibleName(_("Search clients, appointments and commands"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        glass = QAction(self)
        theme.bind_icon(glass, "search", "text2")
        self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        keys = QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText)
        self._hint = KeyHint(keys, self)
        self.textChanged.connect(self._on_text)

    def begin(self) -> None:
        """Type here now; what stands here is replaced."""
        focused = QApplication.focusWidget()
        self._before = focused if focused is not self else self._before
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def go_back(self) -> None:
        """To where one was before ``begin``."""
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.clearFocus()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(250), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(NARROWEST), super().minimumSizeHint().height())

    def _on_text(self, _text: str) -> None:
        self._show_hint()

    def _show_hint(self) -> None:
        """The key stands in the field while it is empty and the words before it have room."""
        self._hint.setVisible(not self.text() and self.width() >= theme.px(ROOM_FOR_KEY))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_hint()
        size = self._hint.sizeHint()
        self._hint.setGeometry(
            self.width() - size.width() - 5,
            (self.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 8,
            Qt.Key.Key_PageUp: -8,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self.moved.emit(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        elif key is Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
            if self._before is not None:
                self.go_back()
        else:
            super().keyPressEvent(event)
