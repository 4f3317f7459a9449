"""Which place fits best: worked examples, and what holds of every choice (domain rules § 5)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koba_desktop.domain import airing, hygiene
from koba_desktop.domain.entities.rooms import HygieneProfile, Room
from koba_desktop.domain.intervals import Interval
from koba_desktop.domain.place_reasons import AT_ONCE, Bearing
from koba_desktop.domain.places import (
    Choice,
    Offer,
    Situation,
    Step,
    Taken,
    Wish,
    choose,
    rank_of_step,
)
from koba_desktop.domain.vocabulary import RefusalReason, RoomKind, VisitNeed, Windows
from koba_desktop.i18n.place_reasons import known_codes, reason_text

APRIL = date(2021, 4, 13)
OFFICE = UUID(int=1)
CAP = 30
NINE = datetime(2021, 4, 13, 7, tzinfo=UTC)


def nine(minutes: float) -> datetime:
    """So many minutes after nine o'clock."""
    return NINE + timedelta(minutes=minutes)


def room(number: int = 0, **values: object) -> Room:
    usual: dict[str, object] = {
        "area": 20.0,
        "height": 2.8,
        "windows": Windows.FULL,
        "position": number,
        "name": f"R {number}",
    }
    return Room(id=UUID(int=1000 + number), office_id=OFFICE, **(usual | values))  # type: ignore[arg-type]


def taken(
    starts: float, ends: float, reason: RefusalReason = RefusalReason.ROOM_BUSY, label: str = ""
) -> Taken:
    return Taken(Interval(nine(starts), nine(ends)), reason, label)


def place(
    of: Room, *busy: Taken, number: int = 1, many: int = 1, profile: HygieneProfile | None = None
) -> Situation:
    return Situation(
        room=of,
        place_id=UUID(int=of.id.int * 1000 + number),
        number=number,
        of=many,
        capacity=hygiene.capacity(of, many, profile, APRIL),
        pause=airing.pause(of, profile, APRIL, CAP),
        taken=tuple(sorted(busy, key=lambda t: t.interval.starts)),
    )


def yard(number: int = 9, *busy: Taken, many: int = 1, **values: object) -> list[Situation]:
    usual: dict[str, object] = {"kind": RoomKind.OUTDOOR, "area": None, "seats": 2 * many}
    outside = room(number, **(usual | {"windows": Windows.NONE} | values))
    return [place(outside, *busy, number=n + 1, many=many) for n in range(many)]


def wish(**values: object) -> Wish:
    usual: dict[str, object] = {"earliest": NINE, "latest": nine(420), "minutes": 30}
    return Wish(**(usual | values))  # type: ignore[arg-type]


def names(choice: Choice) -> list[str]:
    return [offer.room.name for offer in choice.offers]


def codes(offer: Offer, *bearings: Bearing) -> list[str]:
    return [r.code for r in offer.reasons if not bearings or r.bearing in bearings]


def why_not(choice: Choice) -> dict[str, RefusalReason]:
    return {each.situation.room.name: each.code for each in choice.refused}


# --- who fits -------------------------------------------------------------------------------------


def test_a_room_that_is_free_is_offered_at_once_with_the_pause_after_it() -> None:
    (offer,) = choose([place(room())], wish()).offers
    assert (offer.starts, offer.ends, offer.blocked_until) == (NINE, nine(30), nine(46))
    assert offer.step is Step.ROOM_NOW
    assert offer.free_until is None
    assert codes(offer, Bearing.FOR) == ["no_wait", "seats"]
    assert codes(offer, Bearing.AGAINST, Bearing.WARNING) == []


def test_more_persons_than_any_room_holds_are_refused_with_the_number_it_does() -> None:
    choice = choose([place(room()), place(room(1, area=31.0, seats=4))], wish(persons=9))
    assert choice.offers == ()
    assert set(why_not(choice).values()) == {RefusalReason.TOO_MANY_PERSONS}
    assert [each.params["most"] for each in choice.refused] == [2, 3]


@pytest.mark.parametrize(
    ("need", "fit", "unfit", "code"),
    [
        (VisitNeed.WHEELCHAIR, {"wheelchair": True}, {}, RefusalReason.NOT_ACCESSIBLE),
        (
            VisitNeed.SCREEN,
            {"screen_height": 1.5},
            {"screen_height": 1.49},
            RefusalReason.NO_SCREEN,
        ),
    ],
)
def test_what_a_visit_needs_leaves_the_others_out(
    need: VisitNeed, fit: dict[str, object], unfit: dict[str, object], code: RefusalReason
) -> None:
    choice = choose([place(room(0, **unfit)), place(room(1, **fit))], wish(needs=frozenset({need})))
    assert names(choice) == ["R 1"]
    assert why_not(choice) == {"R 0": code}


def test_what_is_confidential_is_never_outside_however_long_the_wait() -> None:
    confidential = wish(needs=frozenset({VisitNeed.CONFIDENTIAL}))
    choice = choose([place(room(), taken(-10, 300)), *yard()], confidential)
    assert names(choice) == ["R 0"]
    assert choice.offers[0].step is Step.ROOM_LATER
    assert why_not(choice) == {"R 9": RefusalReason.NOT_CONFIDENTIAL}


def test_a_screen_is_not_to_be_had_outside() -> None:
    choice = choose(yard(screen_height=2.0), wish(needs=frozenset({VisitNeed.SCREEN})))
    assert why_not(choice) == {"R 9": RefusalReason.NO_SCREEN}


def test_a_room_nobody_measured_is_offered_with_a_warning_and_after_the_measured() -> None:
    choice = choose(
        [place(room(0, area=None, height=None)), place(room(1, area=60.0, seats=6))], wish()
    )
    assert names(choice) == ["R 1", "R 0"]
    assert "area_unknown" in codes(choice.offers[1], Bearing.WARNING)
    assert "co2_unknown" in codes(choice.offers[1], Bearing.NOTE)


@pytest.mark.parametrize("values", [{"area": 0.0}, {"height": None}, {"height": 0.0}])
def test_a_room_with_impossible_measures_breaks_nothing(values: dict[str, object]) -> None:
    choice = choose([place(room(0, **values)), place(room(1))], wish())
    assert "R 1" in names(choice)
    assert len(choice.offers) + len(choice.refused) == 2


# --- when -----------------------------------------------------------------------------------------


def test_the_pause_lies_between_two_bookings_once() -> None:
    # Taken with its own pause until 09:46; the next one from 10:32 needs ours before it.
    tight = place(room(), taken(0, 46), taken(92, 138))
    (offer,) = choose([tight], wish(soon=timedelta(hours=2))).offers
    assert (offer.starts, offer.blocked_until, offer.free_until) == (nine(46), nine(92), nine(92))
    a_minute_less = place(room(), taken(0, 46), taken(91, 138))
    (offer,) = choose([a_minute_less], wish(soon=timedelta(hours=2), least_minutes=30)).offers
    assert offer.starts == nine(138)


def test_a_room_within_the_waiting_limit_is_soon_and_after_it_later() -> None:
    soon = choose([place(room(), taken(-10, 20))], wish()).offers[0]
    later = choose([place(room(), taken(-10, 21))], wish()).offers[0]
    assert (soon.step, later.step) == (Step.ROOM_SOON, Step.ROOM_LATER)
    assert soon.reasons[0].params == {"minutes": 20, "why": RefusalReason.ROOM_BUSY}


@pytest.mark.parametrize(
    "why", [RefusalReason.ROOM_BUSY, RefusalReason.AIRING, RefusalReason.OUT_OF_SERVICE]
)
def test_a_wait_says_what_for(why: RefusalReason) -> None:
    (offer,) = choose([place(room(), taken(-10, 8, why))], wish()).offers
    wait = offer.reasons[0]
    assert (wait.bearing, wait.params) == (Bearing.AGAINST, {"minutes": 8, "why": why})
    assert reason_text(wait).startswith("8 minutes to wait")


def test_a_wait_says_what_for_though_it_ends_on_a_full_minute() -> None:
    (offer,) = choose([place(room(), taken(-10, 7.4, RefusalReason.AIRING))], wish()).offers
    assert offer.starts == nine(8)
    assert offer.reasons[0].params["why"] is RefusalReason.AIRING


def test_a_wait_for_people_is_not_blamed_on_the_room() -> None:
    busy = (Interval(nine(-10), nine(12)),)
    (offer,) = choose([place(room())], wish(busy=busy)).offers
    assert (offer.starts, offer.reasons[0].code) == (nine(12), "wait_for_people")
    assert "until advisor and client are free" in reason_text(offer.reasons[0])


def test_a_minute_is_no_wait() -> None:
    (offer,) = choose([place(room(), taken(-10, 1))], wish()).offers
    assert offer.step is Step.ROOM_NOW
    assert "no_wait" in codes(offer)


def test_people_are_told_full_minutes() -> None:
    """A room is vacated, and aired by then, at any second."""
    (offer,) = choose([place(room(), taken(-10, 8.2))], wish()).offers
    assert (offer.starts, offer.ends) == (nine(9), nine(39))
    # A time that was asked for stays as it is.
    exact = wish(earliest=nine(0.5), latest=nine(30.5), soon=timedelta())
    assert choose([place(room())], exact).offers[0].starts == nine(0.5)


def test_a_shorter_talk_at_once_is_better_than_a_long_wait() -> None:
    # 36 minutes until the next one: 20 for the talk, 16 for the air.
    gap = place(room(), taken(36, 300, label="Noack"))
    (offer,) = choose([gap], wish()).offers
    assert (offer.starts, offer.ends, offer.blocked_until) == (NINE, nine(20), nine(36))
    shorter = next(r for r in offer.reasons if r.code == "shorter")
    assert shorter.params == {"minutes": 20, "next": nine(36), "who": "Noack"}


def test_a_gap_too_short_for_any_talk_is_none() -> None:
    (offer,) = choose([place(room(), taken(30, 60))], wish()).offers
    assert offer.starts == nine(60)


def test_what_would_end_after_the_house_closes_is_not_offered() -> None:
    choice = choose([place(room(), taken(0, 400))], wish(least_minutes=30))
    assert why_not(choice) == {"R 0": RefusalReason.ROOM_BUSY}
    gap = choose([place(room(), taken(20, 420))], wish(least_minutes=30))
    assert why_not(gap) == {"R 0": RefusalReason.TOO_SHORT}
    closed = choose([place(room())], wish(latest=nine(10)))
    assert why_not(closed) == {"R 0": RefusalReason.NOT_TODAY}


def test_a_room_out_of_service_all_day_says_so() -> None:
    closed = place(room(), taken(-60, 500, RefusalReason.OUT_OF_SERVICE))
    choice = choose([closed], wish())
    assert why_not(choice) == {"R 0": RefusalReason.OUT_OF_SERVICE}
    assert choice.refused[0].params["until"] == nine(500)


def test_advisor_and_client_must_be_free_for_the_talk_but_not_for_the_pause() -> None:
    busy = wish(busy=(Interval(nine(30), nine(60)),))
    assert choose([place(room())], busy).offers[0].starts == NINE
    earlier = wish(busy=(Interval(nine(20), nine(60)),), least_minutes=30)
    assert choose([place(room())], earlier).offers[0].starts == nine(60)
    short = choose([place(room())], wish(busy=(Interval(nine(20), nine(60)),))).offers[0]
    assert (short.starts, short.ends) == (NINE, nine(20))
    assert "shorter_by_people" in codes(short, Bearing.AGAINST)
    # Nobody blames a booking that comes hours later.
    not_the_room = wish(busy=(Interval(nine(20), nine(60)),))
    late = choose([place(room(), taken(300, 330))], not_the_room).offers[0]
    assert "shorter_by_people" in codes(late, Bearing.AGAINST)


# --- the order ------------------------------------------------------------------------------------


def test_rooms_now_come_before_soon_before_outside_before_later() -> None:
    choice = choose(
        [
            place(room(0), taken(-10, 60)),
            *yard(),
            place(room(1), taken(-10, 12)),
            place(room(2)),
        ],
        wish(),
    )
    assert names(choice) == ["R 2", "R 1", "R 9", "R 0"]
    assert [offer.step for offer in choice.offers] == [
        Step.ROOM_NOW,
        Step.ROOM_SOON,
        Step.OUTDOORS,
        Step.ROOM_LATER,
    ]


def test_outside_warns_of_listeners_and_weather() -> None:
    (offer,) = choose(yard(), wish()).offers
    assert codes(offer, Bearing.WARNING) == ["overheard", "weather"]
    assert "airing" not in codes(offer)


def test_of_an_outdoor_place_for_several_one_is_offered() -> None:
    both = yard(many=3)
    first = replace(both[0], taken=(taken(-10, 300),))
    choice = choose([first, *both[1:]], wish())
    assert [(o.room.name, o.situation.number) for o in choice.offers] == [("R 9", 2)]
    assert choice.refused == ()


def test_the_only_accessible_room_is_kept_free_for_who_needs_it() -> None:
    places_now = [place(room(0, wheelchair=True)), place(room(1), taken(-10, 15)), *yard()]
    choice = choose(places_now, wish())
    assert names(choice) == ["R 1", "R 0", "R 9"]
    assert "only_accessible" in codes(choice.offers[1], Bearing.AGAINST)
    needed = choose(places_now, wish(needs=frozenset({VisitNeed.WHEELCHAIR})))
    assert names(needed) == ["R 0"]
    assert "only_accessible" not in codes(needed.offers[0])


def test_of_two_accessible_rooms_none_is_the_only_one() -> None:
    choice = choose([place(room(0, wheelchair=True)), place(room(1, wheelchair=True))], wish())
    assert all("only_accessible" not in codes(offer) for offer in choice.offers)
    plain = choose([*(place(room(n, wheelchair=True)) for n in (0, 1)), place(room(2))], wish())
    assert names(plain)[0] == "R 2"


def test_an_accessible_room_without_air_is_no_second_one() -> None:
    """Who needs it would be sent where the air is never changed enough."""
    stale = place(room(1, wheelchair=True, windows=Windows.TILT))
    choice = choose([place(room(0, wheelchair=True)), stale, place(room(2), taken(-5, 9))], wish())
    assert names(choice) == ["R 2", "R 0", "R 1"]
    assert "only_accessible" in codes(choice.offers[1])


@pytest.mark.parametrize("windows", [Windows.TILT, Windows.NONE])
def test_where_the_air_is_not_changed_enough_is_offered_last_with_the_warning(
    windows: Windows,
) -> None:
    stale = place(room(0, windows=windows))
    choice = choose([stale, place(room(1), taken(-10, 300)), *yard(9, taken(-5, 200))], wish())
    assert names(choice)[-1] == "R 0"
    last = choice.offers[-1]
    assert (last.starts, last.situation.pause.minutes) == (NINE, CAP)
    assert "not_aired_enough" in codes(last, Bearing.WARNING)
    assert "airing" not in codes(last)


def test_the_smallest_room_that_suffices_and_the_shortest_pause() -> None:
    choice = choose(
        [
            place(room(0, area=46.0, seats=4)),
            place(room(1)),
            place(room(2, windows=Windows.CROSS)),
        ],
        wish(),
    )
    assert names(choice) == ["R 2", "R 1", "R 0"]


def test_the_whole_talk_with_a_wait_is_better_than_a_shorter_one_at_the_same_step() -> None:
    choice = choose([place(room(0), taken(36, 90)), place(room(1))], wish())
    assert names(choice) == ["R 1", "R 0"]


# --- air ------------------------------------------------------------------------------------------


def test_co2_says_whether_the_talk_is_over_before() -> None:
    (fine,) = choose([place(room(area=20.0))], wish()).offers
    note = next(r for r in fine.reasons if r.code.startswith("co2"))
    assert (note.code, note.params) == ("co2", {"minutes": 48})
    (warned,) = choose([place(room(area=20.0))], wish(minutes=60)).offers
    assert "co2_reached" in codes(warned, Bearing.WARNING)
    (never,) = choose([place(room(air_changes=6.0))], wish()).offers
    assert "co2_never" in codes(never, Bearing.NOTE)


def test_a_meeting_room_is_aired_in_between() -> None:
    meeting = room(kind=RoomKind.MEETING, seats=8, area=80.0)
    (offer,) = choose([place(meeting)], wish(minutes=30)).offers
    between = next(r for r in offer.reasons if r.code == "air_between")
    assert (between.bearing, between.params) == (Bearing.WARNING, {"minutes": 20})


# --- properties -----------------------------------------------------------------------------------


@st.composite
def some_rooms(draw: st.DrawFn) -> list[Situation]:
    found: list[Situation] = []
    for number in range(draw(st.integers(1, 6))):
        outdoors = draw(st.booleans())
        many = draw(st.integers(1, 3)) if outdoors else 1
        made = room(
            number,
            # Some share a position and a name: then only the id tells them apart.
            position=draw(st.integers(0, 2)),
            name=draw(st.sampled_from(["R", f"R {number}"])),
            kind=RoomKind.OUTDOOR if outdoors else RoomKind.CONSULTATION,
            area=draw(st.sampled_from([None, 12.0, 20.0, 31.0, 60.0])),
            height=draw(st.sampled_from([None, 2.8])),
            seats=draw(st.integers(1, 6)),
            windows=draw(st.sampled_from(list(Windows))),
            wheelchair=draw(st.sampled_from([True, True, False])),
            screen_height=draw(st.sampled_from([None, 1.6])),
        )
        for nth in range(many):
            busy: list[Taken] = []
            at = draw(st.integers(-60, 30))
            for _ in range(draw(st.integers(0, 4))):
                ends = at + draw(st.integers(1, 90))
                why = draw(st.sampled_from([RefusalReason.ROOM_BUSY, RefusalReason.AIRING]))
                busy.append(taken(at, ends, why))
                at = ends + draw(st.integers(0, 120))
            found.append(place(made, *busy, number=nth + 1, many=many))
    return found


@st.composite
def some_wishes(draw: st.DrawFn) -> Wish:
    busy = []
    for _ in range(draw(st.integers(0, 2))):
        starts = draw(st.integers(-30, 300))
        busy.append(Interval(nine(starts), nine(starts + draw(st.integers(1, 120)))))
    minutes = draw(st.integers(5, 90))
    return wish(
        latest=nine(draw(st.integers(0, 420))),
        minutes=minutes,
        least_minutes=draw(st.integers(5, minutes)),
        persons=draw(st.integers(1, 5)),
        needs=frozenset(draw(st.lists(st.sampled_from(list(VisitNeed)), max_size=2))),
        busy=tuple(busy),
        soon=timedelta(minutes=draw(st.integers(0, 60))),
        outdoors=draw(st.sampled_from([True, True, False])),
    )


@given(some_rooms(), some_wishes())
def test_what_is_offered_overlaps_nothing_and_keeps_every_limit(
    situations: list[Situation], wanted: Wish
) -> None:
    for offer in choose(situations, wanted).offers:
        assert offer.starts >= wanted.earliest
        assert offer.ends <= wanted.latest
        length = offer.ends - offer.starts
        least = timedelta(minutes=wanted.least_minutes)
        assert least <= length <= timedelta(minutes=wanted.minutes)
        assert offer.blocked_until - offer.ends == timedelta(minutes=offer.situation.pause.minutes)
        whole = Interval(offer.starts, offer.blocked_until)
        assert not any(whole.overlaps(t.interval) for t in offer.situation.taken)
        talk = Interval(offer.starts, offer.ends)
        assert not any(talk.overlaps(busy) for busy in wanted.busy)
        assert wanted.persons <= offer.situation.capacity.persons
        if offer.free_until is not None:
            assert offer.free_until >= offer.blocked_until
        if offer.step in (Step.ROOM_NOW, Step.ROOM_SOON, Step.OUTDOORS):
            assert offer.starts - wanted.earliest <= wanted.soon
        if offer.room.kind is RoomKind.OUTDOOR:
            assert wanted.outdoors
            assert VisitNeed.CONFIDENTIAL not in wanted.needs
        if VisitNeed.WHEELCHAIR in wanted.needs:
            assert offer.room.wheelchair


@given(some_rooms(), some_wishes())
def test_no_earlier_start_was_possible(situations: list[Situation], wanted: Wish) -> None:
    """Minute by minute: nothing before an offer would have been free for as long."""
    for offer in choose(situations, wanted).offers:
        length = offer.ends - offer.starts
        rest = offer.blocked_until - offer.ends
        at = wanted.earliest
        while at < offer.starts:
            whole, talk = Interval(at, at + length + rest), Interval(at, at + length)
            assert any(whole.overlaps(t.interval) for t in offer.situation.taken) or any(
                talk.overlaps(busy) for busy in wanted.busy
            )
            at += AT_ONCE


@given(some_rooms(), some_wishes())
def test_the_best_stands_first_and_each_room_once(
    situations: list[Situation], wanted: Wish
) -> None:
    choice = choose(situations, wanted)
    kept = next((o.room.id for o in choice.offers if "only_accessible" in codes(o)), None)
    ranks = [rank_of_step(offer, kept) for offer in choice.offers]
    assert ranks == sorted(ranks)
    sufficient = [offer.situation.pause.sufficient for offer in choice.offers]
    assert sufficient == sorted(sufficient, reverse=True)
    offered = [offer.room.id for offer in choice.offers]
    missing = [each.situation.room.id for each in choice.refused]
    assert len(set(offered)) == len(offered)
    assert set(offered) | set(missing) == {s.room.id for s in situations}
    assert not set(offered) & set(missing)
    for one, other in zip(choice.offers, choice.offers[1:], strict=False):
        same_step = rank_of_step(one, None) == rank_of_step(other, None)
        if same_step and one.ends - one.starts == other.ends - other.starts:
            spare = {"only_accessible"} & {*codes(one), *codes(other)}
            late = max(one.starts - wanted.earliest, AT_ONCE)
            assert spare or late <= max(other.starts - wanted.earliest, AT_ONCE)


@given(some_rooms(), some_wishes(), st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_the_order_in_which_places_are_read_does_not_matter(
    situations: list[Situation], wanted: Wish, random: Random
) -> None:
    shuffled = list(situations)
    random.shuffle(shuffled)
    assert choose(shuffled, wanted) == choose(situations, wanted)


@given(some_rooms(), some_wishes())
def test_every_reason_has_words(situations: list[Situation], wanted: Wish) -> None:
    for offer in choose(situations, wanted).offers:
        for reason in offer.reasons:
            assert reason.code in known_codes()
            assert "{" not in reason_text(reason)


@given(some_rooms(), some_wishes())
def test_a_place_with_fewer_bookings_is_never_worse(
    situations: list[Situation], wanted: Wish
) -> None:
    """Who cancels makes nobody's wait longer."""
    empty = [replace(each, taken=()) for each in situations]
    before = {o.situation.place_id: o for o in choose(situations, wanted).offers}
    for place_id, offer in before.items():
        alone = next(each for each in empty if each.place_id == place_id)
        (freed,) = choose([alone], wanted).offers
        assert freed.starts <= offer.starts or freed.ends - freed.starts > offer.ends - offer.starts
