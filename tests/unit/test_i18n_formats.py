"""What the screen writes: days, times, names, numbers, words and sentences."""

import enum
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from koba_desktop.domain import vocabulary
from koba_desktop.domain.errors import Conflict, Problem, Refused
from koba_desktop.domain.vocabulary import Channel, Mode, Salutation, Urgency
from koba_desktop.i18n import _, activate, formats, language, messages, phones
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.i18n.words import word

DAY = timedelta(days=1)
TUESDAY = date(2021, 4, 13)
QUARTER_PAST_TEN = datetime(2021, 4, 13, 8, 15, tzinfo=UTC)
QUARTER_TO_ELEVEN = datetime(2021, 4, 13, 8, 45, tzinfo=UTC)


@pytest.fixture(autouse=True)
def german():
    before = language()
    activate("de")
    yield
    activate(before)


class TestDaysAndTimes:
    def test_days(self):
        assert formats.date_long(TUESDAY) == "Dienstag, 13. April 2021"
        assert formats.date_short(date(2021, 4, 3)) == "03.04.2021"
        assert formats.weekday_date(TUESDAY) == "Di 13. April"
        assert formats.weekday_short(TUESDAY) == "Di 13."
        assert formats.month_title(TUESDAY) == "April 2021"

    def test_times_are_those_of_the_wall_clock(self):
        assert formats.time_of(QUARTER_PAST_TEN) == "10:15"
        assert formats.span_of(QUARTER_PAST_TEN, QUARTER_TO_ELEVEN) == "10:15–10:45"
        assert formats.moment_of(QUARTER_PAST_TEN) == "Di 13. April, 10:15"

    def test_an_instant_before_midnight_in_utc_belongs_to_the_next_day(self):
        assert formats.moment_of(datetime(2021, 4, 12, 22, 30, tzinfo=UTC)) == "Di 13. April, 00:30"

    def test_moments_and_days_as_they_lie_to_today(self):
        monday, thursday = date(2021, 4, 12), date(2021, 4, 15)
        yesterday, before = QUARTER_PAST_TEN - DAY, QUARTER_PAST_TEN - 2 * DAY
        assert formats.recent_moment(QUARTER_PAST_TEN, TUESDAY) == "10:15"
        assert formats.recent_moment(yesterday, TUESDAY) == "Mo 12. April, 10:15"
        assert formats.past_moment(QUARTER_PAST_TEN, TUESDAY) == "heute 10:15"
        assert formats.past_moment(yesterday, TUESDAY) == "gestern 10:15"
        assert formats.past_moment(before, TUESDAY) == "So 11.04., 10:15"
        said = [formats.past_day(day, TUESDAY) for day in (TUESDAY, monday, thursday)]
        assert said == ["heute", "gestern", "Do 15.04."]

    @pytest.mark.parametrize(
        ("first", "last", "title"),
        [
            (date(2021, 4, 12), date(2021, 4, 16), "KW 15 · 12.–16. April 2021"),
            (date(2021, 3, 29), date(2021, 4, 2), "KW 13 · 29. März – 2. April 2021"),
            (
                date(2020, 12, 28),
                date(2021, 1, 1),
                "KW 53 · 28. Dezember 2020 – 1. Januar 2021",
            ),
        ],
    )
    def test_the_title_of_a_week(self, first, last, title):
        assert formats.week_title(first, last) == title

    def test_english(self):
        activate("en")
        assert formats.date_long(TUESDAY) == "Tuesday, 13 April 2021"
        assert formats.moment_of(QUARTER_PAST_TEN) == "Tue 13 April, 10:15"
        assert (
            formats.week_title(date(2021, 4, 12), date(2021, 4, 16)) == "Week 15 · 12–16 April 2021"
        )


class TestNamesAndNumbers:
    def test_names_lose_nothing_and_gain_nothing(self):
        assert formats.name_sorted("Kuhn", "Marlies") == "Kuhn, Marlies"
        assert formats.name_sorted("Suharto", "") == "Suharto"
        assert (
            formats.name_full(Salutation.FRAU, "Dr.", "Marlies", "Kuhn") == "Frau Dr. Marlies Kuhn"
        )
        assert formats.name_full(Salutation.NONE, "", "", "Suharto") == "Suharto"

    def test_numbers(self):
        assert formats.number(190.26, 1) == "190,3"
        assert formats.number(1284) == "1.284"
        assert formats.reference("K7M49QXR") == "K7M4 9QXR"


class TestPhones:
    @pytest.mark.parametrize(
        ("typed", "normal", "shown"),
        [
            ("0176 04069118", "+4917604069118", "0176 04069118"),
            ("0176/040 69 118", "+4917604069118", "0176 04069118"),
            ("03943 58-3000", "+493943583000", "03943 58-3000"),
            ("03943-58-3000", "+493943583000", "03943 58-3000"),
            ("03943/58 30 00", "+493943583000", "03943 583000"),
            ("03943-145889", "+493943145889", "03943 145889"),
            ("+49 3943 58-3000", "+493943583000", "+49 3943 58-3000"),
            ("0049 176/30106907", "+4917630106907", "+49 176 30106907"),
            ("+48 58 301 20 00", "+48583012000", "+48 58 301 20 00"),
        ],
    )
    def test_numbers_as_din_5008_writes_them(self, typed, normal, shown):
        assert phones.e164(typed) == normal
        assert phones.display(typed) == shown

    @pytest.mark.parametrize(
        "typed", ["unbekannt", "583000", "", "0", "03943 1234 / 0176 04069118"]
    )
    def test_what_is_no_number_stays_as_typed(self, typed):
        assert phones.e164(typed) is None
        assert phones.display(typed) == typed


class TestHolidays:
    def test_those_of_saxony_anhalt(self):
        calendar = HolidayCalendar()
        assert calendar.name(date(2021, 4, 5)) == "Ostermontag"
        assert calendar.name(date(2021, 1, 6)) == "Heilige Drei Könige"
        assert calendar.name(date(2021, 10, 31)) == "Reformationstag"
        assert calendar.name(TUESDAY) is None

    def test_their_names_follow_the_language(self):
        calendar = HolidayCalendar()
        assert calendar.name(date(2021, 4, 5)) == "Ostermontag"
        activate("en")
        assert calendar.name(date(2021, 4, 5)) == "Easter Monday"


def all_words():
    for kind in vars(vocabulary).values():
        if isinstance(kind, type) and issubclass(kind, enum.StrEnum) and kind is not enum.StrEnum:
            yield from kind


@pytest.mark.parametrize("code", ["de", "en"])
def test_every_value_of_the_vocabulary_has_a_word(code):
    activate(code)
    assert all(word(member) for member in all_words())


def test_equal_codes_of_different_lists_have_their_own_words():
    assert word(Urgency.NONE) == "nicht dringend"
    assert word(Salutation.NONE) == "keine Anrede"
    assert word(Channel.OUTDOORS) == "vor der Tür"


class TestMessages:
    def test_a_code_becomes_a_sentence_with_its_values_in_words(self):
        text = messages.message(Problem("mode_suspends", {"mode": Mode.CLOSED}))
        assert "„Schließzeit“" in text
        text = messages.message(Problem("too_early_by_post", {"earliest": TUESDAY}))
        assert "13.04.2021" in text

    def test_values_of_all_kinds_are_written_as_the_screen_writes_them(self):
        values = [None, time(8, 5), QUARTER_PAST_TEN, 190.26, 3, "x", ("a", TUESDAY)]
        shown = [
            messages.text_of("printer_missing", {"printer": value}).split()[2] for value in values
        ]
        assert shown == ["–", "08:05", "Di", "190,3", "3", "x", "a,"]

    def test_values_that_went_through_json_are_written_so_too(self):
        said = messages.text_of("address_returned", {"returned_on": "2021-04-13"})
        assert "13.04.2021" in said
        assert "„1980-02-31“" in messages.text_of("date_impossible", {"value": "1980-02-31"})
        hours = [(QUARTER_PAST_TEN, QUARTER_TO_ELEVEN)]
        assert "(10:15–10:45)" in messages.text_of("outside_hours", {"hours": hours})

    def test_a_value_that_is_missing_leaves_a_gap_and_no_error(self):
        assert "…" in messages.text_of("too_early_by_post")

    def test_a_code_without_a_sentence_is_named(self):
        assert messages.text_of("brand_new") == "Das ist nicht möglich (brand_new)."

    def test_everything_with_a_code_can_be_worded(self):
        refusal = SimpleNamespace(code="in_the_past", params={})
        assert messages.message(refusal).startswith("Diese Zeit ist vorbei.")

    def test_an_error_says_all_it_has_to_say_once(self):
        error = Refused(Problem("in_the_past"), Problem("airing"), Problem("in_the_past"))
        assert len(messages.describe(error).splitlines()) == 2
        assert "jemand anderes" in messages.describe(Conflict("Client", None))

    def test_the_sentence_follows_the_language(self):
        activate("en")
        assert messages.text_of("in_the_past").startswith("This time is past.")
        assert _("") == ""
