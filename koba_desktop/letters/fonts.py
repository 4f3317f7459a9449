"""The fonts letters are set in, and which characters they have."""

import unicodedata
from functools import cache
from typing import Any

from koba_desktop.domain.errors import Problem
from koba_desktop.paths import resource_root

REGULAR = "NotoSans"
BOLD = "NotoSans-Bold"
ITALIC = "NotoSans-Italic"
_FILES = {
    REGULAR: "NotoSans-Regular.ttf",
    BOLD: "NotoSans-Bold.ttf",
    ITALIC: "NotoSans-Italic.ttf",
}


@cache
def load() -> None:
    """Read the font files (some 30 ms, once in a process)."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(resource_root() / "fonts" / file)))
    pdfmetrics.registerFontFamily(
        REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD
    )


def text_width(text: str, font: str, size: float) -> float:
    """Width in mm of a text set in ``size`` points."""
    from reportlab.lib.units import mm
    from reportlab.pdfbase.pdfmetrics import stringWidth

    load()
    return float(stringWidth(text, font, size) / mm)


def tidy(text: str) -> str:
    """One line as it can be set: composed characters, single spaces, nothing invisible."""
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(ch for ch in composed if unicodedata.category(ch) != "Cf")
    return " ".join(visible.split())


def missing(text: str) -> str:
    """The characters of a text that the letter font lacks, each once, in order."""
    glyphs = _glyphs()
    return "".join(dict.fromkeys(ch for ch in text if ord(ch) not in glyphs and ch != "\n"))


def unprintable(text: str, where: str) -> Problem | None:
    """What to say about a text that cannot be printed; None where every glyph is there.

    A glyph that is missing would otherwise vanish without a word.
    """
    absent = missing(text)
    if not absent:
        return None
    named = " ".join(
        f"{ch} (U+{ord(ch):04X})" if ch.isprintable() else f"U+{ord(ch):04X}" for ch in absent
    )
    return Problem("unprintable_character", {"character": named, "text": text}, where)


@cache
def _glyphs() -> Any:
    """Code points that all faces have."""
    from reportlab.pdfbase import pdfmetrics

    load()
    faces = [pdfmetrics.getFont(name).face.charToGlyph for name in _FILES]
    return frozenset(faces[0]).intersection(*faces[1:])
