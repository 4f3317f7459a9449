"""Which column of a clients' export holds what: found by the usual titles of the columns."""

import unicodedata
from collections.abc import Mapping, Sequence

from koba_desktop.domain.errors import Problem, Refused

TITLES: Mapping[str, tuple[str, ...]] = {
    "number": ("kundennummer", "kundennr", "kdnr", "kundenid", "clientnumber", "number"),
    "case_number": ("bgnummer", "bgnr", "bedarfsgemeinschaft", "casenumber"),
    "salutation": ("anrede", "salutation"),
    "title": ("titel", "akademischergrad", "title"),
    "family_name": ("nachname", "familienname", "zuname", "familyname", "lastname", "name"),
    "given_name": ("vorname", "vornamen", "rufname", "givenname", "firstname"),
    "birth_date": ("geburtsdatum", "gebdatum", "geburtstag", "gebdat", "birthdate", "dateofbirth"),
    "street": (
        *("strasse", "strassehausnummer", "strassehausnr", "strasseundhausnummer"),
        *("strassenr", "anschrift", "street"),
    ),
    "house_number": ("hausnummer", "hausnr", "hnr", "housenumber"),
    "postcode": ("plz", "postleitzahl", "postcode", "zip"),
    "town": ("ort", "wohnort", "stadt", "town", "city"),
    "care_of": ("co", "wohnhaftbei", "careof"),
    "extra": ("adresszusatz", "anschriftenzusatz", "zusatz", "ortsteil"),
    "country": ("land", "staat", "country"),
    "phone": ("telefon", "telefonnummer", "tel", "festnetz", "telefonprivat", "rufnummer", "phone"),
    "mobile": ("mobil", "mobiltelefon", "mobilnummer", "handy", "handynummer", "mobile"),
    "work_phone": ("telefondienstlich", "telefonarbeit", "workphone"),
    "email": ("email", "emailadresse", "mail"),
    "language": ("sprache", "korrespondenzsprache", "language"),
    "representative": (
        *("betreuer", "betreuerin", "betreuung", "gesetzlichevertretung"),
        *("vertreter", "representative"),
    ),
    "office": ("regionalstelle", "standort", "dienststelle", "geschaftsstelle", "office"),
    "advisor": ("berater", "beraterin", "ansprechpartner", "fallmanager", "pap", "advisor"),
    "address_blocked": ("auskunftssperre", "adresssperre", "sperrvermerk", "addressblocked"),
    "note": ("bemerkung", "bemerkungen", "notiz", "hinweis", "note"),
}
"""Field to column titles, folded, the surest first."""

ESSENTIAL = ("number", "family_name", "office")


def folded(title: str) -> str:
    """A title without case, accents, blanks and punctuation: "E-Mail" and "email" are one."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    return "".join(ch for ch in plain if ch.isalnum())


def is_known(title: str) -> bool:
    return any(folded(title) in names for names in TITLES.values())


def mapped(titles: Sequence[str]) -> dict[str, int]:
    """Field to index of its column.

    Raises Refused: ``columns_missing`` with what was found, ``column_twice`` where two columns
    have the title of one field.
    """
    names = [folded(title) for title in titles]
    found: dict[str, int] = {}
    problems: list[Problem] = []
    for field, synonyms in TITLES.items():
        title = next((synonym for synonym in synonyms if synonym in names), None)
        if title is None:
            continue
        found[field] = names.index(title)
        if names.count(title) > 1:
            name = titles[found[field]]
            problems.append(Problem("column_twice", {"column": name}, where=name))
    missing = [TITLES[field][0] for field in ESSENTIAL if field not in found]
    if missing:
        shown = [title or "–" for title in titles]
        problems.insert(
            0,
            Problem(
                "columns_missing",
                {"missing": [name.capitalize() for name in missing], "found": shown[:30]},
                where="line 1",
            ),
        )
    if problems:
        raise Refused(*problems)
    return found
