"""A line inside a form or panel that says what happened, and offers what helps."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.widgets.buttons import LinkButton


class Level(StrEnum):
    INFO = "info"
    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


_ICONS = {Level.INFO: "info", Level.OK: "tick", Level.WARNING: "warning", Level.ERROR: "emergency"}


def dress(level: Level, picture: QLabel, text: QLabel) -> None:
    """Give a message the icon and the colours of its level in the scheme in force."""
    t = theme.tokens()
    colour = {
        Level.INFO: t.accent,
        Level.OK: t.ok,
        Level.WARNING: t.warning,
        Level.ERROR: t.emergency_edge,
    }[level]
    ratio = picture.devicePixelRatioF()
    picture.setPixmap(theme.pixmap(_ICONS[level], theme.px(16), colour, ratio))
    role = "error" if level is Level.ERROR else ""
    if text.property("role") != role:
        text.setProperty("role", role)
        style = text.style()
        style.unpolish(text)
        style.polish(text)


class InlineMessage(QWidget):
    """Info, success, warning or error as one line with an icon, and perhaps a link.

    Hidden until ``show_message``; a screen reader hears the text when it appears.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.level = Level.INFO
        self._picture = QLabel(self)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._link = LinkButton("", self)
        self._action: Callable[[], None] | None = None
        self._link.clicked.connect(self._on_link)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(8)
        layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._link, 0, Qt.AlignmentFlag.AlignTop)
        theme.watcher().changed.connect(self._dress)
        self.hide()

    def show_message(
        self,
        text: str,
        level: Level = Level.INFO,
        link: str = "",
        action: Callable[[], None] | None = None,
    ) -> None:
        """Show a text; with ``link`` and ``action`` a way to put things right."""
        self.level = level
        self._text.setText(text)
        self._action = action
        self._link.setText(link)
        self._link.setVisible(bool(link))
        self.setAccessibleName(text)
        self._dress()
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        self.hide()
        self._text.clear()

    def text(self) -> str:
        return self._text.text()

    @property
    def link(self) -> LinkButton:
        """The way to put things right."""
        return self._link

    def _on_link(self) -> None:
        if self._action is not None:
            self._action()

    def _dress(self) -> None:
        dress(self.level, self._picture, self._text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        ground, edge = {
            Level.INFO: (t.alternate, t.separator),
            Level.OK: (t.alternate, t.separator),
            Level.WARNING: (t.warning_ground, t.warning_edge),
            Level.ERROR: (t.emergency_fill, t.emergency_edge),
        }[self.level]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
