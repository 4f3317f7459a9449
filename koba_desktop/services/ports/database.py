"""What the use cases need of a database."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from uuid import UUID

from koba_desktop.domain.entities.bookkeeping import Presence
from koba_desktop.domain.postcodes import KnownAddress
from koba_desktop.domain.records import Changeable, Record
from koba_desktop.domain.vocabulary import LetterState
from koba_desktop.services.locks import Locks
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

R = TypeVar("R", bound=Record)
C = TypeVar("C", bound=Changeable)


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
        limit: int | None = 500,
        oldest: bool = False,
    ) -> list[OutboxRow]:
        """Letters of an office in these states (empty = all), latest last; ``text`` filters by
        recipient or reference, ``posted_after`` to those posted after that day. Where there are
        more than ``limit`` the newest ones, or the ``oldest``."""

    def letters_about(self, appointment_id: UUID) -> list[OutboxRow]:
        """The letters (not withdrawn) about an appointment, latest last."""

    def count_letters(
        self,
        office_id: UUID,
        states: Sequence[str],
        *,
        text: str = "",
        posted_after: date | None = None,
    ) -> dict[LetterState, int]:
        """How many letters there are in each of these states; none is left out. Otherwise as
        ``outbox``."""

    def known_addresses(self, office_id: UUID, towns: Sequence[str]) -> list[KnownAddress]:
        """Where clients of an office live in these towns of Germany, each place once; blocked
        addresses are left out."""

    def doubtful_letters(self, office_id: UUID, before: datetime, today: date) -> list[OutboxRow]:
        """Of the pending letters those that must be looked at before they are counted as letters
        to be printed, latest last: claimed by a run, addressed to who gets the client's letters
        until a day before ``today``, or about an appointment that begins before
        ``before`` or may not take place (any more) as they say."""

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

    def lock(self, locks: Locks) -> None:
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
