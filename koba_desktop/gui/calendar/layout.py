"""Overlapping entries stand side by side and widen into lanes that are free."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an entry stands across its column: lanes [lane, lane + span) of ``lanes``."""

    lane: int
    span: int
    lanes: int


def arrange(intervals: Sequence[tuple[float, float]]) -> list[Placement]:
    """Placements of half-open intervals (any unit), in the order given.

    Intervals that overlap never share a lane. Each run of entries that overlap one another has
    as few lanes as are needed at its busiest moment; an entry widens to the right as long as the
    next lane is free for all of its time.
    """
    order = sorted(range(len(intervals)), key=lambda i: (intervals[i][0], -intervals[i][1], i))
    placements: list[Placement | None] = [None] * len(intervals)
    run: list[int] = []
    run_ends = float("-inf")
    for entry in order:
        starts, ends = intervals[entry]
        if run and starts >= run_ends:
            _place_run(intervals, run, placements)
            run, run_ends = [], float("-inf")
        run.append(entry)
        run_ends = max(run_ends, ends)
    if run:
        _place_run(intervals, run, placements)
    return [p for p in placements if p is not None]


def _place_run(
    intervals: Sequence[tuple[float, float]],
    run: list[int],
    placements: list[Placement | None],
) -> None:
    lanes: list[list[int]] = []
    lane_of: dict[int, int] = {}
    for entry in run:  # by start: a lane is free once its last entry has ended
        starts = intervals[entry][0]
        for number, lane in enumerate(lanes):
            if intervals[lane[-1]][1] <= starts:
                lane.append(entry)
                lane_of[entry] = number
                break
        else:
            lane_of[entry] = len(lanes)
            lanes.append([entry])
    for entry in run:
        first = lane_of[entry]
        after = first + 1
        while after < len(lanes) and not _touches(intervals, entry, lanes[after]):
            after += 1
        placements[entry] = Placement(first, after - first, len(lanes))


def _touches(intervals: Sequence[tuple[float, float]], entry: int, others: list[int]) -> bool:
    starts, ends = intervals[entry]
    return any(intervals[o][0] < ends and starts < intervals[o][1] for o in others)
