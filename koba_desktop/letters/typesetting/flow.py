"""Lists that run down one column after the other, and on to another page where they must."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from koba_desktop.letters.typesetting.geometry import Rect
from koba_desktop.letters.typesetting.page import Item

_GAP = 10.0  # mm between two columns


@dataclass(frozen=True, slots=True)
class Block:
    """What stays together. ``items`` are those at a left edge and top (mm).

    ``leads``: a heading, which does not stand at the foot of a column without what follows it.
    """

    height: float
    items: Callable[[float, float], list[Item]]
    leads: bool = False


def column_width(area: Rect, columns: int) -> float:
    return (area.right - area.left - (columns - 1) * _GAP) / columns


def flow(blocks: Sequence[Block], area: Rect, columns: int) -> list[list[Item]]:
    """The blocks in an area that is the same on every page; one list of items a page.

    No block may be higher than the area.
    """
    pages: list[list[Item]] = [[]]
    step = column_width(area, columns) + _GAP
    column, at = 0, area.top
    for number, block in enumerate(blocks):
        needed = block.height
        if block.leads and number + 1 < len(blocks):
            needed += blocks[number + 1].height
        if at + needed > area.bottom and at > area.top:
            column, at = column + 1, area.top
            if column == columns:
                pages.append([])
                column = 0
        pages[-1] += block.items(area.left + column * step, at)
        at += block.height
    return pages
