"""How the reception's list is drawn: cells, and the state with its frame and key."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from koba_desktop.domain.vocabulary import Channel, Urgency
from koba_desktop.gui import theme
from koba_desktop.gui.myday.keys import cap_width, paint_cap
from koba_desktop.gui.reception import wording
from koba_desktop.gui.reception.model import (
    STANDING_ROLE,
    VISITOR_ROLE,
    Column,
    two_lines,
)
from koba_desktop.gui.reception.visitors import Group, Visitor
from koba_desktop.gui.reception.wording import Mark, Standing
from koba_desktop.gui.widgets.text import advance
from koba_desktop.gui.widgets.text import write as write_in
from koba_desktop.i18n.words import word

Index = QModelIndex | QPersistentModelIndex
HEADING, PRESENT, EXPECTED, SECOND_LINE = 23, 28, 24, 18
PAD = 6
_HERE = (Group.WAITING, Group.TALKING)


class ArrivalDelegate(QStyledItemDelegate):
    """Cells of a visitor, all in the upper line; whoever waits may have a second one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        visitor: Visitor | None = index.data(VISITOR_ROLE)
        if visitor is None:
            return QSize(60, theme.px(HEADING))
        height = PRESENT if visitor.group in _HERE else EXPECTED
        return QSize(60, theme.px(height + (SECOND_LINE if two_lines(visitor) else 0)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        visitor: Visitor = index.data(VISITOR_ROLE)
        t = theme.tokens()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        here = visitor.group in _HERE
        ink = t.on_selection if selected else t.text
        soft = ink if selected or here else t.text2
        rect = option.rect.adjusted(PAD, 0, -2, 0)
        rect.setHeight(theme.px(PRESENT if here else EXPECTED))
        column = Column(index.column())
        text = index.data() or ""
        match column:
            case Column.CODE | Column.NAME:
                write(
                    painter, rect, text, ink if here or column is Column.NAME else soft, bold=here
                )
            case Column.KIND:
                self._kind(painter, rect, visitor, text, ink, selected)
            case Column.PLACE if visitor.wants_place:
                colour = ink if selected else t.accent
                write(painter, rect, text, colour, underlined=True)
            case Column.STATE:
                standing: Standing = index.data(STANDING_ROLE)
                paint_standing(painter, rect, standing, soft, selected)
            case _:
                write(painter, rect, text, soft)

    def _kind(
        self,
        painter: QPainter,
        rect: QRect,
        visitor: Visitor,
        text: str,
        ink: QColor,
        selected: bool,
    ) -> None:
        t, row = theme.tokens(), visitor.row
        if row.urgency is Urgency.EMERGENCY:
            colour, words = t.emergency_edge, t.emergency_text
        elif row.channel is Channel.OUTDOORS:
            colour, words = t.outdoors_edge, t.outdoors_text
        else:
            colour, words = t.in_person_edge, t.in_person_text
        size = theme.px(14)
        place = QRectF(rect.left(), rect.center().y() - size / 2 + 1, size, size)
        theme.draw_icon(painter, wording.kind_icon(row), place, colour)
        write(painter, rect.adjusted(size + 5, 0, 0, 0), text, ink if selected else words)


def paint_standing(
    painter: QPainter, rect: QRect, standing: Standing, soft: QColor, selected: bool
) -> None:
    """Icon, time in bold, what goes with it, and the key; a warning has its frame."""
    t = theme.tokens()
    ink, rest = soft, soft
    if standing.mark is Mark.ALARM:
        ink = rest = t.emergency_edge
    elif standing.mark in (Mark.NOTE, Mark.WARNING):
        ink = rest = t.warning
    if selected and standing.mark is not Mark.WARNING:
        ink = rest = t.on_selection
    tail = f" – {standing.rest}" if standing.strong and standing.rest else standing.rest
    size = theme.px(14) if standing.icon else 0
    before = size + 6 if size else 0
    cap = cap_width(standing.key) if standing.key else 0
    strong = advance(standing.strong, bold=True)
    wanted = before + strong + advance(tail)
    wanted += cap + 6 if cap else 0
    left = rect.left()
    if standing.mark is Mark.WARNING:
        frame = QRectF(left, rect.top() + 3, min(wanted + 12, rect.width()), rect.height() - 6)
        painter.setPen(QPen(t.warning_edge, 1))
        painter.setBrush(t.warning_ground)
        painter.drawRect(frame.adjusted(0.5, 0.5, -0.5, -0.5))
        left += 6
    right = min(left + wanted, rect.right() - (6 if standing.mark is Mark.WARNING else 0))
    if size:
        place = QRectF(left, rect.center().y() - size / 2 + 1, size, size)
        theme.draw_icon(painter, standing.icon, place, ink)
        left += before
    room = QRect(left, rect.top(), right - left - (cap + 6 if cap else 0), rect.height())
    write(painter, room, standing.strong, ink, bold=True)
    room.setLeft(room.left() + strong)
    write(painter, room, tail, rest)
    if cap:
        height = QFontMetrics(theme.font()).height() + 1
        box = QRect(right - cap, rect.center().y() - height // 2, cap, height)
        paint_cap(painter, box, standing.key, t.text, t.base)


def paint_second_line(painter: QPainter, rect: QRect, visitor: Visitor, selected: bool) -> None:
    """What must not be overlooked of somebody who waits: missing checks, needs, companions."""
    t = theme.tokens()
    left = rect.left()
    soft = t.on_selection if selected else t.text2
    if text := wording.missing(visitor):
        size = theme.px(12)
        ink = t.on_selection if selected else t.warning
        place = QRectF(left, rect.center().y() - size / 2, size, size)
        theme.draw_icon(painter, "warning", place, ink)
        left += size + 5
        write(painter, QRect(left, rect.top(), rect.right() - left, rect.height()), text, ink)
        left += advance(text) + 14
    if text := wording.needs(visitor.row):
        write(painter, QRect(left, rect.top(), rect.right() - left, rect.height()), text, soft)


def cell_width(column: Column, widest: str) -> int:
    """What a cell of a column needs; of kinds and states the words themselves say how much."""
    size = theme.px(14)
    if column is Column.KIND:
        words = (*map(word, (Channel.IN_PERSON, Channel.OUTDOORS, Urgency.EMERGENCY)),)
        return size + 5 + PAD + max(advance(each) for each in words)
    if column is Column.STATE:
        strong, rest = wording.minutes(88), f" – {wording.wanted()}"
        cap = cap_width(wording.enter_key())
        return size + 6 + advance(strong, bold=True) + advance(rest) + cap + 6 + 12 + PAD
    return advance(widest, bold=column is Column.CODE) + PAD


def write(
    painter: QPainter,
    rect: QRect,
    text: str,
    colour: QColor,
    *,
    bold: bool = False,
    underlined: bool = False,
) -> None:
    """One line of text in the font of the program, nothing where there is no room at all."""
    if not text or rect.width() <= 0:
        return
    font = theme.font(bold=bold)
    font.setUnderline(underlined)
    write_in(painter, rect, text, font, colour)
