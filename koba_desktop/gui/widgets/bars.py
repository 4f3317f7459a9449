"""Bars across the whole window: the quiet line below, the banner above."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolBar, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.widgets.buttons import LinkButton, ToolButton
from koba_desktop.gui.widgets.labels import KeyHint
from koba_desktop.gui.widgets.message import Level, dress
from koba_desktop.i18n import _


class _Line(QWidget):
    """Icon, text, an optional link with its key, and a button that closes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.level = Level.OK
        self._action: Callable[[], None] | None = None
        self._picture = QLabel(self)
        self.text = QLabel(self)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.link = LinkButton("", self)
        self.link.clicked.connect(self._on_link)
        self.key = KeyHint("", self)
        self.shut = ToolButton("", "cross", self, tool_tip=_("Close this message"))
        self.shut.setProperty("kind", "flat")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 2, 8, 2)
        layout.setSpacing(8)
        layout.addWidget(self._picture)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.link)
        layout.addWidget(self.key)
        layout.addWidget(self.shut)
        self.setMinimumHeight(theme.px(30))
        theme.watcher().changed.connect(self._dress)

    def put(
        self, text: str, level: Level, link: str, key: str, action: Callable[[], None] | None
    ) -> None:
        self.level = level
        self._action = action
        self.text.setText(text)
        self.text.setToolTip(text)
        self.link.setText(link)
        self.link.setVisible(bool(link))
        self.key.setText(key)
        self.key.setVisible(bool(key))
        self.setAccessibleName(text)
        self._dress()

    def _on_link(self) -> None:
        if self._action is not None:
            self._action()

    def _dress(self) -> None:
        dress(self.level, self._picture, self.text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        ground = {Level.WARNING: t.warning_ground, Level.ERROR: t.emergency_fill}
        painter = QPainter(self)
        painter.fillRect(self.rect(), ground.get(self.level, t.base))
        painter.setPen(t.separator)
        painter.drawLine(0, 0, self.width(), 0)


class Band(QToolBar):
    """What lies across the whole window and cannot be moved; hidden until it has to be seen."""

    def __init__(self, name: str, title: str, line: QWidget, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setObjectName(name)
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.toggleViewAction().setVisible(False)
        self._line = line
        line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(line)
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def alert(self) -> None:
        """Let a screen reader say what the line says."""
        QAccessible.updateAccessibility(QAccessibleEvent(self._line, QAccessible.Event.Alert))


class Bar(Band):
    """A line across the window that is only there when it has something to say."""

    _line: _Line

    closed = Signal()  # somebody has read it and put it away

    def __init__(self, name: str, title: str, parent: QWidget) -> None:
        super().__init__(name, title, _Line(parent), parent)
        self._line.shut.clicked.connect(self.clear_message)
        self._line.shut.clicked.connect(self.closed)
        self.seconds = 0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.clear_message)

    def show_message(
        self,
        text: str,
        level: Level = Level.OK,
        link: str = "",
        key: str = "",
        action: Callable[[], None] | None = None,
    ) -> None:
        """Show a text, and for ``seconds`` (0: until closed) unless the pointer rests on it."""
        self._line.put(text, level, link, key, action)
        self.show()
        self.alert()
        self._restart()

    def renew(self, text: str) -> None:
        """Other words for what is shown already: nobody is alerted anew."""
        self._line.text.setText(text)
        self._line.text.setToolTip(text)
        self._line.setAccessibleName(text)

    def clear_message(self) -> None:
        self._timer.stop()
        self.hide()

    def text(self) -> str:
        return self._line.text.text() if not self.isHidden() else ""

    def link(self) -> LinkButton:
        return self._line.link

    def shut_button(self) -> ToolButton:
        return self._line.shut

    def _restart(self) -> None:
        if self.seconds:
            self._timer.start(self.seconds * 1000)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Enter:
            self._timer.stop()
        elif event.type() == QEvent.Type.Leave and not self.isHidden():
            self._restart()
        return super().event(event)
