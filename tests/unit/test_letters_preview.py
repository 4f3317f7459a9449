"""Pages as pixels."""

import pytest

from koba_desktop.domain.errors import NotFound, Unavailable
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.letters.letter import texts
from koba_desktop.letters.letter.render import Renderer
from koba_desktop.letters.reading.preview import PdfPages
from koba_desktop.services.ports import LetterSource, PagePreview
from tests.unit.letter_samples import letter

PAGES: PagePreview = PdfPages()


@pytest.fixture(scope="module")
def pdf() -> bytes:
    kind = LetterKind.TELEPHONE_PROPOSAL
    return Renderer().render(LetterSource(kind, texts.shipped_blocks(kind), letter())).pdf


def test_a_page_has_the_size_of_its_paper(pdf: bytes) -> None:
    image = PAGES.page_image(pdf, 0, 72)
    assert abs(image.width - 595) <= 1
    assert abs(image.height - 842) <= 1
    assert image.stride >= 4 * image.width
    assert len(image.data) == image.stride * image.height
    assert PAGES.page_count(pdf) == 1


def test_the_ground_is_white_and_the_accent_has_its_colour(pdf: bytes) -> None:
    image = PAGES.page_image(pdf, 0, 96)

    def pixel(x_mm: float, y_mm: float) -> tuple[int, ...]:
        at = int(y_mm / 25.4 * 96) * image.stride + 4 * int(x_mm / 25.4 * 96)
        return tuple(image.data[at : at + 4])

    assert pixel(205, 290) == (255, 255, 255, 255)
    bar = next(y for y in range(110, 160) if pixel(25.9, y)[:3] == (0x00, 0x56, 0x5E))
    assert bar < 150  # the bar of the box, red, green, blue in this order


def test_a_page_that_is_not_there_is_not_found(pdf: bytes) -> None:
    with pytest.raises(NotFound, match="page_missing"):
        PAGES.page_image(pdf, 1, 72)


def test_what_is_no_pdf_is_damaged() -> None:
    with pytest.raises(Unavailable, match="pdf_damaged"):
        PAGES.page_image(b"no", 0, 72)
