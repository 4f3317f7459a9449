"""What the database says, in the words of the domain."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError

from koba_desktop.domain.errors import OfficeError, Problem, Refused, Unavailable

# SQLite's error names (the part before the extended code) and what they mean here.
_UNAVAILABLE = {
    "SQLITE_BUSY": "database_locked",
    "SQLITE_LOCKED": "database_locked",
    "SQLITE_FULL": "disk_full",
    "SQLITE_READONLY": "read_only",
    "SQLITE_PERM": "read_only",
    "SQLITE_CANTOPEN": "cannot_open",
    "SQLITE_IOERR": "disk_error",
    "SQLITE_CORRUPT": "database_damaged",
    "SQLITE_NOTADB": "wrong_key",
}
# The same in SQLite's own words: an error of a backup comes without its name.
_SAID = {
    "database is locked": "database_locked",
    "database or disk is full": "disk_full",
    "attempt to write a readonly database": "read_only",
    "unable to open database file": "cannot_open",
    "disk I/O error": "disk_error",
    "database disk image is malformed": "database_damaged",
    "file is not a database": "wrong_key",
}

OVERLAPS = frozenset(
    {"place_taken", "place_held", "advisor_taken", "advisor_held", "client_taken", "client_held"}
)


def raised(error: DBAPIError) -> str:
    """The word a trigger raised, or the database's own message."""
    return str(error.orig)


def unavailable(error: Exception, where: str = "") -> Unavailable | None:
    """The Unavailable an error of the driver stands for, None where it is something else."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for begins, code in _UNAVAILABLE.items():
        if name.startswith(begins):
            return Unavailable(code, where=where)
    said = "" if name else _SAID.get(str(error), "")
    return Unavailable(said, where=where) if said else None


def violated(error: IntegrityError, table: str) -> OfficeError:
    """A constraint that no overlap or version rule explains, with its name or columns."""
    message = str(error.orig)
    if found := re.match(r"UNIQUE constraint failed: (.+)", message):
        columns = [each.split(".")[-1] for each in found[1].split(", ")]
        return Refused(Problem("already_exists", {"kind": table}, where=", ".join(columns)))
    if found := re.match(r"(?:CHECK|NOT NULL) constraint failed: (.+)", message):
        rule = found[1].split(".")[-1].removeprefix(f"ck_{table}_")
        return Refused(Problem("rule_broken", {"kind": table, "rule": rule}, where=rule))
    if message == "FOREIGN KEY constraint failed":
        return Refused(Problem("reference_broken", {"kind": table}))
    return Refused(Problem("rule_broken", {"kind": table, "rule": message}, where=message))


@contextmanager
def translated(where: str = "") -> Iterator[None]:
    """Turns errors of an absent, locked, full or damaged database into Unavailable."""
    try:
        yield
    except DatabaseError as error:
        problem = unavailable(error.orig, where) if isinstance(error.orig, Exception) else None
        if problem is None:
            raise
        raise problem from error
