"""Dates, times, names and numbers as the screen writes them, in the language in force.

Days are days of the office; instants are aware and shown on the office's wall clock. The names of
days and months stand here because a calendar paints hundreds of them and loading the CLDR data
for them would cost 40 ms of the start.
"""

from datetime import date, datetime, timedelta

from koba_desktop.domain.clock import day_of, wall
from koba_desktop.domain.vocabulary import Salutation
from koba_desktop.i18n.catalogue import _, language
from koba_desktop.i18n.phones import display
from koba_desktop.i18n.words import word

_WEEKDAYS = {
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_WEEKDAYS_SHORT = {
    "de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = {
    "de": (
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}


def weekday_name(iso_weekday: int, *, short: bool = False) -> str:
    """The name of an ISO weekday (Monday = 1): "Dienstag", short "Di"."""
    return (_WEEKDAYS_SHORT if short else _WEEKDAYS)[language()][iso_weekday - 1]


def month_name(month: int) -> str:
    """ "April" for 4."""
    return _MONTHS[language()][month - 1]


def _day_number(d: date) -> str:
    return f"{d.day}." if language() == "de" else str(d.day)


def _day_month(d: date) -> str:
    return f"{_day_number(d)} {month_name(d.month)}"


def date_long(d: date) -> str:
    """ "Dienstag, 13. April 2021" """
    return f"{weekday_name(d.isoweekday())}, {_day_month(d)} {d.year}"


def date_short(d: date) -> str:
    """ "13.04.2021", in English "13/04/2021" """
    return f"{d:%d.%m.}{d.year:04d}" if language() == "de" else f"{d:%d/%m}/{d.year:04d}"


def weekday_date(d: date) -> str:
    """ "Di 13. April" """
    return f"{weekday_name(d.isoweekday(), short=True)} {_day_month(d)}"


def weekday_short(d: date) -> str:
    """ "Di 13." """
    return f"{weekday_name(d.isoweekday(), short=True)} {_day_number(d)}"


def weekday_numeric(d: date) -> str:
    """ "Di 13.04.", in English "Tue 13/04": where a column has no room for the month's name."""
    day = f"{d:%d.%m.}" if language() == "de" else f"{d:%d/%m}"
    return f"{weekday_name(d.isoweekday(), short=True)} {day}"


def month_title(d: date) -> str:
    """ "April 2021" """
    return f"{month_name(d.month)} {d.year}"


def time_of(instant: datetime) -> str:
    """ "10:15" on the office's wall clock."""
    return f"{wall(instant):%H:%M}"


def span_of(starts: datetime, ends: datetime) -> str:
    """ "10:15–10:45" on the office's wall clock."""
    return f"{time_of(starts)}–{time_of(ends)}"


def moment_of(instant: datetime) -> str:
    """ "Di 13. April, 10:15" on the office's wall clock."""
    return f"{weekday_date(wall(instant).date())}, {time_of(instant)}"


def moment_numeric(instant: datetime) -> str:
    """ "Di 13.04., 10:15" on the office's wall clock."""
    return f"{weekday_numeric(wall(instant).date())}, {time_of(instant)}"


def recent_moment(instant: datetime, today: date) -> str:
    """ "10:15", of another day than today "Di 13. April, 10:15"."""
    return time_of(instant) if day_of(instant) == today else moment_of(instant)


def past_moment(instant: datetime, today: date) -> str:
    """ "gestern 14:20": an instant of the last days."""
    day, time = day_of(instant), time_of(instant)
    if day == today:
        return _("today {time}").format(time=time)
    if day == today - timedelta(days=1):
        return _("yesterday {time}").format(time=time)
    return moment_numeric(instant)


def past_day(day: date, today: date) -> str:
    """ "heute", "gestern", "Mo 12.04.": a day of the last weeks."""
    if day == today:
        return _("today")
    if day == today - timedelta(days=1):
        return _("yesterday")
    return weekday_numeric(day)


def week_title(first: date, last: date) -> str:
    """ "KW 15 · 12.–16. April 2021": the ISO week of ``first`` and the days shown."""
    if first.year != last.year:
        days = f"{_day_month(first)} {first.year} – {_day_month(last)} {last.year}"
    elif first.month != last.month:
        days = f"{_day_month(first)} – {_day_month(last)} {last.year}"
    else:
        days = f"{_day_number(first)}–{_day_month(last)} {last.year}"
    return _("Week {number}").format(number=first.isocalendar().week) + f" · {days}"


def phone(text: str) -> str:
    """A number as DIN 5008 writes it; what is no number stays as typed."""
    return display(text)


def name_sorted(family: str, given: str) -> str:
    """ "Kuhn, Marlies"; a person with one name has no comma."""
    return ", ".join(part for part in (family, given) if part)


def name_full(salutation: Salutation, title: str, given: str, family: str) -> str:
    """ "Frau Dr. Marlies Kuhn", without what is empty."""
    form = "" if salutation is Salutation.NONE else word(salutation)
    return " ".join(part for part in (form, title, given, family) if part)


def reference(code: str) -> str:
    """ "K7M4 9QXR": the reference of an appointment in two groups."""
    return f"{code[:4]} {code[4:]}".strip()


def number(x: float, digits: int = 0) -> str:
    """A number with its decimals and groups of thousands: "1.284", "190,3"."""
    text = f"{x:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if language() == "de" else text
