"""Reading the cells of an export: dates, postcodes, yes and no, a representative's line."""

import re
import unicodedata
from datetime import date
from functools import cache

from koba_desktop.domain.vocabulary import Language, Salutation
from koba_desktop.services.clients.importing import ImportedRepresentative

_DATES = (
    re.compile(r"(?P<d>\d{1,2})\.\s*(?P<m>\d{1,2})\.\s*(?P<y>\d{4}|\d{2})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
    re.compile(r"(?P<d>\d{1,2})[/-](?P<m>\d{1,2})[/-](?P<y>\d{4})"),
)
_MIDNIGHT = re.compile(r"[T ]00:00(:00)?(\.0+)?$")
_SALUTATIONS = {
    **dict.fromkeys(("frau", "fr", "w", "weiblich", "ms", "mrs"), Salutation.FRAU),
    **dict.fromkeys(("herr", "herrn", "hr", "m", "männlich", "mr"), Salutation.HERR),
    **dict.fromkeys(("", "divers", "d", "keine", "ohne", "none"), Salutation.NONE),
}
_LANGUAGES = {
    **{language.value: language for language in Language},
    "deutsch": Language.DE,
    "leichte sprache": Language.DE_EASY,
    "englisch": Language.EN,
    "ukrainisch": Language.UK,
    "russisch": Language.RU,
    "arabisch": Language.AR,
    "farsi": Language.FA,
    "persisch": Language.FA,
    "dari": Language.FA,
    "türkisch": Language.TR,
    "polnisch": Language.PL,
    "rumänisch": Language.RO,
}
_FLAGS = {
    **dict.fromkeys(("", "n", "nein", "no", "0", "false", "falsch"), False),
    **dict.fromkeys(("j", "ja", "y", "yes", "1", "x", "true", "wahr"), True),
}


def line_of(cell: str) -> str:
    """A cell as one line: line breaks, tabs and repeated blanks become one blank."""
    return " ".join(unicodedata.normalize("NFC", cell).split())


def text_of(cell: str) -> str:
    """A cell with its own line breaks, written as \\n."""
    return "\n".join(line.rstrip() for line in unicodedata.normalize("NFC", cell).splitlines())


def birth_date(text: str, today: date) -> date:
    """A date of birth: TT.MM.JJJJ, T.M.JJ, JJJJ-MM-TT, JJJJMMTT, TT/MM/JJJJ.

    Of a year with two digits the latest one that is not to come is meant. Raises ValueError where
    there is no such day.
    """
    text = _MIDNIGHT.sub("", text)
    match = next((m for m in (form.fullmatch(text) for form in _DATES) if m), None)
    if match is None:
        raise ValueError(text)
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    if len(match["y"]) == 2:
        year += 2000
        if (year, month, day) > (today.year, today.month, today.day):
            year -= 100
    return date(year, month, day)


def has_short_year(text: str) -> bool:
    return re.fullmatch(r"\d{1,2}\.\s*\d{1,2}\.\s*\d{2}", text) is not None


def salutation(text: str) -> Salutation | None:
    return _SALUTATIONS.get(text.casefold().rstrip("."))


def language(text: str) -> Language | None:
    return _LANGUAGES.get(text.casefold())


def flag(text: str) -> bool | None:
    """Yes or no; None where the text says neither."""
    return _FLAGS.get(text.casefold())


def country(text: str) -> str | None:
    """The country's German name; "" for Germany; None where the text names no country."""
    code = _countries().get(text.casefold().strip())
    if code is None:
        return None
    return "" if code == "DE" else _country_name(code)


def split_country(town: str) -> tuple[str, str]:
    """("Gdańsk", "Polen") of "Gdańsk, Polen"; the country is "" where the town names none."""
    place, comma, last = town.rpartition(",")
    found = country(last) if comma else None
    return (town, "") if found is None else (place.strip(), found)


@cache
def _countries() -> dict[str, str]:
    """Names in German and English and two-letter codes, in small letters, to the code."""
    from babel import Locale

    known: dict[str, str] = {}
    for locale in ("en", "de"):
        for code, name in Locale(locale).territories.items():
            if len(code) == 2 and code.isalpha():
                known[name.casefold()] = code
                known[code.casefold()] = code
    return known


def _country_name(code: str) -> str:
    from babel import Locale

    return str(Locale("de").territories[code])


def representative(text: str) -> ImportedRepresentative | None:
    """A representative in one cell: name or organisation, person, street, postcode and town.

    "Betreuungsbüro Harz, z. Hd. Frau Lindner, Breite Str. 4, 38855 Wernigerode". None where there
    is no postal address in it: letters must not go to a guess. Names are not split.
    """
    parts = [part.strip() for part in text.split(",")]
    place = re.fullmatch(r"(\d{5}) (.+)", parts[-1])
    if place is None or len(parts) < 3:
        return None
    *names, street, _place = parts
    organisation, form, name = "", Salutation.NONE, ""
    for part in names:
        person = re.sub(r"^(z\. ?Hd\.|zu Händen|c/o)\s*(von )?", "", part)
        called = re.fullmatch(r"(Frau|Herrn?) (.+)", person)
        if called:
            form, name = _SALUTATIONS[called[1].casefold()], called[2]
        elif person != part or (part == names[-1] and organisation):
            name = person
        else:
            organisation = f"{organisation}, {part}".lstrip(", ")
    if not name:
        organisation, name = "", organisation
    return ImportedRepresentative(
        family_name=name,
        salutation=form,
        organisation=organisation,
        street=street,
        postcode=place[1],
        town=place[2],
    )
