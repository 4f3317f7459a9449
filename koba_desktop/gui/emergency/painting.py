"""How a place is drawn: number, icon, name, from when, and its reasons with their signs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from koba_desktop.domain.emergency import Rung
from koba_desktop.domain.place_reasons import Bearing
from koba_desktop.domain.places import Step
from koba_desktop.domain.vocabulary import RoomKind
from koba_desktop.gui import theme
from koba_desktop.gui.emergency import wording
from koba_desktop.gui.widgets.text import RIGHT, write
from koba_desktop.i18n.place_reasons import reason_text

if TYPE_CHECKING:
    from koba_desktop.gui.emergency.rungs import RungModel

Index = QModelIndex | QPersistentModelIndex
RUNG = Qt.ItemDataRole.UserRole + 1

_PAD, _GAP, _SIGN = 8, 14, 4
_SLACK = 2  # what a text may be wider than its letters measure
_NUMBER, _ICON, _TEXT = 14, 38, 62  # px from the left at 96 dpi
_SIGNS = {
    Bearing.FOR: ("tick", "ok"),
    Bearing.AGAINST: ("minus", "emergency_edge"),
    Bearing.WARNING: ("warning", "warning"),
    Bearing.NOTE: ("air", "text2"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A reason with its sign, and how wide both are. The second line of a note has no sign."""

    bearing: Bearing
    text: str
    width: int
    signed: bool = True


def chip_lines(rung: Rung, width: int, chosen: bool) -> list[list[Chip]]:
    """The reasons in as many lines as they need; of the chosen place the air as well."""
    metrics = QFontMetrics(theme.font())
    sign = theme.px(14) + _SIGN
    lines: list[list[Chip]] = [[]]
    left = width
    for reason in wording.chips(rung):
        text = reason_text(reason)
        chip = Chip(reason.bearing, text, sign + metrics.horizontalAdvance(text) + _SLACK)
        if lines[-1] and chip.width > left:
            lines.append([])
            left = width
        lines[-1].append(chip)
        left -= chip.width + _GAP
    notes = wording.notes_text(rung)
    if chosen and notes:
        lines += [
            [Chip(Bearing.NOTE, part, width, signed=not number)]
            for number, part in enumerate(_wrapped(notes, width - sign))
        ]
    return [line for line in lines if line]


def _wrapped(text: str, width: int) -> Iterator[str]:
    """The parts of a line between its dots, as many together as fit."""
    metrics = QFontMetrics(theme.font())
    line = ""
    for part in text.split(" · "):
        longer = f"{line} · {part}" if line else part
        if line and metrics.horizontalAdvance(longer) > width:
            yield line
            line = part
        else:
            line = longer
    yield line


class RungDelegate(QStyledItemDelegate):
    """Name and time in the first line, reasons below; the chosen place framed."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._laid_out: dict[tuple[int, int, bool], list[list[Chip]]] = {}

    def forget(self) -> None:
        """The places are others now."""
        self._laid_out.clear()

    def _model(self) -> "RungModel":
        return cast("RungModel", self._view.model())

    def _width(self) -> int:
        return self._view.viewport().width()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = self._lines(index)
        return QSize(self._width(), _PAD * 2 + _line() * (1 + len(lines)))

    def _lines(self, index: Index) -> list[list[Chip]]:
        room = self._width() - theme.px(_TEXT) - 14
        key = (index.row(), room, index.row() == self._model().chosen)
        if key not in self._laid_out:
            self._laid_out[key] = chip_lines(index.data(RUNG), room, key[2])
        return self._laid_out[key]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t = theme.tokens()
        model = self._model()
        rung: Rung = index.data(RUNG)
        rect = QRectF(option.rect)
        chosen = index.row() == model.chosen
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.fillRect(rect, t.selection if chosen else t.alternate if hovered else t.base)
        if chosen:
            painter.setPen(QPen(t.accent, 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        else:
            painter.setPen(t.separator)
            foot = rect.adjusted(0, 0, 0, -1)
            painter.drawLine(foot.bottomLeft(), foot.bottomRight())
        ink = t.on_selection if chosen else t.text
        first = QRectF(rect.left(), rect.top() + _PAD, rect.width(), _line())
        self._head(painter, first, rung, index.row() + 1, ink)
        self._end(painter, first, rung, chosen, ink)
        top = first.bottom()
        for line in self._lines(index):
            left = rect.left() + theme.px(_TEXT)
            for chip in line:
                _paint_chip(painter, QRectF(left, top, chip.width, _line()), chip, ink, chosen)
                left += chip.width + _GAP
            top += _line()
        painter.restore()

    def _head(self, painter: QPainter, line: QRectF, rung: Rung, number: int, ink: QColor) -> None:
        chosen = number - 1 == self._model().chosen
        bold = theme.font(bold=True)
        write(painter, line.adjusted(theme.px(_NUMBER), 0, 0, 0), str(number), bold, ink)
        size = theme.px(16)
        place = QRectF(line.left() + theme.px(_ICON), line.center().y() - size / 2, size, size)
        theme.draw_icon(painter, _icon(rung), place, ink)
        name = wording.place_name(rung)
        left = theme.px(_TEXT)
        write(painter, line.adjusted(left, 0, 0, 0), name, bold, ink)
        left += QFontMetrics(bold).horizontalAdvance(name) + 8
        when = wording.when_text(rung, self._now())
        write(painter, line.adjusted(left, 0, -14, 0), when, theme.font(bold=chosen), ink)

    def _end(self, painter: QPainter, line: QRectF, rung: Rung, chosen: bool, ink: QColor) -> None:
        """At the right: the word at the chosen place, else its pause or the number to call."""
        t = theme.tokens()
        right = line.adjusted(0, 0, -14, 0)
        if chosen:
            text = self._model().chosen_text()
            write(painter, right, text, theme.font(bold=True), ink, RIGHT)
            return
        text = wording.pause_text(rung, self._model().phone)
        if not text:
            return
        write(painter, right, text, theme.font(), t.text2, RIGHT)
        if rung.offer is not None:
            size = theme.px(16)
            left = right.right() - QFontMetrics(theme.font()).horizontalAdvance(text)
            place = QRectF(left - size - _SIGN, line.center().y() - size / 2, size, size)
            theme.draw_icon(painter, "air", place, t.text2)

    def _now(self) -> datetime:
        return self._model().moment()


def _icon(rung: Rung) -> str:
    if rung.offer is None:
        return "phone"
    if rung.step is Step.OUTDOORS or rung.offer.room.kind is RoomKind.OUTDOOR:
        return "tree"
    return "door"


def _line() -> int:
    return QFontMetrics(theme.font()).height() + 2


def _paint_chip(painter: QPainter, rect: QRectF, chip: Chip, ink: QColor, chosen: bool) -> None:
    t = theme.tokens()
    sign, role = _SIGNS[chip.bearing]
    colour = getattr(t, role)
    size = theme.px(14)
    place = QRectF(rect.left(), rect.center().y() - size / 2, size, size)
    if chip.signed:
        theme.draw_icon(painter, sign, place, ink if chosen and role == "text2" else colour)
    warns = chip.bearing is Bearing.WARNING and not chosen
    beside = rect.adjusted(theme.px(14) + _SIGN, 0, 0, 0)
    write(painter, beside, chip.text, theme.font(), t.warning if warns else ink)
