"""The framed word on paper of a demonstration: nobody is really written to, or expected."""

from koba_desktop.letters.typesetting import fonts
from koba_desktop.letters.typesetting.page import SECOND_INK, Frame, Item, Text, capital_height

_WORD = "Muster"
_SIZE = 14.0  # points
_PADDING = 2.0  # mm between word and frame


def specimen(
    right: float,
    baseline: float,
    *,
    word: str = _WORD,
    size: float = _SIZE,
    padding: float = _PADDING,
    ink: str = SECOND_INK,
) -> list[Item]:
    """Its frame ends at ``right`` (mm); ``size`` in points, ``padding`` in mm."""
    width = specimen_width(word, size=size, padding=padding)
    height = capital_height(size) + 2 * padding
    left = right - width
    text = Text(left + padding, baseline, word, size, bold=True, ink=ink, where="specimen")
    return [Frame(left, baseline + padding - height, width, height, ink=ink), text]


def specimen_width(word: str, *, size: float = _SIZE, padding: float = _PADDING) -> float:
    """Of the frame, mm."""
    return fonts.text_width(word, fonts.BOLD, size) + 2 * padding
