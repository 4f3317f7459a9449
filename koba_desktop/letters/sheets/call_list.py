"""The call list on paper: whom to call, what was tried, and boxes to tick what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from koba_desktop.domain.clock import wall
from koba_desktop.domain.ladder import Try
from koba_desktop.domain.vocabulary import Outcome
from koba_desktop.letters.letter import german
from koba_desktop.letters.sheets import words
from koba_desktop.letters.sheets.day_list import SECRECY
from koba_desktop.letters.sheets.paper_cells import BLACK, UNDER, Cell, identified
from koba_desktop.letters.sheets.paper_table import LEFT, Column, Group, Sheet, laid_out
from koba_desktop.letters.typesetting import fonts
from koba_desktop.letters.typesetting.page import Frame, Item, Rule, Text, capital_height
from koba_desktop.services.contacts.call_list import CallEntry, CallList, CallPhone

_REMINDER = (
    "<b>Meldet sich jemand anderes:</b> Sagen Sie weder, wer anruft, noch warum. "
    "<b>Meldet sich die Person:</b> Erfragen Sie das Geburtsdatum, bevor Sie über anderes sprechen."
)

# Widths in mm.
_COLUMNS = (
    Column("Name", 42, bold=True),
    Column("Telefon", 32, size=UNDER),
    Column("Warum", 25),
    Column("Bisher versucht", 39, size=UNDER),
    Column("Ergebnis", 44, pen=True),
)
_FREE_LINES = 2

_SHOWN_TRIES = 3
_SHOWN_PHONES = 3
_CELLS = 14.4  # mm: what is printed
_NOTE = 7.0  # mm: below it, to write on
_NOTE_WORD = "Notiz"
_NOTE_SIZE = 7.0
_BOX = 2.9
_BOX_SIZE = 7.0
_BOX_ROW = 4.6
_BOX_TOP = 1.7
_BOX_GAP = 1.2
_BOXES: tuple[tuple[Outcome, ...], ...] = (
    (Outcome.REACHED, Outcome.NO_ANSWER, Outcome.BUSY, Outcome.MAILBOX),
    (Outcome.WRONG_NUMBER, Outcome.THIRD_PERSON, Outcome.REFUSED),
)
"""Two columns of boxes; below the second one stands when it was."""
_BOX_COLUMN = 22.0
_AT_WORD = "um"
_AT_LINE = 15.0


@dataclass(frozen=True, slots=True)
class CallRow:
    """Somebody to call: what is known in cells, a line for a note, and the boxes to tick."""

    cells: tuple[Cell, ...]
    where: str = ""
    height: float = _CELLS + _NOTE

    def items(self, columns: Sequence[Column], top: float) -> list[Item]:
        made: list[Item] = []
        x = LEFT
        for column, cell in zip(columns, self.cells, strict=False):
            made += column.items(cell, x, top, _CELLS, self.where)
            x += column.width
        boxes = LEFT + sum(column.width for column in columns if not column.pen)
        return [*made, *_note(top + self.height, boxes), *_boxes(boxes, top)]


def pages(content: CallList) -> list[list[Item]]:
    """One list, over as many pages as it needs."""
    sheet = Sheet(
        office=content.office.name,
        title=f"Anrufliste {content.advisor}",
        day=german.weekday_and_day(content.day),
        columns=_COLUMNS,
        groups=(
            _group("Telefontermine heute", content.appointments),
            _group("Jetzt anrufen", content.now),
            _group("Später am Tag wieder", content.later),
        ),
        nothing="Niemand ist anzurufen.",
        free=(CallRow(()),) * _FREE_LINES,
        remark=_REMINDER,
    )
    return laid_out([sheet], content.as_of, secrecy=SECRECY, demo=content.demo)


def title(content: CallList) -> str:
    """As the PDF is called; it names no client."""
    return f"Anrufliste {content.advisor}, {german.day(content.day)}"


def _group(heading: str, entries: Sequence[CallEntry]) -> Group:
    return Group(heading, tuple(map(_row, entries)))


def _row(entry: CallEntry) -> CallRow:
    cells: tuple[Cell, ...] = (
        _who(entry),
        tuple(map(_phone, entry.phones[:_SHOWN_PHONES])) or "keine Nummer",
        _why(entry),
        _tried(entry.tried),
    )
    return CallRow(cells, f"Anrufliste, {_stamp(entry.at)}")


def _who(entry: CallEntry) -> Cell:
    """Name over number and birthday; or the number over why there is no name."""
    main, remark = identified(entry.name, entry.number)
    born = f"geb. {entry.birth_date:%d.%m.%Y}" if entry.birth_date is not None else ""
    best = entry.best_hour
    return (
        main,
        " · ".join(filter(None, (remark or entry.number, born))),
        f"beste Zeit {best}–{best + 1} Uhr" if best is not None else "",
    )


def _phone(phone: CallPhone) -> str:
    kind = "Termin" if phone.agreed else words.PHONES[phone.kind]
    return f"{phone.number} ({kind})" if kind else phone.number


def _why(entry: CallEntry) -> tuple[str, ...]:
    if entry.reason is None:
        return (f"Termin {german.hour_and_minute(entry.at)}", entry.kind)
    return (words.REASONS[entry.reason], entry.kind, f"ab {_stamp(entry.at)}")


def _tried(tried: Sequence[Try]) -> Cell:
    if not tried:
        return "–"
    shown = [
        f"{wall(each.at):%d.%m. %H:%M} {words.OUTCOMES[each.outcome]}"
        for each in tried[-_SHOWN_TRIES:]
    ]
    left_out = len(tried) - len(shown)
    return (*shown, f"davor {left_out} weitere") if left_out else tuple(shown)


def _note(bottom: float, right: float) -> list[Item]:
    baseline = bottom - 1.9
    start = LEFT + fonts.text_width(_NOTE_WORD, fonts.REGULAR, _NOTE_SIZE) + 1.0
    return [
        Text(LEFT, baseline, _NOTE_WORD, _NOTE_SIZE, ink=BLACK),
        Rule(start, baseline + 0.5, right - 3.0, baseline + 0.5, 0.4, BLACK, dash=(0.5, 1.5)),
    ]


def _boxes(left: float, top: float) -> list[Item]:
    made: list[Item] = []
    for number, column in enumerate(_BOXES):
        x = left + number * _BOX_COLUMN
        for row, outcome in enumerate(column):
            y = top + _BOX_TOP + row * _BOX_ROW
            baseline = y + _BOX / 2 + capital_height(_BOX_SIZE) / 2
            made.append(Frame(x, y, _BOX, _BOX, ink=BLACK, weight=0.6))
            word = words.OUTCOMES[outcome].replace("falsche Nummer", "falsche Nr.")
            made.append(Text(x + _BOX + _BOX_GAP, baseline, word, _BOX_SIZE, ink=BLACK))
    x = left + (len(_BOXES) - 1) * _BOX_COLUMN
    baseline = top + _BOX_TOP + len(_BOXES[-1]) * _BOX_ROW + _BOX
    start = x + fonts.text_width(_AT_WORD, fonts.REGULAR, _BOX_SIZE) + 1.0
    return [
        *made,
        Text(x, baseline, _AT_WORD, _BOX_SIZE, ink=BLACK),
        Rule(start, baseline + 0.5, start + _AT_LINE, baseline + 0.5, 0.4, BLACK),
    ]


def _stamp(instant: datetime) -> str:
    return f"{wall(instant):%d.%m., %H:%M}"
