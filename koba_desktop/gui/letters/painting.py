"""How the letters of the outbox are drawn: headings, lines, and what stands against a letter."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from koba_desktop.domain.vocabulary import HoldReason, LetterKind
from koba_desktop.gui import theme
from koba_desktop.gui.letters.bars import MARGIN
from koba_desktop.gui.letters.cells import pile_title
from koba_desktop.gui.letters.model import OutboxModel
from koba_desktop.gui.letters.piles import POSTED_PILES, TICKABLE, Column, Pile
from koba_desktop.gui.letters.problems import problem_text
from koba_desktop.gui.widgets.text import RIGHT, advance, write
from koba_desktop.services.letters.outbox import OutboxItem

LINE = 28
TICK = 14
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


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is to be drawn. ``columns`` are the left edge and the width of those in sight."""

    rect: QRect
    pile: Pile
    item: OutboxItem
    chosen: bool
    columns: dict[Column, tuple[int, int]]


def tick_rect(row: QRect) -> QRect:
    """Where the tick box of a row lies."""
    size = theme.px(TICK)
    return QRect(row.left() + MARGIN, row.top() + (row.height() - size) // 2, size, size)


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


def paint_heading(
    painter: QPainter, rect: QRect, model: OutboxModel, pile: Pile, right: int
) -> None:
    """The heading of a pile: with a tick where its letters have one, its note up to where its
    buttons begin."""
    t = theme.tokens()
    painter.fillRect(rect, t.alternate)
    painter.setPen(t.separator)
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    left = rect.left() + MARGIN
    if pile in TICKABLE:
        paint_tick(painter, tick_rect(rect), model.tick_of(pile, None))
        left += theme.px(TICK) + 8
    size = theme.px(10)
    chevron = "chevron-right" if pile in model.folded else "chevron-down"
    place = QRectF(left, rect.center().y() - size / 2 + 1, size, size)
    theme.draw_icon(painter, chevron, place, t.text)
    rest = QRect(rect)
    rest.setLeft(left + size + 6)
    rest.setRight(right - MARGIN)
    title = pile_title(pile)
    write(painter, rest, title, theme.font(bold=True), t.text)
    rest.setLeft(rest.left() + advance(title, bold=True) + 8)
    write(painter, rest, model.size(pile), theme.font(), t.text2)
    write(painter, rest, model.note_of(pile), theme.font(), t.text2, RIGHT)


def row_colours(item: OutboxItem, pile: Pile, selected: bool) -> tuple[QColor, QColor]:
    """Ground and text of a letter's lines."""
    t = theme.tokens()
    if pile is Pile.CLARIFY:
        return t.emergency_fill, t.emergency_text
    if selected:
        return t.selection, t.on_selection
    if item.problem is not None:
        return t.warning_ground, t.text
    return t.base, t.text


def paint_letter(painter: QPainter, line: Line, model: OutboxModel) -> None:
    """The first line of a letter: no rule below it where a second one follows."""
    ground, ink = row_colours(line.item, line.pile, line.chosen)
    _paint_ground(painter, line, ground, rule=line.item.problem is None)
    if line.pile in TICKABLE:
        paint_tick(painter, tick_rect(line.rect), model.tick_of(line.pile, line.item))
    for column, (left, width) in line.columns.items():
        if column is not Column.TICK:
            rect = QRect(left, line.rect.top(), width, line.rect.height())
            text, icon = model.cell(line.pile, line.item, column), _icon(line, column, model)
            _paint_cell(painter, rect, line, column, text, icon, ink)


def paint_problem(painter: QPainter, line: Line, right: int) -> None:
    """The second line: what stands against the letter, up to where its buttons begin."""
    ground, ink = row_colours(line.item, line.pile, line.chosen)
    _paint_ground(painter, line, ground, rule=True)
    rect = QRect(line.rect)
    rect.setLeft(line.columns[Column.RECIPIENT][0] + _PAD)
    rect.setRight(right - MARGIN)
    write(painter, rect, problem_text(line.item), theme.font(), ink)


def _paint_ground(painter: QPainter, line: Line, ground: QColor, *, rule: bool) -> None:
    """What is chosen has a bar at the left."""
    t, rect = theme.tokens(), line.rect
    painter.fillRect(rect, ground)
    if rule:
        painter.setPen(t.separator)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    if line.chosen:
        painter.fillRect(rect.left(), rect.top(), 3, rect.height(), t.accent)


def _paint_cell(
    painter: QPainter,
    rect: QRect,
    line: Line,
    column: Column,
    text: str,
    icon: tuple[str, str] | None,
    ink: QColor,
) -> None:
    bold = line.pile is Pile.CLARIFY and column in (Column.RECIPIENT, Column.STATE)
    bold = bold or (line.chosen and column is Column.RECIPIENT)
    inner = rect.adjusted(_PAD, 0, -_PAD, 0)
    if icon is not None:
        name, role = icon
        size = theme.px(15)
        colour = ink if role == "text" else getattr(theme.tokens(), role)
        place = QRectF(inner.left(), inner.center().y() - size / 2 + 1, size, size)
        theme.draw_icon(painter, name, place, colour)
        inner.setLeft(inner.left() + size + 5)
    write(painter, inner, text, theme.font(bold=bold), ink)


def _icon(line: Line, column: Column, model: OutboxModel) -> tuple[str, str] | None:
    item, pile = line.item, line.pile
    if column is Column.KIND:
        return KIND_ICONS.get(item.row.kind, "letter"), "text"
    if column is Column.STATE:
        early = item.problem == HoldReason.SLOT_TOO_EARLY
        if early and (pile is Pile.POST or pile in POSTED_PILES):
            return "warning", "warning"
        if pile is Pile.PRINT and model.refusal(item) is not None:
            return "warning", "warning"
        return _STATE_ICONS[pile]
    return None
