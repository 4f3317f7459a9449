"""Which place fits best for so many persons and their needs, with reasons for and against.

A place is weighed against a wish at the first instant at which it, the advisor and the client are
free for the whole talk, the pause after it included. The order is one sort key (``_rank``).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from koba_desktop.domain import co2
from koba_desktop.domain.airing import Pause
from koba_desktop.domain.clock import next_minute, whole_minutes
from koba_desktop.domain.entities.rooms import Room
from koba_desktop.domain.hygiene import Capacity, has_screen
from koba_desktop.domain.intervals import Interval
from koba_desktop.domain.place_reasons import AT_ONCE, Reason, explain
from koba_desktop.domain.vocabulary import RefusalReason, RoomKind, VisitNeed


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

    def lasts_under(self, minutes: int) -> bool:
        return self.ends - self.starts < timedelta(minutes=minutes)


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
        if isinstance(found, Offer):
            offers.append(found)
        else:
            refused.append(found)
    spare = _only_accessible(offers, wish)
    ranked = sorted(offers, key=lambda offer: _rank(offer, wish, spare))
    ranked = [replace(offer, reasons=explain(offer, wish, spare)) for offer in ranked]
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
    return min(wish.minutes, whole_minutes(ends - starts))


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
        offer.lasts_under(wish.minutes),
        max(offer.starts - wish.earliest, AT_ONCE),
        room.wheelchair and VisitNeed.WHEELCHAIR not in wish.needs,
        situation.capacity.area_unknown,
        situation.capacity.persons - wish.persons,
        situation.pause.minutes,
        *_in_the_house(situation),
    )


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
