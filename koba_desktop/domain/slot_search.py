"""Searching free slots: every obstacle takes its starts away, what is left is free.

Ten advisors over sixty days are some thousand spans, so the search is arithmetic on whole seconds
(``koba_desktop.domain.spans``) and looks at no single candidate.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from heapq import merge as merge_sorted
from itertools import islice, pairwise
from uuid import UUID

from koba_desktop.domain import spans
from koba_desktop.domain.clock import day_bounds, day_of, instant
from koba_desktop.domain.intervals import Interval
from koba_desktop.domain.modes import refusal
from koba_desktop.domain.slots import HALF_HOUR, AdvisorFacts, Facts, PlaceFacts, half_hour_of
from koba_desktop.domain.spans import Spans
from koba_desktop.domain.vocabulary import Mode


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """A free start. ``preferred``: it lies in the hour that was asked for."""

    starts: datetime
    advisor_id: UUID
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The openings, and how many starts before the last of them each obstacle took away (the
    first obstacle in the order of the search counts)."""

    openings: tuple[Opening, ...]
    skipped: Mapping[str, int]


def search(
    facts: Facts,
    *,
    limit: int = 10,
    one_per_day: bool = True,
    preferred_hour: int | None = None,
) -> Found:
    """The first openings by time.

    ``one_per_day``: each on a day of its own, within the day the first one of ``preferred_hour``
    (wall clock) if there is one, else the first of the day.
    """
    step = facts.grid_minutes * 60
    stages = _Stages(facts)
    ladders = [stages.of(advisor) for advisor in facts.advisors]
    free = [
        (ladder[-1][1], a.advisor_id) for a, ladder in zip(facts.advisors, ladders, strict=True)
    ]
    if one_per_day:
        openings = tuple(islice(_one_a_day(facts, free, step, preferred_hour), limit))
    else:
        openings = tuple(islice(_each(free, step, preferred_hour), limit))
    until = spans.EVER[-1][1]
    if openings and len(openings) == limit:
        until = spans.seconds(openings[-1].starts)
    skipped: dict[str, int] = {}
    for ladder in ladders:
        for (_, before), (code, after) in pairwise(ladder):
            if before is not after:
                lost = spans.count(before, step, until) - spans.count(after, step, until)
                if lost:
                    skipped[code] = skipped.get(code, 0) + lost
    return Found(openings, skipped)


class _Stages:
    """The starts every obstacle takes away; those of the office are worked out once."""

    def __init__(self, facts: Facts) -> None:
        self.length = int(facts.length.total_seconds())
        low = spans.seconds(max(facts.earliest, facts.now) + timedelta(microseconds=999_999))
        asked = [(low, spans.seconds(facts.latest))] if facts.earliest < facts.latest else []
        opened = [hours for day in facts.days for hours in (*day.usual, *day.open)]
        usual = spans.union(
            span for hours in opened for span in spans.starts_within([hours], self.length)
        )
        self.nominal = spans.common(usual, spans.union(asked))
        self.of_office: list[tuple[str, Spans]] = [
            ("channel_not_allowed", [] if facts.channel_allowed else spans.EVER),
            *((code, self._shut(facts, code)) for code in ("holiday", "office_closed")),
            ("too_early_by_post", self._before_post(facts)),
            ("mode_suspends", self._under(facts, lambda mode: self._suspends(facts, mode))),
        ]
        self.of_booking: list[tuple[str, Spans]] = [
            ("client_busy", spans.starts_touching(facts.client_busy, self.length)),
            ("held", spans.starts_touching(facts.client_held, self.length)),
            ("cap_reached", self._full(facts) if facts.capped else []),
        ]
        if facts.places is not None:
            self.of_booking += [
                ("no_place", [] if facts.places else spans.EVER),
                ("room_busy", _in_all(map(self._in_use, facts.places))),
                ("airing", _in_all(map(self._not_aired, facts.places))),
            ]

    def of(self, advisor: AdvisorFacts) -> list[tuple[str, Spans]]:
        """The starts left after each obstacle, from all the advisor's hours to the free ones."""
        absences = [absence for absence, _ in advisor.absences]
        of_advisor = [
            ("advisor_absent", spans.starts_touching(absences, self.length)),
            ("advisor_busy", spans.starts_touching(advisor.busy, self.length)),
            ("held", spans.starts_touching(advisor.held, self.length)),
        ]
        left = spans.common(self.nominal, spans.starts_within(advisor.duty, self.length))
        ladder = [("", left)]
        for code, holes in (*self.of_office, *of_advisor, *self.of_booking):
            left = spans.without(left, holes)
            ladder.append((code, left))
        return ladder

    def _shut(self, facts: Facts, code: str) -> Spans:
        """Starts of the days on which that code replaces the usual hours."""
        holes: Spans = []
        for day in facts.days:
            if day.code == code:
                low, high = map(spans.seconds, day_bounds(day.day))
                holes += spans.without([(low, high)], spans.starts_within(day.open, self.length))
        return holes

    @staticmethod
    def _before_post(facts: Facts) -> Spans:
        if facts.by_post is None:
            return []
        return [(spans.EVER[0][0], spans.seconds(day_bounds(facts.by_post)[0]))]

    @staticmethod
    def _suspends(facts: Facts, mode: Mode) -> bool:
        return refusal(mode, facts.channel, facts.urgency) is not None

    @staticmethod
    def _under(facts: Facts, concerned: Callable[[Mode], bool]) -> Spans:
        """Starts under the modes that are concerned."""
        edges = [spans.EVER[0][0], *(spans.seconds(row.valid_from) for row in facts.modes.rows)]
        modes = [Mode.REGULAR, *(row.mode for row in facts.modes.rows)]
        ends = [*edges[1:], spans.EVER[0][1]]
        return spans.union(
            (low, high)
            for low, high, mode in zip(edges, ends, modes, strict=True)
            if concerned(mode)
        )

    def _full(self, facts: Facts) -> Spans:
        """Starts at which one visitor more would pass a cap."""
        full = spans.starts_touching(_crowded(facts.visits, facts.cap), self.length)
        halves = Counter(half_hour_of(visit.starts).starts for visit in facts.visits)
        if facts.cap_half_hour is not None:
            full += [
                (spans.seconds(half), spans.seconds(half + HALF_HOUR))
                for half, visitors in halves.items()
                if visitors >= facts.cap_half_hour
            ]
        if 0 in (facts.cap, facts.cap_half_hour):
            full = spans.EVER
        by_appointment = self._under(facts, lambda mode: mode is Mode.BY_APPOINTMENT)
        return spans.common(spans.union(full), by_appointment)

    def _in_use(self, place: PlaceFacts) -> Spans:
        return spans.starts_touching(place.used, self.length)

    def _not_aired(self, place: PlaceFacts) -> Spans:
        length = self.length + int(place.pause.total_seconds())
        return spans.starts_touching((*place.used, *place.blocked), length)


def _in_all(sets: Iterable[Spans]) -> Spans:
    """What lies in each of the sets; everything if there is none."""
    return reduce(spans.common, sets, spans.EVER)


def _crowded(visits: Iterable[Interval], cap: int | None) -> Iterator[Interval]:
    """The stretches in which at least ``cap`` visitors are there (None: there is no cap)."""
    if cap is None:
        return
    edges = sorted(
        (moment, step) for visit in visits for moment, step in ((visit.starts, 1), (visit.ends, -1))
    )
    present, since = 0, None
    for moment, step in edges:
        present += step
        if present >= cap and since is None:
            since = moment
        elif present < cap and since is not None:
            yield Interval(since, moment)
            since = None


def _one_a_day(
    facts: Facts, free: list[tuple[Spans, UUID]], step: int, preferred_hour: int | None
) -> Iterator[Opening]:
    for opening in facts.days:
        day = opening.day
        low, high = map(spans.seconds, day_bounds(day))
        windows = [(low, high, False)]
        if preferred_hour is not None:
            hour = _hour_of(day, preferred_hour)
            windows.insert(0, (spans.seconds(hour.starts), spans.seconds(hour.ends), True))
        for window_low, window_high, preferred in windows:
            firsts = [
                (start, place)
                for place, (left, _) in enumerate(free)
                if (start := spans.first_in(left, step, window_low, window_high)) is not None
            ]
            if firsts:
                start, place = min(firsts)
                yield Opening(datetime.fromtimestamp(start, UTC), free[place][1], preferred)
                break


def _each(
    free: list[tuple[Spans, UUID]], step: int, preferred_hour: int | None
) -> Iterator[Opening]:
    def stream(left: Spans, place: int) -> Iterator[tuple[int, int]]:
        return ((start, place) for start in spans.multiples(left, step))

    streams = [stream(left, place) for place, (left, _) in enumerate(free)]
    for start, place in merge_sorted(*streams):
        starts = datetime.fromtimestamp(start, UTC)
        preferred = preferred_hour is not None and _hour_of(
            day_of(starts), preferred_hour
        ).includes(starts)
        yield Opening(starts, free[place][1], preferred)


def _hour_of(day: date, hour: int) -> Interval:
    starts = instant(day, time(hour))
    return Interval(starts, starts + timedelta(hours=1))
