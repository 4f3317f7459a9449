import itertools
from datetime import date, time
from typing import Any
from uuid import UUID, uuid4

import pytest

from koba_desktop.domain.appointments import is_active, may_become, planned_minutes
from koba_desktop.domain.entities.office import Setting
from koba_desktop.domain.policy import (
    POLICIES,
    ladder_rules,
    postal_rules,
    problem_with,
    value_in_force,
)
from koba_desktop.domain.vocabulary import ACTIVE_STATES, AppointmentState

HERE, THERE = UUID(int=1), UUID(int=2)
APRIL = date(2021, 4, 1)
S = AppointmentState


def setting(
    value: Any, day: date = APRIL, office: UUID | None = None, key: str = "ladder.attempts"
) -> Setting:
    return Setting(
        id=uuid4(),
        key=key,
        value=value,
        valid_from=day,
        office_id=office,
    )


def in_force(settings: list[Setting], day: date = APRIL) -> Any:
    return value_in_force(settings, "ladder.attempts", HERE, day)


def test_without_a_setting_the_default_holds() -> None:
    assert in_force([]) == 2
    assert in_force([setting(3, date(2021, 4, 2)), setting(4, office=THERE)]) == 2


def test_the_latest_valid_from_not_after_the_day_holds() -> None:
    settings = [
        setting(4, date(2021, 5, 1)),
        setting(3, date(2021, 3, 1)),
        setting(5, date(2020, 1, 1)),
    ]
    assert in_force(settings) == 3
    assert in_force(settings, date(2021, 5, 1)) == 4


def test_the_office_s_own_setting_beats_a_later_general_one() -> None:
    assert in_force([setting(3, date(2021, 1, 1), HERE), setting(4, date(2021, 3, 1))]) == 3


def test_an_unknown_policy_is_an_error() -> None:
    with pytest.raises(KeyError):
        value_in_force([], "ladder.atempts", HERE, APRIL)


def test_every_default_is_a_value_one_may_set() -> None:
    assert [key for key, policy in POLICIES.items() if problem_with(key, policy.default)] == []


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("ladder.atempts", 2, "setting_unknown"),
        ("ladder.attempts", "2", "setting_type"),
        ("ladder.attempts", True, "setting_type"),
        ("ladder.attempts", None, "setting_type"),
        ("ladder.attempts", 0, "setting_range"),
        ("slots.grid_minutes", 7, "setting_choice"),
        ("letters.form", "C", "setting_choice"),
        ("postal.last_collection", "25:00", "setting_type"),
        ("postal.last_collection", 14, "setting_type"),
        ("postal.collection_weekdays", [], "setting_type"),
        ("postal.collection_weekdays", [0], "setting_range"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused(key: str, value: Any, code: str) -> None:
    problem = problem_with(key, value)
    assert problem is not None
    assert problem.code == code


def test_no_limit_can_be_set_where_a_cap_may_be_absent() -> None:
    assert problem_with("visitors.cap", None) is None


def test_rules_are_put_together_from_their_settings() -> None:
    settings = [
        setting("12:30", key="postal.last_collection"),
        setting([1, 3], key="postal.collection_weekdays"),
        setting(3),
    ]
    postal = postal_rules(settings, HERE, APRIL)
    assert (postal.collection, postal.weekdays, postal.preparation_days) == (
        time(12, 30),
        {1, 3},
        5,
    )
    assert ladder_rules(settings, HERE, APRIL).attempts == 3


def test_a_telephone_proposal_is_held_by_calling() -> None:
    assert may_become(S.PROPOSED, S.IN_PROGRESS)
    assert may_become(S.IN_PROGRESS, S.KEPT)


def test_the_usual_way_of_a_visit() -> None:
    way = [S.PROPOSED, S.CONFIRMED, S.ARRIVED, S.IN_PROGRESS, S.KEPT]
    assert all(may_become(a, b) for a, b in itertools.pairwise(way))


def test_what_is_over_stays_over() -> None:
    for state in (S.KEPT, S.MISSED, S.CANCELLED_BY_CLIENT, S.CANCELLED_BY_OFFICE):
        assert not any(may_become(state, new) for new in S)


def test_nothing_goes_back() -> None:
    assert not may_become(S.CONFIRMED, S.PROPOSED)
    assert not may_become(S.IN_PROGRESS, S.CONFIRMED)


def test_only_active_states_that_are_not_withdrawn_block() -> None:
    assert {s for s in S if is_active(s)} == ACTIVE_STATES
    assert not is_active(S.CONFIRMED, withdrawn=True)


@pytest.mark.parametrize(
    ("minutes", "percent", "planned"),
    [(30, 0, 30), (17, 0, 17), (30, 20, 40), (60, 25, 75), (15, 10, 20), (20, 50, 30)],
)
def test_the_surcharge_is_rounded_up_to_five_minutes(
    minutes: int, percent: float, planned: int
) -> None:
    assert planned_minutes(minutes, percent) == planned


@pytest.mark.parametrize(
    ("value", "code"), [(True, None), (1, "setting_type"), ("on", "setting_type")]
)
def test_a_switch_is_on_or_off(value: object, code: str | None) -> None:
    problem = problem_with("letters.summons", value)
    assert (problem.code if problem is not None else None) == code
