"""Frozen rows made for a screen. They cross threads; records of the database do not need to."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from koba_desktop.domain.vocabulary import (
    AppointmentState,
    CallReason,
    CallResult,
    Channel,
    ChecklistItem,
    Direction,
    HoldReason,
    LetterAnswer,
    LetterKind,
    LetterState,
    Outcome,
    ReasonCode,
    RoomBookingState,
    RoomUse,
    Salutation,
    Urgency,
    UrgencyCategory,
    VisitNeed,
    VisitResult,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRow:
    id: UUID
    family_name: str
    given_name: str
    title: str
    salutation: Salutation
    number: str | None
    birth_date: date | None
    office_id: UUID
    advisor_id: UUID | None
    phone: str = ""  # the first good number, as typed
    address_blocked: bool = False
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class ClientPage:
    rows: tuple[ClientRow, ...]
    total: int
    capped: bool = False  # there are more than ``total``


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentRow:
    """An appointment as the calendar shows it. ``client_*`` are those of the first participant."""

    id: UUID
    version: int
    reference: str
    office_id: UUID
    advisor_id: UUID
    advisor_name: str
    advisor_initials: str
    kind_id: UUID
    kind_name: str
    channel: Channel
    starts: datetime
    ends: datetime
    state: AppointmentState
    urgency: Urgency
    phone: str
    client_id: UUID | None
    family_name: str  # of the client, or the visitor's name
    given_name: str
    salutation: Salutation
    participants: int = 1
    room_id: UUID | None = None
    room_name: str = ""
    letter_state: LetterState | None = None  # of the newest letter that is not void
    letter_posted_on: date | None = None
    moved: bool = False  # has former times


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A call task for the worklist, with its ladder so far."""

    id: UUID
    version: int
    client_id: UUID
    family_name: str
    given_name: str
    salutation: Salutation
    phone: str
    reason: CallReason
    due: datetime
    kind_id: UUID | None
    kind_name: str
    appointment_id: UUID | None
    attempts: int  # those that count
    last_at: datetime | None = None
    last_outcome: Outcome | None = None
    closed_at: datetime | None = None
    result: CallResult | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptRow:
    id: UUID
    version: int
    at: datetime
    direction: Direction
    outcome: Outcome
    phone: str
    phone_kind: str
    minutes: int | None
    staff_initials: str
    note: str = ""
    call_task_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    id: UUID
    version: int
    kind: LetterKind
    language: str
    state: LetterState
    client_id: UUID
    recipient: str  # "Kuhn, Marlies"
    advisor_id: UUID
    appointment_id: UUID | None
    reference: str
    letter_starts: datetime | None  # the time the letter names
    appointment_starts: datetime | None  # the time the appointment has now
    letter_channel: Channel | None  # how the letter says it takes place
    appointment_channel: Channel | None  # how it takes place now
    appointment_state: AppointmentState | None
    appointment_active: bool | None  # whether it takes place; None of one the viewer does not see
    assumed_posting: date
    created_at: datetime
    hold_reason: HoldReason | None = None
    hold_details: dict[str, Any] | None = None
    printed_at: datetime | None = None
    posted_on: date | None = None
    variant: str = "standard"
    answered_on: date | None = None
    answer: LetterAnswer | None = None
    represented: bool = False  # it goes to a representative of the recipient
    claim: UUID | None = None  # the run that takes, or took, it to a printer
    claimed_at: datetime | None = None
    claimed_by: UUID | None = None
    claimed_host: str | None = None
    claimed_printer: str | None = None
    addressed_until: date | None = None  # the last day its recipient gets the client's letters


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomBookingRow:
    id: UUID
    version: int
    room_id: UUID
    room_name: str
    place_id: UUID
    place_number: int
    appointment_id: UUID | None
    label: str  # family name of the client, or empty
    advisor_initials: str
    use: RoomUse
    starts: datetime
    ends: datetime
    blocked_until: datetime
    persons: int
    state: RoomBookingState
    urgency: Urgency
    channel: Channel | None = None  # of the appointment
    advisor_id: UUID | None = None
    planned_starts: datetime | None = None  # of the appointment: an overrun does not move it
    planned_ends: datetime | None = None
    code: str = ""  # the visitor's number
    occupied_at: datetime | None = None
    vacated_at: datetime | None = None
    aired_at: datetime | None = None
    cleaned_at: datetime | None = None
    reason: ReasonCode | None = None
    note: str = ""
    initials: str = ""
    changed_at: datetime | None = None
    changed_by: UUID | None = None


class PlaceTime(NamedTuple):
    """A time a place is taken for, with no more than choosing among many places needs.

    A tuple, because hundreds of them are made for each suggestion.
    """

    place_id: UUID
    booking_id: UUID
    starts: datetime
    ends: datetime
    blocked_until: datetime
    state: RoomBookingState
    use: RoomUse
    occupied_at: datetime | None
    vacated_at: datetime | None
    aired_at: datetime | None
    cleaned_at: datetime | None
    appointment_id: UUID | None
    label: str  # family name of the client, or empty


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalRow:
    """A personal appointment of a day as the reception sees it: nothing of its purpose."""

    appointment_id: UUID
    version: int
    reference: str
    state: AppointmentState
    channel: Channel
    urgency: Urgency
    urgency_category: UrgencyCategory | None
    kind_name: str
    starts: datetime
    ends: datetime
    advisor_id: UUID
    advisor_name: str
    advisor_initials: str
    client_id: UUID | None
    family_name: str
    given_name: str
    birth_date: date | None
    salutation: Salutation = Salutation.NONE
    visit_id: UUID | None = None
    visit_version: int = 0
    code: str = ""
    companions: int = 0
    needs: tuple[VisitNeed, ...] = ()
    checked: tuple[ChecklistItem, ...] = ()  # what was ticked when the visitor arrived
    arrived_at: datetime | None = None
    called_at: datetime | None = None
    entered_at: datetime | None = None
    left_at: datetime | None = None
    result: VisitResult | None = None
    booking_id: UUID | None = None
    booking_version: int = 0
    booking_state: RoomBookingState | None = None
    booking_starts: datetime | None = None
    persons: int = 2
    place_id: UUID | None = None
    place_number: int = 1
    room_id: UUID | None = None
    room_name: str = ""
