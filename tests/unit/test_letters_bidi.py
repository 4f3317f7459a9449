"""Text that runs both ways: digits in order, whatever stands around them, and letters joined."""

import io
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest
from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection
from hypothesis import given, settings
from hypothesis import strategies as st

from koba_desktop.domain.errors import Refused, Unavailable
from koba_desktop.letters.typesetting import bidi, fonts, page, shaping
from koba_desktop.letters.typesetting.pdf import drawn

ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءآأؤإئ"
FARSI = "پچژگکیۀ"
PHONE = "+49 3943 58-3000"


def written(content: str, language: str = "ar", **options: Any) -> shaping.Shaped:
    options = {"x": 25.0, "top": 50.0, "width": 120.0, "size": 12.0, "ink": "#000000"} | options
    return shaping.passage(content, language=language, **options)


def pdf(*items: page.Item) -> bytes:
    return drawn([items], title="Übersetzung", author="Test", invariant=True)


def glyphs(*items: page.Item) -> list[tuple[str, float, float]]:
    """Each glyph with where it stands: character, line (from the top), x; from left to right."""
    with pdfplumber.open(io.BytesIO(pdf(*items))) as document:
        found = [
            (each["text"], round(each["matrix"][5], 1), each["x0"])
            for each in document.pages[0].chars
            if each["text"].strip()
        ]
    return sorted(found, key=lambda glyph: (-glyph[1], glyph[2]))


def digits(found: Iterable[tuple[str, float, float]]) -> str:
    return "".join(character for character, _line, _x in found if character in "0123456789")


def row(*items: page.Item) -> str:
    """What is seen from left to right."""
    return "".join(character for character, _line, _x in glyphs(*items))


# --- digits -----------------------------------------------------------------------------------

TIMES = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))
PHONES = st.sampled_from(
    ["+49 3943 58-3000", "03943 58-3000", "0176 04069118", "+49 176 04069118", "(03943) 58-3000"]
)
DATES = st.builds("{}. April {}".format, st.integers(1, 30), st.integers(2021, 2099))
NUMERIC_DATES = st.builds("{:02d}.{:02d}.{}".format, *(st.integers(1, 12),) * 2, st.just(2021))
SPANS = st.sampled_from(["8–16", "08:00–16:00", "8 – 16", "8-17:30", "1.5", "1,5", "30", "100%"])
AROUND = st.text(
    alphabet=ARABIC + FARSI + "abcXYZäöüßЖя ،؛؟.,:;!?()[]«»-–/+%\u200c\u200d\u200e\u200f\u061c"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    max_size=12,
)


@settings(max_examples=250, deadline=None)
@given(
    before=AROUND,
    value=st.one_of(TIMES, PHONES, DATES, NUMERIC_DATES, SPANS),
    after=AROUND,
    language=st.sampled_from(["ar", "fa", "de", "en"]),
)
def test_the_digits_of_a_value_stand_in_order_whatever_stands_around_it(
    before, value, after, language
):
    shaped = written(
        " ".join(
            (
                bidi.isolated(before),
                bidi.isolated(value, bidi.LEFT_TO_RIGHT),
                bidi.isolated(after),
            )
        ),
        language,
    )
    assert digits(glyphs(shaped)) == "".join(filter(str.isdigit, value))


WORDS = st.text(alphabet=ARABIC + FARSI, min_size=1, max_size=8)
NUMBERS = st.one_of(TIMES, PHONES, NUMERIC_DATES, SPANS)


@settings(max_examples=150, deadline=None)
@given(
    before=WORDS,
    mark=st.sampled_from(["", ":", "،", " (", "«"]),
    number=NUMBERS,
    after=WORDS,
    bold=st.booleans(),
)
def test_a_number_that_a_wording_says_itself_stands_in_order(before, mark, number, after, bold):
    said = f"<b>{number}</b>" if bold else number
    assert digits(glyphs(written(f"{before}{mark} {said}، {after}"))) == "".join(
        filter(str.isdigit, number)
    )


def test_a_quarter_past_ten_does_not_become_51_to_01():
    assert "10:15" in row(written("الساعة 10:15"))
    assert "10:15" in row(written("الثلاثاء، 13 أبريل 2021، 10:15"))


def test_the_day_of_an_arabic_date_stands_right_of_its_year():
    found = row(written("الثلاثاء، 13 أبريل 2021"))
    assert found.index("2021") < found.index("13")


def test_a_phone_number_keeps_its_plus_and_its_hyphen():
    assert PHONE.replace(" ", "") in row(written(f"هاتف: {PHONE} أو بالبريد"))


def test_brackets_around_a_number_embrace_it():
    """They are mirrored: what opens at the right is drawn as what it is there."""
    assert "(10:15)" in row(written("دقيقة (10:15)."))


def test_a_number_that_does_not_fit_in_a_line_goes_on_in_the_next_one():
    found = glyphs(written(f"هاتف {PHONE}", width=20.0))
    assert digits(found) == "493943583000"
    assert len({line for _character, line, _x in found}) > 1


# --- names ------------------------------------------------------------------------------------


def test_a_latin_name_stays_whole_in_an_arabic_sentence():
    found = row(written(f"يتصل بك {bidi.isolated('Frau Dr. Berger-Lüge (Team 3)')} غدًا"))
    assert "FrauDr.Berger-Lüge(Team3)" in found


def test_an_arabic_name_stays_whole_in_a_german_sentence():
    sentence = f"Sehr geehrter Herr {bidi.isolated('محمد الأحمد')}, am 13. April 2021, 10:15 Uhr"
    found = row(written(sentence, "de", width=200.0))
    assert found.startswith("SehrgeehrterHerr")
    assert found.endswith(",am13.April2021,10:15Uhr")
    name = found.removeprefix("SehrgeehrterHerr").removesuffix(",am13.April2021,10:15Uhr")
    assert _letters(name) == set("محمد الأحمد".replace(" ", ""))


def test_a_name_cannot_turn_the_sentence_around():
    """Marks of direction in a name, closing ones too, end with the name."""
    for name in ("\u202eKuhn", "Kuhn\u2069\u2069\u202e", "\u2067Kuhn", "\u200fKuhn\u061c"):
        found = row(written(f"Dear {bidi.isolated(name)}, at 10:15 we call", "en", width=200.0))
        assert found == "DearKuhn,at10:15wecall"


def test_what_only_says_the_direction_is_never_drawn():
    shaped = written(f"{bidi.isolated('Kuhn')} \u200f10:15\u202c", "en")
    assert shaped.content == "Kuhn 10:15"
    assert row(shaped) == "Kuhn10:15"


def test_a_character_that_no_font_has_is_named():
    with pytest.raises(Refused) as refused:
        pdf(written("الساعة 10:15 中 א", where="intro"))
    problem = refused.value.problems[0]
    assert problem.code == "unprintable_character"
    assert problem.where == "intro"
    assert "中 (U+4E2D) א (U+05D0)" in problem.params["character"]


def test_a_row_of_a_thousand_signs_is_refused_and_no_crash():
    with pytest.raises(Refused) as refused:
        written("نص " + "." * 5000)
    assert refused.value.problems[0].code == "text_does_not_fit"


# --- order and shape --------------------------------------------------------------------------


@dataclass(frozen=True)
class OneCharacter:
    at: int
    level: int


MIXED = st.text(
    alphabet="abZ اب گی 019.,:+-()[]«»؟،"
    "\u2066\u2067\u2068\u2069\u202a\u202b\u202d\u202e\u202c\u200f",
    max_size=30,
)


@settings(max_examples=300, deadline=None)
@given(text=MIXED, leftward=st.booleans())
def test_pieces_stand_as_the_unicode_algorithm_orders_characters(text, leftward):
    base = TextDirection.RTL if leftward else TextDirection.LTR
    expected = [
        each.character_index for each in BidiParagraph(text, base).get_reordered_characters()
    ]
    kept = set(expected)
    line = [
        OneCharacter(at, level)
        for at, level in enumerate(bidi.levels(text, right_to_left=leftward))
        if at in kept
    ]
    while line and unicodedata.bidirectional(text[line[-1].at]) in _INVISIBLE_AT_THE_END:
        line.pop()  # rule L1: what ends a line goes with the paragraph
    shown = [piece.at for piece in bidi.visual_order(line)]
    assert shown == [at for at in expected if at in {piece.at for piece in line}]


_INVISIBLE_AT_THE_END = {"WS", "BN", "FSI", "LRI", "RLI", "PDI"}


@settings(max_examples=100, deadline=None)
@given(
    words=st.lists(st.text(alphabet=ARABIC + FARSI + "abc", min_size=1, max_size=60), max_size=12),
    width=st.floats(min_value=15.0, max_value=120.0),
)
def test_nothing_reaches_over_the_edge_and_nothing_is_lost(words, width):
    text = " ".join(words)
    shaped = written(text, width=width)
    for line in shaped.lines:
        assert line.width * shaped.size <= width * 72 / 25.4 + 0.01
    said = "".join(piece.text for line in shaped.lines for piece in line.pieces if not piece.space)
    assert sorted(said) == sorted(text.replace(" ", ""))


def test_arabic_letters_are_joined():
    """Four shapes of one letter: alone, at the beginning, in the middle, at the end of a word."""
    drawn_shapes = {
        tuple(piece.drawn for line in written(word).lines for piece in line.pieces)
        for word in ("ه", "هـ", "ـهـ", "ـه")
    }
    assert len(drawn_shapes) == 4
    joined = written("بيت").lines[0].width
    apart = sum(written(letter).lines[0].width for letter in "بيت")
    assert joined < apart


def test_lam_and_alef_become_one_sign():
    [piece] = written("لا").lines[0].pieces
    assert len(piece.drawn) == 1


def test_a_non_joiner_keeps_farsi_letters_apart_and_is_not_drawn():
    apart, together = (written(word, "fa").lines[0].pieces[0] for word in ("می‌رود", "میرود"))
    assert apart.drawn != together.drawn
    assert len(apart.drawn) == 5
    assert "\u200c" in apart.text


def test_farsi_takes_its_own_letters():
    shaped = written("پژوهشگر چگونه؟ کی", "fa")
    shaped.require_glyphs()
    assert all(
        piece.face == fonts.ARABIC
        for line in shaped.lines
        for piece in line.pieces
        if piece.text[0] in FARSI
    )


def test_bold_marks_only_what_stands_in_it():
    faces = {
        piece.text: piece.face
        for line in written("نص <b>مهم 10:15</b> نص").lines
        for piece in line.pieces
        if not piece.space
    }
    assert faces == {"نص": fonts.ARABIC, "مهم": fonts.ARABIC_BOLD, "10:15": fonts.BOLD}


def test_a_line_of_arabic_ends_at_the_right_edge():
    shaped = written("نود التحدث معكم", x=25.0, width=100.0, right_aligned=True)
    rightmost = max(x for _character, _line, x in glyphs(shaped))
    assert 110.0 < rightmost * 25.4 / 72 < 125.0


# --- reading the page back --------------------------------------------------------------------


def test_what_is_copied_from_the_page_are_letters_in_the_order_of_reading():
    sentence = "ترجمة إلى اللغة العربية"
    with pypdfium2.PdfDocument(pdf(written(sentence))) as document:
        text = document[0].get_textpage().get_text_range()
    assert sentence in text


def test_a_reader_of_the_page_finds_no_shapes_of_letters():
    seen = row(written("نود التحدث معكم هاتفيا"))
    assert not re.search("[\ufb50-\ufdff\ufe70-\ufefe]", seen)
    assert _letters(seen) == set("نود التحدث معكم هاتفيا".replace(" ", ""))


def _letters(seen: str) -> set[str]:
    """The letters of shapes; of lam-alef both."""
    return set(unicodedata.normalize("NFKC", seen))


# --- fonts ------------------------------------------------------------------------------------


def test_a_missing_font_file_is_named(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(fonts, "resource_root", lambda: tmp_path)
    for load, file in (
        (fonts.load.__wrapped__, "NotoSans-Regular.ttf"),
        (fonts.load_arabic.__wrapped__, "NotoSansArabic-Regular.ttf"),
        (fonts.load_more.__wrapped__, "NotoSansArmenian-Regular.ttf"),
    ):
        with pytest.raises(Unavailable) as refused:
            load()
        assert refused.value.code == "font_missing"
        assert refused.value.problems[0].params == {"file": file}


def test_a_damaged_font_file_is_named(monkeypatch, tmp_path: Path):
    (tmp_path / "fonts").mkdir()
    whole = (fonts.resource_root() / "fonts" / "NotoSans-Regular.ttf").read_bytes()
    (tmp_path / "fonts" / "NotoSans-Regular.ttf").write_bytes(whole[:3000])
    monkeypatch.setattr(fonts, "resource_root", lambda: tmp_path)
    with pytest.raises(Unavailable) as refused:
        fonts.load.__wrapped__()
    assert refused.value.problems[0].params == {"file": "NotoSans-Regular.ttf"}


def test_the_fonts_have_every_letter_of_the_languages():
    latin = "ăâîșțĂÂÎȘȚąćęłńóśźżĄĆĘŁŃÓŚŹŻçğıİöşüÇĞÖŞÜäöüßÄÖÜẞ„“”‚‘’–—…·•€"
    cyrillic = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяАБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯёъыэЁЪЫЭ«»№"
    assert fonts.missing(latin + cyrillic) == ""
    assert fonts.missing(ARABIC + FARSI + "،؛؟ًٌٍَُِّْـ", arabic=True) == ""
    assert fonts.missing("ب") == "ب"


def test_a_page_without_arabic_letters_does_without_the_arabic_font_and_the_algorithm():
    """Both take longer than a letter: who writes German only does not pay for them."""
    import subprocess
    import sys

    script = (
        "import sys\n"
        "from koba_desktop.letters.typesetting import page, fonts\n"
        "from koba_desktop.letters.typesetting.pdf import drawn\n"
        "drawn([[page.Text(25, 50, 'Guten Tag', 10)]], title='', author='')\n"
        "from reportlab.pdfbase.pdfmetrics import getRegisteredFontNames\n"
        "print('fpdf' in sys.modules, fonts.ARABIC in getRegisteredFontNames())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "False"]
