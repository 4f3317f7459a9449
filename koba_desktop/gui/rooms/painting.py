"""How a room's tile and a coming booking are drawn."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from koba_desktop.domain.vocabulary import RoomBookingState
from koba_desktop.gui import theme
from koba_desktop.gui.rooms import compact, wording
from koba_desktop.gui.rooms.board_model import TILE_ROLE
from koba_desktop.gui.rooms.model import ROW_ROLE
from koba_desktop.gui.rooms.tile_painting import HATCHED
from koba_desktop.gui.rooms.tiles import Alarm, Tile
from koba_desktop.gui.widgets.changed import RowSigns
from koba_desktop.gui.widgets.text import write
from koba_desktop.i18n import formats
from koba_desktop.services.rows import RoomBookingRow

Index = QModelIndex | QPersistentModelIndex
_PAD = 8
TILE_HEIGHT, LOW_TILE_HEIGHT = 72, 62
"""Of a small tile, and where the panel itself is low."""


class TileDelegate(QStyledItemDelegate):
    """A small tile a room: name, state with icon, and what matters most beside it."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.signs: RowSigns | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._view.gridSize()

    def box_of(self, index: Index) -> QRect:
        """Where the tile of a row is painted."""
        return self._view.visualRect(index).adjusted(4, 4, -4, -4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tile: Tile = index.data(TILE_ROLE)
        t = theme.tokens()
        place = option.rect.adjusted(4, 4, -4, -4)
        colour: QColor = getattr(t, tile.role)
        painter.fillRect(place, t.blocked_ground if tile.role == "blocked" else t.base)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(QPen(t.text if selected else t.separator, 2 if selected else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place.adjusted(0, 0, -1, -1))
        bar = QRect(place.left(), place.top(), 4, place.height())
        hatched = tile.role in HATCHED
        painter.fillRect(
            bar, QBrush(colour, Qt.BrushStyle.BDiagPattern) if hatched else QBrush(colour)
        )
        if option.state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            painter.setPen(QPen(t.accent, 2))
            painter.drawRect(place.adjusted(-2, -2, 1, 1))
        inner = place.adjusted(4 + _PAD, _PAD - 4, -_PAD, -_PAD + 4)
        self._write(painter, inner, tile, colour)
        if tile.line.now_state is RoomBookingState.AIRING and tile.timer.share is not None:
            left = QRect(inner.left(), place.bottom() - 3, inner.width(), 3)
            painter.fillRect(left, t.separator)
            left.setWidth(round(left.width() * tile.timer.share))
            painter.fillRect(left, colour)
        if self.signs is not None:
            self.signs.paint(painter, index)

    def _write(self, painter: QPainter, inner: QRect, tile: Tile, colour: QColor) -> None:
        t = theme.tokens()
        step = inner.height() / 3
        rows = [QRectF(inner.left(), inner.top() + n * step, inner.width(), step) for n in range(3)]
        self._head(painter, rows[0], tile)
        beside, bold = _iconed(painter, rows[1], tile.icon, colour), theme.font(bold=True)
        states, third = compact.states(tile), compact.third(tile)
        state = _fitting(bold, beside, *states)
        _text(painter, beside, state, colour, bold=True)
        if third.alarm is Alarm.NONE:
            ink = t.text2 if third.quiet else t.text
            full = third.until if third.until and state != states[0] else third.full
            _text(painter, rows[2], _fitting(theme.font(), rows[2], full, third.short), ink)
            return
        ink = t.now if third.alarm is Alarm.ERROR else t.warning
        beside = _iconed(painter, rows[2], "warning", ink)
        _text(painter, beside, _fitting(bold, beside, third.full, third.short), ink, bold=True)

    def _head(self, painter: QPainter, row: QRectF, tile: Tile) -> None:
        """The name in full; beside it, where there is room, the persons and the wheelchair."""
        t, size = theme.tokens(), theme.px(14)
        name = QFontMetrics(theme.font(bold=True)).horizontalAdvance(tile.name)
        persons, right = compact.persons(tile), row.right()
        width = QFontMetrics(theme.font()).horizontalAdvance(persons)
        sign = size + 3 if tile.wheelchair else 0
        if row.left() + name + 4 + sign + width <= right:
            right -= width
            _text(painter, row.adjusted(row.width() - width - 1, 0, 0, 0), persons, t.text2)
        if sign:
            right -= sign
            place = QRectF(right, row.center().y() - size / 2, size, size)
            theme.draw_icon(painter, "wheelchair", place, t.text2)
        _text(
            painter,
            QRectF(row.left(), row.top(), right - row.left(), row.height()),
            tile.name,
            t.text,
            bold=True,
        )


def _iconed(painter: QPainter, row: QRectF, icon: str, colour: QColor) -> QRectF:
    """Draw an icon at the beginning of a row; returns the rest of it."""
    size = theme.px(14)
    place = QRectF(row.left(), row.center().y() - size / 2, size, size)
    theme.draw_icon(painter, icon, place, colour)
    return row.adjusted(size + 4, 0, 0, 0)


def _fitting(font: QFont, rect: QRectF, *texts: str) -> str:
    """The first text that fits, else the last."""
    metrics = QFontMetrics(font)
    fitting = (text for text in texts if metrics.horizontalAdvance(text) <= rect.width())
    return next(fitting, texts[-1])


class ComingDelegate(QStyledItemDelegate):
    """Time, icon, room and who, in columns."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(180), theme.px(25))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: RoomBookingRow = index.data(ROW_ROLE)
        t = theme.tokens()
        ink = t.text
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, t.selection)
            ink = t.on_selection
        painter.setPen(t.separator)
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        rect = QRectF(option.rect).adjusted(_PAD + 4, 0, -_PAD, 0)
        metrics = QFontMetrics(theme.font())
        _text(painter, rect, formats.time_of(row.starts), ink)
        x = rect.left() + metrics.horizontalAdvance("00:00") + 10
        size = theme.px(14)
        name = wording.booking_icon(row)
        place = QRectF(x, rect.center().y() - size / 2, size, size)
        theme.draw_icon(painter, name, place, ink)
        x += size + 10
        room_width = metrics.horizontalAdvance("Vordach 0") + 8
        _text(painter, QRectF(x, rect.top(), room_width, rect.height()), row.room_name, ink)
        x += room_width
        _text(
            painter, QRectF(x, rect.top(), rect.right() - x, rect.height()), wording.who(row), ink
        )


def _text(
    painter: QPainter, rect: QRectF, text: str, colour: QColor, *, bold: bool = False
) -> None:
    write(painter, rect, text, theme.font(bold=bold), colour)
