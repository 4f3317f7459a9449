"""The envelope's window as the letter will fill it."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from koba_desktop.gui import theme
from koba_desktop.i18n import _

LINES = 6
"""Lines of the address zone of DIN 5008, form B."""


class AddressPreview(QWidget):
    """Return line and address on white paper, as they will be seen through the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.return_line = ""
        self.lines: tuple[str, ...] = ()
        self.problem = ""
        self.setAccessibleName(_("Address in the envelope window"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.watcher().changed.connect(self.update)

    def show_address(self, return_line: str, lines: tuple[str, ...], problem: str) -> None:
        self.return_line, self.lines, self.problem = return_line, lines, problem
        self.setAccessibleDescription(", ".join((*lines, problem)))
        self.update()

    def _line_height(self) -> int:
        return QFontMetrics(theme.font()).height()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(280), (LINES + 3) * self._line_height() + 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        step = self._line_height()
        window = QRect(0, 0, self.width() - 1, (LINES + 1) * step + 12)
        painter.setPen(QPen(t.edge, 1))
        painter.setBrush(t.base)
        painter.drawRoundedRect(window, 4, 4)
        inner = window.adjusted(10, 4, -10, -4)
        font = theme.font()
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(t.text2)
        above = QRect(inner.left(), inner.top(), inner.width(), step)
        painter.drawText(above, Qt.AlignmentFlag.AlignVCenter, self._short(metrics, above))
        width = min(metrics.horizontalAdvance(self.return_line), above.width())
        painter.drawLine(above.left(), above.bottom(), above.left() + width, above.bottom())
        painter.setPen(t.text)
        for number, line in enumerate(self.lines[: LINES + 1]):
            place = QRect(inner.left(), above.bottom() + 4 + number * step, inner.width(), step)
            painter.setPen(t.text if number < LINES else t.emergency_edge)
            shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
        if self.problem:
            below = QRect(0, window.bottom() + 4, self.width(), 2 * step)
            icon = theme.px(14)
            sign = QRectF(below.left(), below.top() + 1, icon, icon)
            theme.draw_icon(painter, "warning", sign, t.warning)
            below.setLeft(icon + 6)
            painter.setPen(t.warning)
            painter.drawText(below, Qt.TextFlag.TextWordWrap, self.problem)

    def _short(self, metrics: QFontMetrics, place: QRect) -> str:
        return metrics.elidedText(self.return_line, Qt.TextElideMode.ElideRight, place.width())
