"""The plans on the doors of a large office on a full day: 40 rooms, 300 visits, 43 pages."""

from typing import Any

from koba_desktop.letters.sheets.door_plan import DoorPlans
from tests.unit.door_samples import MADE_AT, busy_plan


def test_door_plans_of_forty_rooms_and_three_hundred_visits(benchmark: Any) -> None:
    plans, busy = DoorPlans(), busy_plan(40, 300)
    assert benchmark(lambda: plans.render(busy, MADE_AT)).startswith(b"%PDF")
