"""The first schema: tables, indexes, triggers and the search index.

The statements beside this module are frozen: they were printed by ``koba_desktop.storage.ddl``.
"""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None

_SEPARATOR = ";\n\n"


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return  # the shared database begins with revision 0003
    text = Path(__file__).with_suffix(".sqlite.sql").read_text(encoding="utf-8")
    for statement in text.removesuffix(";\n").split(_SEPARATOR):
        op.get_bind().exec_driver_sql(statement)
