"""The emergency ladder: room now → soon → outside → later → telephone (domain rules § 5)."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from koba_desktop.domain.emergency import Ladder, climb, passed_over
from koba_desktop.domain.place_reasons import Bearing
from koba_desktop.domain.places import Situation, Step, Wish, choose
from koba_desktop.domain.vocabulary import RefusalReason, VisitNeed, Windows
from tests.unit.test_domain_places import (
    NINE,
    nine,
    place,
    room,
    some_rooms,
    some_wishes,
    taken,
    wish,
    yard,
)

CALL = (nine(45), nine(75))


def ladder(*situations: Situation, phone: bool = True, **values: object) -> Ladder:
    return climb(choose(situations, wish(**values)), CALL, phone=phone)


def rungs(found: Ladder) -> list[tuple[str, Step]]:
    return [(r.offer.room.name if r.offer else "", r.step) for r in found.rungs]


def everything() -> list[Situation]:
    return [
        place(room(0), taken(-10, 100)),
        place(room(1), taken(-10, 15)),
        place(room(2)),
        place(room(3, windows=Windows.TILT)),
        *yard(),
    ]


def test_the_steps_come_in_their_order_and_where_the_air_is_poor_last() -> None:
    assert rungs(ladder(*everything())) == [
        ("R 2", Step.ROOM_NOW),
        ("R 1", Step.ROOM_SOON),
        ("R 9", Step.OUTDOORS),
        ("R 0", Step.ROOM_LATER),
        ("", Step.TELEPHONE),
        ("R 3", Step.ROOM_NOW),
    ]


def test_what_is_confidential_waits_rather_than_stands_outside() -> None:
    found = ladder(*everything(), needs=frozenset({VisitNeed.CONFIDENTIAL}))
    assert "R 9" not in dict(rungs(found))
    assert [step for _, step in rungs(found)] == [
        Step.ROOM_NOW,
        Step.ROOM_SOON,
        Step.ROOM_LATER,
        Step.TELEPHONE,
        Step.ROOM_NOW,
    ]


def test_how_long_somebody_can_wait_is_a_setting() -> None:
    found = ladder(*everything(), soon=timedelta(minutes=10))
    assert rungs(found)[1:4] == [
        ("R 9", Step.OUTDOORS),
        ("R 1", Step.ROOM_LATER),
        ("R 0", Step.ROOM_LATER),
    ]


def test_without_any_room_the_telephone_is_left() -> None:
    found = ladder()
    (call,) = found.rungs
    assert (call.step, call.starts, call.ends, call.offer) == (Step.TELEPHONE, *CALL, None)
    assert [r.code for r in call.reasons] == ["no_room_needed", "at_the_door"]


def test_without_a_number_the_telephone_warns() -> None:
    call = ladder(phone=False).rungs[0]
    assert [r.code for r in call.reasons if r.bearing is Bearing.WARNING] == ["no_phone"]


def test_where_nobody_can_call_today_the_telephone_is_not_offered() -> None:
    found = climb(choose([place(room())], wish()), None, phone=True)
    assert [rung.step for rung in found.rungs] == [Step.ROOM_NOW]


def test_more_persons_than_any_room_holds_can_only_be_called() -> None:
    found = ladder(*everything(), persons=12)
    assert rungs(found) == [("", Step.TELEPHONE)]
    assert {each.code for each in found.refused} == {RefusalReason.TOO_MANY_PERSONS}


# --- what is recorded of it -----------------------------------------------------------------------


def recorded(found: Ladder, position: int) -> dict[str, RefusalReason]:
    names = {s.room.id: s.room.name for s in [*everything(), place(room(4, area=6.0))]}
    return {names[room_id]: code for room_id, code in passed_over(found, found.rungs[position])}


def test_who_takes_the_best_passes_nothing_over() -> None:
    assert recorded(ladder(*everything()), 0) == {}


def test_what_was_better_is_recorded_as_another_one_chosen() -> None:
    assert recorded(ladder(*everything()), 1) == {
        "R 2": RefusalReason.ANOTHER_CHOSEN,
        "R 3": RefusalReason.NOT_AIRED_ENOUGH,
    }


def test_where_the_call_is_taken_every_room_is_recorded_with_its_reason() -> None:
    found = ladder(
        *everything(), place(room(4, area=6.0)), needs=frozenset({VisitNeed.CONFIDENTIAL})
    )
    position = [step for _, step in rungs(found)].index(Step.TELEPHONE)
    assert recorded(found, position) == {
        "R 0": RefusalReason.ANOTHER_CHOSEN,
        "R 1": RefusalReason.ANOTHER_CHOSEN,
        "R 2": RefusalReason.ANOTHER_CHOSEN,
        "R 3": RefusalReason.NOT_AIRED_ENOUGH,
        "R 4": RefusalReason.TOO_MANY_PERSONS,
        "R 9": RefusalReason.NOT_CONFIDENTIAL,
    }


def test_who_takes_the_poor_room_passes_over_all_the_others() -> None:
    found = ladder(*everything())
    assert set(recorded(found, len(found.rungs) - 1)) == {"R 0", "R 1", "R 2", "R 9"}


# --- properties -----------------------------------------------------------------------------------

_ORDER = list(Step)


@given(some_rooms(), some_wishes(), st.booleans(), st.booleans())
def test_a_ladder_keeps_all_that_was_found_and_its_order(
    situations: list[Situation], wanted: Wish, phone: bool, somebody: bool
) -> None:
    choice = choose(situations, wanted)
    found = climb(choice, CALL if somebody else None, phone=phone)
    offered = [rung.offer for rung in found.rungs if rung.offer is not None]
    assert sorted(o.room.id for o in offered) == sorted(o.room.id for o in choice.offers)
    assert [rung.step for rung in found.rungs].count(Step.TELEPHONE) == somebody
    aired = [r for r in found.rungs if r.offer is None or r.offer.situation.pause.sufficient]
    assert list(found.rungs[: len(aired)]) == aired
    kept = {
        r.offer.room.id
        for r in aired
        if r.offer is not None and "only_accessible" in {reason.code for reason in r.reasons}
    }
    steps = [
        _ORDER.index(rung.step)
        for rung in aired
        if rung.offer is None or rung.offer.room.id not in kept
    ]
    assert steps == sorted(steps)
    for rung in found.rungs:
        assert NINE <= rung.starts < rung.ends


@given(some_rooms(), some_wishes(), st.data())
def test_no_room_is_recorded_twice_nor_the_one_taken(
    situations: list[Situation], wanted: Wish, data: st.DataObject
) -> None:
    found = climb(choose(situations, wanted), CALL, phone=True)
    rung = data.draw(st.sampled_from(found.rungs))
    rooms = [room_id for room_id, _ in passed_over(found, rung)]
    assert len(set(rooms)) == len(rooms)
    if rung.offer is not None:
        assert rung.offer.room.id not in rooms
    assert set(rooms) <= {s.room.id for s in situations}
