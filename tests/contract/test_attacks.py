"""Each login with psycopg against every table: what the domain rules give it, and nothing beyond.

The tables come out of the catalogue, the expectations out of ``attack_matrix``, and every cell is
tried with rows of each sort: of one's own office and another's, of clients one is responsible for
there, of yesterday and tomorrow, blocked and open.
"""

from typing import Any

import pytest
from psycopg import sql

from tests.contract.attack_matrix import MATRIX, READ_BY_ALL, READ_BY_NOBODY, Cell
from tests.contract.attack_people import PEOPLE, PERSON, Person
from tests.contract.attackers import REFUSED, Attacked, Tries, attempt, pasted, state

everybody = pytest.mark.parametrize("login", [person.login for person in PEOPLE])

# Refused with 42501 (whose table it is), or 42809 (not for a view).
_MADE_ANOTHER = (
    "truncate {}",
    "truncate {} cascade",
    "alter table {} disable row level security",
    "alter table {} no force row level security",
    "alter table {} disable trigger all",
    "alter table {} add column x int",
    "alter table {} owner to {login}",
    "alter table {} rename to x",
    "create policy x on {} using (true)",
    "create trigger x after insert on {} execute function app.guard_changed()",
    "create rule x as on insert to {} do nothing",
    "create index on {} ((1))",
    "reindex table {}",
    "drop table {} cascade",
    "drop view {} cascade",
)


def expected(cell: Cell, person: Person, rows: Any) -> str | set[str]:
    if cell.refused(person):
        return REFUSED
    return {row.label for row in rows if cell.rows(person, row)}


def test_the_matrix_knows_every_table_and_every_table_has_rows(world: Attacked) -> None:
    assert set(world.tables) == set(MATRIX) | READ_BY_ALL | READ_BY_NOBODY
    for table in MATRIX:
        labels = [row.label for row in world.house.of(table)]
        assert labels, table
        assert len(set(labels)) == len(labels), table


@everybody
def test_each_reads_what_is_his_or_her_business(world: Attacked, login: str) -> None:
    tries, person = Tries(world, PERSON[login]), PERSON[login]
    wrong = []
    for table, rule in MATRIX.items():
        rows = world.house.of(table)
        wanted, found = expected(rule.reads, person, rows), tries.reads(table, rows)
        if wanted != found:
            if isinstance(wanted, set) and isinstance(found, set):
                wrong.append((table, "missing", wanted - found, "too much", found - wanted))
            else:
                wrong.append((table, "expected", wanted, "found", found))
    assert not wrong, "\n" + "\n".join(map(str, wrong))


@everybody
@pytest.mark.parametrize("what", ["adds", "changes", "removes"])
def test_each_writes_what_is_his_or_her_business(world: Attacked, login: str, what: str) -> None:
    tries, person = Tries(world, PERSON[login]), PERSON[login]
    wrong = []
    for table, rule in MATRIX.items():
        cell: Cell = getattr(rule, what)
        for row in world.house.of(table):
            mine = not cell.refused(person) and cell.rows(person, row)
            # An insert that is nobody's business has no rows to miss: it is refused.
            no = REFUSED if what == "adds" or cell.refused(person) else 0
            found = getattr(tries, what)(table, row)
            if found != (1 if mine else no):
                wrong.append((table, row.label, "expected", 1 if mine else no, "found", found))
    assert not wrong, "\n" + "\n".join(map(str, wrong))


@everybody
def test_what_belongs_to_the_database_is_read_at_most(world: Attacked, login: str) -> None:
    line = world.line(login)
    for table in sorted(READ_BY_ALL | READ_BY_NOBODY):
        name = world.name(table)
        column = sql.Identifier(world.columns[table][0])
        found = attempt(line, sql.SQL("select * from {}").format(name))
        assert state(found) == ("" if table in READ_BY_ALL else "42501"), table
        for statement in (
            "insert into {} default values",
            "update {} set {} = {}",
            "delete from {}",
        ):
            outcome = attempt(line, sql.SQL(statement).format(name, column, column))
            assert state(outcome) == "42501", (table, statement, outcome)


@everybody
def test_nothing_is_copied_in(world: Attacked, login: str) -> None:
    for table in world.tables:
        found = pasted(world.line(login), world.name(table))
        # Where inserting is allowed, the server knows no COPY beside policies; nor into a view.
        assert state(found) in ("42501", "0A000", "42809"), (table, found)


@everybody
def test_no_table_is_made_another(world: Attacked, login: str) -> None:
    line = world.line(login)
    wrong = []
    for table in MATRIX:
        for statement in _MADE_ANOTHER:
            words = sql.SQL(statement).format(world.name(table), login=sql.Identifier(login))
            found = attempt(line, words)
            if state(found) not in ("42501", "42809"):
                wrong.append((table, statement, found))
    assert not wrong, "\n" + "\n".join(map(str, wrong))


def test_nothing_of_it_stayed(world: Attacked) -> None:
    assert world.fingerprint() == world.before
