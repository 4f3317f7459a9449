"""The framed word on lists and plans of a demonstration: nobody is really expected."""

from koba_desktop.letters.typesetting import fonts
from koba_desktop.letters.typesetting.page import SECOND_INK, Frame, Item, Text, capital_height

_WORD = "Muster"


def specimen(
    right: float,
    baseline: float,
    *,
    size: float = 14.0,
    padding: float = 2.0,
    ink: str = SECOND_INK,
) -> list[Item]:
    """Its frame ends at ``right`` (mm); ``size`` in points, ``padding`` in mm."""
    width = fonts.text_width(_WORD, fonts.BOLD, size) + 2 * padding
    height = capital_height(size) + 2 * padding
    left = right - width
    return [
        Frame(left, baseline + padding - height, width, height, ink=ink),
        Text(left + padding, baseline, _WORD, size, bold=True, ink=ink),
    ]
