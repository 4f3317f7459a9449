"""Which run takes a letter to a printer: two PCs do not print the same one.

No letter is claimed yet, so the columns are simply added to the end of the table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_COLUMNS = {
    "sqlite": {
        "claim": "char(32)",
        "claimed_at": "bigint",
        "claimed_by": "char(32)",
        "claimed_host": "text",
        "claimed_printer": "text",
    },
    "postgresql": {
        "claim": "uuid",
        "claimed_at": "timestamp with time zone",
        "claimed_by": "uuid",
        "claimed_host": "text",
        "claimed_printer": "text",
    },
}


def upgrade() -> None:
    connection: sa.Connection = op.get_bind()
    for name, type_ in _COLUMNS[connection.dialect.name].items():
        connection.exec_driver_sql(f"alter table letter add column {name} {type_}")
