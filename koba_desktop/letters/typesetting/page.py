"""What a page is made of, in millimetres from its top left, and painting it on a canvas.

A page is composed first and painted afterwards: so it is known to fit, and to contain only
characters the font has, before anything is drawn.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.letters.typesetting import fonts, markup
from koba_desktop.letters.typesetting.geometry import PAGE_HEIGHT, POINTS_PER_MM
from koba_desktop.letters.typesetting.setting import Setting, color, setting, show

INK = "#182123"
SECOND_INK = "#4A585B"
ACCENT = "#00565E"
RULE_INK = "#7B898C"

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
    setting: Setting
    where: str = ""

    @property
    def height(self) -> float:
        return self.setting.height

    @property
    def content(self) -> str:
        return self.setting.content

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
    """A filled block (paragraph markup) set to a width; its height is then known."""
    laid = setting(content, width, size, ink, bold, right_aligned)
    return Passage(x, top, width, laid, where)


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
    for size in _sizes(largest, smallest):
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
    for size in _sizes(largest, smallest):
        line = Text(x, baseline, text, size, bold=bold, ink=ink, where=where)
        if line.width <= width:
            return line
    raise Refused(Problem("text_does_not_fit", {"text": text}, where))


def _sizes(largest: float, smallest: float) -> Iterator[float]:
    size = largest
    while size >= smallest:
        yield size
        size -= 0.5


def ascent(size: float) -> float:
    """From a passage's top down to its first base line, in mm for a size in points."""
    return size * _ASCENT / POINTS_PER_MM


def capital_height(size: float) -> float:
    """Height of a capital letter, in mm for a size in points."""
    return size * _CAPITALS / POINTS_PER_MM


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
                x = (item.x - item.width if item.right_aligned else item.x) * POINTS_PER_MM
                show(canvas, x, up(item.baseline), item.text, item.font, item.size, item.ink)
            case Passage():
                item.setting.draw(canvas, item.x * POINTS_PER_MM, up(item.top))
            case Rule():
                canvas.setStrokeColor(color(item.ink))
                canvas.setLineWidth(item.weight)
                canvas.setDash(*(item.dash or ()))
                canvas.line(
                    item.x0 * POINTS_PER_MM, up(item.y0), item.x1 * POINTS_PER_MM, up(item.y1)
                )
            case Frame():
                canvas.setDash()
                canvas.setLineWidth(item.weight)
                canvas.setStrokeColor(color(item.ink))
                canvas.setFillColor(color(item.ink))
                canvas.roundRect(
                    item.x * POINTS_PER_MM,
                    up(item.top + item.height),
                    item.width * POINTS_PER_MM,
                    item.height * POINTS_PER_MM,
                    item.radius * POINTS_PER_MM,
                    stroke=int(not item.filled),
                    fill=int(item.filled),
                )
            case _:
                item.draw(canvas)


def up(y: float) -> float:
    """A height in mm from the sheet's top as ReportLab counts it: from the bottom, in points."""
    return (PAGE_HEIGHT - y) * POINTS_PER_MM
