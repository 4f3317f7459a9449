"""The line above the timeline: its name, how things are moved, and what shapes mean."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from koba_desktop.domain.vocabulary import Channel, RoomBookingState, Urgency
from koba_desktop.gui import theme
from koba_desktop.gui.blocks.kinds import BlockKind, kind_colours, kind_icon
from koba_desktop.gui.blocks.painting import blend
from koba_desktop.gui.icons import draw_icon
from koba_desktop.i18n import _
from koba_desktop.i18n.words import word

GAP = 14  # px between entries
AIR = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A swatch, an icon (or none) and a word."""

    swatch: Callable[[QPainter, QRect], None]
    icon: str
    text: str


class TimelineHeader(QWidget):
    """Decoration for the eye: assistive technology hears kind and state with every use. What has
    no room is left out: first how to move, then entries from the left."""

    def __init__(self, parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__(parent)
        self._compact = compact
        self._title = _("Timeline") if compact else _("Timeline today")
        self._hint = "" if compact else _("dragging moves, so does Alt+arrow")
        self.setAccessibleName(self._title)
        self.setFont(theme.font())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.watcher().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(300, max(theme.px(26), QFontMetrics(theme.font()).height() + 8))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.window)
        painter.setPen(tokens.separator)
        painter.drawLine(0, 0, self.width(), 0)
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        bold, font = theme.font(bold=True), theme.font()
        metrics = QFontMetrics(font)
        baseline = (self.height() + metrics.ascent() - metrics.descent()) / 2
        painter.setFont(bold)
        painter.setPen(tokens.text)
        painter.drawText(QPointF(AIR, baseline), self._title)
        taken = AIR + QFontMetrics(bold).horizontalAdvance(self._title) + 10
        painter.setFont(font)
        entries = self._entries()
        widths = [self._width(entry, metrics) for entry in entries]
        while entries and sum(widths) + taken > self.width() - AIR:
            entries.pop(0)
            widths.pop(0)
        hint = metrics.horizontalAdvance(self._hint)
        if self._hint and taken + hint + GAP + sum(widths) <= self.width() - AIR:
            painter.setPen(tokens.text2)
            painter.drawText(QPointF(taken, baseline), self._hint)
        x = self.width() - AIR - sum(widths) + GAP
        for entry, width in zip(entries, widths, strict=True):
            self._paint(painter, entry, x, baseline)
            x += width

    def _entries(self) -> list[Entry]:
        pause = Entry(_pause, "air", _("airing pause"))
        if self._compact:
            return [pause]
        kinds = (
            (BlockKind.IN_PERSON, word(Channel.IN_PERSON)),
            (BlockKind.EMERGENCY, word(Urgency.EMERGENCY)),
            (BlockKind.OUTDOORS, word(Channel.OUTDOORS)),
        )
        return [
            *(Entry(_kind(kind), kind_icon(kind), text) for kind, text in kinds),
            Entry(_reserved, "", word(RoomBookingState.RESERVED)),
            pause,
        ]

    def _swatch_width(self) -> int:
        return theme.px(18)

    def _width(self, entry: Entry, metrics: QFontMetrics) -> int:
        icon = theme.px(14) + 5 if entry.icon else 0
        return self._swatch_width() + 5 + icon + metrics.horizontalAdvance(entry.text) + GAP

    def _paint(self, painter: QPainter, entry: Entry, x: int, baseline: float) -> None:
        tokens = theme.tokens()
        height = theme.px(13)
        swatch = QRect(x, (self.height() - height) // 2, self._swatch_width(), height)
        painter.save()
        entry.swatch(painter, swatch)
        painter.restore()
        x = swatch.right() + 6
        if entry.icon:
            size = theme.px(14)
            box = QRectF(x, (self.height() - size) / 2, size, size)
            draw_icon(painter, entry.icon, box, tokens.text)
            x += size + 5
        painter.setPen(tokens.text)
        painter.drawText(QPointF(x, baseline), entry.text)


def _kind(kind: BlockKind) -> Callable[[QPainter, QRect], None]:
    def paint(painter: QPainter, rect: QRect) -> None:
        colours = kind_colours(theme.tokens(), kind)
        painter.fillRect(rect, colours.fill)
        if kind is BlockKind.EMERGENCY:
            painter.setPen(QPen(colours.edge, 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
            return
        painter.setPen(QPen(colours.edge, 1))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), colours.edge)

    return paint


def _reserved(painter: QPainter, rect: QRect) -> None:
    tokens = theme.tokens()
    painter.fillRect(rect, tokens.base)
    pen = QPen(tokens.in_person_edge, 1.2, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.drawRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5))


def _pause(painter: QPainter, rect: QRect) -> None:
    tokens = theme.tokens()
    painter.fillRect(rect, tokens.base)
    hatch = blend(tokens.airing, tokens.base, 0.8)
    painter.fillRect(rect, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
    painter.setPen(QPen(tokens.airing, 1))
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
