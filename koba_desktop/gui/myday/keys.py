"""Buttons that show the key that presses them, and lines that keep theirs."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QWidget

from koba_desktop.gui import theme
from koba_desktop.i18n import _

_CENTRE = Qt.AlignmentFlag.AlignCenter


class EntryLine(QLineEdit):
    """A line that keeps its Enter to itself: in a field it must never dial."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


def cap_width(text: str) -> int:
    metrics = QFontMetrics(theme.font())
    return max(metrics.horizontalAdvance(text) + 10, metrics.height())


def paint_cap(painter: QPainter, rect: QRect, text: str, color: QColor, ground: QColor) -> None:
    """A key cap with its letter or word."""
    painter.setPen(QPen(color, 1))
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    painter.setFont(theme.font(bold=len(text) == 1))
    painter.drawText(rect, _CENTRE, text)


class CapButton(QPushButton):
    """A button with its key beside the text. Enter presses it; arrows are left to the panel."""

    def __init__(
        self, key: str, text: str, parent: QWidget | None = None, *, primary: bool = False
    ) -> None:
        super().__init__(text, parent)
        self._primary = primary
        self.key = key
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription(_("Key {key}").format(key=key))
        theme.watcher().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        text = QFontMetrics(theme.font(bold=self._primary)).horizontalAdvance(self.text())
        return QSize(12 + cap_width(self.key) + 6 + text + 12, theme.px(30))

    def minimumSizeHint(self) -> QSize:
        return QSize(12 + cap_width(self.key) + 6 + theme.px(32), theme.px(30))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (
            *(Qt.Key.Key_Up, Qt.Key.Key_Down),
            *(Qt.Key.Key_Left, Qt.Key.Key_Right),
        ):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, ink = (t.accent, t.on_accent) if self._primary else (t.base, t.text)
        if not self.isEnabled():
            ground, ink = t.window, t.text2
        elif self.isDown():
            ground, ink = t.selection, t.on_selection
        elif self.underMouse() and not self._primary:
            ground = t.alternate
        _paint_frame(painter, self.rect(), ground, self.hasFocus(), self._primary)
        height = QFontMetrics(theme.font()).height() + 2
        middle = self.rect().center().y() + 1
        cap = QRect(12, middle - height // 2, cap_width(self.key), height)
        paint_cap(painter, cap, self.key, ink if self._primary else t.text2, ground)
        font = theme.font(bold=self._primary)
        room = QRect(cap.right() + 7, 0, self.width() - cap.right() - 7 - 8, self.height())
        painter.setFont(font)
        painter.setPen(ink)
        short = QFontMetrics(font).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, short)


class OutcomeButton(CapButton):
    """A tall button: the key above, the word below; a tick once it was the outcome."""

    def __init__(self, key: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(key, text, parent)
        self.setCheckable(True)
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        text = QFontMetrics(theme.font()).horizontalAdvance(self.text())
        return QSize(max(text + 20, theme.px(72)), theme.px(46))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(44), theme.px(46))

    def nextCheckState(self) -> None:
        """Being pressed does not check it: what was recorded does."""

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        ground = t.selection if chosen or self.isDown() else t.base
        ink = t.on_selection if chosen else t.text if self.isEnabled() else t.text2
        _paint_frame(painter, self.rect(), ground, self.hasFocus() or chosen, False)
        metrics = QFontMetrics(theme.font())
        height = metrics.height()
        width = cap_width(self.key)
        cap = QRect((self.width() - width) // 2, 5, width, height)
        if chosen:
            cap.moveLeft(cap.left() - 10)
            size = theme.px(14)
            tick = QRectF(cap.right() + 6, cap.center().y() - size / 2 + 1, size, size)
            theme.draw_icon(painter, "tick", tick, ink)
        paint_cap(painter, cap, self.key, ink, t.base)
        painter.setFont(theme.font())
        painter.setPen(ink)
        room = QRect(3, cap.bottom() + 1, self.width() - 6, self.height() - cap.bottom() - 4)
        short = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _CENTRE, short)


def _paint_frame(
    painter: QPainter, rect: QRect, ground: QColor, ringed: bool, primary: bool
) -> None:
    t = theme.tokens()
    box = QRectF(rect)
    painter.setBrush(ground)
    if ringed and primary:
        painter.setPen(QPen(t.accent, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), 2, 2)
    elif ringed:
        painter.setPen(QPen(t.accent, 2))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3)
    else:
        painter.setPen(QPen(t.accent if primary else t.edge, 1))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
