"""What decides whether a slot is free, and everything that stands against one.

``koba_desktop.domain.slot_search`` finds the openings over the same ``Facts``; both agree: a start
on the grid is found exactly if nothing stands against it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from koba_desktop.domain import spans
from koba_desktop.domain.clock import day_of
from koba_desktop.domain.intervals import Interval
from koba_desktop.domain.modes import ModeTimeline, refusal
from koba_desktop.domain.opening import DayOpening
from koba_desktop.domain.vocabulary import Channel, Mode, Urgency

HALF_HOUR = timedelta(minutes=30)

BINDING = frozenset({"advisor_busy", "client_busy", "room_busy", "no_place", "airing", "held"})
"""Obstacles the database itself refuses: nobody can overrule them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvisorFacts:
    """One advisor's time: on duty by pattern, absent (with the colleagues' word for it), taken by
    appointments, held by a form."""

    advisor_id: UUID
    duty: tuple[Interval, ...]
    absences: tuple[tuple[Interval, str], ...] = ()
    busy: tuple[Interval, ...] = ()
    held: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFacts:
    """One place's time: in use (or held), and blocked, that is in use with the pause after it.

    ``pause`` is the airing that would follow the new booking in that place.
    """

    used: tuple[Interval, ...] = ()
    blocked: tuple[Interval, ...] = ()
    pause: timedelta = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that decides whether a conversation of ``minutes`` can start, gathered beforehand.

    Starts from ``earliest`` (not before ``now``) to ``latest`` (exclusive) on a grid of the wall
    clock are looked at; ``grid_minutes`` divides the hour. ``days`` are the openings of the
    channel for every day in question. ``by_post`` is the first day the letter allows.
    ``places`` is None where no room is needed. ``visits`` are the personal visits of the office,
    one entry a visitor.
    """

    now: datetime
    earliest: datetime
    latest: datetime
    minutes: int
    grid_minutes: int
    channel: Channel
    urgency: Urgency = Urgency.NONE
    channel_allowed: bool = True
    days: tuple[DayOpening, ...]
    modes: ModeTimeline
    advisors: tuple[AdvisorFacts, ...]
    client_busy: tuple[Interval, ...] = ()
    client_held: tuple[Interval, ...] = ()
    by_post: date | None = None
    places: tuple[PlaceFacts, ...] | None = None
    visits: tuple[Interval, ...] = ()
    cap: int | None = None
    cap_half_hour: int | None = None

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    @property
    def capped(self) -> bool:
        """Whether the visitors' caps can matter at all; they do in terminierte Öffnung only."""
        return self.channel is Channel.IN_PERSON and (self.cap, self.cap_half_hour) != (
            None,
            None,
        )


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands against a start: a code and what fills its message."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def override(self) -> str | None:
        """The least override that takes it away; None where the database refuses."""
        return None if self.code in BINDING else self.code


def obstacles(facts: Facts, advisor: AdvisorFacts, starts: datetime) -> tuple[Obstacle, ...]:
    """Everything that stands against a conversation starting at that instant."""
    return tuple(_obstacles(facts, advisor, Interval(starts, starts + facts.length)))


def _obstacles(facts: Facts, advisor: AdvisorFacts, talk: Interval) -> Iterator[Obstacle]:
    if talk.starts < facts.now:
        yield Obstacle("in_the_past", {"now": facts.now})
    if not facts.channel_allowed:
        yield Obstacle("channel_not_allowed", {"channel": facts.channel})
    yield from _closed(facts, talk)
    if facts.by_post is not None and day_of(talk.starts) < facts.by_post:
        yield Obstacle("too_early_by_post", {"earliest": facts.by_post})
    mode = facts.modes.at(talk.starts)
    if code := refusal(mode, facts.channel, facts.urgency):
        yield Obstacle(code, {"mode": mode, "channel": facts.channel})
    if not any(duty.covers(talk) for duty in advisor.duty):
        yield Obstacle("outside_pattern")
    for absence, label in advisor.absences:
        if absence.overlaps(talk):
            yield Obstacle("advisor_absent", {"label": label, **_span(absence)})
            break
    yield from _taken("advisor_busy", advisor.busy, talk)
    yield from _taken("client_busy", facts.client_busy, talk)
    yield from _taken("held", (*advisor.held, *facts.client_held), talk)
    if facts.capped and mode is Mode.BY_APPOINTMENT:
        yield from _over_cap(facts, talk)
    if facts.places is not None:
        yield from _without_room(facts.places, talk)


def _closed(facts: Facts, talk: Interval) -> Iterator[Obstacle]:
    day = day_of(talk.starts)
    opening = next((d for d in facts.days if d.day == day), DayOpening(day, (), ()))
    if any(hours.covers(talk) for hours in opening.open):
        return
    if opening.code and (not opening.open or any(u.covers(talk) for u in opening.usual)):
        name = "name" if opening.code == "holiday" else "reason"
        yield Obstacle(opening.code, {"day": day, name: opening.text})
    else:
        hours_of_day = tuple((i.starts, i.ends) for i in opening.open)
        yield Obstacle("outside_hours", {"channel": facts.channel, "hours": hours_of_day})


def _taken(code: str, intervals: Iterable[Interval], talk: Interval) -> Iterator[Obstacle]:
    for taken in intervals:
        if taken.overlaps(talk):
            yield Obstacle(code, _span(taken))
            return


def _span(interval: Interval) -> dict[str, datetime]:
    return {"starts": interval.starts, "ends": interval.ends}


def _over_cap(facts: Facts, talk: Interval) -> Iterator[Obstacle]:
    if facts.cap is not None:
        inside = [v for v in facts.visits if v.overlaps(talk)]
        moments = [talk.starts, *(v.starts for v in inside if v.starts > talk.starts)]
        most = max(sum(v.includes(moment) for v in inside) for moment in moments)
        if most >= facts.cap:
            yield Obstacle("cap_reached", {"cap": facts.cap, "per": "at_a_time"})
            return
    if facts.cap_half_hour is not None:
        half = half_hour_of(talk.starts)
        if sum(half.includes(v.starts) for v in facts.visits) >= facts.cap_half_hour:
            yield Obstacle("cap_reached", {"cap": facts.cap_half_hour, "per": "half_hour"})


def half_hour_of(moment: datetime) -> Interval:
    step = int(HALF_HOUR.total_seconds())
    starts = datetime.fromtimestamp(spans.seconds(moment) // step * step, UTC)
    return Interval(starts, starts + HALF_HOUR)


def _without_room(places: tuple[PlaceFacts, ...], talk: Interval) -> Iterator[Obstacle]:
    if not places:
        yield Obstacle("no_place")
    elif all(any(used.overlaps(talk) for used in place.used) for place in places):
        yield Obstacle("room_busy")
    elif all(_not_aired(place, talk) for place in places):
        yield Obstacle("airing")


def _not_aired(place: PlaceFacts, talk: Interval) -> bool:
    aired = Interval(talk.starts, talk.ends + place.pause)
    return any(taken.overlaps(aired) for taken in (*place.used, *place.blocked))
