"""Which schema a database has: the revision Alembic keeps in ``alembic_version``.

Alembic itself is imported only where a database must be upgraded.
"""

import sqlalchemy as sa

from koba_desktop.domain.errors import Unavailable

HEAD = "0005"
"""The revision this program works with: the newest in ``migrations/versions``."""


def require_fitting(found: str, where: str) -> None:
    """Raises Unavailable ``database_older``, ``database_newer`` (than this program)."""
    if found != HEAD:
        code = "database_older" if found < HEAD else "database_newer"
        raise Unavailable(code, where=where, found=found)


def revision(connection: sa.Connection) -> str | None:
    """The database's revision, None where it has none."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.exec_driver_sql(
        "select version_num from alembic_version"
    ).scalar()
    return found


def stamp(connection: sa.Connection, number: str) -> None:
    """Say which revision a freshly made schema is, in Alembic's own table."""
    connection.exec_driver_sql(
        "create table alembic_version ("
        "version_num varchar(32) not null, constraint alembic_version_pkc primary key (version_num)"
        ")"
    )
    connection.exec_driver_sql("insert into alembic_version values (?)", (number,))
