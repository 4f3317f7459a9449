"""The copy for the archive: tagged PDF/A-2b (ISO 19005-2).

Drawn from the same composed pages as the printed letter, each piece marked with what it is, so that
a screen reader reads the letter in its order. PDF/UA is not claimed.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.letters.letter.composing import Composed, Leaf
from koba_desktop.letters.typesetting import page
from koba_desktop.letters.typesetting.codes import Symbol
from koba_desktop.letters.typesetting.pdf import new_canvas
from koba_desktop.letters.typesetting.shaping import Shaped

_CONFORMANCE = "2b"
_GERMAN = "de-DE"
_BULLET = "•"
_ARTIFACTS = ("page_first", "page_second", "page_third", "page_fourth")
_HEADING = "_heading"


@dataclass(frozen=True, slots=True)
class _Part:
    """Items that are one structure element. ``role`` "" is what no reader needs to hear."""

    role: str
    items: tuple[page.Item, ...]
    alt: str = ""


@dataclass(slots=True)
class _Tagged:
    """The parts of one page that have been drawn, in the order of their marks."""

    language: str
    parts: list[_Part] = field(default_factory=list)


def archived(letter: Composed, *, invariant: bool = False) -> bytes:
    """The letter as PDF/A-2b; the writer of the file validates it.

    Raises Refused ``archive_not_valid``, Unavailable ``font_missing``.
    """
    buffer = io.BytesIO()
    canvas = new_canvas(buffer, title=letter.title, author=letter.author, invariant=invariant)
    drawn = [_draw(canvas, leaf) for leaf in letter.leaves]
    canvas.save()
    return _finished(buffer.getvalue(), drawn, letter)


def _draw(canvas: Any, leaf: Leaf) -> _Tagged:
    tagged = _Tagged(leaf.language)
    for part in _parts(leaf.items):
        if part.role:
            canvas.addLiteral(f"/{part.role} <</MCID {len(tagged.parts)}>> BDC")
            tagged.parts.append(part)
        else:
            canvas.addLiteral("/Artifact BMC")
        page.paint(canvas, part.items)
        canvas.addLiteral("EMC")
    canvas.showPage()
    return tagged


def _parts(items: Sequence[page.Item]) -> Iterator[_Part]:
    """What follows each other in one place is one part: the lines of the address, of a label."""
    for (role, _place), group in groupby(items, key=lambda item: (_role(item), _where(item))):
        together = tuple(group)
        if role in ("", "P"):
            yield _Part(role, together)
            continue
        for item in together:
            yield _Part(role, (item,), alt=_alt(item))


def _where(item: page.Item) -> str:
    return "" if isinstance(item, page.Rule | page.Frame) else item.where


def _role(item: page.Item) -> str:
    if isinstance(item, page.Rule | page.Frame) or item.where in _ARTIFACTS:
        return ""
    if isinstance(item, Symbol):
        return "Figure"
    if item.where == "subject":
        return "H1"
    return "H2" if item.where.endswith(_HEADING) else "P"


def _alt(item: page.Item) -> str:
    return item.content if isinstance(item, Symbol) else ""


def _spoken(part: _Part) -> str:
    """What is to be read aloud instead of glyphs that stand from left to right on the page though
    they are read from right to left; "" where the glyphs are in the order of reading."""
    if not any(isinstance(item, Shaped) for item in part.items):
        return ""
    return " ".join(
        item.content for item in part.items if not isinstance(item, page.Rule | page.Frame)
    )


def _finished(raw: bytes, pages: Sequence[_Tagged], letter: Composed) -> bytes:
    """The structure tree over the marks, the metadata, and the whole as PDF/A."""
    import pikepdf
    from pikepdf import Array, Dictionary, Name, String, pdfa

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array())
        )
        numbers = Array()
        for number, (sheet, tagged) in enumerate(zip(pdf.pages, pages, strict=True)):
            if "/Trans" in sheet:  # ReportLab's empty one; PDF/A forbids it
                del sheet["/Trans"]
            sheet.StructParents = number
            sheet.Tabs = Name.S
            parents = Array()
            for mark, part in enumerate(tagged.parts):
                element = Dictionary(
                    Type=Name.StructElem,
                    S=Name(f"/{part.role}"),
                    P=document,
                    Pg=sheet.obj,
                    K=mark,
                )
                if part.alt:
                    element.Alt = String(part.alt)
                if spoken := _spoken(part):
                    element.ActualText = String(spoken)
                if tagged.language != _GERMAN:
                    element.Lang = String(tagged.language)
                indirect = pdf.make_indirect(element)
                document.K.append(indirect)
                parents.append(indirect)
            numbers.append(number)
            numbers.append(pdf.make_indirect(parents))
        root.K = document
        root.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
        root.ParentTreeNextKey = len(pages)
        pdf.Root.StructTreeRoot = root
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.Lang = String(_GERMAN)
        with pdf.open_metadata() as metadata:
            metadata["dc:title"] = letter.title
            metadata["dc:creator"] = [letter.author]
            metadata["dc:language"] = list(dict.fromkeys(tagged.language for tagged in pages))
        try:
            pdfa.save(pdf, out, _CONFORMANCE)
        except pdfa.PdfaError as error:
            raise Refused(Problem("archive_not_valid")) from error
    return out.getvalue()
