"""Letters printed on both sides of the paper: none begins on the back of another, and whoever cuts
off the reply slip cuts away nothing of what stands on its other side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.letters.letter import texts
from koba_desktop.letters.letter.both_sides import sides
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


def test_a_copy_from_the_archive_is_printed_again_on_the_same_sides() -> None:
    for kind in (LetterKind.SUMMONS, LetterKind.TELEPHONE_PROPOSAL):
        for language in ("de", "pl") if kind is LetterKind.TELEPHONE_PROPOSAL else ("de",):
            source = shipped(kind, language, "standard", hard=False, sheet=("B", "DL"))
            renderer = Renderer()
            batch = renderer.render_batch([source], both_sides=True)
            again = renderer.on_both_sides(renderer.archived(source))
            assert words(again) == words(batch.pdf)
    printed = Renderer().render(source).pdf  # says nothing of a slip
    assert words(renderer.on_both_sides(printed)) == words(printed)
    with pytest.raises(Unavailable, match="pdf_damaged"):
        Renderer().on_both_sides(b"%PDF-1.7")


def words(pdf: bytes) -> list[list[str]]:
    """Of each page, in no order."""
    return [sorted(text.split()) for text, _below in read(pdf, "B")]


@given(st.lists(st.booleans(), min_size=1, max_size=8))
def test_every_slip_has_a_sheet_of_its_own(slips: list[bool]) -> None:
    placed = list(sides(slips))
    assert [number for number in placed if number is not None] == list(range(len(slips)))
    assert len(placed) % 2 == 0
    slip = [number is not None and slips[number] for number in placed]
    for front in range(0, len(placed), 2):
        assert placed[front] is not None
        assert not slip[front + 1]
        assert not slip[front] or placed[front + 1] is None
        needed = slip[front] or slip[front + 2 : front + 3] != [False]
        assert placed[front + 1] is not None or needed, "paper is wasted"
