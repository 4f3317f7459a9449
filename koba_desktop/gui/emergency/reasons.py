"""Why it cannot wait: a category by its digit, never free text of social data."""

from functools import partial

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from koba_desktop.domain.vocabulary import UrgencyCategory
from koba_desktop.gui import theme
from koba_desktop.gui.emergency.wording import short_category
from koba_desktop.gui.myday.keys import cap_width, paint_cap
from koba_desktop.gui.widgets.flow import FlowLayout
from koba_desktop.i18n import _
from koba_desktop.i18n.words import word


class ReasonChip(QAbstractButton):
    """The digit, the word, and a tick once chosen. Space chooses; Enter is left to the desk."""

    def __init__(self, digit: int, category: UrgencyCategory, parent: QWidget) -> None:
        super().__init__(parent)
        self._digit = str(digit)
        self.setText(short_category(category))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip(word(category))
        self.setAccessibleName(word(category))
        self.setAccessibleDescription(_("Key {key}").format(key=digit))
        theme.watcher().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        text = QFontMetrics(theme.font()).horizontalAdvance(self.text())
        tick = theme.px(20) if self.isChecked() else 0
        return QSize(8 + cap_width(self._digit) + 6 + text + tick + 9, theme.px(26))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and Enter are for the places."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def checkStateSet(self) -> None:
        super().checkStateSet()
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        ground = t.selection if chosen or self.isDown() else t.base
        if self.underMouse() and not chosen:
            ground = t.alternate
        ink = t.on_selection if chosen else t.text
        ringed = self.hasFocus()
        painter.setPen(QPen(t.accent if chosen or ringed else t.edge, 2 if ringed else 1))
        painter.setBrush(ground)
        inset = 1.0 if ringed else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 3, 3)
        metrics = QFontMetrics(theme.font())
        height, middle = metrics.height() + 1, self.rect().center().y() + 1
        cap = QRect(8, middle - height // 2, cap_width(self._digit), height)
        paint_cap(painter, cap, self._digit, ink, t.base)
        painter.setFont(theme.font())
        painter.setPen(ink)
        room = QRect(cap.right() + 7, 0, self.width() - cap.right() - 9, self.height())
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, align, self.text())
        if chosen:
            size = theme.px(14)
            left = room.left() + metrics.horizontalAdvance(self.text()) + 6
            tick = QRectF(left, self.rect().center().y() - size / 2 + 1, size, size)
            theme.draw_icon(painter, "tick", tick, ink)


class ReasonBar(QWidget):
    """The seven reasons. One of them is chosen, or none yet."""

    chosen = Signal(object)  # UrgencyCategory

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chips: dict[UrgencyCategory, ReasonChip] = {}
        layout = FlowLayout(self)
        for digit, category in enumerate(UrgencyCategory, 1):
            chip = ReasonChip(digit, category, self)
            chip.clicked.connect(partial(self._on_clicked, category))
            self.chips[category] = chip
            layout.addWidget(chip)

    def category(self) -> UrgencyCategory | None:
        return next((one for one, chip in self.chips.items() if chip.isChecked()), None)

    def show_category(self, category: UrgencyCategory | None) -> None:
        for each, chip in self.chips.items():
            chip.setChecked(each is category)

    def take(self, digit: int) -> None:
        """Choose by digit, 1 for the first."""
        self._on_clicked(list(self.chips)[digit - 1])

    def _on_clicked(self, category: UrgencyCategory) -> None:
        self.show_category(category)
        self.chosen.emit(category)
