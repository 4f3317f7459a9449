"""The timeline by mouse: drag a use to another place or time."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from koba_desktop.gui.timeline.ghost import Ghost, judged
from koba_desktop.gui.timeline.scene import Block, Scene

if TYPE_CHECKING:
    from koba_desktop.gui.timeline.view import RoomTimeline

GRID = 5  # minutes a drag snaps to
EDGE = 14  # px from the upper or lower edge in which a drag scrolls
AWAY = 80  # px outside the timeline from which a drag means nothing any more
SCROLL_MS = 40
SCROLL_PX = 8


class Gestures(QObject):
    """From press to release. Nothing moves before the system's drag distance; the time stays as
    it is until the mouse went so far sideways; Esc lets go."""

    def __init__(self, view: "RoomTimeline") -> None:
        super().__init__(view)
        self._view = view
        self._block: Block | None = None
        self._from = QPoint()
        self._to = QPoint()
        self._dragging = False
        self._timed = False
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll)

    def press(self, event: QMouseEvent) -> None:
        view, point = self._view, event.position().toPoint()
        view.setFocus(Qt.FocusReason.MouseFocusReason)
        block = view.block_at(point)
        if block is not None:
            view.stand_on_block(block)
        else:
            view.stand_at(point)
        if event.button() is not Qt.MouseButton.LeftButton or block is None:
            return
        if block.movable_elsewhere:
            self._block, self._from = block, point
            self._dragging = self._timed = False

    def moved(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._block is None:
            self._view.set_hover(self._view.block_at(point))
            return
        way = point - self._from
        if not self._dragging:
            if way.manhattanLength() < QApplication.startDragDistance():
                return
            self._dragging = True
            self._view.set_hover(None)
        self._timed = self._timed or abs(way.x()) >= QApplication.startDragDistance()
        self._to = point
        self._follow()
        if self._beyond():
            self._scrolling.start()
        else:
            self._scrolling.stop()

    def release(self, event: QMouseEvent) -> None:
        ghost = self._view.ghost if self._dragging else None
        self._let_go()
        if ghost is not None and ghost.elsewhere:
            self._view.request_move(ghost)

    def double_click(self, event: QMouseEvent) -> None:
        self._let_go()
        block = self._view.block_at(event.position().toPoint())
        if block is not None:
            self._view.open_block(block)

    def left(self) -> None:
        self._view.set_hover(None)

    def key(self, event: QKeyEvent) -> bool:
        """Esc during a drag leaves everything as it was."""
        if self._dragging and event.key() == Qt.Key.Key_Escape:
            self._let_go()
            return True
        return self._dragging

    def follow(self, scene: Scene) -> None:
        """The scene is another one: what is dragged goes on unless it is gone or was changed."""
        if self._block is None:
            return
        block = scene.block_of(self._block.id)
        if block is None or block.row != self._block.row:
            self._let_go()
            return
        self._block = block
        if self._dragging:
            self._follow()

    # --- how --------------------------------------------------------------------------------------

    def _let_go(self) -> None:
        self._scrolling.stop()
        self._block, self._dragging = None, False
        self._view.set_ghost(None)

    def _follow(self) -> None:
        self._view.set_ghost(self._ghost())

    def _ghost(self) -> Ghost | None:
        view, block = self._view, self._block
        if block is None:
            return None
        geometry = view.geometry_now
        if not -AWAY <= self._to.y() <= view.viewport().height() + AWAY:
            return judged(view.scene, block, block.line, block.starts, view.now)
        line = geometry.line_at(view.to_content(self._to).y())
        if line < 0:
            line = 0 if self._to.y() < geometry.head else len(view.scene.lines) - 1
        starts = block.starts
        if self._timed and block.movable:
            by = (self._to.x() - self._from.x()) / geometry.minute_width
            starts = round((block.starts + by) / GRID) * GRID
        return judged(view.scene, block, line, starts, view.now)

    def _beyond(self) -> int:
        """-1 above, 1 below the rows that are seen, 0 among them."""
        if self._to.y() < self._view.geometry_now.head + EDGE:
            return -1
        return 1 if self._to.y() > self._view.viewport().height() - EDGE else 0

    def _scroll(self) -> None:
        """A drag near the upper or lower edge brings more rows, as long as it stays there."""
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + self._beyond() * SCROLL_PX)
        self._follow()
