"""The body of a letter in Leichte Sprache: large type, one column, each sentence on its own line.

Nothing stands beside anything else but the code beside the appointment. What does not fit on the
first page goes on overleaf.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from koba_desktop.letters.letter import german
from koba_desktop.letters.letter.body import subject
from koba_desktop.letters.letter.body_parts import (
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
)
from koba_desktop.letters.letter.layout import rules
from koba_desktop.letters.typesetting import markup
from koba_desktop.letters.typesetting.geometry import BOTTOM, MARGIN_LEFT, TEXT_WIDTH, Sheet

_LEAST = 12.0
_BETWEEN = 0.8
_LARGE = 21.0
_SUBJECT_LARGER = 2.0  # points
_SECTION_GAP = 3.4  # mm

SLIP_SIZE = _LEAST
_SIZES = ((14.0, 1.0), (13.0, 0.9), (12.5, 0.8), (12.0, 0.6), (12.0, 0.4))  # points, air
_MOST_LEAVES = 4


def _scale(size: float, air: float, leaves: int) -> Scale:
    return Scale(
        size,
        size + 1.0,
        air,
        large=_LARGE,
        least=_LEAST,
        between=_BETWEEN * air,
        leaves=leaves,
    )


SCALES = (
    *(_scale(*size, leaves) for leaves in range(2, _MOST_LEAVES + 1) for size in _SIZES),
    _scale(12.0, 0.2, _MOST_LEAVES),
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
    laid, *others = (Body(tuple(page.items), page.at) for page in pages)
    return replace(laid, bottom=BOTTOM + over if over else laid.bottom, overleaf=tuple(others))


def _pieces(blocks: Mapping[str, str], content: Content, scale: Scale) -> list[_Piece]:
    """What follows the box, in the order it is read."""
    gap = _SECTION_GAP * scale.air
    pieces: list[_Piece] = []

    def section(where: str, said: Sequence[str], heading: str = "", listed: bool = False) -> None:
        for number, part in enumerate(_parted(said)):
            above = gap if number == 0 else scale.between * (not listed)
            headed = heading if number == 0 else ""

            def say(stack: Stack, part: Sequence[str] = part, headed: str = headed) -> None:
                if headed:
                    stack.head(blocks[headed], headed)
                if listed:
                    bullets(stack, part, where)
                else:
                    stack.say("<br/>".join(part), where)

            pieces.append(_Piece(say, above))

    section("about", lines(blocks["about"]), "about_heading")
    if "papers_heading" in blocks:
        section("papers", entries(blocks, content.papers), "papers_heading", listed=True)
    if "rules_heading" in blocks:
        section("rules", rules(blocks), "rules_heading", listed=True)
    silence = blocks.get("silence")
    what_if, *more = _parted(lines(silence)) if silence else [[]]

    def reach(stack: Stack) -> None:
        contact(blocks, content.office, stack, 0.0, _spelled_hours)
        if what_if:
            stack.say("<br/>".join(what_if), "silence", gap=gap / 2)

    pieces.append(_Piece(reach, gap))
    if more:
        section("silence", [line for part in more for line in part])
    for heading, text in NOTICES:
        if heading in blocks:
            section(text, lines(blocks[text]), heading)
    *others, last = pieces

    def end(stack: Stack) -> None:
        last.say(stack)
        stack.say(blocks["closing"], "closing", gap=gap)

    return [*others, _Piece(end, last.gap)]


def _parted(said: Sequence[str]) -> list[list[str]]:
    """Where a section may go on overleaf: not between its first two lines nor its last two, nor
    between a question and its answer."""
    parts: list[list[str]] = []
    for number, line in enumerate(said):
        if number == 1 or (parts and markup.plain(parts[-1][-1]).endswith("?")):
            parts[-1].append(line)
        else:
            parts.append([line])
    if len(parts) > 1:
        parts[-2:] = [parts[-2] + parts[-1]]
    return parts


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
