"""The PC's clock, folders and names."""

import stat
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest

from koba_desktop.system import folders, host
from koba_desktop.system.clock import OffsetClock, SystemClock


class _Hand:
    """A clock set by hand."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


TODAY = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
OFFICE = datetime(2021, 4, 13, 8, 24, tzinfo=UTC)


def test_the_system_clock_is_aware_and_utc() -> None:
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert now.utcoffset() == timedelta(0)
    assert before <= now <= datetime.now(UTC)


def test_a_set_clock_starts_where_it_was_told_and_runs_on() -> None:
    hand = _Hand(TODAY)
    clock = OffsetClock(OFFICE, hand)
    assert clock.now() == OFFICE
    hand.at += timedelta(minutes=7)
    assert clock.now() == OFFICE + timedelta(minutes=7)


def test_a_set_clock_can_be_put_forward_from_many_threads() -> None:
    clock = OffsetClock(OFFICE, _Hand(TODAY))
    threads = [
        threading.Thread(target=clock.advance, args=(timedelta(minutes=15),)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert clock.now() == OFFICE + timedelta(hours=2)


def test_a_set_clock_answers_in_utc_whatever_offset_it_was_given() -> None:
    start = datetime.fromisoformat("2021-04-13T10:24:00+02:00")
    assert OffsetClock(start, _Hand(TODAY)).now().isoformat() == "2021-04-13T08:24:00+00:00"


def test_a_set_clock_refuses_a_time_without_an_offset() -> None:
    with pytest.raises(ValueError, match="aware"):
        OffsetClock(datetime(2021, 4, 13, 10, 24))  # noqa: DTZ001


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights")
def test_the_folders_are_made_for_their_owner_only(tmp_path) -> None:
    places = folders.below(tmp_path / "koba")
    places.make()
    places.make()
    for folder in (places.data, places.config, places.logs, places.state, places.backups):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert places.database.parent == places.data


def test_the_standard_folders_are_the_users_own() -> None:
    places = folders.standard()
    assert "koba-desktop" in str(places.data)
    assert places.machine_config not in (places.config, places.data)


def test_the_host_has_a_name_without_its_domain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "hbs-pc-17.harz.example")
    assert host.host_name() == "hbs-pc-17"


def test_a_service_without_an_account_has_no_user_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert host.user_name() == ""
