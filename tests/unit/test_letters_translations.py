"""Courtesy translations: as complete as the German letter they stand beside, and in one language.

Every folder of letters counts that is not German; what is asked of one is asked of all.
"""

import re
import tomllib
import unicodedata
from functools import cache

import pytest

from koba_desktop.domain import wording
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.letters.typesetting import fonts, markup
from koba_desktop.paths import resource_root
from koba_desktop.services.office.usual import SUMMONS, usual_kinds

COMMON = "common"
KINDS = (
    LetterKind.TELEPHONE_PROPOSAL,
    LetterKind.CHANGED_TELEPHONE,
    LetterKind.CANCELLATION,
    LetterKind.CONVERSION,
    LetterKind.PERSONAL,
)
PARTS = (COMMON, *(kind.value for kind in KINDS))
LANGUAGES = tuple(
    sorted(
        folder.name
        for folder in (resource_root() / "letters").iterdir()
        if folder.is_dir() and not folder.name.startswith("de")
    )
)
OF_TRANSLATIONS_ONLY = {
    "translation_title": set[str](),
    "binding": set[str](),
    "unreviewed": set[str](),
    "reviewed": {"geprueft_von", "geprueft_am"},
    "salutation": {"kunde"},
    "salutation.representative": set[str](),
    "german_letter": set[str](),
    "slip_explained": set[str](),
}
"""Blocks the German letter has no use for, with their placeholders."""

ON_THE_GERMAN_PAGE_ONLY = (
    *("info_", "letterhead", "page_", "specimen"),
    *("slip_heading", "slip_subject", "slip_date", "slip_signature", "slip_return"),
)
ARABIC_SCRIPT = ("ar", "fa")
GERMAN_WORDS = (
    *("und", "der", "die", "das", "nicht", "wir", "sie", "ihr", "ihre", "ihnen", "bitte", "bis"),
    *("mit", "uns", "kommen", "rufen", "anrufen", "uhr", "uhrzeit", "brief", "abschnitt", "seite"),
    *("telefontermin", "unterschrift", "datum", "grüßen", "auftrag", "gespräch", "leider", "frau"),
    *("kundennummer", "terminnummer", "betreuer", "muster", "übersetzung", "antwort", "tag"),
)
PLACES = tuple((language, part) for language in LANGUAGES for part in PARTS)

of_every_part = pytest.mark.parametrize(("language", "part"), PLACES)
of_every_language = pytest.mark.parametrize("language", LANGUAGES)


@cache
def blocks_of(language: str, part: str) -> dict[str, str]:
    file = resource_root() / "letters" / language / f"{part}.toml"
    own = tomllib.loads(file.read_text(encoding="utf-8"))
    own.pop("without", None)
    return own


def said_by(language: str) -> dict[str, str]:
    """What the printed page says: every block of a language without placeholders and markup."""
    return {
        f"{part}/{name}": re.sub(r"\{[^{}]*\}", " ", markup.plain(text))
        for part in PARTS
        for name, text in blocks_of(language, part).items()
    }


def lacking(text: str, language: str) -> str:
    """The characters that no font of the language has; what joins or parts letters is not drawn."""
    drawn = "".join(ch for ch in text if unicodedata.category(ch) != "Cf")
    return fonts.missing(drawn, arabic=language in ARABIC_SCRIPT)


def order_of_versions(blocks: dict[str, str]) -> dict[str, list[str]]:
    orders: dict[str, list[str]] = {}
    for key in blocks:
        orders.setdefault(key.split(".")[0], []).append(key)
    return orders


@of_every_language
def test_the_five_kinds_a_client_must_act_on_are_translated(language: str) -> None:
    folder = resource_root() / "letters" / language
    assert sorted(file.stem for file in folder.glob("*.toml")) == sorted(PARTS)


@of_every_language
@pytest.mark.parametrize("kind", KINDS)
def test_a_translation_has_the_blocks_and_versions_of_the_german_letter(
    language: str, kind: LetterKind
) -> None:
    """In the same order, too: of versions that fit equally the first is taken."""
    german = {
        key: text
        for key, text in blocks_of("de", kind.value).items()
        if not key.startswith(ON_THE_GERMAN_PAGE_ONLY)
    }
    assert order_of_versions(blocks_of(language, kind.value)) == order_of_versions(german)


@of_every_language
def test_what_all_letters_share_is_translated_as_far_as_the_page_shows_it(language: str) -> None:
    german = blocks_of("de", COMMON)
    shown = {key for key in german if not key.startswith(ON_THE_GERMAN_PAGE_ONLY)}
    own = set(blocks_of(language, COMMON))
    assert own == shown | set(OF_TRANSLATIONS_ONLY)


@of_every_part
def test_each_block_uses_the_placeholders_of_its_german_master(language: str, part: str) -> None:
    german = {key: set(wording.placeholders(text)) for key, text in blocks_of("de", part).items()}
    master = german | (OF_TRANSLATIONS_ONLY if part == COMMON else {})
    own = {key: set(wording.placeholders(text)) for key, text in blocks_of(language, part).items()}
    assert own == {key: master[key] for key in own}


@of_every_part
def test_a_translation_has_no_fault_and_only_the_markup_of_its_master(
    language: str, part: str
) -> None:
    own, german = blocks_of(language, part), blocks_of("de", part)
    assert wording.check(own) == []
    for key in own.keys() & german.keys():
        tags = set(re.findall(r"<[^>]*>", own[key]))
        assert tags == set(re.findall(r"<[^>]*>", german[key])), key


@of_every_part
def test_a_block_is_empty_only_where_the_german_one_is(language: str, part: str) -> None:
    german = blocks_of("de", part)
    for key, text in blocks_of(language, part).items():
        assert bool(text) == bool(german.get(key, "x")), key


@of_every_part
def test_the_figures_are_those_of_the_german_letter(language: str, part: str) -> None:
    """In Latin digits, whatever the script; a decimal comma may be a point."""
    own, german = blocks_of(language, part), blocks_of("de", part)
    for key in own.keys() & german.keys():
        digits = re.findall(r"[0-9]+", own[key])
        assert sorted(digits) == sorted(re.findall(r"[0-9]+", german[key])), key
        assert not [ch for ch in own[key] if ch.isdigit() and not ch.isascii()], key


@of_every_language
def test_no_german_is_left_in_a_translation(language: str) -> None:
    left = [
        (where, word)
        for where, text in said_by(language).items()
        for word in re.findall(r"\w+", text.lower())
        if word in GERMAN_WORDS
    ]
    assert left == []


@of_every_language
def test_every_character_can_be_set(language: str) -> None:
    assert lacking("".join(said_by(language).values()), language) == ""


@of_every_language
def test_the_characters_are_composed_and_the_quotes_typographic(language: str) -> None:
    for where, text in said_by(language).items():
        assert text == unicodedata.normalize("NFC", text), where
        assert not set(text) & {'"', "'", "`", "´"}, where


@of_every_part
def test_no_block_has_stray_spaces(language: str, part: str) -> None:
    for key, text in blocks_of(language, part).items():
        assert text == " ".join(text.split()), key
        assert "<br/> " not in text, key
        assert " <br/>" not in text, key
        assert not re.search(r"\s[.,;!?]", text), key


@pytest.mark.skipif("ro" not in LANGUAGES, reason="no Romanian letters")
def test_romanian_has_a_comma_below_s_and_t() -> None:
    said = "".join(said_by("ro").values())
    assert not set(said) & set("şţŞŢ")
    assert set(said) >= set("șțăâî")


@of_every_language
def test_the_usual_kinds_of_appointment_say_what_they_are_about(language: str) -> None:
    for kind in usual_kinds():
        assert kind.about[language].strip(), kind.name
        assert kind.about[language] != kind.about["de"], kind.name
        assert len(kind.papers[language]) == len(kind.papers["de"]), kind.name
        entries = "".join((kind.about[language], *kind.papers[language]))
        assert lacking(entries, language) == "", kind.name
    if language == "ro":
        every = str([(kind.about["ro"], kind.papers["ro"]) for kind in usual_kinds()])
        assert not set(every) & set("şţŞŢ")


def test_the_usual_purposes_of_a_summons_are_whole_sentences_for_whoever_reads_them() -> None:
    """Of a client or of somebody who represents one: no "your" is the client's."""
    found = [
        kind.about[key] for kind in usual_kinds() for key in SUMMONS.values() if key in kind.about
    ]
    assert len(found) == 4
    for said in found:
        assert said.startswith("Wir ")
        assert said[-1] in ".?"
        assert "Ihr" not in said
