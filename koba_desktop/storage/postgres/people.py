"""Logins of the staff. Passwords never leave the PC: the server gets SCRAM verifiers."""

import secrets
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from koba_desktop.domain.errors import NotFound, Problem, Refused
from koba_desktop.storage.postgres.errors import constraint, sqlstate

SHORTEST_PASSWORD = 12
_SWEEPS = 10
_GROUPS, _GROUP = 4, 5
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # none that is taken for another (l, o, 0, 1)

_FOREIGN_ROLE = """
    select 1 from pg_roles r
    where r.rolname = %s and not exists (
      select from pg_auth_members m join pg_roles g on g.oid = m.roleid
      where m.member = r.oid and g.rolname = 'koba_user')"""


@dataclass(frozen=True, slots=True)
class Login:
    """``connections`` are those open now."""

    login: str
    allowed: bool
    connections: int


def require_good(password: str) -> None:
    """Raises Refused ``password_short``."""
    if len(password) < SHORTEST_PASSWORD:
        raise Refused(Problem("password_short", {"least": SHORTEST_PASSWORD}, where="password"))


def first_password() -> str:
    """A password for somebody's first sign-in, easy to type from paper: 100 bits."""
    return "-".join(
        "".join(secrets.choice(_LETTERS) for _letter in range(_GROUP)) for _group in range(_GROUPS)
    )


def verifier(connection: "psycopg.Connection[Any]", login: str, password: str) -> str:
    """What the server keeps of a password (RFC 5803)."""
    made = connection.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256")
    return made.decode()


def require_free(connection: "psycopg.Connection[Any]", login: str) -> None:
    """Raises Refused ``login_reserved`` where the name is that of a role this program did not
    make."""
    row = connection.execute(_FOREIGN_ROLE, (login,)).fetchone()
    if row is not None:
        raise Refused(Problem("login_reserved", {"value": login}, where="login"))


def set_login(connection: "psycopg.Connection[Any]", login: str, password: str) -> None:
    """Make a login for a member of the staff, or give it another password.

    Raises Refused: ``password_short``, ``not_entitled``, ``login_reserved`` (a role of the server
    that is not this program's); NotFound ``login_unknown`` (no such member of the staff).
    """
    require_good(password)
    _call(
        connection,
        "select people.set_login(%s, %s)",
        (login, verifier(connection, login, password)),
        login,
    )


def allow_login(connection: "psycopg.Connection[Any]", login: str, allowed: bool) -> None:
    """Let a login in, or nobody with it any more; whoever is in at the moment is thrown out.

    The connection is in autocommit: only when the login is closed are its connections ended, until
    nobody is left who was just coming in. Raises Refused ``not_entitled``, ``login_own``; NotFound
    ``login_unknown``.
    """
    _call(connection, "select people.allow_login(%s, %s)", (login, allowed), login)
    if allowed:
        return
    for _attempt in range(_SWEEPS):
        if not _call(connection, "select people.end_connections(%s)", (login,), login):
            return


def logins(connection: "psycopg.Connection[Any]") -> list[Login]:
    """Those of the staff who can sign in. Raises Refused ``not_entitled``."""
    try:
        rows = connection.execute("select login, allowed, connected from people.logins()")
        return [Login(*row) for row in rows]
    except psycopg.errors.InsufficientPrivilege as error:
        raise Refused(Problem("not_entitled")) from error


def change_own_password(connection: "psycopg.Connection[Any]", login: str, password: str) -> None:
    """Raises Refused ``password_short``."""
    require_good(password)
    connection.execute(
        sql.SQL("alter role {} password {}").format(
            sql.Identifier(login), sql.Literal(verifier(connection, login, password))
        )
    )


def _call(
    connection: "psycopg.Connection[Any]", statement: str, values: tuple[Any, ...], login: str
) -> Any:
    try:
        row = connection.execute(statement, values).fetchone()
    except psycopg.Error as error:
        name = constraint(error)
        if name == "login_unknown":
            raise NotFound("login_unknown", where="login", value=login) from error
        if name == "login_reserved":
            raise Refused(Problem("login_reserved", {"value": login}, where="login")) from error
        if name == "allow_login_self":
            raise Refused(Problem("login_own", where="login")) from error
        if sqlstate(error) == "42501":
            raise Refused(Problem("not_entitled")) from error
        raise
    return None if row is None else row[0]
