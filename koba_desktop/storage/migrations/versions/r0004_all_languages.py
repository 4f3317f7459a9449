"""Letters in all languages: what a translation was made from, who checked it, what clients answer.

SQLite cannot add a CHECK to a table: the wordings and the letters are made anew with the frozen
statements beside this module. The shared database is altered by those of its own.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_SEPARATOR = ";\n\n"
_MADE_ANEW = {
    "template_version": "id, created_at, created_by, template_id, number, blocks, valid_from",
    "letter": """id, version, changed_at, changed_by, client_id, office_id, advisor_id, kind,
 language, variant, state, template_version_id, data, appointment_id, call_task_id, replaces_id,
 assumed_posting, hold_reason, hold_details, printed_at, posted_on, withdrawn_at, created_at""",
}


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        _made_anew(connection)
    else:
        for statement in _statements("postgresql"):
            connection.exec_driver_sql(statement)


def _made_anew(connection: sa.Connection) -> None:
    for table in _MADE_ANEW:
        connection.exec_driver_sql(f"create temp table old_{table} as select * from {table}")
        connection.exec_driver_sql(f"drop table {table}")
    statements = _statements("sqlite")
    tables = [each for each in statements if each.startswith("CREATE TABLE")]
    for statement in tables:
        connection.exec_driver_sql(statement)
    for table, columns in _MADE_ANEW.items():
        connection.exec_driver_sql(
            f"insert into {table} ({columns}) select {columns} from old_{table}"
        )
        connection.exec_driver_sql(f"drop table old_{table}")
    for statement in statements:
        if statement not in tables:
            connection.exec_driver_sql(statement)


def _statements(dialect: str) -> list[str]:
    text = Path(__file__).with_suffix(f".{dialect}.sql").read_text(encoding="utf-8")
    return text.removesuffix(";\n").split(_SEPARATOR)
