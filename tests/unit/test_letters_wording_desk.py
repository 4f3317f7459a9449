"""A wording is tried before it is saved, with the letters there can be."""

import io
from datetime import date

import pdfplumber
import pytest

from koba_desktop.domain.errors import NotFound, Problem, Refused
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.letters.letter import texts, values
from koba_desktop.letters.letter.dummies import dummy, holds
from koba_desktop.letters.letter.wording_desk import LetterWordingDesk, cases
from koba_desktop.services.ports import RenderedLetter

PROPOSAL = LetterKind.TELEPHONE_PROPOSAL
SHIPPED = [(kind, language, variant) for kind, language, variant, _ in texts.shipped_templates()]
GERMAN = [each for each in SHIPPED if each[1] == "de"]
TRANSLATED = [each for each in SHIPPED if each[1] != "de"]


def master_of(kind: LetterKind, language: str) -> dict[str, str]:
    return texts.shipped_blocks(kind) if language != "de" else {}


def problems(
    kind: LetterKind, changes: dict[str, str], language: str = "de"
) -> tuple[Problem, ...]:
    """What there is to say about a shipped wording with some blocks changed."""
    desk = LetterWordingDesk()
    blocks = {**desk.shipped(kind, language, "standard"), **changes}
    return desk.problems(kind, language, "standard", blocks, master_of(kind, language))


def said(rendered: RenderedLetter, page: int = 0) -> str:
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as document:
        return " ".join((document.pages[page].extract_text() or "").split())


# --- the letters it is tried with -----------------------------------------------------------------


@pytest.mark.parametrize(("kind", "language", "variant"), SHIPPED)
def test_there_is_a_letter_for_each_version_of_each_block(
    kind: LetterKind, language: str, variant: str
) -> None:
    blocks = LetterWordingDesk().shipped(kind, language, variant)
    shown: set[str] = set()
    for case in cases(kind, blocks):
        for hard in (False, True):
            holding = values.conditions(dummy(kind, case, hard=hard))
            assert case <= holding
            shown |= set(texts.choice(blocks, holding).values())
    never = set(blocks) - shown
    assert {key for key in never if "second_page" not in key} == set()


def test_there_are_few_of_them_so_that_nobody_waits() -> None:
    assert all(len(cases(kind, texts.shipped_blocks(kind))) <= 14 for kind, _, _ in GERMAN)


def test_the_hardest_letter_has_six_lines_of_address_and_a_long_name() -> None:
    hard = dummy(PROPOSAL, hard=True)
    assert len(hard["recipient_lines"]) == 6
    assert len(hard["client"]["name"]) > 70
    assert len(dummy(PROPOSAL, hard=False)["recipient_lines"]) == 4


def test_what_cannot_be_is_not_tried() -> None:
    assert holds(PROPOSAL, {"no_phone"})
    assert not holds(LetterKind.CONFIRMATION, {"no_deadline", "no_former", "changed"})


@pytest.mark.parametrize(("kind", "language", "variant"), SHIPPED)
def test_the_cases_of_the_program_are_among_those_one_can_add(
    kind: LetterKind, language: str, variant: str
) -> None:
    desk = LetterWordingDesk()
    possible = desk.conditions(kind)
    for key in desk.shipped(kind, language, variant):
        first, *others = key.split(".")[1:] or [""]
        if first:
            assert set(others) <= possible[first], key


def test_each_condition_of_a_letter_is_known() -> None:
    """The list of them, and what a letter is looked at for."""
    held: set[str] = set()
    for condition in values.CONDITIONS:
        for kind in LetterKind:
            held |= values.conditions(dummy(kind, {condition}, hard=False))
    assert held == set(values.CONDITIONS)


# --- what is wrong with it ------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "language", "variant"), SHIPPED)
def test_what_the_program_brings_can_be_saved(
    kind: LetterKind, language: str, variant: str
) -> None:
    desk = LetterWordingDesk()
    blocks = desk.shipped(kind, language, variant)
    assert desk.problems(kind, language, variant, blocks, master_of(kind, language)) == ()


def test_an_unknown_placeholder_is_named_with_what_was_meant() -> None:
    [found] = problems(PROPOSAL, {"intro.no_attempts": "Guten Tag {kudne}"})
    assert (found.code, found.where) == ("placeholder_unknown", "intro.no_attempts")
    assert found.params == {"placeholder": "{kudne}", "suggestion": "{kunde}"}


def test_an_open_tag_is_refused_at_its_block() -> None:
    [found] = problems(PROPOSAL, {"closing": "Mit <b>freundlichen Grüßen"})
    assert (found.code, found.where) == ("markup_not_closed", "closing")


@pytest.mark.parametrize("key", ["intro", "intro.no_attempts", "silence.no_phone", "slip_phone"])
def test_a_character_without_a_glyph_is_named_at_the_version_that_has_it(key: str) -> None:
    [found] = problems(PROPOSAL, {key: "Guten Tag 漢"})
    assert (found.code, found.where) == ("character_not_in_font", key)
    assert found.params["character"] == "漢 (U+6F22)"


@pytest.mark.parametrize(
    ("kind", "language", "variant", "key"),
    [
        (PROPOSAL, "de", "standard", "specimen"),
        (PROPOSAL, "de", "standard", "page_second"),
        (PROPOSAL, "de", "easy", "page_fourth"),
        (LetterKind.CANCELLATION, "de", "standard", "contact_slip.second_page"),
        (LetterKind.CANCELLATION, "en", "standard", "contact_slip.second_page"),
        (PROPOSAL, "ar", "standard", "contact_slip.second_page"),
    ],
)
def test_a_character_without_a_glyph_is_found_where_no_trial_sets_it(
    kind: LetterKind, language: str, variant: str, key: str
) -> None:
    desk = LetterWordingDesk()
    blocks = dict(desk.shipped(kind, language, variant))
    blocks[key] += " 龍"
    [found] = desk.problems(kind, language, variant, blocks, master_of(kind, language))
    assert (found.code, found.where) == ("character_not_in_font", key)
    assert found.params["character"] == "龍 (U+9F8D)"


def test_a_text_too_long_for_the_letter_is_told_apart_from_its_neighbours() -> None:
    [found] = problems(PROPOSAL, {"intro.representative": "Ein sehr langer Satz. " * 90})
    assert (found.code, found.where) == ("wording_too_long", "intro.representative")
    assert found.params["over"] > 0


def test_a_text_too_long_for_its_place_is_refused_there() -> None:
    [found] = problems(PROPOSAL, {"slip_subject": "zum Telefontermin am {termin} " * 12})
    assert (found.code, found.where) == ("text_does_not_fit", "slip_subject")


def test_what_not_every_letter_knows_is_only_for_the_version_in_which_it_is_known() -> None:
    [found] = problems(PROPOSAL, {"closing": "Wir rufen {telefonnummer} an. {unterschrift}"})
    assert (found.code, found.where) == ("placeholder_not_always", "closing")
    assert found.params == {"placeholder": "{telefonnummer}"}
    assert problems(PROPOSAL, {"silence": "Wir rufen {telefonnummer} an."}) == ()


def test_a_text_the_letter_needs_is_not_left_empty_and_another_may_be() -> None:
    [found] = problems(PROPOSAL, {"subject": " "})
    assert (found.code, found.where) == ("block_empty", "subject")
    assert problems(PROPOSAL, {"silence": "", "box_code": ""}) == ()
    assert problems(LetterKind.PERSONAL, {"rule_symptoms": ""}) == ()


@pytest.mark.skipif(not TRANSLATED, reason="no translation is shipped")
def test_a_translation_says_all_that_the_german_wording_says() -> None:
    kind, language, _variant = TRANSLATED[0]
    key = next(key for key, text in texts.shipped_blocks(kind).items() if "{termin}" in text)
    found = problems(kind, {key: "…"}, language)
    assert ("placeholder_lacking", key) in {(p.code, p.where) for p in found}


@pytest.mark.skipif(not TRANSLATED, reason="no translation is shipped")
@pytest.mark.parametrize("key", ["reviewed", "unreviewed", "binding", "slip_explained"])
def test_a_translation_is_tried_checked_and_unchecked(key: str) -> None:
    shipped = LetterWordingDesk().shipped(PROPOSAL, "uk", "standard")[key]
    [found] = problems(PROPOSAL, {key: f"{shipped} 漢"}, "uk")
    assert (found.code, found.where) == ("character_not_in_font", key)


def test_problems_stand_in_the_order_of_the_letter() -> None:
    found = problems(PROPOSAL, {"closing": "{x}", "subject": "{y}", "letterhead": "{z}"})
    order = list(LetterWordingDesk().shipped(PROPOSAL, "de", "standard"))
    assert [p.where for p in found] == sorted((p.where for p in found), key=order.index)


# --- what it looks like ---------------------------------------------------------------------------


def test_a_sample_shows_the_case_asked_for() -> None:
    desk = LetterWordingDesk()
    blocks = desk.shipped(PROPOSAL, "de", "standard")
    usual = desk.sample(PROPOSAL, "de", "standard", blocks, {}, hard=False)
    without = desk.sample(
        PROPOSAL, "de", "standard", blocks, {}, conditions=["no_phone"], hard=False
    )
    assert "0176 04069118" in said(usual)
    assert "Bitte nennen Sie uns vorher eine Nummer" in said(without)


@pytest.mark.parametrize(
    ("added", "code"), [("龍", "character_not_in_font"), ("Wort " * 900, "wording_too_long")]
)
def test_a_sample_that_cannot_be_made_says_what_is_wrong_with_the_wording(
    added: str, code: str
) -> None:
    desk = LetterWordingDesk()
    blocks = dict(desk.shipped(PROPOSAL, "de", "standard"))
    blocks["intro"] += f" {added}"
    with pytest.raises(Refused) as refused:
        desk.sample(PROPOSAL, "de", "standard", blocks, {}, hard=False)
    assert (refused.value.code, refused.value.problems[0].where) == (code, "intro")


def test_the_hardest_sample_has_the_long_name() -> None:
    desk = LetterWordingDesk()
    blocks = desk.shipped(PROPOSAL, "de", "standard")
    assert "Hohenstein-Wernigerode" in said(desk.sample(PROPOSAL, "de", "standard", blocks, {}))


@pytest.mark.skipif(not TRANSLATED, reason="no translation is shipped")
def test_a_translation_is_shown_behind_its_german_letter() -> None:
    kind, language, variant = TRANSLATED[0]
    desk = LetterWordingDesk()
    blocks = desk.shipped(kind, language, variant)
    rendered = desk.sample(kind, language, variant, blocks, master_of(kind, language), hard=False)
    assert rendered.pages >= 2


def test_a_translation_that_was_checked_says_by_whom() -> None:
    desk = LetterWordingDesk()
    wording = (PROPOSAL, "en", "standard", desk.shipped(PROPOSAL, "en", "standard"))
    master = master_of(PROPOSAL, "en")
    checked = desk.sample(*wording, master, review=("Jane Doe", date(2021, 4, 12)))
    assert "Jane Doe on 12 April 2021" in said(checked, -1)
    assert "has not yet been checked" in said(desk.sample(*wording, master), -1)


def test_each_block_offers_what_a_letter_of_its_case_knows() -> None:
    desk = LetterWordingDesk()
    blocks = desk.shipped(PROPOSAL, "de", "standard")
    offered = desk.placeholders(PROPOSAL, "de", "standard", blocks)
    assert "telefonnummer" in offered["box_line"]
    assert "telefonnummer" not in offered["box_line.no_phone"]
    assert offered["box_line"]["termin_uhrzeit"] == "10:15 Uhr"
    assert "besuchsnummer" not in offered["intro"]


@pytest.mark.skipif(not TRANSLATED, reason="no translation is shipped")
def test_a_translation_offers_values_in_its_language() -> None:
    desk = LetterWordingDesk()
    blocks = desk.shipped(PROPOSAL, "uk", "standard")
    offered = desk.placeholders(PROPOSAL, "uk", "standard", blocks)
    assert "вівторок" in offered["about"]["termin"]
    assert offered["reviewed"]["geprueft_von"]
    assert "geprueft_von" not in offered["about"]


def test_a_wording_nobody_ships_is_not_found() -> None:
    with pytest.raises(NotFound, match="wording_missing"):
        LetterWordingDesk().shipped(LetterKind.SUMMONS, "pl", "standard")
