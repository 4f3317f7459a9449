"""Whatever somebody types: a letter that is right, or a refusal that says what and where.

With ``--full-letters`` 10,000 addresses on each sheet instead of 50.
"""

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.letters.letter import texts
from koba_desktop.letters.letter.render import Renderer
from koba_desktop.services.ports import CourtesyText, LetterSource, RenderedLetter
from tests.unit.letter_chaos import addresses, lines
from tests.unit.letter_reading import ALWAYS, MARKS, faults, read, window_faults
from tests.unit.letter_samples import letter

PROPOSAL = LetterKind.TELEPHONE_PROPOSAL
SHEETS = [(form, envelope) for form in MARKS for envelope in ALWAYS]
FULL = 10_000


def many(examples: int, full: int, config: pytest.Config) -> settings:
    """How long to look. The short look is at the same texts each time: what only the thorough one
    finds becomes an example."""
    thorough = config.getoption("--full-letters")
    return settings(
        max_examples=full if thorough else examples,
        derandomize=not thorough,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[phase for phase in Phase if phase is not Phase.explain],
    )


def tidied(lines: Sequence[str]) -> list[str]:
    """What an address says: no empty lines, no characters that nobody sees."""
    found = []
    for line in lines:
        spaced = "".join(" " if ch.isspace() else ch for ch in line)
        seen = "".join(ch for ch in spaced if not unseen(ch))
        found.append(" ".join(unicodedata.normalize("NFC", seen).split()))
    return [line for line in found if line]


def unseen(ch: str) -> bool:
    """Controls, and what Unicode calls ignorable."""
    code = ord(ch)
    return (
        unicodedata.category(ch) in ("Cf", "Cc")
        or ch in "\u034f\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0"
        or 0x180B <= code <= 0x180F
        or 0xFE00 <= code <= 0xFE0F
        or 0xE0000 <= code <= 0xE0FFF
        or code in range(0x2060, 0x2070)
        or code in range(0xFFF0, 0xFFFC)
    )


def rendered_or_refused(
    translation: CourtesyText | None = None, **changes: Any
) -> RenderedLetter | Refused:
    """Nothing else may happen. A refusal names a place and a code of its own."""
    blocks = texts.shipped_blocks(PROPOSAL)
    data = letter(**{"calendar_entry": "Termin", **changes})
    source = LetterSource(PROPOSAL, blocks, data, translation=translation)
    try:
        return Renderer().render(source)
    except Refused as refused:
        return refused


def names_the_place(refused: Refused, codes: Sequence[str], places: Sequence[str]) -> bool:
    return all(p.code in codes and p.where in places for p in refused.problems)


ADDRESS_CODES = ("address_missing", "address_does_not_fit", "unprintable_character")


def look_at(form: str, envelope: str, given_lines: list[str]) -> None:
    made = rendered_or_refused(recipient_lines=given_lines, form=form, envelope=envelope)
    if isinstance(made, Refused):
        assert names_the_place(made, ADDRESS_CODES, ["recipient_lines"])
        return
    assert made.violations == ()
    (page,) = read(made.pdf)
    expected = ["Postfach 15 42 · 38805 Halberstadt", *tidied(given_lines)]
    assert window_faults(page, form, envelope, expected) == []


@pytest.mark.parametrize(("form", "envelope"), SHEETS)
def test_an_address_is_shown_as_it_is_or_refused(
    form: str, envelope: str, pytestconfig: pytest.Config
) -> None:
    @many(50, FULL, pytestconfig)
    @given(addresses)
    @example(["¸"])
    @example(["Frau", "a¸ b¨", "´c ˛"])
    @example(["Frau", "Øu\u034fhs &\u2068", "{0} a\x00b", "x\u0301 s\u0331", "none ¯ :oa"])
    @example(["Herrn", "Adébáyọ̀ Ọlọ́ṣẹ́", "", "\u202eabc\u202c", "Ẽ\u0302\u0323 Ẽ\u0302"] + ["x"] * 5)
    def looked_at(given_lines: list[str]) -> None:
        look_at(form, envelope, given_lines)

    looked_at()


# --- all the other texts on a letter ------------------------------------------------------------


def _of(part: str, name: str) -> Callable[[str], dict[str, Any]]:
    return lambda text: {part: {name: text}}


FIELDS: dict[str, Callable[[str], dict[str, Any]]] = {
    "client.name": _of("client", "name"),
    "client.number": _of("client", "number"),
    "salutation_line": lambda text: {"salutation_line": text},
    "advisor.name": _of("advisor", "name"),
    "advisor.phone": _of("advisor", "phone"),
    "advisor.signature": _of("advisor", "signature"),
    "about": lambda text: {"about": text},
    "papers": lambda text: {"papers": ["Ihren Lebenslauf", text]},
    "appointment.phone": _of("appointment", "phone"),
    "office.name": _of("office", "name"),
    "office.street": _of("office", "street"),
    "office.town": _of("office", "town"),
    "office.phone": _of("office", "phone"),
    "office.email": _of("office", "email"),
    "office.return_line": _of("office", "return_line"),
    "office.reply_lines": lambda text: {"office": {"reply_lines": [text, "38805 Halberstadt"]}},
    "office.hours": lambda text: {"office": {"hours": [text]}},
}
SHOWN_OTHERWISE = ("advisor.phone", "appointment.phone", "office.phone")
"""Numbers are written as DIN 5008 wants them."""

PLACES = {
    "client.name": ("client.name", "salutation"),
    "client.number": ("info_number",),
    "salutation_line": ("salutation_line",),
    "advisor.name": ("info_advisor", "box_line"),
    "advisor.phone": ("info_phone",),
    "advisor.signature": ("closing",),
    "about": ("about",),
    "papers": ("papers",),
    "appointment.phone": ("box_line",),
    "office.name": ("office",),
    "office.street": ("office",),
    "office.town": ("office",),
    "office.phone": ("office", "contact_phone"),
    "office.email": ("info_mail", "contact_mail"),
    "office.return_line": ("office.return_line",),
    "office.reply_lines": ("office.reply_lines",),
    "office.hours": ("office.hours",),
}
"""Where a refusal says that such a text stands."""

CODES = (
    *("unprintable_character", "text_does_not_fit", "return_line_does_not_fit"),
    *("placeholder_missing", "letter_too_long"),
)
WINDOW = [
    "Postfach 15 42 · 38805 Halberstadt",
    *("Frau", "Marlies Kuhn", "Lindenweg 7", "38820 Halberstadt"),
]


def look_at_field(field: str, text: str, language: str) -> None:
    translation = None
    if language:
        translation = CourtesyText(language, texts.shipped_blocks(PROPOSAL, language))
    made = rendered_or_refused(translation, **FIELDS[field](text))
    if isinstance(made, Refused):
        assert names_the_place(made, CODES, PLACES[field]), made.problems
        return
    assert made.violations == ()
    pages = read(made.pdf)
    return_line = tidied([text]) if field == "office.return_line" else WINDOW[:1]
    assert faults(pages, "B", "DL", [*return_line, *WINDOW[1:]]) == []
    if field not in SHOWN_OTHERWISE:
        shown = "".join(char.text for page in pages for char in page.chars)
        assert without_hyphens("".join(tidied([text]))) in without_hyphens(shown)


def without_hyphens(text: str) -> str:
    """As it is compared: words may be divided, and every accent stands by itself."""
    apart = "".join(unicodedata.normalize("NFKD", text).split())
    return apart.replace("-", "").replace("\u2010", "")


@pytest.mark.parametrize("language", ["", "ar", "pl"])
def test_whatever_stands_elsewhere_is_shown_or_refused(
    language: str, pytestconfig: pytest.Config
) -> None:
    @many(20 if language else 80, 1_000, pytestconfig)
    @given(st.sampled_from(list(FIELDS)), lines)
    @example("client.name", "Adébáyọ̀ \u202eabc\u202c <b>&amp;</b> {kunde}")
    @example("office.town", "0  ẋ\u0323")
    @example("client.name", "t¨")
    @example("office.phone", "<b>")
    @example("about", "ę b\u200b}ê g")
    def looked_at(field: str, text: str) -> None:
        look_at_field(field, text, language)

    looked_at()


def test_the_calendar_may_be_told_anything(pytestconfig: pytest.Config) -> None:
    """What the code says is the administrator's."""

    @many(25, 1_000, pytestconfig)
    @given(lines)
    @example("\ud800")
    @example("Termin " * 60)
    def looked_at(text: str) -> None:
        made = rendered_or_refused(calendar_entry=text)
        if isinstance(made, Refused):
            assert names_the_place(made, CODES, ["calendar_entry"])
            return
        assert made.violations == ()
        assert faults(read(made.pdf), "B", "DL", WINDOW) == []

    looked_at()
