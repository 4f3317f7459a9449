"""From frozen data and wording to a finished, checked PDF."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.i18n import phones
from koba_desktop.letters import (
    body,
    fonts,
    german,
    markup,
    page,
    sheet_parts,
    slip,
    texts,
    values,
    window,
)
from koba_desktop.letters.address import FittedAddress, FittedReturnLine, fit, fit_return_line
from koba_desktop.letters.calendar_entry import calendar_entry
from koba_desktop.letters.geometry import BOTTOM, MARGIN_LEFT, TEXT_RIGHT, Sheet, sheet
from koba_desktop.letters.pdf import drawn
from koba_desktop.services.letters.data import LetterData, letter_data
from koba_desktop.services.ports import LetterSource, RenderedLetter

_ABOVE_SLIP = 1.5  # mm between the letter and the line to cut along
_FOOT_BASELINE = 290.0
_SECOND_HEAD_BASELINE = 18.0


class _Wording(dict[str, str]):
    """Filled blocks; one that the layout needs and the template lacks is an error of its own."""

    def __missing__(self, name: str) -> str:
        raise Refused(Problem("block_missing", {"name": name}, name))


class Renderer:
    """Fulfils ``services.ports.LetterRenderer``. ``invariant`` makes equal letters equal bytes."""

    def __init__(self, *, invariant: bool = False) -> None:
        self._invariant = invariant

    def render(self, source: LetterSource) -> RenderedLetter:
        """The PDF of one letter with what the window check found in it.

        Raises Refused: ``letter_data_missing``, ``address_missing``, ``address_does_not_fit``,
        ``return_line_does_not_fit``, ``unprintable_character``, ``placeholder_unknown``,
        ``placeholder_missing``, ``markup_not_allowed``, ``markup_not_closed``, ``block_missing``,
        ``text_does_not_fit``, ``letter_too_long``.
        """
        frozen = letter_data(source.data)
        values.require(source.kind, frozen)
        geometry = sheet(frozen["form"], frozen["envelope"])
        address = fit(frozen["recipient_lines"], geometry)
        return_line = fit_return_line(frozen["office"]["return_line"], address, geometry)
        pages, wording = _compose(
            source.blocks,
            frozen,
            geometry,
            address,
            return_line,
            specimen=source.demo or frozen["demo"],
        )
        pdf = drawn(
            pages,
            title=markup.plain(wording["subject"]),
            author=frozen["office"]["name"],
            invariant=self._invariant,
        )
        found = window.check(pdf, geometry, return_line=return_line.text, address=address.lines)
        return RenderedLetter(pdf, len(pages), found)

    def window(self, data: dict[str, Any]) -> tuple[float, float, float, float]:
        """The part of the sheet that is visible wherever it lies in the envelope; mm."""
        frozen = letter_data(data)
        seen = sheet(frozen["form"], frozen["envelope"]).always_visible
        return seen.left, seen.top, seen.right - seen.left, seen.bottom - seen.top


def warm_up() -> None:
    """Load what the first letter of the day would wait for. Takes up to a second: not on the GUI
    thread, and after the first paint."""
    from importlib import import_module

    for module in ("pypdfium2.raw", "reportlab.pdfgen.canvas", "reportlab.platypus.paragraph"):
        import_module(module)
    fonts.missing("")
    texts.shipped_templates()
    phones.display("03943 58-3000")
    page.load_hyphenation()


def _compose(
    blocks: Mapping[str, str],
    data: LetterData,
    geometry: Sheet,
    address: FittedAddress,
    return_line: FittedReturnLine,
    *,
    specimen: bool,
) -> tuple[list[list[page.Item]], Mapping[str, str]]:
    """The pages: all on one where it fits, else the slip on a second one."""
    said = values.values(data)
    holding = values.conditions(data)
    starts = values.appointment_start(data)
    content = body.Content(
        salutation=fonts.tidy(data["salutation_line"]),
        large_line=german.moment(starts) if starts else "",
        papers=tuple(data["papers"]),
        office=data["office"],
        specimen=specimen,
        calendar=_calendar(data),
    )
    for second_page in (False, True):
        chosen = texts.choose(blocks, holding | ({"second_page"} if second_page else set()))
        wording = _Wording(texts.fill(chosen, said))
        limit = BOTTOM if second_page else geometry.slip_top - _ABOVE_SLIP
        for scale in body.SCALES:
            laid = body.compose(wording, content, geometry, scale)
            if laid.bottom <= limit:
                break
        else:
            continue
        first: list[page.Item] = [
            *sheet_parts.marks(geometry),
            *sheet_parts.letterhead(wording, data["office"], values.grouped(data["reference"])),
            *sheet_parts.address_field(address, return_line),
            *sheet_parts.information_block(wording, values.info_values(data), geometry),
            *laid.items,
        ]
        cut_off = slip.compose(
            wording,
            geometry,
            reference=values.grouped(data["reference"]),
            client=data["client"]["name"],
            reply_lines=_reply_lines(data),
        )
        if not second_page:
            return [[*first, *cut_off]], wording
        first.append(_page_number(wording, "page_first", _FOOT_BASELINE))
        second = [*sheet_parts.marks(geometry), *_second_head(wording, data), *cut_off]
        return [first, second], wording
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
    )


def _second_head(wording: Mapping[str, str], data: LetterData) -> list[page.Item]:
    made = german.day(date.fromisoformat(data["made_on"]))
    line = f"{values.grouped(data['reference'])} · {made}"
    return [
        page.Text(
            MARGIN_LEFT,
            _SECOND_HEAD_BASELINE,
            line,
            8.5,
            ink=page.SECOND_INK,
            where="reference",
        ),
        _page_number(wording, "page_second", _SECOND_HEAD_BASELINE),
    ]


def _page_number(wording: Mapping[str, str], name: str, baseline: float) -> page.Item:
    text = markup.plain(wording[name])
    return page.Text(
        TEXT_RIGHT, baseline, text, 8.5, ink=page.SECOND_INK, right_aligned=True, where=name
    )


def _reply_lines(data: LetterData) -> list[str]:
    office = data["office"]
    own = [office["name"], office["street"], f"{office['postcode']} {office['town']}".strip()]
    return [line for line in (office["reply_lines"] or own) if line.strip()]
