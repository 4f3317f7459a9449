"""Addresses fit the window, or are refused with the line that does not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koba_desktop.domain.errors import Refused
from koba_desktop.letters.letter.address import FittedAddress, fit, fit_return_line
from koba_desktop.letters.typesetting import fonts
from koba_desktop.letters.typesetting.geometry import ENVELOPES, FORMS, Sheet, sheet
from tests.unit.letter_samples import LONG_ADDRESS, NINE_LINES

DL = sheet("B", "DL")
KUHN = ["Frau", "Marlies Kuhn", "Lindenweg 7", "38820 Halberstadt"]


def test_a_usual_address_is_set_large_at_the_top_of_the_address_zone() -> None:
    fitted = fit(KUHN, DL)
    assert fitted.lines == tuple(KUHN)
    assert fitted.size == 10.5
    assert fitted.top == pytest.approx(62.7)
    assert fitted.pitch == pytest.approx(4.55)


def test_a_line_slightly_too_long_is_set_smaller_rather_than_broken() -> None:
    line = "Gemeinschaftsunterkunft Am Klosterholz 1"
    fitted = fit(["Herrn", line, "38820 Halberstadt"], DL)
    assert line in fitted.lines
    assert fitted.size == 10.0


def test_a_line_is_rather_broken_than_set_in_less_than_ten_points() -> None:
    line = "Gemeinschaftsunterkunft Am Klosterholz 12, Haus B"
    fitted = fit(["Herrn", "Ali Haddad", line, "38820 Halberstadt"], DL)
    assert fitted.lines[2:4] == ("Gemeinschaftsunterkunft Am", "Klosterholz 12, Haus B")
    assert (fitted.size, fitted.top) == (10.5, pytest.approx(62.7))


def test_below_ten_points_a_line_is_rather_smaller_than_broken() -> None:
    long = "Gemeinschaftsunterkunft Am Klosterholz 12 b"
    fitted = fit([*NINE_LINES[:3], long, *NINE_LINES[4:]], DL)
    assert long in fitted.lines
    assert fitted.size == 9.0


def test_a_long_line_is_broken_at_spaces_and_hyphens_and_loses_nothing() -> None:
    fitted = fit(LONG_ADDRESS, DL)
    assert len(fitted.lines) > len(LONG_ADDRESS)
    joined = "".join(fitted.lines).replace(" ", "")
    assert joined == "".join(LONG_ADDRESS).replace(" ", "")
    assert fitted.size >= 8


def test_more_than_six_lines_borrow_from_the_zone_above() -> None:
    seven = fit(NINE_LINES[2:], DL)
    assert seven.top < 62.7
    assert seven.top + 7 * seven.pitch == pytest.approx(90)


@pytest.mark.parametrize("envelope", ENVELOPES)
@pytest.mark.parametrize("form", FORMS)
def test_nine_lines_are_set_in_nine_points_at_most(form: str, envelope: str) -> None:
    place = sheet(form, envelope)
    fitted = fit(NINE_LINES, place)
    assert len(fitted.lines) == 9
    assert fitted.size <= 9
    assert fitted.top > place.always_visible.top
    assert fitted.pitch * (72 / 25.4) > fitted.size * 1.1  # lines do not touch


def test_ten_lines_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        fit([*NINE_LINES, "EUROPA"], DL)
    problem = refused.value.problems[0]
    assert (problem.code, problem.where) == ("address_does_not_fit", "recipient_lines")
    assert problem.params["lines"] == 10


def test_a_word_wider_than_the_window_is_refused_and_named() -> None:
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    with pytest.raises(Refused) as refused:
        fit(["Herrn", word, "38820 Halberstadt"], DL)
    assert refused.value.problems[0].params["line"] == word


@pytest.mark.parametrize("lines", [[], ["", "  "], ["\u200b"]])
def test_an_empty_address_is_missing(lines: list[str]) -> None:
    with pytest.raises(Refused, match="address_missing"):
        fit(lines, DL)


def test_blank_lines_and_stray_spaces_vanish() -> None:
    assert fit(["  Frau ", "", "Marlies \u00a0 Kuhn"], DL).lines == ("Frau", "Marlies Kuhn")


def test_decomposed_and_invisible_characters_are_put_right() -> None:
    assert fit(["Herrn", "Jo\u0308rg\u200b Mu\u0308l\u00adler"], DL).lines == (
        "Herrn",
        "Jörg Müller",
    )


@pytest.mark.parametrize("name", ["أحمد", "王伟", "Kuhn 😀", "\ue000"])
def test_characters_the_font_lacks_are_refused_and_named(name: str) -> None:
    with pytest.raises(Refused) as refused:
        fit(["Herrn", name, "38820 Halberstadt"], DL)
    problem = refused.value.problems[0]
    assert problem.code == "unprintable_character"
    assert f"U+{ord(name[-1]):04X}" in problem.params["character"]


@pytest.mark.parametrize(
    "name",
    ["Łukasz Żółć", "Þóra Æsgeirsdóttir", "Нгуен Ёлка", "Nguyễn Thị Ằẵ", "Ștefan Ţ", "ẞ ǧ ə"],
)
def test_names_of_the_neighbours_are_printable(name: str) -> None:
    assert fit(["Herrn", name, "38820 Halberstadt"], DL).lines[1] == name


def test_the_return_line_stands_right_above_the_address() -> None:
    address = fit(KUHN, DL)
    line = fit_return_line("Postfach 15 42 · 38805 Halberstadt", address, DL)
    assert line.size == 8
    assert address.top - 2 < line.baseline < address.top


def test_a_long_return_line_shrinks_to_six_points_and_no_further() -> None:
    address = fit(KUHN, DL)
    assert (
        6
        <= fit_return_line(
            "Regionalstelle, Postfach 15 42, 38805 Halberstadt am Harz", address, DL
        ).size
        < 8
    )
    with pytest.raises(Refused, match="return_line_does_not_fit"):
        fit_return_line("Regionalstelle Halberstadt " * 4, address, DL)


words = st.text(st.sampled_from("abcdefgßäöüÄÖÜMWil-."), min_size=1, max_size=16)
address_lines = st.lists(
    st.lists(words, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=9
)


SIX_LINES = [
    *("Frau", "Prof. Dr. Marlies-Charlotte von Hohenstein", "Wohnbereich 3"),
    *("Heinrich-Heine-Straße 117 a, Hinterhaus, 2. Etage", "Ilsenburg", "38871 Ilsenburg"),
]


@pytest.mark.parametrize("envelope", ENVELOPES)
@pytest.mark.parametrize("form", FORMS)
def test_broken_lines_borrow_from_the_zone_above_before_they_get_smaller(
    form: str, envelope: str
) -> None:
    place = sheet(form, envelope)
    fitted = fit(SIX_LINES, place)
    assert len(fitted.lines) > 6
    assert fitted.size >= 10
    assert fitted.top > place.always_visible.top
    assert fitted.pitch * (72 / 25.4) > fitted.size * 1.1


@settings(max_examples=150, deadline=None)
@given(address_lines, st.sampled_from(list(FORMS)), st.sampled_from(list(ENVELOPES)))
def test_no_address_is_smaller_than_it_must(lines: list[str], form: str, envelope: str) -> None:
    """In less than 10 points only where broken lines of 10 are too many, or a word is too wide."""
    place = sheet(form, envelope)
    fitted = fitted_or_none(lines, place)
    if fitted is None or fitted.size >= 10:
        return
    width = place.address_zone.right - place.address_zone.left
    count = 0
    for line in lines:
        pieces = line.replace("-", "-\n").replace(" ", " \n").split("\n")
        if any(fonts.text_width(piece.strip(), fonts.REGULAR, 10) > width for piece in pieces):
            return
        room = 0.0
        for piece in pieces:
            wide = fonts.text_width(piece.rstrip(), fonts.REGULAR, 10)
            if room < wide:
                count, room = count + 1, width
            room -= fonts.text_width(piece, fonts.REGULAR, 10)
    assert count >= 9


def fitted_or_none(lines: list[str], place: Sheet) -> FittedAddress | None:
    """None where the address is refused as too long; any other refusal is a failure."""
    try:
        return fit(lines, place)
    except Refused as refused:
        if refused.code != "address_does_not_fit":
            raise
        return None


@settings(max_examples=150, deadline=None)
@given(address_lines, st.sampled_from(list(FORMS)), st.sampled_from(list(ENVELOPES)))
def test_what_fits_keeps_its_letters_its_width_and_the_window(
    lines: list[str], form: str, envelope: str
) -> None:
    place = sheet(form, envelope)
    fitted = fitted_or_none(lines, place)
    if fitted is None:
        return
    assert "".join(fitted.lines).replace(" ", "") == "".join(lines).replace(" ", "")
    assert len(fitted.lines) <= 9
    for line in fitted.lines:
        assert 25 + fonts.text_width(line, fonts.REGULAR, fitted.size) < place.always_visible.right
    assert fitted.top > place.always_visible.top
    assert fitted.baseline(len(fitted.lines) - 1) < place.always_visible.bottom - 0.8
