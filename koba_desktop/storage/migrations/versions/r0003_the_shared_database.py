"""Who has what open, and the login in the audit. The shared database begins with this revision.

SQLite cannot add a column in the place it belongs: the audit is made anew with the frozen
statements beside this module.
"""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"

_SEPARATOR = ";\n\n"
_AUDIT = "id, created_at, created_by, action, object_kind, object_id, fields, host, reason"


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return  # made with this revision; its statements are kept beside this module
    text = Path(__file__).with_suffix(".sqlite.sql").read_text(encoding="utf-8")
    connection.exec_driver_sql("create temp table old_audit as select * from audit_event")
    connection.exec_driver_sql("drop table audit_event")
    for statement in text.removesuffix(";\n").split(_SEPARATOR):
        connection.exec_driver_sql(statement)
        if statement.startswith("CREATE TABLE audit_event"):
            connection.exec_driver_sql(
                f"insert into audit_event ({_AUDIT}) select {_AUDIT} from old_audit"
            )
    connection.exec_driver_sql("drop table old_audit")
