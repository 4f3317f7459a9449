"""The calendar's picture: blocks in columns of days or advisors.

Columns are cached as pixmaps; what moves is painted over them.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPoint, QRect, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.blocks.minutes import MINUTES_A_DAY, minute_of
from koba_desktop.gui.blocks.view import BlockView, Index
from koba_desktop.gui.calendar.canvas import Canvas
from koba_desktop.gui.calendar.geometry import WHOLE, Geometry
from koba_desktop.gui.calendar.gestures import Gestures
from koba_desktop.gui.calendar.ghost import Ghost
from koba_desktop.gui.calendar.keyboard import Keyboard
from koba_desktop.gui.calendar.model import CalendarModel, Slot
from koba_desktop.gui.calendar.scene import Scene, slot_times
from koba_desktop.gui.calendar.wording import closure_text
from koba_desktop.gui.foreign import Marks
from koba_desktop.gui.widgets.changed import sign_rect
from koba_desktop.i18n import formats
from koba_desktop.services.calendar.former import FormerTime
from koba_desktop.services.rows import AppointmentRow

SLOT_HEIGHTS = {15: 26, 30: 26, 60: 40}  # px at least, of a slot of so many minutes


class CalendarView(BlockView[Ghost]):
    """Shows a ``Scene``; says by signals what the user wants, and changes nothing itself."""

    opened = Signal(object)  # UUID of an appointment
    creation_requested = Signal(object)  # Ghost without a row
    move_requested = Signal(object)  # Ghost with a row
    client_dropped = Signal(object, object)  # UUID of a client, Ghost
    page_requested = Signal(int)  # weeks forward
    step_requested = Signal(int, int)  # past the edge: pages, column to stand in (0 or -1)
    edge_move_requested = Signal(object, int)  # AppointmentRow, columns beyond the edge
    today_requested = Signal()
    date_requested = Signal()
    menu_requested = Signal(QPoint, object)  # global position, AppointmentRow | None
    hovered = Signal(object, QRect)  # AppointmentRow | None, its block in viewport coordinates
    focus_lost = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene = Scene()
        self.filled = False  # a page has been shown
        self.rows = CalendarModel(self)
        self.setModel(self.rows)
        self.step = 30  # minutes of a slot
        self.single_keys = True
        self.with_advisor = False
        self.now: datetime | None = None
        self.former: tuple[FormerTime, ...] = ()
        self.pending: frozenset[UUID] = frozenset()
        self.hover: UUID | None = None
        self.marks: Marks | None = None
        self._geometry = Geometry((), 0, 0, 450, 1080, 1.0)
        self._canvas = Canvas(self)
        self._gestures: Gestures = Gestures(self)
        self._keyboard: Keyboard = Keyboard(self)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    # --- what is shown ----------------------------------------------------------------------------

    def show_scene(self, scene: Scene) -> None:
        """Take another page or the same with changes; the keyboard stays where it was."""
        current = self.current_row()
        slot, old_columns = self.rows.slot, self.scene.columns
        self.scene, self.filled = scene, True
        reset = self.rows.show(scene.rows)
        self._measure()
        if current is not None and reset:
            index = self.rows.index_of(current.id)
            if index.isValid():
                self._make_current(index)
            else:
                self._clear_current()
        if scene.columns != old_columns or slot is None or slot.column >= len(scene.columns):
            self.rows.place_slot(None)
        self.viewport().update()

    def set_step(self, minutes: int) -> None:
        """Zoom: a slot is 15, 30 or 60 minutes."""
        middle = self._geometry.minute_at(self.verticalOffset() + self.viewport().height() / 2)
        self.step = minutes
        self._measure()
        y = self._geometry.y_of(middle) - self.viewport().height() // 2
        self.verticalScrollBar().setValue(y)
        self.viewport().update()

    def set_now(self, now: datetime) -> None:
        if now != self.now:
            self.now = now
            self.viewport().update()

    def set_former(self, former: tuple[FormerTime, ...]) -> None:
        self.former = former
        self.viewport().update()

    def show_marks(self, marks: Marks, said: Callable[[UUID], str]) -> None:
        """Show on the blocks what others changed; ``said`` is the sentence about it."""
        self.marks, self.rows.said = marks, said
        marks.changed.connect(self._on_marks)

    def _on_marks(self, ids: frozenset[UUID]) -> None:
        for each in ids:
            block = self.row_rect(each)
            if not block.isNull():
                self.viewport().update(sign_rect(block))

    def set_pending(self, pending: frozenset[UUID]) -> None:
        if pending != self.pending:
            self.pending = pending
            self.viewport().update()

    def _update_ghost(self, ghost: Ghost) -> None:
        self.viewport().update(self.ghost_rect(ghost).adjusted(-4, -4, 4, 4))
        if ghost.row is not None:
            self.viewport().update(self.row_rect(ghost.row.id).adjusted(-4, -4, 4, 4))

    # --- where things are -------------------------------------------------------------------------

    @property
    def geometry_now(self) -> Geometry:
        return self._geometry

    def to_content(self, point: QPoint) -> QPoint:
        return point + QPoint(0, self.verticalOffset())

    def ghost_rect(self, ghost: Ghost) -> QRect:
        rect = self._geometry.block_rect(
            ghost.column, ghost.starts, ghost.starts + ghost.minutes, WHOLE
        )
        return rect.translated(0, -self.verticalOffset())

    def row_rect(self, appointment_id: UUID) -> QRect:
        """The block of an appointment in viewport coordinates; empty if it is not shown."""
        return self.visualRect(self.rows.index_of(appointment_id))

    def slot_rect(self, slot: Slot) -> QRect:
        day = self.scene.columns[slot.column].day
        rect = self._geometry.block_rect(
            slot.column, minute_of(slot.starts, day), minute_of(slot.ends, day), WHOLE
        )
        return rect.translated(0, -self.verticalOffset())

    def visualRect(self, index: Index) -> QRect:
        entry = self.scene.entry_of.get(index.row()) if index.isValid() else None
        if entry is not None:
            rect = self._geometry.block_rect(entry.column, entry.starts, entry.ends, entry.place)
            return rect.translated(0, -self.verticalOffset())
        if index.isValid() and index.row() == len(self.rows.rows) and self.rows.slot is not None:
            return self.slot_rect(self.rows.slot)
        return QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        number = self._geometry.column_at(point.x())
        if number < 0:
            return QModelIndex()
        for entry in self.scene.by_column[number]:
            if self.visualRect(self.rows.index(entry.number)).contains(point):
                return self.rows.index(entry.number)
        return QModelIndex()

    def ensure_shown(self, rect: QRect) -> None:
        """Scroll so that a rectangle of the viewport is seen, with a little air."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if rect.top() < 6:
            bar.setValue(bar.value() + rect.top() - 6)
        elif rect.bottom() > height - 6:
            bar.setValue(bar.value() + min(rect.bottom() - height + 6, rect.top() - 6))

    # --- the keyboard's place ---------------------------------------------------------------------

    def current_row(self) -> AppointmentRow | None:
        return self.rows.row_at(self.currentIndex())

    def current_slot(self) -> Slot | None:
        """The free slot the keyboard is on."""
        on_slot = self.currentIndex().row() == len(self.rows.rows)
        return self.rows.slot if on_slot and self.currentIndex().isValid() else None

    def select_appointment(self, appointment_id: UUID | None) -> None:
        """Go to an appointment if it is shown; None takes the selection away."""
        index = self.rows.index_of(appointment_id)
        if index.isValid():
            self._make_current(index)
            self.scrollTo(index)
        elif appointment_id is None and self.current_row() is not None:
            self._clear_current()

    def stand_on(self, column: int, minute: int, minutes: int | None = None) -> None:
        """Put the keyboard on a free slot."""
        starts, ends = slot_times(self.scene.columns[column], minute, minutes or self.step)
        closure = self.scene.closed_at(column, minute)
        before = self.rows.slot
        if before is not None and before.column < len(self.scene.columns):
            self.viewport().update(self.slot_rect(before).adjusted(-4, -4, 4, 4))
        reason = closure_text(closure) if closure else ""
        self.rows.place_slot(Slot(starts, ends, column, reason))
        self._make_current(self.rows.slot_index())
        self.scrollTo(self.rows.slot_index())
        self._keyboard.announce_free()
        self.viewport().update()

    def stand_near(self, column: int, minute: int) -> None:
        """Go to the appointment at that minute of a column, else to the free slot there."""
        self._keyboard.stand(column, minute)

    def take_place(self) -> None:
        """If the keyboard stands nowhere, stand at the present."""
        self._keyboard.enter()

    def _clear_current(self) -> None:
        self.selectionModel().clear()

    def _on_current_changed(self, _new: QModelIndex, _old: QModelIndex) -> None:
        self.viewport().update()

    # --- size -------------------------------------------------------------------------------------

    def _measure(self) -> None:
        """Take the geometry anew: hours fill the height unless slots would get too low."""
        area = self.viewport().size()
        scale = theme.px(100) / 100
        first, last = self.scene.first, self.scene.last
        minute = SLOT_HEIGHTS[self.step] * scale / self.step
        if self.step == 60:  # the widest zoom shows more of the day, not higher hours
            hours = int(area.height() / minute) // 30 * 30
            if hours > last - first:
                first = max(0, first - (hours - last + first) // 60 * 30)
                last = min(MINUTES_A_DAY, first + hours)
        minute = max(minute, area.height() / max(30, last - first))
        axis = QFontMetrics(theme.font(bold=True)).horizontalAdvance("00:00") + 14
        new = Geometry(self.scene.columns, axis, area.width(), first, last, minute)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, new.height - area.height()))
        bar.setPageStep(area.height())
        bar.setSingleStep(max(10, round(self.step * minute / 2)))
        if new != self._geometry:
            self._geometry = new
            self.geometry_changed.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.hovered.emit(None, QRect())
        self.viewport().update()

    # --- events -----------------------------------------------------------------------------------

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_lost.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._gestures.drag(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._gestures.drag(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.set_ghost(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self._gestures.drop(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            self.menu_requested.emit(event.globalPos(), self.rows.row_at(self.indexAt(event.pos())))
        else:
            place = self.visualRect(self.currentIndex()).center()
            self.menu_requested.emit(self.viewport().mapToGlobal(place), self.current_row())

    def _tell(self, event: QHelpEvent) -> None:
        """On hover, the reason why nothing can be booked here."""
        at = self.to_content(event.pos())
        number = self._geometry.column_at(at.x())
        if number < 0 or self.indexAt(event.pos()).isValid():
            QToolTip.hideText()
            return
        closure = self.scene.closed_at(number, self._geometry.minute_at(at.y()))
        if closure is not None:
            times = formats.span_of(closure.starts, closure.ends)
            QToolTip.showText(event.globalPos(), f"{closure_text(closure)}\n{times}", self)
