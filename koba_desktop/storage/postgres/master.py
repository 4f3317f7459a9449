"""Master data held in memory: what hardly ever changes and every question needs.

Offices, staff, hours, rooms and settings are read once, and again when the number the database
counts up with each change of them is another one. Each transaction reads that number in its first
message, so that nothing stale is ever answered, and a slow line carries only what is about people.
"""

import threading
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from sqlalchemy.engine import Dialect

from koba_desktop.domain.entities.modes import RuleSet
from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.records import Record
from koba_desktop.services.ports import After, AnyOf, Before, From
from koba_desktop.storage.mapping import record_of
from koba_desktop.storage.master_kinds import MASTER_KINDS
from koba_desktop.storage.postgres.message import one_message
from koba_desktop.storage.postgres.plain import found
from koba_desktop.storage.postgres.together import compiled, results
from koba_desktop.storage.schema import require_fitting
from koba_desktop.storage.tables import table_of

R = TypeVar("R", bound=Record)

KINDS: tuple[type[Record], ...] = (*MASTER_KINDS, RuleSet)
TABLES = frozenset(table_of(kind).name for kind in KINDS)


class MasterData:
    """All of it as it was at one number. Frozen; shared by all threads."""

    def __init__(self, version: int, rows: dict[type[Record], list[Record]]) -> None:
        self.version = version
        self._rows = rows
        self._by_id = {kind: {each.id: each for each in found} for kind, found in rows.items()}
        self._by_value: dict[tuple[type[Record], str], dict[Any, list[Record]]] = {}

    def lookup(self, kind: type[R], record_id: UUID) -> R | None:
        found: Any = self._by_id[kind].get(record_id)
        return found  # type: ignore[no-any-return]

    def find(self, kind: type[R], order_by: str, limit: int, where: dict[str, Any]) -> list[R]:
        """As ``storage.queries.records.find`` answers."""
        found: Any = self._candidates(kind, where)
        rows = [each for each in found if all(_meets(each, *one) for one in where.items())]
        if order_by:
            name = order_by.removeprefix("-")
            rows.sort(
                key=lambda each: (_sortable(getattr(each, name)), each.id),
                reverse=order_by.startswith("-"),
            )
        return rows[:limit] if limit else rows

    def _candidates(self, kind: type[Record], where: dict[str, Any]) -> Iterable[Record]:
        for name, wanted in where.items():
            if isinstance(wanted, UUID):
                return self._index(kind, name).get(wanted, ())
            if isinstance(wanted, AnyOf) and all(isinstance(each, UUID) for each in wanted.values):
                index = self._index(kind, name)
                return [row for each in dict.fromkeys(wanted.values) for row in index.get(each, ())]
        return self._rows[kind]

    def _index(self, kind: type[Record], name: str) -> dict[Any, list[Record]]:
        index = self._by_value.get((kind, name))
        if index is None:
            index = defaultdict(list)
            for each in self._rows[kind]:
                index[getattr(each, name)].append(each)
            self._by_value[kind, name] = index = dict(index)
        return index


def _meets(row: Record, name: str, wanted: Any) -> bool:
    value = getattr(row, name)
    match wanted:
        case None:
            return value is None
        case Before(bound):
            return value is not None and bool(value < bound)
        case After(bound):
            return value is not None and bool(value > bound)
        case From(bound):
            return value is not None and bool(value >= bound)
        case AnyOf(values):
            return value in values
        case _:
            return bool(value == wanted)


def _sortable(value: Any) -> tuple[bool, Any]:
    return (value is None, "" if value is None else value)


class MasterCache:
    """The master data of one store."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._data: MasterData | None = None

    def at(
        self, version: int, connection: "psycopg.Connection[Any]", dialect: Dialect
    ) -> MasterData:
        """The data as they are at that number, read in this transaction where they are not known.

        The transaction may already see later rows than the number it read says: then the next one
        reads another number and all of them anew.
        """
        data = self._data
        if data is not None and data.version == version:
            return data
        data = MasterData(version, _read_all(connection, dialect))
        with self._lock:
            if self._data is None or self._data.version < version:
                self._data = data
        return data


def _read_all(
    connection: "psycopg.Connection[Any]", dialect: Dialect
) -> dict[type[Record], list[Record]]:
    """All kinds in one message and one answer. Raises Unavailable ``database_newer``,
    ``database_older``: a migration counts the number up, so that whoever was at work then asks."""
    statements = [(found(kind, "", 0, {}, dialect), None) for kind in KINDS]
    asked = [compiled(dialect, *each) for each in statements]
    try:
        with one_message(connection):
            revision = connection.cursor().execute("select version_num from app.alembic_version")
            cursors = [connection.cursor().execute(text, values) for text, values, _ in asked]
    except (psycopg.errors.UndefinedColumn, psycopg.errors.UndefinedTable) as error:
        raise Unavailable("database_newer", where=connection.info.dbname) from error
    # Before the rows are looked at: another revision may have words this program does not know.
    row: Any = revision.fetchone()
    require_fitting(row[0], where=connection.info.dbname)
    answers = results(dialect, statements, asked, cursors)
    return {
        kind: [record_of(kind, row) for row in answer]
        for kind, answer in zip(KINDS, answers, strict=True)
    }
