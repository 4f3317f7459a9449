"""Several questions in one message: over a slow line it is the journeys that cost, not the load.

psycopg's pipeline sends them one behind the other and reads the answers afterwards. Statements are
SQLAlchemy's, values stay bound, and rows come back as SQLAlchemy would give them.
"""

from collections.abc import Callable, Sequence
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine import Dialect, IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData

Statement = tuple[Any, Any]
"""An executable of SQLAlchemy and its values by name (None: they are in it)."""


def ask_together(
    connection: "psycopg.Connection[Any]",
    dialect: Dialect,
    statements: Sequence[Statement],
    *,
    before: Sequence[str] = (),
) -> tuple[list[Any], list[IteratorResult[Any]]]:
    """The rows of the plain statements ``before`` that return some (one each, the last first row),
    and the results of ``statements``, all of one journey. Raises what psycopg raises."""
    asked = [_compiled(dialect, *each) for each in statements]
    with connection.pipeline():
        plain = [connection.cursor().execute(each) for each in before]
        cursors = [connection.cursor().execute(text, values) for text, values, _ in asked]
    firsts = [each.fetchone() if each.description else None for each in plain]
    return firsts, [
        _result(cursor, types, dialect)
        for cursor, (_, _, types) in zip(cursors, asked, strict=True)
    ]


def _compiled(dialect: Dialect, statement: Any, values: Any) -> tuple[str, dict[str, Any], Any]:
    """Text and values for the driver, and the types of the columns where they are known."""
    if values:
        bound = isinstance(statement, sa.TextClause)
        statement = statement.bindparams(**values) if bound else statement.params(values)
    compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    given = compiled.construct_params()
    processors = compiled._bind_processors  # what a connection does with them as well
    bound_values = {
        name: processors[name](value) if name in processors else value
        for name, value in given.items()
    }
    columns = getattr(statement, "selected_columns", ())
    return str(compiled), bound_values, [(column.key, column.type) for column in columns]


def _result(cursor: Any, types: list[tuple[str, Any]], dialect: Dialect) -> IteratorResult[Any]:
    keys = [column.name for column in cursor.description]
    rows = cursor.fetchall()
    if len(types) == len(keys):
        kinds = [kind for _, kind in types]
    else:  # a text that names the types of some of its columns
        named = dict(types)
        kinds = [named.get(key) for key in keys]
    decoders: list[Callable[[Any], Any] | None] = [
        None
        if kind is None
        else kind.dialect_impl(dialect).result_processor(dialect, column.type_code)
        for kind, column in zip(kinds, cursor.description, strict=True)
    ]
    if any(decoders):
        rows = [
            tuple(
                value if decode is None else decode(value)
                for value, decode in zip(row, decoders, strict=True)
            )
            for row in rows
        ]
    return IteratorResult(SimpleResultMetaData(keys), iter(rows))
