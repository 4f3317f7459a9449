"""The emergency desk over the window: at its right, the rest dimmed and still to be seen."""

from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QToolBar, QWidget
from shiboken6 import isValid

from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.gui import mnemonics, theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.emergency.panel import EmergencyDesk
from koba_desktop.gui.window import MainWindow

WIDTH = 640  # px at 96 dpi
_SHADE = QColor(0, 0, 0, 105)
_PLACED_ANEW = (
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.Move,
    QEvent.Type.LayoutRequest,
)


class Veil(QWidget):
    """Dims what is not asked for now. It takes no click: the calendar can still be scrolled."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), _SHADE)


class EmergencyOverlay(QObject):
    """Opens and closes the emergency desk in a window, and gives the keyboard back."""

    opened = Signal(bool)

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._before: QWidget | None = None
        self.veil = Veil(window)
        self.panel = EmergencyDesk(desk, window)
        self.panel.hide()
        self.panel.closed.connect(self._on_closed)
        window.installEventFilter(self)
        for bar in self._bars():
            bar.installEventFilter(self)
        window.tab_shown.connect(self._give_letters)

    def open(self, client_id: UUID | None = None) -> None:
        """A new case; once more while one is being typed only brings the keyboard back."""
        if self.panel.isVisible() and client_id is None:
            self.panel.resume()
        else:
            self._show()
            self.panel.begin(client_id)

    def carry_on(self, draft: Draft) -> None:
        self._show()
        self.panel.carry_on(draft)

    def _show(self) -> None:
        window = self._window
        if not self.panel.isVisible():
            self._before = window.focusWidget()
        self._place()
        for widget in (self.veil, self.panel):
            widget.show()
            widget.raise_()
        self._give_letters()
        window.activateWindow()
        self.opened.emit(True)

    def _on_closed(self) -> None:
        self.veil.hide()
        self.opened.emit(False)
        before = self._before
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._window.office_shown():
            self._window.focus_view()

    def _give_letters(self) -> None:
        """Letters that nothing else in the window has, which is still in use below."""
        if not self.panel.isVisible():
            return
        marked: list[QAbstractButton | QLabel] = [
            *self._window.findChildren(QAbstractButton),
            *(label for label in self._window.findChildren(QLabel) if label.buddy() is not None),
        ]
        others = (
            widget.text()
            for widget in marked
            if widget.isVisible() and not self.panel.isAncestorOf(widget)
        )
        taken = {mnemonics.letter_of(text) for text in others} - {""}
        mnemonics.tidy(self.panel, taken | mnemonics.menu_letters(self._window))

    # --- place ------------------------------------------------------------------------------------

    def _bars(self) -> list[QToolBar]:
        return [
            bar
            for bar in self._window.findChildren(
                QToolBar, options=Qt.FindChildOption.FindDirectChildrenOnly
            )
            if self._window.toolBarArea(bar) is not Qt.ToolBarArea.NoToolBarArea
        ]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _PLACED_ANEW and self.panel.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        """Between the bars above and below, over docks and views."""
        window = self._window
        top, bottom = 0, window.height()
        if window.statusBar().isVisible():
            bottom = window.statusBar().y()
        for bar in self._bars():
            if not bar.isVisible():
                continue
            if window.toolBarArea(bar) is Qt.ToolBarArea.BottomToolBarArea:
                bottom = min(bottom, bar.mapTo(window, QPoint(0, 0)).y())
            else:
                top = max(top, bar.mapTo(window, QPoint(0, bar.height())).y())
        width = min(theme.px(WIDTH), window.width())
        left = window.width() - width
        self.veil.setGeometry(QRect(0, top, left, bottom - top))
        self.panel.setGeometry(QRect(left, top, width, bottom - top))
