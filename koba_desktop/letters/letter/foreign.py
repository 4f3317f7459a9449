"""What the placeholders of a courtesy translation say: days, times and lists in its language.

Digits are Latin, days Gregorian and times "10:15" in every language, so that they are the same as
in the German letter. Each value is isolated (``bidi``): the sentence around it may run either way.
"""

from collections.abc import Sequence
from datetime import date, datetime

from koba_desktop.domain.clock import wall
from koba_desktop.letters.letter import german, texts, values
from koba_desktop.letters.typesetting import bidi, fonts
from koba_desktop.services.letters.data import LetterData
from koba_desktop.services.ports import CourtesyText

_LOCALES = {"en": "en_GB"}  # the day before the month, as in Germany
_NON_JOINER = "\u200c"
_NUMBERS = frozenset(
    {
        *("termin_uhrzeit", "frueher_uhrzeit", "termin_dauer", "telefonnummer", "terminnummer"),
        *("besuchsnummer", "begleitung", "stelle_telefon", "stelle_email"),
    }
)
_UNBROKEN = _NUMBERS | {"antwort_bis", "geprueft_am"}
_SAID_IN_THE_LANGUAGE = frozenset(
    {"termin", "termin_datum", "frueher", "frueher_datum", "versuche", "antwort_bis", "geprueft_am"}
)


def filled(
    courtesy: CourtesyText, data: LetterData, *, second_page: bool = False
) -> dict[str, str]:
    """The blocks of a translation that this letter takes, filled, as markup for paragraphs.

    ``second_page``: the reply slip stands on a page of its own. Of ``reviewed`` and ``unreviewed``
    the one that is true is left. Raises Refused as ``texts.fill``.
    """
    translated = data.get("translated")
    holding = set(values.conditions(data))
    if not translated or not fonts.tidy(translated["about"]):
        holding.add("no_about")
    if second_page:
        holding.add("second_page")
    chosen = texts.choose(courtesy.blocks, holding)
    chosen.pop("unreviewed" if courtesy.reviewed_on else "reviewed", None)
    return texts.fill(chosen, _said(courtesy, data))


def moment(instant: datetime, language: str) -> str:
    """ "Tuesday, 13 April 2021, 10:15", to stand by itself; the first letter is a capital."""
    said = _moment(instant, language)
    return said[:1].upper() + said[1:]


def name_of_german(language: str) -> str:
    """What the German language is called in another: "niemiecki", "Almanca"."""
    from babel import Locale

    return str(Locale.parse(language).languages["de"])


def unbroken(text: str) -> str:
    """The text so that no line ends inside it."""
    return text.replace(" ", "\u00a0")


def _said(courtesy: CourtesyText, data: LetterData) -> dict[str, str | None]:
    """What stands for each placeholder, isolated; None where there is nothing to say."""
    language = courtesy.language
    own = bidi.RIGHT_TO_LEFT if bidi.runs_right_to_left(language) else bidi.LEFT_TO_RIGHT
    plain = values.values(data) | own_values(courtesy, data)
    isolated: dict[str, str | None] = {}
    for name, value in plain.items():
        direction = bidi.FIRST_STRONG
        if name in _NUMBERS:
            direction = bidi.LEFT_TO_RIGHT
        elif name in _SAID_IN_THE_LANGUAGE:
            direction = own
        said = tidied(value) if value else ""
        if name in _UNBROKEN:
            said = unbroken(said)
        isolated[name] = bidi.isolated(said, direction) if said else None
    return isolated


def tidied(value: str) -> str:
    """As ``fonts.tidy``, but with what keeps letters of a Farsi word apart."""
    return _NON_JOINER.join(fonts.tidy(part) for part in value.split(_NON_JOINER))


def own_values(courtesy: CourtesyText, data: LetterData) -> dict[str, str | None]:
    """The values that a translation says otherwise than the German letter, as plain text."""
    language = courtesy.language
    starts, formerly = values.appointment_start(data), values.former_start(data)
    translated, until = data.get("translated"), values.answer_until(data)
    visit = data.get("visit")
    return {
        "termin": _moment(starts, language) if starts else None,
        "termin_datum": _full(starts, language) if starts else None,
        "termin_uhrzeit": german.hour_and_minute(starts) if starts else None,
        "frueher": _moment(formerly, language) if formerly else None,
        "frueher_datum": _full(formerly, language) if formerly else None,
        "frueher_uhrzeit": german.hour_and_minute(formerly) if formerly else None,
        "versuche": _days([date.fromisoformat(d) for d in data["attempts"]], language),
        "antwort_bis": _day(until, language) if until else None,
        "worum": translated["about"] if translated else None,
        "begleitung": str(visit["companions"]) if visit and visit["companions"] else None,
        "geprueft_von": courtesy.reviewed_by,
        "geprueft_am": _day(courtesy.reviewed_on, language) if courtesy.reviewed_on else None,
    }


def _moment(instant: datetime, language: str) -> str:
    comma = "،" if bidi.runs_right_to_left(language) else ","
    return f"{_full(instant, language)}{comma} {german.hour_and_minute(instant)}"


def _full(instant: datetime, language: str) -> str:
    """The day with its weekday, on the office's wall clock."""
    from babel.dates import format_date

    return format_date(wall(instant).date(), "full", _LOCALES.get(language, language))


def _day(day: date, language: str) -> str:
    from babel.dates import format_date

    return format_date(day, "long", _LOCALES.get(language, language))


def _days(days: Sequence[date], language: str) -> str:
    """ "30 March and 1 April 2021"; the year stands once where it is the same."""
    from babel.dates import format_skeleton
    from babel.lists import format_list

    locale = _LOCALES.get(language, language)
    each = sorted(set(days))[-german.NAMED_DAYS :]
    if not each:
        return ""
    one_year = each[0].year == each[-1].year
    *others, last = each
    said = [
        format_skeleton("MMMMd", day, locale=locale) if one_year else _day(day, language)
        for day in others
    ]
    return format_list([*said, _day(last, language)], locale=locale)
