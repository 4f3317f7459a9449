"""The statements that make the shared database, in order, each part as the role that owns it.

Tables, columns, checks and indexes are those of ``storage.tables``; what only PostgreSQL can say
(exclusion constraints, triggers, functions, grants, policies) stands in ``sql/`` and in ``rights``.
``python -m koba_desktop.storage.postgres.ddl`` prints them all: so was the first revision written.
"""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from koba_desktop.domain.records import Appended, Changeable
from koba_desktop.storage.check import IMPOSSIBLE
from koba_desktop.storage.postgres import rights
from koba_desktop.storage.queries.appointments import VIEW, VIEWED
from koba_desktop.storage.queries.audit import PARTS
from koba_desktop.storage.tables import TABLES, metadata
from koba_desktop.storage.triggers import KEPT_BY_DATABASE

OWNER, AUDIT, PROVISIONER = "koba_owner", "koba_audit", "koba_provisioner"
_SQL = Path(__file__).with_name("sql")
_IN_AUDIT = ("audit_event",)
_UNAUDITED = ("hold", "draft", "command", "presence", "audit_event")

# Nobody and nothing is in two places at once; half-open, as all intervals are.
_EXCLUSIONS = {
    "appointment": "constraint advisor_taken exclude using gist"
    " (advisor_id with =, tstzrange(starts, ends) with &&) where (active)",
    "participant": "constraint client_taken exclude using gist"
    " (client_id with =, tstzrange(starts, ends) with &&) where (active and client_id is not null)",
    "room_booking": "constraint place_taken exclude using gist"
    " (place_id with =, tstzrange(starts, blocked_until) with &&) where (active)",
}

_ADVISOR_MOVED = (
    "new.active and (new.advisor_id, new.starts, new.ends, new.active)"
    " is distinct from (old.advisor_id, old.starts, old.ends, old.active)"
)
_BOOKS = "new.active and new.state = 'reserved' and new.use = 'consultation'"
_BOOKS_MORE = (
    f"{_BOOKS} and (new.place_id is distinct from old.place_id or not old.active"
    " or new.starts < old.starts or new.blocked_until > old.blocked_until)"
)


# What a letter tells of an appointment.
_TOLD = ("starts", "ends", "advisor_id", "channel", "kind_id", "phone", "state", "withdrawn_at")
_TOLD_ANEW = (
    f"({', '.join(f'new.{name}' for name in _TOLD)})"
    f" is distinct from ({', '.join(f'old.{name}' for name in _TOLD)})"
)

# Their rows say what was or is to be done for a client, or with which.
_ABOUT_CLIENTS = ("participant", "call_task", "contact_attempt", "letter", "wait_entry")


def _trigger(name: str, event: str, function: str, when: str = "") -> str:
    condition = f" when ({when})" if when else ""
    return f"create trigger {name} {event} for each row{condition} execute function {function}"


# What follows an appointment, and who keeps a slot while typing: see ``sql/guards.sql``.
_FOLLOWING = (
    _trigger(
        "hold_insert", "after insert on appointment", "app.guard_held('advisor')", "new.active"
    ),
    _trigger(
        "hold_update",
        "after update of advisor_id, starts, ends, active on appointment",
        "app.guard_held('advisor')",
        _ADVISOR_MOVED,
    ),
    _trigger(
        "participant_follows",
        "after update of starts, ends, active on appointment",
        "app.participant_follows()",
        "(new.starts, new.ends, new.active) is distinct from (old.starts, old.ends, old.active)",
    ),
    _trigger(
        "like_appointment", "before insert or update on participant", "app.like_appointment()"
    ),
    _trigger(
        "hold_insert",
        "after insert on participant",
        "app.guard_held('client')",
        "new.active and new.client_id is not null",
    ),
    _trigger(
        "hold_update",
        "after update on participant",
        "app.guard_held('client')",
        "new.active and new.client_id is not null and (new.client_id, new.starts, new.ends,"
        " new.active) is distinct from (old.client_id, old.starts, old.ends, old.active)",
    ),
    _trigger("hold_insert", "after insert on room_booking", "app.guard_held('place')", _BOOKS),
    _trigger(
        "hold_update",
        "after update of place_id, starts, blocked_until, active on room_booking",
        "app.guard_held('place')",
        _BOOKS_MORE,
    ),
    _trigger("hold_free", "after insert or update on hold", "app.guard_hold()"),
    _trigger("login_fixed", "before update of login on staff", "app.guard_staff()"),
    _trigger(
        "login_given_up",
        "after update of login on staff",
        "people.login_given_up()",
        "new.login <> old.login",
    ),
    _trigger("login_removed", "after delete on staff", "people.login_given_up()"),
    _trigger(
        "address_hidden", "before update on client", "app.guard_blocked()", "old.address_blocked"
    ),
    _trigger(
        "letters_hide",
        "after update of address_blocked on client",
        "app.hide_addresses()",
        "new.address_blocked and not old.address_blocked",
    ),
    _trigger("letters_hide", "after update on appointment", "app.hide_addresses()", _TOLD_ANEW),
    *(
        _trigger(name, f"before {event} on {table}", "app.guard_client_seen()", when)
        for table in _ABOUT_CLIENTS
        for name, event, when in (
            ("client_seen", "insert", "new.client_id is not null"),
            (
                "client_seen_again",
                "update of client_id",
                "new.client_id is not null and new.client_id is distinct from old.client_id",
            ),
        )
    ),
    _trigger(
        "groups_follow", "after insert or update or delete on staff_role", "people.roles_changed()"
    ),
)


def statements() -> Iterator[str]:
    """Everything, to be run by a role that may make roles, in one transaction."""
    yield _text("roles")
    yield from _as(OWNER, "app")
    yield _text("functions")
    for table in metadata.sorted_tables:
        if table.name not in _IN_AUDIT:
            yield from _table(table)
    yield from _as(AUDIT, "audit")
    for name in _IN_AUDIT:
        yield from _table(metadata.tables[name])
    yield _text("audit")
    yield "grant select, insert on audit.audit_event to koba_owner"
    yield from _as(OWNER, "app")
    yield _text("guards")
    yield _impossible_rows()
    yield from _audited_objects()
    yield from _as(PROVISIONER, "people")
    yield _text("people")
    yield from _as(OWNER, "app")
    yield from _executables()
    yield from _guards()
    for table in metadata.sorted_tables:
        yield from _gates(table.name)
    yield from _appointment_row()
    yield "create table alembic_version (version_num varchar(32) primary key)"
    yield "grant select on alembic_version, deployment, master_version to koba_user"
    yield "reset role"


def _as(role: str, schema: str) -> Iterator[str]:
    yield f"set local role {role}"
    yield f"set local search_path = {schema}, app, public"


def _text(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


def _table(table: sa.Table) -> Iterator[str]:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    yield str(CreateTable(table).compile(dialect=dialect)).strip()
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        yield str(CreateIndex(index).compile(dialect=dialect)).strip()
    if table.name in _EXCLUSIONS:
        yield f"alter table {table.name} add {_EXCLUSIONS[table.name]}"


def _appointment_row() -> Iterator[str]:
    """The view behind every calendar and list of appointments. A barrier: what a session adds to
    the question is asked only of rows it sees."""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    compiled = VIEWED.compile(dialect=dialect)
    # A definition holds no parameters: these are words of the program's own.
    rows = str(compiled) % {name: _word(value) for name, value in compiled.params.items()}
    owner = "(select pg_has_role(session_user, 'koba_owner', 'member'))"
    seen = f"{rights.visible_appointment('appointment.')} or {owner}"
    yield f"create view {VIEW.name} with (security_barrier) as {rows} where {seen}"
    yield f"grant select on {VIEW.name} to {', '.join(rights.SEES)}"


def _word(value: Any) -> str:
    """A word or a number as SQL writes it."""
    if isinstance(value, int):
        return str(value)
    text = str(value.value if isinstance(value, StrEnum) else value)
    assert "'" not in text, "only words of the program stand in definitions"
    return f"'{text}'"


def _impossible_rows() -> str:
    """What ``check`` asks for an administrator, who sees no clients: ids only."""
    queries = "\nunion all\n".join(
        f"select '{code}'::text, q.* from ({query}) q"
        if code.endswith("_overlap")
        else f"select '{code}'::text, q.id, null::uuid from ({query}) q"
        for code, query in IMPOSSIBLE.items()
    )
    return f"""create function app.impossible_rows(out code text, out at uuid, out other uuid)
returns setof record
language plpgsql stable security definer set search_path = app, pg_catalog, pg_temp as $$
begin
  if not app.is_administrator() and not pg_has_role(session_user, 'koba_owner', 'member') then
    raise insufficient_privilege using message = 'not_entitled', constraint = 'impossible_rows';
  end if;
  return query {queries};
end $$"""


def _audited_objects() -> Iterator[str]:
    """Who reads the audit asks about its objects, without being able to read them: it is ids and
    references that are told."""
    guard = """
  if not app.reads_audit() and not pg_has_role(session_user, 'koba_owner', 'member') then
    raise insufficient_privilege using message = 'not_entitled', constraint = 'audited_objects';
  end if;"""
    head = """language plpgsql stable security definer
set search_path = app, pg_catalog, pg_temp as $$"""
    parts = "\n".join(
        f"    union all select p.id from {column.table.name} p where p.{column.name} = any (heads)"
        for column in PARTS
    )
    yield f"""create function app.audit_subjects(meant uuid, code text, client_number text)
returns setof uuid
{head}
declare
  heads uuid[] := array[meant];
begin{guard}
  if meant is null then
    heads := array(
      select a.id from appointment a where a.reference = code
      union all select c.id from client c where c.number = client_number);
  end if;
  return query select unnest(heads)
{parts};
end $$"""
    yield f"""create function app.audit_references(ids uuid[], out at uuid, out code text)
returns setof record
{head}
begin{guard}
  return query select a.id, a.reference from appointment a where a.id = any (ids);
end $$"""


def _executables() -> Iterator[str]:
    """Functions are for nobody until they are said to be."""
    for schema, owner in (("app", OWNER), ("audit", AUDIT), ("people", PROVISIONER)):
        yield f"set local role {owner}"
        yield f"revoke execute on all functions in schema {schema} from public"
        mine = [each for each in rights.FOR_USERS if each.startswith(f"{schema}.")]
        yield f"grant execute on function {', '.join(mine)} to koba_user"
    yield f"set local role {OWNER}"
    helpers = "app.now(), app.today(), app.day_begins(), app.me(), app.new_id(), app.reads_audit()"
    asked = "app.address_mine(uuid), app.has_to_do_with(text, uuid)"
    yield f"grant execute on function {helpers}, {asked} to {AUDIT}"
    yield f"grant execute on function app.is_administrator() to {PROVISIONER}"
    yield f"grant select on staff, staff_role to {PROVISIONER}, {AUDIT}"
    yield f"set local role {AUDIT}"
    yield f"grant execute on function audit.note_login(text, text) to {PROVISIONER}"
    seals = "audit.seal_some(), audit.last_seal(), audit.broken_seals()"
    yield f"grant execute on function audit.track(), {seals} to {OWNER}"
    yield f"set local role {PROVISIONER}"
    yield f"grant execute on function people.roles_changed(), people.login_given_up() to {OWNER}"
    yield f"set local role {OWNER}"


def _guards() -> Iterator[str]:
    for kind, table in TABLES.items():
        name = table.name
        if issubclass(kind, Changeable):
            event = "insert or update"
            if kept := KEPT_BY_DATABASE.get(name):
                columns = ", ".join(c.name for c in table.columns if c.name not in kept)
                event = f"insert or update of {columns}"
            yield _trigger("guard", f"before {event} on {name}", "app.guard_changed()")
        elif issubclass(kind, Appended) and name not in _IN_AUDIT:
            yield _trigger("guard", f"before insert on {name}", "app.guard_appended()")
            # Contact traces are deleted after four weeks; all others are there to stay.
            yield _trigger("fixed", f"before update on {name}", "app.refuse_change()")
            if name != "contact_trace":
                yield _trigger("kept", f"before delete on {name}", "app.refuse_change()")
        if name not in _UNAUDITED:
            yield _trigger(
                "audited",
                f"after insert or update or delete on {name}",
                f"audit.track('{kind.__name__}')",
                "current_user <> 'koba_owner'",
            )
        if name in rights.MASTER:
            yield (
                f"create trigger counted after insert or update or delete on {name}"
                " for each statement execute function app.count_master()"
            )
    yield from _FOLLOWING


def _gates(table: str) -> Iterator[str]:
    """Grants and policies of a table; without a policy nobody but its owner sees a row."""
    in_audit = table in _IN_AUDIT
    if in_audit:
        yield f"set local role {AUDIT}"
    name = f"audit.{table}" if in_audit else f"app.{table}"
    for group, what in rights.GRANTS[table].items():
        yield f"grant {what} on {name} to {group}"
        if table == "client_search":
            yield f"grant usage on sequence client_search_entry_seq to {group}"
    yield f"alter table {name} enable row level security"
    for number, policy in enumerate(rights.POLICIES[table]):
        to = "public" if policy.to == rights.USER else policy.to
        clauses = []
        if policy.what != "insert":
            clauses.append(f"using ({policy.using})")
        if policy.what == "insert":
            clauses.append(f"with check ({policy.check or policy.using})")
        elif policy.check is not None:
            clauses.append(f"with check ({policy.check})")
        yield (
            f"create policy {table}_{policy.what}_{number} on {name} for {policy.what} to {to} "
            + " ".join(clauses)
        )
    if in_audit:
        yield f"create policy owner_reads on {name} for select to {OWNER} using (true)"
        yield f"create policy owner_adds on {name} for insert to {OWNER} with check (true)"
        yield f"set local role {OWNER}"


if __name__ == "__main__":
    print(";\n\n".join(statements()), end=";\n")
