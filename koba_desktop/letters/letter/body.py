"""What the letter says, from the subject to the signature, composed for one size of type."""

from collections.abc import Mapping, Sequence

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
from koba_desktop.letters.letter.layout import COLUMN_WIDTH, RIGHT_COLUMN, fitting, packed, rules
from koba_desktop.letters.letter.letterhead import specimen_beside
from koba_desktop.letters.typesetting import markup
from koba_desktop.letters.typesetting.geometry import (
    BOTTOM,
    MARGIN_LEFT,
    TEXT_RIGHT,
    TEXT_WIDTH,
    Sheet,
)
from koba_desktop.letters.typesetting.page import Item, ascent, capital_height

_SUBJECT_SIZE = 13.0

SLIP_SIZE = 10.0
SCALES = (
    Scale(10.0, 10.5, 1.0),
    Scale(10.0, 10.5, 0.7),
    Scale(10.0, 10.5, 0.7, wide_list=True),
    Scale(9.5, 10.0, 0.7),
    Scale(9.5, 10.0, 0.7, wide_list=True),
    Scale(9.5, 10.0, 0.45),
    Scale(9.0, 9.5, 0.6),
    Scale(9.0, 9.5, 0.6, wide_list=True),
    Scale(9.0, 9.5, 0.4),
)
"""Tried in this order; smaller than 9 points no letter is set."""


def compose(blocks: Mapping[str, str], content: Content, sheet: Sheet, scale: Scale) -> Body:
    """Lay the body out below the subject line. It may be too long: see ``bottom``."""
    stack = subject(blocks, content, sheet, scale, _SUBJECT_SIZE)
    stack.say(blocks["intro"], "intro", gap=1.6 * scale.air)
    large_line = blocks.get("box_large") or markup.escape(content.large_line)
    framed, below = box(blocks, large_line, content.calendar, stack.at + 3.6 * scale.air, scale)
    left, right = _columns(blocks, content, below + 4.0 * scale.air, scale)
    items = [*stack.items, *framed, *left.items, *right.items]
    if scale.wide_list and "papers_heading" in blocks:
        left.at = max(left.at, right.at)
        wide, left.at = _wide_list(blocks, content, left.at + 2.0 * scale.air, scale)
        items += wide
    closing = Stack(MARGIN_LEFT, left.at, COLUMN_WIDTH, scale)
    closing.say(blocks["closing"], "closing", gap=2.4 * scale.air)
    bottom = max(closing.at, right.at)
    notices = _notices(blocks, sheet, scale)
    over = max((each.bottom + ABOVE_SLIP - sheet.slip_top for each in notices), default=0.0)
    if over > 0.0:
        bottom = max(bottom, BOTTOM + over)
    return Body((*items, *closing.items), bottom, notices)


def subject(
    blocks: Mapping[str, str], content: Content, sheet: Sheet, scale: Scale, size: float
) -> Stack:
    """The subject and the salutation; below it the letter goes on."""
    top = sheet.subject_top - (ascent(size) - capital_height(size))
    stack = Stack(MARGIN_LEFT, top, TEXT_WIDTH, scale)
    stack.say(blocks["subject"], "subject", size=size, bold=True)
    stack.at += 3.2 * scale.air
    if content.specimen:
        word, room = specimen_beside(blocks, stack.at, scale.text)
        stack.items += word
        stack.width -= room
    stack.say(markup.escape(content.salutation), "salutation_line")
    stack.width = TEXT_WIDTH
    return stack


def _columns(
    blocks: Mapping[str, str], content: Content, top: float, scale: Scale
) -> tuple[Stack, Stack]:
    """At the left what it is about and what to have ready, at the right how to change it.

    Who is to come finds the rules for that below what it is about, and what to bring at the
    right, so that the columns are of a length.
    """
    left = Stack(MARGIN_LEFT, top, COLUMN_WIDTH, scale)
    right = Stack(RIGHT_COLUMN, top, TEXT_RIGHT - RIGHT_COLUMN, scale)
    gap = 2.0 * scale.air
    left.head(blocks["about_heading"], "about_heading")
    left.say(blocks["about"], "about")
    papers_beside = left
    if "rules_heading" in blocks:
        papers_beside = right
        left.head(blocks["rules_heading"], "rules_heading", gap=gap)
        bullets(left, rules(blocks), "rules")
    if "papers_heading" in blocks and not scale.wide_list:
        above = gap if papers_beside is left else 0.0
        papers_beside.head(blocks["papers_heading"], "papers_heading", gap=above)
        bullets(papers_beside, entries(blocks, content.papers), "papers")
    contact(blocks, content.office, right, gap if right.items else 0.0, _hours)
    if silence := blocks.get("silence"):
        right.say(silence, "silence", gap=1.4 * scale.air)
    return left, right


def _hours(spans: Sequence[str], width: float, size: float) -> str:
    return packed(spans, " · ", fitting(width, size))


def _wide_list(
    blocks: Mapping[str, str], content: Content, top: float, scale: Scale
) -> tuple[list[Item], float]:
    """What to have ready in two columns, the first as long as the second or longer."""
    heading = Stack(MARGIN_LEFT, top, TEXT_WIDTH, scale)
    heading.head(blocks["papers_heading"], "papers_heading")
    listed = entries(blocks, content.papers)
    half = (len(listed) + 1) // 2
    columns = [
        Stack(MARGIN_LEFT, heading.at, COLUMN_WIDTH, scale),
        Stack(RIGHT_COLUMN, heading.at, TEXT_RIGHT - RIGHT_COLUMN, scale),
    ]
    for column, share in zip(columns, (listed[:half], listed[half:]), strict=True):
        bullets(column, share, "papers")
    items = [*heading.items, *columns[0].items, *columns[1].items]
    return items, max(column.at for column in columns)


def _notices(blocks: Mapping[str, str], sheet: Sheet, scale: Scale) -> tuple[Body, ...]:
    """What a formal letter must say of the law: on the back, where it has the room to be read."""
    stack = Stack(MARGIN_LEFT, sheet.subject_top, TEXT_WIDTH, scale)
    for heading, text in NOTICES:
        if heading in blocks:
            stack.head(blocks[heading], heading, gap=2.0 * scale.air if stack.items else 0.0)
            for number, paragraph in enumerate(lines(blocks[text])):
                stack.say(paragraph, text, gap=1.2 * scale.air if number else 0.0)
    return (Body(tuple(stack.items), stack.at),) if stack.items else ()
