"""The copy for the archive: tagged PDF/A-2b (ISO 19005-2).

Drawn from the same composed pages as the printed letter, each piece marked with what it is, so that
a screen reader reads the letter in its order. PDF/UA is not claimed.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from koba_desktop.domain.errors import Problem, Refused, Unavailable
from koba_desktop.letters.letter.both_sides import sides
from koba_desktop.letters.letter.composing import GERMAN, Composed, Leaf
from koba_desktop.letters.letter.layout import BULLET
from koba_desktop.letters.typesetting import page
from koba_desktop.letters.typesetting.codes import Symbol
from koba_desktop.letters.typesetting.pdf import new_canvas
from koba_desktop.letters.typesetting.shaping import Shaped

_CONFORMANCE = "2b"
_ARTIFACTS = ("page_first", "page_second", "page_third", "page_fourth", BULLET)
_LISTS = ("papers", "rules")
_HEADING = "_heading"
_ENTRY = "LBody"
_SLIP = "slip"
"""The named destination that is the page with the reply slip."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Items that are one structure element. ``role`` "" is what no reader needs to hear; ``group``
    is the list it is an entry of."""

    role: str
    items: tuple[page.Item, ...]
    alt: str = ""
    group: str = ""


@dataclass(slots=True)
class _Tagged:
    """The parts of one page that have been drawn, in the order of their marks."""

    language: str
    slip: bool
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
    tagged = _Tagged(leaf.language, leaf.slip)
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
    """What follows each other in one place is one part: the lines of the address, of a label, of an
    entry behind its bullet."""
    for (role, place), group in groupby(items, key=lambda item: (_role(item), _where(item))):
        together = tuple(group)
        if role in ("", "P", _ENTRY):
            yield _Part(role, together, group=place if role == _ENTRY else "")
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
    if item.where in _LISTS:
        return _ENTRY
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


def on_both_sides(pdf: bytes) -> bytes:
    """A copy's pages for paper that is printed on both sides; no PDF/A any more.

    Raises Unavailable ``pdf_damaged``.
    """
    import pikepdf
    from pikepdf import Dictionary, Name

    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(pdf)) as copy:
            size = copy.pages[0].MediaBox
            placed = list(sides(_slips(copy)))
            for at, number in enumerate(placed):
                if number is None:
                    empty = Dictionary(Type=Name.Page, MediaBox=size, Resources=Dictionary())
                    copy.pages.insert(at, pikepdf.Page(copy.make_indirect(empty)))
            copy.save(out)
    except pikepdf.PdfError as error:
        raise Unavailable("pdf_damaged") from error
    return out.getvalue()


def _slips(copy: Any) -> list[bool]:
    """Of each page whether the reply slip is on it; in a copy that does not say, on none."""
    try:
        name, place = copy.Root.Names.Dests.Names
    except AttributeError:
        return [False] * len(copy.pages)
    slip = place.D[0].objgen if str(name) == _SLIP else None
    return [sheet.objgen == slip for sheet in copy.pages]


def _elements(pdf: Any, document: Any, sheet: Any, tagged: _Tagged) -> Iterator[Any]:
    """The element of each part of a page, put into its place in the document: entries that follow
    each other are one list."""
    from pikepdf import String

    listed, whole = "", None
    for mark, part in enumerate(tagged.parts):
        if part.group != listed:
            listed, whole = part.group, _element(pdf, document, "L") if part.group else None
        above = document if whole is None else _element(pdf, whole, "LI")
        element = _element(pdf, above, part.role)
        element.Pg = sheet
        element.K = mark
        if part.alt:
            element.Alt = String(part.alt)
        if spoken := _spoken(part):
            element.ActualText = String(spoken)
        if tagged.language != GERMAN:
            element.Lang = String(tagged.language)
        yield element


def _element(pdf: Any, above: Any, role: str) -> Any:
    """A new element, the last of what is above it."""
    from pikepdf import Array, Dictionary, Name

    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{role}"), P=above))
    if "/K" not in above:
        above.K = Array()
    above.K.append(element)
    return element


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
            if tagged.slip:
                place = Dictionary(D=Array([sheet.obj, Name.Fit]))
                pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String(_SLIP), place])))
            numbers.append(number)
            numbers.append(pdf.make_indirect(Array(_elements(pdf, document, sheet.obj, tagged))))
        root.K = document
        root.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
        root.ParentTreeNextKey = len(pages)
        pdf.Root.StructTreeRoot = root
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.Lang = String(GERMAN)
        with pdf.open_metadata() as metadata:
            metadata["dc:title"] = letter.title
            metadata["dc:creator"] = [letter.author]
            metadata["dc:language"] = list(dict.fromkeys(tagged.language for tagged in pages))
        try:
            pdfa.save(pdf, out, _CONFORMANCE)
        except pdfa.PdfaError as error:
            raise Refused(Problem("archive_not_valid")) from error
    return out.getvalue()
