"""The letter and time: when may the slot that a letter proposes be? (domain rules § 3)

*Working day* here means Monday to Friday without holidays. All days are days of the office.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from koba_desktop.domain.clock import wall

IsHoliday = Callable[[date], bool]

DAY = timedelta(days=1)
FOUR_DAYS_FROM = date(2025, 1, 1)  # Postrechtsmodernisierungsgesetz: § 37(2) SGB X as amended
SUNDAY = 7


@dataclass(frozen=True, slots=True)
class PostalRules:
    """What the office sets: last collection (wall clock), ISO weekdays with a collection, and the
    working days the client gets to prepare."""

    collection: time = time(14)
    weekdays: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    preparation_days: int = 5


@dataclass(frozen=True, slots=True)
class PostalDates:
    """The days that lead from making a letter to the earliest proposal.

    ``preparation`` are the working days the client gets; ``earliest`` is the last of them (the
    day of delivery itself where no preparation is asked for).
    """

    posting: date
    deemed: date
    delivery: date
    preparation: tuple[date, ...]

    @property
    def earliest(self) -> date:
        return self.preparation[-1] if self.preparation else self.delivery


def is_collection_day(day: date, rules: PostalRules, is_holiday: IsHoliday) -> bool:
    return day.isoweekday() in rules.weekdays and not is_holiday(day)


def before_collection(made: datetime, rules: PostalRules, is_holiday: IsHoliday) -> bool:
    """Whether a letter made at this instant still goes out the same day: not after the last
    collection, on a day with one."""
    at = wall(made)
    return is_collection_day(at.date(), rules, is_holiday) and at.time() <= rules.collection


def posting_day(made: datetime, rules: PostalRules, is_holiday: IsHoliday) -> date:
    """The day a letter made at this instant is assumed to be posted.

    Raises ValueError where the office has no collection day at all.
    """
    if not rules.weekdays:
        raise ValueError("an office without a collection day posts nothing")
    day = wall(made).date()
    if before_collection(made, rules, is_holiday):
        return day
    day += DAY
    while not is_collection_day(day, rules, is_holiday):
        day += DAY
    return day


def deemed_days(posted: date) -> int:
    """Calendar days until a letter counts as delivered (§ 37(2) SGB X): 4 for letters posted from
    1 January 2025, 3 before."""
    return 4 if posted >= FOUR_DAYS_FROM else 3


def deemed_delivered(posted: date) -> date:
    """The day a letter counts as delivered (§ 37(2) SGB X).

    It does not move when it falls on a Saturday, Sunday or holiday: that shift is tax law
    (§ 108(3) AO), not social law.
    """
    return posted + deemed_days(posted) * DAY


def realistic_delivery(posted: date, is_holiday: IsHoliday) -> date:
    """The first day on or after the deemed one on which post is delivered: Monday to Saturday,
    no holiday."""
    day = deemed_delivered(posted)
    while day.isoweekday() == SUNDAY or is_holiday(day):
        day += DAY
    return day


def is_working_day(day: date, is_holiday: IsHoliday) -> bool:
    return day.isoweekday() <= 5 and not is_holiday(day)


def next_working_day(day: date, is_holiday: IsHoliday) -> date:
    """The first working day after a day."""
    day += DAY
    while not is_working_day(day, is_holiday):
        day += DAY
    return day


def working_days(after: date, until: date, is_holiday: IsHoliday) -> int:
    """How many working days lie after the one day, up to the other, which counts."""
    days = (after + n * DAY for n in range(1, (until - after).days + 1))
    return sum(is_working_day(day, is_holiday) for day in days)


def preparation_days(delivery: date, count: int, is_holiday: IsHoliday) -> tuple[date, ...]:
    """The ``count`` working days after the delivery in which the client can prepare."""
    days: list[date] = []
    day = delivery
    for _n in range(count):
        day = next_working_day(day, is_holiday)
        days.append(day)
    return tuple(days)


def dates_from_posting(posted: date, rules: PostalRules, is_holiday: IsHoliday) -> PostalDates:
    """The chain of days for a letter posted on ``posted`` (assumed, or as a person said)."""
    delivery = realistic_delivery(posted, is_holiday)
    return PostalDates(
        posting=posted,
        deemed=deemed_delivered(posted),
        delivery=delivery,
        preparation=preparation_days(delivery, rules.preparation_days, is_holiday),
    )


def postal_dates(made: datetime, rules: PostalRules, is_holiday: IsHoliday) -> PostalDates:
    """The chain of days for a letter made at an instant."""
    return dates_from_posting(posting_day(made, rules, is_holiday), rules, is_holiday)


def earliest_proposal(posted: date, rules: PostalRules, is_holiday: IsHoliday) -> date:
    """The first day a proposal in a letter posted on that day may name."""
    return dates_from_posting(posted, rules, is_holiday).earliest


def answer_until(appointment: date, posted: date, is_holiday: IsHoliday) -> date | None:
    """Until when a client may ask for another time: the last working day before the appointment,
    since a reply of that day can still be heard. None where the letter arrives later than that.
    """
    day = appointment - DAY
    while not is_working_day(day, is_holiday):
        day -= DAY
    return day if day >= realistic_delivery(posted, is_holiday) else None


def too_early(proposed: date, posted: date, rules: PostalRules, is_holiday: IsHoliday) -> bool:
    """Whether a letter posted (later than assumed) on ``posted`` proposes too early a day."""
    return proposed < earliest_proposal(posted, rules, is_holiday)
