from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koba_desktop.domain.clock import BERLIN
from koba_desktop.domain.ladder import (
    LadderRules,
    Try,
    best_hour,
    climb,
    ends_task,
    far_enough,
    marks_phone_bad,
    next_due,
    tally,
)
from koba_desktop.domain.vocabulary import Outcome

RULES = LadderRules()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


DUE = at("2021-03-30T08:00")


def tried(*calls: tuple[str, Outcome]) -> list[Try]:
    return [Try(at(when), outcome) for when, outcome in calls]


def test_a_new_task_is_due_as_planned() -> None:
    ladder = climb([], RULES, DUE)
    assert (ladder.made, ladder.needed, ladder.due) == (0, 2, DUE)
    assert not ladder.exhausted


@pytest.mark.parametrize("outcome", [Outcome.NO_ANSWER, Outcome.BUSY, Outcome.MAILBOX])
def test_two_attempts_on_different_days_exhaust_the_ladder(outcome: Outcome) -> None:
    ladder = climb(tried(("2021-03-30T16:05", outcome), ("2021-03-31T08:00", outcome)), RULES, DUE)
    assert ladder.made == 2
    assert ladder.exhausted


def test_an_attempt_made_too_early_is_recorded_but_does_not_count() -> None:
    calls = [("2021-03-30T10:00", Outcome.NO_ANSWER), ("2021-03-30T12:59", Outcome.BUSY)]
    assert climb(tried(*calls), RULES, DUE).made == 1
    calls.append(("2021-03-30T13:00", Outcome.NO_ANSWER))  # three hours after the one that counts
    assert climb(tried(*calls), RULES, DUE).exhausted


def test_after_an_attempt_the_client_is_hidden_until_three_hours_later() -> None:
    ladder = climb(tried(("2021-03-30T10:00", Outcome.NO_ANSWER)), RULES, DUE)
    assert ladder.due == at("2021-03-30T13:00")


def test_or_until_the_next_day_begins() -> None:
    assert next_due(at("2021-03-30T22:30"), RULES) == at("2021-03-31T00:00")


def test_a_third_person_neither_counts_nor_ends_but_hides() -> None:
    ladder = climb(tried(("2021-03-30T10:00", Outcome.THIRD_PERSON)), RULES, DUE)
    assert (ladder.made, ladder.due, ladder.ended) == (0, at("2021-03-30T13:00"), False)


def test_a_wrong_number_marks_the_phone_and_leaves_the_client_due() -> None:
    ladder = climb(tried(("2021-03-30T10:00", Outcome.WRONG_NUMBER)), RULES, DUE)
    assert (ladder.made, ladder.due) == (0, DUE)
    assert [o for o in Outcome if marks_phone_bad(o)] == [Outcome.WRONG_NUMBER]


@pytest.mark.parametrize("outcome", [Outcome.REACHED, Outcome.REFUSED])
def test_an_answer_ends_the_task(outcome: Outcome) -> None:
    ladder = climb(tried(("2021-03-30T10:00", outcome)), RULES, DUE)
    assert ladder.ended
    assert not ladder.exhausted
    assert ends_task(outcome)


outcomes = st.sampled_from(sorted(Outcome))
tries = st.lists(
    st.builds(
        Try, st.integers(0, 5000).map(lambda minutes: DUE + timedelta(minutes=minutes)), outcomes
    ),
    max_size=12,
)
rules = st.builds(LadderRules, st.integers(1, 5), st.integers(0, 24), st.integers(1, 5))


@given(tries, rules)
def test_attempts_that_count_are_apart_and_their_order_of_recording_does_not_matter(
    calls: list[Try], rules: LadderRules
) -> None:
    ladder = climb(calls, rules, DUE)
    assert all(
        far_enough(a, b, rules) for a, b in zip(ladder.counted, ladder.counted[1:], strict=False)
    )
    by_time = sorted(calls, key=lambda t: (t.at, t.outcome))
    distinct = len({t.at for t in calls}) == len(calls)
    if distinct:
        assert climb(by_time, rules, DUE) == ladder


@given(st.integers(0, 5000), rules)
def test_at_the_due_instant_an_attempt_counts_and_a_minute_before_it_does_not(
    minutes: int, rules: LadderRules
) -> None:
    first = DUE + timedelta(minutes=minutes)
    due = next_due(first, rules)
    assert far_enough(first, due, rules)
    if due - first > timedelta(minutes=1):
        assert not far_enough(first, due - timedelta(minutes=1), rules)


def test_the_best_hour_is_where_the_client_was_reached() -> None:
    calls = tried(
        ("2021-01-14T09:12", Outcome.REACHED),
        ("2021-02-10T09:40", Outcome.REACHED),
        ("2021-02-11T15:20", Outcome.REACHED),
        ("2021-03-30T15:05", Outcome.NO_ANSWER),
    )
    assert best_hour(calls, RULES) == 9
    assert [(h.hour, h.tried, h.reached) for h in tally(calls)] == [(9, 2, 2), (15, 2, 1)]


def test_three_answers_of_four_outrank_one_of_one() -> None:
    calls = tried(
        ("2021-01-14T09:12", Outcome.REACHED),
        ("2021-02-10T14:40", Outcome.REACHED),
        ("2021-02-11T14:20", Outcome.REACHED),
        ("2021-02-12T14:20", Outcome.REACHED),
        ("2021-03-30T14:05", Outcome.NO_ANSWER),
        ("2021-03-31T09:05", Outcome.BUSY),
    )
    assert best_hour(calls, RULES) == 14


def test_too_few_tries_or_no_answer_advise_no_hour() -> None:
    once = tried(("2021-01-14T09:12", Outcome.REACHED), ("2021-01-15T09:12", Outcome.REACHED))
    assert best_hour(once, RULES) is None
    never = tried(*[(f"2021-01-1{n}T09:12", Outcome.BUSY) for n in range(5)])
    assert best_hour(never, RULES) is None
