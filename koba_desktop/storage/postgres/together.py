"""Several questions in one message: over a slow line it is the journeys that cost, not the load.

psycopg's pipeline sends them one behind the other and reads the answers afterwards. Statements are
SQLAlchemy's, values stay bound, and rows come back as SQLAlchemy would give them.
"""

from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from sqlalchemy.engine import Dialect, IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.util import LRUCache

from koba_desktop.storage.postgres.message import one_message
from koba_desktop.storage.postgres.plain import Plain, Rows, Shape

_COMPILED: Any = LRUCache(500)
_SHAPES: WeakKeyDictionary[Any, Shape] = WeakKeyDictionary()

Statement = tuple[Any, Any]
"""An executable of SQLAlchemy and its values by name (None: they are in it), or a ``Plain`` one."""


def ask_together(
    connection: "psycopg.Connection[Any]",
    dialect: Dialect,
    statements: Sequence[Statement],
    *,
    before: Sequence[str] = (),
) -> tuple[list[Any], list[Any]]:
    """The rows of the plain statements ``before`` that return some (one each, the last first row),
    and the results of ``statements``, all of one journey. Raises what psycopg raises."""
    asked = [compiled(dialect, *each) for each in statements]
    with one_message(connection):
        plain = [connection.cursor().execute(each) for each in before]
        cursors = [connection.cursor().execute(text, values) for text, values, _ in asked]
    firsts = [each.fetchone() if each.description else None for each in plain]
    return firsts, results(dialect, statements, asked, cursors)


def compiled(dialect: Dialect, statement: Any, values: Any) -> tuple[str, Any, Shape]:
    """Text and values for the driver, and what the rows hold.

    As a connection does it, with the text made once for all statements of the same form: making it
    takes ten times as long as what is left.
    """
    if isinstance(statement, Plain):
        return statement.text, statement.values, statement.shape
    made, parameters, *_ = statement._compile_w_cache(
        dialect,
        compiled_cache=_COMPILED,
        column_keys=[],
        for_executemany=False,
        schema_translate_map=None,
    )
    given = made.construct_params(values, extracted_parameters=parameters)
    processors = made._bind_processors  # what a connection does with them as well
    text = made.string
    if made.post_compile_params:  # lists, which differ in length
        expanded = made._process_parameters_for_postcompile(given)
        text, given = expanded.statement, {**given, **expanded.additional_parameters}
        processors = {**processors, **expanded.processors}
        for name in expanded.parameter_expansion:
            given.pop(name, None)
    bound_values = {
        name: processors[name](value) if name in processors else value
        for name, value in given.items()
    }
    if made not in _SHAPES:
        columns = getattr(statement, "selected_columns", ())
        _SHAPES[made] = Shape([(column.key, column.type) for column in columns])
    return text, bound_values, _SHAPES[made]


def results(
    dialect: Dialect,
    statements: Sequence[Statement],
    asked: Sequence[tuple[str, Any, Shape]],
    cursors: Sequence[Any],
) -> list[Any]:
    """The answers of statements that were ``compiled`` as ``asked``, as who asked reads them."""
    return [
        _result(cursor, shape, dialect, plain=isinstance(statement, Plain))
        for (statement, _), (_, _, shape), cursor in zip(statements, asked, cursors, strict=True)
    ]


def _result(cursor: Any, shape: Shape, dialect: Dialect, *, plain: bool) -> Any:
    names, decoders = shape.of(cursor.pgresult, dialect)
    rows = cursor.fetchall()
    if decoders is not None:
        rows = [
            tuple(
                value if decode is None else decode(value)
                for value, decode in zip(row, decoders, strict=True)
            )
            for row in rows
        ]
    return Rows(rows) if plain else IteratorResult(SimpleResultMetaData(names), iter(rows))
