"""Paints the calendar: columns kept as pixmaps, what lives painted over them."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap

from koba_desktop.domain.clock import day_of
from koba_desktop.gui import theme
from koba_desktop.gui.blocks.kinds import kind_colours
from koba_desktop.gui.blocks.minutes import minute_of
from koba_desktop.gui.blocks.painting import paint_hover, paint_selection, paint_slot, paint_veil
from koba_desktop.gui.blocks.pixmaps import Pixmaps
from koba_desktop.gui.calendar import overlay
from koba_desktop.gui.calendar.background import paint_background
from koba_desktop.gui.calendar.geometry import WHOLE
from koba_desktop.gui.calendar.painting import BlockPainter
from koba_desktop.gui.calendar.wording import block_kind
from koba_desktop.gui.widgets.changed import paint_changed
from koba_desktop.i18n import _, formats

if TYPE_CHECKING:
    from koba_desktop.gui.calendar.view import CalendarView


class Canvas:
    """A column is painted again only when something in it differs."""

    def __init__(self, view: "CalendarView") -> None:
        self._view = view
        self._pixmaps = Pixmaps()
        self._blocks = BlockPainter(theme.tokens(), theme.font())

    def forget(self) -> None:
        """The colours or fonts are others now."""
        self._pixmaps.forget()
        self._blocks = BlockPainter(theme.tokens(), theme.font())

    def paint(self, event: QPaintEvent) -> None:
        """The part of the viewport an event asks for."""
        view = self._view
        painter = QPainter(view.viewport())
        painter.setClipRegion(event.region())
        painter.fillRect(event.rect(), theme.tokens().base)
        if not view.scene.columns:
            self._paint_empty(painter)
            return
        offset = view.verticalOffset()
        painter.translate(0, -offset)
        for number in range(len(view.scene.columns)):
            column = view.geometry_now.column_rect(number)
            if column.translated(0, -offset).intersects(event.rect()):
                painter.drawPixmap(column.topLeft(), self._column_pixmap(number))
        overlay.paint_axis(painter, view.geometry_now, theme.tokens(), theme.font(), view.step)
        self._paint_time_line(painter)
        painter.translate(0, offset)
        self._paint_live(painter)
        painter.end()

    def _paint_empty(self, painter: QPainter) -> None:
        """Nobody to show: say what to do about it."""
        if not self._view.filled:
            return
        painter.setFont(theme.font())
        painter.setPen(theme.tokens().text2)
        text = _("No advisors are known for this office. Add them under Administration → Staff.")
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self._view.viewport().rect().adjusted(24, 24, -24, -24), flags, text)

    def _column_pixmap(self, number: int) -> QPixmap:
        view = self._view
        entries = view.scene.by_column[number]
        shown = (
            view.geometry_now,
            view.step,
            view.with_advisor,
            view.scene.shades[number],
            tuple((view.scene.rows[e.number], e.place) for e in entries),
            view.pending & {view.scene.rows[e.number].id for e in entries},
        )
        size = view.geometry_now.column_rect(number).size()
        paint = partial(self._paint_column, number)
        return self._pixmaps.of(number, shown, size, view.devicePixelRatioF(), paint)

    def _paint_column(self, number: int, painter: QPainter) -> None:
        view, geometry = self._view, self._view.geometry_now
        entries = view.scene.by_column[number]
        left = geometry.column_left(number)
        rects = [
            geometry.block_rect(number, e.starts, e.ends, e.place).translated(-left, 0)
            for e in entries
        ]
        tokens, font = theme.tokens(), theme.font()
        paint_background(painter, view.scene, geometry, number, tokens, font, view.step, rects)
        for entry, rect in zip(entries, rects, strict=True):
            row = view.scene.rows[entry.number]
            painter.setOpacity(0.6 if row.id in view.pending else 1.0)
            self._blocks.paint(painter, rect, row, with_advisor=view.with_advisor)

    def _paint_time_line(self, painter: QPainter) -> None:
        view = self._view
        if view.now is None or not view.scene.columns:
            return
        day = day_of(view.now)
        minute = minute_of(view.now, day)
        today = [column.day == day for column in view.scene.columns]
        if any(today) and view.geometry_now.first <= minute <= view.geometry_now.last:
            blocks = [
                [view.geometry_now.block_rect(n, e.starts, e.ends, e.place) for e in entries]
                for n, entries in enumerate(view.scene.by_column)
            ]
            overlay.paint_time_line(
                painter, view.geometry_now, minute, today, blocks, theme.tokens(), theme.font()
            )

    def _paint_live(self, painter: QPainter) -> None:
        view = self._view
        tokens, font = theme.tokens(), theme.font()
        for former in view.former:
            column = view.scene.column_of(former.starts, former.advisor_id)
            if column >= 0:
                day = view.scene.columns[column].day
                rect = view.geometry_now.block_rect(
                    column, minute_of(former.starts, day), minute_of(former.ends, day), WHOLE
                ).translated(0, -view.verticalOffset())
                overlay.paint_former(painter, rect, former.name, tokens, font)
        for each in view.marks.ids() if view.marks is not None else ():
            block = view.row_rect(each)
            if not block.isNull():
                paint_changed(painter, block)
        current = view.current_row()
        if view.hover is not None and (current is None or view.hover != current.id):
            row = view.rows.row_at(view.rows.index_of(view.hover))
            if row is not None:
                edge = kind_colours(tokens, block_kind(row)).edge
                paint_hover(painter, view.row_rect(row.id), edge)
        slot = view.current_slot()
        if slot is not None and slot.column < len(view.scene.columns):
            paint_slot(painter, view.slot_rect(slot), tokens, view.hasFocus())
        if current is not None:
            block = view.row_rect(current.id)
            paint_selection(painter, block, tokens, view.hasFocus())
            if view.ghost is None:
                overlay.paint_handles(painter, block, tokens)
        if view.ghost is not None:
            if view.ghost.row is not None:
                paint_veil(painter, view.row_rect(view.ghost.row.id), tokens)
            overlay.paint_ghost(
                painter,
                view.ghost_rect(view.ghost),
                formats.span_of(*view.ghost.times(view.scene.columns)),
                view.ghost.problem,
                view.ghost.forbidden,
                tokens,
                font,
            )
