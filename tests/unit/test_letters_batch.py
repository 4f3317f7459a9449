"""Many letters in one PDF: each as it would be alone, and one that is wrong stops no other."""

import io
from typing import Any

import pdfplumber
import pikepdf
import pypdfium2
import pytest

from koba_desktop.domain.errors import OfficeError
from koba_desktop.domain.vocabulary import Channel, LetterKind, LetterVariant
from koba_desktop.letters.letter import texts
from koba_desktop.letters.letter.render import Renderer
from koba_desktop.services.ports import CourtesyText, LetterSource, RenderedBatch
from tests.unit.letter_samples import MOVED_FROM, letter

PROPOSAL = LetterKind.TELEPHONE_PROPOSAL
VISIT = {"number": "124", "companions": 0, "needs": [], "urgent": False}


def proposal(name: str, **changes: Any) -> LetterSource:
    data = letter(
        recipient_lines=["Frau", name, "Lindenweg 7", "38820 Halberstadt"],
        client={"name": name},
        calendar_entry="Telefontermin",
        **changes,
    )
    return LetterSource(PROPOSAL, texts.shipped_blocks(PROPOSAL), data)


def mixed() -> list[LetterSource]:
    """Fifteen letters of several kinds, variants and languages."""
    letters = [proposal(f"Marlies Kuhn-{n}") for n in range(6)]
    for kind, changes in (
        (LetterKind.CHANGED_TELEPHONE, {"former": MOVED_FROM}),
        (LetterKind.CANCELLATION, {}),
        (LetterKind.PERSONAL, {"visit": VISIT, "appointment": {"channel": Channel.IN_PERSON}}),
    ):
        letters.append(LetterSource(kind, texts.shipped_blocks(kind), letter(**changes)))
        for language in ("ar", "pl"):
            translation = CourtesyText(language, texts.shipped_blocks(kind, language))
            letters.append(
                LetterSource(
                    kind, texts.shipped_blocks(kind), letter(**changes), translation=translation
                )
            )
    easy = texts.shipped_blocks(PROPOSAL, "de", LetterVariant.EASY)
    letters.append(LetterSource(PROPOSAL, easy, letter(), variant=LetterVariant.EASY))
    return letters


def pixels(pdf: bytes) -> list[bytes]:
    return [bytes(page.render(scale=1.3).buffer) for page in pypdfium2.PdfDocument(pdf)]


def errors(batch: RenderedBatch) -> list[str]:
    return [one.error.code if one.error else "" for one in batch.letters]


def test_each_letter_of_a_batch_looks_as_it_does_alone() -> None:
    sources = mixed()
    batch = Renderer().render_batch(sources)
    together = pixels(batch.pdf)
    at = 0
    for source, placed in zip(sources, batch.letters, strict=True):
        alone = Renderer().render(source)
        assert (placed.first_page, placed.pages) == (at, alone.pages)
        assert together[at : at + placed.pages] == pixels(alone.pdf)
        assert placed.error is None
        assert not placed.violations
        at += placed.pages
    assert at == len(together)


def test_what_letters_share_is_in_the_file_once() -> None:
    batch = Renderer().render_batch([proposal(f"Marlies Kuhn-{n}") for n in range(40)])
    with pikepdf.open(io.BytesIO(batch.pdf)) as pdf:
        forms = {
            form.objgen
            for page in pdf.pages
            for form in page.Resources.get("/XObject", {}).values()
            if form.get("/Subtype") == "/Form"
        }
        used = [str(o) for page in pdf.pages for _a, o in pikepdf.parse_content_stream(page)]
    assert len(forms) == 1
    assert used.count("Do") == 40
    alone = len(Renderer().render(proposal("Marlies Kuhn-1")).pdf)
    assert len(batch.pdf) < 10 * alone


@pytest.mark.parametrize("place", [0, 7, 19])
def test_one_that_cannot_be_set_says_why_and_the_others_are_there(place: int) -> None:
    sources = [proposal(f"Marlies Kuhn-{n}") for n in range(19)]
    sources.insert(place, proposal("Marlies 龍"))
    batch = Renderer().render_batch(sources)
    assert errors(batch) == [
        "unprintable_character" if n == place else "" for n in range(len(sources))
    ]
    assert batch.letters[place].pages == 0
    with pdfplumber.open(io.BytesIO(batch.pdf)) as document:
        names = [page.extract_text() for page in document.pages]
    assert len(names) == 19
    for n, text in enumerate(names):
        assert f"Marlies Kuhn-{n}\n" in text


def test_one_that_shows_too_much_in_the_window_is_left_out() -> None:
    sources = [proposal(f"Marlies Kuhn-{n}") for n in range(5)]
    sources[2] = proposal("Marlies Jobcenter")
    batch = Renderer().render_batch(sources)
    assert [bool(one.violations) for one in batch.letters] == [False, False, True, False, False]
    assert [(one.first_page, one.pages) for one in batch.letters] == [
        (0, 1), (1, 1), (2, 0), (2, 1), (3, 1),
    ]  # fmt: skip
    with pdfplumber.open(io.BytesIO(batch.pdf)) as document:
        assert len(document.pages) == 4
        assert "Jobcenter\nLindenweg" not in "".join(p.extract_text() for p in document.pages)


def test_a_batch_of_nothing_right_is_no_file() -> None:
    batch = Renderer().render_batch([proposal("龍"), proposal("龍 2")])
    assert batch.pdf == b""
    assert errors(batch) == ["unprintable_character"] * 2
    assert Renderer().render_batch([]).letters == ()


def test_a_batch_ends_where_somebody_stops_it() -> None:
    asked: list[int] = []

    def proceed(done: int) -> bool:
        asked.append(done)
        return done < 3

    batch = Renderer().render_batch((proposal(f"Kuhn {n}") for n in range(9)), proceed)
    assert len(batch.letters) == 3
    assert asked == [0, 1, 2, 3]
    assert len(pypdfium2.PdfDocument(batch.pdf)) == 3


def test_a_missing_font_ends_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OfficeError("font_missing")

    monkeypatch.setattr("koba_desktop.letters.letter.composing.fit", lambda *_a: gone())
    with pytest.raises(OfficeError, match="font_missing"):
        Renderer().render_batch([proposal("Kuhn")])


@pytest.mark.parametrize("form", ["A", "B"])
@pytest.mark.parametrize("envelope", ["DL", "C6/C5"])
def test_every_page_of_a_batch_is_checked_against_its_window(form: str, envelope: str) -> None:
    sources = [proposal(f"Kuhn {n}", form=form, envelope=envelope) for n in range(12)]
    sources[5] = proposal("Jobcenter", form=form, envelope=envelope)
    batch = Renderer().render_batch(sources)
    assert [n for n, one in enumerate(batch.letters) if one.violations] == [5]
