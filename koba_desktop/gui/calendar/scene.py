"""What is on the calendar now: entries in their lanes, closures, and the stops of the keyboard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from koba_desktop.domain.clock import day_bounds, day_of
from koba_desktop.domain.vocabulary import ACTIVE_STATES
from koba_desktop.gui.blocks.minutes import MINUTES_A_DAY, hours_shown, minute_of, moment_at
from koba_desktop.gui.calendar.geometry import Column
from koba_desktop.gui.calendar.layout import Placement, arrange
from koba_desktop.services.calendar.days import Closure, DayInfo
from koba_desktop.services.rows import AppointmentRow

SHORTEST = 12  # minutes an entry takes at least in the layout, so that its name can be read


@dataclass(frozen=True, slots=True)
class Entry:
    """One appointment in its column; times in minutes of the column's day."""

    number: int  # row of the model
    column: int
    starts: int
    ends: int
    place: Placement


@dataclass(frozen=True, slots=True)
class Shade:
    """A closed stretch of a column. ``opened_before``: the column was open earlier that day."""

    starts: int
    ends: int
    closure: Closure
    opened_before: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the keyboard can stand in a column: an entry, or a free slot (``number`` None)."""

    starts: int
    number: int | None


class Scene:
    """Made from one page; knows nothing of pixels."""

    def __init__(
        self,
        columns: Sequence[Column] = (),
        days: Sequence[DayInfo] = (),
        rows: Sequence[AppointmentRow] = (),
        shade_advisor: UUID | None = None,
    ) -> None:
        """``shade_advisor`` is the only advisor of a week: his or her absences are shaded, too."""
        self.columns = tuple(columns)
        self.days: Mapping[date, DayInfo] = {info.day: info for info in days}
        self.rows = tuple(rows)
        self._advisor = shade_advisor
        self.by_column = tuple(self._entries(n) for n in range(len(self.columns)))
        self.entry_of = {e.number: e for entries in self.by_column for e in entries}
        self.shades = tuple(self._shades(column) for column in self.columns)
        self.first, self.last = self._hours()

    def column_of(self, moment: datetime, advisor_id: UUID | None) -> int:
        """The column of an instant; -1 if it is not shown."""
        day = day_of(moment)
        for number, column in enumerate(self.columns):
            if column.day == day and column.advisor_id in (None, advisor_id):
                return number
        return -1

    def closed_at(self, column: int, minute: float) -> Closure | None:
        """What shades a minute of a column."""
        for shade in self.shades[column]:
            if shade.starts <= minute < shade.ends:
                return shade.closure
        return None

    def stops(self, column: int, step: int) -> list[Stop]:
        """Entries and, between them, the free slots of ``step`` minutes, by time."""
        entries = self.by_column[column]
        stops = [Stop(e.starts, e.number) for e in entries]
        for minute in range(-(-self.first // step) * step, self.last, step):
            if all(e.ends <= minute or minute + step <= e.starts for e in entries):
                stops.append(Stop(minute, None))
        order: dict[int | None, int] = {e.number: e.place.lane for e in entries}
        return sorted(stops, key=lambda s: (s.starts, order.get(s.number, 0)))

    def collisions(
        self,
        starts: datetime,
        ends: datetime,
        advisor_id: UUID | None,
        moved: AppointmentRow | None,
    ) -> list[AppointmentRow]:
        """Active appointments of the same advisor or client in that time, the moved one apart."""
        client = moved.client_id if moved is not None else None
        return [
            row
            for row in self.rows
            if row.state in ACTIVE_STATES
            and (moved is None or row.id != moved.id)
            and row.starts < ends
            and starts < row.ends
            and (row.advisor_id == advisor_id or (client is not None and row.client_id == client))
        ]

    def _entries(self, number: int) -> tuple[Entry, ...]:
        column = self.columns[number]
        day_starts, day_ends = day_bounds(column.day)
        mine = [
            (n, max(0, minute_of(row.starts, column.day)), minute_of(row.ends, column.day))
            for n, row in enumerate(self.rows)
            if row.starts < day_ends
            and day_starts < row.ends
            and column.advisor_id in (None, row.advisor_id)
        ]
        places = arrange([(a, max(b, a + SHORTEST)) for _, a, b in mine])
        return tuple(
            Entry(n, number, a, min(b, MINUTES_A_DAY), place)
            for (n, a, b), place in zip(mine, places, strict=True)
        )

    def _shades(self, column: Column) -> tuple[Shade, ...]:
        info = self.days.get(column.day)
        if info is None:
            return ()
        advisor = column.advisor_id or self._advisor
        own = [c for c in info.advisor_closures if advisor is not None and c.advisor_id == advisor]
        closures = sorted((*info.closures, *own), key=lambda c: (c.starts, c.ends, c.code))
        spans = [
            (
                max(0, minute_of(c.starts, column.day)),
                min(MINUTES_A_DAY, minute_of(c.ends, column.day)),
                c,
            )
            for c in closures
        ]
        shades: list[Shade] = []
        covered, opened = 0, False
        for a, b, closure in spans:
            opened = opened or a > covered
            covered = max(covered, b)
            if b > a:
                shades.append(Shade(a, b, closure, opened))
        return tuple(shades)

    def _hours(self) -> tuple[int, int]:
        opened: list[tuple[int, int]] = []
        for column, shades in zip(self.columns, self.shades, strict=True):
            office = [s for s in shades if s.closure.advisor_id is None]
            at = 0
            spans = []
            for shade in office:
                if shade.starts > at:
                    spans.append((at, shade.starts))
                at = max(at, shade.ends)
            if at < MINUTES_A_DAY:
                spans.append((at, MINUTES_A_DAY))
            if column.day in self.days and (office or spans != [(0, MINUTES_A_DAY)]):
                opened += spans
        busy = [(e.starts, e.ends) for entries in self.by_column for e in entries]
        return hours_shown(opened, busy)


def slot_times(column: Column, starts: int, minutes: int) -> tuple[datetime, datetime]:
    """The instants of a slot."""
    start = moment_at(column.day, starts)
    return start, start + timedelta(minutes=minutes)
