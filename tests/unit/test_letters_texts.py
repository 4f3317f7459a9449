"""Wordings: what is shipped, what placeholders and markup may do, German dates."""

import itertools
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koba_desktop.domain import wording
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.letters import german, markup, texts

KINDS = (
    LetterKind.TELEPHONE_PROPOSAL,
    LetterKind.CHANGED_TELEPHONE,
    LetterKind.CONFIRMATION,
    LetterKind.CONVERSION,
    LetterKind.PERSONAL,
    LetterKind.CANCELLATION,
)


def test_the_kinds_an_appointment_asks_for_are_shipped_in_german() -> None:
    shipped = {
        (kind, language, variant) for kind, language, variant, _ in texts.shipped_templates()
    }
    assert {(kind, "de", "standard") for kind in KINDS} <= shipped


@pytest.mark.parametrize("kind", KINDS)
def test_a_shipped_wording_has_no_fault_and_threatens_nobody(kind: LetterKind) -> None:
    blocks = texts.shipped_blocks(kind)
    assert wording.check(blocks) == []
    said = " ".join(blocks.values()).lower()
    for word in (
        "meldeversäumnis",
        "rechtsfolge",
        "sanktion",
        "minderung",
        "arbeitslosengeld",
        "hartz",
    ):
        assert word not in said


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_else_holds_a_representative_is_not_spoken_to_as_the_client(
    kind: LetterKind,
) -> None:
    blocks = texts.shipped_blocks(kind)
    differing = [key.split(".")[0] for key in blocks if key.endswith(".representative")]
    assert {"subject", "intro"} <= set(differing)
    for name in differing:
        versions = {key: key for key in blocks if key.split(".")[0] == name}
        if f"{name}.representative" not in versions:
            continue
        others = sorted({c for key in versions for c in key.split(".")[1:]} - {"representative"})
        for count in range(len(others) + 1):
            for holding in itertools.combinations(others, count):
                chosen = texts.choose(versions, {"representative", *holding})[name]
                assert "representative" in chosen.split("."), (chosen, holding)


def test_a_placeholder_is_filled_with_its_value() -> None:
    filled = texts.fill({"intro": "am {termin_datum}, {termin_uhrzeit}"}, wording.PLACEHOLDERS)
    assert filled == {"intro": "am Dienstag, 13. April 2021, 10:15 Uhr"}


def test_an_unknown_placeholder_is_refused_with_the_nearest_known() -> None:
    with pytest.raises(Refused) as refused:
        texts.fill({"intro": "am {termin_dautm}", "closing": "{kunden}"}, wording.PLACEHOLDERS)
    found = [
        (p.code, p.where, p.params["placeholder"], p.params["suggestion"])
        for p in refused.value.problems
    ]
    assert found == [
        ("placeholder_unknown", "intro", "{termin_dautm}", "{termin_datum}"),
        ("placeholder_unknown", "closing", "{kunden}", "{kunde}"),
    ]


@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_value_is_refused(value: str | None) -> None:
    with pytest.raises(Refused) as refused:
        texts.fill({"box_line": "unter {telefonnummer}"}, {"telefonnummer": value})
    problem = refused.value.problems[0]
    assert (problem.code, problem.where) == ("placeholder_missing", "box_line")


@pytest.mark.parametrize(
    "text",
    [
        "{termin.__class__}",
        "{termin!r}",
        "{termin:>99999999}",
        "{0}",
        "{}",
        "{ termin }",
        "{termin",
        "termin}",
    ],
)
def test_nothing_but_plain_placeholders_is_interpreted(text: str) -> None:
    with pytest.raises(Refused, match="placeholder_unknown"):
        texts.fill({"intro": text}, wording.PLACEHOLDERS)


@pytest.mark.parametrize(
    "text",
    [
        '<img src="/etc/passwd"/>',
        "<a href='x'>y</a>",
        "<font size=99>",
        "<!-- x",
        "</para>",
    ],
)
def test_other_markup_is_refused(text: str) -> None:
    assert "markup_not_allowed" in [p.code for p in wording.check_markup(text, "intro")]
    with pytest.raises(Refused):
        texts.fill({"intro": text}, {})


@pytest.mark.parametrize("text", ["<b>fett", "fett</b>", "<b><i>schräg</b></i>"])
def test_open_and_crossed_markup_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="markup_not_closed"):
        texts.fill({"intro": text}, {})


def test_a_value_is_text_and_never_markup_or_placeholder() -> None:
    filled = texts.fill({"intro": "<b>{kunde}</b> & Co. < 5"}, {"kunde": "<b>A & B</b> {termin}"})
    assert filled["intro"] == "<b>&lt;b&gt;A &amp; B&lt;/b&gt; {termin}</b> &amp; Co. &lt; 5"
    assert markup.plain(filled["intro"]) == "<b>A & B</b> {termin} & Co. < 5"


@given(st.text(max_size=40))
def test_any_value_comes_out_as_it_went_in(value: str) -> None:
    if value:
        filled = texts.fill({"intro": "{kunde}"}, {"kunde": value})
        assert markup.plain(filled["intro"]) == value


def test_the_version_with_the_most_conditions_is_chosen() -> None:
    blocks = {
        "about": "1",
        "about.no_about": "2",
        "about.no_about.representative": "3",
        "intro.x": "4",
    }
    assert texts.choose(blocks, set()) == {"about": "1"}
    assert texts.choose(blocks, {"no_about"}) == {"about": "2"}
    assert texts.choose(blocks, {"representative"}) == {"about": "1"}
    assert texts.choose(blocks, {"representative", "no_about", "x"}) == {"about": "3", "intro": "4"}


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([], ""),
        (["2021-04-01"], "am 1. April 2021"),
        (["2021-04-01", "2021-03-30"], "am 30. März und am 1. April 2021"),
        (["2021-04-01", "2021-04-01"], "am 1. April 2021"),
        (["2020-12-30", "2021-01-04"], "am 30. Dezember 2020 und am 4. Januar 2021"),
        (
            ["2021-03-29", "2021-03-30", "2021-04-01"],
            "am 29. März, am 30. März und am 1. April 2021",
        ),
        (
            ["2021-03-26", "2021-03-29", "2021-03-30", "2021-04-01"],
            "mehrmals, zuletzt am 1. April 2021,",
        ),
    ],
)
def test_the_days_of_tries_read_as_german(days: list[str], said: str) -> None:
    assert german.on_days([date.fromisoformat(day) for day in days]) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "einer Begleitperson"),
        (2, "zwei Begleitpersonen"),
        (10, "zehn Begleitpersonen"),
        (11, "11 Begleitpersonen"),
    ],
)
def test_who_comes_along_reads_as_german(number: int, said: str) -> None:
    assert german.companions(number) == said


@pytest.mark.parametrize(
    ("instant", "said"),
    [
        ((2021, 4, 13, 8, 15), "Dienstag, 13. April 2021, 10:15 Uhr"),
        ((2021, 1, 4, 8, 5), "Montag, 4. Januar 2021, 09:05 Uhr"),
        ((2021, 3, 28, 1, 0), "Sonntag, 28. März 2021, 03:00 Uhr"),
        ((2021, 12, 31, 23, 30), "Samstag, 1. Januar 2022, 00:30 Uhr"),
    ],
)
def test_moments_are_the_offices_wall_clock(instant: tuple[int, ...], said: str) -> None:
    assert german.moment(datetime(*instant, tzinfo=UTC)) == said
