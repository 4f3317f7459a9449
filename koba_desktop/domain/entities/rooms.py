"""Rooms, the places in them, what hygiene asks of them, and who uses them when."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from koba_desktop.domain.records import Appended, Changeable
from koba_desktop.domain.vocabulary import (
    ChecklistItem,
    ReasonCode,
    RefusalReason,
    RoomBookingState,
    RoomKind,
    RoomUse,
    VisitNeed,
    VisitResult,
    Windows,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room(Changeable):
    """Area in m², height in m; ``air_changes`` per hour where ventilation is mechanical.

    ``screen_height`` is the upper edge of a fixed screen in m above the floor (None: no screen).
    """

    office_id: UUID
    name: str
    floor: str = ""
    kind: RoomKind = RoomKind.CONSULTATION
    area: float | None = None
    height: float | None = None
    seats: int = 2
    windows: Windows = Windows.NONE
    air_changes: float | None = None
    screen_height: float | None = None
    wheelchair: bool = False
    equipment: str = ""
    notes: str = ""
    position: int = 0
    retired_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Changeable):
    """One simultaneous consultation; rooms have one, outdoor places several."""

    room_id: UUID
    number: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class HygieneProfile(Changeable):
    """What a room must meet from ``valid_from``; ``room_id`` None holds for all of the office.

    ``area_per_person`` in m² (Corona-ArbSchV), ``distance`` in m, minutes for cleaning.
    """

    office_id: UUID
    room_id: UUID | None = None
    area_per_person: float = 10.0
    distance: float = 1.5
    cleaning_minutes: int = 0
    airing_minutes_min: int | None = None  # None: the season's minimum
    reason: str = ""
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomBooking(Changeable):
    """A place for a time. ``blocked_until`` includes the pause; ``active`` carries the overlap
    constraint (all states but free and released).

    ``occupied_at`` to ``cleaned_at`` are when each step of the room cycle was taken; ``initials``
    are those of who cleaned. Of a place one booking at a time is occupied, airing or cleaning.
    ``reason`` and ``note`` say why a room is out of service; never anything about a client.
    """

    place_id: UUID
    office_id: UUID
    appointment_id: UUID | None = None
    use: RoomUse = RoomUse.CONSULTATION
    starts: datetime
    ends: datetime
    blocked_until: datetime
    persons: int = 2
    state: RoomBookingState = RoomBookingState.RESERVED
    active: bool = True
    occupied_at: datetime | None = None
    vacated_at: datetime | None = None
    aired_at: datetime | None = None
    cleaned_at: datetime | None = None
    reason: ReasonCode | None = None
    note: str = ""
    initials: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Changeable):
    """The front desk: ``code`` is the number shown to others instead of the name.

    Made when a personal appointment is booked, so that letter and door plan can name the number;
    ``day`` is the day of the office's wall clock on which no other visit of the office has it.
    ``result`` says what was done in an urgent visit.
    """

    office_id: UUID
    appointment_id: UUID | None = None
    day: date
    code: str
    arrived_at: datetime | None = None
    called_at: datetime | None = None
    entered_at: datetime | None = None
    left_at: datetime | None = None
    companions: int = 0
    needs: tuple[VisitNeed, ...] = ()
    checked: tuple[ChecklistItem, ...] = ()
    result: VisitResult | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal(Appended):
    """Emergency ladder: which place was refused for which coded reason; without a room the visit
    itself was not admitted."""

    appointment_id: UUID | None = None
    office_id: UUID
    room_id: UUID | None = None
    code: RefusalReason
