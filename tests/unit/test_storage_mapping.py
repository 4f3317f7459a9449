"""Every record comes back from the database exactly as it went in."""

import types
from dataclasses import fields
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest
import sqlalchemy as sa

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.records import Appended, Changeable, Record
from koba_desktop.services.ids import new_id
from koba_desktop.storage.mapping import field_names, insert_many, record_of, values_of
from koba_desktop.storage.store import SqliteStore
from koba_desktop.storage.tables import TABLES, metadata

EXACT = datetime(2021, 3, 28, 1, 0, 0, 1, tzinfo=UTC)


def sample(annotation: Any, *, full: bool) -> Any:
    """A value of the type; the emptiest one where ``full`` is False."""
    if get_origin(annotation) in (Union, types.UnionType):
        plain = next(each for each in get_args(annotation) if each is not type(None))
        return sample(plain, full=True) if full else None
    origin = get_origin(annotation)
    if origin is tuple:
        return (sample(get_args(annotation)[0], full=True),) if full else ()
    if origin is dict or annotation is Any:
        return {"Ä": [1, "zwei", None]} if full else {}
    if origin is list:
        return [1, "zwei"] if full else []
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return list(annotation)[-1 if full else 0]
    samples: dict[Any, tuple[Any, Any]] = {
        UUID: (new_id(), new_id()),
        datetime: (EXACT, datetime(1969, 12, 31, tzinfo=UTC)),
        date: (date(2021, 4, 13), date(1, 1, 1)),
        time: (time(23, 59), time()),
        str: ("Müller 'ß' 🏠", ""),
        int: (7, 0),
        float: (0.1, 0.0),
        bool: (True, False),
        bytes: (b"%PDF\x00\xff", b""),
    }
    return samples[annotation][0 if full else 1]


def made(kind: type[Record], *, full: bool) -> Record:
    hints = get_type_hints(kind)
    values = {field.name: sample(hints[field.name], full=full) for field in fields(kind)}
    if issubclass(kind, Changeable):
        values |= {"version": 1, "changed_at": EXACT}
    if issubclass(kind, Appended):
        values |= {"created_at": EXACT}
    return kind(**values)


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("full", [True, False], ids=["full", "empty"])
@pytest.mark.parametrize("bulk", [True, False], ids=["bulk", "single"])
def test_a_record_comes_back_as_it_was(
    store: SqliteStore, kind: type[Record], full: bool, bulk: bool
) -> None:
    record, table = made(kind, full=full), TABLES[kind]
    with store.engine.connect() as connection:
        # The values matter here, not whether they make sense together.
        raw = connection.connection.cursor()
        raw.execute("pragma foreign_keys = off")
        raw.execute("pragma ignore_check_constraints = on")
        if bulk:
            insert_many(connection, kind, [record])
        else:
            connection.execute(sa.insert(table), values_of(record))
        row = connection.execute(sa.select(table)).one()
        connection.rollback()
    assert record_of(kind, row) == record


def test_every_entity_has_a_table_and_every_column_a_field() -> None:
    for kind, table in TABLES.items():
        assert field_names(kind) == tuple(field.name for field in fields(kind))
        assert set(table.columns.keys()) == {field.name for field in fields(kind)}
    assert {table.name for table in TABLES.values()} | {"client_search", "client_sound"} == set(
        metadata.tables
    )


def test_a_naive_instant_is_refused(store: SqliteStore) -> None:
    table = TABLES[Appointment]
    naive = EXACT.replace(tzinfo=None)
    with store.engine.connect() as connection, pytest.raises(sa.exc.StatementError, match="naive"):
        connection.execute(sa.select(table).where(table.c.starts == naive))
