"""The screen in the hall: numbers in large type, full screen on the second monitor."""

from datetime import datetime

from PySide6.QtCore import QObject, QRect, QSettings, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QScreen,
)
from PySide6.QtWidgets import QWidget

from koba_desktop.domain.clock import wall
from koba_desktop.gui import theme
from koba_desktop.gui.reception.hall import HallLine
from koba_desktop.i18n import _

SHOWN = "reception/hall_display"
MOST = 16  # numbers on the screen
_ONE_COLUMN = 8
_LEAST_ROWS = 5


class HallDisplay(QWidget):
    """A window of its own that knows nothing but numbers and places. Esc closes it."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("hall_display")
        self.setWindowTitle(_("Hall display"))
        self.setMinimumSize(QSize(480, 320))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.lines: tuple[HallLine, ...] = ()
        self._clock = ""
        self._speak()
        theme.watcher().changed.connect(self.update)

    def show_lines(self, lines: tuple[HallLine, ...], now: datetime) -> None:
        """The numbers as they are now; nothing is painted again unless something changed."""
        clock = f"{wall(now):%H:%M}"
        if (lines[:MOST], clock) != (self.lines, self._clock):
            self.lines, self._clock = lines[:MOST], clock
            self._speak()
            self.update()

    def _speak(self) -> None:
        told = [f"{line.code}: {_where(line)}" for line in self.lines]
        self.setAccessibleName(_("Hall display"))
        self.setAccessibleDescription("; ".join(told) or _("Nobody is waiting at the moment."))

    def sizeHint(self) -> QSize:
        return QSize(960, 600)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    # --- painting ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), t.base)
        head = QRect(0, 0, self.width(), self.height() // 8)
        self._paint_head(painter, head)
        body = self.rect().adjusted(0, head.height(), 0, 0)
        if not self.lines:
            painter.setFont(_sized(body.height() // 14, bold=False))
            painter.setPen(t.text2)
            text = _("Nobody is waiting at the moment.")
            painter.drawText(body, Qt.AlignmentFlag.AlignCenter, text)
            return
        columns = 1 if len(self.lines) <= _ONE_COLUMN else 2
        rows = max(_LEAST_ROWS, -(-len(self.lines) // columns))
        width, height = body.width() // columns, body.height() // rows
        for number, line in enumerate(self.lines):
            left, top = number // rows * width, body.top() + number % rows * height
            self._paint_line(painter, QRect(left, top, width, height), line)

    def _paint_head(self, painter: QPainter, head: QRect) -> None:
        t = theme.tokens()
        painter.fillRect(head, t.window)
        painter.setPen(t.separator)
        painter.drawLine(head.bottomLeft(), head.bottomRight())
        side = head.height() // 3
        inner = head.adjusted(side, 0, -side, 0)
        painter.setPen(t.text)
        painter.setFont(_sized(head.height() // 2, bold=True))
        painter.drawText(
            inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._clock
        )
        painter.setFont(_fitted(_("Your number shows you the way"), head.height() // 3, inner))
        painter.drawText(
            inner,
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            _("Your number shows you the way"),
        )

    def _paint_line(self, painter: QPainter, rect: QRect, line: HallLine) -> None:
        """A number and its place; whoever may go in has the bar, the arrow and bold type."""
        t = theme.tokens()
        goes_in = bool(line.place)
        if goes_in:
            painter.fillRect(rect, t.selection)
            painter.fillRect(
                QRect(rect.left(), rect.top(), rect.width() // 80, rect.height()), t.accent
            )
        painter.setPen(t.separator)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        side = rect.height() // 3
        inner = rect.adjusted(side, 0, -side, 0)
        ink = t.on_selection if goes_in else t.text
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(ink)
        painter.setFont(_sized(rect.height() * 6 // 10, bold=True))
        code = painter.boundingRect(inner, Qt.AlignmentFlag.AlignLeft | middle, line.code)
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | middle, line.code)
        rest = inner.adjusted(max(code.width(), rect.width() // 4) + side, 0, 0, 0)
        if goes_in:
            size = rect.height() // 3
            arrow = QRect(rest.left(), rest.center().y() - size // 2, size, size)
            theme.draw_icon(painter, "arrow-right", arrow.toRectF(), ink)
            rest.setLeft(rest.left() + size + side // 2)
        painter.setPen(ink if goes_in else t.text2)
        painter.setFont(_fitted(_where(line), rect.height() // 2, rest, bold=goes_in))
        painter.drawText(rest, Qt.AlignmentFlag.AlignLeft | middle, _where(line))


class HallSwitch(QObject):
    """Shows and hides the display. What was chosen last comes back with the next start, where
    there is a second screen for it."""

    shown = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._home = parent
        self.display: HallDisplay | None = None
        self.action = QAction(_("&Hall display"), self)
        self.action.setCheckable(True)
        theme.bind_icon(self.action, "screen")
        self._name()
        self.action.toggled.connect(self._on_toggled)

    @property
    def on(self) -> bool:
        return self.display is not None

    def bring_back(self) -> None:
        """As it was when the program was closed."""
        if QSettings().value(SHOWN, False, type=bool) and self._other_screen() is not None:
            self.action.setChecked(True)

    def shut(self) -> None:
        """The window closes: so does the display, without being forgotten."""
        remembered = QSettings().value(SHOWN, False)
        self.action.setChecked(False)
        QSettings().setValue(SHOWN, remembered)

    def show_lines(self, lines: tuple[HallLine, ...], now: datetime) -> None:
        if self.display is not None:
            self.display.show_lines(lines, now)

    def _on_toggled(self, on: bool) -> None:
        QSettings().setValue(SHOWN, on)
        self._name()
        if on:
            self._open()
        elif self.display is not None:
            display, self.display = self.display, None
            display.close()
            display.deleteLater()

    def _open(self) -> None:
        self.display = HallDisplay()
        self.display.closed.connect(lambda: self.action.setChecked(False))
        other = self._other_screen()
        if other is None:
            self.display.resize(self.display.sizeHint())
            self.display.show()
        else:
            self.display.setScreen(other)
            self.display.setGeometry(other.geometry())
            self.display.showFullScreen()
        self._home.activateWindow()  # the keyboard stays at the desk
        self.shown.emit()

    def _other_screen(self) -> QScreen | None:
        """A screen the main window is not on."""
        here = self._home.screen()
        return next((each for each in QGuiApplication.screens() if each is not here), None)

    def _name(self) -> None:
        on = self.action.isChecked()
        self.action.setIconText(_("Hall display: on") if on else _("Hall display: off"))


def _where(line: HallLine) -> str:
    return line.place or _("please wait")


def _sized(pixels: int, *, bold: bool) -> QFont:
    font = theme.font(bold=bold)
    font.setPixelSize(max(theme.px(theme.SMALL), pixels))
    return font


def _fitted(text: str, pixels: int, rect: QRect, *, bold: bool = False) -> QFont:
    """The font at that size, or smaller where the text would not fit."""
    font = _sized(pixels, bold=bold)
    width = QFontMetrics(font).horizontalAdvance(text)
    if width > rect.width() > 0:
        font.setPixelSize(max(theme.px(theme.SMALL), pixels * rect.width() // width))
    return font
