"""What somebody with a login types into psql beside questions: other roles, objects of one's own,
the server's files and settings, other people's logins."""

import os
import shutil
import subprocess
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.contract.attack_matrix import MATRIX
from tests.contract.attack_people import PEOPLE
from tests.contract.attacked_house import SECRET
from tests.contract.attackers import Attacked, attempt, state
from tests.postgres.office import PASSWORD

everybody = pytest.mark.parametrize("login", [person.login for person in PEOPLE])

# Each is refused for want of the right (42501), whoever asks.
_REFUSED = """
set role koba_owner
set role koba_audit
set role koba_provisioner
set role postgres
set role kollegin
set session authorization kollegin
set session authorization postgres
set session_replication_role = replica
set log_statement = 'none'
select set_config('session_replication_role', 'replica', false)
create schema mine
create table public.t (x int)
create table app.t (x int)
create table people.t (x int)
create temp table client (x int)
create temp view client as select 1
create view public.v as select * from app.client
create materialized view app.v as select 1
create sequence public.s
create type public.t as (x int)
create domain public.d as int
create function public.f() returns int language sql as 'select 1'
create function app.my_offices(text) returns uuid[] language sql as 'select null::uuid[]'
create function pg_temp.f(text) returns int language sql as 'select 1'
create or replace function app.me() returns uuid language sql as 'select null::uuid'
create operator public.= (leftarg = uuid, rightarg = uuid, function = uuid_ne)
create aggregate public.a (int) (sfunc = int4pl, stype = int)
create cast (text as uuid) with inout as implicit
create extension dblink
create extension hstore
create extension file_fdw
create foreign data wrapper w
create publication p for all tables
create event trigger t on ddl_command_start execute function app.guard_changed()
create role mine
create role mine superuser
alter role koba_user superuser
alter role kollegin password 'x'
alter role postgres password 'x'
alter role {me} superuser
alter role {me} createrole
alter role {me} bypassrls
alter role {me} connection limit 100
alter role {me} set session_replication_role = replica
alter role kollegin set search_path = public
alter role all set search_path = public
alter database {base} set statement_timeout = 0
alter database {base} owner to {me}
alter schema app owner to {me}
alter schema app rename to other
alter function app.me() owner to {me}
alter function app.me() security invoker
alter function app.my_offices(text[]) set search_path = public
alter default privileges for role koba_owner grant select on tables to public
alter extension pg_trgm set schema app
grant koba_owner to {me}
grant koba_lead to kollegin
grant koba_administrator to {me}
grant koba_data_protection to {me}
revoke koba_advisor from kollegin
drop role kollegin
drop owned by koba_owner
reassign owned by koba_owner to {me}
drop schema app cascade
drop function app.me() cascade
drop policy client_all_0 on app.client
drop trigger guard on app.client
drop extension btree_gist cascade
comment on table app.client is 'mine'
copy app.client to '/tmp/koba-stolen'
copy app.client to program 'cat'
copy app.client from program 'cat /etc/passwd'
copy app.draft from '/etc/passwd'
select pg_read_file('/etc/passwd')
select pg_read_binary_file('postgresql.conf')
select pg_ls_dir('.')
select pg_stat_file('postgresql.conf')
select pg_ls_logdir()
select pg_hba_file_rules()
select * from pg_file_settings
select lo_import('/etc/passwd')
select lo_export(1, '/tmp/koba-stolen')
select lo_create(0)
select lo_creat(-1)
select lo_from_bytea(0, 'x')
select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()
select pg_cancel_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()
select pg_reload_conf()
select pg_rotate_logfile()
select pg_switch_wal()
select pg_create_physical_replication_slot('x')
select * from pg_authid
select * from pg_shadow
select * from pg_statistic
select * from pg_largeobject
select * from pg_user_mapping
select rolpassword from pg_authid
load 'plpgsql_check'
"""

# These end a transaction, or know none.
_ALONE = """
create database mine
create tablespace t location '/tmp'
create subscription s connection 'host=127.0.0.1' publication p
drop database {base}
alter system set log_statement = 'none'
"""

# What is not there, so that there is no right to be missing either; nor can it be made.
_NOTHING = """
select dblink('host=127.0.0.1', 'select 1')
create server s foreign data wrapper postgres_fdw
do language plpython3u 'import os'
alter role {me} rename to other
prepare transaction 'kept'
"""


def typed(world: Attacked, login: str, block: str) -> list[tuple[str, sql.Composed]]:
    """The statements, each with the names of the login and the database."""
    names = {"me": sql.Identifier(login), "base": sql.Identifier(world.database.name)}
    lines = [line for line in block.strip().splitlines() if line]
    return [(line, sql.SQL(line).format(**names)) for line in lines]


@everybody
def test_everything_beyond_the_tables_is_refused(world: Attacked, login: str) -> None:
    line = world.line(login)
    wrong = []
    for statement, words in typed(world, login, _REFUSED):
        found = attempt(line, words)
        if state(found) != "42501":
            wrong.append((statement, found))
    for statement, words in typed(world, login, _ALONE):
        with pytest.raises(psycopg.Error) as error:
            line.execute(words)
        if error.value.sqlstate != "42501":
            wrong.append((statement, error.value))
    for statement, words in typed(world, login, _NOTHING):
        if not state(attempt(line, words)):
            wrong.append((statement, "was taken"))
    assert not wrong, "\n" + "\n".join(map(str, wrong))


@everybody
def test_policies_cannot_be_switched_off(world: Attacked, login: str) -> None:
    """Whoever asks for that gets an error instead of rows."""
    line = world.line(login)
    with line.transaction(force_rollback=True):
        line.execute("set local row_security = off")
        for table in sorted(set(MATRIX) - {"appointment_row"}):
            found = attempt(line, sql.SQL("select * from {}").format(world.name(table)))
            assert state(found) == "42501", (table, found)


@everybody
def test_a_role_one_is_in_gives_no_more(world: Attacked, login: str) -> None:
    """The policies go by the login, whatever role is set."""
    line = world.line(login)
    groups = [
        name
        for (name,) in line.execute(
            "select rolname from pg_roles where rolname ~ '^koba_'"
            " and pg_has_role(session_user, oid, 'member')"
        )
    ]
    assert "koba_user" in groups
    for group in groups:
        with line.transaction(force_rollback=True):
            before = attempt(line, "select id from app.client order by id")
            line.execute(sql.SQL("set local role {}").format(sql.Identifier(group)))
            after = attempt(line, "select id from app.client order by id")
            assert state(after) == "42501" or after == before, group
            made = attempt(line, "create table public.mine (x int)")
            assert state(made) == "42501"


def test_the_line_count_of_a_login_ends_at_five(world: Attacked) -> None:
    others = world.line("kollegin")
    open_lines = [world.line("rollenlos")]
    try:
        while len(open_lines) < 5:
            open_lines.append(world.fresh("rollenlos"))
        with pytest.raises(psycopg.OperationalError, match="too many connections"):
            world.fresh("rollenlos")
        assert others.execute("select 1").fetchone() == (1,)
    finally:
        for line in open_lines[1:]:
            line.close()


# --- with psql itself -----------------------------------------------------------------------------


@everybody
def test_psql_gets_no_further(world: Attacked, login: str, tmp_path: Path) -> None:
    """The same by the program IT has: a script that goes on after each error."""
    psql = shutil.which("psql")
    if psql is None:
        psql = next((str(path) for path in Path("/usr/lib/postgresql").glob("*/bin/psql")), None)
    assert psql is not None, "psql is missing: it comes with the server the tests of TLS need"
    typed_words = typed(world, login, _REFUSED)
    lines = [words.as_string() + ";" for _, words in typed_words]
    lines += [f"\\copy app.{table} to stdout" for table in ("contact_trace", "alembic_version")]
    script = tmp_path / "attack.sql"
    script.write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run(
        [psql, "-X", "-A", "-t", "-f", str(script), world.database.dsn(login, PASSWORD)],
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C", "PGCONNECT_TIMEOUT": "10"},
        check=False,
    )
    errors = [each for each in done.stderr.splitlines() if "ERROR:" in each]
    assert len(errors) >= len(typed_words), done.stderr
    assert SECRET not in done.stdout + done.stderr
    assert "root:" not in done.stdout + done.stderr


def test_nothing_of_it_stayed(world: Attacked) -> None:
    assert world.fingerprint() == world.before
