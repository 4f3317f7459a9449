"""Which page of how many is shown, and the way to the others."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from koba_desktop.gui.widgets import SecondText, ToolButton
from koba_desktop.i18n import _

_KEYS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class PageTurner(QWidget):
    """ "Page 1 of 2" with two arrows, which a single page does not have.

    Page up and page down do the same wherever in ``host`` (a dialog, a pane) nothing else takes
    them. Pages are counted from 0; nothing is shown until ``show_page``.
    """

    turned = Signal(int)  # the page wanted

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._number = self._count = 0
        self._wanted = 0  # ahead of the number while a page is being drawn
        self.label = SecondText("", self)
        self.back = ToolButton("", "chevron-left", self, tool_tip=_("Page before"))
        self.forth = ToolButton("", "chevron-right", self, tool_tip=_("Next page"))
        self.back.clicked.connect(lambda: self._turn(-1))
        self.forth.clicked.connect(lambda: self._turn(1))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.label, self.back, self.forth):
            layout.addWidget(widget)
        layout.addStretch()
        host.installEventFilter(self)
        self.clear()

    @property
    def number(self) -> int:
        return self._number

    @property
    def count(self) -> int:
        return self._count

    def text(self) -> str:
        """ "Page 1 of 2"; "" while nothing is shown."""
        return self.label.text()

    def show_page(self, number: int, count: int) -> None:
        """This page of so many is shown now."""
        self._number, self._wanted, self._count = number, number, count
        self.label.setText(_("Page {n} of {count}").format(n=number + 1, count=count))
        self._follow()

    def clear(self) -> None:
        """There is no page."""
        self._number = self._wanted = self._count = 0
        self.label.clear()
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
        ):
            by = _KEYS.get(Qt.Key(event.key()))
            if by is not None and self._count > 1:
                self._turn(by)
                return True
        return super().eventFilter(watched, event)

    def _turn(self, by: int) -> None:
        wanted = min(max(self._wanted + by, 0), self._count - 1)
        if wanted != self._wanted:
            self._wanted = wanted
            self.turned.emit(wanted)

    def _follow(self) -> None:
        """The arrow somebody stands on hands the focus to the other one before it is disabled."""
        there = ((self.back, self._number > 0), (self.forth, self._number + 1 < self._count))
        for (button, on), (other, _other_on) in zip(there, reversed(there), strict=True):
            if button.hasFocus() and not on and self._count > 1:
                other.setEnabled(True)
                other.setFocus(Qt.FocusReason.OtherFocusReason)
        for button, on in there:
            button.setVisible(self._count > 1)
            button.setEnabled(on)
