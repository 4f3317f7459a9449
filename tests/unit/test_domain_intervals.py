from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from koba_desktop.domain import spans
from koba_desktop.domain.intervals import Interval, intersect, merge, subtract

START = datetime(2021, 4, 13, 6, tzinfo=UTC)


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low = draw(st.integers(0, 60))
    return Interval(at(low), at(low + draw(st.integers(0, 20))))


many = st.lists(intervals(), max_size=8)


def minutes(found: tuple[Interval, ...] | list[Interval]) -> set[int]:
    return {m for m in range(90) if any(i.includes(at(m)) for i in found)}


def test_touching_intervals_do_not_overlap_and_become_one() -> None:
    first, second = Interval(at(0), at(30)), Interval(at(30), at(60))
    assert not first.overlaps(second)
    assert merge([second, first]) == (Interval(at(0), at(60)),)


@given(many, many)
def test_the_algebra_is_that_of_sets_of_minutes(a: list[Interval], b: list[Interval]) -> None:
    assert minutes(merge(a)) == minutes(a)
    assert minutes(subtract(a, b)) == minutes(a) - minutes(b)
    assert minutes(intersect(a, b)) == minutes(a) & minutes(b)


@given(many, many)
def test_results_are_sorted_and_disjoint(a: list[Interval], b: list[Interval]) -> None:
    for result in (merge(a), subtract(a, b)):
        assert all(result)
        assert all(x.ends < y.starts for x, y in pairwise(result))


whole = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda t: (t[0], t[0] + t[1])), max_size=8
).map(spans.union)


def seconds(found: spans.Spans) -> set[int]:
    return {s for s in range(90) if any(low <= s < high for low, high in found)}


@given(whole, whole)
def test_spans_are_sets_of_seconds(a: spans.Spans, b: spans.Spans) -> None:
    assert seconds(spans.without(a, b)) == seconds(a) - seconds(b)
    assert seconds(spans.common(a, b)) == seconds(a) & seconds(b)


@given(whole, st.integers(1, 20), st.integers(-5, 90), st.integers(0, 40))
def test_multiples_in_spans_are_counted_and_found(
    a: spans.Spans, step: int, low: int, width: int
) -> None:
    expected = [s for s in sorted(seconds(a)) if s % step == 0]
    assert list(spans.multiples(a, step)) == expected
    assert spans.count(a, step, low) == sum(s < low for s in expected)
    inside = [s for s in expected if low <= s < low + width]
    assert spans.first_in(a, step, low, low + width) == (inside[0] if inside else None)
