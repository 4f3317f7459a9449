"""How a room's tile and a coming booking are drawn."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from koba_desktop.domain.vocabulary import RoomBookingState
from koba_desktop.gui import theme
from koba_desktop.gui.rooms import wording
from koba_desktop.gui.rooms.model import ROW_ROLE
from koba_desktop.i18n import formats
from koba_desktop.services.rooms.board import RoomLine
from koba_desktop.services.rows import RoomBookingRow

Index = QModelIndex | QPersistentModelIndex
_PAD = 8
TILE_HEIGHT = 72


class TileDelegate(QStyledItemDelegate):
    """A tile a room: name, state with icon, what comes next; the bar at the left repeats it."""

    def __init__(self, view: QListView, now: Callable[[], datetime]) -> None:
        super().__init__(view)
        self._view = view
        self._now = now

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._view.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: RoomLine = index.data(ROW_ROLE)
        t = theme.tokens()
        tile = option.rect.adjusted(4, 4, -4, -4)
        role = wording.state_role(line)
        colour: QColor = getattr(t, role)
        closed = role == "blocked"
        painter.fillRect(tile, t.blocked_ground if closed else t.base)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(QPen(t.text if selected else t.separator, 2 if selected else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(tile.adjusted(0, 0, -1, -1))
        bar = QRect(tile.left(), tile.top(), 4, tile.height())
        hatched = closed or line.now_state is RoomBookingState.AIRING
        painter.fillRect(
            bar, QBrush(colour, Qt.BrushStyle.BDiagPattern) if hatched else QBrush(colour)
        )
        if option.state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            painter.setPen(QPen(t.accent, 2))
            painter.drawRect(tile.adjusted(-2, -2, 1, 1))
        self._write(painter, tile.adjusted(4 + _PAD, _PAD - 4, -_PAD, -_PAD + 4), line, colour)

    def _write(self, painter: QPainter, inner: QRect, line: RoomLine, colour: QColor) -> None:
        t = theme.tokens()
        step, size = inner.height() / 3, theme.px(14)
        rows = [QRectF(inner.left(), inner.top() + n * step, inner.width(), step) for n in range(3)]
        metrics = QFontMetrics(theme.font())
        seats = wording.seats_short(line)
        right = rows[0].right() - metrics.horizontalAdvance(seats)
        painter.setFont(theme.font())
        painter.setPen(t.text2)
        painter.drawText(
            rows[0], Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, seats
        )
        if line.room.wheelchair:
            right -= size + 3
            place = QRectF(right, rows[0].center().y() - size / 2, size, size)
            theme.draw_icon(painter, "wheelchair", place, t.text2)
        name = QRectF(rows[0])
        name.setRight(right - 4)
        _text(painter, name, line.room.name, t.text, bold=True)
        place = QRectF(rows[1].left(), rows[1].center().y() - size / 2, size, size)
        theme.draw_icon(painter, wording.state_icon(line), place, colour)
        beside = rows[1].adjusted(size + 4, 0, 0, 0)
        state = wording.state_text(line, self._now())
        bold = theme.font(bold=True)
        _text(
            painter,
            beside,
            _fitting(bold, beside, state, wording.state_short(line)),
            colour,
            bold=True,
        )
        coming = _fitting(theme.font(), rows[2], wording.next_text(line), wording.next_short(line))
        _text(painter, rows[2], coming, t.text if line.following else t.text2)


def _fitting(font: QFont, rect: QRectF, full: str, short: str) -> str:
    """The full text where it fits."""
    return full if QFontMetrics(font).horizontalAdvance(full) <= rect.width() else short


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
    font = theme.font(bold=bold)
    painter.setFont(font)
    painter.setPen(colour)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(rect, flags, shown)
