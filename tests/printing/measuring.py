"""Where things lie on printed paper."""

import io
from dataclasses import dataclass

import pdfplumber

from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.letters.letter import texts
from koba_desktop.letters.letter.render import Renderer
from koba_desktop.letters.reading.preview import page_image
from koba_desktop.services.ports import LetterSource
from tests.unit.letter_samples import letter

MM = 72 / 25.4
DPI = 600.0
"""Of the pictures measured: 0.04 mm."""
_MARKS_LEFT, _MARKS_RIGHT = 2.0, 12.0
_DARK = 0xC0


@dataclass(frozen=True, slots=True)
class Paper:
    """A printed page in mm: its size, where the address begins, and the marks at its edge."""

    width: float
    height: float
    address_left: float
    marks: tuple[float, ...]


def a_letter(form: str = "B", *, pages: int = 1) -> bytes:
    """Frau Kuhn's proposal; with more to have ready, the slip goes to a second page."""
    papers = ["Ihren aktuellen Lebenslauf"] * (2 if pages == 1 else 12)
    source = LetterSource(
        LetterKind.TELEPHONE_PROPOSAL,
        texts.shipped_blocks(LetterKind.TELEPHONE_PROPOSAL),
        letter(form=form, papers=papers),
    )
    made = Renderer(invariant=True).render(source)
    assert (made.pages, made.violations) == (pages, ())
    return made.pdf


def page_count(pdf: bytes) -> int:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def strokes(pdf: bytes) -> int:
    """How many lines and frames there are on the first page."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        sheet = document.pages[0]
        return len(sheet.lines) + len(sheet.rects) + len(sheet.curves)


def measured(pdf: bytes, page: int = 0) -> Paper:
    """A page whose text and lines are still there."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        sheet = document.pages[page]
        names = [word for word in sheet.extract_words() if word["text"] == "Marlies"]
        # The line of the address is the lowest that begins with the name above the subject.
        address = min(names, key=lambda word: word["x0"])
        rules = [*sheet.lines, *sheet.rects, *sheet.curves]
        marks = sorted(
            (rule["top"] + rule["bottom"]) / 2 / MM
            for rule in rules
            if rule["x0"] >= _MARKS_LEFT * MM and rule["x1"] <= _MARKS_RIGHT * MM
        )
        return Paper(
            float(sheet.width) / MM,
            float(sheet.height) / MM,
            address["x0"] / MM,
            tuple(marks),
        )


def measured_picture(pdf: bytes, form_top: float, page: int = 0) -> Paper:
    """A page that is one picture; ``form_top`` is where the address field begins (mm)."""
    image = page_image(pdf, page, DPI)
    dot = 25.4 / DPI

    def dark(left: float, right: float, top: float, bottom: float) -> list[tuple[int, int]]:
        first, last = round(left / dot), round(right / dot)
        return [
            (x, y)
            for y in range(round(top / dot), round(bottom / dot))
            for x in range(first, last)
            if image.data[y * image.stride + 4 * x] < _DARK
        ]

    address = dark(20.0, 40.0, form_top + 18.0, form_top + 45.0)
    marks = dark(_MARKS_LEFT + 2.0, _MARKS_LEFT + 3.0, 50.0, 290.0)
    rows = sorted({y for _x, y in marks})
    lines: list[list[int]] = []
    for row in rows:
        if lines and row - lines[-1][-1] == 1:
            lines[-1].append(row)
        else:
            lines.append([row])
    return Paper(
        image.width * dot,
        image.height * dot,
        min(x for x, _y in address) * dot,
        tuple((line[0] + line[-1] + 1) / 2 * dot for line in lines),
    )
