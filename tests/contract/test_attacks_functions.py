"""The functions of the database, called by everybody with arguments of all sorts: they run with
their owners' rights, so that each must see for itself who asks."""

from threading import Event
from typing import Any

import psycopg
import pytest
from psycopg import sql

from koba_desktop.domain.vocabulary import Role
from koba_desktop.services.ports import Foreign
from koba_desktop.storage.postgres.people import verifier
from koba_desktop.storage.postgres.store import open_shared
from tests.contract.attack_matrix import CLIENTS, SOCIAL
from tests.contract.attack_people import PEOPLE, PERSON
from tests.contract.attacked_house import YESTERDAY
from tests.contract.attackers import Attacked, Connection, attempt, state
from tests.postgres.office import PASSWORD, address_of

everybody = pytest.mark.parametrize("login", [person.login for person in PEOPLE])

# What each may call: questions about oneself, and what checks who asks. Nothing else is callable.
ABOUT_ONESELF = {
    "app.now",
    "app.today",
    "app.day_begins",
    "app.in_use",
    "app.me",
    "app.me_as",
    "app.my_offices",
    "app.is_administrator",
    "app.reads_audit",
    "app.sees_client",
    "app.address_open",
    "app.address_mine",
    "people.may_provision",
}
CHECKED = {
    "app.advisor_times",
    "app.take_locks",
    "app.end_holds",
    "app.impossible_rows",
    "app.audit_subjects",
    "app.audit_references",
    "audit.note",
    "audit.seal_some",
    "audit.last_seal",
    "audit.broken_seals",
    "people.set_login",
    "people.allow_login",
    "people.end_connections",
    "people.logins",
}

_OURS = """
    select p.oid, n.nspname || '.' || p.proname, p.prosecdef, p.proconfig,
      p.prorettype::regtype::text,
      array(select format_type(t, null) from unnest(p.proargtypes) t)
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('app', 'audit', 'people')"""

_HOSTILE = {
    "uuid": (None, "00000000-0000-0000-0000-000000000000"),
    "uuid[]": (None, [], [None]),
    "text": (None, "", "' or 1 = 1; drop table app.client; --", "x" * 100_000, "\\", "$$", '"'),
    "text[]": (None, [], ["advisor", None], ["' or true --"]),
    "timestamp with time zone": (None, "-infinity", "infinity"),
    "bigint[]": (None, [], [None], [2**63 - 1]),
    "boolean[]": (None, [], [None]),
    "boolean": (None, True, False),
    "bigint": (None, -1),
    "integer": (None, -1),
    "bytea": (None, b"\x00"),
}


def test_every_function_looks_for_names_where_nobody_can_put_any(world: Attacked) -> None:
    """A function that runs as its owner and looked elsewhere would run whatever lies there."""
    with world.root() as root:
        found = root.execute(_OURS).fetchall()
    assert found
    for _oid, name, _definer, settings, _returns, _arguments in found:
        path = next((each for each in settings or () if each.startswith("search_path=")), "")
        assert path in (
            "search_path=pg_catalog, pg_temp",
            "search_path=app, pg_catalog, pg_temp",
        ), (
            name,
            path,
        )


@everybody
def test_only_what_is_meant_for_users_can_be_called(world: Attacked, login: str) -> None:
    line = world.line(login)
    with world.root() as root:
        found = root.execute(_OURS).fetchall()
    callable_ = {
        name
        for oid, name, *_ in found
        for (may,) in line.execute("select has_function_privilege(%s::oid, 'execute')", (oid,))
        if may
    }
    assert callable_ == ABOUT_ONESELF | CHECKED
    for _oid, name, _definer, _settings, returns, arguments in found:
        if name in callable_ or returns == "trigger":
            continue
        values = [None] * len(arguments)
        assert state(call(line, name, arguments, values)) == "42501", name


def call(line: Connection, name: str, types: list[str], values: list[Any]) -> Any:
    function = sql.SQL(".").join(map(sql.Identifier, name.split(".")))
    variadic = name in ("app.my_offices", "app.me_as")
    marks = sql.SQL(", ").join(
        sql.SQL(("variadic " if variadic else "") + "%s::" + kind) for kind in types
    )
    return attempt(line, sql.SQL("select * from {}({})").format(function, marks), values)


@everybody
def test_hostile_arguments_end_in_an_answer_or_a_refusal(world: Attacked, login: str) -> None:
    """Never in an error of the server's own that would tell how it is made."""
    line = world.line(login)
    with world.root() as root:
        found = root.execute(_OURS).fetchall()
    for _oid, name, _definer, _settings, _returns, types in found:
        if name not in ABOUT_ONESELF | CHECKED:
            continue
        for number in range(max((len(_HOSTILE[kind]) for kind in types), default=1)):
            values = [_HOSTILE[kind][number % len(_HOSTILE[kind])] for kind in types]
            outcome = call(line, name, types, values)
            assert state(outcome) in ("", "42501", "23514", "P0002", "22004"), (
                name,
                values,
                outcome,
            )


@everybody
def test_questions_about_oneself_are_answered_about_oneself(world: Attacked, login: str) -> None:
    person, line, house = PERSON[login], world.line(login), world.house
    me = house.me(login) if person.known else None
    assert attempt(line, "select app.me()") == [(me,)]
    for role in Role:
        offices = {house.offices[name].id for name in person.offices(role)}
        ((found,),) = attempt(line, "select app.my_offices(%s)", (role.value,))
        assert set(found) == offices, role
    administers = bool(person.offices(Role.ADMINISTRATOR))
    assert attempt(line, "select app.is_administrator()") == [(administers,)]
    for row in house.of("client"):
        key = (row.record.id,)
        sees = row.office in person.offices(*CLIENTS) or (
            row.responsible == login and bool(person.offices(*CLIENTS))
        )
        assert attempt(line, "select app.sees_client(%s)", key) == [(sees,)], row.label
        blocked = row.label.startswith("blocked")
        assert attempt(line, "select app.address_open(%s)", key) == [(sees and not blocked,)]
        mine = not blocked or (row.responsible == login and bool(person.offices(*SOCIAL)))
        # Of an id it tells at most that it is a client's without a block.
        assert attempt(line, "select app.address_mine(%s)", key) == [(mine,)]


@everybody
def test_when_advisors_are_taken_is_told_for_booking_alone(world: Attacked, login: str) -> None:
    person, house = PERSON[login], world.house
    advisors = [member.id for member in house.staff.values()]
    found = attempt(
        world.line(login),
        "select starts, ends from app.advisor_times(%s::uuid[], '2000-01-01', '2100-01-01')",
        (advisors,),
    )
    if not person.offices(*CLIENTS):
        assert state(found) == "42501"
        return
    past = [starts for starts, _ends in found if starts.date() <= YESTERDAY]
    assert found
    assert bool(past) is bool(person.offices(*SOCIAL))


@everybody
def test_nothing_is_put_into_the_audit_but_what_one_did(world: Attacked, login: str) -> None:
    person, house, line = PERSON[login], world.house, world.line(login)
    own = house.client("a colleague's")
    other = house.client("another office's")
    foreign = own if login == "fremd" else other
    for did, kind, key in (
        ("create", "Client", own),
        ("delete", "Client", own),
        ("change", "Login", None),
        ("print", "Letter", None),
        ("print", "Client", foreign),
        ("export", "Client", foreign),
        ("view_blocked", "Client", foreign),
        ("print", "Nothing", own),
        ("export", "Appointment", own),
        ("'; --", "Client", own),
        (None, None, None),
    ):
        if login == "beides" and key == foreign:
            continue  # both offices' clients are her business
        found = attempt(line, "select audit.note(%s, %s, %s, 'x', 'PC')", (did, kind, key))
        assert state(found) == "42501", (did, kind, found)
    exported = attempt(line, "select audit.note('export', 'AuditEvent', null, 'x', 'PC')")
    reads = bool(person.offices(Role.ADMINISTRATOR, Role.DATA_PROTECTION))
    assert state(exported) == ("" if reads else "42501")


@everybody
def test_lists_are_noted_at_the_offices_one_has_to_do_with(world: Attacked, login: str) -> None:
    person, house, line = PERSON[login], world.house, world.line(login)
    works = person.offices(Role.RECEPTION, Role.ADVISOR, Role.LEAD)
    mine = [
        row.record.office_id  # type: ignore[attr-defined]
        for row in (*house.of("appointment"), *house.of("call_task"))
        if row.record.advisor_id == house.me(login)  # type: ignore[attr-defined]
    ]
    for name, office in house.offices.items():
        found = attempt(line, "select audit.note('print', 'Office', %s, 'x', 'PC')", (office.id,))
        allowed = name in works or (works and office.id in mine)
        assert state(found) == ("" if allowed else "42501"), name


@everybody
def test_the_audit_is_asked_by_those_who_read_it(world: Attacked, login: str) -> None:
    person, line = PERSON[login], world.line(login)
    reads = bool(person.offices(Role.ADMINISTRATOR, Role.DATA_PROTECTION))
    appointment = world.house.find("appointment", "another office's, tomorrow")
    for statement, values in (
        ("select app.audit_references(%s::uuid[])", ([appointment.id],)),
        ("select app.audit_subjects(null, %s, '')", (appointment.reference,)),
        ("select audit.seal_some()", None),
        ("select audit.last_seal()", None),
        ("select audit.broken_seals()", None),
    ):
        assert state(attempt(line, statement, values)) == ("" if reads else "42501"), statement
    checks = bool(person.offices(Role.ADMINISTRATOR))
    found = attempt(line, "select app.impossible_rows()")
    assert state(found) == ("" if checks else "42501")


# --- logins ---------------------------------------------------------------------------------------


@everybody
def test_logins_are_made_and_closed_by_administrators_alone(world: Attacked, login: str) -> None:
    line = world.line(login)
    good = verifier(line, "kollegin", "a-good-long-password")
    administers = bool(PERSON[login].offices(Role.ADMINISTRATOR))
    for statement, values in (
        ("select people.set_login('kollegin', %s)", (good,)),
        ("select people.allow_login('kollegin', false)", None),
        ("select people.end_connections('kollegin')", None),
        ("select people.logins()", None),
    ):
        found = attempt(line, statement, values)
        assert state(found) == ("" if administers else "42501"), (statement, found)
    assert attempt(line, "select people.may_provision()") == [(administers,)]


def test_an_administrator_reaches_no_role_that_is_not_a_members(world: Attacked) -> None:
    """Not the owner's, nor a superuser's, nor that of somebody who may act for them."""
    line = world.line("verwalterin")
    good = verifier(line, "x", "a-good-long-password")
    me = world.house.me("verwalterin")
    reserved = ["postgres", "koba_owner", "koba_audit", "koba_provisioner", "koba_user"]
    reserved += ["koba_administrator", "pg_monitor", "pg_read_all_data", "it-betrieb", "dba"]
    with world.root() as root:
        root.execute('create role "it-betrieb" login; grant koba_user, koba_owner to "it-betrieb"')
        root.execute("create role dba login; grant koba_user, pg_read_all_data to dba")
    for name in reserved:
        with line.transaction(force_rollback=True):
            line.execute(
                "update app.staff set version = version + 1, changed_by = %s, login = %s"
                " where login = 'kollegin'",
                (me, name),
            )
            for statement, values in (
                ("select people.set_login(%s, %s)", (name, good)),
                ("select people.allow_login(%s, false)", (name,)),
                ("select people.end_connections(%s)", (name,)),
            ):
                found = attempt(line, statement, values)
                assert state(found) in ("42501", "P0002"), (name, statement, found)
    with world.root() as root:
        root.execute('drop role "it-betrieb", dba')


@pytest.mark.parametrize(
    "name",
    [
        "a'; drop table app.client; --",
        'a" superuser; --',
        "a\\'b",
        "$$; select 1; $$",
        "ä" * 31,
        "Großer Name",
        "public.x",
        "%I %s {}",
    ],
)
def test_a_name_is_a_name_whatever_is_in_it(world: Attacked, name: str) -> None:
    line, me = world.line("verwalterin"), world.house.me("verwalterin")
    with line.transaction(force_rollback=True):
        line.execute(
            "update app.staff set version = version + 1, changed_by = %s, login = %s"
            " where login = 'kollegin'",
            (me, name),
        )
        line.execute("select people.set_login(%s, %s)", (name, verifier(line, name, PASSWORD)))
        made = line.execute(
            "select rolsuper, rolcreaterole, rolconnlimit,"
            " pg_has_role(oid, 'koba_advisor', 'member') from pg_roles where rolname = %s",
            (name,),
        ).fetchone()
        assert made == (False, False, 5, True)


def test_a_name_that_would_be_cut_off_is_refused(world: Attacked) -> None:
    """Else a password would be set for whoever has the beginning of it."""
    line, me = world.line("verwalterin"), world.house.me("verwalterin")
    with line.transaction(force_rollback=True):
        line.execute(
            "update app.staff set version = version + 1, changed_by = %s, login = %s"
            " where login = 'kollegin'",
            (me, "x" * 64),
        )
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="login_reserved"):
            line.execute(
                "select people.set_login(%s, %s)", ("x" * 64, verifier(line, "x", "y" * 12))
            )


def test_only_a_good_verifier_is_taken_for_a_password(world: Attacked) -> None:
    line = world.line("verwalterin")
    good = verifier(line, "kollegin", "a-good-long-password")
    rounds, rest = good.removeprefix("SCRAM-SHA-256$").split(":", 1)
    assert int(rounds) >= 4096
    for bad in (
        "plain",
        "",
        "md5" + "0" * 32,
        f"SCRAM-SHA-256$1:{rest}",
        f"SCRAM-SHA-256$4095:{rest}",
        f"SCRAM-SHA-256$0004:{rest}",
        f"SCRAM-SHA-256$99999999:{rest}",
        f"SCRAM-SHA-256${rounds}:$" + rest.split("$", 1)[1],
        f"{good}' superuser --",
        f"{good}\n",
        f"x{good}",
        good[:-1],
        "SCRAM-SHA-256$4096:AAAA$AAAA:AAAA",
    ):
        found = attempt(line, "select people.set_login('kollegin', %s)", (bad,))
        assert state(found) == "23514", (bad, found)
    assert state(attempt(line, "select people.set_login('kollegin', %s)", (good,))) == ""


# --- others' work ---------------------------------------------------------------------------------


@everybody
def test_nobody_ends_what_another_keeps(world: Attacked, login: str) -> None:
    line = world.line(login)
    with world.root() as root:
        before = root.execute("select count(*) from app.hold").fetchone()
        with line.transaction():
            line.execute("select app.end_holds('infinity')")
            line.execute("select app.end_holds(null)")
        assert root.execute("select count(*) from app.hold").fetchone() == before


def test_a_forged_message_makes_windows_look_again_and_nothing_else(world: Attacked) -> None:
    """Anybody may send one: it carries no data, and what it names is read with one's own rights."""
    heard: list[Foreign] = []
    store = open_shared(address_of(world.database), "beraterin", PASSWORD)
    arrived = Event()

    def changed(foreign: Foreign) -> None:
        heard.append(foreign)
        arrived.set()

    store.watch(changed)
    try:
        for payload in ("", "garbage", "a|client:no-id", "|||", "a|client", "a|'; --:x", "a|*"):
            arrived.clear()
            world.line("rollenlos").execute("select pg_notify('koba', %s)", (payload,))
            assert arrived.wait(10), payload
    finally:
        store.close()
    assert not any(foreign.rows for foreign in heard)


def test_nothing_of_it_stayed(world: Attacked) -> None:
    assert world.fingerprint() == world.before
