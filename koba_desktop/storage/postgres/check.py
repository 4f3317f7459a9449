"""Looking the shared database over: schema, rights, line, server, audit."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from koba_desktop.domain.errors import Problem
from koba_desktop.storage.check import impossible_row
from koba_desktop.storage.postgres import rights
from koba_desktop.storage.postgres.address import THIS_PC
from koba_desktop.storage.schema import HEAD

if TYPE_CHECKING:
    from koba_desktop.storage.postgres.store import PostgresStore

RECOMMENDED_SERVER = 160_000
SKEW = timedelta(seconds=30)
_EXTENSIONS = ("btree_gist", "pg_trgm")
_EXCLUSIONS = ("advisor_taken", "client_taken", "place_taken")

# From the tables' own lists: what the information schema shows depends on who asks.
_GRANTED = """
    select c.relname, g.rolname, lower(a.privilege_type)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    cross join lateral aclexplode(c.relacl) a left join pg_roles g on g.oid = a.grantee
    where n.nspname in ('app', 'audit') and c.relkind = 'r' and a.grantee <> c.relowner"""
_INTERNAL = ("koba_owner", "koba_audit", "koba_provisioner")
_READ_BY_ALL = ("alembic_version", "deployment", "master_version")


def findings_of(connection: sa.Connection) -> Iterator[Problem]:
    """Everything found. Codes beside those of ``storage.check``: ``extension_missing``,
    ``constraint_missing``, ``right_missing``, ``right_too_much``, ``policies_off``,
    ``server_old``, ``line_without_tls``, ``clock_skew``, ``seal_broken``, ``owner_can_sign_in``."""
    found = connection.exec_driver_sql("select version_num from alembic_version").scalar()
    if found != HEAD:
        yield Problem("schema_differs", {"found": found, "expected": HEAD})
    for row in connection.exec_driver_sql("select code, at, other from app.impossible_rows()"):
        yield impossible_row(*row)
    yield from _made_of(connection)
    yield from _rights(connection)
    yield from _server(connection)
    for (number,) in connection.exec_driver_sql("select audit.broken_seals()"):
        yield Problem("seal_broken", {"number": number}, where=f"audit.seal {number}")


def _made_of(connection: sa.Connection) -> Iterator[Problem]:
    there = set(connection.exec_driver_sql("select extname from pg_extension").scalars())
    for name in _EXTENSIONS:
        if name not in there:
            yield Problem("extension_missing", {"name": name}, where=name)
    kept = set(
        connection.exec_driver_sql(
            "select conname from pg_constraint where contype = 'x'"
        ).scalars()
    )
    for name in _EXCLUSIONS:
        if name not in kept:
            yield Problem("constraint_missing", {"name": name}, where=name)


def _rights(connection: sa.Connection) -> Iterator[Problem]:
    """Grants as they are against grants as they should be, and whether policies hold at all."""
    wanted = {
        (table, group, privilege)
        for table, grants in rights.GRANTS.items()
        for group, privileges in grants.items()
        for privilege in privileges.split(", ")
    }
    wanted |= {(table, rights.USER, "select") for table in _READ_BY_ALL}
    granted = {
        (table, group or "public", privilege)
        for table, group, privilege in connection.exec_driver_sql(_GRANTED)
        if group not in _INTERNAL
    }
    for table, group, privilege in sorted(wanted - granted):
        yield Problem(
            "right_missing", {"group": group, "privilege": privilege, "table": table}, where=table
        )
    for table, group, privilege in sorted(granted - wanted):
        yield Problem(
            "right_too_much", {"group": group, "privilege": privilege, "table": table}, where=table
        )
    unguarded = connection.exec_driver_sql(
        "select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where n.nspname in ('app', 'audit') and c.relkind = 'r' and not c.relrowsecurity"
    ).scalars()
    for table in sorted(set(unguarded) & set(rights.POLICIES)):
        yield Problem("policies_off", {"table": table}, where=table)
    for role in connection.exec_driver_sql(
        "select rolname from pg_roles where rolcanlogin"
        " and rolname in ('koba_owner', 'koba_audit', 'koba_provisioner')"
    ).scalars():
        yield Problem("owner_can_sign_in", {"role": role}, where=role)


def _server(connection: sa.Connection) -> Iterator[Problem]:
    version = int(
        connection.exec_driver_sql("select current_setting('server_version_num')").scalar_one()
    )
    if version < RECOMMENDED_SERVER:
        yield Problem("server_old", {"version": version // 10_000}, where="server_version")
    line: Any = connection.connection.driver_connection
    if not line.pgconn.ssl_in_use and line.info.host not in THIS_PC:
        yield Problem("line_without_tls", where="ssl")
    before = datetime.now(UTC)
    there = connection.exec_driver_sql("select clock_timestamp()").scalar_one()
    here = before + (datetime.now(UTC) - before) / 2
    skew = there - here
    if abs(skew) > SKEW:
        yield Problem("clock_skew", {"seconds": round(skew.total_seconds())}, where="clock")


def seal_audit(store: "PostgresStore") -> str:
    """Seal what the audit has got since the last seal; the hash over all of it, "" while it is
    empty. Kept elsewhere, it shows a change that whoever rules the server makes later."""
    with store.engine.connect() as connection:
        while connection.exec_driver_sql("select audit.seal_some()").scalar():
            pass  # a portion each, so that nobody who writes waits long
        sealed = connection.exec_driver_sql("select audit.last_seal()").scalar()
    return bytes(sealed).hex() if sealed is not None else ""
