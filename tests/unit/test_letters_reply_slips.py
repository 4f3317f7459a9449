"""Reply slips by themselves: three on a sheet, each fits an envelope, and its code can be read."""

import io
from typing import Any

import pdfplumber
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.letters.letter import texts
from koba_desktop.letters.sheets.papers import Papers
from koba_desktop.services.letters.reply_slips import BlankSlips
from koba_desktop.services.ports import LetterSource
from tests.unit.letter_samples import LONG_NAME, letter, personal
from tests.unit.paper_samples import MM, words_of

REPLY = ("Regionalstelle Halberstadt", "Postfach 15 42", "38805 Halberstadt")
BLANK = BlankSlips("Regionalstelle Halberstadt", REPLY, demo=False)
DL = (220.0, 110.0)


def source(
    kind: LetterKind = LetterKind.TELEPHONE_PROPOSAL,
    data: dict[str, Any] | None = None,
    variant: str = "standard",
    demo: bool = False,
) -> LetterSource:
    blocks = texts.shipped_blocks(kind, "de", variant)
    return LetterSource(kind, blocks, data or letter(), variant=variant, demo=demo)


def render(*slips: LetterSource) -> bytes:
    return Papers(invariant=True).reply_slips(slips)


def numbers(pdf: bytes, degrees: float = 0.0) -> list[str]:
    """What a scanner of 200 dpi reads on the first page, which lies askew."""
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=200 / 72, grayscale=True).to_pil()
    turned = image.rotate(degrees, fillcolor=255, resample=Image.Resampling.BICUBIC)
    found = zxingcpp.read_barcodes(turned.filter(ImageFilter.GaussianBlur(0.6)))
    return sorted(one.text for one in found)


def test_an_appointments_slip_says_what_its_letter_says() -> None:
    (page,) = words_of(render(source()))
    assert "Ihre Antwort zum Telefontermin am Dienstag, 13. April 2021, 10:15 Uhr" in page
    assert "Der Termin passt. Bitte rufen Sie mich an." in page
    for said in ("K7M4 9QXR", "Terminnummer", "Marlies Kuhn", "Postfach 15 42", "Unterschrift"):
        assert said in page
    assert "Lindenweg" not in page


def test_in_leichte_sprache_and_larger() -> None:
    easy = render(source(LetterKind.PERSONAL, personal(), "easy"))
    (page,) = words_of(easy)
    assert "Termin-Nummer" in page
    assert "Schicken Sie den Zettel an" in page
    with pdfplumber.open(io.BytesIO(easy)) as document:
        ticked = [c["size"] for c in document.pages[0].chars if c["x0"] * MM == pytest.approx(32)]
    assert min(ticked) >= 12


@pytest.mark.parametrize("degrees", [0.0, 2.0, -5.0])
def test_the_codes_of_three_are_read_from_a_sheet_that_lies_askew(degrees: float) -> None:
    references = ["K7M49QXR", "AAAA2222", "BBBB3333"]
    pdf = render(*(source(data=letter(reference=each)) for each in references))
    assert numbers(pdf, degrees) == sorted(references)


@pytest.mark.parametrize(
    "kind", [kind for kind in LetterKind if kind is not LetterKind.PLEASE_CALL]
)
@pytest.mark.parametrize("variant", ["standard", "easy"])
def test_every_kind_has_a_slip_that_fits_its_third_of_the_sheet(
    kind: LetterKind, variant: str
) -> None:
    data = personal(client={"name": LONG_NAME})
    pdf = render(*[source(kind, data, variant)] * 3)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        (page,) = document.pages
        words = page.extract_words()
        cuts = [r["top"] * MM for r in page.lines if (r["x1"] - r["x0"]) * MM > 150]
    assert cuts == pytest.approx([99.0, 198.0], abs=0.01)
    assert cuts[0] + 2 < DL[1]
    assert page.width * MM + 2 < DL[0]
    tops, bottoms = ([word[side] * MM for word in words] for side in ("top", "bottom"))
    assert min(tops) > 7
    assert max(bottoms) < 290
    for cut in cuts:
        assert not any(
            top - 3 < cut < bottom + 3 for top, bottom in zip(tops, bottoms, strict=True)
        )


def test_more_than_three_go_on_and_the_last_is_cut_off_too() -> None:
    pdf = render(*[source()] * 4)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        cuts = [
            [round(r["top"] * MM) for r in page.lines if (r["x1"] - r["x0"]) * MM > 150]
            for page in document.pages
        ]
    assert cuts == [[99, 198], [99]]


def test_blank_ones_ask_who_writes() -> None:
    pdf = Papers(invariant=True).blank_slips(BLANK)
    (page,) = words_of(pdf)
    for said in (
        "Name",
        "Der Termin passt.",
        "Meine Telefonnummer:",
        "Terminnummer, steht im Brief",
    ):
        assert page.count(said) >= 3
    for said in ("Postfach 15 42", "Ich brauche eine Übersetzung in:", "Unterschrift"):
        assert page.count(said) == 3
    assert "Muster" not in page
    assert numbers(pdf) == []
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        (sheet,) = document.pages
        boxes = [b for b in [*sheet.rects, *sheet.curves] if 4.2 < b["width"] * MM < 4.4]
        right = max(word["x1"] for word in sheet.extract_words()) * MM
    assert len(boxes) == 3 * 8  # one for each character of a reference
    assert right < 191


def test_a_demonstration_says_so_on_every_slip() -> None:
    (page,) = words_of(render(source(demo=True), source(demo=True)))
    assert page.count("Muster") == 2
    blank = Papers().blank_slips(BlankSlips("Regionalstelle Halberstadt", REPLY, demo=True))
    assert words_of(blank)[0].count("Muster") == 3


def test_a_name_the_fonts_lack_does_not_stop_the_others() -> None:
    nameless = letter(client={"name": "王 Ming & <b>Co", "number": ""})
    (page,) = words_of(render(source(data=nameless), source()))
    assert "\ufffd Ming & <b>Co" in page
    assert "Marlies Kuhn" in page
    for name in ("王 Ming", "محمد علي"):
        (page,) = words_of(render(source(data=letter(client={"name": name, "number": "118274"}))))
        assert "Kundennummer 118274" in page


def test_no_slip_is_refused_and_so_is_one_without_words() -> None:
    with pytest.raises(Refused, match="slips_none"):
        render()
    bare = LetterSource(LetterKind.CONFIRMATION, {"subject": "x"}, letter())
    with pytest.raises(Refused, match="block_missing"):
        render(bare)


def test_it_prints_unscaled_and_equal_slips_are_equal_bytes() -> None:
    assert b"/PrintScaling /None" in render(source())
    assert render(source()) == render(source())
