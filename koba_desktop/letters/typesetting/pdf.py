"""Composed pages as a PDF file."""

import io
from collections.abc import Sequence
from typing import Any

from koba_desktop.letters.typesetting import fonts, page


def drawn(
    pages: Sequence[Sequence[page.Item]], *, title: str, author: str, invariant: bool = False
) -> bytes:
    """A4 pages in portrait, to be printed at 100 %. ``invariant`` makes equal pages equal bytes.

    Raises Refused ``unprintable_character`` for each text the fonts cannot set.
    """
    for items in pages:
        page.require_glyphs(items)
    buffer = io.BytesIO()
    canvas = new_canvas(buffer, title=title, author=author, invariant=invariant)
    for items in pages:
        page.paint(canvas, items)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def new_canvas(stream: Any, *, title: str, author: str, invariant: bool = False) -> Any:
    """A ReportLab canvas for A4 pages in portrait, to be printed at 100 %."""
    from reportlab import rl_config
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0  # printers take bytes; as text a page is a quarter longer and takes 3 ms
    fonts.load()
    canvas = Canvas(
        stream,
        pagesize=A4,
        pageCompression=1,
        invariant=int(invariant),
        initialFontName=fonts.REGULAR,
        lang="de-DE",
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setCreator("KoBa Desktop")
    canvas.setViewerPreference("PrintScaling", "None")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def show_page(canvas: Any) -> None:
    """End a page of a long file: it is kept as the bytes it will be there. ReportLab's objects take
    ten times the memory, and stay until the file is saved."""
    canvas.showPage()
    document = canvas._doc
    shown = document.Pages.pages.pop()
    reference = document.Reference(shown)
    document.Pages.pages.append(reference)
    document.idToObject[reference.name] = shown.format(document)
    content = document.Reference(shown.Contents)
    document.idToObject[content.name] = shown.Contents.format(document)
