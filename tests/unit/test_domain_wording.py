"""What a wording may say, before any font has a word in it."""

import pytest

from koba_desktop.domain.errors import Problem
from koba_desktop.domain.wording import (
    PLACEHOLDERS,
    agree,
    check,
    lacking,
    placeholders,
    replaced,
)


def test_placeholders_are_found_in_order() -> None:
    assert placeholders("am {termin_datum} um {termin_uhrzeit}, {termin_datum}") == [
        "termin_datum",
        "termin_uhrzeit",
        "termin_datum",
    ]


def test_each_placeholder_gives_way_to_what_is_said_for_it() -> None:
    assert replaced("{kunde}: {termin}", str.upper) == "KUNDE: TERMIN"


def test_every_placeholder_has_an_example_and_passes_the_check() -> None:
    assert all(PLACEHOLDERS.values())
    assert check({name: f"<b>{{{name}}}</b>" for name in PLACEHOLDERS}) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("{nmae}", None),
        ("{kunden}", "{kunde}"),
        ("{Kunde}", "{kunde}"),
        ("{ termin }", "{termin}"),
        ("{termin_dautm}", "{termin_datum}"),
        ("{termin.__class__}", None),
    ],
)
def test_an_unknown_placeholder_is_named_with_the_nearest(typed: str, meant: str | None) -> None:
    (problem,) = check({"intro": f"vor {typed} nach"})
    assert (problem.code, problem.where) == ("placeholder_unknown", "intro")
    assert problem.params["placeholder"] == typed
    assert problem.params["suggestion"].strip("{}") in PLACEHOLDERS
    assert meant in (None, problem.params["suggestion"])


@pytest.mark.parametrize("text", ["{termin", "termin}", "{{termin}"])
def test_a_stray_brace_is_a_placeholder_gone_wrong(text: str) -> None:
    assert [problem.code for problem in check({"intro": text})] == ["placeholder_unknown"]


def test_all_that_is_wrong_is_told_at_once_each_with_its_block() -> None:
    found = check({"intro": "<b>{kunden}", "about": "<img src='/etc/passwd'/>", "closing": "gut"})
    assert [(problem.code, problem.where) for problem in found] == [
        ("markup_not_closed", "intro"),
        ("placeholder_unknown", "intro"),
        ("markup_not_allowed", "about"),
    ]


def test_a_translation_says_all_that_its_master_says_by_placeholders() -> None:
    master = {
        "intro": "am {termin} und {termin}, Nummer {terminnummer}",
        "about": "{worum}",
        "closing": "{unterschrift}",
    }
    translation = {
        "intro": "Your appointment {termin}",
        "about": "What it is about",
        "extra": "{stelle_telefon}",
    }
    assert lacking(master, translation) == [
        Problem("placeholder_lacking", {"placeholder": "{terminnummer}"}, "intro"),
        Problem("placeholder_lacking", {"placeholder": "{worum}"}, "about"),
    ]
    assert lacking(master, {"intro": "{termin} {terminnummer} {kunde}"}) == []


def test_a_case_of_its_own_says_what_the_german_letter_says_in_that_case() -> None:
    master = {
        "intro": "Am {termin}",
        "intro.representative": "{kunde}: {termin}",
        "intro.no_phone": "Ohne Nummer",
    }
    blocks = {"intro.representative.female_advisor": "{termin}", "intro.male_advisor": "?"}
    assert [(p.where, p.params["placeholder"]) for p in lacking(master, blocks)] == [
        ("intro.representative.female_advisor", "{kunde}"),
        ("intro.male_advisor", "{termin}"),
    ]


@pytest.mark.parametrize(
    ("translation", "states_the_same"),
    [
        ({"intro": "{termin}: call {stelle_telefon}"}, True),
        ({"intro": "{stelle_telefon}, {termin} ({termin})", "closing": "Yours"}, True),
        ({"intro": "{stelle_telefon}, {termin}", "reviewed": "{geprueft_von}"}, True),
        ({"intro": "{termin}"}, False),
        ({"intro": "{termin} {stelle_telefon} {ort}"}, False),
        ({"intro": "{termin} {stelle_telefon}", "closing": "{ort}"}, False),
        ({"closing": "Yours"}, False),
        ({"intro": "{termin} {stelle_telefon}", "slip_subject": "on {ort}"}, True),
    ],
)
def test_a_translation_agrees_that_states_what_the_master_states(
    translation: dict[str, str], states_the_same: bool
) -> None:
    master = {
        "intro": "Am {termin}, Telefon {stelle_telefon}",
        "closing": "Freundliche Grüße",
        "slip_subject": "zum Termin am {termin}",  # on the German page only
    }
    assert agree(master, translation) is states_the_same
