"""The page in the client's language that goes along with a German letter.

It says that the German letter counts, gives the one thing to remember large, repeats it exactly as
the German letter has it, and explains the reply slip. A page of a language that runs from right to
left is the mirror image. Whatever side of the sheet is folded outside, the window shows nothing of
it: the page stays clear of all that the window can ever show.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.i18n import phones
from koba_desktop.letters.letter import foreign, german, texts, values
from koba_desktop.letters.letter.hand import Hand, HandStack
from koba_desktop.letters.letter.layout import (
    BOX_BAR,
    BOX_INSET,
    BULLET,
    COLUMN_WIDTH,
    HEAD_BOTTOM,
    RIGHT_COLUMN,
    breakable,
    fitting,
    packed,
    rules,
)
from koba_desktop.letters.letter.letterhead import specimen_beside
from koba_desktop.letters.typesetting import bidi, markup
from koba_desktop.letters.typesetting.geometry import (
    BOTTOM,
    MARGIN_LEFT,
    TEXT_RIGHT,
    TEXT_WIDTH,
    Sheet,
)
from koba_desktop.letters.typesetting.page import ACCENT, INK, SECOND_INK, Frame, Item
from koba_desktop.services.letters.data import LetterData
from koba_desktop.services.ports import CourtesyText

_HEAD_TOP = 11.0
_NOTICE_X = 115.0  # right of all that any window can show
_NOTICE_BAR = 1.4
_NOTICE_PADDING = 3.0
_ABOVE_SUBJECT = 3.0
_LARGEST_LINE = 18.0
_NUMBER_SIZE = 16.0
_BULLET_INDENT = 3.6
_CHECK_BOX = 3.2
_SLIP_SIZE = 9.5
_CHECK_INDENT = 6.0
_LABEL_GAP = 3.0
_WIDEST_LABEL = 30.0
_SMALLEST = 9.0
_SLIP_ROWS = ("slip_fits", "slip_other", "slip_phone", "slip_translation")


@dataclass(frozen=True, slots=True)
class _Scale:
    """Type sizes in points; ``air`` is the factor for the space between things."""

    text: float
    heading: float
    air: float


_SCALES = (
    _Scale(10.5, 11.0, 1.2),
    _Scale(10.5, 11.0, 0.9),
    _Scale(10.0, 10.5, 0.8),
    _Scale(9.5, 10.0, 0.7),
    _Scale(9.0, 9.5, 0.6),
    _Scale(9.0, 9.5, 0.4),
    _Scale(9.0, 9.0, 0.2),
)


def compose(
    courtesy: CourtesyText,
    data: LetterData,
    sheet: Sheet,
    german_blocks: Mapping[str, str],
    *,
    second_page: bool = False,
    specimen: bool = False,
) -> list[Item]:
    """Lay the page out. ``german_blocks`` is the filled wording of the German letter, whose slip is
    explained; ``second_page``: the slip is on a page of its own; ``specimen`` as in the letter.

    Raises Refused: ``letter_too_long`` where it does not fit in 9 points, and as ``texts.fill``;
    Unavailable ``font_missing``.
    """
    blocks = texts.Filled(foreign.filled(courtesy, data, second_page=second_page))
    hand = Hand(courtesy.language)
    items = [
        *_head(hand, blocks, data, german_blocks, specimen=specimen),
        *_notice(hand, blocks, sheet),
    ]
    # What the code is for is said by the German letter, too: the last to be left out.
    short = texts.Filled({name: text for name, text in blocks.items() if name != "box_code"})
    for said, scale in (*((blocks, scale) for scale in _SCALES), (short, _SCALES[-1])):
        laid, bottom = _body(hand, said, data, sheet, scale, german_blocks)
        if bottom <= BOTTOM:
            return [*items, *laid]
    over = round(bottom - BOTTOM, 1)
    raise Refused(Problem("letter_too_long", {"over": over}, "translation"))


def _head(
    hand: Hand,
    blocks: Mapping[str, str],
    data: LetterData,
    german_blocks: Mapping[str, str],
    *,
    specimen: bool,
) -> list[Item]:
    """What page this is, and which appointment it belongs to."""
    stack = HandStack(hand, MARGIN_LEFT, _HEAD_TOP, TEXT_WIDTH, 16.0)
    items: list[Item] = []
    if specimen:
        items, room = specimen_beside(german_blocks, _HEAD_TOP, stack.size, hand.left)
        stack.width -= room
    title = markup.plain(blocks["translation_title"])
    while stack.size > 10.0 and hand.width(title, stack.size, bold=True) > stack.width:
        stack.size -= 0.5
    stack.say(blocks["translation_title"], "translation_title", bold=True, ink=ACCENT)
    reference = bidi.isolated(values.grouped(data["reference"]), bidi.LEFT_TO_RIGHT)
    said = f"{blocks['slip_reference']}: <b>{reference}</b>"
    if data["reference"]:
        stack.say(said, "reference", size=9.5, ink=SECOND_INK)
    if stack.at > HEAD_BOTTOM:
        raise Refused(Problem("text_does_not_fit", {"text": title}, "translation_title"))
    return [*items, *stack.items]


def _notice(hand: Hand, blocks: Mapping[str, str], sheet: Sheet) -> list[Item]:
    """That the German letter counts, and whether a native reader has read the translation; at the
    right of the window in every language."""
    width = TEXT_RIGHT - _NOTICE_X
    x = hand.left(_NOTICE_X, width)  # mirrored twice: the window stays where it is
    top = sheet.info_top
    for size in (11.0, 10.5, 10.0, 9.5, _SMALLEST):
        stack = HandStack(
            hand,
            x + _NOTICE_BAR + _NOTICE_PADDING,
            top + _NOTICE_PADDING,
            width - _NOTICE_BAR - 2 * _NOTICE_PADDING,
            size,
        )
        stack.say(blocks["binding"], "binding", bold=True)
        for name in ("reviewed", "unreviewed"):
            if said := blocks.get(name):
                stack.say(said, name, gap=1.2, size=_SMALLEST, ink=SECOND_INK)
        bottom = stack.at + _NOTICE_PADDING
        if bottom <= sheet.subject_top - _ABOVE_SUBJECT:
            return [*hand.frame(x, top, width, bottom - top, _NOTICE_BAR), *stack.items]
    said = bidi.without_controls(markup.plain(blocks["binding"]))
    raise Refused(Problem("text_does_not_fit", {"text": said}, "binding"))


def _body(
    hand: Hand,
    blocks: Mapping[str, str],
    data: LetterData,
    sheet: Sheet,
    scale: _Scale,
    german_blocks: Mapping[str, str],
) -> tuple[list[Item], float]:
    """All from the subject on, in one size of type; with where it ends."""
    stack = HandStack(hand, MARGIN_LEFT, sheet.subject_top, TEXT_WIDTH, scale.text)
    stack.say(blocks["subject"], "subject", size=13.0, bold=True)
    stack.say(blocks["salutation"], "salutation", gap=2.4 * scale.air)
    stack.say(blocks["intro"], "intro", gap=1.2 * scale.air)
    box, bottom = _box(hand, blocks, data, stack.at + 3.0 * scale.air, scale)
    columns = _columns(hand, blocks, data, german_blocks, bottom + 3.2 * scale.air, scale)
    shorter = min(columns, key=lambda column: column.at)
    shorter.say(blocks["closing"], "closing", gap=3.0 * scale.air)
    stack.at = max(column.at for column in columns)
    stack.items += [*box, *(item for column in columns for item in column.items)]
    _slip(stack, blocks, german_blocks, scale)
    return stack.items, stack.at


def _box(
    hand: Hand, blocks: Mapping[str, str], data: LetterData, top: float, scale: _Scale
) -> tuple[list[Item], float]:
    """The one thing to remember, framed, and how the German letter says it."""
    padding = 3.0 * scale.air
    inset = BOX_BAR + BOX_INSET
    stack = HandStack(
        hand, MARGIN_LEFT + inset, top + padding, TEXT_WIDTH - inset - 3.0, scale.text
    )
    if heading := blocks.get("box_heading"):
        stack.say(heading, "box_heading", size=scale.heading, bold=True, ink=ACCENT)
    if starts := values.appointment_start(data):
        large = foreign.moment(starts, hand.language)
        size = _LARGEST_LINE
        while size > scale.heading and hand.width(large, size, bold=True) > stack.width:
            size -= 0.5
        stack.say(markup.escape(large), "appointment", size=size, bold=True)
        in_german = bidi.isolated(german.moment(starts), bidi.LEFT_TO_RIGHT)
        stack.say(f"{blocks['german_letter']} <b>{in_german}</b>", "appointment")
    if number := blocks.get("box_number"):
        line = f"{blocks['box_number_label']}: <b>{number}</b>"
        stack.say(line, "box_number", gap=0.6 * scale.air, size=_NUMBER_SIZE)
    for name in ("box_former", "box_line"):
        if said := blocks.get(name):
            stack.say(said, name, gap=0.8 * scale.air)
    if data.get("calendar_entry") and (hint := blocks.get("box_code")):
        stack.say(hint, "box_code", gap=0.8 * scale.air, size=_SMALLEST, ink=SECOND_INK)
    bottom = stack.at + padding
    frame = hand.frame(MARGIN_LEFT, top, TEXT_WIDTH, bottom - top, BOX_BAR)
    return [*frame, *stack.items], bottom


def _columns(
    hand: Hand,
    blocks: Mapping[str, str],
    data: LetterData,
    german_blocks: Mapping[str, str],
    top: float,
    scale: _Scale,
) -> tuple[HandStack, HandStack]:
    """As in the German letter: what it is about and what to have ready, and how to change it."""
    first = HandStack(hand, MARGIN_LEFT, top, COLUMN_WIDTH, scale.text)
    second = HandStack(hand, RIGHT_COLUMN, top, TEXT_RIGHT - RIGHT_COLUMN, scale.text)
    gap = 2.0 * scale.air
    first.head(blocks["about_heading"], "about_heading", scale.heading)
    first.say(blocks["about"], "about")
    papers_in = first
    if "rules_heading" in blocks:
        papers_in = second  # so that the columns are of a length
        first.head(blocks["rules_heading"], "rules_heading", scale.heading, gap=gap)
        _bullets(first, rules(blocks), "rules")
    if "papers_heading" in blocks:
        above = gap if papers_in is first else 0.0
        papers_in.head(blocks["papers_heading"], "papers_heading", scale.heading, gap=above)
        _bullets(papers_in, _papers(hand.language, blocks, data), "papers")
    hours, clock = _hours(blocks, data, german_blocks)
    _contact(second, blocks, data, hours, clock, scale, gap if second.items else 0.0)
    return first, second


def _papers(language: str, blocks: Mapping[str, str], data: LetterData) -> list[str]:
    """What to have ready; what nobody translated stands there in German and says so."""
    translated = data.get("translated")
    if translated and (papers := _tidied(translated["papers"])):
        given = [bidi.isolated(paper) for paper in papers]
    else:
        mark = foreign.name_of_german(language)
        given = [
            f"{bidi.isolated(tidied, bidi.LEFT_TO_RIGHT)} ({mark})"
            for tidied in _tidied(data["papers"])
        ]
    return [blocks["papers_always"], *(markup.escape(paper) for paper in given)]


def _tidied(entries: Sequence[str]) -> list[str]:
    return [tidied for entry in entries if (tidied := foreign.tidied(entry))]


def _bullets(stack: HandStack, entries: Sequence[str], where: str) -> None:
    edge, width = stack.x, stack.width
    for entry in entries:
        bullet = stack.hand.write(
            "•", x=edge, top=stack.at, width=_BULLET_INDENT, size=stack.size, where=BULLET
        )
        stack.items.append(bullet)
        stack.x, stack.width = edge + _BULLET_INDENT, width - _BULLET_INDENT
        stack.say(entry, where)
    stack.x, stack.width = edge, width


def _contact(
    stack: HandStack,
    blocks: Mapping[str, str],
    data: LetterData,
    hours: Sequence[str],
    clock: str,
    scale: _Scale,
    gap: float,
) -> None:
    """How to change the appointment or ask; ``hours`` are those of the telephone."""
    office, hand = data["office"], stack.hand
    stack.head(blocks["change_heading"], "change_heading", scale.heading, gap=gap)
    stack.say(blocks["change"], "change")
    names = ("contact_phone", "contact_mail", "contact_post")
    widest = max(hand.width(markup.plain(blocks[name]), scale.text) for name in names)
    indent = min(widest + _LABEL_GAP, _WIDEST_LABEL)
    ways = HandStack(hand, stack.x + indent, stack.at, stack.width - indent, scale.text)
    email = office["email"]
    email = (
        markup.escape(email) if hand.mirrored else breakable(email, fitting(ways.width, scale.text))
    )
    said = {
        "contact_phone": bidi.isolated(
            markup.escape(phones.display(office["phone"])), bidi.LEFT_TO_RIGHT
        ),
        "contact_mail": bidi.isolated(email, bidi.LEFT_TO_RIGHT) if email else "",
        "contact_post": blocks["contact_slip"],
    }
    for name, value in said.items():
        if not bidi.without_controls(value):
            continue
        ways.at += 0.6 * scale.air
        label = hand.write(
            blocks[name], x=stack.x, top=ways.at, width=indent, size=scale.text, where=name
        )
        ways.items.append(label)
        ways.say(value, name)
        if name == "contact_phone" and hours:
            spans = _spans(hours, clock, hand, ways.width)
            ways.say(spans, "office.hours", size=_SMALLEST, ink=SECOND_INK)
        ways.at = max(ways.at, label.bottom)
    stack.items += ways.items
    stack.at = ways.at
    if silence := blocks.get("silence"):
        stack.say(silence, "silence", gap=1.2 * scale.air)


def _hours(
    blocks: Mapping[str, str], data: LetterData, german_blocks: Mapping[str, str]
) -> tuple[list[str], str]:
    """The telephone hours and the word for the clock; both German where nobody translated them."""
    translated = data.get("translated")
    if translated and (hours := _tidied(translated["hours"])):
        return hours, markup.plain(blocks["contact_clock"])
    return _tidied(data["office"]["hours"]), markup.plain(german_blocks["contact_clock"])


def _spans(hours: Sequence[str], clock: str, hand: Hand, width: float) -> str:
    """The hours as markup, with the clock behind the last, as many on a line of that width (mm) as
    fit. What fits into one is not broken; what does not breaks between words, not inside one."""

    def fits(text: str) -> bool:
        return hand.width(text, _SMALLEST) <= width

    def kept(text: str) -> str:
        whole = foreign.unbroken(text)
        return whole if fits(whole) else ""

    *others, last = hours
    ending = kept(f"{last} {clock}") or f"{kept(last) or last} {kept(clock) or clock}"
    spans = [*(kept(each) or each for each in others), ending]
    return packed([bidi.isolated(span) for span in spans], " · ", fits)


def _slip(
    stack: HandStack, blocks: Mapping[str, str], german_blocks: Mapping[str, str], scale: _Scale
) -> None:
    """What the rows of the German reply slip mean, each beside its German words."""
    hand = stack.hand
    size = min(scale.text, _SLIP_SIZE)
    stack.head(blocks["slip_explained"], "slip_explained", scale.heading, gap=3.0 * scale.air)
    for name in _SLIP_ROWS:
        if name not in german_blocks or name not in blocks:
            continue
        top = stack.at + 0.7 * scale.air
        x = MARGIN_LEFT + _CHECK_INDENT
        quoted = hand.quote(
            _row(name, german_blocks),
            x=x,
            top=top,
            width=MARGIN_LEFT + COLUMN_WIDTH - x,
            size=size,
            where=name,
        )
        meant = hand.write(
            _row(name, blocks),
            x=RIGHT_COLUMN,
            top=top,
            width=TEXT_RIGHT - RIGHT_COLUMN,
            size=size,
            where=name,
        )
        tick = Frame(hand.left(MARGIN_LEFT, _CHECK_BOX), top + 0.6, _CHECK_BOX, _CHECK_BOX, ink=INK)
        stack.items += [tick, quoted, meant]
        stack.at = max(quoted.bottom, meant.bottom, top + _CHECK_BOX + 0.6)


def _row(name: str, blocks: Mapping[str, str]) -> str:
    """A row's label with what is to be written beside it."""
    if name != "slip_other":
        return blocks[name]
    return f"{blocks[name]} {blocks['slip_day']} … {blocks['slip_time']} …"
