"""Looking a database over: ``koba-desktop-admin check``."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from koba_desktop.domain.errors import Problem
from koba_desktop.storage.schema import HEAD, revision

if TYPE_CHECKING:
    from koba_desktop.storage.postgres.store import PostgresStore
    from koba_desktop.storage.store import SqliteStore

# Pairs that overlap although the triggers forbid it: whoever wrote them went around the rules.
_OVERLAPS = {
    "place_overlap": """
        select x.id, y.id from room_booking x join room_booking y on x.place_id = y.place_id
        and x.id < y.id and x.starts < y.blocked_until and y.starts < x.blocked_until
        where x.active and y.active""",
    "advisor_overlap": """
        select x.id, y.id from appointment x join appointment y on x.advisor_id = y.advisor_id
        and x.id < y.id and x.starts < y.ends and y.starts < x.ends
        where x.active and y.active""",
    "client_overlap": """
        select x.id, y.id from participant x join participant y on x.client_id = y.client_id
        and x.id < y.id and x.starts < y.ends and y.starts < x.ends
        and x.appointment_id <> y.appointment_id
        where x.active and y.active""",
}

# Every code with its query: the ids of the row, and of the other one where there are two.
IMPOSSIBLE = {
    **_OVERLAPS,
    "participant_apart": """
        select p.id from participant p join appointment a on a.id = p.appointment_id
        where (p.starts, p.ends, p.active) is distinct from (a.starts, a.ends, a.active)""",
    "search_differs": """
        select c.id from client c left join client_search s on s.client_id = c.id
        where s.client_id is null""",
}


def check(store: "SqliteStore | PostgresStore") -> list[Problem]:
    """Everything found; empty when all is well. Ids only, never names.

    Codes: ``database_damaged``, ``reference_broken``, ``place_overlap``, ``advisor_overlap``,
    ``client_overlap``, ``participant_apart``, ``schema_differs``, ``search_differs``.
    """
    with store.engine.connect() as connection:
        found = findings(connection)
        connection.rollback()
    return found


def findings(connection: sa.Connection) -> list[Problem]:
    """The same within a transaction of the caller's, which must be one that may write. What is
    asked of the shared database besides stands in ``postgres.check``."""
    if connection.dialect.name == "postgresql":
        from koba_desktop.storage.postgres.check import findings_of

        return list(findings_of(connection))
    return list(_findings(connection))


def _findings(connection: sa.Connection) -> Iterator[Problem]:
    for (line,) in connection.exec_driver_sql("pragma quick_check"):
        if line != "ok":
            yield Problem("database_damaged", {"details": line})
    found = revision(connection)
    if found != HEAD:
        yield Problem("schema_differs", {"found": found, "expected": HEAD})
    for table, entry, parent, _key in connection.exec_driver_sql("pragma foreign_key_check"):
        yield Problem("reference_broken", {"kind": table, "parent": parent}, where=str(entry))
    yield from impossible(connection)
    try:
        connection.exec_driver_sql(
            "insert into client_fts(client_fts, rank) values ('integrity-check', 1)"
        )
    except DatabaseError:
        yield Problem("search_differs", where="client_fts")


def impossible(connection: sa.Connection) -> Iterator[Problem]:
    """What no constraint lets happen: whoever wrote it went around them."""
    for code, query in IMPOSSIBLE.items():
        for row in connection.exec_driver_sql(query):
            yield impossible_row(code, *row)


def impossible_row(code: str, at: object, other: object = None) -> Problem:
    """One of them: the row, and the other one it does not go with."""
    params = {} if other is None else {"other": str(other)}
    return Problem(code, params, where=str(at))
