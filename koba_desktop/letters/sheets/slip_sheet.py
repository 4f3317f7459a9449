"""Reply slips three on a sheet: a third of A4 fits an envelope DL as it is (99 of 110 mm).

The blank ones lie at the entrance. They are German, as all that the office puts on paper; those of
an appointment say what its letter says, in Leichte Sprache as well.
"""

from collections.abc import Sequence

from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.vocabulary import LetterVariant
from koba_desktop.letters.letter import body, easy_body, slip, texts, values
from koba_desktop.letters.sheets.paper_cells import MISSING, said, unprintable
from koba_desktop.letters.typesetting import fonts
from koba_desktop.letters.typesetting.geometry import MARGIN_LEFT, PAGE_HEIGHT, TEXT_RIGHT
from koba_desktop.letters.typesetting.page import INK, SECOND_INK, Frame, Item, Text
from koba_desktop.letters.typesetting.specimen import specimen
from koba_desktop.services.letters.data import ClientData, letter_data
from koba_desktop.services.letters.reply_slips import BlankSlips
from koba_desktop.services.ports import LetterSource

ON_A_SHEET = 3
HEIGHT = PAGE_HEIGHT / ON_A_SHEET
TITLE = "Antwortabschnitte"

_INSET = 7.0  # mm from the cut to the slip: most printers leave an edge of 5 mm white
_BLANK = {
    "slip_heading": "Ihre Antwort",
    "slip_subject": "zu dem Termin, den wir Ihnen genannt haben",
    "slip_fits": "<b>Der Termin passt.</b>",
    "slip_other": "<b>Anderer Wunsch:</b>",
    "slip_phone": "<b>Meine Telefonnummer:</b>",
    "slip_translation": "<b>Ich brauche eine Übersetzung</b> in:",
    "slip_day": "Tag",
    "slip_time": "Uhrzeit",
    "slip_date": "Datum",
    "slip_signature": "Unterschrift",
    "slip_reference": "Terminnummer",
    "slip_return": "Bitte zurück an",
}
_NAME = "Name"
_NAME_LINE = 17.6
_NAME_END = 142.0
_NAME_SIZE = 10.0
_FIRST_BLANK_ROW = 27.6
_BOX_WIDTH, _BOX_HEIGHT = 4.3, 6.4
_BOXES_TOP = 15.0
_BOX_GAP = 2.2  # between the two groups of four
_REFERENCE = 8  # characters
_SMALL = 8.5
_WHERE = "Terminnummer, steht im Brief"
_SPECIMEN_RIGHT, _SPECIMEN_AT = 142.0, 80.0


def pages(slips: Sequence[LetterSource]) -> list[list[Item]]:
    """The slips of appointments in their order, three on a sheet.

    Raises Refused: ``slips_none`` for no appointment, ``block_missing``, and what ``texts.fill``
    raises.
    """
    if not slips:
        raise Refused(Problem("slips_none"))
    made = [_slip(source, _top(number)) for number, source in enumerate(slips)]
    return _sheets(made)


def blank_page(content: BlankSlips) -> list[list[Item]]:
    """One sheet of slips on which people write who they are."""
    return _sheets([_blank(content, _top(number)) for number in range(ON_A_SHEET)])


def _top(number: int) -> float:
    return (number % ON_A_SHEET) * HEIGHT + _INSET


def _sheets(slips: Sequence[list[Item]]) -> list[list[Item]]:
    """Slips on their sheets, with a line to cut below each but the one at the foot."""
    sheets: list[list[Item]] = []
    for number, items in enumerate(slips):
        place = number % ON_A_SHEET
        if place == 0:
            sheets.append([])
        sheets[-1] += items
        if place + 1 < ON_A_SHEET:
            sheets[-1] += slip.cut_line((place + 1) * HEIGHT)
    return sheets


def _slip(source: LetterSource, top: float) -> list[Item]:
    data = letter_data(source.data)
    layout = easy_body if source.variant == LetterVariant.EASY else body
    chosen = texts.choose(source.blocks, values.conditions(data))
    said_on_slips = {name: text for name, text in chosen.items() if name.startswith("slip_")}
    wording = texts.fill(said_on_slips, values.values(data))
    items = slip.cut_off(
        wording,
        top,
        _bottom(top),
        reference=values.grouped(data["reference"]),
        client=_whose(data["client"]),
        reply_lines=data["office"]["reply_lines"],
        size=layout.SLIP_SIZE,
    )
    return [*items, *specimen(_SPECIMEN_RIGHT, top + _SPECIMEN_AT)] if source.demo else items


def _whose(client: ClientData) -> str:
    """The name; the number where the letter font cannot show it, and with neither what it can."""
    name = said(client["name"])
    absent = fonts.missing(name)
    if client["number"] and (absent or unprintable([client["name"]])):
        return f"Kundennummer {client['number']}"
    return "".join(MISSING if ch in absent else ch for ch in name)


def _blank(content: BlankSlips, top: float) -> list[Item]:
    items = slip.cut_off(
        _BLANK,
        top,
        _bottom(top),
        reference="",
        client="",
        reply_lines=content.reply_lines,
        first_row=_FIRST_BLANK_ROW,
    )
    baseline = top + _NAME_LINE
    name = Text(MARGIN_LEFT, baseline, _NAME, _NAME_SIZE)
    items += [name, slip.writing_line(MARGIN_LEFT + name.width + 2.0, _NAME_END, baseline)]
    items += _reference_boxes(top + _BOXES_TOP)
    return [*items, *specimen(_SPECIMEN_RIGHT, top + _SPECIMEN_AT)] if content.demo else items


def _reference_boxes(top: float) -> list[Item]:
    """A box for each character of the reference, and what to write there."""
    left = TEXT_RIGHT - _REFERENCE * _BOX_WIDTH - _BOX_GAP
    boxes: list[Item] = [
        Frame(
            left + number * _BOX_WIDTH + (_BOX_GAP if number >= _REFERENCE // 2 else 0.0),
            top,
            _BOX_WIDTH,
            _BOX_HEIGHT,
            ink=INK,
            weight=0.5,
        )
        for number in range(_REFERENCE)
    ]
    baseline = top + _BOX_HEIGHT + 4.0
    label = Text(TEXT_RIGHT, baseline, _WHERE, _SMALL, ink=SECOND_INK, right_aligned=True)
    return [*boxes, label]


def _bottom(top: float) -> float:
    return top + HEIGHT - 2 * _INSET
