"""Paints the timeline: rows kept as pixmaps, the present and what is tried painted over them."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap

from koba_desktop.gui import theme
from koba_desktop.gui.blocks.kinds import kind_colours
from koba_desktop.gui.blocks.minutes import moment_at
from koba_desktop.gui.blocks.painting import (
    blend,
    paint_hover,
    paint_selection,
    paint_slot,
    paint_veil,
)
from koba_desktop.gui.blocks.pixmaps import Pixmaps
from koba_desktop.gui.timeline import overlay, wording
from koba_desktop.gui.timeline.ghost import Ghost
from koba_desktop.gui.timeline.painting import BlockPainter
from koba_desktop.i18n import _, formats

if TYPE_CHECKING:
    from koba_desktop.gui.timeline.view import RoomTimeline

PENDING = 0.6  # opacity of what is under way


class Canvas:
    """A row is painted again only when something in it differs."""

    def __init__(self, view: "RoomTimeline") -> None:
        self._view = view
        self._pixmaps = Pixmaps()
        self._blocks = self._painter()

    def forget(self) -> None:
        """The colours, the fonts or the names of advisors are others now."""
        self._pixmaps.forget()
        self._blocks = self._painter()

    def _painter(self) -> BlockPainter:
        view = self._view
        return BlockPainter(theme.tokens(), theme.font(), view.advisors.of, compact=view.compact)

    def paint(self, event: QPaintEvent) -> None:
        """The part of the viewport an event asks for."""
        view, tokens = self._view, theme.tokens()
        geometry, wanted = view.geometry_now, event.rect()
        painter = QPainter(view.viewport())
        painter.setClipRegion(event.region())
        painter.fillRect(wanted, tokens.base)
        if not view.scene.lines:
            self._paint_empty(painter)
            return
        offset = geometry.head - view.verticalOffset()
        rows = QRect(0, geometry.head, geometry.width, view.viewport().height() - geometry.head)
        painter.save()
        painter.setClipRect(rows, Qt.ClipOperation.IntersectClip)
        for number in range(len(view.scene.lines)):
            row = geometry.line_rect(number).translated(0, offset)
            if row.intersects(wanted):
                painter.drawPixmap(row.topLeft(), self._row_pixmap(number))
        self._paint_names(painter, offset, wanted)
        self._paint_now(painter, offset)
        self._paint_live(painter)
        painter.restore()
        if wanted.top() < geometry.head:
            overlay.paint_head(painter, geometry, tokens, theme.font(), short=view.compact)
            if view.now_minute is not None:
                overlay.paint_dot(painter, geometry, view.now_minute, tokens)
        if view.ghost is not None:
            self._paint_ghost(painter, view.ghost)
        painter.end()

    # --- rows -------------------------------------------------------------------------------------

    def _row_pixmap(self, number: int) -> QPixmap:
        view = self._view
        line = view.scene.lines[number]
        shown = (view.geometry_now, view.scene.by_line[number], line.number < line.of)
        size = view.geometry_now.line_rect(number).size()
        paint = partial(self._paint_row, number)
        return self._pixmaps.of(number, shown, size, view.devicePixelRatioF(), paint)

    def _paint_row(self, number: int, painter: QPainter) -> None:
        geometry, blocks = self._view.geometry_now, self._view.scene.by_line[number]
        row = geometry.line_rect(number)
        painter.translate(0, -row.top())
        self._ground(painter, number, row)
        for block in blocks:
            painter.setOpacity(PENDING if block.pending else 1.0)
            self._blocks.pause(painter, geometry, block)
        for block in blocks:
            painter.setOpacity(PENDING if block.pending else 1.0)
            self._blocks.ground(painter, geometry, block)
            self._blocks.text(painter, geometry, block)

    def _ground(self, painter: QPainter, number: int, row: QRect) -> None:
        """White, with a line each half hour and below the row."""
        view, tokens = self._view, theme.tokens()
        geometry, line = view.geometry_now, view.scene.lines[number]
        painter.fillRect(row, tokens.base)
        faint = blend(tokens.separator, tokens.base, 0.55)
        every = 30 if geometry.minute_width * 30 >= 10 else 60
        for minute in range(-(-geometry.first // every) * every, geometry.last + 1, every):
            x = geometry.x_of(minute)
            painter.setPen(QPen(tokens.separator if minute % 60 == 0 else faint, 1))
            painter.drawLine(x, row.top(), x, row.bottom())
        if not (view.compact and line.number < line.of):  # lanes of one room are not parted
            painter.setPen(tokens.separator)
            painter.drawLine(row.left(), row.bottom(), row.right(), row.bottom())

    def _paint_names(self, painter: QPainter, offset: int, wanted: QRect) -> None:
        """Each row's name; in the compact timeline a room with several places has one."""
        view = self._view
        geometry, lines = view.geometry_now, view.scene.lines
        number = 0
        while number < len(lines):
            line = lines[number]
            last = number + line.of - 1 if view.compact else number
            box = geometry.line_rect(number).united(geometry.line_rect(last))
            box = box.translated(0, offset)
            box.setWidth(geometry.label)
            if box.intersects(wanted):
                name = line.day.room.name if view.compact else wording.line_name(line)
                left = 4 if view.compact else 8
                overlay.paint_name(painter, box, name, theme.tokens(), theme.font(), left=left)
            number = last + 1

    def _paint_empty(self, painter: QPainter) -> None:
        """No places to show: say what to do about it."""
        if self._view.scene.day is None:
            return
        painter.setFont(theme.font())
        painter.setPen(theme.tokens().text2)
        text = _("This office has no rooms yet. Add them under Administration.")
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self._view.viewport().rect().adjusted(12, 4, -12, -4), flags, text)

    # --- what lives -------------------------------------------------------------------------------

    def _paint_now(self, painter: QPainter, offset: int) -> None:
        """Between fill and text: the words the line would strike through are written again."""
        view = self._view
        geometry, minute = view.geometry_now, view.now_minute
        if minute is None:
            return
        bottom = min(view.viewport().height(), geometry.height + offset)
        overlay.paint_now(painter, geometry, minute, bottom, theme.tokens())
        x = geometry.x_of(minute)
        painter.save()
        painter.setClipRect(QRect(x - 2, 0, 4, bottom), Qt.ClipOperation.IntersectClip)
        painter.translate(0, offset)
        for blocks in view.scene.by_line:
            for block in blocks:
                if block.starts <= minute <= block.ends:
                    self._blocks.text(painter, geometry, block)
        painter.restore()

    def _paint_live(self, painter: QPainter) -> None:
        view, tokens = self._view, theme.tokens()
        current = view.current_block()
        if view.hover is not None and (current is None or view.hover != current.id):
            block = view.scene.block_of(view.hover)
            if block is not None:
                paint_hover(painter, view.block_rect(block), kind_colours(tokens, block.kind).edge)
        spot = view.current_spot()
        if spot is not None:
            paint_slot(painter, view.spot_rect(spot), tokens, view.hasFocus())
        if current is not None:
            paint_selection(painter, view.block_rect(current), tokens, view.hasFocus())

    def _paint_ghost(self, painter: QPainter, ghost: Ghost) -> None:
        view, tokens = self._view, theme.tokens()
        paint_veil(painter, view.block_rect(ghost.block), tokens)
        lines = self.flag_lines(ghost)
        block, pause = view.ghost_rects(ghost)
        overlay.paint_ghost(
            painter,
            block,
            pause,
            overlay.flag_rect(block, lines, theme.font(), view.viewport().rect()),
            lines,
            ghost.problem,
            ghost.forbidden,
            tokens,
            theme.font(),
        )

    def flag_lines(self, ghost: Ghost) -> list[str]:
        """What the flag of a ghost says: the place and its times, and what stands against it."""
        scene = self._view.scene
        assert scene.day is not None
        starts, ends = (moment_at(scene.day, minute) for minute in (ghost.begins, ghost.ends))
        name = wording.line_name(scene.lines[ghost.line])
        where = f"{name} · {formats.span_of(starts, ends)}"
        return [where, ghost.problem] if ghost.problem else [where]
