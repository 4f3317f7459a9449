"""Questions for whole records, as plain text for the driver.

Most of what a command asks is "the records of this kind with these values". Making SQLAlchemy's
statement of it, finding its text again and wrapping its answer take longer than the server needs.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.types import TypeEngine

from koba_desktop.domain.records import Record
from koba_desktop.services.ports import After, AnyOf, Before, From
from koba_desktop.storage.mapping import encoder_of, field_names
from koba_desktop.storage.tables import table_of

_COMPARED = {Before: "<", After: ">", From: ">="}


class Shape:
    """What the rows of a statement hold: the types of its columns by their names, in their order or
    of some of them. What is done to each value is found out with the first answer."""

    def __init__(self, types: list[tuple[str, TypeEngine[Any]]]) -> None:
        self._types = types
        self._known: tuple[list[str], list[Any] | None] | None = None

    def of(self, answer: Any, dialect: Any) -> tuple[list[str], list[Any] | None]:
        """The names of the columns, and what decodes each (None: nothing has to be done)."""
        if self._known is None:
            names: list[str] = [answer.fname(n).decode() for n in range(answer.nfields)]
            named = dict(self._types)
            kinds = (
                [kind for _, kind in self._types]
                if len(self._types) == len(names)
                else [named.get(name) for name in names]
            )
            decoders: list[Any] = [
                None if kind is None else kind._cached_result_processor(dialect, answer.ftype(n))
                for n, kind in enumerate(kinds)
            ]
            self._known = (names, decoders if any(decoders) else None)
        return self._known


@dataclass(frozen=True, slots=True)
class Plain:
    """``shape`` is that of the rows it answers."""

    text: str
    values: tuple[Any, ...]
    shape: Shape


class Rows(list[Any]):
    """The answer: as much of SQLAlchemy's result as is asked of it."""

    def all(self) -> list[Any]:
        return self


def found(
    kind: type[Record], order_by: str, limit: int, where: dict[str, Any], dialect: Any
) -> Plain:
    """As ``storage.queries.records.find`` asks it."""
    head, shape = _heads(kind)
    conditions, values = [], []
    for name, wanted in where.items():
        encode = encoder_of(kind, name, dialect)
        column = f'"{name}"'
        match wanted:
            case True:
                conditions.append(column)
            case None:
                conditions.append(f"{column} is null")
            case AnyOf(many):
                conditions.append(f"{column} = any (%s)")
                values.append([each if encode is None else encode(each) for each in many])
            case Before() | After() | From():
                conditions.append(f"{column} {_COMPARED[type(wanted)]} %s")
                values.append(wanted.value if encode is None else encode(wanted.value))
            case _:
                conditions.append(f"{column} = %s")
                values.append(wanted if encode is None else encode(wanted))
    text = f"{head} where {' and '.join(conditions)}" if conditions else head
    if order_by:
        name, down = order_by.removeprefix("-"), " desc" if order_by.startswith("-") else ""
        text += f' order by "{name}"{down}, id{down}'
    if limit:
        text += f" limit {limit:d}"
    return Plain(text, tuple(values), shape)


_HEADS: dict[type[Record], tuple[str, Shape]] = {}


def _heads(kind: type[Record]) -> tuple[str, Shape]:
    if kind not in _HEADS:
        table = table_of(kind)
        columns = ", ".join(f'"{name}"' for name in field_names(kind))
        shape = Shape([(column.key, column.type) for column in table.columns])
        _HEADS[kind] = f"select {columns} from {table.name}", shape
    return _HEADS[kind]
