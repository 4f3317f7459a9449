"""The archive copy: PDF/A-2b that says what its parts are, and shows what was printed."""

import io
from typing import Any

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from pikepdf import pdfa

from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import LetterKind, LetterVariant
from koba_desktop.letters.letter import texts
from koba_desktop.letters.letter.render import Renderer
from koba_desktop.services.ports import CourtesyText, LetterSource
from tests.unit.letter_samples import letter, personal

KIND = LetterKind.TELEPHONE_PROPOSAL
LANGUAGES = (None, "uk", "ar", "fa")


def source(language: str | None = None, **changes: Any) -> LetterSource:
    translation = language and CourtesyText(language, texts.shipped_blocks(KIND, language))
    return LetterSource(
        KIND,
        texts.shipped_blocks(KIND),
        letter(calendar_entry="Telefontermin", **changes),
        translation=translation or None,
    )


def archived(language: str | None = None) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(Renderer().archived(source(language))))


def test_a_copy_that_would_not_be_valid_is_a_refusal_of_its_letter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with archived() as pdf:
        report = pdfa.check(pdf, "2b")

    def broken(*_args: Any) -> None:
        raise pdfa.PdfaError(report)

    monkeypatch.setattr(pdfa, "save", broken)
    with pytest.raises(Refused, match="archive_not_valid"):
        Renderer().archived(source())


def test_a_copy_that_would_show_too_much_in_the_window_is_refused() -> None:
    """It is what is printed once more: reprints go to the printer as they are."""
    telling = {"return_line": "KoBa Jobcenter · 38805 Halberstadt"}
    with pytest.raises(Refused, match="window_check_failed") as refused:
        Renderer().archived(source(office=telling))
    assert "word_in_window" in str(refused.value.problems[0].params["found"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_copy_is_valid_pdf_a_2b(language: str | None) -> None:
    with archived(language) as pdf:
        assert list(pdfa.check(pdf, "2b").findings) == []
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "2B"
            assert (
                metadata["dc:title"] == "Wir möchten mit Ihnen telefonieren: unser Terminvorschlag"
            )


def test_what_is_no_pdf_a_is_found_by_the_same_validation() -> None:
    plain = Renderer().render(source()).pdf
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        assert pdfa.check(pdf, "2b").findings


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mark_on_a_page_has_its_element_and_each_element_its_mark(
    language: str | None,
) -> None:
    with archived(language) as pdf:
        tree = pdf.Root.StructTreeRoot
        numbers = list(tree.ParentTree.Nums)
        for number, page in enumerate(pdf.pages):
            marks = [
                int(operands[1].MCID)
                for operands, operator in pikepdf.parse_content_stream(page)
                if str(operator) == "BDC" and "/MCID" in operands[1]
            ]
            elements = list(numbers[2 * number + 1])
            assert marks == list(range(len(elements)))
            assert marks
            assert [int(element.K) for element in elements] == marks


def test_a_screen_reader_hears_subject_and_headings_and_what_the_codes_are() -> None:
    with archived() as pdf:
        elements = list(pdf.Root.StructTreeRoot.K.K)
        roles = [str(element.S) for element in elements]
        assert roles.count("/H1") == 1
        assert roles.count("/H2") == 4  # about, papers, change, slip
        figures = [element for element in elements if str(element.S) == "/Figure"]
        assert [str(figure.Alt) for figure in figures] == [
            "DataMatrix-Code K7M4 9QXR",
            "QR-Code",
            "DataMatrix-Code K7M4 9QXR",
        ]
        assert str(pdf.Root.Lang) == "de-DE"


def listed(pdf: pikepdf.Pdf) -> list[list[str]]:
    """What each list of the document says, entry by entry."""
    lists = [each for each in pdf.Root.StructTreeRoot.K.K if str(each.S) == "/L"]
    for each in lists:
        assert {str(entry.S) for entry in each.K} == {"/LI"}
        assert {str(body.S) for entry in each.K for body in entry.K} == {"/LBody"}
        assert all(len(entry.K) == 1 for entry in each.K)
    return [
        [
            str(body.get("/ActualText", "")) or words(pdf, body)
            for entry in each.K
            for body in entry.K
        ]
        for each in lists
    ]


def words(pdf: pikepdf.Pdf, element: Any) -> str:
    """What stands in a marked part of its page."""
    number = next(n for n, page in enumerate(pdf.pages) if page.objgen == element.Pg.objgen)
    buffer = io.BytesIO()
    pdf.save(buffer)
    with pdfplumber.open(buffer) as document:
        chars = [c for c in document.pages[number].chars if c["mcid"] == int(element.K)]
    return "".join(char["text"] for char in chars)


def test_what_to_have_ready_is_a_list_and_its_bullets_are_not_read() -> None:
    with archived() as pdf:
        assert listed(pdf) == [
            [
                "diesen Brief, Stift und Papier",
                "Ihren aktuellen Lebenslauf",
                "Schreiben, zu denen Sie Fragen haben",
            ]
        ]
    with archived("ar") as pdf:
        german, arabic = listed(pdf)
        assert len(arabic) == len(german) == 3
        assert not any("•" in entry for entry in arabic)


@pytest.mark.parametrize("variant", list(LetterVariant))
def test_rules_and_papers_of_a_personal_appointment_are_two_lists(variant: str) -> None:
    kind = LetterKind.PERSONAL
    blocks = texts.shipped_blocks(kind, "de", variant)
    copy = Renderer().archived(LetterSource(kind, blocks, personal(), variant))
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        assert list(pdfa.check(pdf, "2b").findings) == []
        lists = listed(pdf)
        assert len(lists) == 2
        assert any("Lebenslauf" in entry for entry in lists[variant == LetterVariant.STANDARD])
        assert not any("•" in entry for entries in lists for entry in entries)


def test_the_page_behind_says_its_language() -> None:
    with archived("ar") as pdf:
        first, second = (list(pdf.Root.StructTreeRoot.ParentTree.Nums)[n] for n in (1, 3))
        assert all("/Lang" not in element for element in first)
        assert {str(element.Lang) for element in second} == {"ar"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_copy_shows_what_was_printed(language: str | None) -> None:
    printed = pypdfium2.PdfDocument(Renderer().render(source(language)).pdf)
    copy = pypdfium2.PdfDocument(Renderer().archived(source(language)))
    assert len(printed) == len(copy)
    for one, other in zip(printed, copy, strict=True):
        pixels = [bytes(page.render(scale=1.5).buffer) for page in (one, other)]
        assert pixels[0] == pixels[1]
