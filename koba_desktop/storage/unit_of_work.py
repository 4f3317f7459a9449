"""One write transaction: ``services.ports.UnitOfWork`` on one connection."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from koba_desktop.domain.entities.appointments import Hold
from koba_desktop.domain.entities.clients import Client, ClientPhone
from koba_desktop.domain.errors import Conflict, OfficeError
from koba_desktop.domain.records import Appended, Changeable, Record
from koba_desktop.services.locks import Locks
from koba_desktop.storage import overlaps, search
from koba_desktop.storage.errors import OVERLAPS, raised, violated
from koba_desktop.storage.mapping import field_names, insert_many, values_of
from koba_desktop.storage.queries.records import lookup
from koba_desktop.storage.reader import SqlReader
from koba_desktop.storage.tables import parents_first, table_of

R = TypeVar("R", bound=Record)
C = TypeVar("C", bound=Changeable)


class SqlUnitOfWork(SqlReader):
    """Fulfils ``services.ports.UnitOfWork``; stamps every row with ``by`` and ``now``."""

    def __init__(self, connection: sa.Connection, *, by: UUID | None, now: datetime) -> None:
        super().__init__(connection)
        self._by = by
        self._now = now
        self._to_index: set[UUID] = set()

    # --- writing --------------------------------------------------------------------------------

    def lock(self, locks: Locks) -> None:
        """Nothing to do: a file has one writer at a time, from the beginning of the transaction."""

    def add(self, record: R) -> R:
        stored = self._stamped(record)
        with self._refusing(stored):
            self._connection.execute(sa.insert(table_of(type(stored))), values_of(stored))
        self._note(stored)
        return stored

    def add_all(self, records: Sequence[Record]) -> None:
        """Rows of any kinds in any order; rows that point to rows of their own kind after those.

        Stamps they bring along are kept: imported data have a past of their own.
        """
        by_kind: dict[type[Record], list[Record]] = defaultdict(list)
        for record in records:
            by_kind[type(record)].append(self._completed(record))
        fresh = by_kind.get(Client, ())
        phones = by_kind.get(ClientPhone, ())
        for kind in sorted(by_kind, key=parents_first):
            with self._refusing(by_kind[kind][0]):
                insert_many(self._connection, kind, by_kind[kind])
        self._index_fresh(fresh, phones)

    def update(self, record: C) -> C:
        table = table_of(type(record))
        stored = replace(
            record, version=record.version + 1, changed_at=self._now, changed_by=self._by
        )
        values = values_of(stored)
        # An id among the values, though the same, makes SQLite look through all that points to it.
        del values["id"]
        statement = sa.update(table).where(
            table.c.id == record.id, table.c.version == record.version
        )
        with self._refusing(stored):
            done = self._connection.execute(statement.values(values))
        if done.rowcount == 0:
            raise self._not_written(record)
        self._note(stored)
        return stored

    def remove(self, record: Record) -> None:
        table = table_of(type(record))
        statement = sa.delete(table).where(table.c.id == record.id)
        if isinstance(record, Changeable):
            statement = statement.where(table.c.version == record.version)
        with self._refusing(record):
            done = self._connection.execute(statement)
        if done.rowcount == 0:
            raise self._not_written(record)
        self._note(record)

    def finish(self) -> None:
        """Bring the search tables up to date; called before the transaction commits."""
        if self._to_index:
            search.refresh(self._connection, self._to_index)
            self._to_index.clear()

    def remove_expired_holds(self) -> None:
        """Holds end by the injected clock; every write begins with this."""
        hold = table_of(Hold)
        self._connection.execute(sa.delete(hold).where(hold.c.until <= self._now))

    # --- stamping -------------------------------------------------------------------------------

    def _stamped(self, record: R) -> R:
        """The record as it is stored now, by whom."""
        values: dict[str, Any] = {}
        if isinstance(record, Changeable):
            values = {"version": 1, "changed_at": self._now, "changed_by": self._by}
        elif isinstance(record, Appended):
            values = {"created_by": self._by}
        if "created_at" in field_names(type(record)):
            values["created_at"] = self._now
        return replace(record, **values)

    def _completed(self, record: Record) -> Record:
        """The record with the stamps it does not bring along itself."""
        values: dict[str, Any] = {}
        if isinstance(record, Changeable):
            if record.version != 1:
                values["version"] = 1
            if record.changed_at is None:
                values |= {"changed_at": self._now, "changed_by": self._by}
        if getattr(record, "created_at", self._now) is None:
            values["created_at"] = self._now
            if isinstance(record, Appended):
                values["created_by"] = self._by
        return replace(record, **values) if values else record

    # --- searching ------------------------------------------------------------------------------

    def _current(self) -> sa.Connection:
        self.finish()
        return self._connection

    def _note(self, record: Record) -> None:
        match record:
            case Client():
                self._to_index.add(record.id)
            case ClientPhone():
                self._to_index.add(record.client_id)

    def _index_fresh(self, clients: Iterable[Record], phones: Iterable[Record]) -> None:
        """Search rows for many new clients at once; their numbers come from the same batch."""
        fresh = {client.id: client for client in clients if isinstance(client, Client)}
        numbers: dict[UUID, list[str]] = defaultdict(list)
        for phone in phones:
            assert isinstance(phone, ClientPhone)
            if phone.client_id in fresh:
                numbers[phone.client_id] += [phone.typed, phone.e164 or ""]
            else:
                self._to_index.add(phone.client_id)
        if fresh:
            search.insert(self._connection, list(fresh.values()), numbers)

    # --- refusals -------------------------------------------------------------------------------

    @contextmanager
    def _refusing(self, record: Record) -> Iterator[None]:
        """Turns a refusal of the database into the domain's."""
        try:
            yield
        except IntegrityError as error:
            raise self._refusal(record, error) from error

    def _refusal(self, record: Record, error: IntegrityError) -> OfficeError:
        word = raised(error)
        kind = type(record)
        if word in OVERLAPS:
            return overlaps.taken(self._connection, word, record)
        if word == overlaps.PLACE_IN_USE:
            return overlaps.taken(self._connection, "place_in_use", record)
        if word == f"UNIQUE constraint failed: {table_of(kind).name}.id":
            return self._conflict(kind, record.id)
        return violated(error, table_of(kind).name)

    def _not_written(self, record: Record) -> OfficeError:
        """No row of that version was there to be written."""
        return self._conflict(type(record), record.id)

    def _conflict(self, kind: type[Record], record_id: UUID) -> Conflict:
        """Somebody else wrote the row (or removed it: ``theirs`` is None)."""
        theirs = lookup(self._connection, kind, record_id)
        return Conflict(
            kind.__name__,
            theirs,
            changed_by=getattr(theirs, "changed_by", getattr(theirs, "created_by", None)),
            changed_at=getattr(theirs, "changed_at", getattr(theirs, "created_at", None)),
        )
