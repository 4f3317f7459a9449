"""A letter laid out on its sheets, known to fit, before anything is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.vocabulary import LetterVariant
from koba_desktop.letters.letter import (
    body,
    courtesy,
    easy_body,
    german,
    letterhead,
    slip,
    texts,
    values,
)
from koba_desktop.letters.letter.address import (
    FittedAddress,
    FittedReturnLine,
    fit,
    fit_return_line,
)
from koba_desktop.letters.letter.body_parts import ABOVE_SLIP, Content
from koba_desktop.letters.letter.both_sides import sides
from koba_desktop.letters.letter.calendar_entry import calendar_entry
from koba_desktop.letters.reading.window import Expected
from koba_desktop.letters.typesetting import fonts, markup, page
from koba_desktop.letters.typesetting.geometry import BOTTOM, MARGIN_LEFT, TEXT_RIGHT, Sheet, sheet
from koba_desktop.services.letters.data import LetterData, letter_data, reply_lines
from koba_desktop.services.ports import LetterSource

_FOOT_BASELINE = 290.0
_SECOND_HEAD_BASELINE = 18.0
_PAGES = ("page_first", "page_second", "page_third", "page_fourth")
GERMAN = "de-DE"  # as PDF names it


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page. ``language`` as PDF names it ("de-DE", "ar"); ``slip``: the part below the lower
    fold is to be cut off and sent back."""

    items: tuple[page.Item, ...]
    language: str = GERMAN
    slip: bool = False


_EMPTY = Leaf(())  # a side of the paper on which nothing is to stand


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter ready to be drawn, with what its window must show."""

    leaves: tuple[Leaf, ...]
    sheet: Sheet
    address: FittedAddress
    return_line: FittedReturnLine
    title: str
    author: str

    @property
    def on_both_sides(self) -> tuple[Leaf, ...]:
        """The pages with empty ones between them, for paper that is printed on both sides."""
        placed = sides(leaf.slip for leaf in self.leaves)
        return tuple(_EMPTY if number is None else self.leaves[number] for number in placed)

    @property
    def window(self) -> Expected:
        """What the check of the finished PDF holds it against."""
        return Expected(self.sheet, self.return_line.text, self.address.lines, len(self.leaves))


def composed(source: LetterSource) -> Composed:
    """Lay a letter out. Raises what ``LetterRenderer.render`` raises."""
    data = letter_data(_tidied(source.data))
    values.require(source.kind, data)
    geometry = sheet(data["form"], data["envelope"])
    address = fit(data["recipient_lines"], geometry)
    return_line = fit_return_line(data["office"]["return_line"], address, geometry)
    pages, wording = _german(source, data, geometry, address, return_line)
    *others, last = pages
    leaves = [*(Leaf(tuple(items)) for items in others), Leaf(tuple(last), slip=True)]
    if source.translation is not None:
        translated = courtesy.compose(
            source.translation,
            data,
            geometry,
            wording,
            second_page=len(pages) > 1,
            specimen=source.demo or data["demo"],
        )
        leaves.append(Leaf(tuple(translated), source.translation.language))
    for leaf in leaves:
        page.require_glyphs(leaf.items)
    return Composed(
        tuple(leaves),
        geometry,
        address,
        return_line,
        title=markup.plain(wording["subject"]),
        author=data["office"]["name"],
    )


def _tidied(data: Any) -> Any:
    """The data with every text as it can be set; a translation's own texts are its own matter."""
    if isinstance(data, str):
        return fonts.tidy(data)
    if isinstance(data, list):
        return [_tidied(each) for each in data]
    if isinstance(data, dict):
        return {key: each if key == "translated" else _tidied(each) for key, each in data.items()}
    return data


def _german(
    source: LetterSource,
    data: LetterData,
    geometry: Sheet,
    address: FittedAddress,
    return_line: FittedReturnLine,
) -> tuple[list[list[page.Item]], Mapping[str, str]]:
    """The pages: all on one where it fits, else the slip on the last of several."""
    easy = source.variant == LetterVariant.EASY
    said = values.values(data, easy=easy)
    holding = values.conditions(data)
    layout = easy_body if easy else body
    starts = values.appointment_start(data)
    content = Content(
        salutation=fonts.tidy(data["salutation_line"]),
        large_line=german.moment(starts) if starts else "",
        papers=tuple(data["papers"]),
        office=data["office"],
        specimen=source.demo or data["demo"],
        calendar=_calendar(data),
    )
    for second_page in (False, True):
        chosen = texts.choose(source.blocks, holding | ({"second_page"} if second_page else set()))
        wording = texts.fill(chosen, said)
        slip_limit = geometry.slip_top - ABOVE_SLIP
        limit = BOTTOM if second_page else slip_limit
        for scale in layout.SCALES:
            laid = layout.compose(wording, content, geometry, scale)
            if laid.bottom <= limit and (second_page or not laid.overleaf):
                break
        else:
            continue
        first: list[page.Item] = [
            *letterhead.marks(geometry),
            *letterhead.letterhead(wording, data["office"], values.grouped(data["reference"])),
            *letterhead.address_field(address, return_line),
            *letterhead.information_block(wording, values.info_values(data), geometry),
            *laid.items,
        ]
        cut_off = slip.compose(
            wording,
            geometry,
            reference=values.grouped(data["reference"]),
            client=data["client"]["name"],
            number=data["client"]["number"],
            reply_lines=reply_lines(data["office"]),
            size=layout.SLIP_SIZE,
        )
        if not second_page:
            return [[*first, *cut_off]], wording
        first.append(_page_number(wording, "page_first", _FOOT_BASELINE))
        pages = [first]
        for following in laid.overleaf:
            pages.append([*_head_overleaf(wording, data, geometry, len(pages)), *following.items])
        if not laid.overleaf or laid.overleaf[-1].bottom > slip_limit:
            pages.append(_head_overleaf(wording, data, geometry, len(pages)))
        pages[-1] += cut_off
        return pages, wording
    raise Refused(Problem("letter_too_long", {"over": round(laid.bottom - limit)}, "papers"))


def _calendar(data: LetterData) -> str:
    """The appointment for the client's calendar; "" where the letter is to carry none."""
    summary, appointment = data.get("calendar_entry"), data["appointment"]
    if not summary or appointment is None:
        return ""
    return calendar_entry(
        data["reference"],
        datetime.fromisoformat(appointment["starts"]),
        appointment["minutes"],
        summary,
        date.fromisoformat(data["made_on"]),
        data.get("calendar_sequence", 0),
    )


def _head_overleaf(
    wording: Mapping[str, str], data: LetterData, geometry: Sheet, before: int
) -> list[page.Item]:
    """What stands at the top of a page after so many others, so that it finds back to them."""
    made = german.day(date.fromisoformat(data["made_on"]))
    line = " · ".join(filter(None, (values.grouped(data["reference"]), made)))
    return [
        *letterhead.marks(geometry),
        page.Text(
            MARGIN_LEFT,
            _SECOND_HEAD_BASELINE,
            line,
            8.5,
            ink=page.SECOND_INK,
            where="reference",
        ),
        _page_number(wording, _PAGES[before], _SECOND_HEAD_BASELINE),
    ]


def _page_number(wording: Mapping[str, str], name: str, baseline: float) -> page.Item:
    text = markup.plain(wording[name])
    return page.Text(
        TEXT_RIGHT, baseline, text, 8.5, ink=page.SECOND_INK, right_aligned=True, where=name
    )
