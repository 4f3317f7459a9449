"""The reply slip below the lower fold: to be cut off, ticked and sent back in an envelope DL."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from koba_desktop.letters.typesetting import codes, fonts, markup
from koba_desktop.letters.typesetting.geometry import (
    BOTTOM,
    MARGIN_LEFT,
    PAGE_WIDTH,
    TEXT_RIGHT,
    Sheet,
)
from koba_desktop.letters.typesetting.page import (
    ACCENT,
    INK,
    RULE_INK,
    SECOND_INK,
    Frame,
    Item,
    Rule,
    Text,
    ascent,
    fitted,
    passage,
    shrunk,
)

_CHECK_BOX = 3.8
_TEXT_X = MARGIN_LEFT + 7.0
_RIGHT_X = 147.0  # left edge of the right-hand part
_LINE_END = 142.0
_ROW = 9.2
_FIRST_ROW = 17.6
_SIZE = 10.0
_SIGNATURE_SMALLER = 1.5  # points
_SHORTEST_LINE = 18.0  # to write a time of day on
_SMALL = 8.5
_CUT_GAP = 1.2  # below the fold, so that the mark stays visible
_SCISSORS_X = 15.0
_CODE_TOP = 4.8
_CODE_MODULE = 1.2  # mm
_NUMBER = 27.2  # base lines of the number and of what it is
_NUMBER_LABEL = 31.2
_NUMBER_LARGEST, _NUMBER_SMALLEST = 15.0, 6.5


def compose(
    blocks: Mapping[str, str],
    sheet: Sheet,
    *,
    reference: str,
    client: str,
    reply_lines: Sequence[str],
    number: str = "",
    size: float = _SIZE,
) -> list[Item]:
    """The slip, what is to be ticked in type of a ``size``. Rows are drawn for the blocks that the
    wording has. The client's ``number`` says whose slip it is where there is no ``reference`` of an
    appointment; both "" for none."""
    top = sheet.slip_top + _CUT_GAP
    return [
        *cut_line(top),
        *cut_off(
            blocks,
            top,
            BOTTOM,
            reference=reference,
            client=client,
            reply_lines=reply_lines,
            number=number,
            size=size,
        ),
    ]


def cut_off(
    blocks: Mapping[str, str],
    top: float,
    bottom: float,
    *,
    reference: str,
    client: str,
    reply_lines: Sequence[str],
    number: str = "",
    size: float = _SIZE,
    first_row: float = _FIRST_ROW,
) -> list[Item]:
    """What stands below the line to cut at ``top``, above ``bottom`` (mm); the rows to tick begin
    at ``first_row`` below the line."""
    items = _head(blocks, top)
    at = top + first_row
    for name in ("slip_fits", "slip_reason", "slip_other", "slip_phone", "slip_translation"):
        if name not in blocks:
            continue
        items += _row(blocks, name, at, size)
        at += _ROW
    items += _signature(blocks, min(at + 5.6, bottom - 6.0), size - _SIGNATURE_SMALLER)
    items += _right_part(blocks, top, reference, client, number, reply_lines)
    return items


def cut_line(y: float) -> list[Item]:
    """A dashed line with a pair of scissors drawn on it (no letter font has the sign)."""
    dash = (1.6, 1.4)
    x = _SCISSORS_X
    return [
        Rule(10.0, y, x - 2.2, y, weight=0.5, ink=RULE_INK, dash=dash),
        Rule(x + 2.6, y, PAGE_WIDTH - 10.0, y, weight=0.5, ink=RULE_INK, dash=dash),
        Rule(x - 0.9, y + 0.6, x + 2.0, y - 0.9, weight=0.9),
        Rule(x - 0.9, y - 0.6, x + 2.0, y + 0.9, weight=0.9),
        *(Frame(x - 2.1, y + dy, 1.2, 1.2, ink=INK, weight=0.8, radius=0.6) for dy in (-1.4, 0.2)),
    ]


def _head(blocks: Mapping[str, str], top: float) -> list[Item]:
    heading = markup.plain(blocks["slip_heading"])
    size = 13.0
    after = MARGIN_LEFT + fonts.text_width(heading, fonts.BOLD, size) + 3.0
    baseline = top + 8.6
    subject = shrunk(
        blocks["slip_subject"],
        x=after,
        top=baseline - 3.4,
        width=_RIGHT_X - after,
        height=8.5,
        largest=9.5,
        smallest=7.0,
        where="slip_subject",
    )
    return [
        Text(MARGIN_LEFT, baseline, heading, size, bold=True, ink=ACCENT, where="slip_heading"),
        subject,
    ]


def _row(blocks: Mapping[str, str], name: str, baseline: float, size: float) -> list[Item]:
    """A box to tick, what it means, and a line to write on where there is something to write."""
    label = passage(
        blocks[name],
        x=_TEXT_X,
        top=baseline - ascent(size),
        width=_LINE_END - _TEXT_X,
        size=size,
        where=name,
    )
    items: list[Item] = [
        Frame(MARGIN_LEFT, baseline - 3.2, _CHECK_BOX, _CHECK_BOX, ink=INK, weight=0.7),
        label,
    ]
    at = _TEXT_X + fonts.text_width(markup.plain(blocks[name]), fonts.BOLD, size) + 2.0
    if name == "slip_other":
        for field, end in (("slip_day", 106.0), ("slip_time", _LINE_END)):
            word = markup.plain(blocks[field])
            items.append(Text(at, baseline, word, size, where=field))
            start = at + fonts.text_width(word, fonts.REGULAR, size) + 1.0
            items.append(writing_line(start, max(end, start + _SHORTEST_LINE), baseline))
            at = max(end, start + _SHORTEST_LINE) + 2.0
    elif name != "slip_fits":
        items.append(writing_line(at, _LINE_END, baseline))
    return items


def _signature(blocks: Mapping[str, str], baseline: float, size: float) -> list[Item]:
    items: list[Item] = []
    for name, start, end in (("slip_date", MARGIN_LEFT, 55.0), ("slip_signature", 61.0, 131.0)):
        items.append(writing_line(start, end, baseline))
        items.append(
            Text(
                start,
                baseline + 4.0,
                markup.plain(blocks[name]),
                size,
                ink=SECOND_INK,
                where=name,
            )
        )
    return items


def _right_part(
    blocks: Mapping[str, str],
    top: float,
    reference: str,
    client: str,
    number: str,
    reply_lines: Sequence[str],
) -> list[Item]:
    """The reference a desk finds the appointment by, for its scanner and for people, whose slip it
    is, and where it goes."""
    items: list[Item] = []
    if reference:
        code = codes.data_matrix(
            reference.replace(" ", ""),
            x=0.0,
            top=top + _CODE_TOP,
            module=_CODE_MODULE,
            content=f"DataMatrix-Code {reference}",
            where="reference",
        )
        items = [
            replace(code, x=TEXT_RIGHT - code.width),
            *_number(reference, "reference", blocks, "slip_reference", top),
        ]
    elif number:
        items = _number(number, "client.number", blocks, "info_number", top)
    width = TEXT_RIGHT - _RIGHT_X
    whose = shrunk(
        markup.escape(client),
        x=_RIGHT_X,
        top=top + 32.0,
        width=width,
        height=12.0,
        largest=9.0,
        smallest=6.5,
        ink=SECOND_INK,
        right_aligned=True,
        where="client.name",
    )
    back = shrunk(
        "<br/>".join(
            (
                markup.escape(markup.plain(blocks["slip_return"])),
                *(f"<b>{markup.escape(line)}</b>" for line in reply_lines),
            )
        ),
        x=_RIGHT_X,
        top=top + 45.0,
        width=width,
        height=27.0,
        largest=9.0,
        smallest=6.5,
        right_aligned=True,
        where="office.reply_lines",
    )
    return [*items, whose, back]


def _number(said: str, where: str, blocks: Mapping[str, str], label: str, top: float) -> list[Item]:
    """What is to be found by, with what it is below."""
    number = fitted(
        said,
        x=TEXT_RIGHT,
        baseline=top + _NUMBER,
        width=TEXT_RIGHT - _RIGHT_X,
        largest=_NUMBER_LARGEST,
        smallest=_NUMBER_SMALLEST,
        bold=True,
        where=where,
    )
    word = markup.plain(blocks[label])
    below = top + _NUMBER_LABEL
    return [
        replace(number, right_aligned=True),
        Text(TEXT_RIGHT, below, word, _SMALL, ink=SECOND_INK, right_aligned=True, where=label),
    ]


def writing_line(start: float, end: float, baseline: float) -> Rule:
    return Rule(start, baseline + 0.8, end, baseline + 0.8, weight=0.5, ink=SECOND_INK)
