"""Dates in fields, as the language in force writes and types them, and as Qt has them."""

import re
from datetime import date

from PySide6.QtCore import QDate

from koba_desktop.i18n import language


def date_pattern() -> str:
    """Qt's pattern for date fields: "13.04.2021", in English "13/04/2021"."""
    return "dd.MM.yyyy" if language() == "de" else "dd/MM/yyyy"


def to_qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def from_qt(day: QDate) -> date:
    """Of a valid one."""
    return date(day.year(), day.month(), day.day())


_TYPED = re.compile(r"(\d{1,2})\s*[./ -]\s*(\d{1,2})\s*[./ -]\s*(\d{4}|\d{2})")
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def parse_date(text: str, today: date) -> date:
    """The day somebody typed: "14.7.1979", "14/07/79", "14071979" or "1979-07-14".

    Years of two digits are the last such year that is not to come. Raises ValueError for what is
    no day of the calendar (31.02.1980).
    """
    typed = text.strip().rstrip(".")
    iso = _ISO.fullmatch(typed)
    if iso is not None:
        return date(int(iso[1]), int(iso[2]), int(iso[3]))
    found = _TYPED.fullmatch(typed) or _DIGITS.fullmatch(typed)
    if found is None:
        raise ValueError(text)
    day, month, year = int(found[1]), int(found[2]), int(found[3])
    if len(found[3]) == 2:
        year += today.year - today.year % 100
        if date(year, month, day) > today:
            year -= 100
    return date(year, month, day)
