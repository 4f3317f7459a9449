"""The door: the steps of the room cycle, visits with their day and number, coded refusals.

The three tables are made anew (SQLite cannot add a CHECK to a table) with the frozen statements
beside this module. Bookings that an earlier version left as airing for ever are over. An
appointment that keeps its time is not compared with the forms that are open.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_SEPARATOR = ";\n\n"
_BERLIN = ZoneInfo("Europe/Berlin")
_IN_USE = "('occupied', 'airing', 'cleaning')"

_BOOKING = """id, version, changed_at, changed_by, place_id, office_id, appointment_id, use, starts,
 ends, blocked_until, persons, state, active, reason, initials"""
_VISIT = """id, version, changed_at, changed_by, office_id, appointment_id, arrived_at, called_at,
 entered_at, left_at, companions"""
_REFUSAL = "id, created_at, created_by, appointment_id, office_id, room_id, code"


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return  # the shared database begins with revision 0003
    connection = op.get_bind()
    text = Path(__file__).with_suffix(".sqlite.sql").read_text(encoding="utf-8")
    statements = text.removesuffix(";\n").split(_SEPARATOR)
    fill: dict[str, Callable[[sa.Connection], None]] = {
        "room_booking": _bookings,
        "visit": _visits,
        "refusal": _refusals,
    }
    for table in fill:
        connection.exec_driver_sql(f"create temp table old_{table} as select * from {table}")
        connection.exec_driver_sql(f"drop table {table}")
    tables = [each for each in statements if each.startswith("CREATE TABLE")]
    for statement in tables:
        connection.exec_driver_sql(statement)
    for table, filled in fill.items():
        filled(connection)
        connection.exec_driver_sql(f"drop table old_{table}")
    for statement in statements:
        if statement not in tables:
            connection.exec_driver_sql(statement)


def _bookings(connection: sa.Connection) -> None:
    """Of a place the latest booking in use stays so; those before it are over."""
    connection.exec_driver_sql(
        f"""update old_room_booking set state = 'free', active = 0
        where state in {_IN_USE} and id not in (
          select id from (
            select id, row_number() over (partition by place_id order by starts desc, id) as place
            from old_room_booking where state in {_IN_USE})
          where place = 1)"""
    )
    used = f"state in {_IN_USE} or state = 'free'"
    left = "state in ('airing', 'cleaning', 'free')"
    connection.exec_driver_sql(
        f"""insert into room_booking ({_BOOKING}, occupied_at, vacated_at, note)
        select {_BOOKING}, case when {used} then starts end, case when {left} then ends end, ''
        from old_room_booking"""
    )


def _visits(connection: sa.Connection) -> None:
    """The day is that of the arrival on the office's wall clock; a number given twice on a day
    gets a further figure."""
    taken: set[tuple[str, str, str]] = set()
    rows = connection.exec_driver_sql(f"select {_VISIT}, code from old_visit order by id").all()
    for row in rows:
        values = dict(row._mapping)
        arrived = datetime.fromtimestamp(values["arrived_at"] / 1_000_000, UTC)
        values["day"] = arrived.astimezone(_BERLIN).date().isoformat()
        turn = 1
        code = values["code"]
        while (values["office_id"], values["day"], values["code"]) in taken:
            turn += 1
            values["code"] = f"{code}-{turn}"
        taken.add((values["office_id"], values["day"], values["code"]))
        names = ", ".join(values)
        marks = ", ".join("?" for _ in values)
        connection.exec_driver_sql(
            f"insert into visit ({names}, needs, checked) values ({marks}, '[]', '[]')",
            tuple(values.values()),
        )


def _refusals(connection: sa.Connection) -> None:
    """No version before this one wrote any; what else stands there must be one of the codes."""
    connection.exec_driver_sql(
        f"insert into refusal ({_REFUSAL}) select {_REFUSAL} from old_refusal"
    )
