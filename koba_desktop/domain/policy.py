"""What an administrator can set per office, with its default, unit and source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from koba_desktop.domain.entities.office import Setting
from koba_desktop.domain.errors import Problem
from koba_desktop.domain.ladder import LadderRules
from koba_desktop.domain.postal import PostalRules
from koba_desktop.domain.vocabulary import ChecklistItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One policy. ``default`` is a JSON value; its type is the type values must have (true and
    false are of their own).

    ``unit`` is what a number counts ("minutes", "days", "percent" …). ``least`` and ``most`` bound
    numbers, ``choices`` list the words a text may be; ``optional`` admits None (no limit).
    ``words`` makes it a list of texts, each one of them (empty: any text).
    ``source`` is where the default comes from.
    """

    key: str
    default: Any
    source: str
    unit: str = ""
    least: int | None = None
    most: int | None = None
    choices: tuple[Any, ...] = ()
    optional: bool = False
    words: tuple[str, ...] | None = None


_ALL = (
    Policy(key="postal.last_collection", default="14:00", source="office", unit="time of day"),
    Policy(
        key="postal.collection_weekdays",
        default=[1, 2, 3, 4, 5],
        source="office",
        unit="ISO weekdays",
        least=1,
        most=7,
    ),
    Policy(
        key="postal.preparation_days",
        default=5,
        source="office: the client must be able to prepare",
        unit="working days",
        least=0,
        most=60,
    ),
    Policy(key="ladder.attempts", default=2, source="office", unit="attempts", least=1, most=20),
    Policy(key="ladder.hours_apart", default=3, source="office", unit="hours", least=0, most=24),
    Policy(
        key="ladder.best_hour_attempts",
        default=3,
        source="office",
        unit="attempts",
        least=1,
        most=100,
    ),
    Policy(
        key="slots.grid_minutes",
        default=15,
        source="office",
        unit="minutes",
        choices=(5, 10, 15, 20, 30, 60),
    ),
    Policy(
        key="slots.hold_minutes",
        default=10,
        source="office: how long a slot is kept for a form that is being filled",
        unit="minutes",
        least=1,
        most=60,
    ),
    Policy(key="slots.horizon_days", default=60, source="office", unit="days", least=1, most=366),
    Policy(
        key="duration.surcharge_percent",
        default=0,
        source="office: consultations take longer during the pandemic",
        unit="percent",
        least=0,
        most=200,
    ),
    Policy(
        key="visitors.cap",
        default=None,
        source="hygiene concept of the office",
        unit="visitors at a time",
        least=0,
        most=1000,
        optional=True,
    ),
    Policy(
        key="visitors.cap_half_hour",
        default=None,
        source="hygiene concept of the office",
        unit="visitors per half hour",
        least=0,
        most=1000,
        optional=True,
    ),
    Policy(key="letters.form", default="B", source="DIN 5008", choices=("A", "B")),
    Policy(key="letters.envelope", default="DL", source="DIN 678-1", choices=("DL", "C6/C5")),
    Policy(
        key="letters.calendar_entry",
        default="neutral",
        source="office: whoever sees the phone learns nothing",
        choices=("neutral", "office", "none"),
    ),
    Policy(key="letters.summons", default=False, source="§ 59 SGB II with § 309 SGB III"),
    Policy(
        key="reception.wait_minutes", default=10, source="office", unit="minutes", least=1, most=240
    ),
    Policy(
        key="emergency.wait_minutes", default=20, source="office", unit="minutes", least=0, most=240
    ),
    Policy(
        key="emergency.minutes",
        default=30,
        source="office: how long a talk in an emergency is planned for",
        unit="minutes",
        least=5,
        most=240,
    ),
    Policy(
        key="emergency.least_minutes",
        default=15,
        source="office: the shortest talk for which a room is offered",
        unit="minutes",
        least=5,
        most=120,
    ),
    Policy(
        key="emergency.duty",
        default=[],
        source="office: who is on duty for emergencies, the first one free is proposed",
        unit="logins",
        words=(),
    ),
    Policy(
        key="reception.checklist",
        default=["mask", "symptoms", "contact_data"],
        source="hygiene concept of the office",
        words=tuple(ChecklistItem),
    ),
    Policy(
        key="air.co2_litres",
        default=20,
        source="EN 16798-1",
        unit="litres an hour",
        least=5,
        most=100,
    ),
    Policy(
        key="airing.cap_minutes",
        default=30,
        source="hygiene concept of the office",
        unit="minutes",
        least=1,
        most=240,
    ),
    Policy(
        key="worklist.answer_days",
        default=30,
        source="office: how long before its time an unanswered proposal is shown",
        unit="days",
        least=0,
        most=90,
    ),
    Policy(
        key="outage.snapshot_minutes",
        default=10,
        source="office: how old the view may be while the server is away",
        unit="minutes",
        least=1,
        most=120,
    ),
)

POLICIES: dict[str, Policy] = {policy.key: policy for policy in _ALL}


def value_in_force(settings: Iterable[Setting], key: str, office_id: UUID | None, day: date) -> Any:
    """The value of a policy for an office on a day of its wall clock.

    An office's own value beats one for all offices; of either the latest valid from that day or
    before; else the default. Raises KeyError for an unknown key.
    """
    policy = POLICIES[key]
    valid = [
        s
        for s in settings
        if s.key == key and s.valid_from <= day and s.office_id in (None, office_id)
    ]
    best = max(valid, key=lambda s: (s.office_id is not None, s.valid_from, s.id), default=None)
    return policy.default if best is None else best.value


def problem_with(key: str, value: Any) -> Problem | None:
    """What is wrong with a value somebody wants to set; None if nothing.

    Codes: ``setting_unknown``, ``setting_type``, ``setting_range`` (least, most),
    ``setting_choice`` (choices).
    """
    policy = POLICIES.get(key)
    if policy is None:
        return Problem("setting_unknown", {"key": key}, key)
    if value is None and policy.optional:
        return None
    if policy.choices:
        if value not in policy.choices or isinstance(value, bool):
            return Problem("setting_choice", {"key": key, "choices": policy.choices}, key)
        return None
    if isinstance(policy.default, bool):
        return None if isinstance(value, bool) else Problem("setting_type", {"key": key}, key)
    if policy.words is not None:
        return _problem_with_words(policy, value)
    if key == "postal.last_collection":
        return None if _is_time_of_day(value) else Problem("setting_type", {"key": key}, key)
    numbers = value if isinstance(policy.default, list) else [value]
    if not isinstance(numbers, list) or not numbers or not all(map(_is_number, numbers)):
        return Problem("setting_type", {"key": key}, key)
    low, high = policy.least, policy.most
    if any((low is not None and n < low) or (high is not None and n > high) for n in numbers):
        return Problem("setting_range", {"key": key, "least": low, "most": high}, key)
    return None


def postal_rules(settings: Iterable[Setting], office_id: UUID | None, day: date) -> PostalRules:
    """The postal rules of an office on a day."""
    known = tuple(settings)
    return PostalRules(
        collection=time.fromisoformat(
            value_in_force(known, "postal.last_collection", office_id, day)
        ),
        weekdays=frozenset(value_in_force(known, "postal.collection_weekdays", office_id, day)),
        preparation_days=value_in_force(known, "postal.preparation_days", office_id, day),
    )


def ladder_rules(settings: Iterable[Setting], office_id: UUID | None, day: date) -> LadderRules:
    """The contact ladder of an office on a day."""
    known = tuple(settings)
    return LadderRules(
        attempts=value_in_force(known, "ladder.attempts", office_id, day),
        hours_apart=value_in_force(known, "ladder.hours_apart", office_id, day),
        best_hour_attempts=value_in_force(known, "ladder.best_hour_attempts", office_id, day),
    )


def _problem_with_words(policy: Policy, value: Any) -> Problem | None:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return Problem("setting_type", {"key": policy.key}, policy.key)
    if policy.words and not set(value) <= set(policy.words):
        params = {"key": policy.key, "choices": policy.words}
        return Problem("setting_choice", params, policy.key)
    return None


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_time_of_day(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        time.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == 5
