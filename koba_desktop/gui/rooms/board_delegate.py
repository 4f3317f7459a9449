"""Paints the board's tiles, and holds the field in which somebody signs for the cleaning."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from koba_desktop.gui import theme
from koba_desktop.gui.rooms.tile_layout import TileLayout
from koba_desktop.gui.rooms.tile_painting import live_rect, paint_live, paint_still
from koba_desktop.gui.rooms.tiles import Tile
from koba_desktop.i18n import _

if TYPE_CHECKING:
    from koba_desktop.gui.rooms.board import RoomBoard

Index = QModelIndex | QPersistentModelIndex
MARGIN = 4
"""Pixels around a tile, in which its ring is drawn."""
_INITIALS = 6
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class BoardDelegate(QStyledItemDelegate):
    """Signing takes Enter (or the tile's button): leaving the field any other way signs nothing."""

    signed = Signal(int, str)  # row, initials

    def __init__(self, board: "RoomBoard") -> None:
        super().__init__(board)
        self._board = board
        self._editors: dict[int, QLineEdit] = {}
        self._pictures: dict[int, tuple[TileLayout, int, float, QPixmap]] = {}
        self.initials = ""
        """What the field begins with."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._board.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        board, row = self._board, index.row()
        tile, layout = board.tile(row), board.layout_of(row)
        place = option.rect.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        exposed = board.exposed().intersected(option.rect).boundingRect()
        if exposed.isEmpty():
            return
        if not live_rect(place, layout).contains(exposed):
            painter.drawPixmap(place.topLeft(), self._picture(row, tile, layout))
            self._ring(painter, option, place)
        paint_live(painter, place, tile, layout)
        board.signs.paint(painter, index)

    def _picture(self, row: int, tile: Tile, layout: TileLayout) -> QPixmap:
        """The tile without its clock, painted once for a content, a size and a screen."""
        board = self._board
        ratio, hot = board.devicePixelRatioF(), board.hot_button(row)
        kept = self._pictures.get(row)
        if kept is not None and kept[0] is layout and kept[1:3] == (hot, ratio):
            return kept[3]
        size = board.tile_rect(row).size()
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        paint_still(painter, QRect(QPoint(0, 0), size), tile, layout, hot)
        painter.end()
        self._pictures[row] = (layout, hot, ratio, picture)
        return picture

    def forget(self) -> None:
        """Other colours, other rooms: paint anew."""
        self._pictures.clear()

    def _ring(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect) -> None:
        board, t = self._board, theme.tokens()
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus) and board.hasFocus()
        if focused or option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(t.accent if focused else t.text, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.adjusted(-2, -2, 2, 2))

    # --- the field for initials -------------------------------------------------------------------

    def editor_of(self, row: int) -> QLineEdit | None:
        """The field that is open in a row."""
        return self._editors.get(row)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QLineEdit:
        row = index.row()
        editor = QLineEdit(self.initials, parent)
        editor.setMaxLength(_INITIALS)
        editor.setPlaceholderText(_("Initials"))
        name = self._board.tile(row).name
        editor.setAccessibleName(_("Initials of who cleaned {room}").format(room=name))
        editor.selectAll()
        self._editors[row] = editor
        return editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        self._drop(editor)
        super().destroyEditor(editor, index)

    def _drop(self, editor: QWidget) -> None:
        self._editors = {row: each for row, each in self._editors.items() if each is not editor}

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What is being typed stays, whatever the clock changes in the tile."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Nothing is signed by leaving the field."""

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        row = index.row()
        place = self._board.layout_of(row).initials
        editor.setGeometry(place.translated(self._board.tile_rect(row).topLeft()))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            key = cast(QKeyEvent, event).key()
            if key in _ENTER:
                self.sign(cast(QLineEdit, editor))
                return True
            if key == Qt.Key.Key_Escape:
                self.leave(cast(QLineEdit, editor))
                return True
        return False

    def sign(self, editor: QLineEdit) -> None:
        """Take what stands in the field; an empty one stays open and says so."""
        row = next((row for row, each in self._editors.items() if each is editor), -1)
        initials = editor.text().strip()
        if row < 0:
            return
        if initials:
            self.leave(editor)
        else:
            editor.setProperty("invalid", True)
            editor.style().polish(editor)
        self.signed.emit(row, initials)

    def leave(self, editor: QLineEdit) -> None:
        """Close the field and sign nothing."""
        self._drop(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
