"""What the body of a letter is made of, whichever way it is laid out: the stack, the box with the
appointment, lists, and how to reach the office."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from koba_desktop.i18n import phones
from koba_desktop.letters.letter.layout import (
    BOX_BAR,
    BOX_INSET,
    BULLET,
    HEADING_GAP,
    breakable,
    fitting,
)
from koba_desktop.letters.typesetting import codes, fonts, markup
from koba_desktop.letters.typesetting.geometry import MARGIN_LEFT, TEXT_RIGHT, TEXT_WIDTH
from koba_desktop.letters.typesetting.page import (
    ACCENT,
    INK,
    SECOND_INK,
    Frame,
    Item,
    Passage,
    Text,
    ascent,
    passage,
)
from koba_desktop.services.letters.data import OfficeData

NOTICES = (("legal_heading", "legal"), ("appeal_heading", "appeal"))
"""What only a formal letter says, heading and text: the consequences in law, and how to object."""

ABOVE_SLIP = 1.5  # mm between a letter and the line to cut along

_CONTACT_X = 17.0  # from the column's edge to the value, at least
_CONTACT_GAP = 3.4
_BULLET_INDENT = 3.2  # at 10 points
_BULLET_SIZE = 10.0
_HOURS_SMALLER = 1.2  # points
_HINT_SMALLER = 1.5
_NUMBER_SIZE = 22.0  # of what a visitor is called by: to be found at a glance
_NUMBER_LINE_SIZE = 14.0  # of it where it stands in a line beside the code
_NUMBER_GAP = 4.0  # mm between the number and what stands beside it
_CODE_MARGIN = codes.QR_QUIET * codes.QR_MODULE


@dataclass(frozen=True, slots=True)
class Scale:
    """Type sizes in points; ``air`` is the factor for the space between things.

    ``large`` is the size of the box's large line where it fits, ``least`` that of the smallest
    print. ``between`` (mm) sets apart the lines that the wording itself breaks. ``wide_list``:
    what to have ready stands below both columns, in two of its own. ``leaves``: more pages than
    these are not filled in this size.
    """

    text: float
    heading: float
    air: float
    wide_list: bool = False
    large: float = 18.0
    least: float = 0.0
    between: float = 0.0
    leaves: int = 2

    def smaller(self, by: float) -> float:
        return max(self.text - by, self.least)


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
    """What stands on a page, and where it ends (mm); ``overleaf`` is what follows on others. There
    too it begins below the window: a sheet may lie in the envelope with any page outside."""

    items: tuple[Item, ...]
    bottom: float
    overleaf: tuple["Body", ...] = ()


@dataclass(slots=True)
class Stack:
    """Passages one below the other; ``at`` is where the next one begins."""

    x: float
    at: float
    width: float
    scale: Scale
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
        """Set a block; returns its last passage."""
        self.at += gap
        each = lines(content) if self.scale.between else [content]
        for number, line in enumerate(each):
            said = passage(
                line,
                x=self.x,
                top=self.at + (self.scale.between if number else 0.0),
                width=self.width,
                size=size or self.scale.text,
                bold=bold,
                ink=ink,
                where=where,
            )
            self.items.append(said)
            self.at = said.bottom
        return said

    def head(self, content: str, where: str, gap: float = 0.0) -> None:
        self.say(content, where, gap=gap, size=self.scale.heading, bold=True, ink=ACCENT)
        self.at += max(HEADING_GAP, self.scale.between)


def box(
    blocks: Mapping[str, str], large_line: str, calendar: str, top: float, scale: Scale
) -> tuple[list[Item], float]:
    """The one thing to remember, framed, with its one large line and the code that says the same
    to a telephone. Returns it with where it ends."""
    padding = 3.4 * scale.air
    left = MARGIN_LEFT + BOX_BAR + BOX_INSET
    code = _calendar_code(calendar, top)
    right = min((each.x for each in code), default=TEXT_RIGHT)
    stack = Stack(left, top + padding, right - left - 3.0, scale)
    if heading := blocks.get("box_heading"):
        stack.say(heading, "box_heading", size=scale.heading, bold=True, ink=ACCENT)
    size = scale.large
    while size > scale.heading and _width(large_line, size) > stack.width:
        size -= 0.5
    stack.say(large_line, "appointment", size=size, bold=True)
    number = [] if code else _number(blocks, stack, scale)
    if code and blocks.get("box_number"):
        line = f"{blocks['box_number_label']} <b>{blocks['box_number']}</b>"
        stack.say(line, "box_number", size=max(_NUMBER_LINE_SIZE, scale.heading))
    if number:
        stack.width = min(item.x for item in number) - _NUMBER_GAP - left
    for name in ("box_former", "box_line"):
        if said := blocks.get(name):
            stack.say(said, name, gap=0.8 * scale.air)
    if code and (hint := blocks.get("box_code")):
        size = scale.smaller(_HINT_SMALLER)
        stack.say(hint, "box_code", gap=1.2 * scale.air, size=size, ink=SECOND_INK)
    bottom = max(stack.at, *(item.bottom for item in number), 0.0) + padding
    bottom = max(bottom, *(each.bottom + _CODE_MARGIN for each in code), 0.0)
    frame = Frame(MARGIN_LEFT, top, TEXT_WIDTH, bottom - top)
    bar = replace(frame, width=BOX_BAR, filled=True)
    return [frame, bar, *stack.items, *number, *code], bottom


def _width(content: str, size: float) -> float:
    """Of the widest of the lines that bold text breaks itself into."""
    lines = (markup.plain(line) for line in content.split("<br/>"))
    return max(fonts.text_width(line, fonts.BOLD, size) for line in lines)


def _calendar_code(calendar: str, top: float) -> list[codes.Symbol]:
    """The QR code in the upper right corner of the box, with white around it."""
    if not calendar:
        return []
    code = codes.qr(calendar, x=0.0, top=top + _CODE_MARGIN, content="QR-Code", where="box_code")
    return [replace(code, x=TEXT_RIGHT - _CODE_MARGIN - code.width)]


def _number(blocks: Mapping[str, str], beside: Stack, scale: Scale) -> list[Passage]:
    """What a visitor is called by, at the right of the box's lines, with what it is above it."""
    if not blocks.get("box_number"):
        return []
    label = markup.plain(blocks["box_number_label"])
    width = max(
        fonts.text_width(label, fonts.REGULAR, scale.text),
        fonts.text_width(markup.plain(blocks["box_number"]), fonts.BOLD, _NUMBER_SIZE),
    )
    edge = beside.x + beside.width
    stack = Stack(edge - width - 1.0, beside.at, width + 1.0, scale)
    return [
        stack.say(blocks["box_number_label"], "box_number_label", gap=0.8 * scale.air),
        stack.say(blocks["box_number"], "box_number", size=_NUMBER_SIZE, bold=True),
    ]


def entries(blocks: Mapping[str, str], papers: Sequence[str]) -> list[str]:
    """What to have ready, as markup."""
    given = [tidied for paper in papers if (tidied := fonts.tidy(paper))]
    return [blocks["papers_always"], *(markup.escape(paper) for paper in given)]


def bullets(stack: Stack, said: Sequence[str], where: str) -> None:
    edge, width, size = stack.x, stack.width, stack.scale.text
    indent = _BULLET_INDENT * max(1.0, size / _BULLET_SIZE)
    stack.x += indent
    stack.width -= indent
    for entry in said:
        gap = stack.scale.between
        stack.items.append(Text(edge, stack.at + gap + ascent(size), "•", size, where=BULLET))
        stack.say(entry, where, gap=gap)
    stack.x, stack.width = edge, width


def contact(
    blocks: Mapping[str, str],
    office: OfficeData,
    stack: Stack,
    gap: float,
    hours: Callable[[Sequence[str], float, float], str],
) -> None:
    """How to change the appointment or ask. ``hours`` makes markup of the hours of the telephone,
    for a width (mm) and a size."""
    scale = stack.scale
    stack.head(blocks["change_heading"], "change_heading", gap=gap)
    stack.say(blocks["change"], "change")
    said = {
        "contact_phone": markup.escape(phones.display(office["phone"])),
        "contact_mail": office["email"],
        "contact_post": blocks["contact_slip"],
    }
    words = {label: markup.plain(blocks[label]) for label, value in said.items() if value}
    widest = max(fonts.text_width(word, fonts.REGULAR, scale.text) for word in words.values())
    edge = max(_CONTACT_X, widest + _CONTACT_GAP)
    ways = Stack(stack.x + edge, stack.at + 0.8 * scale.air, stack.width - edge, scale)
    for label, word in words.items():
        value = said[label]
        if label == "contact_mail":
            value = breakable(value, fitting(ways.width, scale.text))
        baseline = ways.at + ascent(scale.text)
        ways.items.append(Text(stack.x, baseline, word, scale.text, where=label))
        ways.say(value, label)
        if label == "contact_phone" and office["hours"]:
            *others, last = office["hours"]
            spans = [*others, f"{last} {markup.plain(blocks['contact_clock'])}"]
            size = scale.smaller(_HOURS_SMALLER)
            ways.say(hours(spans, ways.width, size), "office.hours", size=size, ink=SECOND_INK)
    stack.items += ways.items
    stack.at = ways.at


def lines(content: str) -> list[str]:
    """The lines a wording breaks itself, each with all tags it opens closed."""
    found: list[str] = []
    whole = True
    for piece in content.split("<br/>"):
        if whole:
            found.append(piece)
        else:
            found[-1] += f"<br/>{piece}"
        whole = all(found[-1].count(f"<{t}>") == found[-1].count(f"</{t}>") for t in ("b", "i"))
    return found
