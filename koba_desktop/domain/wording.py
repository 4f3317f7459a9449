"""What a wording of a letter may say: its placeholders and its little markup.

A placeholder is a German word in braces, ``{termin_datum}``, from a closed list. Nothing else is
interpreted: no expressions, no attributes, no formats. The markup is ``<b>``, ``<i>`` and
``<br/>``; what looks like another tag is refused: some of them would open files when drawn.
"""

import difflib
import re
from collections.abc import Callable, Mapping

from koba_desktop.domain.errors import Problem

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
    "geprueft_von": "Jane Doe",
    "geprueft_am": "31 March 2021",
}
"""Every placeholder a wording may use, with an example of what stands for it. The last two stand
in translations only."""

TAG = re.compile(r"<\s*(/?)\s*(b|i|br)\s*(/?)\s*>", re.IGNORECASE)
"""A tag of the markup: whether it closes, its name, whether it closes itself."""

_ON_GERMAN_PAGE_ONLY = frozenset({"slip_subject"})
_LIKE_A_TAG = re.compile(r"<[A-Za-z/!?][^<>]{0,40}>?")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")


def placeholders(text: str) -> list[str]:
    """The placeholders a block uses, in order."""
    return _PLACEHOLDER.findall(text)


def replaced(text: str, say: Callable[[str], str]) -> str:
    """The text with what ``say`` answers in the place of each placeholder."""
    return _PLACEHOLDER.sub(lambda found: say(found[1]), text)


def check(blocks: Mapping[str, str]) -> list[Problem]:
    """What is wrong with a wording, where = block: ``placeholder_unknown`` (with the nearest as
    ``suggestion``), ``markup_not_allowed``, ``markup_not_closed``."""
    problems = []
    for name, text in blocks.items():
        problems += check_markup(text, name)
        problems += [
            _unknown(used, name) for used in placeholders(text) if used not in PLACEHOLDERS
        ]
        if stray := _BRACE.search(_PLACEHOLDER.sub("", text)):
            problems.append(_unknown(stray[0], name))
    return problems


def check_markup(text: str, where: str) -> list[Problem]:
    """``markup_not_allowed`` for another tag, ``markup_not_closed`` for an open or crossed one."""
    problems = []
    open_tags: list[str] = []
    for tag in TAG.finditer(text):
        closing, name = tag[1], tag[2].lower()
        if name == "br":
            continue
        if not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            problems.append(Problem("markup_not_closed", {"markup": tag[0]}, where))
            open_tags.clear()
    if open_tags:
        problems.append(Problem("markup_not_closed", {"markup": f"<{open_tags[-1]}>"}, where))
    for other in _LIKE_A_TAG.finditer(TAG.sub(" ", text)):
        problems.append(Problem("markup_not_allowed", {"markup": other[0]}, where))
    return problems


def lacking(master: Mapping[str, str], blocks: Mapping[str, str]) -> list[Problem]:
    """``placeholder_lacking``, where = block: what a block of the German ``master`` says by a
    placeholder, and the translation's block of the same name and case does not. Of a case that the
    master does not know it is the block the German letter has in that case."""
    return [
        Problem("placeholder_lacking", {"placeholder": f"{{{used}}}"}, name)
        for name, text in blocks.items()
        for used in dict.fromkeys(placeholders(_counterpart(master, name)))
        if used not in placeholders(text)
    ]


def _counterpart(master: Mapping[str, str], key: str) -> str:
    """What the master says where a translation has this version of a block."""
    name, *conditions = key.split(".")
    fitting = [
        each
        for each in master
        if each.split(".")[0] == name and set(each.split(".")[1:]) <= set(conditions)
    ]
    return master[max(fitting, key=lambda each: each.count("."))] if fitting else ""


def agree(master: Mapping[str, str], blocks: Mapping[str, str]) -> bool:
    """Whether a translation states the same facts as a German text, be they worded otherwise: each
    block says by placeholders what the block of the same name says, but for what only the German
    page bears."""
    return all(
        set(placeholders(text)) == set(placeholders(blocks.get(name, "")))
        for name, text in master.items()
        if (name in blocks or placeholders(text)) and name.split(".")[0] not in _ON_GERMAN_PAGE_ONLY
    )


def _unknown(used: str, where: str) -> Problem:
    nearest = difflib.get_close_matches(used.strip().lower(), PLACEHOLDERS, n=1, cutoff=0.0)
    params = {"placeholder": f"{{{used}}}", "suggestion": f"{{{nearest[0]}}}"}
    return Problem("placeholder_unknown", params, where)
