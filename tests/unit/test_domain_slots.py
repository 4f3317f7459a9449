"""Free slots: each obstacle by an example, and the search against every start's explanation."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koba_desktop.domain.clock import day_bounds, instant
from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.domain.intervals import Interval
from koba_desktop.domain.modes import ModeTimeline
from koba_desktop.domain.opening import DayOpening
from koba_desktop.domain.slot_search import search
from koba_desktop.domain.slots import AdvisorFacts, Facts, PlaceFacts, obstacles
from koba_desktop.domain.vocabulary import Channel, Mode, ModeSource, Urgency

BERGER, ROTH = UUID(int=1), UUID(int=2)
MONDAY = date(2021, 4, 12)
TUESDAY, WEDNESDAY = MONDAY + timedelta(1), MONDAY + timedelta(2)


def at(day: date, clock: str) -> datetime:
    return instant(day, time.fromisoformat(clock))


def span(day: date, starts: str, ends: str) -> Interval:
    return Interval(at(day, starts), at(day, ends))


def opening(day: date, code: str = "", text: str = "", shut: bool = False) -> DayOpening:
    usual = (span(day, "08:00", "12:00"), span(day, "13:00", "16:00"))
    return DayOpening(day, usual, () if shut else usual, code, text)


def mode(value: Mode, day: date = date(2021, 1, 1)) -> OperatingMode:
    return OperatingMode(
        id=UUID(int=day.toordinal()),
        office_id=UUID(int=9),
        mode=value,
        valid_from=at(day, "00:00"),
        source=ModeSource.LEAD_DECISION,
        reason="",
    )


def advisor(advisor_id: UUID = BERGER, **more: Any) -> AdvisorFacts:
    duty = tuple(span(MONDAY + timedelta(n), "08:00", "16:00") for n in range(5))
    return AdvisorFacts(advisor_id=advisor_id, duty=duty, **more)


def facts(*advisors: AdvisorFacts, **more: Any) -> Facts:
    usual: dict[str, Any] = {
        "now": at(MONDAY, "07:00"),
        "earliest": at(MONDAY, "00:00"),
        "latest": at(MONDAY + timedelta(5), "00:00"),
        "minutes": 30,
        "grid_minutes": 15,
        "channel": Channel.TELEPHONE,
        "days": tuple(opening(MONDAY + timedelta(n)) for n in range(5)),
        "modes": ModeTimeline(()),
        "advisors": advisors or (advisor(),),
    }
    return Facts(**{**usual, **more})


def codes(given: Facts, starts: datetime) -> list[str]:
    return [o.code for o in obstacles(given, given.advisors[0], starts)]


def found(given: Facts, **more: Any) -> list[datetime]:
    return [o.starts for o in search(given, **more).openings]


def test_in_an_empty_week_each_day_opens_at_eight() -> None:
    assert found(facts()) == [at(MONDAY + timedelta(n), "08:00") for n in range(5)]


def test_a_conversation_must_end_before_lunch() -> None:
    assert codes(facts(), at(MONDAY, "11:30")) == []
    assert codes(facts(), at(MONDAY, "11:45")) == ["outside_hours"]


def test_several_on_a_day_come_by_time_then_advisor() -> None:
    both = search(facts(advisor(ROTH), advisor(BERGER)), one_per_day=False, limit=3)
    assert [(o.starts, o.advisor_id) for o in both.openings] == [
        (at(MONDAY, "08:00"), ROTH),
        (at(MONDAY, "08:00"), BERGER),
        (at(MONDAY, "08:15"), ROTH),
    ]


def test_past_starts_are_not_offered() -> None:
    given = facts(now=at(MONDAY, "09:20"))
    assert found(given)[0] == at(MONDAY, "09:30")
    assert codes(given, at(MONDAY, "09:15")) == ["in_the_past"]


@pytest.mark.parametrize(("code", "param"), [("holiday", "name"), ("office_closed", "reason")])
def test_a_shut_day_says_why(code: str, param: str) -> None:
    days = (opening(MONDAY, code, "Grund", shut=True), opening(TUESDAY))
    given = facts(days=days)
    (obstacle,) = obstacles(given, given.advisors[0], at(MONDAY, "09:00"))
    assert (obstacle.code, obstacle.params[param], obstacle.override) == (code, "Grund", code)
    answer = search(given)
    assert [o.starts for o in answer.openings] == [at(TUESDAY, "08:00")]
    assert answer.skipped == {code: 15 + 11}


def test_the_letter_needs_its_time() -> None:
    given = facts(by_post=TUESDAY)
    assert found(given)[0] == at(TUESDAY, "08:00")
    assert codes(given, at(MONDAY, "15:00")) == ["too_early_by_post"]
    assert search(given, limit=1).skipped == {"too_early_by_post": 26}


def test_schliesszeit_suspends_visits_until_it_ends() -> None:
    modes = ModeTimeline((mode(Mode.CLOSED), mode(Mode.REGULAR, WEDNESDAY)))
    given = facts(modes=modes, channel=Channel.IN_PERSON)
    assert found(given)[0] == at(WEDNESDAY, "08:00")
    assert codes(given, at(TUESDAY, "10:00")) == ["mode_suspends"]
    assert found(replace(given, urgency=Urgency.URGENT))[0] == at(MONDAY, "08:00")
    assert found(replace(given, channel=Channel.TELEPHONE))[0] == at(MONDAY, "08:00")


def test_the_advisor_s_hours_absences_and_appointments_count() -> None:
    busy = advisor(
        busy=(span(MONDAY, "08:00", "09:00"),),
        absences=((span(MONDAY, "09:00", "10:00"), "Schulung"),),
        held=(span(MONDAY, "10:00", "10:30"),),
    )
    given = facts(busy)
    assert found(given)[0] == at(MONDAY, "10:30")
    assert codes(given, at(MONDAY, "08:15")) == ["advisor_busy"]
    assert codes(given, at(MONDAY, "08:45")) == ["advisor_absent", "advisor_busy"]
    assert codes(given, at(MONDAY, "10:15")) == ["held"]
    assert search(given, limit=1).skipped == {"advisor_busy": 3, "advisor_absent": 5, "held": 2}


def test_off_duty_is_the_pattern_s_fault() -> None:
    given = facts(replace(advisor(), duty=(span(MONDAY, "09:00", "12:00"),)))
    assert found(given) == [at(MONDAY, "09:00")]
    assert codes(given, at(MONDAY, "08:45")) == ["outside_pattern"]


def test_the_client_cannot_be_in_two_places() -> None:
    given = facts(client_busy=(span(MONDAY, "08:00", "11:15"),))
    assert found(given)[0] == at(MONDAY, "11:15")
    (obstacle,) = obstacles(given, given.advisors[0], at(MONDAY, "11:00"))
    assert (obstacle.code, obstacle.override) == ("client_busy", None)


def test_a_room_is_needed_and_its_pause_is_one_between_two_bookings() -> None:
    room = PlaceFacts(
        used=(span(MONDAY, "09:00", "10:00"),),
        blocked=(span(MONDAY, "09:00", "10:15"),),
        pause=timedelta(minutes=15),
    )
    given = facts(channel=Channel.IN_PERSON, places=(room,))
    assert codes(given, at(MONDAY, "08:15")) == []
    assert codes(given, at(MONDAY, "08:30")) == ["airing"]
    assert codes(given, at(MONDAY, "08:45")) == ["room_busy"]
    assert codes(given, at(MONDAY, "10:00")) == ["airing"]
    assert codes(given, at(MONDAY, "10:15")) == []
    second = replace(given, places=(room, PlaceFacts()))
    assert codes(second, at(MONDAY, "09:00")) == []


def test_without_any_room_nobody_can_come() -> None:
    given = facts(channel=Channel.IN_PERSON, places=())
    assert found(given) == []
    assert codes(given, at(MONDAY, "09:00")) == ["no_place"]


def test_the_caps_of_terminierte_oeffnung() -> None:
    visits = (span(MONDAY, "09:00", "10:00"), span(MONDAY, "09:30", "10:30"))
    given = facts(
        channel=Channel.IN_PERSON,
        places=(PlaceFacts(),),
        visits=visits,
        cap=2,
        modes=ModeTimeline((mode(Mode.BY_APPOINTMENT),)),
    )
    assert codes(given, at(MONDAY, "09:00")) == []
    assert codes(given, at(MONDAY, "09:15")) == ["cap_reached"]
    assert codes(given, at(MONDAY, "10:00")) == []
    half = replace(given, cap=None, cap_half_hour=1)
    assert codes(half, at(MONDAY, "09:45")) == ["cap_reached"]
    assert codes(half, at(MONDAY, "10:00")) == []
    assert codes(replace(half, modes=ModeTimeline(())), at(MONDAY, "09:45")) == []


def test_a_kind_that_is_not_held_this_way_has_no_slot() -> None:
    given = facts(channel_allowed=False)
    assert found(given) == []
    assert codes(given, at(MONDAY, "09:00")) == ["channel_not_allowed"]


def test_the_best_hour_is_preferred_within_a_day() -> None:
    given = facts(advisor(busy=(span(TUESDAY, "09:00", "10:00"),)))
    openings = search(given, preferred_hour=9).openings
    assert [(o.starts, o.preferred) for o in openings[:3]] == [
        (at(MONDAY, "09:00"), True),
        (at(TUESDAY, "08:00"), False),
        (at(WEDNESDAY, "09:00"), True),
    ]


def test_over_the_change_of_summer_time_the_wall_clock_keeps_its_hours() -> None:
    days = (date(2021, 3, 26), date(2021, 3, 29))
    given = facts(
        AdvisorFacts(advisor_id=BERGER, duty=tuple(Interval(*day_bounds(day)) for day in days)),
        now=at(days[0], "07:00"),
        earliest=at(days[0], "07:00"),
        latest=at(days[1] + timedelta(1), "00:00"),
        days=tuple(opening(day) for day in days),
    )
    assert found(given) == [at(day, "08:00") for day in days]
    assert [s.astimezone(UTC).hour for s in found(given)] == [7, 6]


# --- the search and the explanation agree -------------------------------------------------------

MINUTE = timedelta(minutes=1)
BEGIN = at(MONDAY, "06:00")


@st.composite
def stretches(draw: st.DrawFn, longest: int = 300) -> Interval:
    low = draw(st.integers(0, 48 * 12)) * 5
    return Interval(BEGIN + low * MINUTE, BEGIN + (low + draw(st.integers(5, longest))) * MINUTE)


some = st.lists(stretches(), max_size=5).map(tuple)
maybe_cap = st.none() | st.integers(0, 3)


@st.composite
def any_day(draw: st.DrawFn, day: date) -> DayOpening:
    code = draw(st.sampled_from(["", "", "holiday", "office_closed"]))
    special = code == "office_closed" and draw(st.booleans())
    usual = opening(day).usual
    left = () if code else usual
    return DayOpening(day, usual, (span(day, "09:00", "17:00"),) if special else left, code, "x")


@st.composite
def any_advisor(draw: st.DrawFn, number: int) -> AdvisorFacts:
    return AdvisorFacts(
        advisor_id=UUID(int=number),
        duty=tuple(
            span(day, draw(st.sampled_from(["07:00", "09:00"])), "15:00")
            for day in (MONDAY, TUESDAY, WEDNESDAY)
        ),
        absences=tuple((i, "x") for i in draw(some)),
        busy=draw(some),
        held=draw(some),
    )


@st.composite
def any_facts(draw: st.DrawFn) -> Facts:
    channel = draw(st.sampled_from(sorted(Channel)))
    kinds = st.sampled_from(sorted(Mode))
    return Facts(
        now=BEGIN + draw(st.integers(0, 600)) * MINUTE,
        earliest=BEGIN,
        latest=at(WEDNESDAY, "23:00"),
        minutes=draw(st.integers(5, 120)),
        grid_minutes=draw(st.sampled_from([5, 15, 30])),
        channel=channel,
        urgency=draw(st.sampled_from(sorted(Urgency))),
        channel_allowed=draw(st.sampled_from([True, True, True, False])),
        days=tuple(draw(any_day(day)) for day in (MONDAY, TUESDAY, WEDNESDAY)),
        modes=ModeTimeline((mode(draw(kinds)), mode(draw(kinds), TUESDAY))),
        advisors=tuple(draw(any_advisor(n)) for n in range(draw(st.integers(1, 3)))),
        client_busy=draw(some),
        client_held=draw(some),
        by_post=draw(st.none() | st.just(TUESDAY)),
        places=None
        if channel is Channel.TELEPHONE
        else tuple(
            PlaceFacts(
                used=used,
                blocked=tuple(Interval(u.starts, u.ends + 15 * MINUTE) for u in used),
                pause=draw(st.sampled_from([timedelta(), 15 * MINUTE])),
            )
            for used in draw(st.lists(some, max_size=3))
        ),
        visits=draw(some),
        cap=draw(maybe_cap),
        cap_half_hour=draw(maybe_cap),
    )


@settings(max_examples=150, deadline=None)
@given(any_facts())
def test_a_start_is_found_exactly_if_nothing_stands_against_it(given: Facts) -> None:
    step = timedelta(minutes=given.grid_minutes)
    grid = [
        start
        for n in range(int((given.latest - BEGIN) / step))
        if (start := BEGIN + n * step) < given.latest
    ]
    free = sorted(
        (start, a.advisor_id)
        for start in grid
        for a in given.advisors
        if not obstacles(given, a, start)
    )
    openings = search(given, limit=10_000, one_per_day=False).openings
    assert [(o.starts, o.advisor_id) for o in openings] == free


@settings(max_examples=60, deadline=None)
@given(any_facts(), st.none() | st.integers(8, 15))
def test_one_a_day_is_the_first_of_its_day_or_of_the_hour_asked_for(
    given: Facts, hour: int | None
) -> None:
    every = search(given, limit=10_000, one_per_day=False, preferred_hour=hour).openings
    by_day: dict[date, list[Any]] = {}
    for one in every:
        by_day.setdefault(one.starts.date(), []).append(one)
    expected = [next((o for o in day if o.preferred), day[0]) for day in by_day.values()]
    assert list(search(given, preferred_hour=hour).openings) == expected


@settings(max_examples=60, deadline=None)
@given(any_facts())
def test_what_was_skipped_and_what_is_free_make_up_all_the_advisors_hours(given: Facts) -> None:
    answer = search(given, limit=10_000, one_per_day=False)
    bare = replace(
        given,
        channel=Channel.TELEPHONE,
        channel_allowed=True,
        days=tuple(DayOpening(d.day, d.usual, (*d.usual, *d.open)) for d in given.days),
        advisors=tuple(replace(a, absences=(), busy=(), held=()) for a in given.advisors),
        client_busy=(),
        client_held=(),
        by_post=None,
        places=None,
    )
    everything = search(bare, limit=10_000, one_per_day=False)
    assert len(answer.openings) + sum(answer.skipped.values()) == len(everything.openings)
