from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from koba_desktop.domain.clock import instant
from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.domain.modes import allows, mode_at, refusal, timeline
from koba_desktop.domain.vocabulary import Channel, Mode, ModeSource, Urgency

OFFICE = UUID(int=1)
NOON = datetime(2021, 4, 1, 10, tzinfo=UTC)


def row(
    number: int,
    mode: Mode,
    valid_from: datetime,
    source: ModeSource = ModeSource.LEAD_DECISION,
    withdraws: int | None = None,
) -> OperatingMode:
    return OperatingMode(
        id=UUID(int=number),
        office_id=OFFICE,
        mode=mode,
        valid_from=valid_from,
        source=source,
        reason="",
        withdraws_id=None if withdraws is None else UUID(int=withdraws),
        created_at=datetime(2021, 3, 1, tzinfo=UTC) + timedelta(minutes=number),
    )


def days(count: int) -> datetime:
    return NOON + timedelta(days=count)


def test_a_new_office_is_open() -> None:
    assert mode_at([], NOON) is Mode.REGULAR
    assert timeline([]).row_at(NOON) is None


def test_the_latest_valid_from_not_after_the_instant_rules() -> None:
    history = [row(2, Mode.BY_APPOINTMENT, days(2)), row(1, Mode.CLOSED, days(-2))]
    assert mode_at(history, days(-3)) is Mode.REGULAR
    assert mode_at(history, days(2) - timedelta(seconds=1)) is Mode.CLOSED
    assert mode_at(history, days(2)) is Mode.BY_APPOINTMENT


def test_of_several_from_the_same_instant_the_one_created_last_rules() -> None:
    history = [row(3, Mode.CLOSED, NOON), row(1, Mode.BY_APPOINTMENT, NOON)]
    assert mode_at(history, NOON) is Mode.CLOSED


def test_created_later_for_an_earlier_time_it_does_not_rule_later() -> None:
    history = [row(1, Mode.CLOSED, days(1)), row(2, Mode.REGULAR, days(0))]
    assert mode_at(history, days(1)) is Mode.CLOSED


def test_a_withdrawn_change_does_not_come() -> None:
    history = [
        row(1, Mode.CLOSED, days(-2)),
        row(2, Mode.BY_APPOINTMENT, days(2)),
        row(3, Mode.BY_APPOINTMENT, days(2), ModeSource.WITHDRAWAL, withdraws=2),
    ]
    assert mode_at(history, days(3)) is Mode.CLOSED
    assert timeline(history).planned(NOON) == ()


def test_withdrawn_the_one_below_it_holds_again() -> None:
    history = [
        row(1, Mode.CLOSED, days(2)),
        row(2, Mode.REGULAR, days(2)),
        row(3, Mode.REGULAR, days(2), ModeSource.WITHDRAWAL, withdraws=2),
    ]
    assert mode_at(history, days(2)) is Mode.CLOSED


def test_planned_changes_come_in_their_order() -> None:
    history = [
        row(1, Mode.CLOSED, days(4)),
        row(2, Mode.REGULAR, days(-1)),
        row(3, Mode.CLOSED, days(1)),
    ]
    assert [r.id.int for r in timeline(history).planned(NOON)] == [3, 1]


def test_the_mode_follows_the_wall_clock_over_the_change_of_summer_time() -> None:
    begins = instant(date(2021, 3, 28), time(8))
    assert begins == datetime(2021, 3, 28, 6, tzinfo=UTC)
    assert mode_at([row(1, Mode.CLOSED, begins)], begins) is Mode.CLOSED


@pytest.mark.parametrize("channel", [Channel.IN_PERSON, Channel.OUTDOORS])
def test_closed_suspends_personal_visits_but_urgent_ones(channel: Channel) -> None:
    assert refusal(Mode.CLOSED, channel, Urgency.NONE) == "mode_suspends"
    assert allows(Mode.CLOSED, channel, Urgency.URGENT)
    assert allows(Mode.CLOSED, channel, Urgency.EMERGENCY)


def test_everything_else_is_admitted() -> None:
    assert allows(Mode.CLOSED, Channel.TELEPHONE)
    for mode in (Mode.BY_APPOINTMENT, Mode.REGULAR):
        assert all(allows(mode, channel) for channel in Channel)
