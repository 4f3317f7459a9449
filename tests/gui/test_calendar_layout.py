"""Overlapping entries stand side by side, never hide each other, and use the room there is."""

from hypothesis import given
from hypothesis import strategies as st

from koba_desktop.gui.calendar.layout import Placement, arrange

MINUTES = st.integers(min_value=0, max_value=200)
INTERVALS = st.lists(
    st.tuples(MINUTES, st.integers(min_value=1, max_value=60)).map(lambda t: (t[0], t[0] + t[1])),
    max_size=25,
)


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _covers(p: Placement) -> set[int]:
    return set(range(p.lane, p.lane + p.span))


def test_an_entry_alone_takes_the_whole_column():
    assert arrange([(0, 30), (30, 60)]) == [Placement(0, 1, 1), Placement(0, 1, 1)]


def test_two_at_once_share_the_column():
    assert arrange([(0, 30), (15, 45)]) == [Placement(0, 1, 2), Placement(1, 1, 2)]


def test_an_entry_widens_over_a_lane_that_is_free_for_all_its_time():
    long, short, later = arrange([(0, 60), (0, 15), (30, 60)])
    assert (long.lanes, short.lanes, later.lanes) == (2, 2, 2)
    three = arrange([(0, 60), (0, 30), (0, 30), (30, 60)])
    assert three[3] == Placement(1, 2, 3)


@given(INTERVALS)
def test_overlapping_entries_never_cover_each_other(intervals):
    places = arrange(intervals)
    assert len(places) == len(intervals)
    for i, a in enumerate(places):
        for j in range(i):
            if _overlap(intervals[i], intervals[j]):
                b = places[j]
                assert a.lanes == b.lanes
                assert not _covers(a) & _covers(b)


@given(INTERVALS)
def test_entries_stay_inside_and_no_lane_is_wasted(intervals):
    places = arrange(intervals)
    for (starts, ends), place in zip(intervals, places, strict=True):
        assert 0 <= place.lane < place.lane + place.span <= place.lanes
        run = {i for i in range(len(intervals)) if _overlap(intervals[i], (starts, ends))}
        while True:  # all entries linked to this one by overlaps
            more = {
                j
                for j in range(len(intervals))
                for i in run
                if _overlap(intervals[i], intervals[j])
            }
            if more <= run:
                break
            run |= more
        busiest = max(
            sum(intervals[j][0] <= intervals[i][0] < intervals[j][1] for j in run) for i in run
        )
        assert place.lanes == busiest


@given(INTERVALS)
def test_an_entry_cannot_be_widened_any_further(intervals):
    places = arrange(intervals)
    for i, place in enumerate(places):
        beyond = place.lane + place.span
        if beyond < place.lanes:
            assert any(
                _overlap(intervals[i], intervals[j]) and beyond in _covers(places[j])
                for j in range(len(places))
            )
