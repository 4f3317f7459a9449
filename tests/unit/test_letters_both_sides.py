"""Letters printed on both sides of the paper: none begins on the back of another, and whoever cuts
off the reply slip cuts away nothing of what stands on its other side."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.letters.letter import texts
from koba_desktop.letters.letter.composing import EMPTY, Leaf, on_both_sides
from koba_desktop.letters.letter.render import Renderer
from koba_desktop.letters.reading.pdfium import opened
from koba_desktop.services.ports import LetterSource
from tests.unit.letter_samples import letter
from tests.unit.test_letters_all import SHIPPED
from tests.unit.test_letters_all import letter as shipped

PROPOSAL = LetterKind.TELEPHONE_PROPOSAL
MM = 72 / 25.4
SLIP_TOP = {"B": 210.0, "A": 192.0}
PAGE_HEIGHT = 297.0


def sources(count: int) -> list[LetterSource]:
    return [LetterSource(PROPOSAL, texts.shipped_blocks(PROPOSAL), letter()) for _n in range(count)]


def read(pdf: bytes, form: str) -> list[tuple[str, str]]:
    """What each page says, and of it what lies below the line to cut along."""
    said = []
    with opened(pdf) as document:
        for page in document:
            text = page.get_textpage()
            below = text.get_text_bounded(top=(PAGE_HEIGHT - SLIP_TOP[form]) * MM)
            said.append((text.get_text_bounded(), below.strip()))
    return said


def is_slip(said: str) -> bool:
    return "Unterschrift" in said


@pytest.mark.parametrize(("both_sides", "firsts"), [(False, [0, 1, 2]), (True, [0, 2, 4])])
def test_each_letter_begins_on_a_sheet_of_its_own(both_sides: bool, firsts: list[int]) -> None:
    batch = Renderer().render_batch(sources(3), both_sides=both_sides)
    assert [one.first_page for one in batch.letters] == firsts
    assert not any(one.violations or one.error for one in batch.letters)
    assert [one.empty_pages for one in batch.letters] == [int(both_sides)] * 3
    pages = read(batch.pdf, "B")
    assert len(pages) == firsts[-1] + (2 if both_sides else 1)
    assert all(not text for text, _below in pages[1::2]) is both_sides


@pytest.mark.parametrize("form", SLIP_TOP)
def test_nothing_of_any_letter_lies_behind_its_slip(form: str) -> None:
    letters = [
        shipped(kind, language, variant, hard=hard, sheet=(form, "DL"))
        for kind, language, variant in SHIPPED
        for hard in (True, False)
    ]
    one_sided = Renderer().render_batch(letters)
    batch = Renderer().render_batch(letters, both_sides=True)
    plain, pages = read(one_sided.pdf, form), read(batch.pdf, form)
    for alone, placed in zip(one_sided.letters, batch.letters, strict=True):
        assert (placed.error, placed.violations) == (None, ())
        assert placed.first_page % 2 == 0
        own = pages[placed.first_page : placed.first_page + placed.pages]
        written = [page for page in own if page[0]]
        assert written == plain[alone.first_page : alone.first_page + alone.pages]
        assert len(written) == placed.pages - placed.empty_pages
        sheets = list(zip(own[::2], own[1::2], strict=True))
        for front, back in sheets:
            assert not is_slip(back[1])
            assert not (is_slip(front[1]) and back[1])
        assert sum(is_slip(front[1]) for front, _back in sheets) == 1


def test_a_summons_in_form_takes_two_sheets() -> None:
    """Its second page says the law and bears the slip; its first has the signature where the slip
    is cut off."""
    summons = shipped(LetterKind.SUMMONS, "de", "standard", hard=False, sheet=("B", "DL"))
    batch = Renderer().render_batch([summons], both_sides=True)
    first, behind, second, last = read(batch.pdf, "B")
    assert first[1]
    assert (behind[0], last[0]) == ("", "")
    assert is_slip(second[1])
    assert (batch.letters[0].pages, batch.letters[0].empty_pages) == (4, 2)


leaves = st.lists(st.booleans(), min_size=1, max_size=8).map(
    lambda slips: [Leaf((), f"page {n}", slip=slip) for n, slip in enumerate(slips)]
)


@given(leaves)
def test_every_slip_has_a_sheet_of_its_own(given_leaves: list[Leaf]) -> None:
    placed = list(on_both_sides(given_leaves))
    assert [leaf for leaf in placed if leaf is not EMPTY] == given_leaves
    assert len(placed) % 2 == 0
    sheets = list(zip(placed[::2], placed[1::2], strict=True))
    for front, back in sheets:
        assert front is not EMPTY
        assert not back.slip
        assert not front.slip or back is EMPTY
    for (front, back), (following, _back) in pairwise(sheets):
        assert back is not EMPTY or front.slip or following.slip, "paper is wasted"
