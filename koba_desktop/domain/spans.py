"""Sets of whole seconds as sorted, disjoint half-open spans: the fast algebra of the slot search.

The search works in the *space of starts*: the set of instants at which a conversation of a given
length could begin. A time in which one can talk and a time that is taken become spans of starts,
and everything else is intersection and difference.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import datetime

from koba_desktop.domain.intervals import Interval

Span = tuple[int, int]
Spans = list[Span]

EVER: Spans = [(-(2**60), 2**60)]


def seconds(instant: datetime) -> int:
    """Whole seconds since 1970 of an aware instant."""
    return int(instant.timestamp())


def union(spans: Iterable[Span]) -> Spans:
    merged: Spans = []
    for low, high in sorted(spans):
        if low >= high:
            continue
        if merged and low <= merged[-1][1]:
            if high > merged[-1][1]:
                merged[-1] = (merged[-1][0], high)
        else:
            merged.append((low, high))
    return merged


def without(spans: Spans, holes: Spans) -> Spans:
    """What is left of the spans without the holes; both sorted and disjoint."""
    if not holes:
        return spans
    left: Spans = []
    at = 0
    for low, high in spans:
        while at < len(holes) and holes[at][1] <= low:
            at += 1
        following = at
        while following < len(holes) and holes[following][0] < high:
            hole_low, hole_high = holes[following]
            if low < hole_low:
                left.append((low, hole_low))
            low = hole_high
            if low >= high:
                break
            following += 1
        if low < high:
            left.append((low, high))
    return left


def common(first: Spans, second: Spans) -> Spans:
    """What lies in both; both sorted and disjoint."""
    both: Spans = []
    i = j = 0
    while i < len(first) and j < len(second):
        low, high = max(first[i][0], second[j][0]), min(first[i][1], second[j][1])
        if low < high:
            both.append((low, high))
        if first[i][1] < second[j][1]:
            i += 1
        else:
            j += 1
    return both


def starts_within(intervals: Iterable[Interval], length: int) -> Spans:
    """Starts of a conversation of ``length`` seconds that lies wholly within one interval."""
    return union((seconds(i.starts), seconds(i.ends) - length + 1) for i in intervals)


def starts_touching(intervals: Iterable[Interval], length: int) -> Spans:
    """Starts of a conversation of ``length`` seconds that overlaps any interval."""
    return union((seconds(i.starts) - length + 1, seconds(i.ends)) for i in intervals)


def count(spans: Spans, step: int, until: int) -> int:
    """How many multiples of ``step`` before ``until`` lie in the spans."""
    return sum(
        (min(high, until) - 1) // step - (low - 1) // step for low, high in spans if low < until
    )


def first_in(spans: Spans, step: int, low: int, high: int) -> int | None:
    """The first multiple of ``step`` in the spans that is in [low, high)."""
    at = max(bisect_right(spans, (low, 2**61)) - 1, 0)
    for span_low, span_high in spans[at:]:
        if span_low >= high:
            return None
        candidate = -(-max(span_low, low) // step) * step
        if candidate < min(span_high, high):
            return candidate
    return None


def multiples(spans: Spans, step: int) -> Iterator[int]:
    """All multiples of ``step`` in the spans, ascending."""
    for low, high in spans:
        yield from range(-(-low // step) * step, high, step)
