"""What speaks for and against a place: how long one waits, who fits in, how the air is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from koba_desktop.domain import co2
from koba_desktop.domain.clock import begun_minutes, whole_minutes
from koba_desktop.domain.hygiene import has_screen
from koba_desktop.domain.vocabulary import RoomKind

if TYPE_CHECKING:
    from koba_desktop.domain.places import Offer, Wish

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


def explain(offer: "Offer", wish: "Wish", spare: UUID | None) -> tuple[Reason, ...]:
    """The reasons in the order they are read. ``spare`` is the only accessible room, where
    nobody needs it."""
    return (
        *_about_time(offer, wish),
        *_about_room(offer, wish, spare),
        *_about_air(offer, wish),
    )


def _about_time(offer: "Offer", wish: "Wish") -> Iterator[Reason]:
    wait = offer.starts - wish.earliest
    if wait <= AT_ONCE:
        yield Reason(Bearing.FOR, "no_wait")
    else:
        since = offer.starts - AT_ONCE
        before = [t for t in offer.situation.taken if since < t.interval.ends <= offer.starts]
        minutes = begun_minutes(wait)
        if before:
            params: dict[str, Any] = {"minutes": minutes, "why": before[-1].reason}
            yield Reason(Bearing.AGAINST, "wait", params)
        else:
            yield Reason(Bearing.AGAINST, "wait_for_people", {"minutes": minutes})
    if offer.lasts_under(wish.minutes):
        minutes = whole_minutes(offer.ends - offer.starts)
        following = next(
            (t for t in offer.situation.taken if t.interval.starts >= offer.ends), None
        )
        params = {"minutes": minutes}
        if following is not None and following.interval.starts - offer.blocked_until < AT_ONCE:
            params |= {"next": following.interval.starts, "who": following.label}
            yield Reason(Bearing.AGAINST, "shorter", params)
        else:
            yield Reason(Bearing.AGAINST, "shorter_by_people", params)


def _about_room(offer: "Offer", wish: "Wish", spare: UUID | None) -> Iterator[Reason]:
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


def _about_air(offer: "Offer", wish: "Wish") -> Iterator[Reason]:
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
