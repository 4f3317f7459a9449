"""The days of the calendar: when the office is open, and why it is not."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from koba_desktop.domain.clock import day_bounds, instant
from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.domain.entities.staff import Absence, Staff, WorkingPattern
from koba_desktop.domain.intervals import Interval, intersect, subtract
from koba_desktop.domain.modes import timeline
from koba_desktop.domain.patterns import on_duty
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import Mode
from koba_desktop.i18n import _
from koba_desktop.services.calendar.hours import OfficeHours, days_between
from koba_desktop.services.office.advisors import advisors_of, members
from koba_desktop.services.office.entitlement import may_somewhere, sees_appointment
from koba_desktop.services.ports import After, AnyOf
from koba_desktop.services.rows import AppointmentRow
from koba_desktop.services.view import View

NOON = time(12)


@dataclass(frozen=True, slots=True)
class Closure:
    """A shaded stretch [starts, ends) with the code of its reason and what fills its message.

    Codes: ``outside_hours``, ``lunch``, ``holiday`` (name), ``closing_day`` (reason),
    ``absence`` (name, label), ``off_duty``.
    """

    starts: datetime
    ends: datetime
    code: str
    text: str = ""
    advisor_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class DayInfo:
    day: date
    closures: tuple[Closure, ...]  # of the office
    advisor_closures: tuple[Closure, ...]  # absences and time off duty of the advisors shown
    notes: tuple[str, ...]  # for the header: holiday, closing reason, "Hofmann: Urlaub"
    mode: Mode


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """Everything one paint of the calendar needs."""

    days: tuple[DayInfo, ...]
    appointments: tuple[AppointmentRow, ...]


def calendar_page(
    view: View, office_id: UUID, first: date, last: date, advisor_ids: Sequence[UUID] = ()
) -> CalendarPage:
    """Days ``first`` to ``last`` inclusive; ``advisor_ids`` empty: all advisors of the office.

    Past days are without appointments for who may not read social data, all days for who has
    nothing to do with clients there; of another's calendar one sees what is one's own.
    """
    reader = view.reader
    hours = OfficeHours(view, office_id, first)
    modes = timeline(reader.find(OperatingMode, office_id=office_id))
    staff = members(view, advisor_ids) if advisor_ids else advisors_of(view, office_id, first, last)
    ids = AnyOf.of(member.id for member in staff)
    starts, ends = day_bounds(first)[0], day_bounds(last)[1]
    patterns: dict[UUID, list[WorkingPattern]] = defaultdict(list)
    for pattern in reader.find(WorkingPattern, staff_id=ids):
        patterns[pattern.staff_id].append(pattern)
    absences: dict[UUID, list[Absence]] = defaultdict(list)
    for absence in reader.find(Absence, staff_id=ids, ends=After(starts), order_by="starts"):
        if absence.starts < ends:
            absences[absence.staff_id].append(absence)
    days = []
    for day in days_between(first, last):
        closed = tuple(
            Closure(c.interval.starts, c.interval.ends, c.code, c.text) for c in hours.closures(day)
        )
        of_advisors: list[Closure] = []
        away: list[str] = []
        for member in staff:
            own = _advisor_closures(member, day, closed, patterns[member.id], absences[member.id])
            of_advisors += own
            away += [_away(member, c) for c in own if c.code == "absence"]
        shut = [c.text for c in closed if c.code in ("holiday", "closing_day") and c.text]
        days.append(
            DayInfo(
                day=day,
                closures=closed,
                advisor_closures=tuple(of_advisors),
                notes=tuple(dict.fromkeys((*shut, *away))),
                mode=modes.at(instant(day, NOON)),
            )
        )
    rows = (
        [
            row
            for row in reader.appointments_between(
                office_id, starts, ends, advisor_ids=tuple(advisor_ids)
            )
            if sees_appointment(view, office_id, row.advisor_id, row.starts)
        ]
        if may_somewhere(view, Right.SEE_CLIENTS)
        else []
    )
    return CalendarPage(tuple(days), tuple(rows))


def _advisor_closures(
    member: Staff,
    day: date,
    closed: Sequence[Closure],
    patterns: Sequence[WorkingPattern],
    absences: Sequence[Absence],
) -> list[Closure]:
    """What of the office's open hours an advisor is absent or off duty."""
    opened = subtract([Interval(*day_bounds(day))], (Interval(c.starts, c.ends) for c in closed))
    away = [(Interval(a.starts, a.ends), a.label) for a in absences]
    found = [
        Closure(stretch.starts, stretch.ends, "absence", label, member.id)
        for absence, label in away
        for stretch in intersect(opened, [absence])
    ]
    at_work = (*on_duty(patterns, day), *(absence for absence, _ in away))
    found += [
        Closure(stretch.starts, stretch.ends, "off_duty", "", member.id)
        for stretch in subtract(opened, at_work)
    ]
    return sorted(found, key=lambda c: (c.starts, c.ends))


def _away(member: Staff, absence: Closure) -> str:
    """A note for the day's header: "Hofmann: Urlaub"."""
    why = absence.text or _("absent")
    return f"{member.family_name}: {why}"
