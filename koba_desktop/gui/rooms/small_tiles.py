"""The small tiles of the rooms' dock, side by side."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QSizePolicy, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.rooms import compact
from koba_desktop.gui.rooms.board_model import TILE_ROLE
from koba_desktop.gui.rooms.painting import TILE_HEIGHT
from koba_desktop.gui.rooms.tiles import Tile

TILE_WIDTH = 112


class SmallTiles(QListView):
    """Tiles side by side, as many as fit; as high as they need to be."""

    step_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._most, self._tile = 0, theme.px(TILE_HEIGHT)
        self._shown: dict[int, str] = {}

    def fit(self, most: int, tile: int) -> None:
        """Take as many columns as the width allows, and the height of all rows up to ``most``;
        ``tile`` is the height of one."""
        self._most, self._tile = most, tile
        columns = max(1, self.width() // theme.px(TILE_WIDTH))
        rows = -(-self.model().rowCount() // columns)
        wanted = rows * tile + 2 * self.frameWidth() + 4
        height = min(wanted, max(tile + 8, most))
        scrolls = wanted > height
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOn
            if scrolls
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        bar = self.verticalScrollBar().sizeHint().width() if scrolls else 0
        inner = self.width() - 2 * self.frameWidth() - bar
        self.setGridSize(QSize(max(1, (inner - 2) // columns), tile))
        if self.height() != height:
            self.setFixedHeight(height)

    def refresh(self, row: int) -> None:
        """Paint a tile anew where the clock changed what it says."""
        index = self.model().index(row, 0)
        tile: Tile = index.data(TILE_ROLE)
        said = " ".join((*compact.states(tile), compact.third(tile).full, str(tile.timer.share)))
        if self._shown.get(row) != said:
            self._shown[row] = said
            self.update(index)

    def anchor(self) -> QPoint:
        """Where on the screen a menu about the current tile opens."""
        place = self.visualRect(self.currentIndex())
        return self.viewport().mapToGlobal(place.bottomLeft() + QPoint(8, -8))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.step_wanted.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if index.isValid():
            self.menu_wanted.emit(event.globalPos() if by_mouse else self.anchor())

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self.viewport()).fillRect(self.viewport().rect(), theme.tokens().window)
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit(self._most, self._tile)
