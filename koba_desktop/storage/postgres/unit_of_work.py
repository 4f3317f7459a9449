"""One write transaction on the shared database."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import psycopg
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from koba_desktop.domain.entities.appointments import Appointment, Hold, Participant
from koba_desktop.domain.entities.bookkeeping import AuditEvent, Draft, ExecutedCommand, Presence
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.rooms import RoomBooking
from koba_desktop.domain.errors import OfficeError, Problem, Refused
from koba_desktop.domain.records import Changeable, Record
from koba_desktop.domain.vocabulary import AuditAction
from koba_desktop.services.locks import Locks
from koba_desktop.services.ports import Reader
from koba_desktop.storage import overlaps
from koba_desktop.storage.errors import OVERLAPS
from koba_desktop.storage.mapping import inserted, insertion
from koba_desktop.storage.postgres.ahead import asked_ahead
from koba_desktop.storage.postgres.errors import constraint, refused, sqlstate
from koba_desktop.storage.postgres.line import WriteLine
from koba_desktop.storage.postgres.locks import ordered
from koba_desktop.storage.postgres.master import KINDS, MasterData
from koba_desktop.storage.postgres.reader import PostgresReader
from koba_desktop.storage.tables import table_of
from koba_desktop.storage.unit_of_work import SqlUnitOfWork

R = TypeVar("R", bound=Record)
C = TypeVar("C", bound=Changeable)

CHANNEL = "koba"
_PAYLOAD = 7_900  # bytes; the server takes less than 8,000
_PLACE_IN_USE = "ix_room_booking_place_in_use"
_NOTED = (AuditAction.VIEW_BLOCKED, AuditAction.PRINT, AuditAction.EXPORT)
# Nobody else's screen shows these.
_UNTOLD = (AuditEvent, Draft, ExecutedCommand, Hold, Presence)


class PostgresUnit(PostgresReader, SqlUnitOfWork):
    """Fulfils ``services.ports.UnitOfWork``. ``owner``: a session that sets up or moves data, which
    writes the audit itself; in all others the database does."""

    def __init__(
        self,
        connection: sa.Connection,
        master: MasterData,
        *,
        by: UUID | None,
        now: datetime,
        owner: bool,
    ) -> None:
        self._line = WriteLine(connection, self._said)
        SqlUnitOfWork.__init__(self, self._line, by=by, now=now)  # type: ignore[arg-type]
        self._master = lambda: master
        self._session = None
        self._dirty = set()
        self._owner = owner
        self._locked: set[int] = set()
        self._told: dict[tuple[str, UUID], None] = {}
        self._too_many = False
        self._clients: dict[UUID, Client] = {}

    # --- reading --------------------------------------------------------------------------------

    def ahead(self, ask: Callable[[Reader], object]) -> Reader:
        self.finish()
        return asked_ahead(self, self._line, ask)

    def get(self, kind: type[R], record_id: UUID) -> R:
        """A client is asked for by every step of a command; the lock keeps him or her as read."""
        if kind is not Client:
            return super().get(kind, record_id)
        if record_id not in self._clients:
            self._clients[record_id] = super().get(Client, record_id)
        return self._clients[record_id]  # type: ignore[return-value]

    def remove_expired_holds(self) -> None:
        """The store does it with the message that begins the transaction."""

    def lock(self, locks: Locks) -> None:
        """Waits for whoever has one of them. Raises Unavailable ``database_locked`` after the
        server's lock_timeout."""
        wanted = [(key, shared) for key, shared in ordered(locks) if key not in self._locked]
        if wanted:
            self._locked.update(key for key, _ in wanted)
            keys, shared = map(list, zip(*wanted, strict=True))
            self._line.later("select app.take_locks(%s::bigint[], %s::boolean[])", (keys, shared))

    # --- writing --------------------------------------------------------------------------------

    def add(self, record: R) -> R:
        """The row is sent with the next question, or with the commit: so is its refusal raised."""
        self._cover(record)
        stored = self._stamped(record)
        kind: type[Record] = type(stored)
        self._line.later(insertion(kind), inserted(stored, self._line.dialect), stored)
        self._note(stored)
        self._tell(stored)
        return stored

    def add_all(self, records: Sequence[Record]) -> None:
        if not self._owner:
            for event in records:
                if isinstance(event, AuditEvent) and event.action in _NOTED:
                    self._audit(event)
            records = [each for each in records if not isinstance(each, AuditEvent)]
        super().add_all(records)
        for record in records:
            self._tell(record)

    def update(self, record: C) -> C:
        self._cover(record)
        stored = super().update(record)
        self._tell(stored)
        return stored

    def remove(self, record: Record) -> None:
        super().remove(record)
        self._tell(record)

    def commit(self, origin: str) -> None:
        """Raises the refusal of a row that was still to be sent; else what psycopg raises."""
        message = self._message(origin)
        self._line.commit(*([f"select pg_notify('{CHANNEL}', '{message}')"] if message else []))

    def _message(self, origin: str) -> str:
        """What other programs are told on commit: who wrote, and which rows; "" for nothing."""
        if not self._told:
            return ""
        rows = ",".join(f"{table}:{record_id.hex}" for table, record_id in self._told)
        text = f"{origin}|{rows}"
        return text if len(text) < _PAYLOAD and not self._too_many else f"{origin}|*"

    def _tell(self, record: Record) -> None:
        if type(record) in KINDS:
            self._dirty.add(type(record))
        if isinstance(record, Client):
            self._clients.clear()
        if isinstance(record, _UNTOLD):
            return
        if len(self._told) > 200:
            self._too_many = True
            return
        self._told[table_of(type(record)).name, record.id] = None

    def _cover(self, record: Record) -> None:
        """Whoever wrote without saying what it is about locks now what the row takes."""
        match record:
            case Appointment():
                self.lock(Locks(advisors=frozenset({record.advisor_id})))
            case Participant(client_id=UUID() as client_id):
                self.lock(Locks(clients=frozenset({client_id})))
            case RoomBooking():
                if not self._locked:
                    self.lock(
                        Locks(
                            shared_offices=frozenset({record.office_id}),
                            places=frozenset({record.place_id}),
                        )
                    )
            case Hold():
                each = {f.name: getattr(record, f.name) for f in fields(record)}
                self.lock(
                    Locks(
                        places=_given(each["place_id"]),
                        advisors=_given(each["advisor_id"]),
                        clients=_given(each["client_id"]),
                    )
                )

    def _audit(self, event: AuditEvent) -> None:
        self._connection.exec_driver_sql(
            "select audit.note(%s, %s, %s, %s, %s)",
            (event.action.value, event.object_kind, event.object_id, event.reason, event.host),
        )

    # --- refusals -------------------------------------------------------------------------------

    @contextmanager
    def _refusing(self, record: Record) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            found = self._said(record, error)
            if found is None:
                raise
            raise found from error

    def _said(self, record: Record, error: DBAPIError | psycopg.Error) -> OfficeError | None:
        """The transaction is over for the server: what stood in the way is asked in another."""
        name, state = constraint(error), sqlstate(error)
        in_use = state == "23505" and name == _PLACE_IN_USE
        again = state == "23505" and name == f"pk_{table_of(type(record)).name}"
        if (state == "23P01" and name in OVERLAPS) or in_use or again:
            self._begin_anew()
            if again:
                return self._conflict(type(record), record.id)
            return overlaps.taken(self._connection, "place_in_use" if in_use else name, record)
        return refused(error, table_of(type(record)).name)

    def _not_written(self, record: Record) -> OfficeError:
        """Another version stands there; or the same, and no policy lets this session write it."""
        found = super()._not_written(record)
        theirs = getattr(found, "theirs", None)
        versions = (getattr(record, "version", None), getattr(theirs, "version", None))
        if theirs is not None and versions[0] == versions[1]:
            return Refused(Problem("not_entitled", where=table_of(type(record)).name))
        return found

    def _begin_anew(self) -> None:
        self._connection.exec_driver_sql("rollback")
        self._connection.exec_driver_sql("begin read only")


def _given(one: UUID | None) -> frozenset[UUID]:
    return frozenset() if one is None else frozenset({one})
