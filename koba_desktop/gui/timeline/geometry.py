"""From minutes and places to pixels and back. Pure arithmetic; y counts from the first row."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QRect

from koba_desktop.domain.clock import wall
from koba_desktop.gui.blocks.minutes import MINUTES_A_DAY

LEAST_WIDTH = 4  # px of a block, however short
LEAST_HIT = 10  # px a block can be taken hold of
LANE_GAP = 1  # px between the lanes of one room
RIGHT = 1  # px kept free at the right edge


def minute_at(moment: datetime, day: date) -> float:
    """Wall-clock minutes since the start of ``day``, seconds as a fraction."""
    at = wall(moment)
    return (at.date() - day).days * MINUTES_A_DAY + at.hour * 60 + at.minute + at.second / 60


@dataclass(frozen=True, slots=True)
class Band:
    """Where the row of a place lies. ``air`` is left free above and below its blocks."""

    top: int
    height: int
    air: int


def bands(rooms: Sequence[int], height: int, air: int, *, together: bool) -> tuple[Band, ...]:
    """The rows of rooms with so many places: ``height`` px for each place, or (``together``) for
    each room, whose places then share it as lanes, none lower than half of it."""
    found: list[Band] = []
    top = 0
    for places in rooms:
        if not together or places < 2:
            for _n in range(places):
                found.append(Band(top, height, air))
                top += height
            continue
        lane = max(height // 2, (height - 2 * air) // places)
        for n in range(places):
            found.append(Band(top + n * lane, lane, LANE_GAP))
        top += places * lane + (height - 2 * lane if places == 2 else 0)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Geometry:
    """Names stand left of ``label``; the hours run from there to ``width``."""

    bands: tuple[Band, ...]
    label: int  # width of the names, px
    width: int  # of names and hours together, px
    first: int  # minute at the left
    last: int  # minute at the right
    head: int  # height of the hours above the rows, px

    @property
    def height(self) -> int:
        """Of all rows together, without the head."""
        return self.bands[-1].top + self.bands[-1].height if self.bands else 0

    @property
    def minute_width(self) -> float:
        return max(1, self.width - self.label - RIGHT) / max(1, self.last - self.first)

    def x_of(self, minute: float) -> int:
        return self.label + round((minute - self.first) * self.minute_width)

    def minute_of(self, x: float) -> float:
        return self.first + (x - self.label) / self.minute_width

    def line_at(self, y: float) -> int:
        """The row under ``y``, -1 above and below all of them."""
        if y < 0 or y >= self.height:
            return -1
        return bisect_right([band.top for band in self.bands], y) - 1

    def line_rect(self, line: int) -> QRect:
        band = self.bands[line]
        return QRect(0, band.top, self.width, band.height)

    def span_rect(self, line: int, starts: float, ends: float, least: int = LEAST_WIDTH) -> QRect:
        """The stretch of a row between two minutes, cut off at the hours shown; empty outside."""
        if ends <= self.first or starts >= self.last:
            return QRect()
        band = self.bands[line]
        left = self.x_of(max(starts, self.first))
        right = self.x_of(min(ends, self.last))
        return QRect(
            left, band.top + band.air, max(least, right - left), band.height - 2 * band.air
        )
