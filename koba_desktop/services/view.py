"""What a query for a screen sees: one consistent read, the present instant, the holidays."""

from dataclasses import dataclass, field
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

    @property
    def today(self) -> date:
        return day_of(self.now)
