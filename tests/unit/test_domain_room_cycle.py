"""reserved → occupied → airing → cleaning → free, as clocks and people really behave."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from koba_desktop.domain import room_cycle
from koba_desktop.domain.airing import Pause
from koba_desktop.domain.entities.rooms import RoomBooking
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.room_cycle import LEAST_LEFT, Now
from koba_desktop.domain.vocabulary import IN_USE, RoomBookingState

S = RoomBookingState
NINE = datetime(2021, 4, 13, 7, tzinfo=UTC)


def nine(minutes: float) -> datetime:
    """So many minutes after nine o'clock."""
    return NINE + timedelta(minutes=minutes)


def pause(airing: int = 16, cleaning: int = 0) -> Pause:
    return Pause(
        minutes=max(airing, cleaning),
        air_changes=9.0,
        airing=15.4,
        season=5,
        cleaning=cleaning,
        sufficient=True,
        airing_minutes=airing,
    )


ONLY_AIRED = pause()
CLEANED = pause(cleaning=5)


def booking(
    starts: datetime = NINE, minutes: float = 30, rest: Pause = ONLY_AIRED, **values: object
) -> RoomBooking:
    ends = starts + timedelta(minutes=minutes)
    made = RoomBooking(
        id=uuid4(),
        place_id=uuid4(),
        office_id=uuid4(),
        starts=starts,
        ends=ends,
        blocked_until=ends + timedelta(minutes=rest.minutes),
    )
    return replace(made, **values)  # type: ignore[arg-type]


def refused(step: object, *given: object) -> str:
    assert callable(step)
    with pytest.raises(Refused) as caught:
        step(*given)
    return caught.value.code


# --- the usual course -----------------------------------------------------------------------------


def test_from_the_entry_to_the_signature() -> None:
    inside = room_cycle.entered(booking(rest=CLEANED), nine(2), CLEANED)
    assert (inside.state, inside.occupied_at) == (S.OCCUPIED, nine(2))
    assert (inside.starts, inside.ends, inside.blocked_until) == (NINE, nine(30), nine(46))
    left = room_cycle.vacated(inside, nine(25), CLEANED)
    assert (left.state, left.vacated_at) == (S.AIRING, nine(25))
    assert (left.ends, left.blocked_until) == (nine(25), nine(41))
    aired = room_cycle.aired(left, nine(41), CLEANED)
    assert (aired.state, aired.aired_at) == (S.CLEANING, nine(41))
    done = room_cycle.cleaned(aired, nine(44), " Fi ", CLEANED)
    assert (done.state, done.active) == (S.FREE, False)
    assert (done.cleaned_at, done.initials) == (nine(44), "Fi")


def test_a_room_that_needs_no_cleaning_is_free_once_it_is_aired() -> None:
    left = room_cycle.vacated(room_cycle.entered(booking(), NINE, ONLY_AIRED), nine(30), ONLY_AIRED)
    done = room_cycle.aired(left, nine(46), ONLY_AIRED)
    assert (done.state, done.active, done.cleaned_at) == (S.FREE, False, None)


def test_cleaning_may_be_signed_for_without_the_step_before_once_the_air_is_changed() -> None:
    left = room_cycle.vacated(room_cycle.entered(booking(), NINE, CLEANED), nine(30), CLEANED)
    assert refused(room_cycle.cleaned, left, nine(45), "Fi", CLEANED) == "not_aired_yet"
    done = room_cycle.cleaned(left, nine(47), "Fi", CLEANED)
    assert (done.aired_at, done.cleaned_at) == (nine(46), nine(47))  # when the pause was over


def test_who_comes_early_takes_the_place_from_now() -> None:
    inside = room_cycle.entered(booking(), nine(-7), ONLY_AIRED)
    assert (inside.starts, inside.ends) == (nine(-7), nine(30))


def test_who_comes_after_the_time_gets_all_of_it_from_now() -> None:
    inside = room_cycle.entered(booking(), nine(30), ONLY_AIRED)
    assert (inside.starts, inside.ends, inside.blocked_until) == (nine(30), nine(60), nine(76))


def test_an_overrun_moves_the_pause() -> None:
    inside = room_cycle.entered(booking(), NINE, ONLY_AIRED)
    assert room_cycle.as_it_is(inside, ONLY_AIRED, nine(42)) == Now(
        S.OCCUPIED, nine(30), timedelta(minutes=12)
    )
    # Who overruns is taken to leave now.
    assert room_cycle.ready_at(inside, ONLY_AIRED, nine(42)) == nine(58)
    left = room_cycle.vacated(inside, nine(42), ONLY_AIRED)
    assert (left.ends, left.blocked_until) == (nine(42), nine(58))


# --- what a place is at an instant ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "rest", "state", "until"),
    [
        (31, ONLY_AIRED, S.AIRING, 46),
        (46, ONLY_AIRED, S.FREE, 46),
        (31, CLEANED, S.AIRING, 46),
        (46, CLEANED, S.CLEANING, 46),
        (600, CLEANED, S.CLEANING, 46),
    ],
)
def test_airing_ends_by_the_clock_and_cleaning_by_a_signature(
    minutes: int, rest: Pause, state: RoomBookingState, until: int
) -> None:
    left = room_cycle.vacated(room_cycle.entered(booking(), NINE, rest), nine(30), rest)
    assert room_cycle.as_it_is(left, rest, nine(minutes)) == Now(state, nine(until))


def test_of_a_use_nobody_signed_in_or_out_the_pause_is_kept() -> None:
    assert room_cycle.as_it_is(booking(), ONLY_AIRED, nine(10)).state is S.RESERVED
    assert room_cycle.as_it_is(booking(), ONLY_AIRED, nine(30)) == Now(S.AIRING, nine(46))
    assert room_cycle.as_it_is(booking(), ONLY_AIRED, nine(46)).state is S.RESERVED


def test_a_room_is_ready_when_it_is_cleaned_in_the_time_planned_for_that() -> None:
    left = room_cycle.vacated(room_cycle.entered(booking(), NINE, CLEANED), nine(30), CLEANED)
    assert room_cycle.ready_at(left, CLEANED, nine(40)) == nine(46)
    aired = room_cycle.aired(left, nine(46), CLEANED)
    assert room_cycle.ready_at(aired, CLEANED, nine(47)) == nine(51)
    # Nobody signed in that time: somebody has to begin.
    assert room_cycle.ready_at(aired, CLEANED, nine(80)) == nine(85)


def test_a_longer_use_follows_a_shorter_one_only_once_that_is_over() -> None:
    inside = room_cycle.entered(booking(), NINE, CLEANED)
    left = room_cycle.vacated(inside, nine(30), CLEANED)
    aired = room_cycle.aired(left, nine(46), CLEANED)
    ready = room_cycle.require_ready
    assert refused(ready, [(inside, CLEANED)], nine(20)) == "room_occupied"
    assert refused(ready, [(left, CLEANED)], nine(31)) == "room_airing"
    assert refused(ready, [(left, CLEANED)], nine(46)) == "room_not_cleaned"
    assert refused(ready, [(aired, CLEANED)], nine(47)) == "room_not_cleaned"
    ready([(left, ONLY_AIRED)], nine(46))
    ready([(room_cycle.cleaned(aired, nine(50), "Fi", CLEANED), CLEANED)], nine(50))
    ready([(booking(), CLEANED)], nine(10))


# --- wrong order, wrong clock ---------------------------------------------------------------------


def test_nobody_leaves_before_somebody_entered() -> None:
    assert refused(room_cycle.vacated, booking(), nine(5), ONLY_AIRED) == "booking_state"


def test_no_step_is_taken_twice() -> None:
    inside = room_cycle.entered(booking(), NINE, CLEANED)
    left = room_cycle.vacated(inside, nine(30), CLEANED)
    aired = room_cycle.aired(left, nine(46), CLEANED)
    done = room_cycle.cleaned(aired, nine(46), "Fi", CLEANED)
    assert refused(room_cycle.entered, inside, nine(1), CLEANED) == "booking_state"
    assert refused(room_cycle.vacated, left, nine(31), CLEANED) == "booking_state"
    assert refused(room_cycle.aired, aired, nine(47), CLEANED) == "booking_state"
    assert refused(room_cycle.cleaned, done, nine(48), "Fi", CLEANED) == "booking_state"
    assert refused(room_cycle.entered, done, nine(48), CLEANED) == "booking_state"


def test_a_clock_set_back_is_named_and_nothing_is_written() -> None:
    inside = room_cycle.entered(booking(), nine(5), CLEANED)
    with pytest.raises(Refused) as caught:
        room_cycle.vacated(inside, nine(4), CLEANED)
    problem = caught.value.problems[0]
    assert problem.code == "clock_set_back"
    assert problem.params == {"earlier": nine(5), "now": nine(4)}
    left = room_cycle.vacated(inside, nine(30), CLEANED)
    assert refused(room_cycle.aired, left, nine(29), CLEANED) == "clock_set_back"
    assert refused(room_cycle.cleaned, left, nine(29), "Fi", CLEANED) == "clock_set_back"
    aired = room_cycle.aired(left, nine(46), CLEANED)
    assert refused(room_cycle.cleaned, aired, nine(45), "Fi", CLEANED) == "clock_set_back"


def test_nobody_is_aired_or_cleaned_before_the_air_is_changed() -> None:
    left = room_cycle.vacated(room_cycle.entered(booking(), NINE, CLEANED), nine(30), CLEANED)
    with pytest.raises(Refused) as caught:
        room_cycle.aired(left, nine(45), CLEANED)
    assert caught.value.problems[0].params == {"until": nine(46)}
    assert refused(room_cycle.cleaned, left, nine(46), "  ", CLEANED) == "initials_missing"


def test_leaving_in_the_instant_of_the_entry_still_took_time() -> None:
    inside = room_cycle.entered(booking(), nine(-1), ONLY_AIRED)
    left = room_cycle.vacated(inside, nine(-1), ONLY_AIRED)
    assert left.starts < left.ends <= left.blocked_until


# --- who comes next -------------------------------------------------------------------------------


def test_who_comes_next_begins_later_and_ends_as_planned() -> None:
    later = room_cycle.pushed_back(booking(), nine(10))
    assert later is not None
    assert (later.starts, later.ends, later.blocked_until) == (nine(10), nine(30), nine(46))


def test_where_less_than_a_quarter_of_an_hour_is_left_another_place_is_needed() -> None:
    assert room_cycle.pushed_back(booking(), nine(15)) is not None
    assert room_cycle.pushed_back(booking(), nine(16)) is None
    # A short one is not asked to be longer than it was.
    assert room_cycle.pushed_back(booking(minutes=10), nine(1)) is None


def test_a_booking_that_is_not_touched_stays_as_it_is() -> None:
    coming = booking()
    assert room_cycle.pushed_back(coming, nine(-5)) == coming
    short = booking(minutes=10)
    assert room_cycle.pushed_back(short, NINE) == short


# --- properties -----------------------------------------------------------------------------------

pauses = st.builds(pause, st.integers(0, 30), st.integers(0, 40))
steps = st.lists(
    st.tuples(
        st.sampled_from(["enter", "leave", "air", "clean"]), st.integers(-40, 90), st.booleans()
    ),
    max_size=12,
)


def take(step: str, at: RoomBooking, now: datetime, rest: Pause, initials: str) -> RoomBooking:
    match step:
        case "enter":
            return room_cycle.entered(at, now, rest)
        case "leave":
            return room_cycle.vacated(at, now, rest)
        case "air":
            return room_cycle.aired(at, now, rest)
        case _:
            return room_cycle.cleaned(at, now, initials, rest)


@given(steps, pauses, st.integers(1, 120))
@example([("enter", 0, True), ("leave", 0, True)], pause(0), 1)
@example(
    [("enter", 20, True), ("leave", 0, True), ("air", 1, True), ("clean", -1, True)],
    pause(0, 1),
    1,
)
def test_whatever_is_done_times_stay_in_order_and_no_pause_is_cut(
    taken: list[tuple[str, int, bool]], rest: Pause, minutes: int
) -> None:
    """Steps at random, also with the clock going back: refused, or everything holds."""
    at = booking(minutes=minutes, rest=rest)
    now = nine(-20)
    for step, wait, signs in taken:
        now += timedelta(minutes=wait)
        before = at
        try:
            at = take(step, before, now, rest, "Fi" if signs else "")
        except Refused:
            continue
        assert at.starts < at.ends <= at.blocked_until
        assert at.active is (at.state not in (S.FREE, S.RELEASED))
        assert (at.state in IN_USE) <= (at.occupied_at is not None)
        moments = [at.occupied_at, at.vacated_at, at.aired_at, at.cleaned_at]
        known = [each for each in moments if each is not None]
        assert known == sorted(known)
        if at.vacated_at is not None:
            assert at.ends >= at.vacated_at
        if at.state is S.FREE:
            assert at.vacated_at is not None
            assert now >= at.vacated_at + timedelta(minutes=rest.airing_minutes)
            assert at.initials or not rest.cleaning


@given(steps, pauses, st.integers(-60, 400))
def test_a_place_is_not_ready_before_it_is_free_by_the_clock(
    taken: list[tuple[str, int, bool]], rest: Pause, later: int
) -> None:
    at, now = booking(rest=rest), nine(-20)
    for step, wait, _ in taken:
        now += timedelta(minutes=abs(wait))
        try:
            at = take(step, at, now, rest, "Fi")
        except Refused:
            continue
    now += timedelta(minutes=abs(later))
    if room_cycle.as_it_is(at, rest, now).state not in IN_USE:
        return
    assert room_cycle.ready_at(at, rest, now) >= now
    if at.state in IN_USE:
        assert refused(room_cycle.require_ready, [(at, rest)], now)


@given(st.integers(1, 240), st.integers(-60, 300))
def test_pushing_back_keeps_the_end_and_leaves_enough(minutes: int, until: int) -> None:
    coming = booking(minutes=minutes)
    later = room_cycle.pushed_back(coming, nine(until))
    if later is None:
        assert nine(minutes) - nine(until) < min(LEAST_LEFT, timedelta(minutes=minutes))
        return
    assert (later.ends, later.blocked_until) == (coming.ends, coming.blocked_until)
    assert later.starts == max(coming.starts, nine(until))
    assert later.ends - later.starts >= min(LEAST_LEFT, timedelta(minutes=minutes))
