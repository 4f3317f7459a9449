"""The rest of a name after the letters typed so far."""

from koba_desktop.domain import folding
from koba_desktop.i18n import formats
from koba_desktop.services.rows import ClientRow

ENOUGH = 3
"""So many letters find somebody."""


def sorted_name(row: ClientRow) -> str:
    return formats.name_sorted(row.family_name, row.given_name)


def completed(typed: str, row: ClientRow) -> str | None:
    """What was typed and the rest of the name, family or given name first; None where neither
    begins so. "Mue" is completed to "Mueller, Eckhard" where he is called Müller."""
    given_first = " ".join(part for part in (row.given_name, row.family_name) if part)
    for name in (sorted_name(row), given_first):
        reached = _reached(typed, name)
        if reached is not None:
            return typed + name[reached:]
    return None


def _reached(typed: str, name: str) -> int | None:
    """How many characters of the name are typed already, however they are spelt."""
    if name[: len(typed)].lower() == typed.lower():
        return len(typed)
    wanted, within = _spelt(typed), typed[-1:].isalnum()
    ends = (end for end in range(len(name), 0, -1) if name[end - 1].isalnum() is within)
    return next((end for end in ends if _spelt(name[:end]) == wanted), None)


def _spelt(text: str) -> str:
    return folding.reduced(folding.fold(text))
