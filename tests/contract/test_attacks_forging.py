"""Rows forged by hand: other people's names under them, versions left out, other offices' rows,
blocks lifted, roles taken."""

from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import sql

from koba_desktop.domain.records import Appended, Changeable
from koba_desktop.domain.vocabulary import Role
from koba_desktop.storage.tables import TABLES
from tests.contract.attack_matrix import CLIENTS, KEEPERS, MATRIX
from tests.contract.attack_people import PEOPLE, PERSON
from tests.contract.attacked_house import SECRET
from tests.contract.attackers import Attacked, Connection, Tries, attempt, state

everybody = pytest.mark.parametrize("login", [person.login for person in PEOPLE])
workers = pytest.mark.parametrize(
    "login", [person.login for person in PEOPLE if person.offices(*Role)]
)


def writable(world: Attacked, login: str, kind: type[Any]) -> list[tuple[str, UUID]]:
    """One row of each table of that kind of record that the person may change (or reads, where
    nothing is changed), with its table."""
    found = []
    for record, table in TABLES.items():
        if not issubclass(record, kind) or table.name in ("draft", "hold"):
            continue
        rule = MATRIX[table.name]
        cell = rule.changes if kind is Changeable else rule.reads
        rows = [
            row
            for row in world.house.of(table.name)
            if not cell.refused(PERSON[login]) and cell.rows(PERSON[login], row)
        ]
        if rows:
            found.append((table.name, rows[0].record.id))
    return found


def change(world: Attacked, login: str, table: str, what: str, key: Any, *values: Any) -> Any:
    statement = sql.SQL("update {} set " + what + " where id = %s").format(world.name(table))
    return attempt(world.line(login), statement, (*values, key))


@workers
def test_no_version_is_skipped_and_no_row_becomes_another(world: Attacked, login: str) -> None:
    me, colleague = world.house.me(login), world.house.me("kollegin")
    for table, key in writable(world, login, Changeable):
        for jump in ("+ 2", "+ 0", "- 1", "* 1000", "+ null"):
            found = change(
                world, login, table, f"version = version {jump}, changed_by = %s", key, me
            )
            assert state(found) in ("23514", "23502"), (table, jump, found)
        found = change(
            world,
            login,
            table,
            "version = version + 1, changed_by = %s, id = gen_random_uuid()",
            key,
            me,
        )
        assert state(found) == "23514", (table, found)
        for forged in (colleague, None):
            found = change(
                world, login, table, "version = version + 1, changed_by = %s", key, forged
            )
            assert state(found) == "42501", (table, found)


@workers
def test_new_rows_say_who_made_them_and_begin_with_the_first_version(
    world: Attacked, login: str
) -> None:
    """Rows the person may add, signed by somebody else, by nobody, or as if changed often."""
    tries = Tries(world, PERSON[login])
    tried = set()
    for record, table in TABLES.items():
        cell = MATRIX[table.name].adds
        signs: list[dict[str, Any]] = []
        if issubclass(record, Changeable):
            signs = [{"changed_by": world.house.me("kollegin")}, {"changed_by": None}]
            signs.append({"version": 7})
        elif issubclass(record, Appended):
            signs = [{"created_by": world.house.me("kollegin")}, {"created_by": None}]
        for row in world.house.of(table.name):
            if cell.refused(PERSON[login]) or not cell.rows(PERSON[login], row):
                continue
            for sign in signs:
                found = tries.add(table.name, row, **sign)
                assert state(found) in ("42501", "23514"), (table.name, sign, found)
                tried.add(table.name)
    assert tried


@workers
def test_what_is_written_once_stays(world: Attacked, login: str) -> None:
    line = world.line(login)
    for table, key in writable(world, login, Appended):
        name = world.name(table)
        for statement in ("update {} set id = id", "delete from {}"):
            found = attempt(line, sql.SQL(statement + " where id = %s").format(name), (key,))
            assert state(found) == "42501", (table, found)


@everybody
def test_no_row_moves_to_an_office_that_is_not_ones_own(world: Attacked, login: str) -> None:
    """Nor does a row come to one's own office out of another."""
    me, offices = world.house.me(login), world.house.offices
    moved = [name for name in MATRIX if "office_id" in world.columns[name]]
    assert len(moved) > 10
    for table in moved:
        if "changed_by" not in world.columns[table]:
            continue
        for row in world.house.of(table):
            for name, office in offices.items():
                if row.office in ("", name) or name in PERSON[login].offices(*CLIENTS | KEEPERS):
                    continue
                found = change(
                    world,
                    login,
                    table,
                    "version = version + 1, changed_by = %s, office_id = %s",
                    row.record.id,
                    me,
                    office.id,
                )
                administers = bool(PERSON[login].offices(Role.ADMINISTRATOR))
                responsible = row.responsible == login and bool(PERSON[login].offices(*CLIENTS))
                assert found == 0 or state(found) == "42501" or administers or responsible, (
                    table,
                    row.label,
                    found,
                )


# --- blocked addresses ----------------------------------------------------------------------------


_LIFTED = (
    "address_blocked = false",
    "advisor_id = %(me)s",
    "address_blocked = false, advisor_id = %(me)s",
    "address_blocked = false, advisor_id = null",
    "office_id = (select id from app.office where short_name = 'Quedlinburg')",
)


@pytest.mark.parametrize("login", ["empfang", "leiter", "beides", "vertretung", "beraterin"])
def test_a_block_is_lifted_by_the_responsible_advisor_alone(world: Attacked, login: str) -> None:
    theirs, me = world.house.client("blocked, kollegin's"), world.house.me(login)
    for what in _LIFTED:
        statement = (
            f"update app.client set {what}, version = version + 1, changed_by = %(me)s"
            " where id = %(client)s"
        )
        found = attempt(world.line(login), statement, {"me": me, "client": theirs})
        assert state(found) == "42501", (what, found)
    mine = world.house.client("blocked, beraterin's")
    statement = (
        "update app.client set address_blocked = false, version = version + 1, changed_by = %s"
        " where id = %s"
    )
    found = attempt(world.line(login), statement, (me, mine))
    assert (found == 1) is (login == "beraterin")


def test_a_lead_passes_a_blocked_client_to_an_advisor_and_not_to_himself(world: Attacked) -> None:
    """Somebody must, where the responsible one has left."""
    client, me = world.house.client("blocked, kollegin's"), world.house.me("leiter")
    what = "version = version + 1, changed_by = %s, advisor_id = %s"
    to = world.house.me("beraterin")
    assert change(world, "leiter", "client", what, client, me, to) == 1
    assert state(change(world, "leiter", "client", what, client, me, me)) == "42501"
    reception = world.house.me("empfang")
    assert state(change(world, "empfang", "client", what, client, reception, to)) == "42501"


@pytest.mark.parametrize("login", [person.login for person in PEOPLE])
def test_a_blocked_address_is_opened_by_a_reason_of_the_responsible_advisor(
    world: Attacked, login: str
) -> None:
    """Reading, and putting it on paper: by nobody else, with whatever reason."""
    line = world.line(login)
    for label in ("blocked, kollegin's", "blocked, beraterin's"):
        client = world.house.client(label)
        mine = label == f"blocked, {login}'s"
        for reason in ("Bescheid", "", " ", None):
            with line.transaction(force_rollback=True):
                noted = attempt_within(
                    line,
                    "select audit.note('view_blocked', 'Client', %s, %s, 'PC')",
                    (client, reason),
                )
                good = mine and bool((reason or "").strip())
                assert state(noted) == ("" if good else "42501"), (label, reason, noted)
                found = attempt_within(
                    line, "select street from app.client_address where client_id = %s", (client,)
                )
                letters = attempt_within(
                    line, "select data::text from app.letter where client_id = %s", (client,)
                )
                shown = isinstance(found, list) and [street for (street,) in found]
                assert (shown == [f"{SECRET} 7"]) is good, (label, reason, found)
                assert (isinstance(letters, list) and SECRET in str(letters)) is mine, letters


def attempt_within(line: Connection, statement: str, values: Any) -> Any:
    """As ``attempt``, in a transaction that goes on; what was done stays in it."""
    try:
        with line.transaction():
            cursor = line.execute(statement, values)
            return cursor.fetchall() if cursor.description else cursor.rowcount
    except psycopg.Error as error:
        return error


def test_the_reason_is_in_the_audit_with_the_login(world: Attacked) -> None:
    line = world.line("beraterin")
    client = world.house.client("blocked, beraterin's")
    with line.transaction(force_rollback=True):
        line.execute("select audit.note('view_blocked', 'Client', %s, 'Bescheid', 'PC')", (client,))
        rows = line.execute(
            "select reason, login, created_by from app.me() m, audit.audit_event"
            " where object_id = %s",
            (client,),
        ).fetchall()
    assert rows == [("Bescheid", "beraterin", world.house.me("beraterin"))]


def test_blocking_an_address_takes_it_out_of_the_letters_that_wait(world: Attacked) -> None:
    """Whoever blocks it without being responsible sees it nowhere from then on, nor hides it from
    the responsible advisor by that."""
    client, me = world.house.client("a colleague's"), world.house.me("empfang")
    letters = "select state, data::text from app.letter where client_id = %s and posted_on is null"
    line = world.line("empfang")
    with line.transaction(force_rollback=True):
        ((state_before, data),) = line.execute(letters, (client,)).fetchall()
        assert (state_before, SECRET in data) == ("pending", True)
        line.execute(
            "update app.client set address_blocked = true, version = version + 1, changed_by = %s"
            " where id = %s",
            (me, client),
        )
        ((state_after, data),) = line.execute(letters, (client,)).fetchall()
        assert (state_after, SECRET in data) == ("held", False)
        streets = "select street from app.client_address where client_id = %s"
        assert line.execute(streets, (client,)).fetchall() == []


# --- rows that would tell, or harm ----------------------------------------------------------------


@pytest.mark.parametrize("login", ["empfang", "beraterin", "leiter", "fremd"])
def test_a_forged_row_does_not_tell_the_name_of_a_stranger(world: Attacked, login: str) -> None:
    """Ids of other offices' clients can be heard on the channel of changes; they open nothing."""
    house = world.house
    label = "a colleague's" if login == "fremd" else "another office's"
    there = "another office's" if login == "fremd" else "a colleague's"
    stranger = house.find("client", label)
    tries = Tries(world, PERSON[login])
    for table, suffix in (
        ("participant", ", tomorrow"),
        ("call_task", ", tomorrow"),
        ("contact_attempt", ", tomorrow"),
        ("letter", ", to be printed"),
        ("wait_entry", ""),
    ):
        (row,) = (row for row in house.of(table) if row.label == there + suffix)
        found = tries.add(table, row, client_id=stranger.id)
        assert state(found) == "42501", (table, found)
        found = change(
            world,
            login,
            table,
            "version = version + 1, changed_by = %s, client_id = %s",
            row.record.id,
            house.me(login),
            stranger.id,
        )
        assert state(found) == "42501", (table, found)


def test_no_slot_is_kept_for_ever_and_no_strange_place_booked(world: Attacked) -> None:
    tries, house = Tries(world, PERSON["empfang"]), world.house
    (hold,) = (row for row in house.of("hold") if row.label == "empfang")
    assert tries.adds("hold", hold) == 1
    assert state(tries.add("hold", hold, until="2099-01-01 00:00+00")) == "42501"
    (booking,) = (row for row in house.of("room_booking") if row.label == "a colleague's, tomorrow")
    assert tries.adds("room_booking", booking) == 1
    strange = house.find("place", "other office").id
    assert state(tries.add("room_booking", booking, place_id=strange)) == "42501"


def test_a_letter_that_left_does_not_come_back_by_a_blind_change(world: Attacked) -> None:
    """An UPDATE that asks for nothing is bound by the same policies as one that does."""
    line = world.line("empfang")
    me = world.house.me("empfang")
    with line.transaction(force_rollback=True):
        for table, what in (
            ("letter", "state = 'pending', posted_on = null"),
            ("appointment", "starts = '2021-04-20 08:00+02', ends = '2021-04-20 08:30+02'"),
            ("visit", "day = '2021-04-14'"),
        ):
            before = line.execute(f"select count(*) from app.{table}").fetchone()
            found = attempt_within(
                line, f"update app.{table} set version = 2, changed_by = %s, {what}", (me,)
            )
            after = line.execute(f"select count(*) from app.{table}").fetchone()
            assert before == after, (table, found)
        assert line.execute(
            "select count(*) from app.letter where posted_on is not null"
        ).fetchone() == (0,)


# --- roles and logins -----------------------------------------------------------------------------


@everybody
def test_nobody_gives_a_role_to_himself_or_herself(world: Attacked, login: str) -> None:
    house, tries = world.house, Tries(world, PERSON[login])
    me = house.me(login)
    if me is None:
        return
    (some, *_) = house.of("staff_role")
    for role in Role:
        for office in house.offices.values():
            found = tries.add(
                "staff_role",
                some,
                staff_id=me,
                office_id=office.id,
                role=role.value,
                valid_from="2020-01-01",
                valid_until=None,
            )
            assert state(found) == "42501", (role, found)
    for row in house.of("staff_role"):
        for what in (f"staff_id = '{me}'", "role = 'administrator'", "valid_until = null"):
            found = change(
                world,
                login,
                "staff_role",
                f"version = version + 1, changed_by = %s, {what}",
                row.record.id,
                me,
            )
            kept = MATRIX["staff_role"].changes.rows(PERSON[login], row)
            beyond = what == "role = 'administrator'" and not PERSON[login].offices(
                Role.ADMINISTRATOR
            )
            if not kept or beyond or "staff_id" in what:
                assert found == 0 or state(found) == "42501", (row.label, what, found)


@everybody
def test_nobody_takes_anothers_login(world: Attacked, login: str) -> None:
    """Administrators may rename one; the former is closed then, and in no group of a role."""
    house = world.house
    me, line = house.me(login), world.line(login)
    administers = bool(PERSON[login].offices(Role.ADMINISTRATOR))
    for row in house.of("staff"):
        for name in ("neu", "koba_owner", "postgres", login + "x"):
            found = change(
                world,
                login,
                "staff",
                "version = version + 1, changed_by = %s, login = %s",
                row.record.id,
                me,
                name,
            )
            assert administers or found == 0 or state(found) == "42501", (row.label, name, found)
    if not administers:
        return
    with line.transaction(force_rollback=True):
        line.execute(
            "update app.staff set version = version + 1, changed_by = %s, login = 'neu'"
            " where login = 'beraterin'",
            (me,),
        )
        closed = line.execute(
            "select rolcanlogin, pg_has_role(oid, 'koba_advisor', 'member')"
            " from pg_roles where rolname = 'beraterin'"
        ).fetchone()
        assert closed == (False, False)


def test_nothing_of_it_stayed(world: Attacked) -> None:
    assert world.fingerprint() == world.before
