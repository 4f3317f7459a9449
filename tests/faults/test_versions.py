"""A database that is older or newer than the program: told by its code, and nothing is written."""

from collections.abc import Callable

import psycopg
import pytest

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.errors import Unavailable
from koba_desktop.storage.postgres.setup import migrate
from koba_desktop.storage.postgres.store import open_shared
from tests.faults.desk import Desks
from tests.postgres.office import PASSWORD, address_of, make_login
from tests.postgres.server import SUPERUSER

OTHER = [("0000", "database_older"), ("9999", "database_newer")]


def written(desks: Desks) -> list[tuple[str, int]]:
    """How many rows each table has had inserted, changed or deleted so far."""
    with psycopg.connect(desks.database.dsn()) as connection:
        rows = connection.execute(
            """
            select format('%I.%I', schemaname, relname), (xpath('/row/c/text()', query_to_xml(
              format('select count(*) + coalesce(sum(xmin::text::bigint), 0) as c from %I.%I',
                schemaname, relname), false, true, '')))[1]::text::bigint
            from pg_tables join pg_class on relname = tablename
            where schemaname in ('app', 'audit') order by 1
            """
        )
        return [(name, count) for name, count in rows]
