"""The strip of days: why the proposed time cannot be earlier, day by day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from koba_desktop.domain.clock import day_of
from koba_desktop.gui import theme
from koba_desktop.i18n import _, pgettext
from koba_desktop.i18n.formats import time_of, weekday_date, weekday_short
from koba_desktop.services.contacts.offer import PostalChain

MAX_CELLS = 15


class DayPart(StrEnum):
    """What a day of the strip is for."""

    POSTING = "posting"
    DELIVERY = "delivery"
    PREPARATION = "preparation"
    APPOINTMENT = "appointment"
    CLOSED = "closed"
    OTHER = "other"
    GAP = "gap"  # days left out


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day. ``number`` counts the working days of preparation; ``label`` stands below."""

    day: date
    part: DayPart
    label: str = ""
    number: int = 0
    deemed: bool = False

    @property
    def spoken(self) -> str:
        what = {
            DayPart.POSTING: _("posted"),
            DayPart.DELIVERY: _("in the letter box"),
            DayPart.PREPARATION: _("working day {n} to prepare").format(n=self.number),
            DayPart.APPOINTMENT: _("appointment at {time}").format(time=self.label),
            DayPart.CLOSED: self.label or _("no delivery"),
        }.get(self.part, "")
        deemed = _("deemed delivered (§ 37 SGB X)") if self.deemed else ""
        return ", ".join(part for part in (weekday_date(self.day), what, deemed) if part)


def strip_of(chain: PostalChain, starts: datetime, today: date) -> tuple[DayCell, ...]:
    """The days from posting to the appointment; a long wait after the earliest day is a gap."""
    last = day_of(starts)
    cells: list[DayCell] = []
    day = chain.posting
    while day <= last:
        cells.append(_cell(chain, day, starts, today))
        day += timedelta(days=1)
    if len(cells) <= MAX_CELLS:
        return tuple(cells)
    head = [cell for cell in cells if cell.day <= chain.earliest][: MAX_CELLS - 2]
    gap = DayCell(head[-1].day + timedelta(days=1), DayPart.GAP, "…")
    return (*head, gap, cells[-1])


def _cell(chain: PostalChain, day: date, starts: datetime, today: date) -> DayCell:
    deemed = day == chain.deemed
    if day == day_of(starts):
        return DayCell(day, DayPart.APPOINTMENT, time_of(starts), deemed=deemed)
    if day == chain.posting:
        return DayCell(day, DayPart.POSTING, _("today") if day == today else _("post"))
    if day == chain.delivery:
        return DayCell(day, DayPart.DELIVERY, _("arrives"), deemed=deemed)
    if day in chain.preparation:
        number = chain.preparation.index(day) + 1
        return DayCell(day, DayPart.PREPARATION, _("day"), number)
    if day in chain.closed_days:
        return DayCell(day, DayPart.CLOSED, chain.closed_days[day], deemed=deemed)
    if day.isoweekday() == 7:
        return DayCell(day, DayPart.CLOSED, deemed=deemed)
    return DayCell(day, DayPart.OTHER, deemed=deemed)


class DayStrip(QWidget):
    """Paints the cells side by side; its description says them for a screen reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells: tuple[DayCell, ...] = ()
        self.setAccessibleName(_("The way to the appointment, day by day"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.watcher().changed.connect(self.update)

    def show_cells(self, cells: tuple[DayCell, ...]) -> None:
        self.cells = cells
        spoken = "; ".join(cell.spoken for cell in cells if cell.part is not DayPart.GAP)
        self.setAccessibleDescription(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(600), theme.px(56))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(300), theme.px(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.cells:
            return
        painter = QPainter(self)
        width = min(theme.px(50), self.width() / len(self.cells))
        for index, cell in enumerate(self.cells):
            left = round(index * width)
            rect = QRect(left, 0, round((index + 1) * width) - left - 2, self.height())
            self._paint_cell(painter, rect, cell)

    def _paint_cell(self, painter: QPainter, rect: QRect, cell: DayCell) -> None:
        t = theme.tokens()
        ink = t.text
        if cell.part is DayPart.CLOSED:
            painter.fillRect(rect, t.hatch_ground)
            painter.fillRect(rect, QBrush(t.hatch, Qt.BrushStyle.BDiagPattern))
        elif cell.part is DayPart.PREPARATION:
            painter.fillRect(rect, t.telephone_fill)
            ink = t.telephone_text
        elif cell.part is DayPart.APPOINTMENT:
            painter.fillRect(rect, t.accent)
            ink = t.on_accent
        elif cell.part in (DayPart.POSTING, DayPart.DELIVERY):
            painter.setPen(QPen(t.accent, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        third = rect.height() / 3
        rows = [
            QRect(rect.left() + 1, round(rect.top() + third * n), rect.width() - 2, round(third))
            for n in range(3)
        ]
        if cell.part is not DayPart.GAP:
            day = weekday_short(cell.day)
            fits = QFontMetrics(theme.font()).horizontalAdvance(day) <= rect.width()
            self._text(painter, rows[0], day if fits else str(cell.day.day), cell, ink)
        icon = {
            DayPart.POSTING: "mailbox",
            DayPart.DELIVERY: "letter",
            DayPart.APPOINTMENT: "phone",
        }.get(cell.part)
        if icon is not None:
            size = theme.px(15)
            middle = rows[1].center()
            left, top = middle.x() - size / 2 + 1, middle.y() - size / 2 + 1
            theme.draw_icon(painter, icon, QRectF(left, top, size, size), ink)
        elif cell.deemed:
            self._text(painter, rows[1], "§", cell, t.accent, bold=True)
        elif cell.number:
            ordinal = pgettext("ordinal", "{number}").format(number=cell.number)
            self._text(painter, rows[1], ordinal, cell, ink, bold=True)
        self._text(painter, rows[2], cell.label, cell, ink)

    def _text(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        cell: DayCell,
        color: QColor,
        *,
        bold: bool = False,
    ) -> None:
        if not text:
            return
        font = theme.font(bold=bold)
        metrics = QFontMetrics(font)
        short = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        if cell.part is DayPart.CLOSED:
            width = metrics.horizontalAdvance(short) + 4
            ground = QRect(0, 0, min(width, rect.width()), metrics.height())
            ground.moveCenter(rect.center())
            painter.fillRect(ground, theme.tokens().hatch_ground)
        painter.setFont(font)
        painter.setPen(color)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, short)
