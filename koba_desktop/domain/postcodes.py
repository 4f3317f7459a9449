"""Which postcode belongs to a street, by addresses that are known (domain rules § 8)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from koba_desktop.domain.folding import fold

_GERMAN = re.compile(r"[0-9]{5}")
_HOUSE = re.compile(r"\s+\d+\s*[a-zA-Z]?(\s*[-–/]\s*\d+\s*[a-zA-Z]?)*\s*$")
_SHORT = re.compile(r"str(?=$|\s)")


@dataclass(frozen=True, slots=True)
class KnownAddress:
    """A street with its house number, and where it is."""

    street: str
    postcode: str
    town: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A postcode, and to what it belongs: a street without its number, or all of the town ("")."""

    postcode: str
    town: str
    street: str = ""


def street_name(street: str) -> str:
    """The street without its house number: "Spiegelstraße" for "Spiegelstraße 12 a"."""
    return _HOUSE.sub("", street.strip()).strip(" ,")


def proposed_postcode(street: str, town: str, known: Iterable[KnownAddress]) -> Proposal | None:
    """The only postcode of the street in the town; of a street that nobody else lives in the only
    one of the town. None where there are several or none: a guess would send letters astray."""
    name = street_name(street)
    there = [
        each
        for each in known
        if _GERMAN.fullmatch(each.postcode.strip()) and fold(each.town) == fold(town)
    ]
    if not fold(town):
        return None
    beside = [each for each in there if fold(name) and _spelt(each.street) == _spelt(street)]
    found = {each.postcode.strip() for each in beside or there}
    if len(found) != 1:
        return None
    return Proposal(found.pop(), town.strip(), name if beside else "")


def _spelt(street: str) -> str:
    """However "Straße" is written."""
    return _SHORT.sub("strasse", fold(street_name(street))).replace(" ", "")
