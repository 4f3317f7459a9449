"""What the use cases need of the outside. ``storage``, ``letters`` and ``system`` fulfil it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from uuid import UUID

from koba_desktop.domain.entities.bookkeeping import Presence
from koba_desktop.domain.errors import OfficeError, Problem
from koba_desktop.domain.records import Appended, Changeable, Record
from koba_desktop.domain.vocabulary import LetterKind, LetterVariant
from koba_desktop.services.rows import (
    AppointmentRow,
    ArrivalRow,
    AttemptRow,
    ClientPage,
    OutboxRow,
    PlaceTime,
    RoomBookingRow,
    TaskRow,
)

if TYPE_CHECKING:
    from koba_desktop.services.audit.rows import AuditFilter, AuditKey, AuditRow
    from koba_desktop.services.calendar.day_list import DayList
    from koba_desktop.services.contacts.call_list import CallList
    from koba_desktop.services.letters.reply_slips import BlankSlips
    from koba_desktop.services.locking import Locks
    from koba_desktop.services.outage.emergency_list import EmergencyList
    from koba_desktop.services.rooms.door_plan import DoorPlan

R = TypeVar("R", bound=Record)
C = TypeVar("C", bound=Changeable)
A = TypeVar("A", bound=Appended)


@dataclass(frozen=True, slots=True)
class Before:
    """Condition of ``find``: the column is smaller than ``value``."""

    value: Any


@dataclass(frozen=True, slots=True)
class After:
    """Condition of ``find``: the column is greater than ``value``."""

    value: Any


@dataclass(frozen=True, slots=True)
class From:
    """Condition of ``find``: the column is ``value`` or greater."""

    value: Any


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Condition of ``find``: the column is one of ``values``."""

    values: tuple[Any, ...]

    @classmethod
    def of(cls, values: Iterable[Any]) -> "AnyOf":
        return cls(tuple(values))


class Reader(Protocol):
    """A consistent view of the database (one read transaction). All rows are frozen."""

    # --- records by identity and by equal columns -----------------------------------------------

    def get(self, kind: type[R], record_id: UUID) -> R:
        """The record, or NotFound."""

    def find(self, kind: type[R], *, order_by: str = "", limit: int = 0, **where: Any) -> list[R]:
        """Records whose columns meet all conditions (a value, None, Before, After, From, AnyOf).

        ``order_by`` is a column name, with "-" in front for descending.
        """

    def ahead(self, ask: "Callable[[Reader], object]") -> "Reader":
        """A reader that knows the answers to what ``ask`` asks, fetched together: over a slow line
        one question costs as much as ten. ``ask`` must not look at what it is answered.
        """

    # --- queries made for a screen --------------------------------------------------------------

    def search_clients(
        self,
        text: str,
        *,
        office_ids: Sequence[UUID] = (),
        advisor_id: UUID | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> ClientPage:
        """Clients by any part of name, number, phone or birth date; empty text lists all by name.

        All words must match. Only clients of these offices and those ``advisor_id`` is
        responsible for; neither means all.
        """

    def appointments_between(
        self,
        office_id: UUID,
        starts: datetime,
        ends: datetime,
        *,
        advisor_ids: Sequence[UUID] = (),
    ) -> list[AppointmentRow]:
        """Appointments (not withdrawn) touching [starts, ends), by start; no ids: all advisors."""

    def advisor_times(
        self, advisor_id: UUID, starts: datetime, ends: datetime, *, ignore: UUID | None = None
    ) -> list[tuple[datetime, datetime]]:
        """Start and end of the advisor's active appointments touching [starts, ends), in any
        office, by start; without the appointment to ``ignore``."""

    def times_of_advisors(
        self, advisor_ids: Sequence[UUID], starts: datetime, ends: datetime
    ) -> dict[UUID, list[tuple[datetime, datetime]]]:
        """The same of many advisors at once, by advisor; who has none may be missing."""

    def appointment_rows(self, ids: Sequence[UUID]) -> list[AppointmentRow]:
        """The rows of these appointments, by start."""

    def client_appointments(self, client_id: UUID, *, limit: int = 50) -> list[AppointmentRow]:
        """All appointments of a client, latest first."""

    def find_reference(self, reference: str) -> UUID | None:
        """The appointment with that reference (spaces and case do not matter)."""

    def open_tasks(self, advisor_id: UUID) -> list[TaskRow]:
        """Open call tasks of an advisor with their attempts' count and last attempt, by due."""

    def tasks_closed_between(
        self, advisor_id: UUID, starts: datetime, ends: datetime
    ) -> list[TaskRow]:
        """Call tasks closed in [starts, ends)."""

    def client_attempts(
        self, client_id: UUID, *, limit: int = 50, notes: bool = True
    ) -> list[AttemptRow]:
        """Attempts (not withdrawn), latest first; ``notes`` False: without what was noted, which
        is not read."""

    def outbox(
        self,
        office_id: UUID,
        *,
        states: Sequence[str] = (),
        text: str = "",
        posted_after: date | None = None,
        limit: int = 500,
    ) -> list[OutboxRow]:
        """Letters of an office in these states (empty = all), latest last; ``text`` filters by
        recipient or reference, ``posted_after`` to those posted after that day."""

    def letters_about(self, appointment_id: UUID) -> list[OutboxRow]:
        """The letters (not withdrawn) about an appointment, latest last."""

    def count_letters(self, office_id: UUID, states: Sequence[str]) -> int: ...

    def room_bookings_between(
        self, office_id: UUID, starts: datetime, ends: datetime
    ) -> list[RoomBookingRow]:
        """Active bookings of the office's places that touch [starts, ends), by start."""

    def rooms_used_between(
        self, office_id: UUID, starts: datetime, ends: datetime
    ) -> list[RoomBookingRow]:
        """The same with bookings that are over (free), without those given back."""

    def still_in_use(self, office_id: UUID, before: datetime) -> list[RoomBookingRow]:
        """Bookings whose time was over before an instant, and that are still occupied, aired or
        cleaned: somebody forgot to say so."""

    def place_times(self, office_id: UUID, starts: datetime, ends: datetime) -> list[PlaceTime]:
        """When which place of the office is taken in [starts, ends), pauses included, and what is
        still in use from before."""

    def arrivals(self, office_id: UUID, starts: datetime, ends: datetime) -> list[ArrivalRow]:
        """Personal appointments (not withdrawn) that begin in [starts, ends), by start."""

    def audit_events(
        self, wanted: "AuditFilter", *, limit: int, after: "AuditKey | None" = None
    ) -> "list[AuditRow]":
        """The latest events that meet the filter, from those after ``after`` (older than it)."""

    def count_audit_events(self, wanted: "AuditFilter") -> int: ...


class UnitOfWork(Reader, Protocol):
    """One write transaction. It ends whole or not at all.

    The database refuses overlaps (``Taken``) and stale versions (``Conflict``).
    """

    def lock(self, locks: "Locks") -> None:
        """Wait until nobody else writes what these locks name, and keep others from it until the
        end. Called once, before anything is read. Raises Unavailable."""

    def add(self, record: R) -> R:
        """Insert; returns the record as stored (version 1, stamped)."""

    def add_all(self, records: Sequence[Record]) -> None:
        """Insert many rows fast (imports, demo data)."""

    def update(self, record: C) -> C:
        """Write a changed record; its ``version`` must be the stored one. Returns it as stored."""

    def remove(self, record: Record) -> None:
        """Delete a row that carries no history of its own (draft, hold, a phone taken off)."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """What another program committed: names of tables with ids; ``everything`` where that is not
    known (a local file, a connection that was away)."""

    rows: frozenset[tuple[str, UUID]] = frozenset()
    everything: bool = False


class Store(Protocol):
    """A database, whichever it is."""

    def reading(self) -> AbstractContextManager[Reader]: ...

    def writing(self, *, by: UUID | None, now: datetime) -> AbstractContextManager[UnitOfWork]:
        """A transaction of its own; commits on leaving, rolls back on an exception.

        Expired holds are removed first. Raises Unavailable, Taken, Conflict.
        """

    def watch(
        self,
        changed: Callable[[Foreign], None],
        reachable: Callable[[bool], None] | None = None,
    ) -> Callable[[], None]:
        """Call ``changed`` (from any thread) when another program committed, and ``reachable``
        when the database went away or came back. Returns a stop."""

    def mark_present(self, presence: Presence) -> None:
        """Say, or say again, that somebody has something open. Raises Unavailable."""

    def mark_gone(self, presence: Presence) -> None:
        """It was closed. Raises Unavailable."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class CourtesyText:
    """A translation that goes along with a German letter. Until a native reader has confirmed it,
    ``reviewed_by`` is empty and ``reviewed_on`` None, and the page says so."""

    language: str
    blocks: Mapping[str, str]
    reviewed_by: str = ""
    reviewed_on: date | None = None


@dataclass(frozen=True, slots=True)
class LetterSource:
    """All that a letter is rendered from. ``blocks`` are the binding German wording, ``data`` what
    was frozen into the letter; ``demo`` says on the page that it is a specimen."""

    kind: LetterKind
    blocks: Mapping[str, str]
    data: dict[str, Any]
    variant: str = LetterVariant.STANDARD
    translation: CourtesyText | None = None
    demo: bool = False


@dataclass(frozen=True, slots=True)
class RenderedLetter:
    """A finished PDF and what the window check found (empty = every rule kept)."""

    pdf: bytes
    pages: int
    violations: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchedLetter:
    """One letter of a batch: its pages (``first_page`` from 0) in the batch's PDF; one that could
    not be set has none, and the reason as ``error``."""

    first_page: int
    pages: int
    violations: tuple[Any, ...] = ()
    error: OfficeError | None = None


@dataclass(frozen=True, slots=True)
class RenderedBatch:
    """Many letters in one PDF, those that are right; ``letters`` are in the order given."""

    pdf: bytes
    letters: tuple[BatchedLetter, ...]


class LetterRenderer(Protocol):
    def render(self, source: LetterSource) -> RenderedLetter:
        """The PDF of one letter, checked.

        Raises Refused with ``address_does_not_fit``, ``unprintable_character``,
        ``placeholder_unknown``, ``placeholder_missing`` …, naming the place; Unavailable
        ``font_missing``.
        """

    def render_batch(
        self,
        sources: Iterable[LetterSource],
        proceed: Callable[[int], bool] = ...,
        *,
        both_sides: bool = False,
    ) -> RenderedBatch:
        """One PDF of many letters, each page checked against the envelope's window. A letter that
        is refused or breaks a rule is left out and says why. ``proceed`` is asked with the number
        of letters set so far; False ends the batch there. For paper printed on ``both_sides`` an
        empty page stands behind an odd number of them, so that each letter begins on a sheet."""

    def archived(self, source: LetterSource) -> bytes:
        """The letter as tagged PDF/A-2b for the archive. Raises as ``render``, and Refused
        ``archive_not_valid``."""

    def window(self, data: dict[str, Any]) -> tuple[float, float, float, float]:
        """What the window of the letter's envelope shows of its sheet however it lies in there:
        left, top, width, height in mm."""


class WordingDesk(Protocol):
    """What the editor of wordings asks of the fonts and of the sheet. Fulfilled by
    ``letters.wording_desk.Wordings``."""

    def shipped(self, kind: LetterKind, language: str, variant: str) -> Mapping[str, str]:
        """The wording that comes with the program. Raises NotFound."""

    def sample(
        self,
        kind: LetterKind,
        language: str,
        variant: str,
        blocks: Mapping[str, str],
        master: Mapping[str, str],
        *,
        conditions: Collection[str] = (),
        hard: bool = True,
        review: tuple[str, date] | None = None,
    ) -> RenderedLetter:
        """A letter in this wording with the hardest data there is (long name, six lines of
        address), or easy ones, in the case of these ``conditions``; of a translation the page
        behind its German ``master``, with who has checked it and when. Raises as ``render``."""

    def placeholders(
        self, kind: LetterKind, language: str, variant: str, blocks: Mapping[str, str]
    ) -> Mapping[str, Mapping[str, str]]:
        """What each block may use, with what stands there in a sample."""

    def problems(
        self,
        kind: LetterKind,
        language: str,
        variant: str,
        blocks: Mapping[str, str],
        master: Mapping[str, str],
    ) -> tuple[Problem, ...]:
        """Why this wording cannot be saved: unknown placeholder, missing glyph, overflow, what the
        German ``master`` says and the translation does not; ``where`` is the block. Tried with
        short and with the hardest data, and under every condition a block has versions for."""


class DoorPlanRenderer(Protocol):
    """Fulfilled by ``letters.door_plan.DoorPlans``."""

    def render(self, plan: "DoorPlan", made_at: datetime) -> bytes:
        """The PDF of the plans on the doors: an overview for the entrance, then each room's page.
        ``made_at`` stands at the foot.

        Numbers, never names. Raises Refused: ``unprintable_character``, ``text_does_not_fit``.
        """


class EmergencyListRenderer(Protocol):
    """Fulfilled by ``letters.emergency_list.EmergencyLists``."""

    def render(self, content: "EmergencyList") -> bytes:
        """The PDF of the list for an outage, with room to write by hand. It names clients. A
        character the fonts lack stands there as a sign that the page explains."""


class PaperRenderer(Protocol):
    """Lists and slips, German whatever the screen speaks. Fulfilled by ``letters.papers.Papers``.

    As in the list for an outage, a character the fonts lack stops no list.
    """

    def day_list(self, content: "DayList") -> bytes:
        """The PDF of a day's appointments. It names clients."""

    def call_list(self, content: "CallList") -> bytes:
        """The PDF of whom to call. It names clients."""

    def reply_slips(self, slips: "Sequence[LetterSource]") -> bytes:
        """The PDF of the slips of appointments, three on a sheet.

        Raises Refused: ``slips_none``, ``block_missing``, ``placeholder_unknown``,
        ``placeholder_missing``, ``text_does_not_fit`` …
        """

    def blank_slips(self, content: "BlankSlips") -> bytes:
        """The PDF of three slips on which people write who they are."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as pixels: rows of ``stride`` bytes, each pixel red, green, blue, alpha."""

    width: int
    height: int
    stride: int
    data: bytes


class ProofPageRenderer(Protocol):
    """Fulfilled by ``letters.test_page.ProofPages``."""

    def render(self, *, form: str, envelope: str, printer: str, tray: str, made_on: date) -> bytes:
        """The page that shows on paper whether a printer keeps to 100 % and an address lies in the
        window; for the settings ``letters.form`` and ``letters.envelope``. ``printer`` and
        ``tray`` as people call them."""


class PagePreview(Protocol):
    def page_image(self, pdf: bytes, page: int, dpi: float) -> PageImage:
        """Page ``page`` (from 0) of a PDF on white. Raises NotFound, Unavailable."""

    def page_count(self, pdf: bytes) -> int: ...


@dataclass(frozen=True, slots=True)
class PrintSettings:
    """How a job is printed. ``tray`` is the printer's own word for it, "" its usual one."""

    tray: str = ""
    duplex: bool = False
    copies: int = 1


@dataclass(frozen=True, slots=True)
class PrinterOptions:
    """What a printer can do. ``trays``: its own word for each, and how people call it."""

    trays: tuple[tuple[str, str], ...] = ()
    duplex: bool = False


class Printers(Protocol):
    @property
    def vector(self) -> bool:
        """Whether printers get the PDF itself; else its pages as pictures, which takes longer."""

    def names(self) -> list[str]: ...

    def options(self, printer: str) -> PrinterOptions:
        """Raises Unavailable ``printer_missing``, ``print_program_missing``."""

    def send(
        self,
        pdf: Path,
        *,
        printer: str,
        title: str,
        settings: PrintSettings = PrintSettings(),
        proceed: Callable[[], bool] = lambda: True,
    ) -> None:
        """Print the PDF at 100 %; returns once the printer took all of it, which may be minutes.
        ``proceed`` is asked again and again meanwhile; False takes the job back. Raises
        Unavailable: ``printer_missing``, ``print_failed``, ``print_cancelled``,
        ``print_program_missing``; then nothing is left in the queue."""


class Holidays(Protocol):
    def name(self, day: date) -> str | None:
        """The public holiday of the office's state on that day, in the language of the screen."""
