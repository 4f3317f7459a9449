"""The check of the finished PDF finds what would show in the envelope's window.

The pages here are made wrong on purpose, by hand and not by the program's own layout. A second
reader of PDFs (pdfplumber) with rules of its own confirms what the check says about real letters.
"""

import io
from collections.abc import Callable, Sequence
from typing import Any

import pdfplumber
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from koba_desktop.domain.errors import Refused, Unavailable
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.letters.letter import texts
from koba_desktop.letters.letter.render import Renderer
from koba_desktop.letters.reading import window
from koba_desktop.letters.reading.pdfium import opened
from koba_desktop.letters.typesetting import fonts
from koba_desktop.letters.typesetting.geometry import ENVELOPES, FORMS, Sheet, sheet
from koba_desktop.services.ports import LetterSource, RenderedLetter, Violation
from tests.unit.letter_samples import LONG_ADDRESS, NINE_LINES, letter

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
DL = sheet("B", "DL")
RETURN_LINE = "Postfach 15 42 · 38805 Halberstadt"
ADDRESS = ("Frau", "Marlies Kuhn", "Lindenweg 7", "38820 Halberstadt")


def check(
    pdf: bytes, sheet: Sheet, *, return_line: str, address: Sequence[str]
) -> tuple[Violation, ...]:
    """What is wrong with a PDF that is one letter."""
    with opened(pdf) as document:
        pages = len(document)
    return window.check(pdf, [window.Expected(sheet, return_line, address, pages)])[0]


class Page:
    """A page drawn by hand, in mm from the top left."""

    def __init__(self, size: tuple[float, float] = A4) -> None:
        fonts.load()
        self._buffer = io.BytesIO()
        self.canvas = Canvas(self._buffer, pagesize=size, initialFontName=fonts.REGULAR)
        self._height = size[1]

    def text(self, x: float, y: float, text: str, size: float = 10.0) -> None:
        self.canvas.setFont(fonts.REGULAR, size)
        self.canvas.drawString(x * MM, self._height - y * MM, text)

    def line(self, x0: float, x1: float, y: float) -> None:
        self.canvas.line(x0 * MM, self._height - y * MM, x1 * MM, self._height - y * MM)

    def square(self, x: float, y: float) -> None:
        self.canvas.rect(x * MM, self._height - y * MM, 5 * MM, 5 * MM, fill=1)

    def head(self, *, dx: float = 0.0, dy: float = 0.0, return_line: str = RETURN_LINE) -> None:
        self.text(25 + dx, 61 + dy, return_line, 8)
        self.line(25 + dx, 70 + dx, 61.9 + dy)
        for number, line in enumerate(ADDRESS):
            self.text(25 + dx, 66 + 4.5 * number + dy, line)

    def marks(self) -> None:
        for y in (105, 148.5, 210):
            self.line(3.5, 7.5, y)

    def pdf(self) -> bytes:
        self.canvas.save()
        return self._buffer.getvalue()


def right(page: Page) -> None:
    page.head()
    page.marks()
    page.text(25, 101, "Wir möchten mit Ihnen telefonieren")


def codes(draw: Callable[[Page], Any], size: tuple[float, float] = A4) -> set[str]:
    page = Page(size)
    draw(page)
    found = check(page.pdf(), DL, return_line=RETURN_LINE, address=ADDRESS)
    return {violation.code for violation in found}


def test_a_right_page_has_no_violation() -> None:
    assert codes(right) == set()


@pytest.mark.parametrize(
    ("dx", "dy"), [(-6, 0), (60, 0), (0, -14), (0, 12)], ids=["left", "right", "up", "down"]
)
def test_an_address_out_of_place_may_be_hidden(dx: float, dy: float) -> None:
    def shifted(page: Page) -> None:
        page.head(dx=dx, dy=dy)
        page.marks()

    assert "address_glyph_hidden" in codes(shifted)


def test_a_scaled_page_is_found_by_its_marks() -> None:
    def scaled(page: Page) -> None:
        page.canvas.translate(0, 297 * 0.04 * MM)
        page.canvas.scale(0.96, 0.96)
        right(page)

    assert "mark_missing" in codes(scaled)


@pytest.mark.parametrize(("x", "y"), [(105, 60), (12, 70), (60, 94), (60, 47)])
def test_other_text_in_the_window_is_found(x: float, y: float) -> None:
    def chatty(page: Page) -> None:
        right(page)
        page.text(x, y, "Akte 12")

    assert "foreign_text_in_window" in codes(chatty)


def test_text_beside_an_address_line_is_found() -> None:
    def chatty(page: Page) -> None:
        right(page)
        page.text(80, 66, "BG 7")

    assert {"foreign_text_in_window", "address_differs"} <= codes(chatty)


def test_text_outside_the_window_is_nobodys_business() -> None:
    def tidy(page: Page) -> None:
        right(page)
        page.text(125, 60, "Jobcenter")
        page.text(25, 20, "Jobcenter")

    assert codes(tidy) == set()


def test_the_name_of_the_office_in_the_window_is_found() -> None:
    def telling(page: Page) -> None:
        page.head(return_line="Jobcenter · 38805 Halberstadt")
        page.marks()

    assert {"word_in_window", "return_line_differs"} <= codes(telling)


def test_a_line_of_the_address_that_is_missing_or_in_another_order_is_found() -> None:
    page = Page()
    right(page)
    pdf = page.pdf()
    for address in ((*ADDRESS, "ÖSTERREICH"), (*ADDRESS[1:], ADDRESS[0])):
        found = check(pdf, DL, return_line=RETURN_LINE, address=address)
        assert "address_differs" in {violation.code for violation in found}


@pytest.mark.parametrize(("x", "y"), [(90, 80), (12, 94), (106, 60)])
def test_a_graphic_in_the_window_is_found(x: float, y: float) -> None:
    def drawn(page: Page) -> None:
        right(page)
        page.square(x, y)

    assert codes(drawn) == {"foreign_graphic_in_window"}


def test_a_line_through_the_address_is_no_rule_under_the_return_line() -> None:
    def struck(page: Page) -> None:
        right(page)
        page.line(25, 60, 70)

    assert codes(struck) == {"foreign_graphic_in_window"}


def test_missing_marks_are_named_by_their_place() -> None:
    page = Page()
    page.head()
    page.line(3.5, 7.5, 105)
    found = check(page.pdf(), DL, return_line=RETURN_LINE, address=ADDRESS)
    assert [(v.code, v.y) for v in found] == [("mark_missing", 210), ("mark_missing", 148.5)]


def test_another_paper_is_found() -> None:
    assert "page_not_a4" in codes(right, (215.9 * MM, 279.4 * MM))


def test_the_second_page_leaves_the_window_empty() -> None:
    page = Page()
    right(page)
    page.canvas.showPage()
    page.text(25, 70, "Seite 2")
    found = check(page.pdf(), DL, return_line=RETURN_LINE, address=ADDRESS)
    assert {(v.code, v.page) for v in found} == {("foreign_text_in_window", 2)}


def test_a_larger_window_sees_more() -> None:
    page = Page()
    right(page)
    page.text(25, 98, "Betreff")
    pdf = page.pdf()
    assert not check(pdf, DL, return_line=RETURN_LINE, address=ADDRESS)
    other = check(pdf, sheet("B", "C6/C5"), return_line=RETURN_LINE, address=ADDRESS)
    assert "foreign_text_in_window" in {v.code for v in other}


def test_what_is_no_pdf_is_damaged() -> None:
    with pytest.raises(Unavailable, match="pdf_damaged"):
        check(b"%PDF-1.4 nothing", DL, return_line="", address=())


# --- the second reader ------------------------------------------------------------------------


def second_opinion(pdf: bytes, place: Sheet, expected: str) -> list[str]:
    """What is wrong with the first page, by pdfplumber's reading and the rules told again."""
    k = 25.4 / 72
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        page = document.pages[0]
        chars = [c for c in page.chars if c["text"].strip()]
        boxes = [(c["x0"] * k, c["top"] * k, c["x1"] * k, c["bottom"] * k, c) for c in chars]
        things = [
            (t["x0"] * k, t["top"] * k, t["x1"] * k, t["bottom"] * k)
            for t in (*page.images, *page.rects, *page.curves)
        ]
    ever, always = place.ever_visible, place.always_visible
    seen = [
        b
        for b in boxes
        if b[0] < ever.right and b[2] > ever.left and b[1] < ever.bottom and b[3] > ever.top
    ]
    first_line = min(b[4]["y0"] for b in seen if b[4]["size"] <= 8.01)
    top_line = max(b[4]["y0"] for b in seen)
    returned = [b for b in seen if abs(b[4]["y0"] - top_line) < 0.5]
    address = [b for b in seen if b not in returned]
    wrong = []
    if (
        "".join(b[4]["text"] for b in sorted(address, key=lambda b: (round(b[1], 1), b[0])))
        != expected
    ):
        wrong.append("the window does not show the address and nothing else")
    if not all(always.left <= b[0] and b[2] <= always.right for b in address):
        wrong.append("the address is too wide")
    # pdfplumber's boxes reach from the font's ascender to its descender: some 3 points of air.
    if not all(always.top - 1 <= b[1] and b[3] <= always.bottom + 1 for b in address):
        wrong.append("the address is too high")
    if any(
        t[0] < ever.right and t[2] > ever.left and t[1] < ever.bottom and t[3] > ever.top
        for t in things
    ):
        wrong.append("a graphic shows")
    if first_line > top_line:
        wrong.append("the return line is not on top")
    return wrong


def render(**changes: Any) -> RenderedLetter:
    kind = LetterKind.TELEPHONE_PROPOSAL
    return Renderer(invariant=True).render(
        LetterSource(kind, texts.shipped_blocks(kind), letter(**changes))
    )


@pytest.mark.parametrize("lines", [list(ADDRESS), LONG_ADDRESS, NINE_LINES])
@pytest.mark.parametrize("envelope", ENVELOPES)
@pytest.mark.parametrize("form", FORMS)
def test_both_readers_find_nothing_wrong_with_real_letters(
    form: str, envelope: str, lines: list[str]
) -> None:
    rendered = render(form=form, envelope=envelope, recipient_lines=lines)
    assert rendered.violations == ()
    expected = "".join("".join(lines).split())
    assert second_opinion(rendered.pdf, sheet(form, envelope), expected) == []


names = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x17F, exclude_categories=("Cc", "Cf", "Zs")),
    min_size=1,
    max_size=14,
)
# The window check rightly refuses an address that names the kind of office.
addresses = st.lists(
    st.lists(names, min_size=1, max_size=4).map(" ".join), min_size=2, max_size=8
).filter(lambda lines: "jobcenter" not in "".join("".join(lines).split()).lower())


@settings(max_examples=30, deadline=None)
@example(["000000000000 0 0Ţ ĥ", "000000000000 0 0Ţ ĥ"])
@given(addresses)
def test_no_address_at_all_can_make_a_letter_that_breaks_the_window(lines: list[str]) -> None:
    try:
        rendered = render(recipient_lines=lines)
    except Refused:
        return
    assert rendered.violations == ()
