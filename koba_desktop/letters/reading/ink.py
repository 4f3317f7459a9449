"""What a page of a finished PDF shows, in millimetres from its top left, as PDFium reads it.

PDFium is asked through its plain functions, and of text only where something is to be seen: a
batch has thousands of pages of some 1,400 characters each.
"""

import ctypes
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from koba_desktop.letters.typesetting.geometry import MM_PER_POINT, Rect

_HYPHENS = "\u0002\u00ad"
_FEW = 8  # characters: fewer are rather looked at one by one
_MANY = 128


@dataclass(frozen=True, slots=True)
class Glyph:
    """A visible character with the box of its ink. ``char`` as ``bare`` has it."""

    char: str
    box: Rect
    baseline: float

    @property
    def accent(self) -> bool:
        """Whether it stands on another character, mostly a little higher or lower."""
        return self.char != "" and unicodedata.combining(self.char[0]) > 0


def bare(text: str) -> str:
    """A line for comparison: compatible forms as one, without spaces; accents that no character
    has for itself behind all others, in the order of their code points."""
    plain = "".join("".join(_compatible(ch) for ch in text).split())
    accents = sorted(filter(unicodedata.combining, plain))
    return "".join(ch for ch in plain if not unicodedata.combining(ch)) + "".join(accents)


def _compatible(ch: str) -> str:
    """An accent that stands for itself ("¸") is none that stands on a space."""
    form = unicodedata.normalize("NFKC", ch)
    return ch if len(form) > 1 and form[0] == " " else form


def glyphs(page: Any, within: Rect) -> list[Glyph]:
    """Every visible character whose ink reaches into a part of the page (``PdfPage``)."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    handle = text.raw
    height = page.get_height()
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    box = [ctypes.byref(place) for place in (left, right, bottom, top)]
    origin = [ctypes.byref(place) for place in (x, y)]
    found = []
    for index in _near(handle, within, height):
        pdfium.FPDFText_GetCharBox(handle, index, *box)
        ink = _rect(left.value, bottom.value, right.value, top.value, height)
        if not ink.touches(within):
            continue
        char = chr(pdfium.FPDFText_GetUnicode(handle, index))
        if char.isspace() or pdfium.FPDFText_IsGenerated(handle, index) == 1:
            continue
        pdfium.FPDFText_GetCharOrigin(handle, index, *origin)
        # PDFium reports a hyphen at a line's end as one that may be dropped.
        said = "-" if char in _HYPHENS else bare(char)
        found.append(Glyph(said, ink, (height - y.value) * MM_PER_POINT))
    text.close()
    return found


def shapes(page: Any) -> list[Rect]:
    """The bounds of everything drawn on a page (``PdfPage``) that is not text."""
    import pypdfium2.raw as pdfium

    found: list[Rect] = []
    height = page.get_height()
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    bounds = [ctypes.byref(side) for side in (left, bottom, right, top)]

    def gather(holder: Any, count: Callable[[Any], int], get: Callable[[Any, int], Any]) -> None:
        for number in range(count(holder)):
            thing = get(holder, number)
            kind = pdfium.FPDFPageObj_GetType(thing)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                continue
            if kind == pdfium.FPDF_PAGEOBJ_FORM:
                gather(thing, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject)
                continue
            pdfium.FPDFPageObj_GetBounds(thing, *bounds)
            found.append(_rect(left.value, bottom.value, right.value, top.value, height))

    gather(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject)
    return found


def _near(handle: Any, within: Rect, height: float) -> Iterator[int]:
    """The numbers of all characters that may reach into a part of the page, in their order.

    PDFium tells the rectangles around many characters at once; those without ink it leaves out.
    """
    import pypdfium2.raw as pdfium

    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    sides = [ctypes.byref(side) for side in (left, top, right, bottom)]
    from_x, to_x = within.left / MM_PER_POINT, within.right / MM_PER_POINT
    from_y, to_y = height - within.bottom / MM_PER_POINT, height - within.top / MM_PER_POINT

    def reaches(start: int, count: int) -> bool:
        for number in range(pdfium.FPDFText_CountRects(handle, start, count)):
            pdfium.FPDFText_GetRect(handle, number, *sides)
            if (
                left.value < to_x
                and right.value > from_x
                and bottom.value < to_y
                and top.value > from_y
            ):
                return True
        return False

    def search(start: int, end: int) -> Iterator[int]:
        if not reaches(start, end - start):
            return
        if end - start <= _FEW:
            yield from range(start, end)
            return
        middle = (start + end) // 2
        yield from search(start, middle)
        yield from search(middle, end)

    characters = pdfium.FPDFText_CountChars(handle)
    for start in range(0, characters, _MANY):
        yield from search(start, min(start + _MANY, characters))


def _rect(left: float, bottom: float, right: float, top: float, height: float) -> Rect:
    """From PDFium's points above the lower edge of a page of this height."""
    return Rect(
        left * MM_PER_POINT,
        (height - top) * MM_PER_POINT,
        right * MM_PER_POINT,
        (height - bottom) * MM_PER_POINT,
    )
