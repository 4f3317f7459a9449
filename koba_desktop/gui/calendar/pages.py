"""Which days and advisors a page of the calendar shows, and what its head says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.gui.calendar.geometry import Column
from koba_desktop.gui.calendar.header import Head
from koba_desktop.gui.calendar.wording import CANCELLED, doing_now
from koba_desktop.i18n import _, formats, ngettext
from koba_desktop.services.calendar.days import CalendarPage, DayInfo, calendar_page
from koba_desktop.services.calendar.former import FormerTime, former_times
from koba_desktop.services.rows import AppointmentRow
from koba_desktop.services.view import View


class Span(StrEnum):
    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class PageWish:
    """What is to be shown; compared with what is shown to know whether to ask again."""

    office_id: UUID
    span: Span
    day: date
    advisors: tuple[Staff, ...]
    former: bool

    @property
    def first(self) -> date:
        return self.day if self.span is Span.DAY else self.day - timedelta(days=self.day.weekday())

    @property
    def last(self) -> date:
        return self.day if self.span is Span.DAY else self.first + timedelta(days=6)

    def shows(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Page:
    wish: PageWish
    content: CalendarPage
    former: tuple[FormerTime, ...]


def fetch(view: View, wish: PageWish) -> Page:
    """The query of a page, for a worker lane."""
    ids = tuple(advisor.id for advisor in wish.advisors)
    content = calendar_page(view, wish.office_id, wish.first, wish.last, ids)
    former = former_times(view, content.appointments) if wish.former else ()
    return Page(wish, content, former)


def columns(wish: PageWish, rows: Sequence[AppointmentRow]) -> tuple[Column, ...]:
    """Advisors of a day; or Monday to Friday, and a weekend day if something is there."""
    if wish.span is Span.DAY:
        return tuple(Column(wish.day, advisor.id) for advisor in wish.advisors)
    busy = {day_of(row.starts) for row in rows}
    days = (wish.first + timedelta(days=n) for n in range(7))
    return tuple(Column(d) for d in days if _is_weekday(d) or d in busy)


def weekday_beside(day: date, side: int) -> date:
    """The next day from Monday to Friday, holiday or not; ``side`` -1: the one before."""
    day += timedelta(days=side)
    while not _is_weekday(day):
        day += timedelta(days=side)
    return day


def _is_weekday(day: date) -> bool:
    return day.isoweekday() <= 5


def title(wish: PageWish, shown: Sequence[Column]) -> tuple[str, str]:
    """The title of the page and a quiet word beside it."""
    if wish.span is Span.WEEK:
        days = [column.day for column in shown] or [wish.first, wish.first + timedelta(days=4)]
        return formats.week_title(days[0], days[-1]), ""
    week = _("Week {number}").format(number=wish.day.isocalendar().week)
    return formats.date_long(wish.day), week


def heads(
    wish: PageWish,
    shown: Sequence[Column],
    days: Sequence[DayInfo],
    rows: Sequence[AppointmentRow],
    now: datetime,
    me: UUID,
) -> list[Head]:
    """One head a column."""
    infos = {info.day: info for info in days}
    if wish.span is Span.DAY:
        info = infos.get(wish.day)
        return [_advisor_head(a, wish.day, info, rows, now, me) for a in wish.advisors]
    return [_day_head(c.day, infos.get(c.day), rows, day_of(now)) for c in shown]


def _day_head(day: date, info: DayInfo | None, rows: Sequence[AppointmentRow], today: date) -> Head:
    return Head(
        formats.weekday_short(day),
        beside=_("today") if day == today else "",
        right=_count([r for r in rows if day_of(r.starts) == day]),
        below=" · ".join(info.notes) if info is not None else "",
        current=day == today,
    )


def _advisor_head(
    advisor: Staff,
    day: date,
    info: DayInfo | None,
    rows: Sequence[AppointmentRow],
    now: datetime,
    me: UUID,
) -> Head:
    given = f"{advisor.given_name[0]}. " if advisor.given_name else ""
    mine = [r for r in rows if r.advisor_id == advisor.id and day_of(r.starts) == day]
    icon, below = "", _count(mine)
    if day == day_of(now):
        closures = info.advisor_closures if info is not None else ()
        icon, below = doing_now(mine, closures, advisor.id, now)
    return Head(
        f"{given}{advisor.family_name}",
        beside=advisor.initials,
        right="" if not icon else _short_count(mine),
        below=below,
        icon=icon,
        current=advisor.id == me,
    )


def _count(rows: Sequence[AppointmentRow]) -> str:
    n = sum(row.state not in CANCELLED for row in rows)
    return ngettext("{n} appointment", "{n} appointments", n).format(n=n)


def _short_count(rows: Sequence[AppointmentRow]) -> str:
    return str(sum(row.state not in CANCELLED for row in rows))
