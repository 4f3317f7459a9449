"""The room board: a large tile a room with a running clock and the next step as a button.

Enter or Space takes the step of the current tile, a click that of its painted button, and a real
button lies over the painted one of the current tile, for Tab and for screen readers. The rest is
in the context menu (Menu key, Shift+F10). Who cleaned signs in the tile: Enter opens the field with
the initials of who sits at the desk, Enter signs, Esc leaves.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QMenu, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.desk import AppointmentRequest, Desk
from koba_desktop.gui.rooms import tile_layout
from koba_desktop.gui.rooms.board_delegate import MARGIN, BoardDelegate
from koba_desktop.gui.rooms.board_model import BoardModel, ids_of
from koba_desktop.gui.rooms.deeds import RoomDeeds
from koba_desktop.gui.rooms.steps import Deed
from koba_desktop.gui.rooms.tile_buttons import TileButtons
from koba_desktop.gui.rooms.tile_layout import TileLayout
from koba_desktop.gui.rooms.tile_painting import live_rect
from koba_desktop.gui.rooms.tiles import Tile, booking_of
from koba_desktop.gui.widgets.changed import RowSigns
from koba_desktop.i18n import _
from koba_desktop.services.rooms.board import RoomDay

Index = QModelIndex | QPersistentModelIndex
_STEP_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_NOTHING = (-1, -1)


class RoomBoard(QListView):
    """The rooms of one day. Its panel shows it the days when something changed, and the time each
    second; it says which appointment somebody chose a tile for."""

    appointment_selected = Signal(object)  # UUID

    def __init__(self, desk: Desk, deeds: RoomDeeds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._deeds = deeds
        self._rooms = BoardModel(desk, self)
        self._layouts: dict[int, tuple[Tile, QSize, TileLayout]] = {}
        self._exposed = QRegion()
        self._hot = _NOTHING  # row and number of the button under the pointer
        self._pressed = _NOTHING
        self._choosing = False
        self._buttons = TileButtons(self.viewport(), self._take_step)
        self._set_up()
        self.setModel(self._rooms)
        self._tiles = BoardDelegate(self)
        self._tiles.signed.connect(self._on_signed)
        self.setItemDelegate(self._tiles)
        self.signs = RowSigns(
            self, desk.marks, lambda at: ids_of(self.tile(at.row())), self._box_of
        )
        self._rooms.modelReset.connect(self._forget)
        self._rooms.dataChanged.connect(self._on_changed)
        self.doubleClicked.connect(self._open)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._place_buttons())
        theme.watcher().changed.connect(self._forget)

    def _set_up(self) -> None:
        self.setAccessibleName(_("Rooms and places now"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setMinimumSize(tile_layout.least_width(), tile_layout.least_height())

    # --- what it shows ----------------------------------------------------------------------------

    def show_days(self, days: tuple[RoomDay, ...]) -> None:
        """The rooms as they are stored; asked anew when something changed."""
        self._rooms.show_days(days)
        self._fit()
        if self.hasFocus():
            self._choose_first()
        self._place_buttons()

    def set_now(self, now: datetime) -> None:
        """The clock goes on: only what that changes is painted."""
        rows = self._rooms.set_now(now)
        dirty = QRegion()
        for row in rows:
            place = self.tile_rect(row)
            if place.intersects(self.viewport().rect()):
                dirty += live_rect(place, self.layout_of(row))
        if not dirty.isEmpty():
            self.viewport().update(dirty)

    def set_waiting(self, waiting: Mapping[UUID, datetime]) -> None:
        """Whose visitors wait, by appointment, and since when."""
        self._rooms.set_waiting(waiting)

    def select_appointment(self, appointment_id: UUID | None) -> None:
        """Another panel chose an appointment: the tile of its room is chosen too."""
        row = self._rooms.row_of_appointment(appointment_id) if appointment_id else -1
        if row < 0:
            self.clearSelection()
        else:
            self._choose(row)

    def _choose(self, row: int) -> None:
        """Make a tile the current one without telling anybody."""
        self._choosing = True
        try:
            self.selectionModel().setCurrentIndex(
                self._rooms.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        finally:
            self._choosing = False

    # --- where everything is ----------------------------------------------------------------------

    def tile_rect(self, row: int) -> QRect:
        """The tile of a row in the viewport."""
        cell = self.visualRect(self._rooms.index(row))
        return cell.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)

    def _box_of(self, index: Index) -> QRect:
        return self.tile_rect(index.row())

    def layout_of(self, row: int) -> TileLayout:
        """Where in the tile of a row everything stands, measured when it changed."""
        tile, size = self._rooms.tile(row), self._tile_size()
        kept = self._layouts.get(row)
        if kept is None or kept[0] != tile or kept[1] != size:
            kept = (tile, size, tile_layout.lay_out(tile, size))
            self._layouts[row] = kept
        return kept[2]

    def tile(self, row: int) -> Tile:
        return self._rooms.tile(row)

    def exposed(self) -> QRegion:
        """What is being painted now."""
        return self._exposed

    def hot_button(self, row: int) -> int:
        """The number of the button under the pointer, -1 if it is another row's or none."""
        return self._hot[1] if self._hot[0] == row else -1

    def _tile_size(self) -> QSize:
        return self.gridSize() - QSize(2 * MARGIN, 2 * MARGIN)

    def _fit(self) -> None:
        """As many columns as have room, and tiles as high as lets all be seen. Where even low ones
        have no room for all, the board scrolls, by whole tiles that say more."""
        count = self._rooms.rowCount()
        if not count:
            return
        bar = self.verticalScrollBar().sizeHint().width()
        columns = max(1, (self.width() - bar) // (tile_layout.least_width() + 2 * MARGIN))
        rows = -(-count // columns)
        least = tile_layout.least_height() + 2 * MARGIN
        full = tile_layout.full_height() + 2 * MARGIN
        if rows * (tile_layout.low_height() + 2 * MARGIN) <= self.height():
            least = tile_layout.low_height() + 2 * MARGIN
        fitting = max(1, min(rows, self.height() // least))
        height = max(least, min(full, self.height() // fitting))
        scrolls = rows > fitting
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOn if scrolls else policy.ScrollBarAlwaysOff
        )
        self.verticalScrollBar().setSingleStep(height)
        width = (self.width() - (bar if scrolls else 0) - 2) // columns
        if self.gridSize() != QSize(width, height):
            self.setGridSize(QSize(width, height))

    def _forget(self) -> None:
        self._layouts.clear()
        self._tiles.forget()
        self.viewport().update()
        self._place_buttons()

    # --- steps ------------------------------------------------------------------------------------

    def take_step(self, row: int, number: int = 0) -> None:
        """What the button of a tile does; where there is none, the menu of the tile opens."""
        steps = self._rooms.tile(row).steps
        if number >= len(steps):
            self._show_menu(row, self._anchor(row, number))
        elif steps[number].deed is Deed.CLEANED:
            self._sign(row)
        else:
            self._deeds.carry_out(steps[number], self._anchor(row, number))

    def _take_step(self, number: int) -> None:
        if self.currentIndex().isValid():
            self.take_step(self.currentIndex().row(), number)

    def _sign(self, row: int) -> None:
        """Open the field for initials; if it is open, take what stands in it."""
        editor = self._tiles.editor_of(row)
        if editor is not None:
            self._tiles.sign(editor)
            return
        index = self._rooms.index(row)
        self.setCurrentIndex(index)
        self._tiles.initials = self._desk.member.initials
        self.edit(index)

    def _on_signed(self, row: int, initials: str) -> None:
        for step in self._rooms.tile(row).steps:
            if step.deed is Deed.CLEANED and step.booking is not None:
                self._deeds.cleaned(step.booking, initials)

    def _anchor(self, row: int, number: int) -> QPoint:
        """Where on the screen a menu about a tile opens."""
        place, buttons = self.tile_rect(row), self.layout_of(row).buttons
        at = place.center()
        if number < len(buttons):
            at = buttons[number].rect.translated(place.topLeft()).bottomLeft()
        return self.viewport().mapToGlobal(at)

    def _show_menu(self, row: int, at: QPoint) -> None:
        menu = QMenu(self)
        self._deeds.fill_menu(menu, self._rooms.tile(row).line, at=at)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _open(self, index: Index) -> None:
        booking = booking_of(self._rooms.tile(index.row()))
        if booking is not None:
            self._desk.edit_appointment_requested.emit(
                AppointmentRequest(appointment_id=booking.appointment_id)
            )

    def _place_buttons(self) -> None:
        """The real buttons lie over the painted ones of the current tile."""
        index = self.currentIndex()
        if not index.isValid():
            self._buttons.hide()
            return
        row = index.row()
        self._buttons.lie_over(
            self._rooms.tile(row), self.layout_of(row).buttons, self.tile_rect(row).topLeft()
        )

    # --- what happens to it -----------------------------------------------------------------------

    def _on_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        for row in range(first.row(), last.row() + 1):
            editable = bool(self._rooms.flags(self._rooms.index(row)) & Qt.ItemFlag.ItemIsEditable)
            editor = self._tiles.editor_of(row)
            if editor is not None and not editable:  # somebody else signed meanwhile
                self._tiles.leave(editor)
        self._place_buttons()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._place_buttons()
        if self._choosing or not current.isValid():
            return
        booking = booking_of(self._rooms.tile(current.row()))
        if booking is not None:
            self.appointment_selected.emit(booking.appointment_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEP_KEYS and self.currentIndex().isValid():
            if not event.isAutoRepeat():
                self.take_step(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._choose_first()

    def _choose_first(self) -> None:
        """Where the keyboard is must be seen: without a chosen tile it is the first."""
        if not self.currentIndex().isValid() and self._rooms.rowCount():
            self._choose(0)

    def _button_at(self, place: QPoint) -> tuple[int, int]:
        index = self.indexAt(place)
        if not index.isValid():
            return _NOTHING
        row = index.row()
        inside, layout = place - self.tile_rect(row).topLeft(), self.layout_of(row)
        for number, button in enumerate(layout.buttons):
            if button.rect.contains(inside):
                return row, number
        return (row, 0) if layout.initials.contains(inside) else _NOTHING

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        left = event.button() is Qt.MouseButton.LeftButton
        self._pressed = self._button_at(event.position().toPoint()) if left else _NOTHING

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, _NOTHING
        if pressed != _NOTHING and pressed == self._button_at(event.position().toPoint()):
            self.take_step(*pressed)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._button_at(event.position().toPoint()) == _NOTHING:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._warm(self._button_at(event.position().toPoint()))

    def leaveEvent(self, event: object) -> None:
        self._warm(_NOTHING)

    def _warm(self, hot: tuple[int, int]) -> None:
        for row in {self._hot[0], hot[0]} - {-1} if hot != self._hot else ():
            self.viewport().update(self.tile_rect(row))
        self._hot = hot

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if event.reason() is not QContextMenuEvent.Reason.Mouse:
            index = self.currentIndex()
        if index.isValid():
            row = index.row()
            by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
            self._show_menu(row, event.globalPos() if by_mouse else self._anchor(row, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._place_buttons()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), t.window)
        if not self._rooms.rowCount():
            painter.setPen(t.text2)
            painter.drawText(
                self.viewport().rect().adjusted(12, 8, -12, -8),
                Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap,
                _("This office has no rooms yet. Add them under Administration."),
            )
        painter.end()
        self._exposed = event.region()
        super().paintEvent(event)
