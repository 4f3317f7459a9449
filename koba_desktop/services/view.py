"""What a query for a screen sees: one consistent read, the present instant, the holidays."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.staff import StaffRole
from koba_desktop.services.ports import Holidays, Reader


@dataclass(frozen=True, slots=True)
class View:
    """Made for one query inside one read transaction; never kept. ``viewer`` is a staff id."""

    reader: Reader
    now: datetime
    holidays: Holidays
    viewer: UUID | None = None
    known: dict[UUID, tuple[StaffRole, ...]] = field(default_factory=dict, compare=False)
    """The roles of people already asked for (``office.entitlement.roles_of``): each costs a round
    trip."""

    def ahead(self, ask: Callable[[Reader], object]) -> "View":
        """The same view with a reader that knows the answers to what ``ask`` asks (``ports``)."""
        return replace(self, reader=self.reader.ahead(ask))

    @property
    def today(self) -> date:
        return day_of(self.now)

    def is_holiday(self, day: date) -> bool:
        return self.holidays.is_holiday(day)
