"""Writing a language on a page, from either side.

Places are said as for a page that runs from left to right; the page of a language that runs from
right to left is its mirror image.
"""

from dataclasses import dataclass, field

from koba_desktop.letters.letter.layout import HEADING_GAP
from koba_desktop.letters.typesetting import bidi, fonts, page, shaping
from koba_desktop.letters.typesetting.geometry import MARGIN_LEFT, TEXT_RIGHT
from koba_desktop.letters.typesetting.page import ACCENT, INK, Frame, Item


@dataclass(frozen=True, slots=True)
class Hand:
    """Writes one language."""

    language: str

    @property
    def mirrored(self) -> bool:
        return bidi.runs_right_to_left(self.language)

    def left(self, x: float, width: float) -> float:
        """Where something lies that a page from left to right has at ``x``."""
        return MARGIN_LEFT + TEXT_RIGHT - x - width if self.mirrored else x

    def write(
        self,
        content: str,
        *,
        x: float,
        top: float,
        width: float,
        size: float,
        where: str,
        bold: bool = False,
        ink: str = INK,
    ) -> page.Passage | shaping.Shaped:
        """A block in this language, at the side where its lines begin."""
        x = self.left(x, width)
        if self.mirrored or bidi.has_right_to_left(content):
            return shaping.passage(
                content,
                x=x,
                top=top,
                width=width,
                size=size,
                language=self.language,
                ink=ink,
                bold=bold,
                right_aligned=self.mirrored,
                where=where,
            )
        return page.passage(
            bidi.without_controls(content),
            x=x,
            top=top,
            width=width,
            size=size,
            ink=ink,
            bold=bold,
            where=where,
        )

    def quote(
        self, content: str, *, x: float, top: float, width: float, size: float, where: str
    ) -> page.Passage:
        """A block of the German letter, at the same side."""
        return page.passage(
            content,
            x=self.left(x, width),
            top=top,
            width=width,
            size=size,
            right_aligned=self.mirrored,
            where=where,
        )

    def frame(self, x: float, top: float, width: float, height: float, bar: float) -> list[Item]:
        """A frame with a bar at the side where lines begin."""
        whole = Frame(self.left(x, width), top, width, height)
        return [whole, Frame(self.left(x, bar), top, bar, height, filled=True)]

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Of one line, in mm."""
        if self.mirrored or bidi.has_right_to_left(text):
            return shaping.text_width(text, size=size, language=self.language, bold=bold)
        bare = bidi.without_controls(text)
        return fonts.text_width(bare, fonts.BOLD if bold else fonts.REGULAR, size)


@dataclass(slots=True)
class HandStack:
    """Blocks one below the other; ``at`` is where the next one begins."""

    hand: Hand
    x: float
    at: float
    width: float
    size: float
    items: list[Item] = field(default_factory=list)

    def say(
        self,
        content: str,
        where: str,
        *,
        gap: float = 0.0,
        size: float | None = None,
        bold: bool = False,
        ink: str = INK,
    ) -> None:
        said = self.hand.write(
            content,
            x=self.x,
            top=self.at + gap,
            width=self.width,
            size=size or self.size,
            where=where,
            bold=bold,
            ink=ink,
        )
        self.items.append(said)
        self.at = said.bottom

    def head(self, content: str, where: str, size: float, *, gap: float = 0.0) -> None:
        """A heading of what follows."""
        self.say(content, where, gap=gap, size=size, bold=True, ink=ACCENT)
        self.at += HEADING_GAP
