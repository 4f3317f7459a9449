"""The pause after a room's use."""

from datetime import date
from uuid import uuid4

import pytest

from koba_desktop.domain.airing import minutes_to_residual, pause, profile_in_force
from koba_desktop.domain.entities.rooms import HygieneProfile, Room
from koba_desktop.domain.vocabulary import RoomKind, Windows

OFFICE = uuid4()
APRIL, JULY, JANUARY = date(2021, 4, 13), date(2021, 7, 1), date(2021, 1, 4)
CAP = 30


def room(**values: object) -> Room:
    usual: dict[str, object] = {"area": 15.0, "height": 2.8, "windows": Windows.FULL}
    return Room(id=uuid4(), office_id=OFFICE, name="R", **(usual | values))  # type: ignore[arg-type]


def profile(**values: object) -> HygieneProfile:
    usual: dict[str, object] = {"valid_from": date(2021, 1, 1)}
    return HygieneProfile(id=uuid4(), office_id=OFFICE, **(usual | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(("changes", "minutes"), [(12, 11.5), (9, 15.4)])
def test_time_until_a_tenth_of_the_air_is_left(changes: float, minutes: float) -> None:
    assert minutes_to_residual(changes) == pytest.approx(minutes, abs=0.05)


def test_fully_open_windows_air_in_sixteen_minutes() -> None:
    found = pause(room(), None, APRIL, CAP)
    assert (found.minutes, found.sufficient, found.season) == (16, True, 5)


def test_the_seasons_minimum_and_cleaning_count_if_they_are_longer() -> None:
    cross = room(windows=Windows.CROSS)
    assert pause(cross, None, JULY, CAP).minutes == 10
    assert pause(cross, None, JANUARY, CAP).minutes == 4
    assert pause(cross, profile(cleaning_minutes=20), JULY, CAP).minutes == 20
    assert pause(cross, profile(airing_minutes_min=12), JANUARY, CAP).minutes == 12


def test_tilted_windows_do_not_suffice_and_the_pause_ends_at_the_cap() -> None:
    found = pause(room(windows=Windows.TILT), None, APRIL, CAP)
    assert (found.minutes, found.sufficient) == (30, False)
    closed = pause(room(windows=Windows.NONE), None, APRIL, CAP)
    assert (closed.minutes, closed.sufficient, closed.airing) == (30, False, None)


def test_mechanical_ventilation_counts_where_it_brings_more() -> None:
    assert pause(room(windows=Windows.NONE, air_changes=12), None, APRIL, CAP).minutes == 12


def test_a_room_of_which_nothing_is_known_gets_a_quarter_of_an_hour() -> None:
    unknown = room(windows=Windows.NONE, area=None, height=None)
    assert pause(unknown, None, APRIL, CAP).minutes == 15


def test_outdoors_nothing_needs_airing() -> None:
    outdoors = room(kind=RoomKind.OUTDOOR, windows=Windows.NONE)
    assert pause(outdoors, None, APRIL, CAP).minutes == 0
    assert pause(outdoors, profile(cleaning_minutes=5), APRIL, CAP).minutes == 5


def test_a_rooms_own_profile_beats_the_offices_and_the_later_the_earlier() -> None:
    mine = room()
    old, new = profile(), profile(valid_from=date(2021, 4, 1))
    own = profile(room_id=mine.id)
    past = profile(room_id=mine.id, valid_until=date(2021, 2, 1))
    assert profile_in_force([old, new, past], mine, APRIL) == new
    assert profile_in_force([old, new, own], mine, APRIL) == own
    assert profile_in_force([new], mine, JANUARY) is None
