"""What the letter says, from the subject to the signature, composed for one size of type."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from koba_desktop.i18n import phones
from koba_desktop.letters import fonts, markup
from koba_desktop.letters.geometry import MARGIN_LEFT, TEXT_RIGHT, TEXT_WIDTH, Sheet
from koba_desktop.letters.page import (
    ACCENT,
    SECOND_INK,
    Frame,
    Item,
    Passage,
    Text,
    line_height,
    passage,
)
from koba_desktop.letters.sheet_parts import SPECIMEN_ROOM
from koba_desktop.services.letters.data import OfficeData

_COLUMN_WIDTH = 76.0
_RIGHT_COLUMN = 109.0
_CONTACT_X = 17.0  # from the column's edge to the value
_BOX_BAR = 1.8
_BOX_INSET = 6.5
_BULLET_INDENT = 3.2
_LARGEST_LINE = 18.0


@dataclass(frozen=True, slots=True)
class Scale:
    """Type sizes in points, and ``air``: the factor for the space between things."""

    text: float
    heading: float
    air: float


SCALES = (
    Scale(10.0, 10.5, 1.0),
    Scale(9.5, 10.0, 0.85),
    Scale(9.0, 9.5, 0.7),
    Scale(8.5, 9.0, 0.6),
)
"""Tried in this order; smaller than 8.5 points no letter is set."""


@dataclass(frozen=True, slots=True)
class Body:
    items: tuple[Item, ...]
    bottom: float


def compose(
    blocks: Mapping[str, str],
    large_line: str,
    papers: tuple[str, ...],
    office: OfficeData,
    salutation: str,
    sheet: Sheet,
    scale: Scale,
    *,
    specimen: bool,
) -> Body:
    """Lay the body out below the subject line. ``large_line`` is the date and time of the box."""
    items: list[Item] = []
    subject = passage(
        blocks["subject"],
        x=MARGIN_LEFT,
        top=sheet.subject_top - 1.2,
        width=TEXT_WIDTH - (SPECIMEN_ROOM if specimen else 0.0),
        size=13.0,
        bold=True,
        where="subject",
    )
    greeting = _text(
        markup.escape(salutation), subject.bottom + 3.2 * scale.air, scale, "salutation_line"
    )
    intro = _text(blocks["intro"], greeting.bottom + 1.6 * scale.air, scale, "intro")
    items += [subject, greeting, intro]
    box, below = _box(blocks, large_line, intro.bottom + 3.6 * scale.air, scale)
    items += box
    top = below + 4.0 * scale.air
    left, left_bottom = _matters(blocks, papers, top, scale)
    right, right_bottom = _contact(blocks, office, top, scale)
    items += [*left, *right]
    columns_bottom = max(left_bottom, right_bottom)
    # The signature stands in the shorter of the two columns' way only where it must.
    closing = passage(
        blocks["closing"],
        x=MARGIN_LEFT,
        top=left_bottom + 2.4 * scale.air,
        width=_COLUMN_WIDTH,
        size=scale.text,
        where="closing",
    )
    items.append(closing)
    return Body(tuple(items), max(closing.bottom, columns_bottom))


def _text(content: str, top: float, scale: Scale, where: str) -> Passage:
    return passage(content, x=MARGIN_LEFT, top=top, width=TEXT_WIDTH, size=scale.text, where=where)


def _box(
    blocks: Mapping[str, str], large_line: str, top: float, scale: Scale
) -> tuple[list[Item], float]:
    """The one thing to remember, framed, with its one large line."""
    x = MARGIN_LEFT + _BOX_BAR + _BOX_INSET
    width = TEXT_RIGHT - x - 3.0
    items: list[Item] = []
    at = top + 3.4 * scale.air
    if heading := blocks.get("box_heading"):
        named = passage(
            heading,
            x=x,
            top=at,
            width=width,
            size=scale.heading,
            bold=True,
            ink=ACCENT,
            where="box_heading",
        )
        items.append(named)
        at = named.bottom
    size = _LARGEST_LINE
    while size > scale.heading and fonts.text_width(large_line, fonts.BOLD, size) > width:
        size -= 0.5
    items.append(
        Text(x, at + line_height(size) * 0.78, large_line, size, bold=True, where="appointment")
    )
    at += line_height(size)
    for name in ("box_former", "box_line"):
        if content := blocks.get(name):
            said = passage(
                content, x=x, top=at + 0.8 * scale.air, width=width, size=scale.text, where=name
            )
            items.append(said)
            at = said.bottom
    bottom = at + 3.4 * scale.air
    frame = Frame(MARGIN_LEFT, top, TEXT_RIGHT - MARGIN_LEFT, bottom - top)
    bar = replace(frame, width=_BOX_BAR, filled=True)
    return [frame, bar, *items], bottom


def _matters(
    blocks: Mapping[str, str], papers: tuple[str, ...], top: float, scale: Scale
) -> tuple[list[Item], float]:
    """The left column: what it is about, and what to have ready."""
    heading = _heading(blocks["about_heading"], MARGIN_LEFT, top, scale, "about_heading")
    about = passage(
        blocks["about"],
        x=MARGIN_LEFT,
        top=heading.bottom + 0.6,
        width=_COLUMN_WIDTH,
        size=scale.text,
        where="about",
    )
    items: list[Item] = [heading, about]
    if "papers_heading" not in blocks:
        return items, about.bottom
    ready = _heading(
        blocks["papers_heading"],
        MARGIN_LEFT,
        about.bottom + 2.0 * scale.air,
        scale,
        "papers_heading",
    )
    items.append(ready)
    at = ready.bottom + 0.6
    for paper in (blocks["papers_always"], *(markup.escape(fonts.tidy(p)) for p in papers)):
        entry = passage(
            paper,
            x=MARGIN_LEFT + _BULLET_INDENT,
            top=at,
            width=_COLUMN_WIDTH - _BULLET_INDENT,
            size=scale.text,
            where="papers",
        )
        items += [Text(MARGIN_LEFT, at + line_height(scale.text) * 0.78, "•", scale.text), entry]
        at = entry.bottom
    return items, at


def _contact(
    blocks: Mapping[str, str], office: OfficeData, top: float, scale: Scale
) -> tuple[list[Item], float]:
    """The right column: how to change the appointment or ask."""
    width = TEXT_RIGHT - _RIGHT_COLUMN
    heading = _heading(blocks["change_heading"], _RIGHT_COLUMN, top, scale, "change_heading")
    change = passage(
        blocks["change"],
        x=_RIGHT_COLUMN,
        top=heading.bottom + 0.6,
        width=width,
        size=scale.text,
        where="change",
    )
    items: list[Item] = [heading, change]
    at = change.bottom + 0.8 * scale.air
    hours = markup.escape(" · ".join(office["hours"]))
    rows = (
        ("contact_phone", markup.escape(phones.display(office["phone"])), hours),
        ("contact_mail", markup.escape(office["email"]), ""),
        ("contact_post", blocks["contact_slip"], ""),
    )
    for label, value, small in rows:
        if not value:
            continue
        items.append(
            Text(
                _RIGHT_COLUMN,
                at + line_height(scale.text) * 0.78,
                markup.plain(blocks[label]),
                scale.text,
                where=label,
            )
        )
        said = passage(
            value,
            x=_RIGHT_COLUMN + _CONTACT_X,
            top=at,
            width=width - _CONTACT_X,
            size=scale.text,
            where=label,
        )
        items.append(said)
        at = said.bottom
        if small:
            when = passage(
                small,
                x=_RIGHT_COLUMN + _CONTACT_X,
                top=at,
                width=width - _CONTACT_X,
                size=scale.text - 1.2,
                ink=SECOND_INK,
                where="office.hours",
            )
            items.append(when)
            at = when.bottom
    if silence := blocks.get("silence"):
        last = passage(
            silence,
            x=_RIGHT_COLUMN,
            top=at + 1.4 * scale.air,
            width=width,
            size=scale.text,
            where="silence",
        )
        items.append(last)
        at = last.bottom
    return items, at


def _heading(content: str, x: float, top: float, scale: Scale, where: str) -> Passage:
    return passage(
        content,
        x=x,
        top=top,
        width=_COLUMN_WIDTH,
        size=scale.heading,
        bold=True,
        ink=ACCENT,
        where=where,
    )
