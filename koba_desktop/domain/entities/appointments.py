"""Appointments keep their identity and reference when they move."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from koba_desktop.domain.records import Appended, Changeable
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    ChangeKind,
    Channel,
    ReasonCode,
    Urgency,
    UrgencyCategory,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentKind(Changeable):
    """Erstgespräch, Folgegespräch …: planned minutes and what the client should have ready.

    ``papers`` and ``about`` map a language code to texts (``papers``: one entry a line). ``about``
    may also hold the purpose of a formal summons (``services.office.usual.SUMMONS``).
    """

    name: str
    minutes: int
    channels: tuple[Channel, ...]
    outdoors_allowed: bool = False
    about: dict[str, str]
    papers: dict[str, list[str]]
    position: int = 0
    retired_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment(Changeable):
    """One intention to talk.

    ``reference`` is eight characters with a check character. ``active`` is kept equal to "state
    is active and not withdrawn" and carries the overlap constraints. ``phone`` is the number we
    will call, as shown on the letter.
    """

    reference: str
    office_id: UUID
    advisor_id: UUID
    kind_id: UUID
    channel: Channel
    starts: datetime
    ends: datetime
    state: AppointmentState
    active: bool = True
    urgency: Urgency = Urgency.NONE
    urgency_category: UrgencyCategory | None = None
    phone: str = ""
    started_at: datetime | None = None  # actual duration by start/stop
    finished_at: datetime | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant(Changeable):
    """Who takes part. ``starts``, ``ends``, ``active`` are kept equal to the appointment's by
    trigger. One of ``client_id`` and ``visitor_name`` is given."""

    appointment_id: UUID
    client_id: UUID | None = None
    visitor_name: str = ""
    starts: datetime
    ends: datetime
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentPurpose(Changeable):
    """What the client wants: social data, a table of its own."""

    appointment_id: UUID
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentChange(Appended):
    """Append-only history: ``before`` and ``after`` hold the fields that changed, as JSON values.

    Keys are among ``starts``, ``ends``, ``advisor_id``, ``channel``, ``kind_id``, ``state``,
    ``room_id``, ``phone``; instants as ISO strings in UTC. ``after`` may name a ChangeCause as
    ``cause``.
    """

    appointment_id: UUID
    kind: ChangeKind
    before: dict[str, Any]
    after: dict[str, Any]
    reason: ReasonCode | None = None
    letter_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeReason(Changeable):
    """The text beside a coded reason: social data, a table of its own.

    ``subject_id`` is the id of the change, mode, booking or letter it explains.
    """

    subject_id: UUID
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold(Changeable):
    """A slot kept while somebody types; read as absent once ``until`` is past."""

    advisor_id: UUID | None = None
    client_id: UUID | None = None
    place_id: UUID | None = None
    starts: datetime
    ends: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitEntry(Changeable):
    """A wish for an earlier or another time."""

    client_id: UUID
    office_id: UUID
    wish: str
    urgency: Urgency = Urgency.NONE
    since: datetime
    closed_at: datetime | None = None
