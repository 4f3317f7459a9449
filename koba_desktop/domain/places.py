"""Which place fits best for so many persons and their needs, with reasons for and against.

A place is weighed against a wish at the first instant at which it, the advisor and the client are
free for the whole talk, the pause after it included. The order is one sort key (``_rank``).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from koba_desktop.domain import co2
from koba_desktop.domain.airing import Pause
from koba_desktop.domain.clock import next_minute
from koba_desktop.domain.entities.rooms import Room
from koba_desktop.domain.hygiene import Capacity, has_screen
from koba_desktop.domain.intervals import Interval
from koba_desktop.domain.vocabulary import RefusalReason, RoomKind, VisitNeed

AT_ONCE = timedelta(minutes=1)
"""What begins within a minute begins now."""


class Bearing(StrEnum):
    """What a reason does: it speaks for a place, against it, warns, or explains."""

    FOR = "for"
    AGAINST = "against"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Reason:
    """A code with what fills its words (``koba_desktop.i18n.place_reasons``)."""

    bearing: Bearing
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


class Step(StrEnum):
    """The steps of the emergency ladder, in their order."""

    ROOM_NOW = "room_now"
    ROOM_SOON = "room_soon"
    OUTDOORS = "outdoors"
    ROOM_LATER = "room_later"
    TELEPHONE = "telephone"


@dataclass(frozen=True, slots=True)
class Taken:
    """A time in which a place cannot be used, pause included, and why; ``label`` is who comes."""

    interval: Interval
    reason: RefusalReason
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One place as things stand. ``of`` is how many places its room has."""

    room: Room
    place_id: UUID
    number: int
    of: int
    capacity: Capacity
    pause: Pause
    taken: tuple[Taken, ...]  # by start


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is looked for: a talk of ``minutes`` that begins from ``earliest`` and ends by
    ``latest``; where nothing else is near, ``least_minutes`` are better than nothing.

    ``busy`` are times in which advisor or client have something else. ``soon`` is how long
    somebody can be asked to wait. ``per_person`` is the CO2 of one person, m³ an hour.
    """

    earliest: datetime
    latest: datetime
    minutes: int
    least_minutes: int = 15
    persons: int = 2
    needs: frozenset[VisitNeed] = frozenset()
    busy: tuple[Interval, ...] = ()
    soon: timedelta = timedelta(minutes=20)
    outdoors: bool = True
    per_person: float = co2.PER_PERSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A place that can be had from ``starts`` to ``ends``; ``free_until`` is the next booking."""

    situation: Situation
    step: Step
    starts: datetime
    ends: datetime
    blocked_until: datetime
    free_until: datetime | None
    reasons: tuple[Reason, ...]

    @property
    def room(self) -> Room:
        return self.situation.room


@dataclass(frozen=True, slots=True, kw_only=True)
class NotOffered:
    """A place that cannot be had, with the reason that weighs most."""

    situation: Situation
    code: RefusalReason
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """All places, the best first, and those that are not offered."""

    offers: tuple[Offer, ...]
    refused: tuple[NotOffered, ...]


def choose(situations: Iterable[Situation], wish: Wish) -> Choice:
    """Weigh every place. Of the free places of one room only the first is offered.

    The same places give the same answer, in whichever order they were read.
    """
    offers: list[Offer] = []
    refused: list[NotOffered] = []
    for situation in sorted(situations, key=_in_the_house):
        found = misfit(situation, wish.persons, wish.needs) or _weigh(situation, wish)
        (offers if isinstance(found, Offer) else refused).append(found)  # type: ignore[arg-type]
    spare = _only_accessible(offers, wish)
    ranked = sorted(offers, key=lambda offer: _rank(offer, wish, spare))
    ranked = [_explained(offer, wish, spare) for offer in ranked]
    offered = {offer.room.id for offer in ranked}
    missing = {each.situation.room.id: each for each in reversed(refused)}
    return Choice(
        tuple(_one_a_room(ranked)),
        tuple(each for room_id, each in reversed(missing.items()) if room_id not in offered),
    )


def misfit(
    situation: Situation, persons: int, needs: frozenset[VisitNeed] = frozenset()
) -> NotOffered | None:
    """What weighs most of what makes a place unfit. None: it fits."""
    return next(misfits(situation, persons, needs), None)


def misfits(
    situation: Situation, persons: int, needs: frozenset[VisitNeed]
) -> Iterator[NotOffered]:
    """Why a place is unfit whenever it is free: too small, not accessible, no screen, not
    confidential."""
    room, most = situation.room, situation.capacity.persons
    outdoors = room.kind is RoomKind.OUTDOOR

    def unfit(code: RefusalReason, **params: int) -> NotOffered:
        return NotOffered(situation=situation, code=code, params={"room": room.name, **params})

    if persons > most:
        yield unfit(RefusalReason.TOO_MANY_PERSONS, persons=persons, most=most)
    if VisitNeed.WHEELCHAIR in needs and not room.wheelchair:
        yield unfit(RefusalReason.NOT_ACCESSIBLE)
    if VisitNeed.SCREEN in needs and (outdoors or not has_screen(room)):
        yield unfit(RefusalReason.NO_SCREEN)
    if VisitNeed.CONFIDENTIAL in needs and outdoors:
        yield unfit(RefusalReason.NOT_CONFIDENTIAL)


def _in_the_house(situation: Situation) -> tuple[Any, ...]:
    room = situation.room
    return room.position, room.name, room.id, situation.number


# --- when -----------------------------------------------------------------------------------------


def _weigh(situation: Situation, wish: Wish) -> Offer | NotOffered:
    outdoors = situation.room.kind is RoomKind.OUTDOOR
    if outdoors and not wish.outdoors:
        return NotOffered(situation=situation, code=RefusalReason.ANOTHER_CHOSEN)
    whole = first_start(situation, wish, wish.minutes)
    if whole is not None and whole - wish.earliest <= wish.soon:
        return _offer(situation, wish, whole, wish.minutes)
    short = first_start(situation, wish, wish.least_minutes)
    if short is not None and short - wish.earliest <= wish.soon:
        return _offer(situation, wish, short, _fitting_minutes(situation, wish, short))
    if whole is not None:
        return _offer(situation, wish, whole, wish.minutes)
    return NotOffered(situation=situation, code=_why_not(situation, wish), params=_until(situation))


def first_start(situation: Situation, wish: Wish, minutes: int) -> datetime | None:
    """The first full minute from which place, advisor and client are free for so many minutes,
    and the place for the pause after them; None if there is none that ends in time."""
    talk = timedelta(minutes=minutes)
    use = talk + timedelta(minutes=situation.pause.minutes)
    holes = sorted(
        (
            *((t.interval.starts - use, t.interval.ends) for t in situation.taken),
            *((busy.starts - talk, busy.ends) for busy in wish.busy),
        )
    )
    at = wish.earliest
    for low, high in holes:
        if low < at < high:
            at = next_minute(high)
    return at if at + talk <= wish.latest else None


def _fitting_minutes(situation: Situation, wish: Wish, starts: datetime) -> int:
    """How long a talk from there may last before the next booking, the pause kept."""
    pause = timedelta(minutes=situation.pause.minutes)
    ends = min(
        (
            wish.latest,
            *(t.interval.starts - pause for t in situation.taken if t.interval.starts >= starts),
            *(busy.starts for busy in wish.busy if busy.starts >= starts),
        )
    )
    return min(wish.minutes, int((ends - starts).total_seconds() // 60))


def _offer(situation: Situation, wish: Wish, starts: datetime, minutes: int) -> Offer:
    ends = starts + timedelta(minutes=minutes)
    following = [t.interval.starts for t in situation.taken if t.interval.starts >= ends]
    return Offer(
        situation=situation,
        step=_step(situation.room, starts - wish.earliest, wish),
        starts=starts,
        ends=ends,
        blocked_until=ends + timedelta(minutes=situation.pause.minutes),
        free_until=min(following, default=None),
        reasons=(),
    )


def _step(room: Room, wait: timedelta, wish: Wish) -> Step:
    if wait > wish.soon:
        return Step.ROOM_LATER
    if room.kind is RoomKind.OUTDOOR:
        return Step.OUTDOORS
    return Step.ROOM_NOW if wait <= AT_ONCE else Step.ROOM_SOON


def _why_not(situation: Situation, wish: Wish) -> RefusalReason:
    """What stands in the way at the earliest instant."""
    now = [t for t in situation.taken if t.interval.includes(wish.earliest)]
    if now:
        return now[0].reason
    return RefusalReason.TOO_SHORT if situation.taken else RefusalReason.NOT_TODAY


def _until(situation: Situation) -> dict[str, Any]:
    last = max((t.interval.ends for t in situation.taken), default=None)
    return {"room": situation.room.name, "until": last}


# --- the order ------------------------------------------------------------------------------------

_RESERVE = 1.5
_STEPS = {Step.ROOM_NOW: 0.0, Step.ROOM_SOON: 1.0, Step.OUTDOORS: 2.0, Step.ROOM_LATER: 3.0}
LAST = 9.0
"""After everything else, the telephone too: where the air is not changed enough."""


def rank_of_step(offer: Offer, spare: UUID | None) -> float:
    """Where an offer's step stands in the ladder.

    A room that is not aired enough comes last; the only accessible room, where nobody needs it,
    after the other rooms within the waiting limit.
    """
    if not offer.situation.pause.sufficient:
        return LAST
    step = _STEPS[offer.step]
    return max(step, _RESERVE) if offer.room.id == spare else step


def _rank(offer: Offer, wish: Wish, spare: UUID | None) -> tuple[Any, ...]:
    situation, room = offer.situation, offer.room
    return (
        rank_of_step(offer, spare),
        _is_shorter(offer, wish),
        max(offer.starts - wish.earliest, AT_ONCE),
        room.wheelchair and VisitNeed.WHEELCHAIR not in wish.needs,
        situation.capacity.area_unknown,
        situation.capacity.persons - wish.persons,
        situation.pause.minutes,
        *_in_the_house(situation),
    )


def _is_shorter(offer: Offer, wish: Wish) -> bool:
    return offer.ends - offer.starts < timedelta(minutes=wish.minutes)


def _only_accessible(offers: Iterable[Offer], wish: Wish) -> UUID | None:
    """The one accessible room within the waiting limit, if nobody here needs it. Where the air is
    not changed enough is no second one."""
    if VisitNeed.WHEELCHAIR in wish.needs:
        return None
    near = {
        offer.room.id
        for offer in offers
        if offer.room.wheelchair
        and offer.situation.pause.sufficient
        and offer.step in (Step.ROOM_NOW, Step.ROOM_SOON)
    }
    return near.pop() if len(near) == 1 else None


def _one_a_room(offers: Iterable[Offer]) -> Iterator[Offer]:
    seen: set[UUID] = set()
    for offer in offers:
        if offer.room.id not in seen:
            seen.add(offer.room.id)
            yield offer


# --- reasons --------------------------------------------------------------------------------------


def _explained(offer: Offer, wish: Wish, spare: UUID | None) -> Offer:
    reasons = (
        *_about_time(offer, wish),
        *_about_room(offer, wish, spare),
        *_about_air(offer, wish),
    )
    return Offer(
        situation=offer.situation,
        step=offer.step,
        starts=offer.starts,
        ends=offer.ends,
        blocked_until=offer.blocked_until,
        free_until=offer.free_until,
        reasons=reasons,
    )


def _about_time(offer: Offer, wish: Wish) -> Iterator[Reason]:
    wait = offer.starts - wish.earliest
    if wait <= AT_ONCE:
        yield Reason(Bearing.FOR, "no_wait")
    else:
        since = offer.starts - AT_ONCE
        before = [t for t in offer.situation.taken if since < t.interval.ends <= offer.starts]
        minutes = -int(-wait.total_seconds() // 60)
        if before:
            params: dict[str, Any] = {"minutes": minutes, "why": before[-1].reason}
            yield Reason(Bearing.AGAINST, "wait", params)
        else:
            yield Reason(Bearing.AGAINST, "wait_for_people", {"minutes": minutes})
    if _is_shorter(offer, wish):
        minutes = int((offer.ends - offer.starts).total_seconds() // 60)
        following = next(
            (t for t in offer.situation.taken if t.interval.starts >= offer.ends), None
        )
        params = {"minutes": minutes}
        if following is not None and following.interval.starts - offer.blocked_until < AT_ONCE:
            params |= {"next": following.interval.starts, "who": following.label}
            yield Reason(Bearing.AGAINST, "shorter", params)
        else:
            yield Reason(Bearing.AGAINST, "shorter_by_people", params)


def _about_room(offer: Offer, wish: Wish, spare: UUID | None) -> Iterator[Reason]:
    room, capacity = offer.room, offer.situation.capacity
    outdoors = room.kind is RoomKind.OUTDOOR
    params = {"persons": wish.persons, "most": capacity.persons}
    yield Reason(Bearing.FOR, "places" if outdoors else "seats", params)
    if capacity.area_unknown:
        yield Reason(Bearing.WARNING, "area_unknown")
    if has_screen(room):
        yield Reason(Bearing.FOR, "screen", {"height": room.screen_height})
    if room.id == spare:
        yield Reason(Bearing.AGAINST, "only_accessible")
    elif room.wheelchair:
        yield Reason(Bearing.FOR, "accessible")
    if outdoors:
        yield Reason(Bearing.WARNING, "overheard")
        yield Reason(Bearing.WARNING, "weather")


def _about_air(offer: Offer, wish: Wish) -> Iterator[Reason]:
    room, pause = offer.room, offer.situation.pause
    if room.kind is RoomKind.OUTDOOR:
        return
    if not pause.sufficient:
        yield Reason(Bearing.WARNING, "not_aired_enough", {"minutes": pause.minutes})
    else:
        params = {
            "minutes": pause.minutes,
            "changes": pause.air_changes,
            "how": "fan" if (room.air_changes or 0) >= pause.air_changes else room.windows,
        }
        yield Reason(Bearing.NOTE, "airing", params)
    air = co2.air_in(room, wish.persons, wish.per_person)
    if air is None:
        yield Reason(Bearing.NOTE, "co2_unknown")
        return
    talk = (offer.ends - offer.starts).total_seconds() / 60
    reached = co2.minutes_to(air)
    if reached is None:
        yield Reason(Bearing.NOTE, "co2_never")
    elif reached < talk:
        yield Reason(Bearing.WARNING, "co2_reached", {"minutes": int(reached)})
    else:
        yield Reason(Bearing.NOTE, "co2", {"minutes": int(reached)})
    every = co2.AIR_EVERY[room.kind]
    if talk > every:
        yield Reason(Bearing.WARNING, "air_between", {"minutes": every})
