"""Records and rows: field names are column names, column types do the converting."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine

from koba_desktop.domain.records import Record
from koba_desktop.storage.tables import TABLES, table_of
from koba_desktop.storage.types import Identity, Instant, microseconds

R = TypeVar("R", bound=Record)


_NAMES = {kind: tuple(table.columns.keys()) for kind, table in TABLES.items()}


def field_names(kind: type[Record]) -> tuple[str, ...]:
    """The fields of a record, in the order of its table's columns."""
    return _NAMES[kind]


def values_of(record: Record) -> dict[str, Any]:
    """The fields as they are, shallow: the column types convert them."""
    return {name: getattr(record, name) for name in field_names(type(record))}


def record_of(kind: type[R], row: Iterable[Any]) -> R:
    """The record of a row that holds the table's columns in their order."""
    return kind(**dict(zip(field_names(kind), row, strict=True)))


_Encoder = Callable[[Any], Any]


@cache
def _encoders(table: sa.Table, dialect: Dialect) -> tuple[_Encoder | None, ...]:
    return tuple(_encoder(column.type, dialect) for column in table.columns)


def _encoder(kind: TypeEngine[Any], dialect: Dialect) -> _Encoder | None:
    """What the column type does to a value, without its detours: most of a bulk insert is this."""
    if dialect.name == "sqlite" and isinstance(kind, Identity):
        return _digits
    if dialect.name == "sqlite" and isinstance(kind, Instant):
        return microseconds
    if isinstance(kind, sa.Enum):
        return _word
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _digits(value: UUID | None) -> str | None:
    return None if value is None else f"{value.int:032x}"


def _word(value: StrEnum | None) -> str | None:
    return None if value is None else value.value


_INSERTIONS = {
    kind: f"insert into {table_of(kind).name} ({', '.join(names)})"
    f" values ({', '.join('%s' for _ in names)})"
    for kind, names in _NAMES.items()
}


def insertion(kind: type[Record]) -> str:
    """The statement that adds one record of a kind, for PostgreSQL's driver."""
    return _INSERTIONS[kind]


def encoder_of(kind: type[Record], name: str, dialect: Dialect) -> _Encoder | None:
    """What is done to a value of that column before the driver gets it; None: nothing. Raises
    KeyError for a column that is not there."""
    return _encoder(table_of(kind).c[name].type, dialect)


def inserted(record: Record, dialect: Dialect) -> list[Any]:
    """What ``insertion`` is told of a record."""
    kind = type(record)
    return [
        value if encode is None else encode(value)
        for encode, value in zip(
            _encoders(table_of(kind), dialect),
            (getattr(record, name) for name in field_names(kind)),
            strict=True,
        )
    ]


def insert_many(connection: sa.Connection, kind: type[Record], records: Sequence[Record]) -> None:
    """Insert many records of one kind with one prepared statement and plain tuples."""
    table = table_of(kind)
    read = attrgetter(*field_names(kind))
    columns = [
        column if encode is None else map(encode, column)
        for encode, column in zip(
            _encoders(table, connection.dialect), zip(*map(read, records), strict=True), strict=True
        )
    ]
    names = ", ".join(table.columns.keys())
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    marks = ", ".join(mark for _ in table.columns)
    connection.exec_driver_sql(
        f"insert into {table.name} ({names}) values ({marks})", list(zip(*columns, strict=True))
    )
