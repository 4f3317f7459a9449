"""What the German letter and the page of its translation have in common, so that a reader finds on
one what stands on the other in its place."""

import re
from collections.abc import Callable, Mapping, Sequence

from koba_desktop.letters.typesetting import fonts, markup

HEAD_BOTTOM = 26.0  # mm: form A's window begins at 27
COLUMN_WIDTH = 76.0  # of the left column
RIGHT_COLUMN = 109.0  # its left edge
HEADING_GAP = 0.6  # between a heading and its text
BOX_BAR = 1.8  # the width of the bar of the box with the appointment
BOX_INSET = 6.5  # from the bar to the text

BULLET = "bullet"
"""Where a bullet stands: what no screen reader needs to say."""

_RULES = ("rule_time", "rule_company", "rule_mask", "rule_distance", "rule_symptoms", "rule_air")

_AFTER = re.compile(r"(?<=[@.\-_])")


def rules(blocks: Mapping[str, str]) -> list[str]:
    """The rules for visits that a wording has, in the order they are read."""
    return [blocks[name] for name in _RULES if blocks.get(name)]


def packed(pieces: Sequence[str], glue: str, fits: Callable[[str], bool]) -> str:
    """Pieces of text as markup, as many on a line as fit, ``glue`` between those of a line."""
    lines = list(pieces[:1])
    for piece in pieces[1:]:
        together = f"{lines[-1]}{glue}{piece}"
        if fits(together):
            lines[-1] = together
        else:
            lines.append(piece)
    return "<br/>".join(map(markup.escape, lines))


def fitting(width: float, size: float) -> Callable[[str], bool]:
    """Whether a text stands on one line of a width (mm) in so many points."""
    return lambda text: fonts.text_width(text, fonts.REGULAR, size) <= width


def breakable(email: str, fits: Callable[[str], bool]) -> str:
    """An e-mail address, broken after "@", ".", "-" or "_" where it is too wide."""
    return packed(_AFTER.split(email), "", fits)
