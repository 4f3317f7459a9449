"""Appointments and the times held for them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from koba_desktop.domain.vocabulary import (
    AppointmentState,
    Channel,
    LetterKind,
    ReasonCode,
    Urgency,
    UrgencyCategory,
    VisitNeed,
    VisitResult,
)
from koba_desktop.services.commands.base import Command, Override


@dataclass(frozen=True, slots=True, kw_only=True)
class BookAppointment(Command):
    """Result: ``appointment_id``, ``reference``, ``letter_id`` (or None).

    A personal appointment without ``place_id`` gets the best place that is free then. ``persons``
    are all who sit there; ``needs`` None: those of the client's record.
    """

    office_id: UUID
    advisor_id: UUID
    kind_id: UUID
    channel: Channel
    starts: datetime
    ends: datetime
    client_id: UUID | None = None
    visitor_name: str = ""
    state: AppointmentState = AppointmentState.CONFIRMED
    phone: str = ""
    purpose: str = ""
    urgency: Urgency = Urgency.NONE
    urgency_category: UrgencyCategory | None = None
    place_id: UUID | None = None
    persons: int = 2
    needs: tuple[VisitNeed, ...] | None = None
    letter: LetterKind | None = None
    override: Override | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What an appointment is about, beside its time."""

    kind_id: UUID
    phone: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reschedule(Command):
    """Move: identity and reference stay, former times go to the history.

    With ``letter`` the changed-appointment letter is laid in the outbox (a pending one of the
    same appointment becomes void). ``details`` change in the same step. A personal appointment
    keeps its place where it can, unless ``place_id`` names another; ``persons`` None: as before.
    Result: ``letter_id`` (or None).
    """

    appointment_id: UUID
    version: int
    starts: datetime
    ends: datetime
    advisor_id: UUID | None = None
    channel: Channel | None = None
    place_id: UUID | None = None
    persons: int | None = None
    letter: bool = False
    override: Override | None = None
    details: Details | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDetails(Command):
    """Kind, phone and purpose; times stay."""

    appointment_id: UUID
    version: int
    kind_id: UUID
    phone: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAppointmentState(Command):
    """Confirm, arrive, start, keep, miss. ``MISSED`` makes a call task.

    ``result`` says what was done in an urgent personal visit that is kept.
    """

    appointment_id: UUID
    version: int
    state: AppointmentState
    result: VisitResult | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelAppointment(Command):
    """Result: ``letter_id`` (or None)."""

    appointment_id: UUID
    version: int
    by_client: bool
    letter: bool = False
    reason: ReasonCode | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldSlot(Command):
    """Keep a slot for the actor while a form is being filled; the same ``hold_id`` again moves or
    prolongs it. It binds everybody else like an appointment, and ends by itself.

    Result: ``until`` (instant). Raises Taken where somebody else holds the slot.
    """

    hold_id: UUID
    advisor_id: UUID
    starts: datetime
    ends: datetime
    client_id: UUID | None = None
    place_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseSlot(Command):
    """The form was closed: the slot is free for others again."""

    hold_id: UUID
