"""Times as the office's papers write them: on its wall clock."""

from datetime import date, datetime, timedelta

import pytest

from koba_desktop.letters.letter import german
from tests.unit.service_office import at

DAY = date(2021, 4, 13)
LATE = at(13, 23)


def test_a_time_is_that_of_the_wall_clock() -> None:
    assert german.hour_and_minute(at(13, 9, 5)) == "09:05"
    assert german.clock_time(at(13, 9, 5)) == "09:05 Uhr"


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        (at(13, 9, 5), at(13, 10), "09:05 – 10:00"),
        (at(12, 22), at(13, 8), "bis 08:00"),
        (LATE, LATE + timedelta(hours=9), "ab 23:00"),
        (at(12, 22), at(14, 8), "ganztägig"),
        (at(13, 0), at(14, 0), "ganztägig"),
        (at(13, 0), at(13, 8), "00:00 – 08:00"),
    ],
)
def test_a_span_says_what_lasts_longer_than_the_day(
    starts: datetime, ends: datetime, said: str
) -> None:
    assert german.span(starts, ends, DAY) == said
