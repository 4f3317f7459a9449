"""A second reader of finished letters: pdfplumber instead of PDFium, and the rules told again.

Nothing here asks the program where things should lie: the figures are those of DIN 5008 and of the
windows of envelopes, in mm from the sheet's top left, of form B; form A lies 18 mm higher.
"""

import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import pdfplumber

MM = 25.4 / 72
WITHIN = 0.2  # mm: what geometry is measured to
RISE = {"B": 0.0, "A": 18.0}
MARKS = {"B": (105.0, 148.5, 210.0), "A": (87.0, 148.5, 192.0)}
ALWAYS = {"DL": (20.0, 50.0, 100.0, 90.0), "C6/C5": (20.0, 54.0, 91.0, 90.0)}
EVER = {"DL": (10.0, 45.0, 110.0, 95.0), "C6/C5": (1.0, 45.0, 110.0, 99.0)}
SUBJECT = {"DL": 98.5, "C6/C5": 103.0}
ADDRESS_X = 25.0
INFO = (125.0, 50.0, 200.0)  # left, top, right
MARGINS = (25.0, 8.0, 190.0, 292.0)
CAPITALS, DESCENT = 0.714, 0.24  # of the letter font, as multiples of the size
X_HEIGHT = 0.5
QUIET = (2.0, 0.5)  # mm of white around a QR code, a DataMatrix
LARGE_CODE = 20.0  # mm

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Char:
    text: str
    x0: float
    x1: float
    baseline: float
    size: float  # mm

    @property
    def ink(self) -> Box:
        return (
            self.x0,
            self.baseline - CAPITALS * self.size,
            self.x1,
            self.baseline + DESCENT * self.size,
        )

    @property
    def core(self) -> Box:
        """What nothing else may touch: from the base line up to the small letters' height."""
        return self.x0, self.baseline - X_HEIGHT * self.size, self.x1, self.baseline


@dataclass(frozen=True, slots=True)
class Page:
    chars: tuple[Char, ...]
    codes: tuple[Box, ...]
    frames: tuple[Box, ...]
    rules: tuple[Box, ...]


def read(pdf: bytes) -> tuple[Page, ...]:
    """Every page of a letter; spaces are left out."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return tuple(_page(page) for page in document.pages)


def faults(pages: Sequence[Page], form: str, envelope: str, window: Sequence[str]) -> list[str]:
    """What is wrong with a letter. ``window`` is what its window must show, from top to bottom: the
    return line and the lines of the address. A last page in another language has no marks."""
    found = []
    for number, page in enumerate(pages):
        at = f"page {number + 1}: "
        expected = window if number == 0 else ()
        wrong = [*window_faults(page, form, envelope, expected), *_margins(page, form, envelope)]
        wrong += _collisions(page)
        if number == 0:
            wrong += [*_marks(page, form), *_head(page, form, envelope)]
        found += [at + each for each in wrong]
    return found


def window_faults(page: Page, form: str, envelope: str, expected: Sequence[str]) -> list[str]:
    """What the window may show beside these lines, and which glyph of them it may hide."""
    ever, always = _risen(EVER[envelope], form), _risen(ALWAYS[envelope], form)
    seen = [char for char in page.chars if _touch(char.ink, ever)]
    lines = list(_lines(seen))
    found = []
    shown = ["".join(char.text for char in line) for line in lines]
    given = [bare(line) for line in expected]
    if shown[:1] != given[:1] or not _same_lines(shown[1:], given[1:]):
        found.append(f"the window shows {shown}")
    for line in lines:
        if abs(line[0].x0 - ADDRESS_X) > WITHIN:
            found.append(f"{line[0].text} begins at {line[0].x0:.2f} mm")
        hidden = [char.text for char in line if not _inside(char.ink, always, WITHIN)]
        if hidden and line is not lines[0]:
            found.append(f"{''.join(hidden)} may be hidden")
    drawn = [box for box in (*page.codes, *page.frames) if _touch(box, ever)]
    under = lines[0][0].baseline if lines else 0.0
    drawn += [
        rule
        for rule in page.rules
        if _touch(rule, ever) and not (lines and 0.3 <= rule[1] - under <= 1.5)
    ]
    return found + [f"drawn in the window: {box}" for box in drawn]


def _same_lines(shown: Sequence[str], given: Sequence[str]) -> bool:
    """Whether nothing else is shown; a line may be broken in several."""
    ends, wanted = (list(accumulate(map(len, lines))) for lines in (shown, given))
    return "".join(shown) == "".join(given) and set(wanted) <= set(ends)


def bare(text: str) -> str:
    """A line as readers give it: compatible forms as one, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _page(page: pdfplumber.page.Page) -> Page:
    chars: list[Char] = []
    for char in page.chars:
        text = char["text"]
        if chars and unicodedata.combining(text[0]):  # an accent is drawn behind its letter
            chars[-1] = replace(chars[-1], text=bare(chars[-1].text + text))
        elif text := bare(text):
            baseline = float(page.height) - char["matrix"][5]
            places = (char["x0"], char["x1"], baseline, char["size"])
            chars.append(Char(text, *(place * MM for place in places)))
    boxes = [
        tuple((thing["x0"] * MM, thing["top"] * MM, thing["x1"] * MM, thing["bottom"] * MM)
              for thing in things)
        for things in (page.images, [*page.rects, *page.curves], page.lines)
    ]  # fmt: skip
    return Page(tuple(chars), *boxes)


def _margins(page: Page, form: str, envelope: str) -> list[str]:
    """The information block reaches further to the right than all below it."""
    left, top, right, bottom = MARGINS
    below = SUBJECT[envelope] - RISE[form]
    return [
        f"{char.text} at {char.x0:.1f}/{char.baseline:.1f} mm is outside the margins"
        for char in page.chars
        if char.x0 < left - WITHIN
        or char.x1 > (right if char.baseline > below else INFO[2]) + WITHIN
        or char.ink[1] < top
        or char.ink[3] > bottom
    ]


def _marks(page: Page, form: str) -> list[str]:
    drawn = [rule for rule in page.rules if rule[2] < 12 and abs(rule[1] - rule[3]) < WITHIN]
    heights = sorted(rule[1] for rule in drawn)
    right = len(heights) == len(MARKS[form]) and all(
        abs(y - mark) <= WITHIN for y, mark in zip(heights, MARKS[form], strict=True)
    )
    return [] if right else [f"marks at {heights}"]


def _head(page: Page, form: str, envelope: str) -> list[str]:
    """Where the subject and the information block begin."""
    found = []
    top = SUBJECT[envelope] - RISE[form]
    below = [char for char in page.chars if char.baseline > top and char.x0 < MARGINS[2]]
    subject = min(below, key=lambda char: (round(char.baseline, 1), char.x0))
    if abs(subject.ink[1] - top) > WITHIN or abs(subject.x0 - ADDRESS_X) > WITHIN:
        found.append(f"the subject begins at {subject.x0:.2f}/{subject.ink[1]:.2f} mm")
    left, info_top, _right = INFO[0], INFO[1] - RISE[form], INFO[2]
    block = [
        char for char in page.chars if char.x0 > 112 and info_top - 3 < char.baseline < top - 1
    ]
    edge, highest = min(char.x0 for char in block), min(char.ink[1] for char in block)
    if abs(edge - left) > WITHIN or not info_top - WITHIN <= highest <= info_top + 2:
        found.append(f"the information block begins at {edge:.2f}/{highest:.2f} mm")
    return found


def _collisions(page: Page) -> Iterator[str]:
    """Text on text, on a code or its quiet zone, on a rule, over the edge of a frame."""
    yield from _lines_on_lines(page.chars)
    for code in page.codes:
        room = QUIET[0] if code[2] - code[0] > LARGE_CODE else QUIET[1]
        around = (code[0] - room, code[1] - room, code[2] + room, code[3] + room)
        yield from (
            f"{char.text} at {char.x0:.1f}/{char.baseline:.1f} mm is too near a code"
            for char in page.chars
            if _touch(char.core, around)
        )
    edges = [
        edge
        for x0, y0, x1, y1 in page.frames
        for edge in ((x0, y0, x0, y1), (x1, y0, x1, y1), (x0, y0, x1, y0), (x0, y1, x1, y1))
    ]
    for rule in (*page.rules, *edges):
        yield from (
            f"{char.text} at {char.x0:.1f}/{char.baseline:.1f} mm is struck through"
            for char in page.chars
            if _touch(char.core, rule)
        )


def _lines_on_lines(chars: Sequence[Char]) -> Iterator[str]:
    """Marks above and below Arabic letters are glyphs of their own that lie on their letters."""
    ordered = sorted(chars, key=lambda char: char.core[1])
    for number, char in enumerate(ordered):
        for other in ordered[number + 1 :]:
            if other.core[1] >= char.core[3]:
                break
            if min(char.x1, other.x1) - max(char.x0, other.x0) <= WITHIN:
                continue
            if _arabic(char) and _arabic(other) and abs(char.baseline - other.baseline) < 2:
                continue
            yield f"{other.text} lies on {char.text} at {char.x0:.1f}/{char.baseline:.1f} mm"


def _arabic(char: Char) -> bool:
    return unicodedata.bidirectional(char.text[:1]) in ("AL", "NSM")


def _lines(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """From top to bottom, each from left to right."""
    line: list[Char] = []
    for char in sorted(chars, key=lambda char: char.baseline):
        if line and char.baseline - line[0].baseline > 0.6:
            yield sorted(line, key=lambda char: char.x0)
            line = []
        line.append(char)
    if line:
        yield sorted(line, key=lambda char: char.x0)


def _risen(box: Box, form: str) -> Box:
    return box[0], box[1] - RISE[form], box[2], box[3] - RISE[form]


def _touch(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ) or _line_in(other, one)


def _line_in(line: Box, box: Box) -> bool:
    """A line has no width or no height: it lies in a box whose edges it is between."""
    thin = line[0] == line[2] or line[1] == line[3]
    return (
        thin and line[0] <= box[2] and box[0] <= line[2] and line[1] <= box[3] and box[1] <= line[3]
    )


def _inside(one: Box, other: Box, tolerance: float) -> bool:
    return (
        other[0] - tolerance <= one[0]
        and one[2] <= other[2] + tolerance
        and other[1] - tolerance <= one[1]
        and one[3] <= other[3] + tolerance
    )
