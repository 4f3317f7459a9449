"""Short names of the weekdays in any language, whatever the screen speaks."""

from functools import cache


@cache
def short_weekdays(language: str) -> tuple[str, ...]:
    """ "Mo", "Di" … for a language code, Monday first (CLDR). Raises LookupError for a language
    that is not known."""
    from babel.core import UnknownLocaleError
    from babel.dates import get_day_names

    try:
        names = get_day_names("abbreviated", "stand-alone", language)
    except UnknownLocaleError as error:
        raise LookupError(language) from error
    return tuple(names[day].removesuffix(".") for day in range(7))
