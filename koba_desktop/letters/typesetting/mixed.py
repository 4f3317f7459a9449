"""One line in more than one script, as lists have it: a name as it is written, in German words.

The line as a whole runs from left to right, a name in Arabic letters in it from right to left.
"""

from dataclasses import dataclass
from typing import Any

from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.letters.typesetting import bidi, fonts, shaping
from koba_desktop.letters.typesetting.geometry import PAGE_HEIGHT, POINTS_PER_MM
from koba_desktop.letters.typesetting.page import INK

_AROUND = "de"  # the language of the line, not of the name
_RIGHT_TO_LEFT_MARK = "\u200f"
_SIGNS = " ,.-…"


@dataclass(frozen=True, slots=True)
class Mixed:
    """As ``page.Text``; ``text`` in the order of reading."""

    x: float
    baseline: float
    text: str
    size: float
    bold: bool = False
    ink: str = INK
    where: str = ""

    @property
    def width(self) -> float:
        return text_width(self.text, self.size, bold=self.bold)

    @property
    def content(self) -> str:
        return bidi.without_controls(self.text)

    @property
    def bottom(self) -> float:
        return self.baseline

    def require_glyphs(self) -> None:
        """Raises Refused ``unprintable_character``."""
        if absent := fonts.missing_everywhere(self.content):
            given = {"character": absent, "text": self.content}
            raise Refused(Problem("unprintable_character", given, self.where))

    def draw(self, canvas: Any) -> None:
        canvas.setFillColor(self.ink)
        _line(self.text, bold=self.bold).draw(
            canvas, self.x * POINTS_PER_MM, (PAGE_HEIGHT - self.baseline) * POINTS_PER_MM, self.size
        )


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width in mm of a text set in ``size`` points."""
    return _line(text, bold=bold).width * size / POINTS_PER_MM


def _line(text: str, *, bold: bool) -> shaping.Line:
    """What stands at the end of an Arabic name, as a comma or dots, stands on its left."""
    word = text.rstrip(_SIGNS)
    mark = _RIGHT_TO_LEFT_MARK if bidi.has_right_to_left(word[-1:]) else ""
    return shaping.one_line(text + mark, _AROUND, bold=bold)
