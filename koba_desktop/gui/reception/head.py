"""The head of the reception: the day, how many wait, talk and are expected, and the clock."""

from datetime import date, datetime

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from koba_desktop.domain.clock import day_of
from koba_desktop.gui import theme
from koba_desktop.gui.reception import wording
from koba_desktop.gui.widgets import Heading, IconLabel
from koba_desktop.i18n import _, formats, ngettext, pgettext
from koba_desktop.services.reception.page import ReceptionPage

_HEIGHT = 38
_GAP = 22  # between what stands side by side
_EDGE = 12


class Count(QWidget):
    """An icon, a number in bold, and its word; ``role`` colours all of it."""

    def __init__(self, icon: str, role: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icon
        self._role = role
        self._picture = QLabel(self)
        self._number = Heading("", 1, self)
        self._word = QLabel(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for label in (self._picture, self._number, self._word):
            layout.addWidget(label)
        self._dress()
        theme.watcher().changed.connect(self._dress)

    def set(self, n: int, word: str) -> None:
        self._number.setText(str(n))
        self._word.setText(word)
        self.setAccessibleName(f"{n} {word}")

    def text(self) -> str:
        return self.accessibleName()

    def _dress(self) -> None:
        colour = getattr(theme.tokens(), self._role)
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(theme.pixmap(self._icon, theme.px(16), colour, ratio))
        for label in (self._number, self._word):
            palette = label.palette()
            palette.setColor(label.foregroundRole(), colour)
            label.setPalette(palette)


class ReceptionHead(QWidget):
    """One line over everything. ``set_now`` keeps it running, ``show_page`` counts."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.day = Heading("", 1, self)
        self.waiting = Count("clock", "text", self)
        self.long = Count("warning", "warning", self)
        self.talking = Count("people", "text", self)
        self.expected = Count("calendar", "text", self)
        self.house = IconLabel("", "", self, role="warning")
        self.house.label.setProperty("role", "second")
        self.clock = Heading("", 0, self)
        self.clock.setMinimumWidth(theme.px(104))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_EDGE, 0, _EDGE, 0)
        layout.setSpacing(_GAP)
        counts = (self.waiting, self.long, self.talking, self.expected)
        self._parts = (self.day, *counts, self.house, self.clock)
        for widget in self._parts[:-1]:
            layout.addWidget(widget)
        layout.addStretch()
        layout.addWidget(self.clock)
        self._shown: date | None = None
        self.long.hide()
        theme.watcher().changed.connect(self.update)

    def set_now(self, now: datetime, too_long: int, wait_minutes: int) -> None:
        """The clock, and how many wait longer than they should."""
        day = day_of(now)
        if day != self._shown:
            self._shown = day
            self._fit()
        self.clock.setText(wording.clock(now))
        if too_long:
            self.long.set(too_long, _("longer than {n} min").format(n=wait_minutes))
        if self.long.isHidden() is (too_long > 0):
            self.long.setVisible(too_long > 0)
            self._fit()

    def show_page(self, page: ReceptionPage) -> None:
        waiting, talking, expected = len(page.waiting), len(page.talking), len(page.expected)
        self.waiting.set(waiting, ngettext("waits", "wait", waiting))
        self.talking.set(talking, pgettext("visitors", "in a talk"))
        self.expected.set(expected, pgettext("visitors", "expected"))
        full = page.cap is not None and page.in_house >= page.cap
        self.house.set(_house(page), "warning" if full else "")
        self._fit()

    def _fit(self) -> None:
        """Where the line is too short for everything, the date is shortened first, then the number
        of visitors in the house goes, then the date; how many wait always stays."""
        if self._shown is None:
            return
        self.day.show()
        self.house.show()
        self.day.setText(formats.date_long(self._shown))
        if self._needed() > self.width():
            self.day.setText(formats.weekday_date(self._shown))
        self.house.setVisible(self._needed() <= self.width())
        self.day.setVisible(self._needed() <= self.width())

    def _needed(self) -> int:
        """The width of all that is to be seen. Asked are the parts themselves: the layout hears of
        another text in them only later."""
        widths = [
            part.sizeHint().expandedTo(part.minimumSize()).width()
            for part in self._parts
            if not part.isHidden()
        ]
        return sum(widths) + (len(widths) - 1) * _GAP + 2 * _EDGE

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(400), theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), t.window)
        painter.setPen(t.separator)
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


def _house(page: ReceptionPage) -> str:
    """How many visitors are in, and how many may be."""
    n, cap = page.in_house, page.cap
    if cap is None:
        return ngettext("In the house: {n} visitor", "In the house: {n} visitors", n).format(n=n)
    text = ngettext(
        "In the house: {n} of {cap} visitor at most",
        "In the house: {n} of {cap} visitors at most",
        cap,
    ).format(n=n, cap=cap)
    return _("{house} – full").format(house=text) if n >= cap else text
