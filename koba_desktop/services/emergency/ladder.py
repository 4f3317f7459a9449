"""The emergency desk's question: who can take it, and where?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from koba_desktop.domain.clock import day_of, next_minute
from koba_desktop.domain.emergency import Ladder, climb
from koba_desktop.domain.entities.appointments import Participant
from koba_desktop.domain.entities.clients import Client, ClientPhone
from koba_desktop.domain.entities.office import Setting
from koba_desktop.domain.entities.staff import Absence, WorkingPattern
from koba_desktop.domain.intervals import Interval, intersect, merge, subtract
from koba_desktop.domain.patterns import on_duty
from koba_desktop.domain.places import Step, choose
from koba_desktop.domain.policy import value_in_force
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import VisitNeed
from koba_desktop.services.office.advisors import advisors_today
from koba_desktop.services.office.entitlement import may, not_entitled, require_client
from koba_desktop.services.ports import After, AnyOf
from koba_desktop.services.rooms.suggesting import (
    PlaceQuery,
    closing_time,
    places_and_wish,
)
from koba_desktop.services.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """An advisor as the emergency desk offers him or her. ``free_from`` and ``free_until`` are the
    next stretch without appointment or absence today (None: none)."""

    advisor_id: UUID
    name: str
    initials: str
    on_duty: bool  # on the office's list for emergencies
    responsible: bool  # for this client
    free_from: datetime | None
    free_until: datetime | None
    busy: tuple[Interval, ...] = ()  # of today: appointments, absences, no working time


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the desk knows so far. ``advisor_id`` None: whom the program proposes."""

    office_id: UUID
    client_id: UUID | None = None
    advisor_id: UUID | None = None
    persons: int = 2
    minutes: int | None = None
    needs: frozenset[VisitNeed] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """``advisors`` in the order they are proposed; ``ladder`` is that of ``advisor_id``."""

    advisors: tuple[Duty, ...]
    advisor_id: UUID | None
    ladder: Ladder
    minutes: int
    phone: str


def emergency_ladder(view: View, question: Question) -> Answer:
    """Who is free and what the ladder offers with the advisor named, or the one proposed.

    On duty comes first, then who is responsible for the client, then who is free longest. Raises
    Refused ``not_entitled`` for who receives no visitors here, or may not see the client. The
    command line has no viewer: it asks without a client and tells no names.
    """
    view = _asked_of_client(view, question.client_id)
    if view.viewer is not None and not may(view, Right.RECEIVE_VISITORS, question.office_id):
        raise not_entitled()
    client = None
    if question.client_id is not None:
        client = view.reader.get(Client, question.client_id)
        require_client(view, client)
    settings = view.reader.find(Setting)
    minutes = question.minutes or int(
        value_in_force(settings, "emergency.minutes", question.office_id, view.today)
    )
    responsible = client.advisor_id if client is not None else None
    advisors = _advisors(view, question, settings, timedelta(minutes=minutes), responsible)
    found, wish = places_and_wish(
        view,
        PlaceQuery(
            office_id=question.office_id,
            persons=question.persons,
            minutes=minutes,
            needs=question.needs,
            client_id=question.client_id,
        ),
    )
    phone = _phone(view, question.client_id)

    def ladder_of(duty: Duty | None) -> Ladder:
        busy = duty.busy if duty is not None else ()
        choice = choose(found, replace(wish, busy=(*wish.busy, *busy)))
        return climb(choice, _call(duty, minutes), phone=bool(phone))

    asked = [each for each in advisors if question.advisor_id in (None, each.advisor_id)]
    taker, ladder = _proposed(asked, ladder_of) if asked else (None, ladder_of(None))
    return Answer(
        advisors=advisors,
        advisor_id=question.advisor_id or (taker.advisor_id if taker else None),
        ladder=ladder,
        minutes=minutes,
        phone=phone,
    )


def _asked_of_client(view: View, client_id: UUID | None) -> View:
    """What is asked of the client, in one go; what is asked of advisors is another, and of places a
    third."""
    if client_id is None:
        return view
    now = next_minute(view.now)
    return view.ahead(
        lambda ask: (
            ask.get(Client, client_id),
            ask.find(ClientPhone, client_id=client_id, order_by="position"),
            ask.find(Participant, client_id=client_id, active=True, ends=After(now)),
        )
    )


def _proposed(advisors: Sequence[Duty], ladder_of: Callable[[Duty], Ladder]) -> tuple[Duty, Ladder]:
    """The first advisor in the order for whom there is a place within the waiting limit; where
    there is for nobody, the one with the lowest wait."""
    ladders = []
    for duty in advisors:
        ladder = ladder_of(duty)
        if ladder.rungs and ladder.rungs[0].step in _WITHIN_THE_LIMIT:
            return duty, ladder
        ladders.append((duty, ladder))
    return min(ladders, key=lambda pair: _height(pair[1]))


_WITHIN_THE_LIMIT = (Step.ROOM_NOW, Step.ROOM_SOON, Step.OUTDOORS)
_NEVER = datetime.max.replace(tzinfo=UTC)


def _height(ladder: Ladder) -> tuple[bool, datetime]:
    """Which of two ladders is the better one where nothing is near: a place before a call, then
    what begins first."""
    if not ladder.rungs:
        return True, _NEVER
    first = ladder.rungs[0]
    return first.offer is None, first.starts


def _advisors(
    view: View,
    question: Question,
    settings: list[Setting],
    length: timedelta,
    responsible: UUID | None,
) -> tuple[Duty, ...]:
    today, now = view.today, next_minute(view.now)
    staff = advisors_today(view, question.office_id)
    listed = value_in_force(settings, "emergency.duty", question.office_id, today)
    ids = AnyOf.of(member.id for member in staff)
    patterns = view.reader.find(WorkingPattern, staff_id=ids, weekday=today.isoweekday())
    closes = closing_time(view, question.office_id, now)
    until = max(closes, now + length)
    reader = view.reader.ahead(
        lambda ask: (
            ask.find(Absence, staff_id=ids, ends=After(now)),
            ask.times_of_advisors(ids.values, now, until),
        )
    )
    absences = reader.find(Absence, staff_id=ids, ends=After(now))
    times = reader.times_of_advisors(ids.values, now, until)
    found = []
    for member in staff:
        window = Interval(now, closes)
        away = _away(
            [p for p in patterns if p.staff_id == member.id],
            [a for a in absences if a.staff_id == member.id],
            window,
        )
        busy = [Interval(*span) for span in times.get(member.id, ())]
        free = _next_free([*busy, *away], window, length)
        duty = Duty(
            advisor_id=member.id,
            name=" ".join(part for part in (member.given_name, member.family_name) if part),
            initials=member.initials,
            on_duty=member.login in listed,
            responsible=member.id == responsible,
            free_from=free.starts if free else None,
            free_until=free.ends if free else None,
            busy=merge([*busy, *away]),
        )
        rank = (
            free is None,
            max(free.starts - now, timedelta()) if free else timedelta(),
            listed.index(member.login) if member.login in listed else len(listed),
            member.id != responsible,
            -(free.length if free else timedelta()),
            member.family_name,
        )
        found.append((rank, duty))
    return tuple(duty for _rank, duty in sorted(found, key=lambda pair: pair[0]))


def _away(
    patterns: list[WorkingPattern], absences: list[Absence], window: Interval
) -> tuple[Interval, ...]:
    """The part of the window in which the advisor is not at work."""
    at_work = intersect([window], on_duty(patterns, day_of(window.starts)))
    absent = [Interval(a.starts, a.ends) for a in absences]
    return merge([*subtract([window], at_work), *intersect([window], absent)])


def _next_free(taken: list[Interval], window: Interval, length: timedelta) -> Interval | None:
    """The first stretch of at least that length in which nothing is taken."""
    free = subtract([window], taken)
    return next((stretch for stretch in free if stretch.length >= length), None)


def _call(duty: Duty | None, minutes: int) -> tuple[datetime, datetime] | None:
    """When the advisor can call today."""
    if duty is None or duty.free_from is None:
        return None
    return duty.free_from, duty.free_from + timedelta(minutes=minutes)


def _phone(view: View, client_id: UUID | None) -> str:
    if client_id is None:
        return ""
    phones = view.reader.find(ClientPhone, client_id=client_id, order_by="position")
    return next((phone.typed for phone in phones if phone.bad_since is None), "")
