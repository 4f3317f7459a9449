"""What the letter says, from the subject to the signature, composed for one size of type."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from koba_desktop.i18n import phones
from koba_desktop.letters import codes, fonts, markup
from koba_desktop.letters.geometry import MARGIN_LEFT, TEXT_RIGHT, TEXT_WIDTH, Sheet
from koba_desktop.letters.page import (
    ACCENT,
    INK,
    SECOND_INK,
    Frame,
    Item,
    Passage,
    Text,
    ascent,
    capital_height,
    passage,
)
from koba_desktop.letters.sheet_parts import breakable, packed, specimen_beside
from koba_desktop.services.letters.data import OfficeData

_COLUMN_WIDTH = 76.0
_RIGHT_COLUMN = 109.0
_CONTACT_X = 17.0  # from the column's edge to the value
_BOX_BAR = 1.8
_BOX_INSET = 6.5
_BULLET_INDENT = 3.2
_LARGEST_LINE = 18.0
_SUBJECT_SIZE = 13.0
_HEADING_GAP = 0.6  # mm between a heading and its text
_HOURS_SMALLER = 1.2  # points
_NUMBER_SIZE = 22.0  # of what a visitor is called by: to be found at a glance
_CODE_MARGIN = codes.QR_QUIET * codes.QR_MODULE
_HINT_SMALLER = 1.5  # points
_NUMBER_LINE_SIZE = 14.0  # of it where it stands in a line beside the code
_NUMBER_GAP = 4.0  # mm between the number and what stands beside it
_RULES = ("rule_time", "rule_company", "rule_mask", "rule_distance", "rule_symptoms", "rule_air")


@dataclass(frozen=True, slots=True)
class Scale:
    """Type sizes in points; ``air`` is the factor for the space between things.

    ``wide_list``: what to have ready stands below both columns, in two of its own.
    """

    text: float
    heading: float
    air: float
    wide_list: bool = False


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


@dataclass(frozen=True, slots=True)
class Content:
    """What varies beside the wording. ``large_line`` is the date and time in the box, ``calendar``
    the appointment as iCalendar for the QR code ("" for none)."""

    salutation: str
    large_line: str
    papers: tuple[str, ...]
    office: OfficeData
    specimen: bool
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    items: tuple[Item, ...]
    bottom: float


@dataclass(slots=True)
class _Stack:
    """Passages one below the other; ``at`` is where the next one begins."""

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
    ) -> Passage:
        said = passage(
            content,
            x=self.x,
            top=self.at + gap,
            width=self.width,
            size=size or self.size,
            bold=bold,
            ink=ink,
            where=where,
        )
        self.items.append(said)
        self.at = said.bottom
        return said

    def head(self, content: str, where: str, scale: Scale, gap: float = 0.0) -> None:
        self.say(content, where, gap=gap, size=scale.heading, bold=True, ink=ACCENT)
        self.at += _HEADING_GAP


def compose(blocks: Mapping[str, str], content: Content, sheet: Sheet, scale: Scale) -> Body:
    """Lay the body out below the subject line. It may be too long: see ``bottom``."""
    top = sheet.subject_top - (ascent(_SUBJECT_SIZE) - capital_height(_SUBJECT_SIZE))
    stack = _Stack(MARGIN_LEFT, top, TEXT_WIDTH, scale.text)
    stack.say(blocks["subject"], "subject", size=_SUBJECT_SIZE, bold=True)
    stack.at += 3.2 * scale.air
    if content.specimen:
        word, room = specimen_beside(blocks, stack.at, scale.text)
        stack.items += word
        stack.width -= room
    stack.say(markup.escape(content.salutation), "salutation_line")
    stack.width = TEXT_WIDTH
    stack.say(blocks["intro"], "intro", gap=1.6 * scale.air)
    box, below = _box(blocks, content, stack.at + 3.6 * scale.air, scale)
    left, right = _columns(blocks, content, below + 4.0 * scale.air, scale)
    items = [*stack.items, *box, *left.items, *right.items]
    if scale.wide_list and "papers_heading" in blocks:
        left.at = max(left.at, right.at)
        wide, left.at = _wide_list(blocks, content.papers, left.at + 2.0 * scale.air, scale)
        items += wide
    closing = _Stack(MARGIN_LEFT, left.at, _COLUMN_WIDTH, scale.text)
    closing.say(blocks["closing"], "closing", gap=2.4 * scale.air)
    return Body((*items, *closing.items), max(closing.at, right.at))


def _box(
    blocks: Mapping[str, str], content: Content, top: float, scale: Scale
) -> tuple[list[Item], float]:
    """The one thing to remember, framed, with its one large line and the code that says the same
    to a telephone."""
    padding = 3.4 * scale.air
    left = MARGIN_LEFT + _BOX_BAR + _BOX_INSET
    code = _calendar_code(content.calendar, top)
    right = min((each.x for each in code), default=TEXT_RIGHT)
    stack = _Stack(left, top + padding, right - left - 3.0, scale.text)
    if heading := blocks.get("box_heading"):
        stack.say(heading, "box_heading", size=scale.heading, bold=True, ink=ACCENT)
    large_line = blocks.get("box_large") or markup.escape(content.large_line)
    said = markup.plain(large_line)
    size = _LARGEST_LINE
    while size > scale.heading and fonts.text_width(said, fonts.BOLD, size) > stack.width:
        size -= 0.5
    stack.say(large_line, "appointment", size=size, bold=True)
    number = [] if code else _number(blocks, stack, scale)
    if code and blocks.get("box_number"):
        line = f"{blocks['box_number_label']} <b>{blocks['box_number']}</b>"
        stack.say(line, "box_number", size=_NUMBER_LINE_SIZE)
    if number:
        stack.width = min(item.x for item in number) - _NUMBER_GAP - left
    for name in ("box_former", "box_line"):
        if said := blocks.get(name):
            stack.say(said, name, gap=0.8 * scale.air)
    if code and (hint := blocks.get("box_code")):
        size = scale.text - _HINT_SMALLER
        stack.say(hint, "box_code", gap=1.2 * scale.air, size=size, ink=SECOND_INK)
    bottom = max(stack.at, *(item.bottom for item in number), 0.0) + padding
    bottom = max(bottom, *(each.bottom + _CODE_MARGIN for each in code), 0.0)
    frame = Frame(MARGIN_LEFT, top, TEXT_WIDTH, bottom - top)
    bar = replace(frame, width=_BOX_BAR, filled=True)
    return [frame, bar, *stack.items, *number, *code], bottom


def _calendar_code(calendar: str, top: float) -> list[codes.Symbol]:
    """The QR code in the upper right corner of the box, with white around it."""
    if not calendar:
        return []
    code = codes.qr(calendar, x=0.0, top=top + _CODE_MARGIN, content="QR-Code", where="box_code")
    return [replace(code, x=TEXT_RIGHT - _CODE_MARGIN - code.width)]


def _number(blocks: Mapping[str, str], beside: _Stack, scale: Scale) -> list[Passage]:
    """What a visitor is called by, at the right of the box's lines, with what it is above it."""
    if not blocks.get("box_number"):
        return []
    label = markup.plain(blocks["box_number_label"])
    width = max(
        fonts.text_width(label, fonts.REGULAR, scale.text),
        fonts.text_width(markup.plain(blocks["box_number"]), fonts.BOLD, _NUMBER_SIZE),
    )
    edge = beside.x + beside.width
    stack = _Stack(edge - width - 1.0, beside.at, width + 1.0, scale.text)
    return [
        stack.say(blocks["box_number_label"], "box_number_label", gap=0.8 * scale.air),
        stack.say(blocks["box_number"], "box_number", size=_NUMBER_SIZE, bold=True),
    ]


def _columns(
    blocks: Mapping[str, str], content: Content, top: float, scale: Scale
) -> tuple[_Stack, _Stack]:
    """At the left what it is about and what to have ready, at the right how to change it.

    Who is to come finds the rules for that below what it is about, and what to bring at the
    right, so that the columns are of a length.
    """
    left = _Stack(MARGIN_LEFT, top, _COLUMN_WIDTH, scale.text)
    right = _Stack(_RIGHT_COLUMN, top, TEXT_RIGHT - _RIGHT_COLUMN, scale.text)
    gap = 2.0 * scale.air
    left.head(blocks["about_heading"], "about_heading", scale)
    left.say(blocks["about"], "about")
    papers_beside = left
    if "rules_heading" in blocks:
        papers_beside = right
        left.head(blocks["rules_heading"], "rules_heading", scale, gap=gap)
        _bullets(left, [blocks[name] for name in _RULES if blocks.get(name)], "rules")
    if "papers_heading" in blocks and not scale.wide_list:
        above = gap if papers_beside is left else 0.0
        papers_beside.head(blocks["papers_heading"], "papers_heading", scale, gap=above)
        _bullets(papers_beside, _entries(blocks, content.papers), "papers")
    _contact(blocks, content.office, right, scale, gap if right.items else 0.0)
    return left, right


def _wide_list(
    blocks: Mapping[str, str], papers: Sequence[str], top: float, scale: Scale
) -> tuple[list[Item], float]:
    """What to have ready in two columns, the first as long as the second or longer."""
    heading = _Stack(MARGIN_LEFT, top, TEXT_WIDTH, scale.text)
    heading.head(blocks["papers_heading"], "papers_heading", scale)
    entries = _entries(blocks, papers)
    half = (len(entries) + 1) // 2
    columns = [
        _Stack(MARGIN_LEFT, heading.at, _COLUMN_WIDTH, scale.text),
        _Stack(_RIGHT_COLUMN, heading.at, TEXT_RIGHT - _RIGHT_COLUMN, scale.text),
    ]
    for column, share in zip(columns, (entries[:half], entries[half:]), strict=True):
        _bullets(column, share, "papers")
    items = [*heading.items, *columns[0].items, *columns[1].items]
    return items, max(column.at for column in columns)


def _entries(blocks: Mapping[str, str], papers: Sequence[str]) -> list[str]:
    given = [tidied for paper in papers if (tidied := fonts.tidy(paper))]
    return [blocks["papers_always"], *(markup.escape(paper) for paper in given)]


def _bullets(stack: _Stack, entries: Sequence[str], where: str) -> None:
    edge, width = stack.x, stack.width
    stack.x += _BULLET_INDENT
    stack.width -= _BULLET_INDENT
    for entry in entries:
        baseline = stack.at + ascent(stack.size)
        stack.items.append(Text(edge, baseline, "•", stack.size))
        stack.say(entry, where)
    stack.x, stack.width = edge, width


def _contact(
    blocks: Mapping[str, str], office: OfficeData, stack: _Stack, scale: Scale, gap: float
) -> None:
    """How to change the appointment or ask."""
    stack.head(blocks["change_heading"], "change_heading", scale, gap=gap)
    stack.say(blocks["change"], "change")
    ways = _Stack(
        stack.x + _CONTACT_X, stack.at + 0.8 * scale.air, stack.width - _CONTACT_X, scale.text
    )
    for label, value in (
        ("contact_phone", markup.escape(phones.display(office["phone"]))),
        ("contact_mail", breakable(office["email"], ways.width, scale.text)),
        ("contact_post", blocks["contact_slip"]),
    ):
        if not value:
            continue
        baseline = ways.at + ascent(scale.text)
        word = markup.plain(blocks[label])
        ways.items.append(Text(stack.x, baseline, word, scale.text, where=label))
        ways.say(value, label)
        if label == "contact_phone" and office["hours"]:
            *others, last = office["hours"]
            spans = [*others, f"{last} {markup.plain(blocks['contact_clock'])}"]
            size = scale.text - _HOURS_SMALLER
            hours = packed(spans, " · ", ways.width, size)
            ways.say(hours, "office.hours", size=size, ink=SECOND_INK)
    stack.items += ways.items
    stack.at = ways.at
    if silence := blocks.get("silence"):
        stack.say(silence, "silence", gap=1.4 * scale.air)
