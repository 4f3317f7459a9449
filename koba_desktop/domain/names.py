"""How a person is named and greeted in a letter. Names are never split or upper-cased."""

from koba_desktop.domain.vocabulary import Salutation


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
