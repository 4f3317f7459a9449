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


@dataclass(frozen=True, slots=True)
class Plain:
    """``types`` are the columns it answers, in their order, with what each holds."""

    text: str
    values: tuple[Any, ...]
    types: list[tuple[str, TypeEngine[Any]]]


class Rows(list[Any]):
    """The answer: as much of SQLAlchemy's result as is asked of it."""

    def all(self) -> list[Any]:
        return self


def found(
    kind: type[Record], order_by: str, limit: int, where: dict[str, Any], dialect: Any
) -> Plain:
    """As ``storage.queries.records.find`` asks it."""
    head, types = _heads(kind)
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
    return Plain(text, tuple(values), types)


_HEADS: dict[type[Record], tuple[str, list[tuple[str, TypeEngine[Any]]]]] = {}


def _heads(kind: type[Record]) -> tuple[str, list[tuple[str, TypeEngine[Any]]]]:
    if kind not in _HEADS:
        table = table_of(kind)
        columns = ", ".join(f'"{name}"' for name in field_names(kind))
        types = [(column.key, column.type) for column in table.columns]
        _HEADS[kind] = f"select {columns} from {table.name}", types
    return _HEADS[kind]
