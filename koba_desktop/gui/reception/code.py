"""The visitor's number in large type, to be held up to somebody behind the screen."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from koba_desktop.gui import theme
from koba_desktop.i18n import _

_SHARE = 3  # the number is a third of the panel high
_SMALLEST = 96


class CodeOverlay(QWidget):
    """Covers the panel with a number and where to go: no name, nothing else. Any key or click
    puts it away."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("code")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.code = ""
        self.place = ""
        parent.installEventFilter(self)
        theme.watcher().changed.connect(self.update)
        self.hide()

    def show_code(self, code: str, place: str) -> None:
        self.code, self.place = code, place
        number = _("Number {code}").format(code=code)
        self.setAccessibleName(f"{number}, {place}" if place else number)
        self._fill()
        self.show()
        self.raise_()
        self.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._fill()
        return False

    def _fill(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._put_away()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._put_away()

    def _put_away(self) -> None:
        self.hide()
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), t.base)
        painter.setPen(t.accent)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        font = theme.font(bold=True)
        font.setPixelSize(max(theme.px(_SMALLEST), self.height() // _SHARE))
        painter.setFont(font)
        painter.setPen(t.text)
        middle = QRect(0, 0, self.width(), self.height() * 2 // 3)
        painter.drawText(middle, Qt.AlignmentFlag.AlignCenter, self.code)
        font.setPixelSize(max(theme.px(theme.TIMER), self.height() // 12))
        painter.setFont(font)
        below = QRect(0, middle.bottom(), self.width(), self.height() // 5)
        painter.setPen(t.accent)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.place)
        painter.setFont(theme.font())
        painter.setPen(t.text2)
        foot = self.rect().adjusted(0, 0, 0, -theme.px(16))
        where = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        painter.drawText(foot, where, _("Esc closes"))
