"""The panels beside the calendar: docks with a flat title, upright tabs where they are closed."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QDockWidget, QHBoxLayout, QVBoxLayout, QWidget

from koba_desktop.gui import tab_order, theme
from koba_desktop.gui.widgets import Heading, SecondText, ToolButton
from koba_desktop.i18n import _


class _DockTitle(QWidget):
    """26 px: the name, a quiet note, and buttons to float and to close."""

    def __init__(self, dock: "Dock", title: str) -> None:
        super().__init__(dock)
        self._dock = dock
        self.note = SecondText("", self)
        floating = ToolButton("", "float", self, tool_tip=_("Detach or attach this panel"))
        closing = ToolButton("", "cross", self, tool_tip=_("Close this panel"))
        floating.clicked.connect(self._detach)
        self.buttons = (floating, closing)
        closing.clicked.connect(dock.close)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 2, 0)
        layout.setSpacing(8)
        layout.addWidget(Heading(title, 3, self))
        layout.addWidget(self.note)
        layout.addStretch()
        for button in self.buttons:
            button.setProperty("kind", "flat")
            button.setIconSize(QSize(theme.px(14), theme.px(14)))
            layout.addWidget(button)
        layout.setSpacing(4)
        theme.watcher().changed.connect(self.update)

    def _detach(self) -> None:
        """Or attach; the keyboard stays here, as the same button does the opposite now."""
        self._dock.setFloating(not self._dock.isFloating())
        self.window().activateWindow()
        self.buttons[0].setFocus()

    def sizeHint(self) -> QSize:
        return QSize(120, theme.px(26))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.tokens().window)
        painter.setPen(theme.tokens().separator)
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


class Dock(QDockWidget):
    """A panel that can be moved, hidden, resized and detached; the window remembers how."""

    def __init__(self, name: str, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._title = _DockTitle(self, title)
        self.setTitleBarWidget(self._title)
        self.setWidget(QWidget(self))

    def set_note(self, note: str) -> None:
        """The quiet words after the title."""
        self._title.note.setText(note)

    def fill(self, panel: QWidget) -> None:
        """Put the panel in place of the empty ground."""
        before = self.widget()
        self.setWidget(panel)
        tab_order.lead_into(panel, *self._title.buttons)
        if before is not None:
            before.deleteLater()


class EdgeTab(QAbstractButton):
    """An upright tab at the window's edge that brings a closed panel back."""

    def __init__(self, icon: str, text: str, right: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icon
        self._right = right
        self.setText(text)
        self.setAccessibleName(_("Show {panel}").format(panel=text))
        self.setToolTip(self.accessibleName())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.watcher().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(23), self.fontMetrics().horizontalAdvance(self.text()) + theme.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.fillRect(self.rect(), t.selection)
        size = theme.px(16)
        left = (self.width() - size) // 2
        painter.drawPixmap(
            left, 8, theme.pixmap(self._icon, size, t.text, self.devicePixelRatioF())
        )
        painter.save()
        painter.setPen(t.text)
        metrics = self.fontMetrics()
        if self._right:
            painter.translate((self.width() - metrics.ascent()) / 2, size + 16)
            painter.rotate(90)
        else:
            length = metrics.horizontalAdvance(self.text())
            painter.translate((self.width() + metrics.ascent()) / 2 - 1, size + 16 + length)
            painter.rotate(-90)
        painter.drawText(0, 0, self.text())
        painter.restore()
        if self.hasFocus():
            painter.setPen(t.accent)
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class Edge(QWidget):
    """The strip at one edge of the window with a tab for each closed dock; else it is not there."""

    def __init__(self, right: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._right = right
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addStretch()
        self._tabs: list[EdgeTab] = []
        self._away = False
        self._allowed = True
        self.hide()

    def add(self, dock: Dock, icon: str) -> None:
        """Offer the dock here whenever it is closed."""
        tab = EdgeTab(icon, dock.windowTitle(), self._right, self)
        action: QAction = dock.toggleViewAction()
        tab.clicked.connect(action.trigger)
        self._tabs.append(tab)
        self._layout.insertWidget(self._layout.count() - 1, tab)
        action.toggled.connect(lambda shown: self._show(tab, not shown))
        self._show(tab, not action.isChecked())

    def stay_away(self, away: bool) -> None:
        """Not to be seen, whatever is closed."""
        self._away = away
        self._show_any()

    def allow(self, allowed: bool) -> None:
        """Whether its docks are for who sits here."""
        self._allowed = allowed
        self._show_any()

    def _show(self, tab: EdgeTab, shown: bool) -> None:
        tab.setVisible(shown)
        self._show_any()

    def _show_any(self) -> None:
        there = self._allowed and not self._away
        self.setVisible(there and any(not each.isHidden() for each in self._tabs))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.tokens().window)
        painter.setPen(theme.tokens().separator)
        x = 0 if self._right else self.width() - 1
        painter.drawLine(x, 0, x, self.height())


class Ground(QWidget):
    """The centre of the window between the two edges. Tells when it was painted first."""

    painted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._told = False
        self.left = Edge(False, self)
        self.right = Edge(True, self)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.left)
        self._layout.addWidget(self.right)

    def stand_alone(self, alone: bool) -> None:
        """Without the edges, while there is nothing to bring back."""
        self.left.stay_away(alone)
        self.right.stay_away(alone)

    def fill(self, centre: QWidget) -> None:
        self._layout.insertWidget(1, centre, 1)

    def event(self, event: QEvent) -> bool:
        answer = super().event(event)
        if event.type() == QEvent.Type.Paint and not self._told:
            self._told = True
            self.painted.emit()
        return answer
