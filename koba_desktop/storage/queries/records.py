"""Records by identity and by conditions on their columns."""

from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from koba_desktop.domain.errors import NotFound
from koba_desktop.domain.records import Record
from koba_desktop.services.ports import After, AnyOf, Before, From
from koba_desktop.storage.mapping import record_of
from koba_desktop.storage.tables import table_of

R = TypeVar("R", bound=Record)


def get(connection: sa.Connection, kind: type[R], record_id: UUID) -> R:
    """The record. Raises NotFound."""
    record = lookup(connection, kind, record_id)
    if record is None:
        raise NotFound("not_found", where=str(record_id), kind=kind.__name__)
    return record


def lookup(connection: sa.Connection, kind: type[R], record_id: UUID) -> R | None:
    """The record, or None."""
    table = table_of(kind)
    row = connection.execute(sa.select(table).where(table.c.id == record_id)).first()
    return None if row is None else record_of(kind, row)


def find(
    connection: sa.Connection,
    kind: type[R],
    order_by: str,
    limit: int,
    where: dict[str, Any],
) -> list[R]:
    """Records that meet all conditions; see ``services.ports.Reader.find``."""
    table = table_of(kind)
    query = sa.select(table).where(*(_meets(table.c[name], w) for name, w in where.items()))
    if order_by:
        column = table.c[order_by.removeprefix("-")]
        # The id settles equals in the order they were made, so that a page never changes by chance.
        query = (
            query.order_by(column.desc(), table.c.id.desc())
            if order_by.startswith("-")
            else query.order_by(column, table.c.id)
        )
    if limit:
        query = query.limit(limit)
    return [record_of(kind, row) for row in connection.execute(query).all()]


def _meets(column: sa.Column[Any], condition: Any) -> sa.ColumnElement[bool] | sa.TextClause:
    found: sa.ColumnElement[bool] | sa.TextClause
    match condition:
        case True:
            # SQLite uses a partial index only for its own words: "active", not "active = 1".
            found = sa.text(str(column))
        case None:
            found = column.is_(None)
        case Before(value):
            found = column < value
        case After(value):
            found = column > value
        case From(value):
            found = column >= value
        case AnyOf(values):
            found = column.in_(values)
        case _:
            found = column == condition
    return found
