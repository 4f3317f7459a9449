"""The wording of letters: text blocks as shipped, and filling their placeholders.

A placeholder is a German word in braces, ``{termin_datum}``, from a closed list. Nothing else is
interpreted: no expressions, no attributes, no formats.
"""

import difflib
import re
import tomllib
from collections.abc import Collection, Mapping
from functools import cache

from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.letters import markup
from koba_desktop.paths import resource_root

PLACEHOLDERS: Mapping[str, str] = {
    "termin": "Dienstag, 13. April 2021, 10:15 Uhr",
    "termin_datum": "Dienstag, 13. April 2021",
    "termin_uhrzeit": "10:15 Uhr",
    "termin_dauer": "30",
    "frueher": "Montag, 12. April 2021, 09:00 Uhr",
    "frueher_datum": "Montag, 12. April 2021",
    "frueher_uhrzeit": "09:00 Uhr",
    "versuche": "am 30. März und am 1. April 2021",
    "telefonnummer": "0176 04069118",
    "antwort_bis": "12. April 2021",
    "worum": "Um Ihre Situation, Ihre Fragen und die nächsten Schritte.",
    "kunde": "Marlies Kuhn",
    "terminnummer": "K7M4 9QXR",
    "berater": "Frau Berger",
    "unterschrift": "Berger",
    "besuchsnummer": "124",
    "begleitung": "einer Begleitperson",
    "ort": "Spiegelstraße 21, 38820 Halberstadt",
    "stelle": "Regionalstelle Halberstadt",
    "stelle_telefon": "03943 58-3000",
    "stelle_email": "halberstadt@koba.example",
}
"""Every placeholder a wording may use, with an example of what stands for it."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")


@cache
def shipped_templates() -> tuple[tuple[LetterKind, str, str, dict[str, str]], ...]:
    """The wordings that come with the program: (kind, language, variant, blocks) each.

    What all kinds of a language share (``common.toml``) is part of each one's blocks.
    """
    shipped = []
    for folder in sorted((resource_root() / "letters").iterdir()):
        if not folder.is_dir():
            continue
        common = tomllib.loads((folder / "common.toml").read_text(encoding="utf-8"))
        for file in sorted(folder.glob("*.toml")):
            if file.stem == "common":
                continue
            own = tomllib.loads(file.read_text(encoding="utf-8"))
            shipped.append((LetterKind(file.stem), folder.name, "standard", common | own))
    return tuple(shipped)


def shipped_blocks(kind: LetterKind, language: str = "de") -> dict[str, str]:
    """The shipped wording of one kind. Raises KeyError where there is none."""
    for each, code, _variant, blocks in shipped_templates():
        if (each, code) == (kind, language):
            return dict(blocks)
    raise KeyError(kind, language)


def placeholders(text: str) -> list[str]:
    """The placeholders a block uses, in order."""
    return _PLACEHOLDER.findall(text)


def check(blocks: Mapping[str, str]) -> list[Problem]:
    """What is wrong with a wording: unknown placeholders, markup that is not allowed."""
    problems = []
    for name, text in blocks.items():
        problems += markup.check(text, name)
        problems += [
            _unknown(used, name) for used in placeholders(text) if used not in PLACEHOLDERS
        ]
        if stray := _BRACE.search(_PLACEHOLDER.sub("", text)):
            problems.append(_unknown(stray[0], name))
    return problems


def fill(blocks: Mapping[str, str], values: Mapping[str, str | None]) -> dict[str, str]:
    """The blocks with their placeholders replaced, as markup for paragraphs.

    Values are text and are escaped. Raises Refused, listing every ``placeholder_unknown`` (with
    the nearest as ``suggestion``), ``placeholder_missing`` and fault of markup, where = block.
    """
    problems = check(blocks)
    for name, text in blocks.items():
        problems += [
            Problem("placeholder_missing", {"placeholder": f"{{{used}}}"}, name)
            for used in placeholders(text)
            if used in PLACEHOLDERS and not values.get(used)
        ]
    if problems:
        raise Refused(*problems)
    return {
        name: _PLACEHOLDER.sub(
            lambda found: markup.escape(values[found[1]] or ""), markup.to_paragraph(text)
        )
        for name, text in blocks.items()
    }


def _unknown(used: str, where: str) -> Problem:
    nearest = difflib.get_close_matches(used.strip().lower(), PLACEHOLDERS, n=1, cutoff=0.0)
    params = {"placeholder": f"{{{used}}}", "suggestion": f"{{{nearest[0]}}}"}
    return Problem("placeholder_unknown", params, where)


def choose(blocks: Mapping[str, str], conditions: Collection[str]) -> dict[str, str]:
    """The blocks of a letter of which these conditions hold, by their names."""
    return {name: blocks[key] for name, key in choice(blocks, conditions).items()}


def choice(blocks: Mapping[str, str], conditions: Collection[str]) -> dict[str, str]:
    """Which version of each block a letter takes of which these conditions hold: name to key.

    A block ``about`` may have versions, ``about.no_about`` or ``about.no_about.representative``:
    of those whose conditions all hold the one with the most takes its place, of equals the first.
    """
    chosen: dict[str, str] = {}
    weights: dict[str, int] = {}
    for key in blocks:
        name, *needed = key.split(".")
        if set(needed) <= set(conditions) and len(needed) > weights.get(name, -1):
            chosen[name] = key
            weights[name] = len(needed)
    return chosen
