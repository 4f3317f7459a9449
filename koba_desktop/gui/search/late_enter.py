"""A scanner ends what it reads with Enter. Where the answer is faster, that Enter comes late."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

WAIT_MS = 300
"""A scanner types its Enter a few milliseconds after the last character; nobody who has just seen
something open presses a key that fast."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LateEnter(QObject):
    """Swallows one Enter, wherever the keyboard is by then: it would press a button there."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self._end)

    def expect(self) -> None:
        """The scanner's Enter has not come yet."""
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
            self._timer.start()

    @property
    def expected(self) -> bool:
        return self._timer.isActive()

    def _end(self) -> None:
        self._timer.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        if not isinstance(event, QKeyEvent) or event.key() not in _ENTER:
            return False
        event.accept()  # of an override: it is no shortcut, but comes as a key
        if kind is QEvent.Type.KeyPress:
            self._end()
        return True
