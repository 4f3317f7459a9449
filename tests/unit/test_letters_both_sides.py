"""Letters printed on both sides of the paper: none begins on the back of another."""

import pytest

from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.letters.letter import texts
from koba_desktop.letters.letter.render import Renderer
from koba_desktop.letters.reading.pdfium import opened
from koba_desktop.services.ports import LetterSource
from tests.unit.letter_samples import letter

PROPOSAL = LetterKind.TELEPHONE_PROPOSAL


def sources(count: int) -> list[LetterSource]:
    return [LetterSource(PROPOSAL, texts.shipped_blocks(PROPOSAL), letter()) for _n in range(count)]


@pytest.mark.parametrize(("both_sides", "firsts"), [(False, [0, 1, 2]), (True, [0, 2, 4])])
def test_each_letter_begins_on_a_sheet_of_its_own(both_sides: bool, firsts: list[int]) -> None:
    batch = Renderer().render_batch(sources(3), both_sides=both_sides)
    assert [one.first_page for one in batch.letters] == firsts
    assert not any(one.violations or one.error for one in batch.letters)
    with opened(batch.pdf) as document:
        assert len(document) == firsts[-1] + (2 if both_sides else 1)
        backs = [document[n].get_textpage().get_text_bounded() for n in range(1, len(document), 2)]
    assert all(not text for text in backs) is both_sides
