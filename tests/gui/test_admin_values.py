"""How the values of the administration are typed, and what the labels' keys are."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from koba_desktop.gui.admin.mnemonics import with_mnemonics
from koba_desktop.gui.admin.values import (
    Choice,
    Codec,
    Day,
    Decimal,
    Lines,
    Moment,
    OptionalText,
    Ticks,
    TimeOfDay,
    TimeText,
    Whole,
    Wrong,
)
from koba_desktop.i18n import activate, language


@pytest.fixture(params=["de", "en"])
def in_language(request: pytest.FixtureRequest) -> Any:
    before = language()
    activate(request.param)
    yield request.param
    activate(before)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


VALUES: list[tuple[Codec, Any]] = [
    (Codec(), "Halberstadt"),
    (OptionalText(), None),
    (Lines(), ("Postfach 1", "38820 Halberstadt")),
    (Lines(list), []),
    (Day(), date(2021, 4, 13)),
    (Day(optional=True), None),
    (TimeOfDay(), time(8, 5)),
    (TimeOfDay(optional=True), None),
    (TimeText(), "14:00"),
    (Moment(), utc(2021, 4, 13, 6, 30)),
    (Moment(), utc(2021, 4, 12, 22)),
    (Moment(end=True), utc(2021, 4, 16, 22)),
    (Moment(end=True), utc(2021, 10, 31, 23)),
    (Whole(), 12),
    (Whole(optional=True), None),
    (Decimal(), 20.5),
    (Decimal(optional=True), None),
    (Choice(((None, "all"), (1, "one"))), None),
    (Choice(((None, "all"), (1, "one"))), 1),
    (Ticks(((1, "Mo"), (2, "Tu"), (3, "We")), list), [1, 3]),
]


@pytest.mark.parametrize(("codec", "value"), VALUES)
def test_a_value_comes_back_from_the_form_as_it_was(
    in_language: str, codec: Codec, value: Any
) -> None:
    assert codec.decode(codec.encode(value)) == value


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("8", time(8)), ("830", time(8, 30)), ("0830", time(8, 30)), ("8.30", time(8, 30))],
)
def test_times_are_typed_in_short(typed: str, meant: time) -> None:
    assert TimeOfDay().decode(typed) == meant


def test_a_whole_day_off_is_a_day_without_times(in_language: str) -> None:
    starts, ends = utc(2021, 4, 12, 22), utc(2021, 4, 16, 22)
    shown = {"de": ("13.04.2021", "16.04.2021"), "en": ("13/04/2021", "16/04/2021")}[in_language]
    assert (Moment().encode(starts), Moment(end=True).encode(ends)) == shown


def test_years_of_two_digits_are_of_this_century() -> None:
    assert Day().decode("31.12.30") == date(2030, 12, 31)


@pytest.mark.parametrize(
    ("codec", "typed", "code"),
    [
        (Day(), "31.02.2021", "no_such_day"),
        (Day(), " ", "field_missing"),
        (TimeOfDay(), "25:00", "no_such_time"),
        (TimeOfDay(), "8:5", "no_such_time"),
        (Moment(), "13.04.2021 mittags", "no_such_time"),
        (Whole(), "zwei", "no_such_number"),
        (Whole(least=1), "0", "not_positive"),
        (Decimal(), "1,2,3", "no_such_number"),
        (Choice(((1, "one"),)), "", "field_missing"),
    ],
)
def test_what_is_no_such_value_is_said_by_its_code(codec: Codec, typed: str, code: str) -> None:
    with pytest.raises(Wrong) as wrong:
        codec.decode(typed)
    assert wrong.value.code == code


def test_decimals_are_written_as_the_language_does(in_language: str) -> None:
    assert Decimal().encode(20.5) == {"de": "20,5", "en": "20.5"}[in_language]


def test_labels_get_letters_nobody_else_has() -> None:
    assert with_mnemonics(["Name", "Number", "New & old"], {"w"}) == [
        "&Name",
        "N&umber",
        "New && &old",
    ]
    assert with_mnemonics(["A"], {"a"}) == ["A"]
