"""The days of the calendar: when the office is open, and why it is not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from koba_desktop.domain.vocabulary import Mode
from koba_desktop.services.rows import AppointmentRow
from koba_desktop.services.view import View


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
    """Days ``first`` to ``last`` inclusive; ``advisor_ids`` empty: all advisors of the office."""
    raise NotImplementedError
