"""Where things are on the timeline: blocks in rows along the hours of a day."""

from uuid import UUID

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.blocks.view import BlockView, Index
from koba_desktop.gui.timeline import wording
from koba_desktop.gui.timeline.geometry import LEAST_HIT, Geometry, bands
from koba_desktop.gui.timeline.ghost import Ghost
from koba_desktop.gui.timeline.model import Spot, TimelineModel
from koba_desktop.gui.timeline.scene import Block, Scene

ROW_HEIGHT, ROW_AIR, HEAD = 26, 3, 24  # px at the usual size of type
LEAST_ROWS = 3
FULL_WIDTH, COMPACT_WIDTH = 640, 280


class RowsView(BlockView[Ghost]):
    """The rows of a scene, in full or ``compact``; nothing of what is painted or done."""

    def __init__(self, rows: TimelineModel, parent: QWidget | None, *, compact: bool) -> None:
        super().__init__(parent)
        self.compact = compact
        self.scene = Scene()
        self._geometry = Geometry((), 0, 0, 450, 1080, 0)
        self.rows = rows
        rows.setParent(self)
        self.setModel(rows)

    # --- from what is shown to pixels -------------------------------------------------------------

    @property
    def geometry_now(self) -> Geometry:
        return self._geometry

    @property
    def content_height(self) -> int:
        """The height at which every row is seen, px."""
        return self._geometry.head + self._geometry.height

    def to_content(self, point: QPoint) -> QPoint:
        return point + QPoint(0, self.verticalOffset() - self._geometry.head)

    def _to_viewport(self, rect: QRect) -> QRect:
        return rect.translated(0, self._geometry.head - self.verticalOffset())

    def block_rect(self, block: Block) -> QRect:
        """A use without its pause, in viewport coordinates."""
        return self._to_viewport(self._geometry.span_rect(block.line, block.starts, block.ends))

    def spot_rect(self, spot: Spot) -> QRect:
        stop = spot.stop
        return self._to_viewport(self._geometry.span_rect(spot.line, stop.starts, stop.ends))

    def ghost_rects(self, ghost: Ghost) -> tuple[QRect, QRect]:
        """The use that is tried and the pause behind it, in viewport coordinates."""
        span = self._geometry.span_rect
        return (
            self._to_viewport(span(ghost.line, ghost.begins, ghost.ends)),
            self._to_viewport(span(ghost.line, ghost.ends, ghost.until, 0)),
        )

    def row_rect(self, booking_id: UUID) -> QRect:
        """The block of a booking in viewport coordinates; empty if it is not shown."""
        block = self.scene.block_of(booking_id)
        return self.block_rect(block) if block is not None else QRect()

    def block_at(self, point: QPoint) -> Block | None:
        """The use under a point: its block before its pause, however small it is painted."""
        at = self.to_content(point)
        line = self._geometry.line_at(at.y()) if point.y() >= self._geometry.head else -1
        if line < 0:
            return None
        behind: Block | None = None
        for block in self.scene.by_line[line]:
            rect = self._geometry.span_rect(line, block.starts, block.ends)
            spare = max(0, LEAST_HIT - rect.width()) // 2
            if rect.left() - spare <= at.x() <= rect.right() + spare:
                return block
            pause = self._geometry.span_rect(line, block.ends, block.until, 0)
            if pause.left() <= at.x() <= pause.right():
                behind = block
        return behind

    # --- what Qt asks of a view -------------------------------------------------------------------

    def visualRect(self, index: Index) -> QRect:
        block = self.rows.block_at(index)
        if block is not None:
            return self.block_rect(block)
        if index.isValid() and self.rows.spot is not None:
            return self.spot_rect(self.rows.spot)
        return QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        block = self.block_at(point)
        return self.rows.index_of(block.id) if block is not None else QModelIndex()

    def ensure_shown(self, rect: QRect) -> None:
        """Scroll so that a rectangle of the viewport is seen, with a little air."""
        bar, head, height = self.verticalScrollBar(), self._geometry.head, self.viewport().height()
        if rect.top() < head + ROW_AIR:
            bar.setValue(bar.value() + rect.top() - head - ROW_AIR)
        elif rect.bottom() > height - ROW_AIR:
            bar.setValue(bar.value() + rect.bottom() - height + ROW_AIR)

    def rows_seen(self) -> int:
        """How many rows one page of the keyboard is."""
        inner = self.viewport().height() - self._geometry.head
        return max(1, inner // max(1, theme.px(ROW_HEIGHT)) - 1)

    def doItemsLayout(self) -> None:
        """Nothing to lay out as a list would: that measures the text of every item."""
        QAbstractItemView.doItemsLayout(self)

    # --- the keyboard's place ---------------------------------------------------------------------

    def current_block(self) -> Block | None:
        return self.rows.block_at(self.currentIndex())

    def current_spot(self) -> Spot | None:
        """The free spot the keyboard is on."""
        on_spot = self.currentIndex().row() == len(self.scene.blocks)
        return self.rows.spot if on_spot and self.currentIndex().isValid() else None

    # --- size -------------------------------------------------------------------------------------

    def _measure(self) -> None:
        """Take the geometry anew: the hours fill the width, rows are as high as a line needs."""
        metrics = QFontMetrics(theme.font())
        height = max(theme.px(ROW_HEIGHT), metrics.height() + 8)
        rooms: list[int] = []
        for line in self.scene.lines:
            if line.number == 1 or not rooms:
                rooms.append(0)
            rooms[-1] += 1
        names = [
            line.day.room.name if self.compact else wording.line_name(line)
            for line in self.scene.lines
        ]
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0)
        area = self.viewport().size()
        label = min(widest + (10 if self.compact else 20), area.width() // 3)
        new = Geometry(
            bands(rooms, height, ROW_AIR, together=self.compact),
            label,
            area.width(),
            self.scene.first,
            self.scene.last,
            max(theme.px(HEAD), metrics.height() + 6) if self.scene.lines else 0,
        )
        bar = self.verticalScrollBar()
        inner = max(1, area.height() - new.head)
        bar.setRange(0, max(0, new.height - inner))
        bar.setPageStep(inner)
        bar.setSingleStep(height)
        if new != self._geometry:
            self._geometry = new
            self.updateGeometry()
            self.geometry_changed.emit()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(COMPACT_WIDTH if self.compact else FULL_WIDTH), self.content_height)

    def minimumSizeHint(self) -> QSize:
        rows = min(LEAST_ROWS, max(1, len(self.scene.lines)))
        head = self._geometry.head or theme.px(HEAD)
        return QSize(theme.px(COMPACT_WIDTH) // 2, head + rows * theme.px(ROW_HEIGHT))
