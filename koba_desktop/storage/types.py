"""Column types, chosen by the annotation of a record's field.

Instants are integer microseconds since 1970 on SQLite (exact, short, comparable), ``timestamptz``
elsewhere. Enumerations are text with a CHECK; tuples, lists and dicts are JSON.
"""

import types
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, Union, get_args, get_origin
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeDecorator, TypeEngine

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@lru_cache(maxsize=65_536)
def microseconds(value: datetime | None) -> int | None:
    """Microseconds since 1970. Raises ValueError for a naive instant."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError(f"naive instant: {value!r}")
    return (value - EPOCH) // MICROSECOND


class Instant(TypeDecorator[datetime]):
    """An aware instant; refuses naive values, always comes back in UTC."""

    impl = sa.BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.BigInteger())
        return dialect.type_descriptor(sa.DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        number = microseconds(value)  # refuses naive ones
        return number if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        if dialect.name == "sqlite":
            return _instant
        return super().result_processor(dialect, coltype)


@lru_cache(maxsize=65_536)
def _instant(number: int | None) -> datetime | None:
    """Bookings begin and end on the grid: the same instants stand in row after row."""
    return None if number is None else EPOCH + timedelta(microseconds=number)


class InstantOfText(sa.sql.functions.FunctionElement[datetime]):
    """The instant that an ISO text says, to whole seconds."""

    type = Instant()
    inherit_cache = True


@compiles(InstantOfText)
def _instant_of_text(element: InstantOfText, compiler: SQLCompiler, **kw: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **kw)} AS TIMESTAMP WITH TIME ZONE)"


@compiles(InstantOfText, "sqlite")
def _instant_of_text_as_number(element: InstantOfText, compiler: SQLCompiler, **kw: Any) -> str:
    return f"CAST(strftime('%s', {compiler.process(element.clauses, **kw)}) AS INTEGER) * 1000000"


class Identity(sa.Uuid[UUID]):
    """A UUID. The same few advisors, offices and kinds stand in every row: they are made once."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        return None if dialect.supports_native_uuid else _identity


@lru_cache(maxsize=65_536)
def _identity(digits: str | None) -> UUID | None:
    return None if digits is None else UUID(digits)


class Tuple(TypeDecorator[tuple[Any, ...]]):
    """A tuple of words as a JSON list; ``item`` makes each word what it was."""

    impl = sa.JSON(none_as_null=True)
    cache_ok = True

    def __init__(self, item: Callable[[Any], Any]) -> None:
        super().__init__()
        self.item = item

    def process_bind_param(self, value: tuple[Any, ...] | None, dialect: Dialect) -> Any:
        return None if value is None else list(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Any, ...] | None:
        return None if value is None else tuple(self.item(each) for each in value)


_PLAIN: dict[Any, Callable[[], TypeEngine[Any]]] = {
    datetime: Instant,
    date: sa.Date,
    time: sa.Time,
    str: sa.Text,
    int: sa.Integer,
    float: sa.Float,
    bytes: sa.LargeBinary,
}


def _required(annotation: Any) -> tuple[Any, bool]:
    """The annotation without None, and whether None was allowed."""
    if get_origin(annotation) in (Union, types.UnionType):
        rest = [each for each in get_args(annotation) if each is not type(None)]
        return rest[0], True
    return annotation, False


def column_type(annotation: Any, constraint: str) -> tuple[TypeEngine[Any], bool]:
    """The column type of a field and whether it may be null.

    ``constraint`` names the CHECK that keeps enumerations and truth values to their words.
    """
    plain, nullable = _required(annotation)
    origin = get_origin(plain)
    if plain is Any:
        return sa.JSON(), nullable
    if origin is tuple:
        return Tuple(get_args(plain)[0]), nullable
    if origin in (dict, list):
        return sa.JSON(none_as_null=True), nullable
    if plain is bool:
        return sa.Boolean(create_constraint=True, name=constraint), nullable
    if isinstance(plain, type) and issubclass(plain, StrEnum):
        return sa.Enum(
            plain,
            native_enum=False,
            create_constraint=True,
            length=None,
            name=constraint,
            values_callable=lambda words: [word.value for word in words],
        ), nullable
    if plain in _PLAIN:
        return _PLAIN[plain](), nullable
    return Identity(), nullable
