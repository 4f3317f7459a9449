"""Rows of former revisions, written by hand."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from koba_desktop.storage.types import microseconds

NINE = datetime(2021, 4, 13, 7, tzinfo=UTC)


def insert(connection: sa.Connection, table: str, json: str = "{}", **values: Any) -> str:
    """The id of a new row. Required columns not named are empty, 1 or nine o'clock; ``json`` is
    what stands in those of JSON."""
    for _, name, kind, required, *_ in connection.exec_driver_sql(
        f"pragma table_info({table})"
    ).all():
        if required and name not in values:
            values[name] = {
                "CHAR(32)": uuid4().hex,
                "BIGINT": microseconds(NINE),
                "INTEGER": 1,
                "BOOLEAN": 0,
                "JSON": json,
            }.get(kind, "")
    shown = {
        name: microseconds(value) if isinstance(value, datetime) else value
        for name, value in values.items()
    }
    columns = ", ".join(f'"{name}"' for name in shown)
    marks = ", ".join("?" for _ in shown)
    connection.exec_driver_sql(
        f"insert into {table} ({columns}) values ({marks})", tuple(shown.values())
    )
    return str(shown["id"])
