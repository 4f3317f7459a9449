"""From times to pixels and back. Pure arithmetic; coordinates are those of the whole content."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from PySide6.QtCore import QRect

from koba_desktop.domain.clock import instant, wall
from koba_desktop.gui.calendar.layout import Placement

MINUTES_A_DAY = 24 * 60
EDGE_LEFT = 3  # between column line and first block, px
EDGE_RIGHT = 5
LANE_GAP = 2
WHOLE = Placement(0, 1, 1)


@dataclass(frozen=True, slots=True)
class Column:
    """One day, of all advisors shown (week) or of one of them (day)."""

    day: date
    advisor_id: UUID | None = None


def minute_of(moment: datetime, day: date) -> int:
    """Wall-clock minutes of an instant since the start of ``day`` (negative before it)."""
    at = wall(moment)
    return (at.date() - day).days * MINUTES_A_DAY + at.hour * 60 + at.minute


def moment_at(day: date, minute: int) -> datetime:
    """The UTC instant of a wall-clock minute counted from the start of ``day``."""
    days, rest = divmod(minute, MINUTES_A_DAY)
    return instant(day + timedelta(days=days), time(rest // 60, rest % 60))


def hours_shown(
    open_spans: Iterable[tuple[int, int]], busy_spans: Iterable[tuple[int, int]]
) -> tuple[int, int]:
    """The first and last minute a calendar shows: speaking hours with half an hour around them,
    and everything that is booked; 07:30 to 18:00 where nothing is open."""
    opened = [(max(0, a - 30), min(MINUTES_A_DAY, b + 30)) for a, b in open_spans]
    starts = min((a for a, _ in opened), default=450)
    ends = max((b for _, b in opened), default=1080)
    for a, b in busy_spans:
        starts = min(starts, max(0, a // 30 * 30))
        ends = max(ends, min(MINUTES_A_DAY, -(-b // 30) * 30))
    return starts, ends


@dataclass(frozen=True, slots=True)
class Geometry:
    """Columns of equal width right of the axis; minutes run downwards."""

    columns: tuple[Column, ...]
    axis: int  # width of the time axis, px
    width: int  # of axis and columns together, px
    first: int  # minute at the top
    last: int  # minute at the bottom
    minute_height: float  # px

    @property
    def height(self) -> int:
        return round((self.last - self.first) * self.minute_height)

    def y_of(self, minute: float) -> int:
        return round((minute - self.first) * self.minute_height)

    def minute_at(self, y: float) -> float:
        return self.first + y / self.minute_height

    def column_left(self, number: int) -> int:
        return self.axis + (self.width - self.axis) * number // max(1, len(self.columns))

    def column_rect(self, number: int) -> QRect:
        left = self.column_left(number)
        return QRect(left, 0, self.column_left(number + 1) - left, self.height)

    def column_at(self, x: float) -> int:
        """The column under ``x``, -1 beside them."""
        if x < self.axis or x >= self.width or not self.columns:
            return -1
        number = int((x - self.axis) * len(self.columns) / (self.width - self.axis))
        number = min(number, len(self.columns) - 1)
        while number + 1 < len(self.columns) and x >= self.column_left(number + 1):
            number += 1
        while number > 0 and x < self.column_left(number):
            number -= 1
        return number

    def block_rect(self, number: int, starts: int, ends: int, place: Placement) -> QRect:
        """The block of an entry: a pixel of air below, ``LANE_GAP`` between lanes."""
        column = self.column_rect(number)
        room = column.width() - EDGE_LEFT - EDGE_RIGHT
        left = column.left() + EDGE_LEFT + room * place.lane // place.lanes
        right = column.left() + EDGE_LEFT + room * (place.lane + place.span) // place.lanes
        if place.lane + place.span < place.lanes:
            right -= LANE_GAP
        top = self.y_of(max(starts, self.first)) + 1
        bottom = self.y_of(min(ends, self.last))
        return QRect(left, top, max(8, right - left), max(12, bottom - top))
