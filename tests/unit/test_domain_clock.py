from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koba_desktop.domain.clock import begun_minutes, whole_minutes

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("seconds", "over", "begun"),
    [(0, 0, 0), (1, 0, 1), (60, 1, 1), (90, 1, 2), (-1, -1, 0), (-90, -2, -1)],
)
def test_minutes_over_and_begun(seconds: int, over: int, begun: int) -> None:
    span = timedelta(seconds=seconds)
    assert (whole_minutes(span), begun_minutes(span)) == (over, begun)


@given(st.timedeltas(timedelta(days=-30), timedelta(days=30)))
def test_a_span_lies_between_the_minutes_over_and_begun(span: timedelta) -> None:
    over, begun = whole_minutes(span), begun_minutes(span)
    assert over * MINUTE <= span <= begun * MINUTE
    assert begun - over == (0 if span % MINUTE == timedelta() else 1)
