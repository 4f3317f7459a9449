"""The best place for so many persons, now or at a time: the rooms are read, the domain chooses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from koba_desktop.domain.clock import day_bounds, day_of, next_minute
from koba_desktop.domain.entities.appointments import Participant
from koba_desktop.domain.intervals import Interval
from koba_desktop.domain.places import Choice, Offer, Situation, Wish, choose
from koba_desktop.domain.policy import value_in_force
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import Channel, RoomKind, VisitNeed
from koba_desktop.services.calendar.hours import OfficeHours
from koba_desktop.services.office.entitlement import may_query, not_entitled
from koba_desktop.services.ports import After, Reader
from koba_desktop.services.rooms.situations import HouseRules, house_rules, situations
from koba_desktop.services.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceQuery:
    """What is wanted. ``starts``: exactly then; without it as soon as possible from ``earliest``
    on that day (None: now).

    ``channel`` IN_PERSON looks at rooms, OUTDOORS at places outside, None at both; ``place_id`` at
    that one alone. ``minutes`` None: as long as an emergency is planned for. With ``advisor_id``
    and ``client_id`` a place is only free when they are; ``busy`` are further times to avoid.
    """

    office_id: UUID
    persons: int = 2
    minutes: int | None = None
    needs: frozenset[VisitNeed] = frozenset()
    starts: datetime | None = None
    earliest: datetime | None = None
    channel: Channel | None = None
    advisor_id: UUID | None = None
    client_id: UUID | None = None
    ignore_appointment: UUID | None = None
    place_id: UUID | None = None
    busy: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The places, the best first, with the wish they were weighed against."""

    choice: Choice
    wish: Wish

    @property
    def best(self) -> Offer | None:
        return self.choice.offers[0] if self.choice.offers else None


def suggest_places(view: View, query: PlaceQuery) -> Suggestion:
    """Every place weighed, with reasons for and against: the reasons name who is there.

    Raises Refused ``not_entitled`` for who books nothing in that office.
    """
    if not may_query(view, Right.BOOK, query.office_id):
        raise not_entitled()
    return weigh_places(view, query)


def weigh_places(view: View, query: PlaceQuery) -> Suggestion:
    """The same for a command, which has asked whether its actor may do what it is about."""
    found, wish = places_and_wish(view, query)
    return Suggestion(choose(found, wish), wish)


def places_and_wish(view: View, query: PlaceQuery) -> tuple[list[Situation], Wish]:
    """The places in question as things stand, and what they are to be weighed against."""
    rules = house_rules(view.reader, query.office_id)
    wish = _wish(view, query, rules)
    until = wish.latest if query.starts is None else wish.earliest + timedelta(minutes=wish.minutes)
    found = [
        each
        for each in situations(
            view,
            query.office_id,
            wish.earliest,
            until,
            rules=rules,
            ignore_appointment=query.ignore_appointment,
        )
        if _asked_for(each.room.kind, query.channel) and query.place_id in (None, each.place_id)
    ]
    return found, wish


def _asked_for(kind: RoomKind, channel: Channel | None) -> bool:
    if channel is None:
        return True
    return (kind is RoomKind.OUTDOOR) is (channel is Channel.OUTDOORS)


def _wish(view: View, query: PlaceQuery, rules: HouseRules) -> Wish:
    earliest = query.starts or query.earliest or next_minute(view.now)
    day = day_of(earliest)

    def setting(key: str) -> int:
        return int(value_in_force(rules.settings, key, query.office_id, day))

    minutes = query.minutes or setting("emergency.minutes")
    exact = query.starts is not None
    if exact:
        latest = earliest + timedelta(minutes=minutes)
    else:
        closes = closing_time(view, query.office_id, earliest)
        latest = max(closes, earliest + timedelta(minutes=minutes))
    return Wish(
        earliest=earliest,
        latest=latest,
        minutes=minutes,
        least_minutes=minutes if exact else min(minutes, setting("emergency.least_minutes")),
        persons=query.persons,
        needs=query.needs,
        busy=(*query.busy, *_busy(view.reader, query, earliest, latest)),
        soon=timedelta() if exact else timedelta(minutes=setting("emergency.wait_minutes")),
        per_person=rules.per_person(query.office_id, day),
    )


def closing_time(view: View, office_id: UUID, instant: datetime) -> datetime:
    """When the office's last speaking hours of that day end; midnight on a day without any."""
    day = day_of(instant)
    hours = OfficeHours(view, office_id, day)
    ends = [span.ends for channel in Channel for span in hours.on(day, channel).open]
    return max(ends, default=day_bounds(day)[1])


def _busy(
    reader: Reader, query: PlaceQuery, starts: datetime, ends: datetime
) -> Iterable[Interval]:
    if query.advisor_id is not None:
        for times in reader.advisor_times(
            query.advisor_id, starts, ends, ignore=query.ignore_appointment
        ):
            yield Interval(*times)
    if query.client_id is not None:
        parts = reader.find(Participant, client_id=query.client_id, active=True, ends=After(starts))
        for part in parts:
            if part.starts < ends and part.appointment_id != query.ignore_appointment:
                yield Interval(part.starts, part.ends)
