"""Moving a whole office from one database into another: from local to shared and back.

Every row arrives as it is: ids, versions, stamps, withdrawn rows, drafts, executed commands, the
audit, archived letters. All of it in one transaction of the target, compared row by row before it
is committed. Search tables are made anew; what lives only while a program is open is left behind.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.letters import Template, TemplateReview, TemplateVersion
from koba_desktop.domain.errors import Problem, Refused, Unavailable
from koba_desktop.domain.records import Record
from koba_desktop.storage import search
from koba_desktop.storage.all_rows import (
    Progress,
    copied_kinds,
    count_rows,
    read_records,
    records_by_id,
    rows_at_once,
)
from koba_desktop.storage.check import findings as check_findings
from koba_desktop.storage.comparison import verify
from koba_desktop.storage.errors import raised, translated
from koba_desktop.storage.mapping import insert_many
from koba_desktop.storage.schema import HEAD, revision
from koba_desktop.storage.tables import TABLES, table_of

_CLIENTS_AT_ONCE = 1_000
_WORDINGS: tuple[type[Record], ...] = (TemplateReview, TemplateVersion, Template)


@dataclass(frozen=True, slots=True)
class Transferred:
    """How many rows of which table arrived; with ``findings`` nothing was kept."""

    tables: Mapping[str, int]
    findings: tuple[Problem, ...] = ()

    @property
    def rows(self) -> int:
        return sum(self.tables.values())


def transfer(
    source: sa.Engine, target: sa.Engine, progress: Progress, *, where: str = ""
) -> Transferred:
    """Copy everything, compare it, look the target over, and only then commit.

    The source is read as it stood at one instant; ``where`` names the target in errors. Raises
    Unavailable ``database_not_empty``, ``database_older``, ``database_newer``, and what the
    databases say (``disk_full`` …); Refused ``row_refused``, ``row_unreadable``.
    """
    with (
        _translated(source, target, where),
        _reading(source) as reading,
        _writing(target) as writing,
    ):
        half = count_rows(reading)
        tables = copy_store(reading, writing, lambda done, _of: progress(done, 2 * half))
        found = verify(reading, writing, lambda done, _of: progress(half + done, 2 * half))
        found += _impossible(writing)
        if not found:
            _keep(writing, where)
    return Transferred(tables, tuple(found))


def copy_store(source: sa.Connection, target: sa.Connection, progress: Progress) -> dict[str, int]:
    """Copy the rows of all tables in the transaction of ``target``, which the caller ends; the
    number of rows by table. Raises as ``transfer`` does."""
    for connection in (source, target):
        require_head(connection)
    require_empty(target)
    total, done = count_rows(source), 0
    copied: dict[str, int] = {}
    for kind in copied_kinds():
        name = table_of(kind).name
        copied[name] = 0
        for records in _batches(source, kind):
            _insert(target, kind, records)
            copied[name] += len(records)
            done += len(records)
            progress(done, total)
    _make_findable(target)
    return copied


def require_head(connection: sa.Connection) -> None:
    """Raises Unavailable ``database_older``, ``database_newer``, ``not_a_database``."""
    found = revision(connection)
    if found is None:
        raise Unavailable("not_a_database")
    if found != HEAD:
        raise Unavailable("database_older" if found < HEAD else "database_newer", found=found)


def require_empty(connection: sa.Connection) -> None:
    """Raises Unavailable ``database_not_empty``, with the table that has rows. The wordings a new
    shared database comes with do not count, and are taken out: the office brings its own."""
    came_with = _WORDINGS if _is_shared(connection) else ()
    for kind in TABLES.keys() - set(came_with):
        table = table_of(kind)
        if connection.execute(sa.select(table.c.id).limit(1)).first() is not None:
            raise Unavailable("database_not_empty", where=table.name)
    for kind in came_with:
        connection.execute(sa.delete(table_of(kind)))


def _batches(connection: sa.Connection, kind: type[Record]) -> Iterator[list[Record]]:
    """All records of a kind, those that are pointed to before those of the same kind that point
    to them."""
    table = table_of(kind)
    own = _pointing_to_its_own(table)
    if own is None:
        yield from records_by_id(connection, kind)
        return
    yield from records_by_id(connection, kind, own.is_(None))
    pointing = connection.execute(sa.select(table.c.id, own).where(own.is_not(None)))
    ids = targets_first({row[0]: row[1] for row in pointing})
    size = rows_at_once(table)
    for start in range(0, len(ids), size):
        chosen = ids[start : start + size]
        found = {r.id: r for r in read_records(connection, kind, table.c.id.in_(chosen))}
        yield [found[each] for each in chosen]


def _pointing_to_its_own(table: sa.Table) -> sa.Column[Any] | None:
    return next(
        (key.parent for key in table.foreign_keys if key.column.table is table),
        None,
    )


def targets_first(pointing: Mapping[UUID, UUID]) -> list[UUID]:
    """The keys, each after the one it points to (where that is a key as well)."""
    ordered: list[UUID] = []
    seen: set[UUID] = set()
    for first in pointing:
        chain = []
        each = first
        while each in pointing and each not in seen:
            seen.add(each)
            chain.append(each)
            each = pointing[each]
        ordered += reversed(chain)
    return ordered


def _insert(connection: sa.Connection, kind: type[Record], records: Sequence[Record]) -> None:
    """Raises Refused ``row_refused``: names the row that broke a rule of the target."""
    try:
        _insert_whole(connection, kind, records)
    except (IntegrityError, DataError):
        for record in records:
            try:
                _insert_whole(connection, kind, [record])
            except (IntegrityError, DataError) as error:
                params = {"kind": table_of(kind).name, "rule": _rule(error)}
                raise Refused(Problem("row_refused", params, str(record.id))) from error
        raise


def _insert_whole(connection: sa.Connection, kind: type[Record], records: Sequence[Record]) -> None:
    """All of them or none, where a row is refused. Any other error ends the transaction by itself:
    a full disk leaves no savepoint to go back to."""
    savepoint = connection.begin_nested()
    try:
        insert_many(connection, kind, records)
    except (IntegrityError, DataError):
        savepoint.rollback()
        raise
    savepoint.commit()


def _make_findable(connection: sa.Connection) -> None:
    client = table_of(Client)
    last = sa.select(client.c.id).order_by(client.c.id).limit(_CLIENTS_AT_ONCE)
    ids = list(connection.scalars(last))
    while ids:
        search.refresh(connection, ids)
        ids = list(connection.scalars(last.where(client.c.id > ids[-1])))


# --- what the two kinds of database do in their own ways ------------------------------------------


def _is_shared(at: sa.Engine | sa.Connection) -> bool:
    return at.dialect.name == "postgresql"


def _reading(engine: sa.Engine) -> AbstractContextManager[sa.Connection]:
    """One consistent view."""
    if _is_shared(engine):
        from koba_desktop.storage.postgres.whole import snapshot

        return snapshot(engine)
    return engine.execution_options(read_only=True).connect()


def _writing(engine: sa.Engine) -> AbstractContextManager[sa.Connection]:
    """One transaction, of which nothing stays unless ``_keep`` says so."""
    if _is_shared(engine):
        from koba_desktop.storage.postgres.whole import whole_or_nothing

        return whole_or_nothing(engine)
    return engine.connect()


def _keep(connection: sa.Connection, where: str) -> None:
    if _is_shared(connection):
        from koba_desktop.storage.postgres.whole import keep

        keep(connection, where)
    else:
        connection.commit()


def _impossible(connection: sa.Connection) -> list[Problem]:
    """What is wrong with the rows of a database, whichever it is."""
    if _is_shared(connection):
        from koba_desktop.storage.check import impossible

        return list(impossible(connection))
    return check_findings(connection)


def _rule(error: DBAPIError) -> str:
    """Which rule refused a row, without what stands in the row."""
    if isinstance(error.orig, sqlcipher.Error):
        return raised(error)
    from koba_desktop.storage.postgres.errors import constraint, sqlstate

    return constraint(error) or sqlstate(error) or type(error.orig).__name__


@contextmanager
def _translated(source: sa.Engine, target: sa.Engine, where: str) -> Iterator[None]:
    with ExitStack() as translations:
        translations.enter_context(translated(where))
        if _is_shared(source) or _is_shared(target):
            from koba_desktop.storage.postgres.errors import translated as shared_translated

            translations.enter_context(shared_translated(where))
        yield
