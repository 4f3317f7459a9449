"""Half-open intervals of aware instants, and the little algebra calendars need."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """``[starts, ends)``. An interval whose end is not after its start is empty."""

    starts: datetime
    ends: datetime

    def __bool__(self) -> bool:
        return self.starts < self.ends

    @property
    def length(self) -> timedelta:
        return max(self.ends - self.starts, timedelta())

    def overlaps(self, other: "Interval") -> bool:
        """Whether both share an instant; touching intervals do not."""
        return max(self.starts, other.starts) < min(self.ends, other.ends)

    def covers(self, other: "Interval") -> bool:
        return self.starts <= other.starts and other.ends <= self.ends

    def includes(self, instant: datetime) -> bool:
        return self.starts <= instant < self.ends

    def common(self, other: "Interval") -> "Interval":
        """What both share; empty where they do not overlap."""
        return Interval(max(self.starts, other.starts), min(self.ends, other.ends))


def merge(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same instants as sorted, disjoint intervals that do not touch."""
    merged: list[Interval] = []
    for interval in sorted(i for i in intervals if i):
        if merged and interval.starts <= merged[-1].ends:
            last = merged[-1]
            merged[-1] = Interval(last.starts, max(last.ends, interval.ends))
        else:
            merged.append(interval)
    return tuple(merged)


def subtract(intervals: Iterable[Interval], taken: Iterable[Interval]) -> tuple[Interval, ...]:
    """What is left of ``intervals`` without ``taken``, sorted and disjoint."""
    holes = merge(taken)
    left: list[Interval] = []
    for interval in merge(intervals):
        starts = interval.starts
        for hole in holes:
            if hole.ends <= starts:
                continue
            if hole.starts >= interval.ends:
                break
            if starts < hole.starts:
                left.append(Interval(starts, hole.starts))
            starts = hole.ends
        if starts < interval.ends:
            left.append(Interval(starts, interval.ends))
    return tuple(left)


def intersect(first: Iterable[Interval], second: Iterable[Interval]) -> tuple[Interval, ...]:
    """The instants that lie in both, sorted and disjoint."""
    others = merge(second)
    return tuple(
        common
        for interval in merge(first)
        for other in others
        if (common := interval.common(other))
    )
