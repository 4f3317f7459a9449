"""Master data held in memory: what hardly ever changes and every question needs.

Offices, staff, hours, rooms and settings are read once, and again when the number the database
counts up with each change of them is another one. Each transaction reads that number in its first
message, so that nothing stale is ever answered, and a slow line carries only what is about people.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

import psycopg
import sqlalchemy as sa

from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.entities.letters import Template, TemplateVersion
from koba_desktop.domain.entities.modes import OperatingMode, RuleSet
from koba_desktop.domain.entities.office import ClosingDay, Office, OpeningHours, Setting
from koba_desktop.domain.entities.rooms import HygieneProfile, Place, Room
from koba_desktop.domain.entities.staff import Staff, StaffRole, WorkingPattern
from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.records import Record
from koba_desktop.services.ports import After, AnyOf, Before, From
from koba_desktop.storage.mapping import field_names
from koba_desktop.storage.schema import require_fitting
from koba_desktop.storage.tables import table_of
from koba_desktop.storage.types import Instant, Tuple

R = TypeVar("R", bound=Record)

KINDS: tuple[type[Record], ...] = (
    Office,
    OpeningHours,
    ClosingDay,
    Setting,
    Staff,
    StaffRole,
    WorkingPattern,
    AppointmentKind,
    Room,
    Place,
    HygieneProfile,
    OperatingMode,
    RuleSet,
    Template,
    TemplateVersion,
)
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

    def at(self, version: int, connection: "psycopg.Connection[Any]") -> MasterData:
        """The data as they are at that number, read in this transaction where they are not known.

        The transaction may already see later rows than the number it read says: then the next one
        reads another number and all of them anew.
        """
        data = self._data
        if data is not None and data.version == version:
            return data
        data = MasterData(version, _read_all(connection))
        with self._lock:
            if self._data is None or self._data.version < version:
                self._data = data
        return data


_DECODERS: dict[type[Record], list[Callable[[Any], Any] | None]] = {}


def _read_all(connection: "psycopg.Connection[Any]") -> dict[type[Record], list[Record]]:
    """All kinds in one message and one answer. Raises Unavailable ``database_newer``,
    ``database_older``: a migration counts the number up, so that whoever was at work then asks."""
    statements = "select version_num from app.alembic_version; " + "; ".join(
        f"select {', '.join(field_names(kind))} from app.{table_of(kind).name}" for kind in KINDS
    )
    try:
        cursor = connection.execute(statements)
    except (psycopg.errors.UndefinedColumn, psycopg.errors.UndefinedTable) as error:
        raise Unavailable("database_newer", where=connection.info.dbname) from error
    found: Any = cursor.fetchone()
    require_fitting(found[0], where=connection.info.dbname)
    cursor.nextset()
    rows: dict[type[Record], list[Record]] = {}
    for kind in KINDS:
        names, decoders = field_names(kind), _decoders(kind)
        rows[kind] = [
            kind(
                **{
                    name: value if decode is None or value is None else decode(value)
                    for name, value, decode in zip(names, row, decoders, strict=True)
                }
            )
            for row in cursor.fetchall()
        ]
        cursor.nextset()
    return rows


def _decoders(kind: type[Record]) -> list[Callable[[Any], Any] | None]:
    if kind not in _DECODERS:
        _DECODERS[kind] = [_decoder(column.type) for column in table_of(kind).columns]
    return _DECODERS[kind]


def _decoder(kind: Any) -> Callable[[Any], Any] | None:
    """What the driver leaves to be done."""
    if isinstance(kind, Instant):
        return _utc
    if isinstance(kind, Tuple):
        item = kind.item
        return lambda value: tuple(item(each) for each in value)
    if isinstance(kind, sa.Enum):
        word: Any = kind.enum_class
        return lambda value: word(value)
    return None


def _utc(value: datetime) -> datetime:
    return value.astimezone(UTC)
