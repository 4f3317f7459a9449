"""A block of text set to a width: broken into lines by ReportLab where it needs more than one.

What breaks only where it says so is set here: most texts of a letter are one line, and a paragraph
of ReportLab costs ten times as much. What was set before is not set again.
"""

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from koba_desktop.letters.typesetting import fonts, harfbuzz, markup
from koba_desktop.letters.typesetting.geometry import POINTS_PER_MM

LEADING = 1.36  # line height as a multiple of the size

_ANY_HEIGHT = 10_000.0  # points
_HYPHENATION = "de_DE"
_TAG = re.compile(r"(<br/>|</?[bi]>)")
_KEPT = 4096  # settings: the fixed texts of all kinds of letters, and some of the letters' own


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one face; ``offset`` in points from the left of its line."""

    text: str
    font: str
    offset: float


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """Text with its height (mm) and what it says. Either ``lines`` or ReportLab's ``paragraph``.

    Two of the same text, width and look are one object.
    """

    height: float
    content: str
    size: float
    ink: str
    lines: tuple[tuple[Run, ...], ...] = ()
    paragraph: Any = None

    def draw(self, canvas: Any, x: float, top: float) -> None:
        """With its upper left corner at ``x`` and ``top``, in points of the canvas."""
        if self.paragraph is not None:
            self.paragraph.drawOn(canvas, x, top - self.height * POINTS_PER_MM)
            return
        leading = self.size * LEADING
        baseline = top - self.size  # ReportLab's paragraphs begin so, whatever the font
        for number, runs in enumerate(self.lines):
            for run in runs:
                y = baseline - number * leading
                show(canvas, x + run.offset, y, run.text, run.font, self.size, self.ink)


def show(canvas: Any, x: float, y: float, text: str, font: str, size: float, ink: str) -> None:
    """One line of text from a point (points of the canvas) on, as ReportLab's text objects write
    it, in a third of their time; accents that stand by themselves where they belong."""
    if harfbuzz.accented(text):
        for part, right, up in harfbuzz.placed(text, font):
            _show(canvas, x + right * size, y + up * size, part, font, size, ink)
    else:
        _show(canvas, x, y, text, font, size, ink)


def _show(canvas: Any, x: float, y: float, text: str, font: str, size: float, ink: str) -> None:
    from reportlab.lib.rl_accel import escapePDF
    from reportlab.pdfbase.pdfmetrics import getFont

    document, face = canvas._doc, getFont(font)
    shown = " ".join(
        f"{face.getSubsetInternalName(subset, document)} {size:.6g} Tf ({escapePDF(codes)}) Tj"
        for subset, codes in face.splitString(text, document)
    )
    canvas.addLiteral(f"BT {_fill(ink)} 1 0 0 1 {x:.4f} {y:.4f} Tm {shown} ET")


@lru_cache(maxsize=_KEPT)
def setting(
    content: str, width: float, size: float, ink: str, bold: bool, right_aligned: bool
) -> Setting:
    """``content`` is paragraph markup, ``width`` in mm, ``size`` in points."""
    fonts.load()
    said = markup.plain(content)
    lines = _unbroken(content, width, size, bold, right_aligned)
    if lines is not None:
        return Setting(len(lines) * size * LEADING / POINTS_PER_MM, said, size, ink, lines=lines)
    return _wrapped(content, said, width, size, ink, bold, right_aligned)


@lru_cache(maxsize=64)
def color(ink: str) -> Any:
    """ReportLab's colour for a hexadecimal one: it reads them anew each time."""
    from reportlab.lib.colors import toColor

    return toColor(ink)


@lru_cache(maxsize=64)
def _fill(ink: str) -> str:
    """The operator that makes ink the colour of what is filled, as letters are."""
    return "{:.6f} {:.6f} {:.6f} rg".format(*color(ink).rgb())


def load_hyphenation() -> None:
    """Read the German patterns (some 0.3 s, once in a process)."""
    import pyphen

    pyphen.Pyphen(lang=_HYPHENATION)


def _unbroken(
    content: str, width: float, size: float, bold: bool, right_aligned: bool
) -> tuple[tuple[Run, ...], ...] | None:
    """The lines as the text says them; None where one is too wide or needs ReportLab's care."""
    if "  " in content or "<br/><br/>" in content:
        return None
    room = width * POINTS_PER_MM
    faces = {"b": bold, "i": False}
    lines: list[tuple[Run, ...]] = []
    runs: list[Run] = []
    at = 0.0

    def end_line() -> bool:
        nonlocal at
        if not runs or at > room or runs[0].text[0] == " " or runs[-1].text[-1] == " ":
            return False
        shift = room - at if right_aligned else 0.0
        lines.append(tuple(Run(r.text, r.font, r.offset + shift) for r in runs))
        runs.clear()
        at = 0.0
        return True

    for piece in _TAG.split(content):
        if piece == "<br/>":
            if not end_line():
                return None
        elif _TAG.fullmatch(piece):
            faces[piece.strip("</>")] = not piece.startswith("</") or bold
        elif piece:
            text = html.unescape(piece)
            font = fonts.BOLD if faces["b"] else fonts.ITALIC if faces["i"] else fonts.REGULAR
            runs.append(Run(text, font, at))
            at += fonts.text_width(text, font, size) * POINTS_PER_MM
    return tuple(lines) if end_line() else None


def _wrapped(
    content: str,
    said: str,
    width: float,
    size: float,
    ink: str,
    bold: bool,
    right_aligned: bool,
) -> Setting:
    """German words are hyphenated only where one is wider than the column: loading the patterns
    takes longer than the whole letter."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus.paragraph import Paragraph

    widest = max((fonts.text_width(w, fonts.BOLD, size) for w in said.split()), default=0.0)
    style = ParagraphStyle(
        "letter",
        fontName=fonts.BOLD if bold else fonts.REGULAR,
        fontSize=size,
        leading=size * LEADING,
        textColor=color(ink),
        alignment=2 if right_aligned else 0,
        hyphenationLang=_HYPHENATION if widest > width else "",
        splitLongWords=1,
        shaping=int(harfbuzz.accented(said)),
    )
    paragraph = Paragraph(content, style)
    _width, height = paragraph.wrap(width * POINTS_PER_MM, _ANY_HEIGHT)
    return Setting(height / POINTS_PER_MM, said, size, ink, paragraph=paragraph)
