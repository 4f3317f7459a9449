"""The timeline's picture: the places of an office along the hours of a day.

Rows are cached as pixmaps; what moves is painted over them.

How to embed it: ``RoomTimeline(desk, self)`` on a page, with ``compact=True`` in a narrow dock;
give it ``room_days(view, office_id, today)`` by ``show_days`` whenever they changed. It follows
the clock by itself. ``attach(desk, timeline)`` (``wiring.py``) lets it do what it is asked for:
moves, the context menu, opening, and selecting along with the other panels.
"""

from collections.abc import Mapping
from datetime import date, datetime
from html import escape
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from koba_desktop.domain.clock import day_of
from koba_desktop.gui import theme
from koba_desktop.gui.blocks.minutes import moment_at
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.timeline import overlay, wording
from koba_desktop.gui.timeline.canvas import Canvas
from koba_desktop.gui.timeline.geometry import minute_at
from koba_desktop.gui.timeline.gestures import GRID, Gestures
from koba_desktop.gui.timeline.ghost import Ghost
from koba_desktop.gui.timeline.hours import Hours
from koba_desktop.gui.timeline.keyboard import Keyboard
from koba_desktop.gui.timeline.model import Advisors, Spot, TimelineModel
from koba_desktop.gui.timeline.rows_view import RowsView
from koba_desktop.gui.timeline.scene import Aim, Block, Phase, Scene
from koba_desktop.i18n import _
from koba_desktop.services.rooms.board import RoomDay


class RoomTimeline(RowsView):
    """Shows the places of an office along a day; says by signals what the user wants, and changes
    nothing itself."""

    opened = Signal(object)  # UUID of an appointment
    selected = Signal(object)  # UUID of an appointment
    move_requested = Signal(object, object, object)  # RoomBookingRow, UUID of a place, datetime
    menu_requested = Signal(QPoint, object, object, object)
    """Global position, RoomBookingRow | None, UUID of a place, datetime under the pointer."""
    days_shown = Signal()
    escaped = Signal()  # Esc, with nothing shown here that it could drop

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, compact: bool = False) -> None:
        self.advisors = Advisors(desk)
        super().__init__(TimelineModel(self.advisors.of), parent, compact=compact)
        self._desk = desk
        self.days: tuple[RoomDay, ...] = ()
        self._day: date | None = None
        self._moved: Mapping[UUID, Aim] = {}
        self.now = desk.now()
        self.now_minute: float | None = None
        self.hover: UUID | None = None
        self._quiet = False
        self._canvas: Canvas = Canvas(self)
        self._gestures: Gestures = Gestures(self)
        self._keyboard: Keyboard = Keyboard(self)
        self._hours = Hours(desk, self)
        self._hours.changed.connect(self._rebuild)
        self.setAccessibleName(_("Timeline of the rooms today"))
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        desk.tick.connect(self._on_tick)
        desk.book_changed.connect(self._on_book_changed)

    # --- what is shown ----------------------------------------------------------------------------

    def show_days(self, days: tuple[RoomDay, ...], day: date | None = None) -> None:
        """Take the rooms' day (``day`` None: today); the keyboard stays where it was."""
        self.days, self._day = days, day or self._desk.today()
        self.now = self._desk.now()
        self._hours.want(self._day)
        self._rebuild()
        self.days_shown.emit()

    def set_now(self, now: datetime) -> None:
        """The clock went on: the line moves, and what overruns grows."""
        before = self.now
        if now == before:
            return
        self.now = now
        if self._day is None:
            return
        if now.replace(second=0, microsecond=0) != before.replace(second=0, microsecond=0):
            self._rebuild()
        self._move_line()

    def set_moved(self, moved: Mapping[UUID, Aim]) -> None:
        """Bookings on their way elsewhere: shown there, a little faded."""
        if moved != self._moved:
            self._moved = dict(moved)
            self._rebuild()

    def set_hover(self, block: Block | None) -> None:
        new = block.id if block is not None else None
        if new != self.hover:
            for booking_id in (self.hover, new):
                known = self.scene.block_of(booking_id)
                if known is not None:
                    self.viewport().update(self.block_rect(known).adjusted(-2, -2, 2, 2))
            self.hover = new

    def select_appointment(self, appointment_id: UUID | None) -> None:
        """Go to the use of an appointment if it is shown; None takes the selection away. The
        signals say nothing of it."""
        current = self.current_block()
        block = self.scene.of_appointment(appointment_id) if appointment_id is not None else None
        if current is not None and current.row.appointment_id == appointment_id is not None:
            return
        self._quiet = True
        try:
            if block is not None:
                self.stand_on_block(block)
            elif current is not None:
                self.selectionModel().clear()
        finally:
            self._quiet = False

    # --- the keyboard's place ---------------------------------------------------------------------

    def stand_on_block(self, block: Block) -> None:
        index = self.rows.index_of(block.id)
        self._make_current(index)
        self.scrollTo(index)

    def stand_on_spot(self, spot: Spot) -> None:
        """Put the keyboard on a free stretch of a row."""
        self._forget_spot()
        self.rows.place_spot(spot)
        self._make_current(self.rows.spot_index())
        self.scrollTo(self.rows.spot_index())
        self._keyboard.announce_free()
        self.viewport().update(self.spot_rect(spot).adjusted(-4, -4, 4, 4))

    def stand_at(self, point: QPoint) -> None:
        """On the free spot under a point, if there is one."""
        at = self.to_content(point)
        line = self._geometry.line_at(at.y()) if point.y() >= self._geometry.head else -1
        minute = self._geometry.minute_of(at.x())
        if line < 0 or at.x() < self._geometry.label:
            return
        for stop in self.scene.stops(line):
            if stop.block is None and stop.starts <= minute < stop.ends:
                self.stand_on_spot(Spot(line, stop))

    def _forget_spot(self) -> None:
        if self.rows.spot is not None and self.rows.spot.line < len(self.scene.lines):
            self.viewport().update(self.spot_rect(self.rows.spot).adjusted(-4, -4, 4, 4))

    def _on_current_changed(self, new: QModelIndex, old: QModelIndex) -> None:
        for index in (new, old):
            self.viewport().update(self.visualRect(index).adjusted(-5, -5, 5, 5))
        block = self.rows.block_at(new)
        if block is not None and block.row.appointment_id is not None and not self._quiet:
            self.selected.emit(block.row.appointment_id)

    # --- what the user wants ----------------------------------------------------------------------

    def open_current(self) -> None:
        """Enter: the appointment of a use; the menu where there is none."""
        block = self.current_block()
        if block is not None and block.row.appointment_id is not None:
            self.open_block(block)
        else:
            self._menu_by_key()

    def open_block(self, block: Block) -> None:
        if block.row.appointment_id is not None:
            self.opened.emit(block.row.appointment_id)

    def request_move(self, ghost: Ghost) -> None:
        aim = ghost.aim(self.scene)
        self.move_requested.emit(ghost.block.row, aim.place_id, aim.starts)

    def _menu_by_key(self) -> None:
        block, spot = self.current_block(), self.current_spot()
        rect = self.visualRect(self.currentIndex())
        place = self.viewport().mapToGlobal(QPoint(rect.center().x(), rect.bottom()))
        if block is not None:
            self._ask_menu(place, block, block.line, block.starts)
        elif spot is not None:
            self._ask_menu(place, None, spot.line, spot.stop.starts)

    def _ask_menu(self, place: QPoint, block: Block | None, line: int, minute: int) -> None:
        assert self._day is not None
        self.menu_requested.emit(
            place,
            block.row if block is not None else None,
            self.scene.lines[line].place_id,
            moment_at(self._day, minute),
        )

    # --- making it anew ---------------------------------------------------------------------------

    def _rebuild(self) -> None:
        """Make the scene anew; only rows that differ are painted again."""
        if self._day is None:
            return
        current, spot = self.current_block(), self.current_spot()
        before = self.scene
        scene = Scene(self.days, self._day, self.now, self._hours.closures, self._moved, before)
        self.scene = scene
        quiet, self._quiet = self._quiet, True
        if self.rows.show(scene):
            self.hover = None
            if current is not None and scene.block_of(current.id) is not None:
                self._make_current(self.rows.index_of(current.id))
            elif spot is not None and spot.line < len(scene.lines):
                self._make_current(self.rows.spot_index())
        self._quiet = quiet
        self._gestures.follow(scene)
        self._keyboard.follow(scene)
        geometry = self._geometry
        self._measure()
        if geometry != self._geometry or len(before.by_line) != len(scene.by_line):
            self.viewport().update()
        else:
            for number, (old, new) in enumerate(zip(before.by_line, scene.by_line, strict=True)):
                if old is not new:
                    self.viewport().update(self._to_viewport(self._geometry.line_rect(number)))
        self._move_line()

    def _move_line(self) -> None:
        """The line of the present where the clock is now, on the day it is about."""
        old = self.now_minute
        minute = minute_at(self.now, self._day) if self._day is not None else -1
        today = self._day == day_of(self.now)
        seen = today and self.scene.first <= minute <= self.scene.last
        self.now_minute = minute if seen else None
        bottom = self.viewport().height()
        before, after = (
            overlay.now_rect(self._geometry, each, bottom) if each is not None else QRect()
            for each in (old, self.now_minute)
        )
        if before != after:  # at most two updates a minute, however often the clock is asked
            self.viewport().update(before)
            self.viewport().update(after)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._move_line()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.set_hover(None)
        self.viewport().update()

    # --- painting ---------------------------------------------------------------------------------

    def _update_ghost(self, ghost: Ghost) -> None:
        block, pause = self.ghost_rects(ghost)
        flag = overlay.flag_rect(
            block, self._canvas.flag_lines(ghost), theme.font(), self.viewport().rect()
        )
        for rect in (block.united(pause), flag, self.block_rect(ghost.block)):
            self.viewport().update(rect.adjusted(-4, -4, 4, 4))

    def _on_tick(self) -> None:
        self.set_now(self._desk.now())

    def _on_book_changed(self) -> None:
        self.advisors.learn()
        self._canvas.forget()
        self.viewport().update()

    # --- by mouse ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if not event.isAccepted() and event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is not QContextMenuEvent.Reason.Mouse:
            self._menu_by_key()
            return
        at = self.to_content(event.pos())
        line = self._geometry.line_at(at.y())
        if line >= 0 and event.pos().y() >= self._geometry.head:
            minute = round(self._geometry.minute_of(at.x()) / GRID) * GRID
            minute = max(self.scene.first, min(minute, self.scene.last))
            self._ask_menu(event.globalPos(), self.block_at(event.pos()), line, minute)

    def _tell(self, event: QHelpEvent) -> None:
        """The card of the use under the pointer."""
        block = self.block_at(event.pos())
        if block is None or self._day is None or self.ghost is not None:
            QToolTip.hideText()
            return
        lines = wording.tip_lines(
            block, self.scene.lines[block.line], self._day, self.advisors.of(block.row)
        )
        rect = self.block_rect(block)
        if block.phase is Phase.PAUSE or not rect.contains(event.pos()):
            pause = self._geometry.span_rect(block.line, block.ends, block.until, 0)
            rect = rect.united(self._to_viewport(pause))
        head, *rest = (escape(text) for text in lines)
        text = "<br>".join((f"<b>{head}</b>", *rest))
        card = f"<p style='white-space: pre'>{text}</p>"
        QToolTip.showText(event.globalPos(), card, self.viewport(), rect)
