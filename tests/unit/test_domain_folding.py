from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from koba_desktop.domain.folding import fold, phonetic, query_words, reduced, search_text

KUHN = search_text(
    names=("Kühn-Großmann", "Zoë", "Dr."),
    numbers=("829D466581", "03102//2128495"),
    phones=("03943 58-3000", "+493943583000"),
    birth_date=date(1979, 7, 14),
)


def finds(query: str, text: str = KUHN) -> bool:
    words = query_words(query)
    return bool(words) and all(word in text for word in words)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müller-Lüdenscheidt", "mueller luedenscheidt"),
        ("GROẞ  Groß", "gross gross"),
        ("İpek Yılmaz", "ipek yilmaz"),
        ("Wiśniewski, Łukasz", "wisniewski lukasz"),
        ("Mu\u0308ller", "mueller"),
        ("Al-Ḥassan", "al hassan"),
        ("O'Neill", "o neill"),
        ("Шевченко", "шевченко"),
        ("", ""),
    ],
)
def test_names_fold_to_plain_letters(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("spelling", ["Müller", "Mueller", "Muller", "MÜLLER"])
def test_all_spellings_find_all_spellings(spelling: str) -> None:
    for stored in ("Müller", "Mueller", "Muller"):
        assert finds(spelling, search_text(names=(stored,)))


@pytest.mark.parametrize(
    "query",
    [
        "kühn",
        "Kuehn",
        "kuhn",
        "gross",
        "Zoe kühn",
        "zo",
        "829d4665",
        "2128495",
        "03102//2128495",
        "14.07.1979",
        "14.7.1979",
        "1979-07-14",
        "1979",
        "14.07.",
        "03943/583000",
        "03943 58-3000",
        "+49 3943 58",
        "00493943583000",
        "kühn 1979",
    ],
)
def test_a_client_is_found_by_any_part(query: str) -> None:
    assert finds(query)


@pytest.mark.parametrize("query", ["kahn", "15.07.1979", "kühn 1980", "039435830001", "-", " "])
def test_and_not_by_what_is_not_there(query: str) -> None:
    assert not finds(query)


names = st.text(st.sampled_from("aAeEoOuUsSßäöüÄÖÜéłmnr -'"), min_size=1, max_size=12)


@given(names, st.integers(1, 12))
def test_the_beginning_of_any_word_of_a_name_finds_it(name: str, length: int) -> None:
    text = search_text(names=(name,))
    for word in name.split():
        assert all(w in text for w in query_words(word[:length]))


@given(st.text(max_size=30))
@example("🄐")
@example("ǿ")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Müller-Lüdenscheidt", "657 52682"),
        ("Wikipedia", "3412"),
        ("Breschnew", "17863"),
        ("Meyer", "67"),
        ("Maier", "67"),
        ("Mayr", "67"),
        ("Schmidt", "862"),
        ("Schmitt", "862"),
        ("Philipp", "351"),
        ("Xaver", "4837"),
        ("Axel", "0485"),
        ("Christian", "47826"),
        ("Weiß", "38"),
        ("Weiss", "38"),
        ("", ""),
    ],
)
def test_cologne_phonetics(name: str, code: str) -> None:
    assert phonetic(name) == code


def test_the_reduced_form_joins_umlauts_and_double_s() -> None:
    assert reduced(fold("Großmüller")) == reduced("grosmuller") == "grosmuller"
