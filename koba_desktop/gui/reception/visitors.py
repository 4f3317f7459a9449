"""The visitors of today and their places, as the list shows them at an instant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from koba_desktop.domain.clock import whole_minutes
from koba_desktop.domain.vocabulary import ChecklistItem, RoomBookingState, RoomUse
from koba_desktop.services.reception.page import ReceptionPage
from koba_desktop.services.rooms.board import PlaceLine, RoomDay, RoomLine, present
from koba_desktop.services.rows import ArrivalRow

S = RoomBookingState
HAS_PLACE = (S.RESERVED, S.OCCUPIED)
"""In these states a booking gives its visitor a place; afterwards it only blocks the room."""


class Group(StrEnum):
    """The groups of the list, in the order in which they ask for work."""

    WAITING = "waiting"
    TALKING = "talking"
    EXPECTED = "expected"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Visitor:
    """``missing`` is what the office wants looked at on arrival and was not ticked."""

    row: ArrivalRow
    group: Group
    missing: tuple[ChecklistItem, ...] = ()

    @property
    def placed(self) -> bool:
        return self.row.booking_state in HAS_PLACE

    @property
    def wants_place(self) -> bool:
        """Is here, or will be, and nobody knows where to go."""
        return self.group is not Group.GONE and not self.placed

    @property
    def inside(self) -> bool:
        """In the talk, and in the place for it."""
        return self.group is Group.TALKING and self.row.booking_state is S.OCCUPIED

    def waited(self, now: datetime) -> int:
        """Whole minutes since the arrival."""
        since = self.row.arrived_at or now
        return max(0, whole_minutes(now - since))

    def overdue(self, now: datetime) -> int:
        """Whole minutes an expected visitor is late."""
        if self.group is not Group.EXPECTED:
            return 0
        return max(0, whole_minutes(now - self.row.starts))


class Readiness(StrEnum):
    """Whether a place is ready for the visitor who is to have it."""

    READY = "ready"
    OCCUPIED = "occupied"
    AIRING = "airing"
    CLEANING = "cleaning"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Spot:
    """A visitor's place at an instant."""

    line: RoomLine
    place: PlaceLine

    def readiness(self, booking_id: UUID | None) -> Readiness:
        current = self.place.current
        if current is None or current.id == booking_id:
            return Readiness.READY
        if current.use is not RoomUse.CONSULTATION:
            return Readiness.CLOSED
        match self.place.state:
            case S.OCCUPIED:
                return Readiness.OCCUPIED
            case S.AIRING:
                return Readiness.AIRING
            case S.CLEANING:
                return Readiness.CLEANING
            case _:
                return Readiness.READY

    def overrun(self, booking_id: UUID | None) -> timedelta:
        """How far the talk in there goes on beyond its end."""
        current = self.place.current
        if current is None or current.id != booking_id:
            return timedelta()
        return self.place.overrun

    def late_for(self, booking_id: UUID | None) -> datetime | None:
        """When the place is ready for a visitor who will have to wait for it."""
        following = self.place.following
        if self.place.late and following is not None and following.id == booking_id:
            return self.place.ready_at
        return None


def visitors(page: ReceptionPage) -> tuple[Visitor, ...]:
    """Everybody of the page, in the order of its groups."""
    wanted = page.checklist
    return (
        *(Visitor(row, Group.WAITING, _missing(row, wanted)) for row in page.waiting),
        *(Visitor(row, Group.TALKING) for row in page.talking),
        *(Visitor(row, Group.EXPECTED) for row in page.expected),
        *(Visitor(row, Group.GONE) for row in page.gone),
    )


def _missing(row: ArrivalRow, wanted: Iterable[ChecklistItem]) -> tuple[ChecklistItem, ...]:
    return tuple(item for item in wanted if item not in row.checked)


def spots_at(days: Iterable[RoomDay], now: datetime) -> Mapping[UUID, Spot]:
    """The places of the office by their ids, as they are now."""
    lines = [present(day, now) for day in days]
    return {place.place_id: Spot(line, place) for line in lines for place in line.spots}
