"""Dates, times and lists as a German letter writes them, whatever language the screen speaks."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from koba_desktop.domain.clock import day_bounds, wall
from koba_desktop.letters.typesetting import fonts

_WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)
_NUMBERS = ("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn")
_SHORT = tuple(name[:2] for name in _WEEKDAYS)
_SPEAKING_HOURS = re.compile(r"((?:{0})(?:, (?:{0}))*) (\d.*?)(?: Uhr)?".format("|".join(_SHORT)))
_RUN = 3  # so many days in a row are named by the first and the last

NAMED_DAYS = 3
"""Of more tries a letter names only the last."""


def day(d: date) -> str:
    """ "1. April 2021" """
    return f"{d.day}. {_MONTHS[d.month - 1]} {d.year}"


def weekday_and_day(d: date) -> str:
    """ "Dienstag, 13. April 2021" """
    return f"{_WEEKDAYS[d.weekday()]}, {day(d)}"


def hour_and_minute(instant: datetime) -> str:
    """ "10:15" on the office's wall clock."""
    return f"{wall(instant):%H:%M}"


def clock_time(instant: datetime) -> str:
    """ "10:15 Uhr" on the office's wall clock."""
    return f"{hour_and_minute(instant)} Uhr"


def span(starts: datetime, ends: datetime, day: date) -> str:
    """From and until: "10:15 – 11:00"; what lasts longer than the day says so: "ab 10:15"."""
    midnight, next_midnight = day_bounds(day)
    if starts <= midnight and ends >= next_midnight:
        return "ganztägig"
    if starts < midnight:
        return f"bis {hour_and_minute(ends)}"
    if ends > next_midnight:
        return f"ab {hour_and_minute(starts)}"
    return f"{hour_and_minute(starts)} – {hour_and_minute(ends)}"


def moment(instant: datetime) -> str:
    """ "Dienstag, 13. April 2021, 10:15 Uhr" """
    return f"{weekday_and_day(wall(instant).date())}, {clock_time(instant)}"


def companions(number: int, *, easy: bool = False) -> str:
    """Who comes along, after "mit": "einer Begleitperson", "drei Begleitpersonen"; in Leichte
    Sprache with figures and the long word divided: "3 Begleit-Personen"."""
    if easy:
        return f"{number} Begleit-Person{'en' if number > 1 else ''}"
    if number == 1:
        return "einer Begleitperson"
    spelled = _NUMBERS[number - 2] if 2 <= number <= len(_NUMBERS) + 1 else str(number)
    return f"{spelled} Begleitpersonen"


def spelled_hours(line: str) -> str:
    """A line of speaking hours without abbreviations: "Montag und Mittwoch: 8 bis 16 Uhr" for
    "Mo, Mi 8–16"; what is said in another way stays."""
    found = _SPEAKING_HOURS.fullmatch(line)
    if found is None:
        return line
    days = [_SHORT.index(day) for day in found[1].split(", ")]
    names = [_WEEKDAYS[day] for day in days]
    if len(days) >= _RUN and days[-1] - days[0] == len(days) - 1:
        named = f"{names[0]} bis {names[-1]}"
    else:
        named = _listed(names)
    return f"{named}: {_listed(found[2].replace('–', ' bis ').split(', '))} Uhr"


def _listed(names: Sequence[str]) -> str:
    """ "A", "A und B", "A, B und C" """
    *others, last = names
    return f"{', '.join(others)} und {last}" if others else last


def floor(said: str) -> str:
    """Where a room is, of the floor as the office keeps it: "1. Etage" for "1", "Erdgeschoss" for
    "0"; what is no number stays as typed."""
    said = fonts.tidy(said)
    try:
        number = int(said)
    except ValueError:
        return said
    if number == 0:
        return "Erdgeschoss"
    return f"{number}. Etage" if number > 0 else f"{-number}. Untergeschoss"


def on_days(days: Sequence[date]) -> str:
    """The days of tries as the beginning of a sentence that follows a salutation.

    "am 1. April 2021"; "am 30. März und am 1. April 2021"; "am 29. März, am 30. März und am
    1. April 2021"; of more days "mehrmals, zuletzt am 1. April 2021,". The year stands once where
    it is the same. Empty for no day.
    """
    each = sorted(set(days))
    if not each:
        return ""
    if len(each) > NAMED_DAYS:
        return f"mehrmals, zuletzt am {day(each[-1])},"
    one_year = each[0].year == each[-1].year
    named = [
        f"am {d.day}. {_MONTHS[d.month - 1]}" if one_year and d != each[-1] else f"am {day(d)}"
        for d in each
    ]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} und {named[-1]}"
