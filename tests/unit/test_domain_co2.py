"""CO2 in a room in use: the worked examples, and that both formulas say the same."""

from math import log
from uuid import uuid4

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from koba_desktop.domain.co2 import (
    LIMIT_PPM,
    OUTDOOR_PPM,
    Air,
    air_in,
    concentration,
    final,
    minutes_to,
)
from koba_desktop.domain.entities.rooms import Room
from koba_desktop.domain.vocabulary import RoomKind, Windows


def room(**values: object) -> Room:
    usual: dict[str, object] = {"area": 18.0, "height": 2.8, "windows": Windows.FULL}
    return Room(id=uuid4(), office_id=uuid4(), name="R", **(usual | values))  # type: ignore[arg-type]


# --- worked examples ------------------------------------------------------------------------------


@pytest.mark.parametrize(("volume", "minutes"), [(50, 43.5), (35, 30.4)])
def test_two_persons_without_air_change_reach_the_limit(volume: float, minutes: float) -> None:
    air = Air(persons=2, volume=volume)
    reached = minutes_to(air)
    assert reached == pytest.approx(minutes, abs=0.06)
    assert concentration(air, minutes) == pytest.approx(LIMIT_PPM, abs=2)


def test_it_begins_with_what_is_in_the_room() -> None:
    assert concentration(Air(persons=2, volume=50), 0) == OUTDOOR_PPM
    assert concentration(Air(persons=2, volume=50, changes=3, start=900), 0) == 900


def test_ventilation_that_suffices_never_lets_it_reach_the_limit() -> None:
    # 2 · 0.02 m³/h in 50 m³ at 2 an hour: 420 + 400 ppm in the end.
    air = Air(persons=2, volume=50, changes=2)
    assert minutes_to(air) is None
    assert concentration(air, 24 * 60) == pytest.approx(820, abs=0.1)


def test_ventilation_that_does_not_suffice_only_delays_it() -> None:
    # At 1 an hour 420 + 800 ppm in the end: 580 of 800 after ln(800/220) hours.
    air = Air(persons=2, volume=50, changes=1)
    assert minutes_to(air) == pytest.approx(60 * log(800 / 220))


def test_what_it_comes_to_in_the_end_depends_on_the_ventilation() -> None:
    assert final(Air(persons=2, volume=50)) is None
    ventilated = Air(persons=2, volume=50, changes=2)
    assert final(ventilated) == pytest.approx(820)
    assert concentration(ventilated, 24 * 60) == pytest.approx(820, abs=0.1)


def test_used_air_that_is_over_the_limit_is_so_at_once() -> None:
    assert minutes_to(Air(persons=2, volume=50, start=1000)) == 0
    assert minutes_to(Air(persons=2, volume=50, changes=9, start=1400)) == 0


def test_an_empty_room_stays_as_it_is_and_an_aired_one_gets_better() -> None:
    assert minutes_to(Air(persons=0, volume=50)) is None
    assert concentration(Air(persons=0, volume=50), 60) == OUTDOOR_PPM
    after = concentration(Air(persons=0, volume=50, changes=9, start=1420), 60 * log(10) / 9)
    assert after == pytest.approx(OUTDOOR_PPM + 100)


# --- rooms ----------------------------------------------------------------------------------------


def test_the_air_of_a_room_is_area_by_height_with_its_windows_shut() -> None:
    air = air_in(room(area=20.0, height=2.5, windows=Windows.CROSS), 3)
    assert air == Air(persons=3, volume=50.0)
    ventilated = air_in(room(area=20.0, height=2.5, air_changes=6.0), 3, 0.03)
    assert ventilated == Air(persons=3, volume=50.0, changes=6.0, per_person=0.03)


@pytest.mark.parametrize(
    "values",
    [
        {"area": None},
        {"height": None},
        {"area": 0.0},
        {"height": 0.0},
        {"kind": RoomKind.OUTDOOR},
    ],
)
def test_without_area_or_height_and_outdoors_nothing_is_worked_out(
    values: dict[str, object],
) -> None:
    assert air_in(room(**values), 2) is None


# --- properties -----------------------------------------------------------------------------------

airs = st.builds(
    Air,
    persons=st.integers(1, 30),
    volume=st.floats(5, 2000),
    changes=st.just(0.0) | st.floats(1e-9, 40),
    start=st.floats(OUTDOOR_PPM, 3000),
    per_person=st.floats(0.005, 0.1),
)
minutes = st.floats(0, 24 * 60)


@given(airs, minutes, minutes)
def test_it_goes_one_way_towards_its_final_value(air: Air, one: float, other: float) -> None:
    early, late = sorted((one, other))
    before, after = concentration(air, early), concentration(air, late)
    end = final(air)
    if end is None or end >= air.start:
        assert after >= before * (1 - 1e-9)
        assert end is None or after <= end * (1 + 1e-9)
    else:
        assert after <= before * (1 + 1e-9)
        assert after >= end * (1 - 1e-9)


@given(airs)
@example(Air(persons=2, volume=5.0, changes=1e-09, start=420.0, per_person=0.0625))
@example(Air(persons=1, volume=2000.0, changes=1e-12, start=420.0, per_person=0.005))
def test_the_minutes_found_lead_to_the_limit(air: Air) -> None:
    reached = minutes_to(air)
    if reached is None:
        assert concentration(air, 365 * 24 * 60) <= LIMIT_PPM * (1 + 1e-9)
    elif reached == 0:
        assert air.start >= LIMIT_PPM
    else:
        assert concentration(air, reached) == pytest.approx(LIMIT_PPM, rel=1e-6)
        assert concentration(air, reached * 0.99) < LIMIT_PPM


@given(airs, st.floats(1.01, 3))
def test_more_persons_less_volume_or_used_air_never_give_more_time(air: Air, times: float) -> None:
    def sooner(**values: float) -> bool:
        worse = minutes_to(Air(**{**_fields(air), **values}))  # type: ignore[arg-type]
        usual = minutes_to(air)
        if usual is None:
            return True
        return worse is not None and worse <= usual * (1 + 1e-9)

    assert sooner(persons=air.persons + 1)
    assert sooner(volume=air.volume / times)
    assert sooner(start=air.start * times)


@given(airs, minutes)
def test_a_very_small_air_change_is_like_none(air: Air, after: float) -> None:
    still = concentration(Air(**{**_fields(air), "changes": 0.0}), after)
    hardly = concentration(Air(**{**_fields(air), "changes": 1e-9}), after)
    assert hardly == pytest.approx(still, rel=1e-6)


def _fields(air: Air) -> dict[str, float]:
    return {name: getattr(air, name) for name in Air.__slots__}
