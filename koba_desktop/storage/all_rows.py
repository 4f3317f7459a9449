"""Reading a whole database, table by table, in bounded memory."""

from collections.abc import Callable, Iterator
from uuid import UUID

import sqlalchemy as sa

from koba_desktop.domain.entities.appointments import Hold
from koba_desktop.domain.entities.bookkeeping import Presence
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.records import Record
from koba_desktop.storage.mapping import record_of
from koba_desktop.storage.tables import TABLES, parents_first, table_of

Progress = Callable[[int, int], None]
"""Called with (done, of how many) steps; whatever it raises ends the work, and nothing stays."""

LEFT_BEHIND: frozenset[type[Record]] = frozenset({Hold, Presence})
"""What lives only while a program is open: slots held while somebody types, and who has what
open. It is of no meaning in another database."""

_BATCH = 1_000  # rows
_BATCH_OF_FILES = 20  # rows that each hold a PDF


def copied_kinds() -> list[type[Record]]:
    """The kinds of record a transfer takes along, parents before children."""
    return sorted(TABLES.keys() - LEFT_BEHIND, key=parents_first)


def count_rows(connection: sa.Connection) -> int:
    """How many rows a transfer of this database takes along."""
    return sum(
        connection.scalar(sa.select(sa.func.count()).select_from(table_of(kind))) or 0
        for kind in copied_kinds()
    )


def rows_at_once(table: sa.Table) -> int:
    """How many rows of a table are held in memory together."""
    files = any(isinstance(column.type, sa.LargeBinary) for column in table.columns)
    return _BATCH_OF_FILES if files else _BATCH


def records_by_id(
    connection: sa.Connection, kind: type[Record], *where: sa.ColumnElement[bool]
) -> Iterator[list[Record]]:
    """All records of a kind in the order of their ids, as many at a time as memory bears."""
    table = table_of(kind)
    size = rows_at_once(table)
    after: tuple[sa.ColumnElement[bool], ...] = ()
    while records := read_records(connection, kind, *where, *after, limit=size):
        yield records
        after = (table.c.id > records[-1].id,)


def read_records(
    connection: sa.Connection,
    kind: type[Record],
    *where: sa.ColumnElement[bool],
    limit: int | None = None,
) -> list[Record]:
    """Records by id. Raises Refused ``row_unreadable``, naming the row: something in it is not what
    its column holds."""
    table = table_of(kind)
    query = sa.select(table).where(*where).order_by(table.c.id).limit(limit)
    try:
        return [record_of(kind, row) for row in connection.execute(query)]
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        for (found,) in connection.execute(query.with_only_columns(table.c.id)).all():
            _require_readable(connection, table, found)
        raise Refused(Problem("row_unreadable", {"kind": table.name})) from error


def _require_readable(connection: sa.Connection, table: sa.Table, found: UUID) -> None:
    try:
        connection.execute(sa.select(table).where(table.c.id == found)).one()
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise Refused(Problem("row_unreadable", {"kind": table.name}, str(found))) from error
