"""Wordings: what is shipped, what placeholders and markup may do, German dates."""

import itertools
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koba_desktop.domain import wording
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import LetterKind, LetterVariant
from koba_desktop.letters.letter import german, texts
from koba_desktop.letters.typesetting import markup

GERMAN = tuple((kind, variant) for kind in LetterKind for variant in LetterVariant)
of_every_german_wording = pytest.mark.parametrize(("kind", "variant"), GERMAN)
NAMES_OF_BENEFITS = ("arbeitslosengeld", "bürgergeld", "grundsicherung", "sozialgeld", "hartz")
THREATS = (
    *("meldeversäumnis", "rechtsfolge", "sanktion", "minder", "kürz", "pflicht", "§", "paragraf"),
    *("widerspruch", "gesetz"),
)


@of_every_german_wording
def test_every_kind_is_shipped_in_german_in_both_variants(
    kind: LetterKind, variant: LetterVariant
) -> None:
    assert wording.check(texts.shipped_blocks(kind, "de", variant)) == []


@of_every_german_wording
def test_nobody_is_threatened_but_by_the_formal_summons(
    kind: LetterKind, variant: LetterVariant
) -> None:
    said = " ".join(texts.shipped_blocks(kind, "de", variant).values()).lower()
    threats = [word for word in THREATS if word in said]
    assert bool(threats) == (kind is LetterKind.SUMMONS), threats
    assert not [name for name in NAMES_OF_BENEFITS if name in said]
    assert "meldeversäumnis" not in said


@pytest.mark.parametrize(
    ("variant", "named"),
    [
        (
            LetterVariant.STANDARD,
            ("§ 59 SGB II", "§ 309 SGB III", "§ 32 SGB II", "§ 31b SGB II", "§ 39 SGB II"),
        ),
        (
            LetterVariant.EASY,
            ("Paragraf 59 im", "Paragraf 309 im", "Paragraf 32 und", "Paragraf 31b", "Paragraf 39"),
        ),
    ],
)
@pytest.mark.parametrize("holding", [(), ("representative",), ("changed",)])
def test_the_summons_says_what_it_rests_on_and_what_follows(
    variant: LetterVariant, named: tuple[str, ...], holding: tuple[str, ...]
) -> None:
    """Purpose, place and time (§ 309 SGB III), the consequences (§ 32 SGB II) and the remedy."""
    blocks = texts.choose(texts.shipped_blocks(LetterKind.SUMMONS, "de", variant), holding)
    said = " ".join(blocks.values()).replace("\u00a0", " ")
    for words in (*named, "10 Prozent", "3 Monate", "wichtigen Grund", "Widerspruch"):
        assert words in said
    assert blocks["about"] == "{worum}"
    assert "{ort}" in blocks["box_line"]
    assert "{ort}" in blocks["appeal"]


@pytest.mark.parametrize("variant", list(LetterVariant))
def test_the_letter_without_an_appointment_names_none(variant: LetterVariant) -> None:
    blocks = texts.shipped_blocks(LetterKind.PLEASE_CALL, "de", variant)
    used = {name for text in blocks.values() for name in wording.placeholders(text)}
    assert used == {"kunde", "berater", "unterschrift", "worum", "stelle_telefon"}
    assert not {"box_code", "info_reference", "slip_reference"} & set(blocks)
    assert "{stelle_telefon}" in blocks["box_large"]


@of_every_german_wording
def test_whatever_else_holds_a_representative_is_not_spoken_to_as_the_client(
    kind: LetterKind, variant: LetterVariant
) -> None:
    blocks = texts.shipped_blocks(kind, "de", variant)
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
    ("line", "said"),
    [
        ("Mo, Mi 8–16", "Montag und Mittwoch: 8 bis 16 Uhr"),
        ("Fr 8–12 Uhr", "Freitag: 8 bis 12 Uhr"),
        ("Mo, Di, Do 8–17:30", "Montag, Dienstag und Donnerstag: 8 bis 17:30 Uhr"),
        ("Mo, Di, Mi, Do, Fr 8–12, 13–15", "Montag bis Freitag: 8 bis 12 und 13 bis 15 Uhr"),
        ("nach Vereinbarung", "nach Vereinbarung"),
    ],
)
def test_speaking_hours_can_be_spelled_out(line: str, said: str) -> None:
    assert german.spelled_hours(line) == said


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


def test_who_comes_along_is_a_figure_in_leichte_sprache() -> None:
    assert german.companions(1, easy=True) == "1 Begleit-Person"
    assert german.companions(3, easy=True) == "3 Begleit-Personen"


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
