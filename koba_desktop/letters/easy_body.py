"""The body of a letter in Leichte Sprache: large type, one column, each sentence on its own line.

Nothing stands beside anything else but the code beside the appointment. What does not fit on the
first page goes on overleaf.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from koba_desktop.letters import german, markup
from koba_desktop.letters.body import subject
from koba_desktop.letters.body_parts import (
    ABOVE_SLIP,
    NOTICES,
    Body,
    Content,
    Scale,
    Stack,
    box,
    bullets,
    contact,
    entries,
    lines,
    rules,
)
from koba_desktop.letters.geometry import BOTTOM, MARGIN_LEFT, TEXT_WIDTH, Sheet

_LEAST = 12.0
_BETWEEN = 0.8
_LARGE = 21.0
_SUBJECT_LARGER = 2.0  # points
_SECTION_GAP = 3.4  # mm

SLIP_SIZE = _LEAST
SCALES = tuple(
    Scale(
        size,
        size + 1.0,
        air,
        large=_LARGE,
        least=_LEAST,
        between=_BETWEEN * air,
        leaves=leaves,
    )
    for leaves in (2, 3, 4)
    for size, air in ((14.0, 1.0), (13.0, 0.9), (12.5, 0.8), (12.0, 0.6), (12.0, 0.4))
)
"""Tried in this order: smaller type before another page, and never smaller than 12 points."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stays together: ``say`` sets it on a stack. The ``gap`` (mm) above it falls away at the
    top of a page."""

    say: Callable[[Stack], None]
    gap: float = 0.0


def compose(blocks: Mapping[str, str], content: Content, sheet: Sheet, scale: Scale) -> Body:
    """Lay the body out below the subject line. Where it takes more pages than the size is meant
    for, ``bottom`` lies below the page."""
    first = subject(blocks, content, sheet, scale, scale.heading + _SUBJECT_LARGER)
    first.say(blocks["intro"], "intro", gap=1.6 * scale.air)
    day_and_time = map(markup.escape, content.large_line.rsplit(", ", 1))
    large_line = blocks.get("box_large") or "<br/>".join(day_and_time)
    framed, first.at = box(blocks, large_line, content.calendar, first.at + 3.6 * scale.air, scale)
    first.items += framed
    pages = _flowed(_pieces(blocks, content, scale), first, sheet.subject_top)
    over = _over(pages, scale.leaves, sheet)
    first, *others = (Body(tuple(page.items), page.at) for page in pages)
    return replace(first, bottom=BOTTOM + over if over else first.bottom, overleaf=tuple(others))


def _pieces(blocks: Mapping[str, str], content: Content, scale: Scale) -> list[_Piece]:
    """What follows the box, in the order it is read."""
    gap = _SECTION_GAP * scale.air
    pieces = _parted(blocks, "about_heading", lines(blocks["about"]), "about", gap, scale)
    if "papers_heading" in blocks:
        listed = entries(blocks, content.papers)
        pieces += _parted(blocks, "papers_heading", listed, "papers", gap, scale, listed=True)
    if "rules_heading" in blocks:
        listed = rules(blocks)
        pieces += _parted(blocks, "rules_heading", listed, "rules", gap, scale, listed=True)
    pieces.append(
        _Piece(lambda stack: contact(blocks, content.office, stack, 0.0, _spelled_hours), gap)
    )
    for heading, text in NOTICES:
        if heading in blocks:
            pieces += _parted(blocks, heading, lines(blocks[text]), text, gap, scale)
    *pieces, last = pieces

    def end(stack: Stack) -> None:
        last.say(stack)
        stack.say(blocks["closing"], "closing", gap=gap)

    return [*pieces, _Piece(end, last.gap)]


def _parted(
    blocks: Mapping[str, str],
    heading: str,
    said: Sequence[str],
    where: str,
    gap: float,
    scale: Scale,
    *,
    listed: bool = False,
) -> list[_Piece]:
    """A section that may go on overleaf, its heading with the first two of its parts and every
    question with its answer."""
    parts: list[list[str]] = []
    for number, one in enumerate(said):
        joined = number == 1 or (parts and markup.plain(parts[-1][-1]).endswith("?"))
        if joined:
            parts[-1].append(one)
        else:
            parts.append([one])

    def piece(part: Sequence[str], headed: bool) -> _Piece:
        def say(stack: Stack) -> None:
            if headed:
                stack.head(blocks[heading], heading)
            if listed:
                bullets(stack, part, where)
            else:
                stack.say("<br/>".join(part), where)

        return _Piece(say, gap if headed else 0.0 if listed else scale.between)

    return [piece(part, number == 0) for number, part in enumerate(parts)]


def _flowed(pieces: Sequence[_Piece], first: Stack, top: float) -> list[Stack]:
    """The pieces below what stands on the first page, and from ``top`` on as many more as they
    need."""
    pages = [first]
    for piece in pieces:
        page = pages[-1]
        laid = Stack(MARGIN_LEFT, page.at + piece.gap, TEXT_WIDTH, first.scale)
        piece.say(laid)
        if laid.at > BOTTOM:
            laid = Stack(MARGIN_LEFT, top, TEXT_WIDTH, first.scale)
            piece.say(laid)
            pages.append(laid)
        else:
            page.items += laid.items
            page.at = laid.at
    return pages


def _over(pages: Sequence[Stack], leaves: int, sheet: Sheet) -> float:
    """How much (mm) is too long for so many pages, the last of which ends above the slip."""
    over = sum(max(0.0, page.at - BOTTOM) for page in pages)
    over += sum(page.at - sheet.subject_top for page in pages[leaves:])
    if 1 < leaves == len(pages):
        over += max(0.0, pages[-1].at + ABOVE_SLIP - sheet.slip_top)
    return over


def _spelled_hours(spans: Sequence[str], _width: float, _size: float) -> str:
    return "<br/>".join(markup.escape(german.spelled_hours(span)) for span in spans)
