"""Blocks: the kind as shape, icon and colour; the state as outline and mark; as much text as fits.

What is dropped on narrow blocks, in this order: advisor, room, end of the time; then kind and
state share one icon; then bold becomes regular; "…" comes last.
"""

from dataclasses import replace

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from koba_desktop.domain.vocabulary import AppointmentState
from koba_desktop.gui.blocks.kinds import BlockKind, KindColours, kind_colours, kind_icon
from koba_desktop.gui.blocks.painting import LOW, blend, cut_corner
from koba_desktop.gui.calendar.signs import shared_icon, state_mark
from koba_desktop.gui.calendar.wording import CANCELLED, RUNNING, block_kind, short_name
from koba_desktop.gui.icons import draw_icon
from koba_desktop.gui.tokens import Tokens
from koba_desktop.i18n import _, formats
from koba_desktop.services.rows import AppointmentRow

ONE_LINE_BELOW = 33  # px of height
NARROW_BELOW = 64  # px of width
BAR = 4
TAB = 18
NARROW_TAB = 16
CORNER = 10


class BlockPainter:
    """Paints blocks in one colour scheme and font; made anew when either changes."""

    def __init__(self, tokens: Tokens, font: QFont) -> None:
        self.tokens = tokens
        self.regular = QFont(font)
        self.regular.setBold(False)
        self.bold = QFont(font)
        self.bold.setBold(True)
        self._regular = QFontMetricsF(self.regular)
        self._bold = QFontMetricsF(self.bold)
        self.line = round(self._regular.height() * 0.9)
        self.icon = round(self._regular.height() * 0.82)
        self._time_width = self._regular.horizontalAdvance("00:00")

    def paint(
        self, painter: QPainter, rect: QRect, row: AppointmentRow, *, with_advisor: bool = False
    ) -> None:
        """One block inside ``rect``."""
        kind = block_kind(row)
        colours = kind_colours(self.tokens, kind)
        if row.state in CANCELLED:
            colours = replace(
                colours, fill=self.tokens.base, edge=self.tokens.edge, text=self.tokens.text2
            )
        elif row.state is AppointmentState.MISSED or row.state is AppointmentState.PROPOSED:
            colours = replace(colours, fill=self.tokens.base, text=self.tokens.text)
        painter.save()
        self._ground(painter, rect, row, kind, colours)
        low = 0 if rect.height() < ONE_LINE_BELOW else 1  # every pixel counts for one line
        painter.setClipRect(rect.adjusted(1, low, -1, -low), Qt.ClipOperation.IntersectClip)
        if kind is BlockKind.EMERGENCY and row.state not in CANCELLED:
            self._emergency_text(painter, rect, row, colours, with_advisor)
        elif kind is BlockKind.IN_PERSON and row.state not in CANCELLED:
            self._tab_text(painter, rect, row, colours, with_advisor)
        else:
            self._bar_text(painter, rect, row, kind, colours, with_advisor)
        painter.restore()

    # --- shape ------------------------------------------------------------------------------------

    def _ground(
        self,
        painter: QPainter,
        rect: QRect,
        row: AppointmentRow,
        kind: BlockKind,
        colours: KindColours,
    ) -> None:
        box = QRectF(rect)
        corner = CORNER if kind is BlockKind.OUTDOORS else 0
        pen = self._outline(row, kind, colours)
        inset = pen.widthF() / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, pen.widthF() != 1 or corner > 0)
        painter.setBrush(colours.fill)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(cut_corner(box, corner))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawPolygon(cut_corner(box.adjusted(inset, inset, -inset, -inset), corner))
        if corner:
            painter.setPen(QPen(colours.edge, 1))
            fold = box.topRight() + QPointF(-corner, 0.5)
            painter.setBrush(self.tokens.base)
            painter.drawPolygon(
                QPolygonF([fold, fold + QPointF(0, corner), fold + QPointF(corner - 1, corner)])
            )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if kind in (BlockKind.TELEPHONE, BlockKind.OUTDOORS) and row.state not in CANCELLED:
            self._bar(painter, rect, row, colours.edge)
        elif kind is BlockKind.IN_PERSON and row.state not in CANCELLED:
            painter.fillRect(
                QRect(rect.left(), rect.top(), _tab_width(rect), rect.height()), colours.edge
            )

    def _outline(self, row: AppointmentRow, kind: BlockKind, colours: KindColours) -> QPen:
        if row.state is AppointmentState.PROPOSED:
            pen = QPen(colours.edge, 1.5, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([5 / 1.5, 3 / 1.5])
            return pen
        if row.state in CANCELLED:
            return QPen(blend(self.tokens.edge, self.tokens.base, 0.5), 1)
        if row.state in RUNNING or kind is BlockKind.EMERGENCY:
            return QPen(colours.edge, 2)
        if row.state is AppointmentState.MISSED:
            return QPen(colours.edge, 1)
        return QPen(blend(colours.edge, colours.fill, 0.4), 1)

    def _bar(self, painter: QPainter, rect: QRect, row: AppointmentRow, colour: QColor) -> None:
        if row.state is AppointmentState.PROPOSED:  # a bar in dashes, as its outline
            pen = QPen(colour, BAR, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([5 / BAR, 3 / BAR])
            painter.setPen(pen)
            x = rect.left() + BAR / 2
            painter.drawLine(QLineF(x, rect.top(), x, rect.bottom() + 1))
        else:
            painter.fillRect(QRect(rect.left(), rect.top(), BAR, rect.height()), colour)

    # --- text -------------------------------------------------------------------------------------

    def _bar_text(
        self,
        painter: QPainter,
        rect: QRect,
        row: AppointmentRow,
        kind: BlockKind,
        colours: KindColours,
        with_advisor: bool,
    ) -> None:
        air = 3 if rect.width() < NARROW_BELOW else 4
        left = rect.left() + BAR + air
        right = rect.right() - 1 - (CORNER if kind is BlockKind.OUTDOORS else 0)
        icon = kind_icon(kind)
        mark = state_mark(row)
        name = short_name(row)
        ink = colours.edge if row.state not in CANCELLED else colours.text
        if rect.height() < ONE_LINE_BELOW:
            self._one_line(painter, rect, left, right, row, icon, mark, ink, colours.text)
            return
        width = right - left
        mark_room = self.icon + 4 if mark else 0
        icon_room = self.icon + 3
        bold = self._bold.horizontalAdvance(name)
        top = self._top(rect)
        icon_on_second = ""
        if icon_room + bold + mark_room <= width:
            self._icon(painter, icon, left, top, ink)
            if mark:
                self._icon(painter, mark, right - self.icon, top, colours.text)
            self._name(painter, left + icon_room, top, width - icon_room, row, colours.text)
        else:
            shared = shared_icon(row.state, icon) if icon == "phone" else (mark or icon)
            if icon_room + bold <= width:
                self._icon(painter, shared, left, top, ink)
                self._name(painter, left + icon_room, top, width - icon_room, row, colours.text)
            else:
                icon_on_second = shared
                self._name(painter, left, top, width, row, colours.text)
        second = top + self.line
        right_edge = rect.right() - 1
        if icon_on_second:
            time_fits = icon_room + self._time_width <= right_edge - left
            if time_fits or icon_on_second != icon:
                self._icon(painter, icon_on_second, left, second, ink)
                left += icon_room
                if not time_fits:  # the state matters more: the axis tells the time
                    return
        self._details(painter, left, second, right_edge - left, row, colours.text, with_advisor)

    def _tab_text(
        self,
        painter: QPainter,
        rect: QRect,
        row: AppointmentRow,
        colours: KindColours,
        with_advisor: bool,
    ) -> None:
        on_tab = self.tokens.base
        mark = state_mark(row)
        tab = _tab_width(rect)
        x = rect.left() + (tab - self.icon) // 2
        left = rect.left() + tab + (2 if tab == NARROW_TAB else 4)
        right = rect.right() - 1
        if rect.height() < ONE_LINE_BELOW:
            size = min(self.icon, rect.height() - 2)
            y = round(rect.top() + (rect.height() - size) / 2)
            draw_icon(painter, "person", QRectF(x, y, size, size), on_tab)
            self._one_line(painter, rect, left, right, row, "", mark, colours.edge, colours.text)
            return
        self._icon(painter, "person", x, rect.top() + 3, on_tab)
        if mark:
            self._icon(painter, mark, x, rect.top() + 3 + self.icon + 3, on_tab)
        top = self._top(rect)
        self._name(painter, left, top, right - left, row, colours.text)
        third = rect.height() >= 3 * self.line + 4
        self._details(
            painter, left, top + self.line, right - left, row, colours.text, with_advisor, third
        )

    def _emergency_text(
        self,
        painter: QPainter,
        rect: QRect,
        row: AppointmentRow,
        colours: KindColours,
        with_advisor: bool,
    ) -> None:
        on_head = self.tokens.base
        low = rect.height() < ONE_LINE_BELOW
        height = rect.height() if low else self.line + 3
        head = QRect(rect.left(), rect.top(), rect.width(), height)
        painter.fillRect(head, colours.edge)
        left, right = rect.left() + 5, rect.right() - 4
        mark = state_mark(row)
        name = short_name(row)
        text = _("Emergency")
        wide = f"{text} · {name}"
        self._icon(
            painter, "emergency", left, head.top() + max(1, (height - self.line) // 2), on_head
        )
        at = left + self.icon + 3
        mark_room = self.icon + 3 if mark else 0
        fits = self._bold.horizontalAdvance(wide) <= right - at - mark_room
        if low:
            top = head.top() + (height - self.line) // 2
            self._text(painter, at, top, right - at, name, self.bold, on_head)
            return
        body = head.bottom() + 1
        if fits or rect.height() < head.height() + 2 * self.line:
            self._text(
                painter,
                at,
                head.top() + 1,
                right - at - mark_room,
                wide if fits else name,
                self.bold,
                on_head,
            )
            if mark:
                self._icon(painter, mark, right - self.icon, head.top() + 2, on_head)
        else:
            if self._regular.horizontalAdvance(text) <= right - at:
                self._text(painter, at, head.top() + 1, right - at, text, self.regular, on_head)
            self._name(painter, left, body, right - left, row, colours.text)
            body += self.line
            if mark:
                self._icon(painter, mark, left, body, colours.text)
                left += self.icon + 3
        self._details(painter, left, body, right - left, row, colours.text, with_advisor)

    def _top(self, rect: QRect) -> int:
        """Where the first of two lines begins: closer to the edge in low blocks."""
        return rect.top() + (1 if rect.height() < 2 * self.line + 5 else 2)

    def _one_line(
        self,
        painter: QPainter,
        rect: QRect,
        left: int,
        right: int,
        row: AppointmentRow,
        icon: str,
        mark: str,
        ink: QColor,
        text: QColor,
    ) -> None:
        """Icon, time, name and mark on one line; the time goes before the name does."""
        metrics = self._regular
        middle = rect.top() + rect.height() / 2
        top = round(middle + metrics.capHeight() / 2 - metrics.ascent())
        size = min(self.icon, rect.height() - 2)
        icon_top = round(middle - size / 2)
        start = formats.time_of(row.starts) + " "
        name = short_name(row)
        width = right - left
        bold = self._bold.horizontalAdvance(name)
        time_room = self._regular.horizontalAdvance(start)
        icon_room = self.icon + 3 if icon else 0
        mark_room = self.icon + 4 if mark else 0
        if icon_room + time_room + bold + mark_room > width and mark:
            if icon:
                icon, mark, mark_room = shared_icon(row.state, icon), "", 0
            elif time_room + bold > width:
                mark, mark_room = "", 0
        if icon_room + self._regular.horizontalAdvance(name) > width and icon == "phone":
            icon, icon_room = "", 0  # the bar at the left says the same
        if row.state is AppointmentState.PROPOSED and rect.height() < LOW:
            written = round(icon_room + time_room + bold)  # the dashes would run through it
            painter.fillRect(QRect(left, rect.top(), written, rect.height()), self.tokens.base)
        if icon:
            draw_icon(painter, icon, QRectF(left, icon_top, size, size), ink)
            left += icon_room
        if mark:
            draw_icon(painter, mark, QRectF(right - size, icon_top, size, size), text)
        room = right - left - mark_room
        if time_room + bold <= room:
            self._text(painter, left, top, room, start, self.regular, text, _struck(row))
            left += round(time_room)
            room -= round(time_room)
        self._name(painter, left, top, room, row, text)

    def _name(
        self, painter: QPainter, x: int, top: int, width: int, row: AppointmentRow, colour: QColor
    ) -> None:
        name = short_name(row)
        font = self.bold if self._bold.horizontalAdvance(name) <= width else self.regular
        self._text(painter, x, top, width, name, font, colour, _struck(row))

    def _details(
        self,
        painter: QPainter,
        x: int,
        top: int,
        width: int,
        row: AppointmentRow,
        colour: QColor,
        with_advisor: bool,
        third_line: bool = False,
    ) -> None:
        span = formats.span_of(row.starts, row.ends)
        start = formats.time_of(row.starts)
        more = [row.room_name] if row.room_name else []
        if with_advisor:
            more.append(row.advisor_initials)
        choices = [" · ".join([span, *more[:count]]) for count in range(len(more), 0, -1)]
        choices += [" · ".join([start, *more[:1]]), span, start] if more else [span, start]
        fits = [c for c in choices if self._regular.horizontalAdvance(c) <= width]
        text = fits[0] if fits else ""
        room_fits = self._regular.horizontalAdvance(row.room_name) <= width
        if third_line and row.room_name and room_fits and row.room_name not in text:
            self._text(
                painter,
                x,
                top + self.line,
                width,
                row.room_name,
                self.regular,
                colour,
                _struck(row),
            )
        self._text(painter, x, top, width, text, self.regular, colour, _struck(row))

    def _text(
        self,
        painter: QPainter,
        x: int,
        top: int,
        width: float,
        text: str,
        font: QFont,
        colour: QColor,
        struck: bool = False,
    ) -> None:
        if width <= 0 or not text:
            return
        metrics = self._bold if font is self.bold else self._regular
        if metrics.horizontalAdvance(text) > width + 1:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(QPointF(x, top + metrics.ascent()), text)
        if struck:
            y = round(top + metrics.ascent() - metrics.xHeight() / 2) + 0.5
            painter.drawLine(QPointF(x, y), QPointF(x + metrics.horizontalAdvance(text), y))

    def _icon(self, painter: QPainter, name: str, x: int, top: int, colour: QColor) -> None:
        offset = (self._regular.height() - self.icon) / 2
        draw_icon(painter, name, QRectF(x, round(top + offset), self.icon, self.icon), colour)


def _struck(row: AppointmentRow) -> bool:
    return row.state in CANCELLED


def _tab_width(rect: QRect) -> int:
    return NARROW_TAB if rect.width() < NARROW_BELOW else TAB
