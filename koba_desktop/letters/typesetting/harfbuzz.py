"""Runs of glyphs as HarfBuzz sets them, for what a row of characters alone would set wrong."""

import re
from typing import Any

from koba_desktop.letters.typesetting import fonts

_ACCENT = re.compile(f"[{fonts.ACCENTS}]")
# Every character stays the glyph it is, so that it is found and copied.
_LATIN = {"ccmp": False, "liga": False, "kern": False, "mark": True, "mkmk": True}


def run(
    text: str, face: str, *, script: str, language: str, features: dict[str, bool], rtl: bool
) -> tuple[Any, float]:
    """The glyphs of a run of one direction from left to right, as ReportLab draws them (a str of
    its own), and their width for a size of one point. ``script`` as ISO 15924 has it."""
    import uharfbuzz
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import ShapeData, ShapedStr

    font = pdfmetrics.getFont(face)
    shaper = font.hbFont()
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.script = script
    buffer.language = language
    buffer.flags = uharfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    uharfbuzz.shape(shaper, buffer, features)
    characters, places, width = "", [], 0.0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        character = _character(font, shaper, info.codepoint, position.x_advance)
        advance = font.pdfScale(position.x_advance)
        characters += chr(character)
        places.append(
            ShapeData(
                info.cluster,
                advance,
                0,
                font.pdfScale(position.x_offset),
                font.pdfScale(position.y_offset),
                font.face.charWidths[character],
            )
        )
        width += advance
    return ShapedStr(characters, places), width / 1000


def accented(text: str) -> bool:
    """Whether an accent stands by itself, as where no character is both: "ọ̀", "s̱"."""
    return not text.isascii() and _ACCENT.search(text) is not None


def placed(text: str, face: str) -> list[tuple[str, float, float]]:
    """A Latin or Cyrillic text in parts, with where each begins for a size of one point: every
    accent by itself, where the font says it belongs on its letter (right and up, points)."""
    shaped, _width = run(text, face, script="Latn", language="de", features=_LATIN, rtl=False)
    parts: list[tuple[str, float, float]] = []
    at = 0.0
    for character, place in zip(shaped, shaped.__shapeData__, strict=True):
        accent = _ACCENT.match(character) is not None
        if accent or not parts or _ACCENT.match(parts[-1][0]):
            parts.append((str(character), (at + place.x_offset) / 1000, place.y_offset / 1000))
        else:
            parts[-1] = (parts[-1][0] + str(character), *parts[-1][1:])
        at += place.x_advance
    return parts


def _character(font: Any, shaper: Any, glyph: int, advance: int) -> int:
    """The code point ReportLab knows a glyph by; a private one where it has none."""
    known = font.face.glyphToChar.get(glyph)
    if known:
        return int(known[0])
    return int(font.hbAddPrivate(shaper.glyph_to_string(glyph), glyph, advance))
