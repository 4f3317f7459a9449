"""Several questions in one message: over a slow line it is the journeys that cost, not the load.

psycopg's pipeline sends them one behind the other and reads the answers afterwards. Statements are
SQLAlchemy's, values stay bound, and rows come back as SQLAlchemy would give them.
"""

from collections.abc import Callable, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from sqlalchemy.engine import Dialect, IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.util import LRUCache

from koba_desktop.storage.postgres.message import one_message
from koba_desktop.storage.postgres.plain import Plain, Rows

_COMPILED: Any = LRUCache(500)
_TYPES: WeakKeyDictionary[Any, list[tuple[str, Any]]] = WeakKeyDictionary()

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


def compiled(dialect: Dialect, statement: Any, values: Any) -> tuple[str, Any, Any]:
    """Text and values for the driver, and the types of the columns where they are known.

    As a connection does it, with the text made once for all statements of the same form: making it
    takes ten times as long as what is left.
    """
    if isinstance(statement, Plain):
        return statement.text, statement.values, statement.types
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
    if made not in _TYPES:
        columns = getattr(statement, "selected_columns", ())
        _TYPES[made] = [(column.key, column.type) for column in columns]
    return text, bound_values, _TYPES[made]


def results(
    dialect: Dialect,
    statements: Sequence[Statement],
    asked: Sequence[tuple[str, Any, Any]],
    cursors: Sequence[Any],
) -> list[Any]:
    """The answers of statements that were ``compiled`` as ``asked``, as who asked reads them."""
    return [
        _result(cursor, types, dialect, plain=isinstance(statement, Plain))
        for (statement, _), (_, _, types), cursor in zip(statements, asked, cursors, strict=True)
    ]


def _result(cursor: Any, types: list[tuple[str, Any]], dialect: Dialect, *, plain: bool) -> Any:
    keys = [column.name for column in cursor.description]
    rows = cursor.fetchall()
    if len(types) == len(keys):
        kinds = [kind for _, kind in types]
    else:  # a text that names the types of some of its columns
        named = dict(types)
        kinds = [named.get(key) for key in keys]
    decoders: list[Callable[[Any], Any] | None] = [
        None if kind is None else kind._cached_result_processor(dialect, column.type_code)
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
    if plain:
        return Rows(rows)
    return IteratorResult(SimpleResultMetaData(keys), iter(rows))
