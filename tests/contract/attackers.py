"""Connections of the attackers: psycopg and nothing of the program between them and the server."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import tuple_row

from koba_desktop.services.ids import new_id
from tests.contract.attack_people import COLLEAGUE, PEOPLE, Person
from tests.contract.attacked_house import NOW, AttackedHouse, Row
from tests.contract.house import codes
from tests.postgres.fixtures import Database, login
from tests.postgres.office import PASSWORD, make_login, owner_store, set_clock

Connection = psycopg.Connection[Any]

REFUSED = "refused"
NO_ROWS = "no rows"

# A row that only a constraint stands against: its rights were enough.
_ACCEPTED = ("23505", "23P01", "23503")
_KEYS = {"client_search": "client_id", "client_sound": "entry"}
_VIEWS = ("appointment_row",)
_HANDLES = {"client_search": "family = family", "client_sound": "code = code"}


@dataclass
class Attacked:
    """The house on a server, and the lines of its people. ``tables``: schema by name, out of the
    catalogue; ``columns``: those of a table that may be written."""

    house: AttackedHouse
    database: Database
    lines: dict[str, Connection] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    entries: dict[Any, Any] = field(default_factory=dict)  # the search entry of a client
    stored: dict[tuple[str, Any], dict[str, Any]] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)  # the fingerprint

    def line(self, name: str) -> Connection:
        """The connection of a person, outside of any transaction."""
        if name not in self.lines:
            self.lines[name] = self.fresh(name)
        return self.lines[name]

    def fresh(self, name: str) -> Connection:
        """Another one, to be closed by who asked for it."""
        return psycopg.connect(
            self.database.dsn(name, PASSWORD), autocommit=True, row_factory=tuple_row
        )

    def root(self) -> Connection:
        return psycopg.connect(self.database.dsn(), autocommit=True)

    def name(self, table: str) -> sql.Identifier:
        return sql.Identifier(self.tables[table], table)

    def fingerprint(self) -> dict[str, Any]:
        """Everything that is stored, and every right to it."""
        found: dict[str, Any] = {}
        with self.root() as root:
            for table in self.tables:
                query = sql.SQL("select count(*), sum(hashtext(t::text)::bigint) from {} t")
                found[table] = root.execute(query.format(self.name(table))).fetchone()
            for name, query in (
                ("rights", "select relname, relacl::text from pg_class order by oid"),
                ("functions", "select oid, proacl::text from pg_proc order by oid"),
                ("policies", "select polname, polcmd from pg_policy order by oid"),
                ("triggers", "select tgname, tgenabled from pg_trigger order by oid"),
                ("members", "select roleid, member from pg_auth_members order by 1, 2"),
                ("roles", "select rolname, rolsuper, rolcanlogin from pg_roles order by 1"),
                ("objects", "select oid from pg_largeobject_metadata order by oid"),
            ):
                found[name] = root.execute(query).fetchall()
        return found


@contextmanager
def attacked(database: Database) -> Iterator[Attacked]:
    """Everybody moved in, with a login."""
    house = AttackedHouse()
    set_clock(database, NOW)
    owner = owner_store(database)
    house.move_in(owner)
    owner.close()
    for person in (*PEOPLE, COLLEAGUE):
        if house.me(person.login) is not None:
            make_login(database, person.login)
    # Its row among the staff is gone, the groups are not.
    login(database.server, "niemand", PASSWORD, groups=("koba_user", "koba_advisor"))
    made = Attacked(house, database)
    with made.root() as root:
        made.tables = dict(
            root.execute(
                "select relname, nspname from pg_class"
                " join pg_namespace n on n.oid = relnamespace"
                " where relkind in ('r', 'p', 'v', 'm', 'f')"
                " and nspname !~ '^pg_' and nspname <> 'information_schema'"
                " order by relname"
            ).fetchall()
        )
        for table in made.tables:
            made.columns[table] = [
                name
                for (name,) in root.execute(
                    "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0"
                    " and not attisdropped and attidentity = '' order by attnum",
                    (f"{made.tables[table]}.{table}",),
                )
            ]
            if (key := _key(table)) in made.columns[table]:
                rows = root.execute(
                    sql.SQL("select {}, to_jsonb(t) from {} t").format(
                        sql.Identifier(key), made.name(table)
                    )
                )
                made.stored |= {(table, found): values for found, values in rows}
        made.entries = dict(
            root.execute("select client_id, entry from app.client_search").fetchall()
        )
    try:
        yield made
    finally:
        for line in made.lines.values():
            line.close()


# --- trying ---------------------------------------------------------------------------------------


def attempt(line: Connection, statement: Any, values: Any = None) -> Any:
    """The rows it answers, the number of rows it wrote, or the error; nothing of it stays."""
    try:
        with line.transaction(force_rollback=True):
            cursor = line.execute(statement, values)
            return cursor.fetchall() if cursor.description else cursor.rowcount
    except psycopg.Error as error:
        return error


def copied(line: Connection, statement: Any) -> Any:
    """The lines a COPY answers, or the error."""
    try:
        with line.transaction(force_rollback=True), line.cursor().copy(statement) as copy:
            return [bytes(block).decode().rstrip("\n") for block in copy]
    except psycopg.Error as error:
        return error


def pasted(line: Connection, name: sql.Identifier) -> Any:
    """The error of a COPY into a table, None where it was taken."""
    try:
        with line.transaction(force_rollback=True):
            with line.cursor().copy(sql.SQL("copy {} from stdin").format(name)) as copy:
                copy.write("x\n")
            return None
    except psycopg.Error as error:
        return error


def state(outcome: Any) -> str:
    return (outcome.sqlstate or "") if isinstance(outcome, psycopg.Error) else ""


@dataclass
class Tries:
    """What one person gets out of the tables of the house."""

    world: Attacked
    person: Person

    def __post_init__(self) -> None:
        self.line = self.world.line(self.person.login)
        self.me = self.world.house.me(self.person.login)

    def reads(self, table: str, rows: list[Row]) -> str | set[str]:
        """By SELECT and by COPY alike."""
        key = sql.Identifier(_key(table))
        name = self.world.name(table)
        found = attempt(self.line, sql.SQL("select {} from {}").format(key, name))
        # A view is copied by a query only.
        form = (
            "copy (select {1} from {0}) to stdout"
            if table in _VIEWS
            else "copy {0} ({1}) to stdout"
        )
        also = copied(self.line, sql.SQL(form).format(name, key))
        if isinstance(found, psycopg.Error):
            assert state(found) == state(also) == "42501", (table, found, also)
            return REFUSED
        assert sorted(str(one) for (one,) in found) == sorted(also), table
        keys = {one for (one,) in found}
        return {row.label for row in rows if self.key(table, row) in keys}

    def adds(self, table: str, row: Row) -> str | int:
        """A row like that one, as this person's."""
        return self._outcome(self.add(table, row))

    def add(self, table: str, row: Row, **forged: Any) -> Any:
        """The same with values of one's own; what the server says to it."""
        columns = sql.SQL(", ").join(map(sql.Identifier, self.world.columns[table]))
        statement = sql.SQL(
            "insert into {0} ({1}) select {1} from jsonb_populate_record(null::{0}, %s::jsonb)"
        ).format(self.world.name(table), columns)
        values = {**self._stored(table, row), **self._fresh(table), **forged}
        return attempt(self.line, statement, (json.dumps(values, default=str),))

    def changes(self, table: str, row: Row) -> str | int:
        """The same content once more, as the next version by this person."""
        columns = self.world.columns[table]
        handle = _HANDLES.get(table, "id = id")
        if "changed_by" in columns:
            handle = f"version = version + 1, changed_by = {_literal(self.me)}"
        elif table == "presence":
            handle = "seen_at = seen_at"
        return self._one("update {} set " + handle, table, row)

    def removes(self, table: str, row: Row) -> str | int:
        return self._one("delete from {}", table, row)

    def _one(self, statement: str, table: str, row: Row) -> str | int:
        query = sql.SQL(statement + " where {} = %s").format(
            self.world.name(table), sql.Identifier(_key(table))
        )
        return self._outcome(attempt(self.line, query, (self.key(table, row),)))

    @staticmethod
    def _outcome(found: Any) -> str | int:
        if not isinstance(found, psycopg.Error):
            return int(found)
        if state(found) in _ACCEPTED:
            return 1
        # A view cannot be written to, whoever tries.
        assert state(found) in ("42501", "55000"), found
        return REFUSED

    def key(self, table: str, row: Row) -> Any:
        """What a row is found by."""
        if table == "client_sound":
            return self.world.entries[row.record.id]
        return row.record.id

    def _stored(self, table: str, row: Row) -> dict[str, Any]:
        return self.world.stored[table, self.key(table, row)]

    def _fresh(self, table: str) -> dict[str, Any]:
        """What no two rows share, and what this person would sign with."""
        signs = {"version": 1, "changed_by": self.me, "changed_at": NOW.isoformat()}
        if table == "hold":
            del signs["changed_by"]
        elif table != "command":
            signs["created_by"] = self.me
        unlike = {
            "id": new_id(),
            "reference": codes(),
            "number": None if table == "client" else 9,
            "code": codes(),
            "login": codes().lower(),
            "os_user": None,
        }
        if table in ("refusal", "client_sound"):
            del unlike["code"]
        return {
            name: value
            for name, value in {**signs, **unlike}.items()
            if name in self.world.columns[table]
        }


def _key(table: str) -> str:
    return _KEYS.get(table, "id")


def _literal(value: Any) -> str:
    return "null" if value is None else f"'{value}'"
