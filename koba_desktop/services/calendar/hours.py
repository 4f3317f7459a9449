"""When an office can be spoken to, read from the database for the domain's rules."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.office import ClosingDay, OpeningHours
from koba_desktop.domain.opening import Closed, DayOpening, closures, day_opening
from koba_desktop.domain.vocabulary import Channel
from koba_desktop.services.ports import From
from koba_desktop.services.view import View

LOOK_AHEAD_DAYS = 60


class OfficeHours:
    """The hours of one office from a day on, read once."""

    def __init__(self, view: View, office_id: UUID, first: date) -> None:
        self._holiday = view.holidays.name
        self._hours = tuple(view.reader.find(OpeningHours, office_id=office_id))
        self._closing = tuple(view.reader.find(ClosingDay, office_id=office_id, day=From(first)))

    def on(self, day: date, channel: Channel) -> DayOpening:
        return day_opening(self._hours, self._closing, day, channel, self._holiday)

    def closures(self, day: date) -> tuple[Closed, ...]:
        """What of the day is closed on every channel."""
        return closures(self._hours, self._closing, day, self._holiday)

    def next_open(self, instant: datetime, channel: Channel) -> datetime:
        """The first instant at or after the given one at which the channel is open; the given
        one if it opens on none of the next days."""
        first = day_of(instant)
        for day in days_between(first, first + timedelta(days=LOOK_AHEAD_DAYS)):
            for hours in self.on(day, channel).open:
                if instant < hours.ends:
                    return max(instant, hours.starts)
        return instant


def days_between(first: date, last: date) -> Iterator[date]:
    """All days from first to last, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
