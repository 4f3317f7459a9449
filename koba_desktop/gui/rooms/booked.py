"""Who has a place, whichever list the row comes from: the rooms', or the reception's."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from koba_desktop.domain.clock import whole_minutes
from koba_desktop.domain.room_cycle import LEAST_LEFT
from koba_desktop.domain.vocabulary import RoomBookingState, RoomUse, Urgency, VisitNeed
from koba_desktop.i18n.words import word
from koba_desktop.services.rows import ArrivalRow, RoomBookingRow

Booked = RoomBookingRow | ArrivalRow
"""A row that names a booking of a place. Of an arrival ``booking_id`` may be missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupant:
    """What a deed needs to know. ``id`` None: without a place. ``needs`` None: not known here."""

    id: UUID | None
    version: int
    state: RoomBookingState | None
    name: str
    room_name: str
    room_id: UUID | None
    appointment_id: UUID | None
    urgent: bool
    persons: int
    starts: datetime
    ends: datetime
    needs: tuple[VisitNeed, ...] | None

    @property
    def inside(self) -> bool:
        return self.state is RoomBookingState.OCCUPIED

    def minutes_from(self, starts: datetime) -> int:
        """How long a place is needed from then on: a talk that runs late still needs some time."""
        left = max(self.ends - starts, LEAST_LEFT)
        return whole_minutes(left)


def occupant(row: Booked) -> Occupant:
    if isinstance(row, ArrivalRow):
        return Occupant(
            id=row.booking_id,
            version=row.booking_version,
            state=row.booking_state,
            name=row.family_name or row.given_name,
            room_name=row.room_name,
            room_id=row.room_id,
            appointment_id=row.appointment_id,
            urgent=row.urgency is not Urgency.NONE,
            persons=max(row.persons, 2 + row.companions),  # more may have come than planned
            starts=row.booking_starts or row.starts,
            ends=row.ends,
            needs=row.needs,
        )
    named = row.use is RoomUse.CONSULTATION and row.label
    return Occupant(
        id=row.id,
        version=row.version,
        state=row.state,
        name=row.label if named else word(row.use),
        room_name=row.room_name,
        room_id=row.room_id,
        appointment_id=row.appointment_id,
        urgent=row.urgency is not Urgency.NONE,
        persons=row.persons,
        starts=row.starts,
        ends=row.ends,
        needs=None,
    )
