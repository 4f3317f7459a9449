"""The list for an outage as a PDF: black on white, with room to write by hand.

It is German, as all that the office puts on paper. For each office and day: who visits, which room
is used when, whom each advisor talks to; then who is to be called.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from koba_desktop.domain.clock import day_bounds, wall
from koba_desktop.letters.letter import german
from koba_desktop.letters.sheets import words
from koba_desktop.letters.sheets.paper_cells import Cell, identified
from koba_desktop.letters.sheets.paper_table import Column, Group, Line, Sheet, laid_out
from koba_desktop.letters.typesetting import fonts
from koba_desktop.letters.typesetting.pdf import drawn
from koba_desktop.services.outage.emergency_list import (
    AppointmentLine,
    CallLine,
    DayLines,
    EmergencyList,
    OfficeLines,
    RoomLines,
    RoomUsed,
    VisitorLine,
)

# Widths in mm.
_VISITORS = (
    Column("Zeit", 13),
    Column("Nr.", 12, bold=True),
    Column("Name", 42),
    Column("bei", 25),
    Column("Raum", 20),
    Column("Stand", 22),
    Column("Ankunft", 16, pen=True),
    Column("hinein", 16, pen=True),
    Column("hinaus", 16, pen=True),
)
_APPOINTMENTS = (
    Column("Zeit", 24),
    Column("Wie", 15),
    Column("Name", 40),
    Column("Telefon", 30),
    Column("Raum", 16),
    Column("Stand", 25),
    Column("Versuche, Ergebnis", 32, pen=True),
)
_CALLS = (
    Column("fällig", 30),
    Column("Name", 43),
    Column("Telefon", 32),
    Column("Grund", 28),
    Column("Versuche: Zeit, Ergebnis", 49, pen=True),
)
_ROOMS = (
    Column("Zeit", 25),
    Column("Nr.", 24, bold=True),
    Column("frei ab", 20),
    Column("Notiz", 113, pen=True),
)
_FREE = (Line(()),) * 5
_SECRECY = "Nach der Störung vernichten."


@dataclass(frozen=True, slots=True)
class EmergencyLists:
    """Fulfils ``services.ports.EmergencyListRenderer``. ``invariant`` makes equal lists equal
    bytes."""

    invariant: bool = False

    def render(self, content: EmergencyList) -> bytes:
        sheets = [sheet for office in content.offices for sheet in _sheets(office)]
        return drawn(
            laid_out(sheets, content.as_of, secrecy=_SECRECY, demo=content.demo),
            title=f"Notliste, Stand {_stamp(content.as_of)}",
            author=", ".join(fonts.tidy(office.office.name) for office in content.offices),
            invariant=self.invariant,
        )


def _sheets(lines: OfficeLines) -> Iterator[Sheet]:
    for day in lines.days:
        yield from _of_day(lines.office.name, day)
    if lines.calls is not None:
        last = lines.days[-1].day
        yield Sheet(
            lines.office.name,
            "Notliste: Anrufe",
            f"fällig bis {german.weekday_and_day(last)}",
            _CALLS,
            tuple(
                Group(calls.advisor, tuple(_call(line, calls.advisor) for line in calls.lines))
                for calls in lines.calls
            ),
            nothing="Keine Anrufe offen.",
            free=_FREE,
        )


def _of_day(office: str, lines: DayLines) -> Iterator[Sheet]:
    named = german.weekday_and_day(lines.day)
    if lines.visitors is not None:
        yield Sheet(
            office,
            "Notliste: Besuche",
            named,
            _VISITORS,
            (Group("", tuple(map(_visitor, lines.visitors))),),
            nothing="Keine Besuche erwartet.",
            free=_FREE,
        )
    if lines.rooms is not None:
        yield Sheet(
            office,
            "Notliste: Räume",
            named,
            _ROOMS,
            tuple(_room(room, lines.day) for room in lines.rooms),
            nothing="Keine Räume.",
        )
    yield Sheet(
        office,
        "Notliste: Beratungen",
        named,
        _APPOINTMENTS,
        tuple(
            Group(each.advisor, tuple(_appointment(line, each.advisor) for line in each.lines))
            for each in lines.advisors
        ),
        nothing="Keine Beratungen.",
        free=_FREE,
    )


def _who(name: str, number: str, more: int = 0) -> Cell:
    """The name, and how many come along; or the number over why there is no name."""
    main, remark = identified(name, number)
    along = f" + {more}" if more else ""
    return (f"Kundennr. {main}{along}", remark) if remark else f"{main}{along}"


def _visitor(line: VisitorLine) -> Line:
    cells = (
        german.hour_and_minute(line.starts),
        line.code,
        _who(line.name, line.number, line.companions),
        line.advisor,
        line.room,
        words.STATES[line.state],
    )
    return Line(cells, f"Besuche, {_stamp(line.starts)}")


def _appointment(line: AppointmentLine, advisor: str) -> Line:
    cells = (
        f"{german.hour_and_minute(line.starts)} – {german.hour_and_minute(line.ends)}",
        words.CHANNELS[line.channel],
        _who(line.name, line.number, line.more),
        line.phone,
        line.room,
        words.STATES[line.state],
    )
    return Line(cells, f"Beratungen {advisor}, {_stamp(line.starts)}")


def _call(line: CallLine, advisor: str) -> Line:
    who = _who(line.name, line.number)
    cells = (_stamp(line.due), who, line.phone, words.REASONS[line.reason])
    return Line(cells, f"Anrufe {advisor}, {_stamp(line.due)}")


def _room(lines: RoomLines, day: date) -> Group:
    heading = " · ".join(filter(None, (fonts.tidy(lines.room), german.floor(lines.floor))))
    used = tuple(
        Line(
            (
                german.span(each.starts, each.ends, day),
                each.code or words.USES[each.use],
                _until(each, day),
            ),
            f"Räume, {lines.room}",
        )
        for each in lines.used
    )
    return Group(heading, used, nothing="frei")


def _until(used: RoomUsed, day: date) -> str:
    """When the pause is over; nothing where that is on another day."""
    return (
        german.hour_and_minute(used.blocked_until)
        if used.blocked_until < day_bounds(day)[1]
        else ""
    )


def _stamp(instant: datetime) -> str:
    return f"{wall(instant):%d.%m.%Y, %H:%M}"
