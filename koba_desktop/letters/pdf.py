"""Composed pages as a PDF file."""

import io
from collections.abc import Sequence

from koba_desktop.letters import fonts, page


def drawn(
    pages: Sequence[Sequence[page.Item]], *, title: str, author: str, invariant: bool = False
) -> bytes:
    """A4 pages in portrait, to be printed at 100 %. ``invariant`` makes equal pages equal bytes.

    Raises Refused ``unprintable_character`` for each text the fonts cannot set.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    for items in pages:
        page.require_glyphs(items)
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer,
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
    for items in pages:
        page.paint(canvas, items)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
