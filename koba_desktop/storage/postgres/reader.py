"""A consistent view of the shared database."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from koba_desktop.domain.errors import NotFound
from koba_desktop.domain.records import Record
from koba_desktop.services.ports import Reader
from koba_desktop.storage.mapping import record_of
from koba_desktop.storage.postgres.ahead import asked_ahead
from koba_desktop.storage.postgres.master import KINDS, MasterData
from koba_desktop.storage.postgres.plain import found as asked_plainly
from koba_desktop.storage.postgres.session import ReadSession
from koba_desktop.storage.queries.audit import terms
from koba_desktop.storage.reader import SqlReader

R = TypeVar("R", bound=Record)

_TIMES = sa.text(
    "select advisor_id, appointment_id, starts, ends"
    " from app.advisor_times(cast(:advisors as uuid[]), :starts, :ends)"
)


_SUBJECTS = sa.text("select app.audit_subjects(cast(:meant as uuid), :code, :number)")
_REFERENCES = sa.text("select at, code from app.audit_references(cast(:ids as uuid[]))")


class PostgresReader(SqlReader):
    """Answers master data from memory; when an advisor is taken it asks past the policies, as the
    times of other offices count and nothing else of them is told."""

    def __init__(
        self, connection: Any, master: Callable[[], MasterData], session: ReadSession | None = None
    ) -> None:
        super().__init__(connection)
        self._master = master
        self._session = session
        self._dirty: set[type[Record]] = set()

    def ahead(self, ask: Callable[[Reader], object]) -> Reader:
        """In one journey; what a transaction that writes asks comes one by one."""
        return self if self._session is None else asked_ahead(self, self._session, ask)

    def on(self, connection: Any) -> "PostgresReader":
        """The same reader on another connection."""
        reader = PostgresReader(connection, self._master)
        reader._dirty = self._dirty
        return reader

    def _remembered(self, kind: type[Record]) -> bool:
        return kind in KINDS and kind not in self._dirty

    def get(self, kind: type[R], record_id: UUID) -> R:
        if self._remembered(kind):
            found = self._master().lookup(kind, record_id)
        else:
            rows = self.find(kind, id=record_id)
            found = rows[0] if rows else None
        if found is None:
            raise NotFound("not_found", where=str(record_id), kind=kind.__name__)
        return found

    def find(self, kind: type[R], *, order_by: str = "", limit: int = 0, **where: Any) -> list[R]:
        if self._remembered(kind):
            return self._master().find(kind, order_by, limit, where)
        connection: Any = self._connection
        question = asked_plainly(kind, order_by, limit, where, connection.dialect)
        return [record_of(kind, row) for row in connection.execute(question).all()]

    def advisor_times(
        self, advisor_id: UUID, starts: datetime, ends: datetime, *, ignore: UUID | None = None
    ) -> list[tuple[datetime, datetime]]:
        return [
            (row.starts, row.ends)
            for row in self._times([advisor_id], starts, ends)
            if row.appointment_id != ignore
        ]

    def times_of_advisors(
        self, advisor_ids: Sequence[UUID], starts: datetime, ends: datetime
    ) -> dict[UUID, list[tuple[datetime, datetime]]]:
        times: dict[UUID, list[tuple[datetime, datetime]]] = {}
        for row in self._times(advisor_ids, starts, ends):
            times.setdefault(row.advisor_id, []).append((row.starts, row.ends))
        return times

    def audit_subjects(self, text: str) -> Sequence[UUID]:
        """Past the policies: whoever reads the audit sees no clients, and is told ids only."""
        meant, code, number = terms(text)
        values = {"meant": meant, "code": code, "number": number}
        return self._connection.execute(_SUBJECTS, values).scalars().all()

    def audit_references(self, ids: Sequence[UUID]) -> Mapping[UUID, str]:
        rows = self._connection.execute(_REFERENCES, {"ids": list(ids)})
        return {row.at: row.code for row in rows}

    def _times(self, advisors: Sequence[UUID], starts: datetime, ends: datetime) -> Any:
        from koba_desktop.storage.types import Instant

        query = _TIMES.columns(starts=Instant(), ends=Instant())
        values = {"advisors": list(advisors), "starts": starts, "ends": ends}
        return self._connection.execute(query, values).all()
