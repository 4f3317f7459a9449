"""Whether two databases hold the same, row by row, whichever kinds of database they are.

What is compared are the values as the program reads them: a UUID, an instant or a list is the same
in SQLite and in PostgreSQL, however it is stored there.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from koba_desktop.domain.errors import Problem
from koba_desktop.domain.records import Record
from koba_desktop.storage.all_rows import Progress, copied_kinds, count_rows, records_by_id
from koba_desktop.storage.mapping import values_of
from koba_desktop.storage.tables import table_of

NAMED_AT_MOST = 50  # rows of one table; a count says how many there are


def verify(source: sa.Connection, target: sa.Connection, progress: Progress) -> list[Problem]:
    """What differs, by table and id; empty when ``target`` holds exactly what ``source`` does.

    Codes: ``row_differs`` (with the ``fields``), ``row_missing``, ``row_surplus``, and
    ``rows_differ`` with a table's numbers where more rows differ than are named. Raises Refused
    ``row_unreadable``.
    """
    total, done = count_rows(source), 0
    findings: list[Problem] = []
    for kind in copied_kinds():
        name = table_of(kind).name
        found = 0
        for problem in _differences(source, target, kind):
            if problem is None:
                done += 1
                if done % 1_000 == 0 or done == total:
                    progress(done, total)
                continue
            found += 1
            if found <= NAMED_AT_MOST:
                findings.append(problem)
        if found > NAMED_AT_MOST:
            findings.append(Problem("rows_differ", {"kind": name, "count": found}, where=name))
    return findings


def digest(record: Record) -> bytes:
    """SHA-256 of what the record says."""
    return hashlib.sha256(_text(values_of(record)).encode()).digest()


def _differences(
    source: sa.Connection, target: sa.Connection, kind: type[Record]
) -> Iterator[Problem | None]:
    """Both tables in the order of their ids, side by side: None for each row of the source that
    is the same."""
    name = table_of(kind).name
    ours, theirs = _rows(source, kind), _rows(target, kind)
    one, other = next(ours, None), next(theirs, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one.id < other.id):
            assert one is not None
            yield Problem("row_missing", {"kind": name}, where=str(one.id))
            one = next(ours, None)
        elif one is None or other.id < one.id:
            yield Problem("row_surplus", {"kind": name}, where=str(other.id))
            other = next(theirs, None)
        else:
            if digest(one) == digest(other):
                yield None
            else:
                params = {"kind": name, "fields": _different_fields(one, other)}
                yield Problem("row_differs", params, where=str(one.id))
            one, other = next(ours, None), next(theirs, None)


def _rows(connection: sa.Connection, kind: type[Record]) -> Iterator[Record]:
    for records in records_by_id(connection, kind):
        yield from records


def _different_fields(one: Record, other: Record) -> list[str]:
    ours, theirs = values_of(one), values_of(other)
    return [name for name in ours if _text(ours[name]) != _text(theirs[name])]


def _word(value: Any) -> str:
    """What JSON has no form for."""
    match value:
        case UUID():
            return value.hex
        case datetime() | date() | time():
            return value.isoformat()
        case bytes():
            return hashlib.sha256(value).hexdigest()
    raise TypeError(type(value))


_encoder = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=_word)


def _text(value: Any) -> str:
    """A value as JSON tells it from every other value of its column."""
    return _encoder.encode(_plain(value))


def _plain(value: Any) -> Any:
    """A number is the same with and without ``.0`` (databases write JSON's numbers anew), true is
    never 1, and floats are exact."""
    kind = type(value)
    if kind is float:
        return int(value) if value.is_integer() else value
    if kind is dict:
        return {name: _plain(each) for name, each in value.items()}
    if kind is list:
        return [_plain(each) for each in value]
    return value
