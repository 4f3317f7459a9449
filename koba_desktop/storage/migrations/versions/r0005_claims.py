"""Which run takes a letter to a printer: two PCs do not print the same one.

No letter is claimed yet, so the columns are simply added to the end of the table.

On the shared database lists of an office can be noted in the audit from now on.
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

_HAS_TO_DO_WITH = """
create or replace function app.has_to_do_with(kind text, object uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return case kind
    when 'Client' then app.sees_client(object)
    when 'Letter' then exists (select from app.letter l where l.id = object and (
      l.office_id = any (app.my_offices('reception', 'advisor', 'lead'))
      or l.advisor_id = app.me_as('reception', 'advisor', 'lead')))
    when 'Office' then object = any (app.my_offices('reception', 'advisor', 'lead'))
      or exists (select from app.appointment a
        where a.office_id = object and a.advisor_id = app.me_as('reception', 'advisor', 'lead'))
      or exists (select from app.call_task t
        where t.office_id = object and t.advisor_id = app.me_as('reception', 'advisor', 'lead'))
    when 'AuditEvent' then object is null and app.reads_audit()
    else false end;
end $$"""


def upgrade() -> None:
    connection: sa.Connection = op.get_bind()
    for name, type_ in _COLUMNS[connection.dialect.name].items():
        connection.exec_driver_sql(f"alter table letter add column {name} {type_}")
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_HAS_TO_DO_WITH)
