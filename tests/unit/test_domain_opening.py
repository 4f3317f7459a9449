from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from koba_desktop.domain.clock import instant
from koba_desktop.domain.entities.office import ClosingDay, OpeningHours
from koba_desktop.domain.entities.staff import Absence, WorkingPattern
from koba_desktop.domain.intervals import Interval
from koba_desktop.domain.opening import closures, day_opening
from koba_desktop.domain.patterns import available, on_duty
from koba_desktop.domain.vocabulary import Channel

OFFICE, BERGER = UUID(int=1), UUID(int=2)
TUESDAY = date(2021, 4, 13)
EASTER_MONDAY = date(2021, 4, 5)


def holiday(day: date) -> str | None:
    return "Ostermontag" if day == EASTER_MONDAY else None


def hours(
    weekday: int, opens: int, closes: int, channel: Channel = Channel.TELEPHONE, **more: date
) -> OpeningHours:
    return OpeningHours(
        id=UUID(int=weekday * 1000 + opens),
        office_id=OFFICE,
        channel=channel,
        weekday=weekday,
        opens=time(opens),
        closes=time(closes),
        valid_from=more.get("valid_from", date(2020, 1, 1)),
        valid_until=more.get("valid_until"),
    )


def closing(
    day: date,
    opens: int | None = None,
    closes: int | None = None,
    channel: Channel | None = None,
    reason: str = "Betriebsausflug",
) -> ClosingDay:
    return ClosingDay(
        id=UUID(int=opens or 0),
        office_id=OFFICE,
        day=day,
        reason=reason,
        channel=channel,
        opens=None if opens is None else time(opens),
        closes=None if closes is None else time(closes),
    )


def span(day: date, starts: int, ends: int) -> Interval:
    return Interval(instant(day, time(starts)), instant(day, time(ends)))


HOURS = (
    hours(1, 8, 16),
    hours(2, 8, 12),
    hours(2, 13, 18),
    hours(2, 9, 12, Channel.IN_PERSON),
)


def opening(
    day: date, *shut: ClosingDay, channel: Channel = Channel.TELEPHONE
) -> tuple[str, tuple[Interval, ...]]:
    found = day_opening(HOURS, shut, day, channel, holiday)
    return found.code, found.open


def test_the_weekday_s_pattern_opens_each_channel() -> None:
    assert opening(TUESDAY) == ("", (span(TUESDAY, 8, 12), span(TUESDAY, 13, 18)))
    assert opening(TUESDAY, channel=Channel.IN_PERSON) == ("", (span(TUESDAY, 9, 12),))
    assert opening(TUESDAY, channel=Channel.OUTDOORS) == ("", ())
    assert opening(date(2021, 4, 14)) == ("", ())


def test_hours_hold_within_their_validity_last_day_included() -> None:
    dated = (hours(2, 8, 12, valid_from=TUESDAY, valid_until=TUESDAY),)
    for day, open_ in (
        (TUESDAY, True),
        (TUESDAY - timedelta(7), False),
        (TUESDAY + timedelta(7), False),
    ):
        assert bool(day_opening(dated, (), day, Channel.TELEPHONE, holiday).open) is open_


def test_a_holiday_closes_and_says_its_name() -> None:
    found = day_opening(HOURS, (), EASTER_MONDAY, Channel.TELEPHONE, holiday)
    assert (found.open, found.code, found.text) == ((), "holiday", "Ostermontag")
    assert found.usual == (span(EASTER_MONDAY, 8, 16),)


def test_an_exception_beats_pattern_and_holiday() -> None:
    assert opening(TUESDAY, closing(TUESDAY)) == ("office_closed", ())
    assert opening(TUESDAY, closing(TUESDAY, 10, 11)) == ("office_closed", (span(TUESDAY, 10, 11),))
    assert opening(EASTER_MONDAY, closing(EASTER_MONDAY, 9, 10)) == (
        "office_closed",
        (span(EASTER_MONDAY, 9, 10),),
    )


def test_an_exception_for_one_channel_beats_the_one_for_all() -> None:
    shut = (closing(TUESDAY), closing(TUESDAY, 9, 11, Channel.TELEPHONE))
    assert opening(TUESDAY, *shut)[1] == (span(TUESDAY, 9, 11),)
    assert opening(TUESDAY, *shut, channel=Channel.IN_PERSON)[1] == ()


def test_a_whole_closing_day_beats_hours() -> None:
    assert opening(TUESDAY, closing(TUESDAY, 9, 11), closing(TUESDAY)) == ("office_closed", ())


def test_the_calendar_shades_night_and_lunch() -> None:
    found = closures(HOURS, (), TUESDAY, holiday)
    assert [c.code for c in found] == ["outside_hours", "lunch", "outside_hours"]
    assert found[1].interval == span(TUESDAY, 12, 13)


def test_the_calendar_shades_a_closed_day_whole_with_its_reason() -> None:
    for shut, day, code, text in (
        ((), EASTER_MONDAY, "holiday", "Ostermontag"),
        ((closing(TUESDAY),), TUESDAY, "closing_day", "Betriebsausflug"),
    ):
        (closed,) = closures(HOURS, shut, day, holiday)
        assert (closed.code, closed.text) == (code, text)
        assert closed.interval.length == timedelta(hours=24)


def test_a_shortened_day_gives_the_reason_where_it_would_be_open() -> None:
    found = closures(HOURS, (closing(TUESDAY, 8, 12),), TUESDAY, holiday)
    assert [c.code for c in found] == ["outside_hours", "closing_day"]


def test_sunday_is_simply_outside_the_hours() -> None:
    (closed,) = closures(HOURS, (), date(2021, 3, 28), holiday)
    assert closed.code == "outside_hours"
    assert closed.interval.length == timedelta(hours=23)  # summer time begins


def pattern(weekday: int, starts: int, ends: int, **more: object) -> WorkingPattern:
    fields: dict[str, object] = {"valid_from": date(2020, 1, 1), **more}
    return WorkingPattern(
        id=UUID(int=starts),
        staff_id=BERGER,
        weekday=weekday,
        starts=time(starts),
        ends=time(ends),
        **fields,  # type: ignore[arg-type]
    )


def test_patterns_alternate_by_the_parity_of_the_iso_week() -> None:
    odd = pattern(2, 8, 12, week_parity=1)
    assert TUESDAY.isocalendar().week == 15
    assert on_duty([odd], TUESDAY) == (span(TUESDAY, 8, 12),)
    assert on_duty([odd], TUESDAY + timedelta(7)) == ()


def test_after_a_long_year_two_odd_weeks_follow_each_other() -> None:
    odd = pattern(2, 8, 12, week_parity=1)
    week_53, week_1 = date(2020, 12, 29), date(2021, 1, 5)
    assert (week_53.isocalendar().week, week_1.isocalendar().week) == (53, 1)
    assert on_duty([odd], week_53)
    assert on_duty([odd], week_1)


def test_a_pattern_may_be_for_some_channels_only() -> None:
    calls = pattern(2, 8, 12, channels=(Channel.TELEPHONE,))
    assert on_duty([calls], TUESDAY, Channel.TELEPHONE)
    assert on_duty([calls], TUESDAY)
    assert not on_duty([calls], TUESDAY, Channel.IN_PERSON)


def test_an_absence_takes_its_time_away() -> None:
    leave = Absence(
        id=UUID(int=7),
        staff_id=BERGER,
        starts=datetime(2021, 4, 13, 7, tzinfo=UTC),
        ends=datetime(2021, 4, 13, 8, tzinfo=UTC),
    )
    found = available([pattern(2, 8, 12)], [leave], TUESDAY, Channel.TELEPHONE)
    assert found == (span(TUESDAY, 8, 9), span(TUESDAY, 10, 12))
