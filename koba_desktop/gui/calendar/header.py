"""The head of the columns: the day with its notes and count, or the advisor and what he or she
is doing now."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.calendar.geometry import Geometry
from koba_desktop.gui.icons import draw_icon


@dataclass(frozen=True, slots=True)
class Head:
    """Texts of one column: bold title, quiet word beside it, count at the right, line below."""

    title: str
    beside: str = ""
    right: str = ""
    below: str = ""
    icon: str = ""  # before the line below
    current: bool = False  # today, or the person at this desk


class ColumnHeader(QWidget):
    """Painted above the view with the same columns; its texts are its accessible description."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._geometry: Geometry | None = None
        self.heads: tuple[Head, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.watcher().changed.connect(self.update)

    def show_heads(self, heads: Sequence[Head], geometry: Geometry) -> None:
        self.heads, self._geometry = tuple(heads), geometry
        self.setAccessibleDescription(
            "; ".join(
                ", ".join(t for t in (h.title, h.beside, h.right, h.below) if t) for h in heads
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, 2 * QFontMetrics(theme.font(theme.CARD)).height() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.window)
        painter.setPen(tokens.edge)
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        if self._geometry is None:
            return
        for number, head in enumerate(self.heads):
            column = self._geometry.column_rect(number)
            box = QRect(column.left(), 0, column.width(), self.height())
            painter.setPen(tokens.separator)
            painter.drawLine(box.left(), 0, box.left(), self.height() - 2)
            self._paint_head(painter, box, head)

    def _paint_head(self, painter: QPainter, box: QRect, head: Head) -> None:
        tokens = theme.tokens()
        bold, usual = theme.font(theme.PHONE, bold=True), theme.font()
        left, right = box.left() + 9, box.right() - 8
        line = self.height() // 2
        top = QRect(left, 3, max(0, right - left), line - 2)
        under = QRect(left, line, max(0, right - left), line - 5)
        painter.setFont(bold)
        metrics = painter.fontMetrics()
        painter.setPen(tokens.accent if head.current else tokens.text)
        title = metrics.elidedText(head.title, Qt.TextElideMode.ElideRight, top.width())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft | middle, title)
        at = left + metrics.horizontalAdvance(title) + 6
        painter.setFont(usual)
        metrics = painter.fontMetrics()
        if head.beside and at + metrics.horizontalAdvance(head.beside) <= right:
            painter.setPen(tokens.accent if head.current else tokens.text2)
            painter.drawText(
                QRect(at, top.top(), right - at, top.height()),
                Qt.AlignmentFlag.AlignLeft | middle,
                head.beside,
            )
            at += metrics.horizontalAdvance(head.beside) + 6
        if head.right and at + metrics.horizontalAdvance(head.right) <= right:
            painter.setPen(tokens.text2)
            painter.drawText(top, Qt.AlignmentFlag.AlignRight | middle, head.right)
        painter.setPen(tokens.text2)
        if head.icon:
            size = theme.px(14)
            y = under.top() + (under.height() - size) / 2
            draw_icon(painter, head.icon, QRectF(left, y, size, size), tokens.text2)
            under.setLeft(left + size + 5)
        painter.drawText(
            under,
            Qt.AlignmentFlag.AlignLeft | middle,
            metrics.elidedText(head.below, Qt.TextElideMode.ElideRight, under.width()),
        )
        if head.current:
            painter.fillRect(box.left(), self.height() - 3, box.width(), 3, tokens.accent)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self._geometry.column_at(event.x()) if self._geometry else -1
            if 0 <= number < len(self.heads):
                head = self.heads[number]
                lines = (
                    " ".join(t for t in (head.title, head.beside) if t),
                    head.right,
                    head.below,
                )
                QToolTip.showText(event.globalPos(), "\n".join(t for t in lines if t), self)
            return True
        return super().event(event)
