"""Real buttons over the painted ones of the current tile: for Tab and for screen readers."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.rooms import wording
from koba_desktop.gui.rooms.tile_layout import Button
from koba_desktop.gui.rooms.tiles import Tile

_MOST = 2
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _TileButton(QAbstractButton):
    """Invisible but for its ring: the tile below paints the button. The mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(theme.tokens().accent, 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


class TileButtons:
    """The buttons of one tile at a time. ``pressed`` is told the number."""

    def __init__(self, parent: QWidget, pressed: Callable[[int], None]) -> None:
        self._buttons = [_TileButton(parent) for _number in range(_MOST)]
        for number, button in enumerate(self._buttons):
            button.clicked.connect(partial(self._press, pressed, number))

    @staticmethod
    def _press(pressed: Callable[[int], None], number: int, _checked: bool = False) -> None:
        pressed(number)

    def lie_over(self, tile: Tile, painted: Sequence[Button], corner: QPoint) -> None:
        for number, button in enumerate(self._buttons):
            if number >= len(painted):
                button.hide()
                continue
            below = painted[number]
            text = wording.plain_step(below.step, tile.moment)
            who = below.step.booking.label if below.step.booking is not None else ""
            button.setText(", ".join(filter(None, (text, tile.name, who))))
            button.setAccessibleName(button.text())
            button.setGeometry(below.rect.translated(corner).adjusted(-2, -2, 2, 2))
            button.show()

    def hide(self) -> None:
        for button in self._buttons:
            button.hide()
