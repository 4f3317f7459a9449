"""From times to pixels and back. Pure arithmetic; coordinates are those of the whole content."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtCore import QRect

from koba_desktop.gui.calendar.layout import Placement

EDGE_LEFT = 3  # between column line and first block, px
EDGE_RIGHT = 5
LANE_GAP = 2
WHOLE = Placement(0, 1, 1)


@dataclass(frozen=True, slots=True)
class Column:
    """One day, of all advisors shown (week) or of one of them (day)."""

    day: date
    advisor_id: UUID | None = None


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
