"""The upper part of every letter as DIN 5008 orders it: head, address, information block, marks."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.i18n import phones
from koba_desktop.letters.letter.address import FittedAddress, FittedReturnLine
from koba_desktop.letters.letter.layout import HEAD_BOTTOM, breakable, fitting
from koba_desktop.letters.typesetting import codes, fonts, markup
from koba_desktop.letters.typesetting.geometry import (
    FOLD_MARK_LENGTH,
    HOLE_MARK,
    HOLE_MARK_LENGTH,
    INFO_WIDTH,
    INFO_X,
    MARGIN_LEFT,
    MARK_X,
    TEXT_RIGHT,
    Sheet,
)
from koba_desktop.letters.typesetting.page import (
    ACCENT,
    RULE_INK,
    SECOND_INK,
    Item,
    Rule,
    Text,
    ascent,
    passage,
    shrunk,
)
from koba_desktop.letters.typesetting.specimen import specimen, specimen_width
from koba_desktop.services.letters.data import OfficeData

_HEAD_TOP = 12.0
_NAME_HEIGHT = 8.0
_INFO_SIZE = 9.2
_INFO_SMALLEST = 7.0
_INFO_LABEL_WIDTH = 31.0
_INFO_PITCH = 4.9
_DATE_GAP = 2.2
_CODE_MODULE = 0.6  # mm
_CODE_ROOM = 11.0  # of the site's width
_SPECIMEN_SIZE = 11.0
_SPECIMEN_PADDING = 1.6


def letterhead(blocks: Mapping[str, str], office: OfficeData, reference: str) -> list[Item]:
    """Who writes: the authority at the left, its site at the right, and in the corner the number of
    the appointment for a scanner ("" for a letter without one)."""
    width = INFO_X - 5.0 - MARGIN_LEFT
    name = shrunk(
        blocks["letterhead"],
        x=MARGIN_LEFT,
        top=_HEAD_TOP,
        width=width,
        height=_NAME_HEIGHT,
        largest=16.0,
        smallest=9.0,
        bold=True,
        ink=ACCENT,
        where="letterhead",
    )
    place = shrunk(
        blocks["letterhead_line"],
        x=MARGIN_LEFT,
        top=name.bottom - 0.4,
        width=width,
        height=HEAD_BOTTOM - name.bottom,
        largest=9.5,
        smallest=7.0,
        where="letterhead_line",
    )
    town = f"{office['postcode']} {office['town']}".strip()
    phone = f"{markup.plain(blocks['contact_phone'])} {phones.display(office['phone'])}"
    lines = [", ".join(filter(None, (office["street"], town))), phone if office["phone"] else ""]
    site = shrunk(
        "<br/>".join(
            (
                f"<b>{markup.escape(office['name'])}</b>",
                *(markup.escape(line) for line in lines if line),
            )
        ),
        x=INFO_X,
        top=_HEAD_TOP + 0.8,
        width=INFO_WIDTH - _CODE_ROOM,
        height=HEAD_BOTTOM - _HEAD_TOP - 0.8,
        largest=8.6,
        smallest=6.0,
        where="office",
    )
    return [name, place, site, *_scanned(reference)]


def _scanned(reference: str) -> list[Item]:
    if not reference:
        return []
    code = codes.data_matrix(
        reference.replace(" ", ""),
        x=0.0,
        top=_HEAD_TOP + 1.6,
        module=_CODE_MODULE,
        content=f"DataMatrix-Code {reference}",
        where="reference",
    )
    return [replace(code, x=INFO_X + INFO_WIDTH - code.width)]


def address_field(address: FittedAddress, return_line: FittedReturnLine) -> list[Item]:
    """All that the window may show."""
    items: list[Item] = [
        Text(
            MARGIN_LEFT,
            return_line.baseline,
            return_line.text,
            return_line.size,
            where="office.return_line",
        )
    ]
    if return_line.text:
        end = MARGIN_LEFT + fonts.text_width(return_line.text, fonts.REGULAR, return_line.size)
        under = return_line.baseline + 0.9
        items.append(Rule(MARGIN_LEFT, under, end, under, weight=0.4))
    items += [
        Text(MARGIN_LEFT, address.baseline(number), line, address.size, where="recipient_lines")
        for number, line in enumerate(address.lines)
    ]
    return items


def information_block(
    blocks: Mapping[str, str], said: Mapping[str, str], sheet: Sheet
) -> list[Item]:
    """Label and value, one a line; a value too wide is set smaller, then wrapped.

    Raises Refused(``text_does_not_fit``) where it would reach the subject.
    """
    items: list[Item] = []
    top = sheet.info_top
    width = INFO_WIDTH - _INFO_LABEL_WIDTH
    for label, value in said.items():
        if not value:
            continue
        if label == "info_date":
            top += _DATE_GAP
        size = _INFO_SIZE
        while size > _INFO_SMALLEST and fonts.text_width(value, fonts.BOLD, size) > width:
            size -= 0.4
        at = top + 0.75 * _INFO_PITCH
        items.append(
            Text(INFO_X, at, markup.plain(blocks[label]), _INFO_SIZE, ink=SECOND_INK, where=label)
        )
        content = markup.escape(value)
        if label == "info_mail":
            content = breakable(value, fitting(width, size))
        text = passage(
            f"<b>{content}</b>" if label == "info_reference" else content,
            x=INFO_X + _INFO_LABEL_WIDTH,
            top=at - ascent(size),
            width=width,
            size=size,
            where=label,
        )
        items.append(text)
        top += max(_INFO_PITCH, text.height + 0.4)
    if top > sheet.subject_top:
        longest = max(said, key=lambda label: len(said[label]))
        raise Refused(Problem("text_does_not_fit", {"text": said[longest]}, longest))
    return items


def marks(sheet: Sheet) -> list[Item]:
    """Where to fold and where to punch."""
    lengths = [(y, FOLD_MARK_LENGTH) for y in sheet.form.fold_marks]
    return [
        Rule(MARK_X, y, MARK_X + length, y, weight=0.4, ink=RULE_INK)
        for y, length in (*lengths, (HOLE_MARK, HOLE_MARK_LENGTH))
    ]


def specimen_beside(
    blocks: Mapping[str, str],
    top: float,
    size: float,
    left: Callable[[float, float], float] = lambda x, _width: x,
) -> tuple[list[Item], float]:
    """The framed word that says this is no real letter, at the end of the line at ``top``; ``left``
    is where something of a width lies (mm) that a page from left to right has at x.

    Returns it with the room that the line must leave.
    """
    word = markup.plain(blocks["specimen"])
    width = specimen_width(word, size=_SPECIMEN_SIZE, padding=_SPECIMEN_PADDING)
    drawn = specimen(
        left(TEXT_RIGHT - width, width) + width,
        top + ascent(size),
        word=word,
        size=_SPECIMEN_SIZE,
        padding=_SPECIMEN_PADDING,
    )
    return drawn, width + 2 * _SPECIMEN_PADDING
