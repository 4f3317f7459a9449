"""CERN's CAiMIRA as an outside judge of the pause and the CO2 formula: both agree within 1 %.

Not part of the usual run, because CAiMIRA brings scientific libraries the program does not need:
``pip install .[test,reference]`` and ``python -m pytest tests/reference -o addopts=``.
"""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from caimira.calculator.models import models
from caimira.calculator.store.data_registry import DataRegistry

from koba_desktop.domain.airing import minutes_to_residual, pause
from koba_desktop.domain.co2 import Air, concentration, minutes_to
from koba_desktop.domain.entities.rooms import Room
from koba_desktop.domain.vocabulary import Windows

WITHIN = 0.01
APRIL = date(2021, 4, 13)
REGISTRY = DataRegistry()
CO2 = REGISTRY.concentration_model["CO2_concentration_model"]
OUTDOOR = CO2["CO2_atmosphere_concentration"]
SEATED = models.Activity.types["Seated"]
PER_PERSON = SEATED.exhalation_rate * CO2["CO2_fraction_exhaled"]
"""m³ of CO2 an hour of somebody who sits, as CAiMIRA has it."""


def judged(
    volume: float, persons: int, hours: float, during: float, after: float
) -> Callable[[float], float]:
    """ppm by CAiMIRA at an hour: people for some hours, with one air change then and another
    when they have left."""
    day = models.PiecewiseConstant
    model = models.CO2ConcentrationModel(
        data_registry=REGISTRY,
        room=models.Room(volume=volume, inside_temp=day((0, 24), (293.0,)), humidity=0.5),
        ventilation=models.CustomVentilation(day((0.0, hours, 24.0), (during, after))),
        CO2_emitters=models.SimplePopulation(
            number=persons,
            presence=models.SpecificInterval(((0.0, hours),)),
            activity=SEATED,
        ),
    )
    return lambda hour: float(model.concentration(hour))


def crossing(curve: Callable[[float], float], level: float, low: float, high: float) -> float:
    """The hour between two at which a curve that goes one way crosses a level."""
    rises = curve(high) > curve(low)
    for _ in range(60):
        middle = (low + high) / 2
        if (curve(middle) > level) is rises:
            high = middle
        else:
            low = middle
    return low


@pytest.mark.parametrize("changes", [6.0, 9.0, 12.0, 40.0])
@pytest.mark.parametrize("during", [0.25, 2.0])
def test_after_the_pause_a_tenth_of_the_used_air_is_left(changes: float, during: float) -> None:
    used = 0.5
    curve = judged(40.5, 2, used, during, changes)
    tenth = OUTDOOR + 0.1 * (curve(used) - OUTDOOR)
    minutes = 60 * (crossing(curve, tenth, used, 23.9) - used)
    assert minutes_to_residual(changes) == pytest.approx(minutes, rel=WITHIN)


@pytest.mark.parametrize(
    ("windows", "air_changes"),
    [(Windows.FULL, None), (Windows.CROSS, None), (Windows.NONE, 6.0), (Windows.TILT, 12.0)],
)
def test_the_pause_of_a_room_suffices_by_the_judge_too(
    windows: Windows, air_changes: float | None
) -> None:
    room = Room(
        id=uuid4(),
        office_id=uuid4(),
        name="R",
        area=15.0,
        height=2.7,
        windows=windows,
        air_changes=air_changes,
    )
    rest = pause(room, None, APRIL, 30)
    used = 0.5
    curve = judged(15.0 * 2.7, 2, used, 0.25, rest.air_changes)
    left = (curve(used + rest.minutes / 60) - OUTDOOR) / (curve(used) - OUTDOOR)
    assert rest.sufficient
    assert left <= 0.1 * (1 + WITHIN)


@pytest.mark.parametrize("persons", [2, 4])
@pytest.mark.parametrize("changes", [0.25, 1.0, 3.0, 9.0])
@pytest.mark.parametrize("volume", [35.0, 57.4, 119.6])
def test_the_co2_of_a_talk_rises_as_the_judge_says(
    volume: float, changes: float, persons: int
) -> None:
    air = Air(
        persons=persons,
        volume=volume,
        changes=changes,
        start=OUTDOOR,
        outdoor=OUTDOOR,
        per_person=PER_PERSON,
    )
    curve = judged(volume, persons, 4.0, changes, changes)
    for minutes in (1, 5, 15, 30, 60, 120, 240):
        assert concentration(air, minutes) == pytest.approx(curve(minutes / 60), rel=WITHIN)
    reached = minutes_to(air)
    if reached is not None and reached < 240:
        assert reached == pytest.approx(60 * crossing(curve, 1000, 0, 4), rel=WITHIN)
    else:
        assert curve(4) <= 1000 * (1 + WITHIN)
