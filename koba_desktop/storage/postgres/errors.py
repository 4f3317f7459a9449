"""What PostgreSQL and the line to it say, in the words of the domain.

Three sorts are told apart: what a user must hear (somebody was quicker, no right), what is tried
again by itself (a lost connection, a restart, a deadlock), and that the server is away.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy.exc import DBAPIError

from koba_desktop.domain.errors import OfficeError, Problem, Refused, Unavailable

_AGAIN = {
    "40001": "connection_lost",  # serialisation failure
    "40P01": "connection_lost",  # deadlock
    "55P03": "server_busy",  # lock_timeout
    "57P01": "connection_lost",  # admin_shutdown
    "57P02": "connection_lost",  # crash_shutdown
    "57P03": "server_away",  # cannot_connect_now
    "25P03": "connection_lost",  # idle_in_transaction_session_timeout
    "25P04": "connection_lost",  # transaction_timeout
}
_SAID = {
    "57014": "statement_timeout",
    "53100": "disk_full",
    "53200": "server_overloaded",
    "53300": "too_many_connections",
    "25006": "server_read_only",
    "58030": "disk_error",
    "XX001": "database_damaged",
    "XX002": "database_damaged",
    "3D000": "database_missing",
    "42P01": "not_a_database",
    "3F000": "not_a_database",
}
# A refused connection has no code of its own: its words are all there is, libpq's in English and
# the server's in the language of its lc_messages, which is English or German here.
_CONNECTING = (
    (r"password authentication failed|no password supplied|Passwort-Auth", "password_wrong"),
    (r"is not permitted to log in|keine Berechtigung zum Einloggen", "login_disabled"),
    (r"permission denied to set role|keine Berechtigung, um Rolle", "setup_right_missing"),
    (r"role \".*\" does not exist|Rolle .* existiert nicht", "password_wrong"),
    (
        r"too many connections|remaining connection slots|too many clients"
        r"|zu viele Verbindungen|verbleibenden Verbindungen",
        "too_many_connections",
    ),
    (r"permission denied for database|keine Berechtigung f.+r Datenbank", "login_without_right"),
    (r"database \".*\" does not exist|Datenbank .* existiert nicht", "database_missing"),
    (r"certificate has expired|certificate is not yet valid", "certificate_expired"),
    (r"does not match host name|server certificate for \"", "certificate_wrong_name"),
    (r"certificate verify failed|root certificate file", "certificate_untrusted"),
    (r"channel binding required", "certificate_untrusted"),
    (
        r"server does not support SSL|no encryption|keine Verschl.+sselung|hostssl|SSL off",
        "server_without_tls",
    ),
    (r"(no|kein) pg_hba.conf|pg_hba.conf (rejects|lehnt)", "login_without_right"),
    (
        r"starting up|shutting down|recovery mode|not yet accepting|not accepting connections"
        r"|Datenbanksystem",
        "server_away",
    ),
    (r"could not translate host name|Name or service not known|resolve host", "server_unknown"),
)


def sqlstate(error: BaseException) -> str:
    """The five characters, "" where the server said nothing any more."""
    original = getattr(error, "orig", error)
    return getattr(original, "sqlstate", None) or ""


def constraint(error: BaseException) -> str:
    """The name of the constraint (or of the rule a trigger kept), else ""."""
    original = getattr(error, "orig", error)
    diag = getattr(original, "diag", None)
    return getattr(diag, "constraint_name", None) or ""


def unavailable(error: BaseException, where: str) -> Unavailable | None:
    """The Unavailable an error stands for, None where it is something else."""
    original = getattr(error, "orig", error)
    state = sqlstate(error)
    if code := _AGAIN.get(state) or _SAID.get(state):
        return Unavailable(code, where=where)
    text = str(original)
    if state.startswith("28"):
        return Unavailable(_connecting(text) or "password_wrong", where=where)
    if not isinstance(original, psycopg.OperationalError | psycopg.InterfaceError):
        return None
    # Words of a failed connection; a broken one says nothing that could be told.
    return Unavailable(_connecting(text) or "connection_lost", where=where)


def not_connected(error: BaseException, where: str) -> Unavailable:
    """What stopped a new connection: the server is away, unless it said something better."""
    found = unavailable(error, where)
    if found is None or found.code == "connection_lost":
        return Unavailable("server_away", where=where)
    return found


def _connecting(text: str) -> str:
    for pattern, code in _CONNECTING:
        if re.search(pattern, text):
            return code
    return ""


def refused(error: DBAPIError | psycopg.Error, table: str) -> OfficeError | None:
    """The refusal of a constraint, a trigger or a policy; None where it is something else."""
    state, name = sqlstate(error), constraint(error)
    original = getattr(error, "orig", error)
    diag: Any = getattr(original, "diag", None)
    if state == "42501":
        return Refused(Problem("not_entitled", where=table))
    if state == "23505":
        columns = re.search(r"\((.+?)\)=", diag.message_detail or "")
        where = columns[1] if columns else name
        return Refused(Problem("already_exists", {"kind": table}, where=where))
    if state == "23503":
        return Refused(Problem("reference_broken", {"kind": table}))
    if state == "23502":
        column = diag.column_name or ""
        return Refused(Problem("rule_broken", {"kind": table, "rule": column}, where=column))
    if state == "23514":
        rule = name.removeprefix(f"ck_{table}_")
        return Refused(Problem("rule_broken", {"kind": table, "rule": rule}, where=rule))
    if state.startswith("22") or isinstance(original, psycopg.DataError):
        return Refused(Problem("text_not_storable", {"kind": table}, where=table))
    return None


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turns errors of an absent, full or overloaded server into Unavailable, a missing right into
    Refused ``not_entitled``."""
    try:
        yield
    except (DBAPIError, psycopg.Error) as error:
        if sqlstate(error) == "42501":
            raise Refused(Problem("not_entitled")) from error
        problem = unavailable(error, where)
        if problem is None:
            raise
        raise problem from error
