"""What all parts of the demonstration share: chance with a seed, ids, and the working days."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from typing import Any, Generic, TypeVar
from uuid import UUID

from koba_desktop.domain import postal
from koba_desktop.domain.clock import day_of, instant
from koba_desktop.services.ports import Holidays

T = TypeVar("T")
DAY = timedelta(days=1)


class Weighted(Generic[T]):
    """Things, each as likely as its weight says."""

    def __init__(self, weights: Iterable[tuple[T, float]]) -> None:
        weights = tuple(weights)
        self.things = tuple(thing for thing, _ in weights)
        self.cumulative = tuple(accumulate(share for _, share in weights))


@dataclass
class Maker:
    """``now`` is the instant (UTC) the demonstration begins; the same seed and instant give the
    same office."""

    random: Random
    now: datetime
    holidays: Holidays
    _counter: int = field(default=0, init=False)
    _working: dict[date, bool] = field(default_factory=dict, init=False)
    _steps: dict[int, date] = field(default_factory=dict, init=False)

    @property
    def today(self) -> date:
        return day_of(self.now)

    def new_id(self, at: datetime) -> UUID:
        """A UUIDv7 of that instant; of one instant in the order they were made."""
        self._counter = (self._counter + 1) % 4096
        milliseconds = int(at.timestamp() * 1000)
        tail = self.random.getrandbits(62)
        return UUID(int=milliseconds << 80 | 7 << 76 | self._counter << 64 | 2 << 62 | tail)

    def stamps(self, at: datetime, by: UUID | None = None) -> dict[str, Any]:
        """Identity and stamps of a changeable record that was last written at that instant."""
        return {"id": self.new_id(at), "version": 1, "changed_at": at, "changed_by": by}

    def first(self, at: datetime, by: UUID | None = None) -> dict[str, Any]:
        """Identity and stamps of an appended record."""
        return {"id": self.new_id(at), "created_at": at, "created_by": by}

    def pick(self, weighted: Weighted[T]) -> T:
        return self.random.choices(weighted.things, cum_weights=weighted.cumulative)[0]

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    # --- days -----------------------------------------------------------------------------------

    def works(self, day: date) -> bool:
        """Monday to Friday without holidays."""
        if day not in self._working:
            self._working[day] = postal.is_working_day(day, self.holidays.is_holiday)
        return self._working[day]

    def working_day(self, steps: int) -> date:
        """The working day so many steps from today; 0 is today, or the last one before it."""
        if steps not in self._steps:
            day = self.today
            while not self.works(day):
                day -= DAY
            for _ in range(abs(steps)):
                day += DAY if steps > 0 else -DAY
                while not self.works(day):
                    day += DAY if steps > 0 else -DAY
            self._steps[steps] = day
        return self._steps[steps]

    def working_days(self, last: date, count: int) -> list[date]:
        """So many working days up to and including ``last``, earliest first."""
        days: list[date] = []
        day = last
        while len(days) < count:
            if self.works(day):
                days.append(day)
            day -= DAY
        return days[::-1]

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """The instant of a wall-clock time, never after now."""
        return min(instant(day, time(hour, minute)), self.now)

    def office_time(self, day: date) -> datetime:
        """Some minute of a morning or afternoon, never after now."""
        hour = self.random.choice((8, 9, 9, 10, 10, 11, 13, 14, 15))
        return self.at(day, hour, self.random.randrange(60))
