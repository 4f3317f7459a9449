"""The commands at the door: rooms, visits and emergencies (see ``services.commands``)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from koba_desktop.domain.vocabulary import (
    Channel,
    ChecklistItem,
    ReasonCode,
    RefusalReason,
    RoomUse,
    Urgency,
    UrgencyCategory,
    VisitNeed,
    VisitResult,
)
from koba_desktop.services.commands.base import Command

# --- visits ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ArriveVisitor(Command):
    """Somebody stands at the desk. ``checked`` is what reception looked at.

    Result: ``visit_id``, ``code`` (the visitor's number). Raises Refused: ``not_today``,
    ``state_not_possible``; Conflict.
    """

    appointment_id: UUID
    version: int
    companions: int | None = None  # None: as planned
    needs: tuple[VisitNeed, ...] | None = None
    checked: tuple[ChecklistItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckVisitor(Command):
    """What reception looked at, or learnt, only after the arrival. Raises Refused
    ``visitor_not_waiting``; Conflict."""

    visit_id: UUID
    version: int
    companions: int
    needs: tuple[VisitNeed, ...]
    checked: tuple[ChecklistItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAdvisor(Command):
    """Tell the advisor that the visitor waits. Raises Refused ``visitor_not_waiting``."""

    visit_id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveWaiting(Command):
    """The visitor left without a talk: the appointment is missed and somebody will call.

    Result: ``task_id``. Raises Refused ``visitor_not_waiting``.
    """

    visit_id: UUID
    version: int


# --- rooms ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterRoom(Command):
    """Check in: the talk begins. Raises Refused ``room_occupied``, ``room_airing``,
    ``room_not_cleaned``, ``booking_state``, ``not_today`` (day), ``room_closed_then``; Taken,
    Conflict."""

    booking_id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VacateRoom(Command):
    """Check out: the pause begins now. ``result`` is needed of an urgent visit.

    Who comes next gets the room later, another one, or none: result ``pushed``, ``moved`` and
    ``displaced`` list their appointments. Raises Refused: ``booking_state``, ``result_missing``,
    ``clock_set_back``.
    """

    booking_id: UUID
    version: int
    result: VisitResult | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkAired(Command):
    """Raises Refused ``not_aired_yet``, ``booking_state``, ``clock_set_back``."""

    booking_id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkCleaned(Command):
    """Raises Refused ``not_aired_yet``, ``initials_missing``, ``booking_state``."""

    booking_id: UUID
    version: int
    initials: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveBooking(Command):
    """Another place, another time, or both; a running talk goes on in another place.

    Another time moves the appointment with it. Raises Refused: ``booking_not_movable``,
    what speaks against the place or time; Taken, Conflict.
    """

    booking_id: UUID
    version: int
    place_id: UUID
    starts: datetime | None = None
    override: frozenset[str] = frozenset()
    reason: ReasonCode | None = None
    text: str = ""  # why, in words; kept with the reason


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignPlace(Command):
    """Give an appointment without a place one (None: the best that is free then).

    ``now``: as soon as it can be had today, outside the door where no room is near.

    Result: ``booking_id``, ``room``. Raises Refused, Taken.
    """

    appointment_id: UUID
    version: int
    place_id: UUID | None = None
    persons: int | None = None
    now: bool = False  # as soon as the place can be had, instead of the appointment's time


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRoom(Command):
    """Out of service, cleaning or internal use of all its places, from ``starts`` to ``ends``.

    Who is in the way is given another place: result ``moved`` and ``displaced`` (without a place
    now) list their appointments. Raises Refused: ``ends_before_start``, ``reason_missing``,
    ``room_closed_then`` (from, until) where it is closed already, ``closed_too_long``.
    """

    room_id: UUID
    use: RoomUse
    starts: datetime
    ends: datetime
    reason: ReasonCode | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenRoom(Command):
    """The room can be used again from now on; what was to come of the closure is taken back.

    ``booking_id`` is the closure that is meant (None: the present one, else the next). Raises
    Refused ``room_not_closed``, also where that one is over.
    """

    room_id: UUID
    booking_id: UUID | None = None


# --- emergencies ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A room that was not taken, and why."""

    room_id: UUID
    code: RefusalReason


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignEmergency(Command):
    """Room, advisor and participant in one step; what was passed over is recorded.

    ``place_id`` None with ``channel`` TELEPHONE: somebody calls at that time.
    Result: ``appointment_id``, ``reference``, ``visit_id``, ``code``, ``booking_id`` (or None).
    Raises Refused: ``client_missing``, ``text_too_long``, ``urgency_category_missing``,
    ``place_missing``, ``emergency_today``, ``advisor_not_here``, ``not_entitled``, what makes the
    place unfit; Taken where somebody was quicker.
    """

    office_id: UUID
    advisor_id: UUID
    channel: Channel
    starts: datetime
    ends: datetime
    category: UrgencyCategory | None
    urgency: Urgency = Urgency.EMERGENCY
    client_id: UUID | None = None
    visitor_name: str = ""
    kind_id: UUID | None = None
    place_id: UUID | None = None
    companions: int = 0
    needs: tuple[VisitNeed, ...] = ()
    phone: str = ""
    passed_over: tuple[PassedOver, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseVisit(Command):
    """Somebody was not admitted; the reason is recorded, not the person."""

    office_id: UUID
    code: RefusalReason
