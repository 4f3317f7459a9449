"""At which hours the client was reached before: a small bar chart."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from koba_desktop.gui import theme
from koba_desktop.i18n import _
from koba_desktop.services.contacts.offer import HourCount

HOURS = range(8, 18)


def spoken_hours(hours: tuple[HourCount, ...]) -> str:
    """The chart in words: "9 Uhr: 3 von 3 erreicht; 11 Uhr: 0 von 1 erreicht"."""
    told = [
        _("{hour}:00: reached {reached} of {tried}").format(
            hour=count.hour, reached=count.reached, tried=count.tried
        )
        for count in hours
        if count.tried
    ]
    return "; ".join(told) if told else _("No calls yet.")


class HoursChart(QWidget):
    """A bar for each hour of the wall clock: outlined what was tried, filled what was reached."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hours: tuple[HourCount, ...] = ()
        self.setAccessibleName(_("Reached by hour"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.watcher().changed.connect(self.update)

    def show_hours(self, hours: tuple[HourCount, ...]) -> None:
        self.hours = hours
        spoken = spoken_hours(hours)
        self.setAccessibleDescription(spoken)
        self.setToolTip(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(310), theme.px(112))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(112))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), t.base)
        counts = {count.hour: count for count in self.hours}
        line = theme.px(18)
        axis = self.height() - 2 * line - 8
        width = (self.width() - 16) / len(HOURS)
        highest = max([count.tried for count in self.hours], default=0)
        unit = (axis - line - 2) / highest if highest else 0
        bar_width = round(min(width - 5, theme.px(25)))
        for place, hour in enumerate(HOURS):
            column = QRect(round(8 + place * width), 0, round(width), axis)
            count = counts.get(hour)
            best = count is not None and count.reached > 0
            painter.setFont(theme.font())
            painter.setPen(t.text2)
            label = QRect(column.left(), axis + 2, column.width(), line)
            painter.drawText(label, Qt.AlignmentFlag.AlignCenter, str(hour))
            if count is None or not count.tried:
                continue
            bar = QRect(0, 0, bar_width, max(3, round(unit * count.tried)))
            bar.moveBottom(axis)
            bar.moveLeft(column.center().x() - bar_width // 2)
            painter.setPen(QPen(t.edge, 1))
            painter.setBrush(t.base)
            painter.drawRect(bar.adjusted(0, 0, -1, -1))
            reached = QRect(bar)
            reached.setTop(bar.bottom() + 1 - round(unit * count.reached))
            painter.fillRect(reached, t.accent)
            painter.setFont(theme.font(bold=best))
            painter.setPen(t.text if best else t.text2)
            above = QRect(column.left() - 4, bar.top() - line, column.width() + 8, line)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, f"{count.reached}/{count.tried}")
        painter.setPen(t.separator)
        painter.drawLine(8, axis + 1, self.width() - 8, axis + 1)
        self._paint_legend(painter, self.height() - line - 2)

    def _paint_legend(self, painter: QPainter, top: int) -> None:
        t = theme.tokens()
        painter.setFont(theme.font())
        size = theme.px(11)
        left = 10
        for filled, text in ((True, _("reached")), (False, _("tried"))):
            box = QRect(left, top + 4, size, size)
            painter.setPen(QPen(t.accent if filled else t.edge, 1))
            painter.setBrush(t.accent if filled else t.base)
            painter.drawRect(box)
            painter.setPen(t.text)
            width = painter.fontMetrics().horizontalAdvance(text)
            painter.drawText(
                QRect(box.right() + 6, top, width + 2, size + 8),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                text,
            )
            left = box.right() + 6 + width + 16
