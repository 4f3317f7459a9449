from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koba_desktop.domain.clock import BERLIN
from koba_desktop.domain.postal import (
    PostalRules,
    answer_until,
    before_collection,
    dates_from_posting,
    deemed_delivered,
    earliest_proposal,
    is_working_day,
    next_working_day,
    postal_dates,
    posting_day,
    realistic_delivery,
    too_early,
    working_days,
)

EASTER = {
    date(2021, 4, 2),
    date(2021, 4, 5),
    date(2025, 4, 18),
    date(2025, 4, 21),
    date(2025, 5, 1),
}
RULES = PostalRules()


def is_holiday(day: date) -> bool:
    return day in EASTER


def made(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def test_a_letter_of_maundy_thursday_2021_allows_13_april() -> None:
    dates = postal_dates(made("2021-04-01T11:18"), RULES, is_holiday)
    assert dates.posting == date(2021, 4, 1)
    assert dates.deemed == date(2021, 4, 4)
    assert dates.delivery == date(2021, 4, 6)
    assert [d.day for d in dates.preparation] == [7, 8, 9, 12, 13]
    assert dates.earliest == date(2021, 4, 13)


def test_a_letter_of_maundy_thursday_2025_counts_four_days_and_does_not_move_from_easter() -> None:
    dates = dates_from_posting(date(2025, 4, 17), RULES, is_holiday)
    assert dates.deemed == date(2025, 4, 21)  # Easter Monday
    assert dates.delivery == date(2025, 4, 22)
    assert dates.earliest == date(2025, 4, 29)


@pytest.mark.parametrize(
    ("posted", "deemed"),
    [(date(2024, 12, 31), date(2025, 1, 3)), (date(2025, 1, 1), date(2025, 1, 5))],
)
def test_the_day_of_posting_decides_which_law_counts(posted: date, deemed: date) -> None:
    assert deemed_delivered(posted) == deemed


@pytest.mark.parametrize(
    ("at", "posted"),
    [
        ("2021-03-31T13:59", date(2021, 3, 31)),
        ("2021-03-31T14:00", date(2021, 3, 31)),
        ("2021-03-31T14:01", date(2021, 4, 1)),
        ("2021-04-01T15:00", date(2021, 4, 6)),  # over Easter
        ("2021-04-03T09:00", date(2021, 4, 6)),  # a Saturday has no collection
    ],
)
def test_after_the_last_collection_the_next_collection_day_posts(at: str, posted: date) -> None:
    assert posting_day(made(at), RULES, is_holiday) == posted
    assert before_collection(made(at), RULES, is_holiday) is (posted == made(at).date())


def test_an_office_that_collects_on_saturdays_posts_on_saturdays() -> None:
    rules = PostalRules(time(10), frozenset({6}))
    assert posting_day(made("2021-04-07T08:00"), rules, is_holiday) == date(2021, 4, 10)


def test_an_office_without_collection_posts_nothing() -> None:
    with pytest.raises(ValueError, match="collection"):
        posting_day(made("2021-04-07T08:00"), PostalRules(weekdays=frozenset()), is_holiday)


def test_saturday_delivers_but_is_no_working_day() -> None:
    assert realistic_delivery(date(2021, 4, 7), is_holiday) == date(2021, 4, 10)
    assert not is_working_day(date(2021, 4, 10), is_holiday)


def test_without_preparation_the_day_of_delivery_is_the_earliest() -> None:
    rules = PostalRules(preparation_days=0)
    assert earliest_proposal(date(2021, 4, 1), rules, is_holiday) == date(2021, 4, 6)


def test_posted_later_than_assumed_the_proposal_may_be_too_early() -> None:
    proposed = date(2021, 4, 13)
    assert not too_early(proposed, date(2021, 4, 1), RULES, is_holiday)
    assert too_early(proposed, date(2021, 4, 6), RULES, is_holiday)


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2021, 4, 13), date(2021, 4, 14)),
        (date(2021, 4, 9), date(2021, 4, 12)),  # a Friday
        (date(2021, 4, 1), date(2021, 4, 6)),  # over Easter
    ],
)
def test_the_next_working_day(day: date, following: date) -> None:
    assert next_working_day(day, is_holiday) == following


@pytest.mark.parametrize(
    ("appointment", "until"),
    [
        (date(2021, 4, 14), date(2021, 4, 13)),
        (date(2021, 4, 12), date(2021, 4, 9)),  # a Monday
        (date(2021, 4, 7), date(2021, 4, 6)),  # the day the letter arrives
        (date(2021, 4, 6), None),  # before it, over Easter
    ],
)
def test_an_answer_is_heard_until_the_last_working_day_before(
    appointment: date, until: date | None
) -> None:
    assert answer_until(appointment, date(2021, 4, 1), is_holiday) == until


days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
rules = st.builds(
    PostalRules,
    st.times().map(lambda t: t.replace(tzinfo=None)),
    st.frozensets(st.integers(1, 7), min_size=1),
    st.integers(0, 15),
)
offsets = st.frozensets(st.integers(0, 40), max_size=12)


@given(days, st.times(), rules, offsets)
def test_the_chain_runs_forward_and_ends_on_the_last_day_of_preparation(
    day: date, at: time, rules: PostalRules, holidays: frozenset[int]
) -> None:
    shut = {day + timedelta(days=n) for n in holidays}
    dates = postal_dates(datetime.combine(day, at, BERLIN), rules, shut.__contains__)
    assert day <= dates.posting < dates.deemed <= dates.delivery <= dates.earliest
    assert dates.posting.isoweekday() in rules.weekdays
    assert dates.posting not in shut
    assert dates.delivery.isoweekday() != 7
    assert dates.delivery not in shut
    assert len(dates.preparation) == rules.preparation_days
    assert all(is_working_day(d, shut.__contains__) for d in dates.preparation)


@given(days, days, rules, offsets)
def test_posting_later_never_allows_an_earlier_proposal(
    one: date, other: date, rules: PostalRules, holidays: frozenset[int]
) -> None:
    # Across New Year 2025 the law itself lengthens the time, so it holds there as well.
    first, second = sorted((one, other))
    shut = {first + timedelta(days=n) for n in holidays}
    assert earliest_proposal(first, rules, shut.__contains__) <= earliest_proposal(
        second, rules, shut.__contains__
    )


@given(days, days, offsets)
def test_an_answer_can_be_given_on_a_working_day_after_delivery_and_on_none_that_is_later(
    appointment: date, posted: date, holidays: frozenset[int]
) -> None:
    posted = min(posted, appointment - timedelta(days=1))
    shut = {appointment - timedelta(days=n) for n in holidays}.__contains__
    until = answer_until(appointment, posted, shut)
    delivery = realistic_delivery(posted, shut)
    if until is None:
        before = (appointment - timedelta(days=n) for n in range(1, 60))
        assert not any(is_working_day(day, shut) for day in before if day >= delivery)
    else:
        assert delivery <= until < appointment
        assert is_working_day(until, shut)
        assert working_days(until, appointment - timedelta(days=1), shut) == 0


@given(days, st.integers(0, 90), offsets)
def test_working_days_are_counted_as_they_follow_each_other(
    day: date, length: int, holidays: frozenset[int]
) -> None:
    shut = {day + timedelta(days=n) for n in holidays}.__contains__
    until = day + timedelta(days=length)
    following, count = next_working_day(day, shut), 0
    while following <= until:
        following, count = next_working_day(following, shut), count + 1
    assert working_days(day, until, shut) == count
