"""How a person is named and greeted in a letter. Names are never split or upper-cased."""

import unicodedata

from koba_desktop.domain.errors import Problem
from koba_desktop.domain.vocabulary import Salutation

LONGEST_NAME = 120
"""Characters of a name that somebody types at the desk."""

_NO_TEXT = ("Cc", "Cs")  # control characters, and halves of a pair


def typed_name(text: str) -> str:
    """A name as typed or scanned, on one line and without what is no text; "" where nothing is
    left that can be read."""
    line = " ".join(text.split())
    kept = "".join(sign for sign in line if unicodedata.category(sign) not in _NO_TEXT).strip()
    return kept if any(unicodedata.category(sign)[0] not in "CZ" for sign in kept) else ""


def problem_with_visitor(text: str) -> Problem | None:
    """What is wrong with the name of a visitor without a record: ``client_missing``,
    ``text_too_long`` (longest)."""
    name = typed_name(text)
    if not name:
        return Problem("client_missing", where="client_id")
    if len(name) > LONGEST_NAME:
        return Problem("text_too_long", {"longest": LONGEST_NAME}, "visitor_name")
    return None


def plain_name(given: str, family: str, title: str = "") -> str:
    """ "Dr. Jonas Roth"; with one name only, that one."""
    return " ".join(part for part in (title.strip(), given.strip(), family.strip()) if part)


def greeting(salutation: Salutation, title: str, given: str, family: str) -> str:
    """The salutation line of a German letter, with its comma.

    "Sehr geehrte Frau Kuhn,", "Sehr geehrter Herr Dr. Roth,"; without a salutation the neutral
    "Guten Tag Marlies Kuhn,". Who has one name only is greeted by that name.
    """
    addressed = " ".join(part for part in (title.strip(), family.strip() or given.strip()) if part)
    if salutation is Salutation.FRAU:
        return f"Sehr geehrte Frau {addressed},"
    if salutation is Salutation.HERR:
        return f"Sehr geehrter Herr {addressed},"
    return f"Guten Tag {plain_name(given, family, title)},"


def address_name(salutation: Salutation, title: str, given: str, family: str) -> tuple[str, ...]:
    """The name as an address has it: "Herrn" (accusative) or "Frau" on a line of its own, or
    neither, then title and names."""
    form = {Salutation.FRAU: "Frau", Salutation.HERR: "Herrn", Salutation.NONE: ""}[salutation]
    return tuple(line for line in (form, plain_name(given, family, title)) if line)
