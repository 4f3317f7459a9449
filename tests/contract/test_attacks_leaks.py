"""What errors, constraints, statistics and other sessions might tell of rows one may not see."""

from typing import Any

import psycopg
import pytest

from tests.contract.attack_matrix import MATRIX
from tests.contract.attack_people import PEOPLE
from tests.contract.attacked_house import SECRET
from tests.contract.attackers import Attacked, attempt, state

everybody = pytest.mark.parametrize("login", [person.login for person in PEOPLE])

# Operators and functions that fail with the value they were given.
_LEAKY = (
    "family_name::int = 1",
    "family_name::uuid = id",
    "family_name::json is null",
    "(family_name || ' ')::numeric > 0",
    "xmlparse(document family_name) is null",
    "family_name ~ ('[' || family_name)",
    "to_date(family_name, 'YYYY') is null",
    "number::smallint = 1 / (number::int - number::int)",
    "cast(birth_date::text || family_name as date) is null",
)


@everybody
def test_errors_tell_nothing_of_rows_that_are_not_ones_business(
    world: Attacked, login: str
) -> None:
    """A condition is asked of rows the session may see only: it cannot fail with others' values."""
    line = world.line(login)
    seen = attempt(line, "select family_name, number, birth_date::text from app.client")
    mine = {str(value) for row in seen for value in row} if isinstance(seen, list) else set()
    with world.root() as root:
        names = {name for (name,) in root.execute("select family_name from app.client")}
    for condition in _LEAKY:
        for statement in (
            f"select id from app.client where {condition}",
            f"update app.client set version = version + 1 where {condition}",
            f"select id from app.client order by ({condition})",
            f"select count(*) filter (where {condition}) from app.client",
            f"select id from app.appointment_row c where {condition}"
            if "number" not in condition and "birth" not in condition
            else "select 1",
        ):
            found = attempt(line, statement)
            told = {name for name in names - mine if name in _words(found)}
            assert not told, (statement, told)
    for table, column in (
        ("client_note", "text"),
        ("appointment_purpose", "text"),
        ("attempt_note", "text"),
        ("change_reason", "text"),
        ("client_address", "street"),
    ):
        rows = attempt(line, f"select {column} from app.{table}")
        found = attempt(line, f"select 1 from app.{table} where {column}::int = 1")
        if not isinstance(rows, list) or not rows:
            assert SECRET not in _words(found), (table, found)


def _words(found: Any) -> str:
    """Everything an error says."""
    if not isinstance(found, psycopg.Error):
        return ""
    diag = found.diag
    parts = (found, diag.message_primary, diag.message_detail, diag.message_hint, diag.context)
    return " ".join(str(part) for part in parts)


@everybody
def test_constraints_tell_at_most_that_something_is_there(world: Attacked, login: str) -> None:
    """Times of other offices' appointments, names of their clients stay unsaid."""
    house, line = world.house, world.line(login)
    me = house.me(login)
    there = house.find("appointment", "another office's, tomorrow")
    here = house.find("appointment", "a colleague's, tomorrow")
    stranger = house.find("client", "another office's")
    colleague = house.find("client", "a colleague's")
    tries = (
        # A client number that somebody else's client has.
        (
            "insert into app.client (id, version, changed_at, changed_by, family_name, given_name,"
            " number, salutation, title, language, needs, office_id, address_blocked)"
            " select gen_random_uuid(), 1, now(), %s, 'X', '', %s, 'none', '', 'de', '[]', %s,"
            " false",
            (me, stranger.number, colleague.office_id),
        ),
        # A time at which a stranger's advisor is taken.
        (
            "insert into app.appointment (id, version, changed_at, changed_by, reference,"
            " office_id, advisor_id, kind_id, channel, starts, ends, state, active, urgency, phone)"
            " select gen_random_uuid(), 1, now(), %s, 'ABCDEFGH', %s, %s, %s, 'telephone', %s, %s,"
            " 'confirmed', true, 'none', ''",
            (
                me,
                here.office_id,
                there.advisor_id,
                here.kind_id,
                there.starts.replace(hour=0),
                there.starts.replace(hour=23),
            ),
        ),
        # A client of another office for one's own appointment.
        (
            "insert into app.participant (id, version, changed_at, changed_by, appointment_id,"
            " client_id, visitor_name, starts, ends, active)"
            " select gen_random_uuid(), 1, now(), %s, %s, %s, '', now(), now(), true",
            (me, here.id, stranger.id),
        ),
        # One's own client for another office's appointment.
        (
            "insert into app.participant (id, version, changed_at, changed_by, appointment_id,"
            " client_id, visitor_name, starts, ends, active)"
            " select gen_random_uuid(), 1, now(), %s, %s, %s, '', now(), now(), true",
            (me, there.id, colleague.id),
        ),
        # A row that breaks a rule, to be shown in the error.
        ("update app.client set family_name = '', given_name = ''", ()),
        ("update app.client set office_id = null", ()),
    )
    foreign = {stranger.family_name, SECRET, there.reference}
    foreign |= {f"{there.starts:%H:%M}", f"{there.ends:%H:%M}"}
    for statement, values in tries:
        found = attempt(line, statement, values or None)
        # Who advises there as well sees both.
        entitled = login == "beides" and "app.participant" in statement
        assert isinstance(found, psycopg.Error) or found == 0 or entitled, statement
        said = _words(found)
        assert not {word for word in foreign if word in said}, said


@everybody
def test_statistics_and_sessions_tell_nothing(world: Attacked, login: str) -> None:
    with world.root() as root:
        root.execute("analyze app.client, app.appointment, app.client_note, app.staff")
        root.execute("select 'a statement of somebody else'")
        line = world.line(login)
        told = line.execute(
            "select tablename from pg_stats where schemaname in ('app', 'audit')"
        ).fetchall()
        assert {table for (table,) in told} <= set(world.tables) - set(MATRIX)
        assert line.execute("select * from pg_stats_ext").fetchall() == []
        queries = line.execute(
            "select query from pg_stat_activity where usename <> session_user"
        ).fetchall()
        assert queries
        assert {query for (query,) in queries} == {"<insufficient privilege>"}
        assert line.execute("select * from pg_prepared_statements").fetchall() == []
        assert line.execute("select * from pg_seclabels").fetchall() == []
        shown = line.execute("select distinct rolpassword from pg_roles").fetchall()
        assert shown == [("********",)]


def test_who_leaves_a_cursor_open_gives_it_to_nobody(world: Attacked) -> None:
    advisor, reception = world.line("beraterin"), world.line("empfang")
    with advisor.transaction(force_rollback=True):
        advisor.execute("declare c cursor for select text from app.client_note")
        found = attempt(reception, "fetch all from c")
        assert state(found) == "34000"
