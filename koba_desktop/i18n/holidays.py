"""Public holidays of a German state, from the ``holidays`` package."""

from datetime import date
from functools import lru_cache

from koba_desktop.i18n.catalogue import language

_LANGUAGES = {"de": "de", "en": "en_US"}


class HolidayCalendar:
    """The public holidays of one state; "ST" is Saxony-Anhalt (with 6 January and 31 October)."""

    def __init__(self, subdivision: str = "ST") -> None:
        self.subdivision = subdivision

    def name(self, day: date) -> str | None:
        """The holiday's name in the language of the screen, None on other days."""
        return _of_year(self.subdivision, language(), day.year).get(day)

    def is_holiday(self, day: date) -> bool:
        return self.name(day) is not None


@lru_cache(maxsize=64)
def _of_year(subdivision: str, code: str, year: int) -> dict[date, str]:
    from holidays import country_holidays

    found = country_holidays("DE", subdiv=subdivision, language=_LANGUAGES[code], years=year)
    return dict(found.items())
