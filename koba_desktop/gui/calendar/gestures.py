"""The calendar by mouse: drag a block, pull its handles, draw a new one, drop a client."""

from enum import Enum, auto
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from koba_desktop.gui.blocks.minutes import MINUTES_A_DAY
from koba_desktop.gui.calendar.ghost import Ghost, judged
from koba_desktop.gui.calendar.overlay import handle_rects
from koba_desktop.services.rows import AppointmentRow

if TYPE_CHECKING:
    from koba_desktop.gui.calendar.view import CalendarView

CLIENT_MIME = "application/x-koba-client"
GRID = 15  # minutes a drag snaps to (5 in the finest zoom)
DROP_MINUTES = 30


class _Grip(Enum):
    NOTHING = auto()
    BLOCK = auto()
    TOP = auto()
    BOTTOM = auto()
    EMPTY = auto()


class Gestures:
    """From press to release. Nothing moves before the system's drag distance; Esc lets go."""

    def __init__(self, view: "CalendarView") -> None:
        self._view = view
        self._grip = _Grip.NOTHING
        self._from = QPoint()
        self._row: AppointmentRow | None = None
        self._dragging = False
        self._grab_minute = 0.0
        self._grab_column = 0

    # --- mouse ------------------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> None:
        view, point = self._view, event.position().toPoint()
        view.hovered.emit(None, QRect())
        view.setFocus(Qt.FocusReason.MouseFocusReason)
        grip, row = self._grip_at(point)
        column = view.geometry_now.column_at(point.x())
        if row is not None:
            view.select_appointment(row.id)
        elif column >= 0:
            minute = int(self._minute_at(point)) // view.step * view.step
            view.stand_on(column, max(view.geometry_now.first, minute))
        if event.button() is not Qt.MouseButton.LeftButton or column < 0:
            return
        self._grip, self._row, self._from, self._dragging = grip, row, point, False
        self._grab_minute = self._minute_at(point)
        self._grab_column = column

    def moved(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._grip is _Grip.NOTHING:
            self._hover(point)
            return
        if not self._dragging:
            far = (point - self._from).manhattanLength() >= QApplication.startDragDistance()
            if not far:
                return
            self._dragging = True
        self._scroll(point)
        self._view.set_ghost(self._ghost_at(point))

    def release(self, event: QMouseEvent) -> None:
        ghost = self._view.ghost if self._dragging else None
        row = self._row
        self._let_go()
        if ghost is None:
            return
        if ghost.row is None:
            self._view.creation_requested.emit(ghost)
        elif row is not None:
            starts, ends = ghost.times(self._view.scene.columns)
            advisor = ghost.advisor(self._view.scene.columns)
            if (starts, ends, advisor) != (row.starts, row.ends, row.advisor_id):
                self._view.move_requested.emit(ghost)

    def double_click(self, event: QMouseEvent) -> None:
        view, point = self._view, event.position().toPoint()
        self._let_go()
        row = view.rows.row_at(view.indexAt(point))
        column = view.geometry_now.column_at(point.x())
        if row is not None:
            view.opened.emit(row.id)
        elif column >= 0:
            minute = int(self._minute_at(point)) // view.step * view.step
            view.creation_requested.emit(judged(view.scene, None, column, minute, view.step))

    def left(self) -> None:
        self._set_hover(None)

    def key(self, event: QKeyEvent) -> bool:
        """Esc during a drag leaves everything as it was."""
        if self._dragging and event.key() == Qt.Key.Key_Escape:
            self._let_go()
            return True
        return self._dragging

    # --- drag from the client list ----------------------------------------------------------------

    def drag(self, event: QDragMoveEvent) -> None:
        point = event.position().toPoint()
        column = self._view.geometry_now.column_at(point.x())
        if not event.mimeData().hasFormat(CLIENT_MIME) or column < 0:
            self._view.set_ghost(None)
            event.ignore()
            return
        self._scroll(point)
        minute = self._snap(self._minute_at(point))
        self._view.set_ghost(judged(self._view.scene, None, column, minute, DROP_MINUTES))
        event.acceptProposedAction()

    def drop(self, event: QDropEvent) -> None:
        ghost = self._view.ghost
        self._view.set_ghost(None)
        if ghost is None or not event.mimeData().hasFormat(CLIENT_MIME):
            event.ignore()
            return
        text = bytes(event.mimeData().data(CLIENT_MIME).data()).decode("ascii")
        event.acceptProposedAction()
        self._view.client_dropped.emit(UUID(text), ghost)

    # --- how --------------------------------------------------------------------------------------

    def _let_go(self) -> None:
        self._grip, self._row, self._dragging = _Grip.NOTHING, None, False
        self._view.set_ghost(None)

    def _minute_at(self, point: QPoint) -> float:
        return self._view.geometry_now.minute_at(self._view.to_content(point).y())

    def _snap(self, minute: float) -> int:
        grid = 5 if self._view.step == GRID else GRID
        return round(minute / grid) * grid

    def _grip_at(self, point: QPoint) -> tuple[_Grip, AppointmentRow | None]:
        view = self._view
        selected = view.current_row()
        if selected is not None:
            top, bottom = handle_rects(view.row_rect(selected.id))
            if top.adjusted(-5, -2, 5, 2).contains(point):
                return _Grip.TOP, selected
            if bottom.adjusted(-5, -2, 5, 2).contains(point):
                return _Grip.BOTTOM, selected
        row = view.rows.row_at(view.indexAt(point))
        return (_Grip.BLOCK, row) if row is not None else (_Grip.EMPTY, None)

    def _ghost_at(self, point: QPoint) -> Ghost | None:
        view, row = self._view, self._row
        minute = self._minute_at(point)
        if self._grip is _Grip.EMPTY or row is None:
            first, last = sorted((self._grab_minute, minute))
            starts = self._floor(first)
            ends = max(self._snap(last), starts + GRID)
            return judged(view.scene, None, self._grab_column, starts, ends - starts)
        entry = view.scene.entry_of.get(view.rows.index_of(row.id).row())
        if entry is None:
            return None
        if self._grip is _Grip.TOP:
            starts = min(self._snap(minute), entry.ends - GRID)
            return judged(view.scene, row, entry.column, starts, entry.ends - starts)
        if self._grip is _Grip.BOTTOM:
            ends = max(self._snap(minute), entry.starts + GRID)
            return judged(view.scene, row, entry.column, entry.starts, ends - entry.starts)
        column = view.geometry_now.column_at(point.x())
        length = entry.ends - entry.starts
        starts = self._snap(entry.starts + minute - self._grab_minute)
        starts = max(0, min(starts, MINUTES_A_DAY - length))
        return judged(view.scene, row, column if column >= 0 else entry.column, starts, length)

    def _floor(self, minute: float) -> int:
        grid = 5 if self._view.step == GRID else GRID
        return int(minute) // grid * grid

    def _scroll(self, point: QPoint) -> None:
        """A drag near the upper or lower edge brings more of the day."""
        bar, height = self._view.verticalScrollBar(), self._view.viewport().height()
        if point.y() < 16:
            bar.setValue(bar.value() - 12)
        elif point.y() > height - 16:
            bar.setValue(bar.value() + 12)

    def _hover(self, point: QPoint) -> None:
        grip, row = self._grip_at(point)
        shape = {
            _Grip.TOP: Qt.CursorShape.SizeVerCursor,
            _Grip.BOTTOM: Qt.CursorShape.SizeVerCursor,
        }.get(grip, Qt.CursorShape.ArrowCursor)
        self._view.viewport().setCursor(shape)
        self._set_hover(row)

    def _set_hover(self, row: AppointmentRow | None) -> None:
        view = self._view
        new = row.id if row is not None else None
        if new == view.hover:
            return
        for appointment_id in (view.hover, new):
            if appointment_id is not None:
                view.viewport().update(view.row_rect(appointment_id).adjusted(-2, -2, 2, 2))
        view.hover = new
        view.hovered.emit(row, view.row_rect(new) if new is not None else QRect())
