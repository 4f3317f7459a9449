"""The day list on paper: by time, black on white, with a column to note by hand."""

from koba_desktop.domain.clock import whole_minutes
from koba_desktop.letters.letter import german
from koba_desktop.letters.sheets import words
from koba_desktop.letters.sheets.paper_cells import Cell, identified
from koba_desktop.letters.sheets.paper_table import Column, Group, Line, Sheet, laid_out
from koba_desktop.letters.typesetting.page import Item
from koba_desktop.services.calendar.day_list import DayLine, DayList

SECRECY = "Sozialdaten: nicht liegen lassen, nach Gebrauch vernichten."

_ROW = 11.0
_FREE_LINES = 3

# Widths in mm.
_TIME = Column("Zeit", 14, bold=True)
_WHAT = Column("Art, Stand", 36)
_WHO = Column("Name, Kundennummer", 42)
_PHONE = Column("Telefon", 29)
_ADVISOR = Column("bei", 19)
_ROOM = Column("Raum, Nr.", 19)
_OF_OFFICE = (_TIME, _WHAT, _WHO, _PHONE, _ADVISOR, _ROOM, Column("Notiz", 23, pen=True))
_OF_ADVISOR = (_TIME, _WHAT, _WHO, _PHONE, _ROOM, Column("Notiz", 42, pen=True))


def pages(content: DayList) -> list[list[Item]]:
    """One list, over as many pages as it needs."""
    of_office = not content.advisor
    sheet = Sheet(
        office=content.office.name,
        title=f"Tagesliste {content.advisor}".strip(),
        day=german.weekday_and_day(content.day),
        columns=_OF_OFFICE if of_office else _OF_ADVISOR,
        groups=(Group("", tuple(_row(line, of_office=of_office) for line in content.lines)),),
        nothing="Keine Termine an diesem Tag.",
        free=(Line((), height=_ROW),) * _FREE_LINES,
        remark=_count(content),
    )
    return laid_out([sheet], content.as_of, secrecy=SECRECY, demo=content.demo)


def title(content: DayList) -> str:
    """As the PDF is called; it names no client."""
    whose = content.advisor or content.office.name
    return f"Tagesliste {whose}, {german.day(content.day)}"


def _count(content: DayList) -> str:
    """ "12 Termine, davon 3 im Haus; 2 abgesagte stehen nicht hier." """
    n = len(content.lines)
    said = [f"{n} Termin" if n == 1 else f"{n} Termine"] if n else []
    visits = sum(bool(line.code) for line in content.lines)
    if visits:
        said.append(f"davon {visits} mit Besuchsnummer")
    if content.called_off == 1:
        said.append("1 abgesagter steht nicht hier")
    elif content.called_off:
        said.append(f"{content.called_off} abgesagte stehen nicht hier")
    return f"{', '.join(said)}." if said else ""


def _row(line: DayLine, *, of_office: bool) -> Line:
    minutes = whole_minutes(line.ends - line.starts)
    state = (words.CHANNELS[line.channel], words.STATES[line.state], words.URGENCIES[line.urgency])
    others = line.more + line.companions
    along = f"+ {others} {'Person' if others == 1 else 'Personen'}" if others else ""
    start = german.hour_and_minute(line.starts)
    cells: tuple[Cell, ...] = (
        (start, f"{minutes} min"),
        (line.kind, ", ".join(filter(None, state))),
        _who(line, along),
        line.phone,
        *([line.advisor] if of_office else []),
        (line.room, f"Nr. {line.code}" if line.code else ""),
    )
    return Line(cells, f"Tagesliste, {start}", height=_ROW)


def _who(line: DayLine, along: str) -> Cell:
    """Name over number; or the number over why there is no name."""
    main, remark = identified(line.name, line.number)
    return main, " · ".join(filter(None, (remark or line.number, along)))
