"""All commands, by capability. A command is what the user wants; one transaction carries it out.

Each carries the id its form was opened with: a repeat after a lost answer returns the first
result. ``version`` is the version of the row the user saw.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from koba_desktop.domain.entities.clients import (
    Client,
    ClientAddress,
    ClientEmail,
    ClientPhone,
    Representative,
)
from koba_desktop.domain.records import Changeable
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    CallReason,
    CallResult,
    Channel,
    Direction,
    HoldReason,
    LetterAnswer,
    LetterKind,
    LetterVariant,
    Mode,
    ModeSource,
    Outcome,
    ReasonCode,
    Urgency,
    UrgencyCategory,
    VisitNeed,
    VisitResult,
)
from koba_desktop.services.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    command_id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """The rules somebody chose to overrule, and why. Logged in the appointment's history."""

    codes: frozenset[str]
    reason: ReasonCode
    text: str = ""


# --- reaching a client ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAttempt(Command):
    """Result: ``attempt_id``, ``task_closed`` (bool), ``exhausted`` (bool: offer the letter)."""

    client_id: UUID
    outcome: Outcome
    task_id: UUID | None = None
    phone: str = ""
    phone_id: UUID | None = None
    direction: Direction = Direction.OUT
    minutes: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAttempt(Command):
    """Write or replace the free note of an attempt."""

    attempt_id: UUID
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateCallTask(Command):
    """Result: ``task_id``."""

    client_id: UUID
    advisor_id: UUID
    reason: CallReason
    due: datetime
    kind_id: UUID | None = None
    appointment_id: UUID | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCallTask(Command):
    task_id: UUID
    version: int
    result: CallResult


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeByLetter(Command):
    """Book the proposed telephone appointment and lay its letter in the outbox, in one go.

    ``early_reason`` is needed while the ladder is not exhausted.
    Result: ``appointment_id``, ``letter_id``, ``reference``.
    """

    client_id: UUID
    advisor_id: UUID
    kind_id: UUID
    starts: datetime
    minutes: int
    phone: str
    task_id: UUID | None = None
    early_reason: ReasonCode | None = None
    early_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkMailReturned(Command):
    """Marks the address, holds further letters, makes a call task. Result: ``task_id``."""

    client_id: UUID
    returned_on: date
    letter_id: UUID | None = None


# --- clients ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientProfile:
    """A client with all contact data, as the editor holds it. Rows taken off are simply absent."""

    client: Client
    address: ClientAddress | None = None
    phones: tuple[ClientPhone, ...] = ()
    emails: tuple[ClientEmail, ...] = ()
    representative: Representative | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveClient(Command):
    """Create (version 0) or change. Result: ``client_id``. Raises Refused, Conflict."""

    profile: ClientProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewBlockedAddress(Command):
    """Say why a blocked address (§ 51 BMG) is to be seen; it is logged, and the responsible
    advisor may read it for the rest of the day (``clients.blocked.blocked_address``).

    Raises Refused: ``reason_missing``, ``address_hidden``.
    """

    client_id: UUID
    reason: str


# --- appointments -----------------------------------------------------------------------------


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


# --- letters ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateLetter(Command):
    """A letter about an appointment as it stands now. Result: ``letter_id``."""

    appointment_id: UUID
    kind: LetterKind


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteLetter(Command):
    """A letter that is about no appointment ("please call us"). Result: ``letter_id``."""

    client_id: UUID
    advisor_id: UUID
    kind: LetterKind = LetterKind.PLEASE_CALL


@dataclass(frozen=True, slots=True, kw_only=True)
class ResendLetter(Command):
    """The same letter once more into the outbox, in the same words, to where the client's letters
    go today. Result: ``letter_id``."""

    letter_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveByLetter(Command):
    """The appointment of a letter goes to the first slot that a letter posted next can announce,
    and a new letter says so. Result: ``letter_id``, ``starts``, ``ends`` (instants in ISO)."""

    letter_id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAnswer(Command):
    """What the client answered, and on which day it came. "It fits" confirms the appointment.
    Result: ``letter_id``."""

    letter_id: UUID
    version: int
    answer: LetterAnswer
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLetter:
    letter_id: UUID
    version: int
    pdf: bytes
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPrinted(Command):
    """The printer took them: pending → printed, with the archive copy."""

    letters: tuple[PrintedLetter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPosted(Command):
    """A person says they were posted on ``day``; earliest dates are checked again.

    Result: ``too_early`` – ids of letters whose proposal is now before its earliest date.
    """

    letter_ids: tuple[UUID, ...]
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLetter(Command):
    letter_id: UUID
    version: int
    reason: HoldReason
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseLetter(Command):
    """Held → pending, with its address and dates taken afresh from the client and appointment."""

    letter_id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidLetter(Command):
    """A letter is not sent; paper that was printed and not posted yet is shredded."""

    letter_id: UUID
    version: int


# --- wordings ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveWording(Command):
    """A new version of a wording, in force from a day. ``seen`` is the newest version the author
    saw. Result: ``version_id``, ``number``, ``outdated`` (languages whose translations are)."""

    kind: LetterKind
    language: str
    variant: LetterVariant
    blocks: dict[str, str]
    valid_from: date
    seen: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWording(Command):
    """A native reader has confirmed a translation. Result: ``review_id``."""

    template_version_id: UUID
    reviewed_by: str
    reviewed_on: date


# --- office and mode --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMode(Command):
    """A new row of the mode's history. ``valid_from`` is an instant (UTC). Result: ``mode_id``."""

    office_id: UUID
    mode: Mode
    valid_from: datetime
    source: ModeSource
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawMode(Command):
    """Take a planned change back by a row that says so."""

    mode_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveMasterData(Command):
    """Create or change offices, staff, roles, patterns, absences, hours, closing days, rooms,
    places, hygiene profiles, kinds of appointment, settings. One transaction for all.

    ``removed`` are rows taken off (only kinds that carry no history: hours, closing days,
    patterns, absences, roles, settings, hygiene profiles, places never booked).
    Raises Refused with the field.
    """

    records: tuple[Changeable, ...] = ()
    removed: tuple[Changeable, ...] = ()


# --- drafts -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveDraft(Command):
    """Keep what is being typed; the same ``draft_id`` again replaces it."""

    draft_id: UUID
    form: str
    subject_id: UUID | None
    content: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardDraft(Command):
    draft_id: UUID


# --- undo -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row a command wrote: as it was (None: it was created) and as it stood afterwards."""

    before: Changeable | None
    after: Changeable


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoPlan:
    """What takes a command back. ``label`` is the name of the command's class."""

    label: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(Command):
    """Restore the former values if nothing else has changed since (else Conflict).

    Letters printed meanwhile stay; the result's ``offer_letters`` lists the appointments whose
    client must be told by a new letter.
    """

    plan: UndoPlan
