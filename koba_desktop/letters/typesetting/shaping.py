"""Lines of mixed direction: words shaped by HarfBuzz, put in order, drawn as glyphs.

ReportLab's own paragraphs know neither isolates nor the joining of Arabic letters in every case;
here each run of one direction and one font is shaped for itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from koba_desktop.domain.errors import Refused
from koba_desktop.letters.typesetting import bidi, fonts, harfbuzz, markup
from koba_desktop.letters.typesetting.geometry import PAGE_HEIGHT, POINTS_PER_MM

_LEADING = 1.45  # Arabic letters reach higher and deeper than Latin ones
_FIRST_BASELINE = 1.0  # as of Latin lines: what stands side by side is on one line
_FEATURES = {"kern": True, "liga": True}
_ARABIC = (fonts.ARABIC, fonts.ARABIC_BOLD)


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A piece of one font, direction and weight; ``width`` for a size of one point, in points.
    ``drawn`` is what ReportLab writes: glyphs from left to right."""

    text: str
    face: str
    level: int
    width: float
    drawn: str

    @property
    def space(self) -> bool:
        return self.text == " "


@dataclass(frozen=True, slots=True)
class Line:
    """``pieces`` from left to right."""

    pieces: tuple[Glyphs, ...]

    @property
    def width(self) -> float:
        return sum(piece.width for piece in self.pieces)

    def draw(self, canvas: Any, left: float, baseline: float, size: float) -> None:
        """From a point (points of the canvas) on, in the canvas's colour."""
        text = canvas.beginText()
        for piece in self.pieces:
            text.setFont(piece.face, size)
            text.setTextOrigin(left, baseline)
            text.textOut(piece.drawn)
            left += piece.width * size
        canvas.drawText(text)


@dataclass(frozen=True, slots=True)
class Shaped:
    """A wrapped paragraph with its upper left corner; draws itself. mm, ``size`` in points.
    ``content`` is in the order of reading: what a screen reader is to say."""

    x: float
    top: float
    width: float
    size: float
    ink: str
    right_aligned: bool
    lines: tuple[Line, ...]
    content: str
    where: str = ""

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * _LEADING / POINTS_PER_MM

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def require_glyphs(self) -> None:
        """Raises Refused ``unprintable_character``."""
        said = "".join(ch for ch in self.content if ch not in fonts.JOINERS)
        arabic = bool(fonts.missing(said))  # only then that font is needed at all
        if problem := fonts.unprintable(said, self.where, arabic=arabic):
            raise Refused(problem)

    def draw(self, canvas: Any) -> None:
        canvas.setFillColor(self.ink)
        for number, line in enumerate(self.lines):
            below = self.size * (_LEADING * number + _FIRST_BASELINE)
            left = self.x * POINTS_PER_MM
            if self.right_aligned:
                left += self.width * POINTS_PER_MM - line.width * self.size
            line.draw(canvas, left, (PAGE_HEIGHT - self.top) * POINTS_PER_MM - below, self.size)


def passage(
    content: str,
    *,
    x: float,
    top: float,
    width: float,
    size: float,
    language: str,
    ink: str,
    bold: bool = False,
    right_aligned: bool = False,
    where: str = "",
) -> Shaped:
    """Wrap a filled block (paragraph markup; ``<i>`` is set upright, as Arabic has no italics).

    Raises Refused(``text_does_not_fit``) as ``bidi.levels``.
    """
    lines = _lines(content, width * POINTS_PER_MM / size, language, bold)
    said = bidi.without_controls(markup.plain(content))
    return Shaped(x, top, width, size, ink, right_aligned, lines, said, where)


def text_width(text: str, *, size: float, language: str, bold: bool = False) -> float:
    """Width in mm of one line of plain text, set in ``size`` points."""
    return one_line(text, language, bold=bold).width * size / POINTS_PER_MM


@lru_cache(maxsize=2048)
def one_line(text: str, language: str, *, bold: bool = False) -> Line:
    """A plain text in one line, however long."""
    pieces = _pieces(
        *_numbers_isolated(text, [bold] * len(text)),
        language,
        right_to_left=bidi.runs_right_to_left(language),
    )
    return Line(tuple(bidi.visual_order(list(pieces))))


@lru_cache(maxsize=2048)
def _lines(content: str, width: float, language: str, bold: bool) -> tuple[Line, ...]:
    """``width`` for a size of one point, in points. What was set before is not set again: most of
    a letter is the same in the next one."""
    right_to_left = bidi.runs_right_to_left(language)
    lines: list[Line] = []
    for text, bolds in _paragraphs(content, bold=bold):
        pieces = list(_pieces(text, bolds, language, right_to_left=right_to_left))
        lines += _wrapped(pieces, width, language)
    return tuple(lines)


def _paragraphs(content: str, *, bold: bool) -> Iterator[tuple[str, list[bool]]]:
    """The text between line breaks, and for each character whether it is bold."""
    for part in markup.styled(content):
        text, bolds = "", []
        for said, is_bold in part:
            text += said
            bolds += [bold or is_bold] * len(said)
        yield _numbers_isolated(text, bolds)


def _numbers_isolated(text: str, bolds: Sequence[bool]) -> tuple[str, list[bool]]:
    parts, weights = [], []
    at = 0
    for start, end in bidi.numbers(text):
        parts += [text[at:start], bidi.isolated(text[start:end], bidi.LEFT_TO_RIGHT)]
        weights += [*bolds[at:start], bolds[start], *bolds[start:end], bolds[start]]
        at = end
    return "".join((*parts, text[at:])), [*weights, *bolds[at:]]


def _pieces(
    text: str, bolds: Sequence[bool], language: str, *, right_to_left: bool
) -> Iterator[Glyphs]:
    """The paragraph cut where font, weight or direction change, and around each space."""
    levels = bidi.levels(text, right_to_left=right_to_left)
    held, face, level = "", "", 0
    for ch, bold, its_level in zip(text, bolds, levels, strict=True):
        if not bidi.without_controls(ch):
            continue
        if ch in fonts.JOINERS:
            held += ch if held.strip() else ""
            continue
        its_face = fonts.face_of(ch, bold=bold) or _ARABIC[int(bold)]
        if held and (ch == " " or held == " " or (its_face, its_level) != (face, level)):
            yield _shaped(held, face, level, language)
            held = ""
        held, face, level = held + ch, its_face, its_level
    if held:
        yield _shaped(held, face, level, language)


@lru_cache(maxsize=8192)
def _shaped(text: str, face: str, level: int, language: str) -> Glyphs:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    if level % 2 == 0 and face not in _ARABIC:
        return Glyphs(text, face, level, float(stringWidth(text, face, 1)), text)
    drawn, width = harfbuzz.run(
        text, face, script="Arab", language=language, features=_FEATURES, rtl=level % 2 == 1
    )
    return Glyphs(text, face, level, width, drawn)


def _wrapped(pieces: Sequence[Glyphs], width: float, language: str) -> Iterator[Line]:
    """Lines of whole words; only a word wider than the line is cut."""
    line: list[Glyphs] = []
    used = 0.0
    for word in _words(pieces, width, language):
        its_width = sum(piece.width for piece in word)
        if line and used + its_width > width and not word[0].space:
            yield _line(line)
            line, used = [], 0.0
        if line or not word[0].space:
            line += word
            used += its_width
    yield _line(line)


def _words(pieces: Sequence[Glyphs], width: float, language: str) -> Iterator[list[Glyphs]]:
    word: list[Glyphs] = []
    for piece in pieces:
        if piece.space:
            yield from _cut(word, width, language)
            yield [piece]
            word = []
        else:
            word.append(piece)
    yield from _cut(word, width, language)


def _cut(word: list[Glyphs], width: float, language: str) -> Iterator[list[Glyphs]]:
    """The word itself, or as much of it at a time as a line holds."""
    if not word or sum(piece.width for piece in word) <= width:
        if word:
            yield word
        return
    part: list[Glyphs] = []
    for piece in word:
        for ch in piece.text:
            longer = _longer(part, piece, ch, language)
            if part and sum(each.width for each in longer) > width:
                yield part
                longer = [_shaped(ch, piece.face, piece.level, language)]
            part = longer
    yield part


def _longer(part: list[Glyphs], piece: Glyphs, ch: str, language: str) -> list[Glyphs]:
    """One more character: in the last piece where it is of the same kind."""
    if part and (part[-1].face, part[-1].level) == (piece.face, piece.level):
        joined = _shaped(part[-1].text + ch, piece.face, piece.level, language)
        return [*part[:-1], joined]
    return [*part, _shaped(ch, piece.face, piece.level, language)]


def _line(pieces: list[Glyphs]) -> Line:
    while pieces and pieces[-1].space:
        pieces = pieces[:-1]
    return Line(tuple(bidi.visual_order(pieces)))
