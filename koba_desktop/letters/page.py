"""What a page is made of, in millimetres from its top left, and painting it on a canvas.

A page is composed first and painted afterwards: so it is known to fit, and to contain only
characters the font has, before anything is drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.letters import fonts, markup
from koba_desktop.letters.geometry import PAGE_HEIGHT

INK = "#182123"
SECOND_INK = "#4A585B"
ACCENT = "#00565E"
RULE_INK = "#7B898C"

MM = 72 / 25.4
_HYPHENATION = "de_DE"
_LEADING = 1.36  # line height as a multiple of the size
_ASCENT = 1.0  # ReportLab sets the first base line one size below the top, whatever the font
_CAPITALS = 0.714  # of Noto Sans, as a multiple of the size


@dataclass(frozen=True, slots=True)
class Text:
    """One line of plain text; ``baseline`` in mm, ``size`` in points."""

    x: float
    baseline: float
    text: str
    size: float
    bold: bool = False
    ink: str = INK
    right_aligned: bool = False
    where: str = ""

    @property
    def font(self) -> str:
        return fonts.BOLD if self.bold else fonts.REGULAR

    @property
    def width(self) -> float:
        return fonts.text_width(self.text, self.font, self.size)

    @property
    def content(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Passage:
    """A wrapped paragraph with its upper left corner."""

    x: float
    top: float
    width: float
    height: float
    content: str
    paragraph: Any
    where: str = ""

    @property
    def bottom(self) -> float:
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line; ``weight`` in points, ``dash`` in points on and off."""

    x0: float
    y0: float
    x1: float
    y1: float
    weight: float = 0.5
    ink: str = INK
    dash: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle, filled or outlined; ``radius`` (mm) rounds its corners."""

    x: float
    top: float
    width: float
    height: float
    ink: str = ACCENT
    filled: bool = False
    weight: float = 0.8
    radius: float = 0.0


class Drawing(Protocol):
    """What draws itself: a code, a line in another script. ``bottom`` in mm from the sheet's top,
    ``content`` is what it says to whom does not see it."""

    @property
    def where(self) -> str: ...

    @property
    def content(self) -> str: ...

    @property
    def bottom(self) -> float: ...

    def require_glyphs(self) -> None:
        """Raises Refused ``unprintable_character``."""

    def draw(self, canvas: Any) -> None:
        """On a ReportLab canvas, which counts points from the sheet's bottom left."""


Item = Text | Passage | Rule | Frame | Drawing


def passage(
    content: str,
    *,
    x: float,
    top: float,
    width: float,
    size: float,
    ink: str = INK,
    bold: bool = False,
    right_aligned: bool = False,
    where: str = "",
) -> Passage:
    """Wrap a filled block (paragraph markup) to a width; its height is then known.

    German words are hyphenated only where one is wider than the column: loading the patterns takes
    longer than the whole letter.
    """
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus.paragraph import Paragraph

    fonts.load()
    font = fonts.BOLD if bold else fonts.REGULAR
    said = markup.plain(content)
    widest = max((fonts.text_width(w, fonts.BOLD, size) for w in said.split()), default=0.0)
    style = ParagraphStyle(
        "letter",
        fontName=font,
        fontSize=size,
        leading=size * _LEADING,
        textColor=ink,
        alignment=2 if right_aligned else 0,
        hyphenationLang=_HYPHENATION if widest > width else "",
        splitLongWords=1,
    )
    paragraph = Paragraph(content, style)
    _width, height = paragraph.wrap(width * MM, PAGE_HEIGHT * MM)
    return Passage(x, top, width, height / MM, said, paragraph, where)


def shrunk(
    content: str,
    *,
    x: float,
    top: float,
    width: float,
    height: float,
    largest: float,
    smallest: float,
    ink: str = INK,
    bold: bool = False,
    right_aligned: bool = False,
    where: str = "",
) -> Passage:
    """The passage in the largest size that keeps to a height (mm), in steps of half a point.

    Raises Refused(``text_does_not_fit``) where even the smallest is too high.
    """
    size = largest
    while size >= smallest:
        laid = passage(
            content,
            x=x,
            top=top,
            width=width,
            size=size,
            ink=ink,
            bold=bold,
            right_aligned=right_aligned,
            where=where,
        )
        if laid.height <= height:
            return laid
        size -= 0.5
    raise Refused(Problem("text_does_not_fit", {"text": markup.plain(content)}, where))


def fitted(
    text: str,
    *,
    x: float,
    baseline: float,
    width: float,
    largest: float,
    smallest: float,
    bold: bool = False,
    ink: str = INK,
    where: str = "",
) -> Text:
    """One line in the largest size that keeps to a width (mm), in steps of half a point.

    Raises Refused(``text_does_not_fit``) where even the smallest is too wide.
    """
    size = largest
    while size >= smallest:
        line = Text(x, baseline, text, size, bold=bold, ink=ink, where=where)
        if line.width <= width:
            return line
        size -= 0.5
    raise Refused(Problem("text_does_not_fit", {"text": text}, where))


def load_hyphenation() -> None:
    """Read the German patterns (some 0.3 s, once in a process)."""
    import pyphen

    pyphen.Pyphen(lang=_HYPHENATION)


def ascent(size: float) -> float:
    """From a passage's top down to its first base line, in mm for a size in points."""
    return size * _ASCENT / MM


def capital_height(size: float) -> float:
    """Height of a capital letter, in mm for a size in points."""
    return size * _CAPITALS / MM


def require_glyphs(items: Sequence[Item]) -> None:
    """Raises Refused with an ``unprintable_character`` for each text the fonts cannot set."""
    problems = [
        problem
        for item in items
        if isinstance(item, Text | Passage)
        and (problem := fonts.unprintable(item.content, item.where))
    ]
    if problems:
        raise Refused(*problems)
    for item in items:
        if not isinstance(item, Text | Passage | Rule | Frame):
            item.require_glyphs()


def paint(canvas: Any, items: Sequence[Item]) -> None:
    """Draw a composed page."""
    for item in items:
        match item:
            case Text():
                canvas.setFillColor(item.ink)
                canvas.setFont(item.font, item.size)
                draw = canvas.drawRightString if item.right_aligned else canvas.drawString
                draw(item.x * MM, up(item.baseline), item.text)
            case Passage():
                item.paragraph.drawOn(canvas, item.x * MM, up(item.bottom))
            case Rule():
                canvas.setStrokeColor(item.ink)
                canvas.setLineWidth(item.weight)
                canvas.setDash(*(item.dash or ()))
                canvas.line(item.x0 * MM, up(item.y0), item.x1 * MM, up(item.y1))
            case Frame():
                canvas.setDash()
                canvas.setLineWidth(item.weight)
                canvas.setStrokeColor(item.ink)
                canvas.setFillColor(item.ink)
                canvas.roundRect(
                    item.x * MM,
                    up(item.top + item.height),
                    item.width * MM,
                    item.height * MM,
                    item.radius * MM,
                    stroke=int(not item.filled),
                    fill=int(item.filled),
                )
            case _:
                item.draw(canvas)


def up(y: float) -> float:
    """A height in mm from the sheet's top as ReportLab counts it: from the bottom, in points."""
    return (PAGE_HEIGHT - y) * MM
