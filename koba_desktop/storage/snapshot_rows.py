"""What one person may see of the days around now, gathered with few questions.

Only ``Reader.find`` is asked, in the person's own session: what the database hides from the person
is not here. A question with many ids is one question, so that a slow line does not matter.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from koba_desktop.domain import rights
from koba_desktop.domain.clock import day_bounds, day_of
from koba_desktop.domain.entities.appointments import (
    Appointment,
    AppointmentChange,
    AppointmentPurpose,
    Participant,
)
from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.domain.entities.clients import (
    Client,
    ClientAddress,
    ClientNote,
    ClientPhone,
    Representative,
)
from koba_desktop.domain.entities.contacts import AttemptNote, CallTask, ContactAttempt
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.modes import IncidenceValue
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.rooms import Place, RoomBooking, Visit
from koba_desktop.domain.entities.staff import Absence, StaffRole
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.records import Record
from koba_desktop.domain.rights import RIGHTS, Right
from koba_desktop.domain.vocabulary import IN_USE
from koba_desktop.services.letters.kinds import UNPRINTED
from koba_desktop.services.ports import AnyOf, Before, From, Reader, Store
from koba_desktop.storage.master_kinds import MASTER_KINDS
from koba_desktop.storage.tables import (
    LONGEST_APPOINTMENT_DAYS,
    LONGEST_BOOKING_DAYS,
    parents_first,
    table_of,
)

DAYS_BACK = 1
DAYS_AHEAD = 13
_INCIDENCE_DAYS = 30
_IDS_AT_ONCE = 1_000
"""Few questions over a slow line, and no answer so long that the window would notice."""

# A participant is a client or a name: without either there is none.
_NEVER_WITHOUT = frozenset({(Participant, "client_id")})

R = TypeVar("R", bound=Record)
Rows = dict[type[Record], dict[UUID, Record]]


@dataclass(frozen=True, slots=True)
class Window:
    """The days of the office's wall clock that are kept, as instants [starts, ends)."""

    today: date
    starts: datetime
    ends: datetime

    @classmethod
    def around(cls, now: datetime) -> "Window":
        today = day_of(now)
        return cls(
            today,
            day_bounds(today - timedelta(days=DAYS_BACK))[0],
            day_bounds(today + timedelta(days=DAYS_AHEAD))[1],
        )

    def touches(self, starts: datetime, ends: datetime) -> bool:
        return starts < self.ends and ends > self.starts


def gather(
    source: Store, now: datetime, staff_id: UUID, offices: Iterable[UUID] | None = None
) -> Rows:
    """All rows of a snapshot, each pointing only to rows that are there too.

    ``offices`` None: every office whose rows the session is shown. A kind of row the session is
    refused as a whole is left out. Raises Unavailable.
    """
    refused: set[type[Record]] = set()
    while True:
        gathering = _Gathering(Window.around(now), staff_id, refused)
        try:
            with source.reading() as reader:
                gathering.read(reader, None if offices is None else tuple(offices))
        except Refused:
            # The transaction is lost with the question: the next one leaves it out.
            if gathering.asked in refused or gathering.asked in MASTER_KINDS:
                raise
            refused.add(gathering.asked)
        else:
            return _without_loose_ends(gathering.rows)


@dataclass
class _Gathering:
    window: Window
    staff_id: UUID
    refused: set[type[Record]]
    rows: Rows = field(default_factory=lambda: defaultdict(dict))
    asked: type[Record] = Office

    def read(self, reader: Reader, offices: tuple[UUID, ...] | None) -> None:
        self._reader = reader
        for kind in MASTER_KINDS:
            self.find(kind)
        self.find(Absence, ends=From(self.window.starts))
        first = self.window.today - timedelta(days=_INCIDENCE_DAYS)
        self.find(IncidenceValue, day=From(first))
        self.find(Draft, author_id=self.staff_id)
        roles = rights.in_force(
            (role for role in self.of(StaffRole) if role.staff_id == self.staff_id),
            self.window.today,
        )
        if any(Right.RECEIVE_VISITORS in RIGHTS[role.role] for role in roles):
            ours = tuple(self.rows[Office]) if offices is None else offices
            self._appointments(ours)
            self._calls(ours)
            self._clients()
            readable = frozenset(
                role.office_id for role in roles if Right.READ_SOCIAL_DATA in RIGHTS[role.role]
            )
            if readable:
                self._social_data(readable)

    # --- what happens in these days ---------------------------------------------------------------

    def _appointments(self, offices: tuple[UUID, ...]) -> None:
        window, ours = self.window, AnyOf(offices)
        # One plain bound below is a short stretch of the index, however long the past is.
        back = timedelta(days=LONGEST_APPOINTMENT_DAYS)
        self.find(
            Appointment,
            office_id=ours,
            starts=From(window.starts - back),
            ends=Before(window.ends + back),
        )
        back = timedelta(days=LONGEST_BOOKING_DAYS)
        self.find(
            RoomBooking,
            office_id=ours,
            starts=From(window.starts - back),
            blocked_until=Before(window.ends + back),
        )
        self._leave(Appointment, lambda a: window.touches(a.starts, a.ends))
        self._leave(RoomBooking, lambda b: window.touches(b.starts, b.blocked_until))
        self.find_many(RoomBooking, "place_id", self.rows[Place], state=AnyOf.of(IN_USE))
        self.find(Letter, office_id=ours, state=AnyOf(UNPRINTED))

    def _calls(self, offices: tuple[UUID, ...]) -> None:
        """Open tasks, those closed in these days, their attempts; then what all is about."""
        ours = AnyOf(offices)
        self.find(CallTask, office_id=ours, closed_at=None)
        self.find(CallTask, office_id=ours, closed_at=From(self.window.starts))
        self.find_many(ContactAttempt, "call_task_id", self.rows[CallTask])
        about = self._named("appointment_id", CallTask, Letter, RoomBooking)
        self.find_many(Appointment, "id", about - self.rows[Appointment].keys())
        appointments = self.rows[Appointment]
        for kind in (Participant, Visit, RoomBooking, Letter, AppointmentChange):
            self.find_many(kind, "appointment_id", appointments)
        known = self.rows[CallTask].keys()
        self.find_many(CallTask, "id", self._named("call_task_id", Letter) - known)

    def _clients(self) -> None:
        """Those that appear anywhere. A blocked address (§ 51 BMG) is not kept on this PC, nor a
        letter with it."""
        wanted = self._named("client_id", Participant, CallTask, ContactAttempt, Letter)
        self.find_many(Client, "id", wanted)
        self.find_many(ClientPhone, "client_id", wanted)
        open_ones = {client.id for client in self.of(Client) if not client.address_blocked}
        self.find_many(ClientAddress, "client_id", open_ones)
        self.find_many(Representative, "client_id", open_ones)
        self._leave(Letter, lambda letter: letter.client_id in open_ones)

    def _social_data(self, readable: frozenset[UUID]) -> None:
        mine, me = readable, self.staff_id
        self.find_many(
            AppointmentPurpose,
            "appointment_id",
            {a.id for a in self.of(Appointment) if a.office_id in mine or a.advisor_id == me},
        )
        self.find_many(
            AttemptNote,
            "attempt_id",
            {a.id for a in self.of(ContactAttempt) if a.office_id in mine or a.staff_id == me},
        )
        self.find_many(
            AttemptNote,
            "call_task_id",
            {t.id for t in self.of(CallTask) if t.office_id in mine or t.advisor_id == me},
        )
        self.find_many(
            ClientNote,
            "client_id",
            {c.id for c in self.of(Client) if c.office_id in mine or c.advisor_id == me},
        )

    # --- asking -----------------------------------------------------------------------------------

    def of(self, kind: type[R]) -> Iterator[R]:
        for record in self.rows[kind].values():
            assert isinstance(record, kind)
            yield record

    def find(self, kind: type[Record], **where: Any) -> None:
        if kind not in self.refused:
            self.asked = kind
            self.rows[kind].update((r.id, r) for r in self._reader.find(kind, **where))

    def find_many(self, kind: type[Record], column: str, ids: Iterable[UUID], **where: Any) -> None:
        wanted = sorted(ids)
        for start in range(0, len(wanted), _IDS_AT_ONCE):
            some = AnyOf(tuple(wanted[start : start + _IDS_AT_ONCE]))
            self.find(kind, **{column: some}, **where)

    def _named(self, column: str, *kinds: type[Record]) -> set[UUID]:
        """The ids that stand in a column of these kinds."""
        rows = (row for kind in kinds for row in self.rows[kind].values())
        return {found for row in rows if (found := getattr(row, column)) is not None}

    def _leave(self, kind: type[R], wanted: Any) -> None:
        self.rows[kind] = {r.id: r for r in self.of(kind) if wanted(r)}


def _without_loose_ends(rows: Rows) -> Rows:
    """Rows point only to rows that are there: what the session was not shown is not pointed to,
    and what means nothing without it goes."""
    whole: Rows = {}
    kinds = {table_of(kind).name: kind for kind in rows}
    for kind in sorted(rows, key=parents_first):
        table = table_of(kind)
        references = [
            (column.name, kinds.get(key.column.table.name, Record), bool(column.nullable))
            for column in table.columns
            for key in column.foreign_keys
        ]
        kept: dict[UUID, Record] = {}
        for record in sorted(rows[kind].values(), key=lambda record: record.id):
            loose = [
                (name, optional and (kind, name) not in _NEVER_WITHOUT)
                for name, parent, optional in references
                if (target := getattr(record, name)) is not None
                and target not in (kept if parent is kind else whole.get(parent, {}))
            ]
            if all(optional for _name, optional in loose):
                cleared: dict[str, Any] = {name: None for name, _optional in loose}
                kept[record.id] = replace(record, **cleared) if cleared else record
        whole[kind] = kept
    return whole
