"""How many persons a room may hold, and when a screen is one (domain rules § 5)."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koba_desktop.domain.entities.rooms import HygieneProfile, Room
from koba_desktop.domain.hygiene import AreaRule, area_per_person, capacity, has_screen
from koba_desktop.domain.vocabulary import RoomKind

OFFICE = uuid4()
APRIL = date(2021, 4, 13)


def room(**values: object) -> Room:
    usual: dict[str, object] = {"area": 20.0, "height": 2.8, "seats": 4}
    return Room(id=uuid4(), office_id=OFFICE, name="R", **(usual | values))  # type: ignore[arg-type]


def profile(**values: object) -> HygieneProfile:
    usual: dict[str, object] = {"valid_from": date(2021, 1, 1)}
    return HygieneProfile(id=uuid4(), office_id=OFFICE, **(usual | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "persons"),
    [
        (date(2021, 1, 26), 4),
        (date(2021, 1, 27), 2),
        (date(2021, 6, 30), 2),
        (date(2021, 7, 1), 4),
    ],
)
def test_ten_square_metres_a_person_while_the_regulation_is_in_force(
    day: date, persons: int
) -> None:
    found = capacity(room(), 1, None, day)
    assert found.persons == persons
    assert found.seats == 4
    assert bool(found.source) is (persons == 2)


def test_the_regulation_is_named_with_what_it_allows() -> None:
    found = capacity(room(area=25.0), 1, None, APRIL)
    assert (found.by_area, found.area, found.area_per_person) == (2, 25.0, 10.0)
    assert "Corona-ArbSchV" in found.source


def test_fifteen_square_metres_hold_two_with_a_screen_and_a_profile_of_their_own() -> None:
    mine = room(area=15.0, seats=2, screen_height=1.6)
    assert capacity(mine, 1, None, APRIL).persons == 1
    equivalent = profile(
        room_id=mine.id, area_per_person=7.5, reason="Trennscheibe, § 2 Abs. 5 Corona-ArbSchV"
    )
    found = capacity(mine, 1, equivalent, APRIL)
    assert (found.persons, found.by_area) == (2, 2)
    assert found.source == equivalent.reason


def test_the_furniture_counts_where_it_is_less() -> None:
    assert capacity(room(area=80.0, seats=3), 1, None, APRIL).persons == 3


def test_a_profile_rules_after_the_regulation_as_well() -> None:
    after = date(2021, 9, 1)
    assert capacity(room(area=20.0), 1, profile(area_per_person=20.0), after).persons == 1


def test_of_a_room_whose_area_nobody_measured_the_seats_count_and_it_is_said() -> None:
    found = capacity(room(area=None, seats=3), 1, None, APRIL)
    assert (found.persons, found.by_area, found.area_unknown) == (3, None, True)
    nothing_asked = capacity(room(area=None, seats=3), 1, None, date(2021, 8, 1))
    assert not nothing_asked.area_unknown


@pytest.mark.parametrize("area", [0.0, 0.4, 9.99])
def test_where_two_have_no_room_one_person_alone_does(area: float) -> None:
    """The rule holds while several use a room."""
    found = capacity(room(area=area), 1, None, APRIL)
    assert (found.persons, found.by_area) == (1, 0)


def test_outdoors_the_area_does_not_count_and_the_seats_are_shared() -> None:
    yard = room(kind=RoomKind.OUTDOOR, area=5.0, seats=8)
    assert capacity(yard, 1, profile(), APRIL).persons == 8
    assert capacity(yard, 3, profile(), APRIL).persons == 2
    assert capacity(yard, 20, profile(), APRIL).persons == 1


@pytest.mark.parametrize(
    ("height", "seated", "standing"),
    [(None, False, False), (1.49, False, False), (1.5, True, False), (2.0, True, True)],
)
def test_a_screen_is_one_where_it_is_high_enough(
    height: float | None, seated: bool, standing: bool
) -> None:
    mine = room(screen_height=height)
    assert has_screen(mine) is seated
    assert has_screen(mine, standing=True) is standing


def test_rules_follow_each_other_by_their_days() -> None:
    rules = (
        AreaRule(10.0, date(2021, 1, 1), date(2021, 1, 31), "first"),
        AreaRule(5.0, date(2021, 2, 1), None, "second"),
    )
    assert area_per_person(None, date(2020, 12, 31), rules) is None
    assert area_per_person(None, date(2021, 1, 31), rules) == (10.0, "first")
    assert area_per_person(None, date(2021, 2, 1), rules) == (5.0, "second")


areas = st.floats(0.1, 500, allow_nan=False)


@given(areas, st.integers(1, 60), areas)
def test_nobody_has_less_than_the_area_asked_for(area: float, seats: int, each: float) -> None:
    found = capacity(room(area=area, seats=seats), 1, profile(area_per_person=each), APRIL)
    assert 1 <= found.persons <= seats
    if found.persons > 1:
        assert found.persons * each <= area * (1 + 1e-6)
    one_more = found.persons + 1
    assert one_more > seats or one_more * each > area * (1 - 1e-6)


@given(areas, areas, st.integers(1, 60))
def test_more_area_never_means_fewer_persons(one: float, other: float, seats: int) -> None:
    small, large = sorted((one, other))
    held = [
        capacity(room(area=area, seats=seats), 1, None, APRIL).persons for area in (small, large)
    ]
    assert held == sorted(held)


@given(st.integers(1, 40), st.integers(1, 12))
def test_no_rounding_takes_a_person_away(persons: int, tenths: int) -> None:
    """7.5 · 2 = 15 exactly, and 0.1 · 3 as well."""
    each = tenths * 0.1
    mine = room(area=sum([each] * persons), seats=persons)
    assert capacity(mine, 1, profile(area_per_person=each), APRIL).by_area == persons
