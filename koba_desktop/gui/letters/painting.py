"""How the letters of the outbox are drawn: headings, lines, and what stands against a letter."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from koba_desktop.domain.vocabulary import HoldReason, LetterKind
from koba_desktop.gui import theme
from koba_desktop.gui.letters.model import ITEM_ROLE, NOTE_ROLE
from koba_desktop.gui.letters.piles import TICKABLE, Column, Pile
from koba_desktop.gui.letters.problems import problem_text
from koba_desktop.gui.widgets.groups import GROUP_ROLE, paint_heading
from koba_desktop.gui.widgets.text import RIGHT, write
from koba_desktop.services.letters.outbox import OutboxItem

Index = QModelIndex | QPersistentModelIndex
LINE = 27
PROBLEM_LINE = 32
HEADING = 31
TICK = 14
MARGIN = 10
_PAD = 6

KIND_ICONS = {
    LetterKind.TELEPHONE_PROPOSAL: "phone",
    LetterKind.CHANGED_TELEPHONE: "swap",
    LetterKind.CONVERSION: "phone",
    LetterKind.CONFIRMATION: "tick",
    LetterKind.CANCELLATION: "cross",
    LetterKind.PERSONAL: "person",
    LetterKind.SUMMONS: "person",
    LetterKind.OPENING: "door",
    LetterKind.POSTPONEMENT: "swap",
    LetterKind.PLEASE_CALL: "letter",
}
_STATE_ICONS = {
    Pile.CLARIFY: ("warning", "emergency_edge"),
    Pile.PRINT: ("tick", "ok"),
    Pile.POST: ("printer", "text"),
    Pile.OPEN: ("clock", "text"),
    Pile.ANSWERED: ("note", "text"),
    Pile.POSTED: ("mailbox", "text"),
}


def pile_of(index: Index) -> Pile:
    """The pile of a row; Qt hands the role on as a plain text."""
    return Pile(index.data(GROUP_ROLE))


def tick_rect(row: QRect, height: int) -> QRect:
    """Where the tick box of a row lies, centred in its first ``height`` pixels."""
    size = theme.px(TICK)
    return QRect(row.left() + MARGIN, row.top() + (height - size) // 2, size, size)


def paint_tick(painter: QPainter, box: QRect, state: Qt.CheckState) -> None:
    t = theme.tokens()
    on = state is not Qt.CheckState.Unchecked
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(t.accent if on else t.edge)
    painter.setBrush(t.accent if on else t.base)
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    if on:
        name = "tick" if state is Qt.CheckState.Checked else "minus"
        theme.draw_icon(painter, name, QRectF(box).adjusted(1, 1, -1, -1), t.on_accent)
    painter.restore()


def paint_pile(painter: QPainter, rect: QRect, index: Index, unfolded: bool) -> None:
    """The heading of a pile: with a tick where its letters have one, at the right its note."""
    ticks = pile_of(index) in TICKABLE
    left = rect.left() + MARGIN + (theme.px(TICK) + 8 if ticks else 0)
    paint_heading(painter, rect, left, index, unfolded)
    note, colour = index.data(NOTE_ROLE), theme.tokens().text2
    write(painter, rect.adjusted(0, 0, -MARGIN, 0), note, theme.font(), colour, RIGHT)
    if ticks:
        state = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))
        paint_tick(painter, tick_rect(rect, rect.height()), state)


def row_colours(item: OutboxItem, pile: Pile, selected: bool) -> tuple[QColor, QColor]:
    """Ground and text of a letter's line."""
    t = theme.tokens()
    if pile is Pile.CLARIFY:
        return t.emergency_fill, t.emergency_text
    if selected:
        return t.selection, t.on_selection
    if item.problem is not None:
        return t.warning_ground, t.text
    return t.base, t.text


class LetterDelegate(QStyledItemDelegate):
    """Cells of a letter: all in the upper line, so that the problem has the lower one."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        item: OutboxItem | None = index.data(ITEM_ROLE)
        if item is None:
            return QSize(0, theme.px(HEADING))
        return QSize(0, theme.px(LINE if item.problem is None else LINE + PROBLEM_LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item: OutboxItem = index.data(ITEM_ROLE)
        pile = pile_of(index)
        column = Column(index.column())
        rect = QRect(option.rect)
        rect.setHeight(theme.px(LINE))
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        _ground, ink = row_colours(item, pile, selected)
        if column is Column.TICK:
            if pile in TICKABLE:
                state = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))
                paint_tick(painter, tick_rect(rect, rect.height()), state)
            return
        bold = pile is Pile.CLARIFY and column in (Column.RECIPIENT, Column.STATE)
        bold = bold or (selected and column is Column.RECIPIENT)
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        icon = _icon(item, pile, column)
        if icon is not None:
            name, role = icon
            size = theme.px(15)
            colour = ink if role == "text" else getattr(theme.tokens(), role)
            place = QRectF(inner.left(), inner.center().y() - size / 2 + 1, size, size)
            theme.draw_icon(painter, name, place, colour)
            inner.setLeft(inner.left() + size + 5)
        write(painter, inner, index.data(), theme.font(bold=bold), ink)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Buttons stand at the right: in the lower line of a letter, or in the heading."""
        rect = QRect(option.rect)
        if index.data(ITEM_ROLE) is not None:
            rect.setTop(rect.top() + theme.px(LINE))
        size = editor.sizeHint()
        right = self._view.viewport().width() - MARGIN
        top = rect.top() + (rect.height() - size.height()) // 2
        editor.setGeometry(right - size.width(), top, size.width(), size.height())


def paint_problem(painter: QPainter, rect: QRect, item: OutboxItem, ink: QColor) -> None:
    """The lower line of a letter that must be clarified."""
    write(painter, rect, problem_text(item), theme.font(), ink)


def _icon(item: OutboxItem, pile: Pile, column: Column) -> tuple[str, str] | None:
    if column is Column.KIND:
        return KIND_ICONS.get(item.row.kind, "letter"), "text"
    if column is Column.STATE:
        if pile is not Pile.CLARIFY and item.problem == HoldReason.SLOT_TOO_EARLY:
            return "warning", "warning"
        return _STATE_ICONS[pile]
    return None
