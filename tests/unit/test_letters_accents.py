"""Names with accents that no character has for itself: Yoruba "Adébáyọ̀", a macron below an s."""

import io
import unicodedata
from itertools import pairwise

import pdfplumber
import pytest

from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.letters.letter import texts
from koba_desktop.letters.letter.render import Renderer
from koba_desktop.letters.typesetting import fonts
from koba_desktop.services.ports import LetterSource, RenderedLetter
from tests.unit.letter_samples import letter

NAMES = ["Adébáyọ̀ Ọlọ́ṣẹ́", "M̂x̂ Ẹ̀ẹ́ ị̄", "O̱ḏ s̱ẓ̇ r̥ ū́", "Ј̌ о́ Ё̄"]


def rendered(name: str) -> RenderedLetter:
    kind = LetterKind.TELEPHONE_PROPOSAL
    data = letter(
        recipient_lines=["Herrn", name, "Lindenweg 7", "38820 Halberstadt"],
        client={"name": name},
        about=f"Um {name}: {'was wir besprechen wollen und noch mehr, ' * 3}{name}.",
    )
    return Renderer().render(LetterSource(kind, texts.shipped_blocks(kind), data))


@pytest.mark.parametrize("name", NAMES)
def test_every_accent_stands_over_or_under_its_letter(name: str) -> None:
    made = rendered(name)
    assert made.violations == ()
    with pdfplumber.open(io.BytesIO(made.pdf)) as document:
        chars = [char for page in document.pages for char in page.chars]
    accents = 0
    for base, accent in pairwise(chars):
        if not unicodedata.combining(accent["text"][0]):
            continue
        accents += 1
        if unicodedata.combining(base["text"][0]):
            continue
        middle = (base["x0"] + base["x1"]) / 2
        drawn = accent["x0"] - _ink_middle(accent)
        assert abs(drawn - middle) < 0.12 * accent["size"], (base["text"], accent["text"])
    assert accents >= 4  # in the address, on the slip and twice in the text


def _ink_middle(accent: dict[str, object]) -> float:
    """How far left of its origin an accent's ink has its middle; accents take no room."""
    import uharfbuzz
    from reportlab.pdfbase import pdfmetrics

    font = pdfmetrics.getFont(fonts.BOLD if "Bold" in str(accent["fontname"]) else fonts.REGULAR)
    shaper: uharfbuzz.Font = font.hbFont()
    extents = shaper.get_glyph_extents(font.face.charToGlyph[ord(str(accent["text"]))])
    assert extents
    middle = extents.x_bearing + extents.width / 2
    return -middle / shaper.face.upem * float(str(accent["size"]))


def test_decomposed_names_are_the_same_letter() -> None:
    whole = rendered("Adébáyọ̀")
    parted = rendered(unicodedata.normalize("NFD", "Adébáyọ̀"))
    with (
        pdfplumber.open(io.BytesIO(whole.pdf)) as one,
        pdfplumber.open(io.BytesIO(parted.pdf)) as other,
    ):
        assert one.pages[0].extract_text() == other.pages[0].extract_text()


@pytest.mark.parametrize("name", ["\u0301Ali", "Ali \u0301", "Zx" + 3 * "\u0301"])
def test_an_accent_on_nothing_or_one_of_a_heap_is_refused_and_named(name: str) -> None:
    with pytest.raises(Refused) as refused:
        rendered(name)
    problem = refused.value.problems[0]
    assert (problem.code, problem.where) == ("unprintable_character", "recipient_lines")
    assert "U+0301" in problem.params["character"]


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        ("  Ali\t Aydin ", "Ali Aydin"),
        ("Ali\r\nAydin\x85B", "Ali Aydin B"),
        ("A\x00l\x07i\x7f", "Ali"),
        ("\u202eAli\u202c \u2066B\u2069", "Ali B"),
        ("A\u200bl\u200di\ufeff \u00ad \u2060", "Ali"),
        ("Ali\ufe0f\u034f\U000e0061", "Ali"),
        ("e\u200d\u0301", "é"),
        ("Ö\u00a0B\u3000C\u2028D", "Ö B C D"),
    ],
)
def test_nothing_invisible_is_left_of_a_line(typed: str, set_as: str) -> None:
    assert fonts.tidy(typed) == set_as
