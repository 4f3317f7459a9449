"""``koba-desktop-admin`` as a process of its own on a shared database, by logins of all sorts."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from koba_desktop.i18n.messages import known_codes
from koba_desktop.storage.schema import HEAD
from tests.end_to_end.test_cli import NOW, Answer, Pc
from tests.postgres.certificates import Certificate, Certificates, make_certificates
from tests.postgres.fixtures import Database
from tests.postgres.server import SUPERUSER, Server
from tests.postgres.test_proxy import until

pytestmark = pytest.mark.process

OFFICE = "Halberstadt"
PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class It:
    """The IT department's PC, and the database it looks after."""

    pc: Pc
    url: str

    def run(self, login: str, password: str, *arguments: object) -> Answer:
        return self.pc.run(*self.line(login, password, *arguments))

    def line(self, login: str, password: str, *arguments: object) -> list[object]:
        file = self.pc.home / f"{login}.password"
        file.touch(mode=0o600)
        file.write_text(password, encoding="utf-8")
        signed = ["--login", login, "--password-file", file]
        return [*arguments, "--database", self.url, *signed, "--json", "--language", "en"]


@dataclass(frozen=True)
class Shared:
    """A shared database with the login of its owner."""

    it: It
    database: Database

    def owner(self, *arguments: object) -> Answer:
        return self.it.run(SUPERUSER, self.database.server.password, *arguments)

    def add(self, login: str, *arguments: object) -> str:
        """Add a person as the owner; the first password."""
        added = self.owner("users", "add", login, *arguments)
        assert added.code == 0, added
        return str(added.result["password"])


def it_department(folder: Path, database: Database) -> Shared:
    return Shared(It(Pc(folder), database.url(sslmode="disable")), database)


@pytest.fixture
def shared(tmp_path: Path, pg_database: Database) -> Shared:
    return it_department(tmp_path, pg_database)


@pytest.fixture
def empty(tmp_path: Path, pg_empty: Database) -> Shared:
    return it_department(tmp_path, pg_empty)


class TestSettingUp:
    def test_init_makes_all_of_it_once_and_check_finds_nothing(self, empty: Shared) -> None:
        made = empty.owner("init")
        assert made.code == 0, made
        assert made.result == {"database": empty.it.url, "schema": HEAD, "recovery_key": ""}
        again = empty.owner("init")
        assert (again.code, again.error["code"]) == (1, "database_set_up")
        checked = empty.owner("check")
        assert (checked.code, checked.result["findings"]) == (0, [])
        with psycopg.connect(empty.database.dsn()) as connection:
            row = connection.execute("select count(*) from app.template_version").fetchone()
        assert row is not None
        assert row[0] > 0, "the wordings of the letters"

    def test_no_superuser_is_needed(self, tmp_path: Path) -> None:
        """On a server that has none of the program's roles yet, by whoever may make roles."""
        server = Server()
        try:
            with psycopg.connect(server.dsn(), autocommit=True) as connection:
                connection.execute(
                    f"create role maker login createdb createrole password '{PASSWORD}'"
                )
            it = It(Pc(tmp_path), server.url("koba", sslmode="disable"))
            missing = it.run("maker", PASSWORD, "init")
            assert (missing.code, missing.error["code"]) == (1, "database_missing")
            made = it.run("maker", PASSWORD, "init", "--create-database")
            assert made.code == 0, made
            wish = ("--family-name", "Chief", "--office", OFFICE)
            added = it.run("maker", PASSWORD, "users", "add", "chief", *wish)
            assert added.code == 0, added
            with psycopg.connect(server.dsn("koba", "chief", added.result["password"])) as hers:
                disabled = it.run("maker", PASSWORD, "users", "disable", "chief")
                assert disabled.code == 0, disabled
                with pytest.raises(psycopg.OperationalError):
                    hers.execute("select 1")
            checked = it.run("maker", PASSWORD, "check")
            assert (checked.code, checked.result["findings"]) == (0, [])
        finally:
            server.close()

    def test_a_database_that_cannot_be_set_up_is_not_left_behind(
        self, empty: Shared, pg_empty: Database
    ) -> None:
        pg_empty.run(f"create role half login createdb password '{PASSWORD}'")
        name = f"{pg_empty.name}_half"
        it = It(empty.it.pc, pg_empty.server.url(name, sslmode="disable"))
        refused = it.run("half", PASSWORD, "init", "--create-database")
        assert (refused.code, refused.error["code"]) == (1, "setup_right_missing")
        assert "half" in refused.error["message"]
        with psycopg.connect(pg_empty.dsn()) as connection:
            query = "select 1 from pg_database where datname = %s"
            assert connection.execute(query, (name,)).fetchone() is None

    def test_demonstration_data_live_at_their_own_time(self, shared: Shared) -> None:
        order = ("demo-data", "--clients", 60, "--appointments", 100, "--now", NOW)
        made = shared.owner(*order)
        assert made.code == 0, made
        assert made.result["appointments"] == 100
        with psycopg.connect(shared.database.dsn()) as connection:
            row = connection.execute("select app.today()::text").fetchone()
        assert row == ("2021-04-13",)
        assert shared.owner("check").code == 0
        reset = shared.owner("users", "reset", "leitung01")
        shown = shared.it.run("leitung01", reset.result["password"], "mode", "show")
        assert shown.code == 0, shown
        refused = shared.owner(*order)
        assert (refused.code, refused.error["code"]) == (1, "database_not_empty")
        refused = shared.it.run("leitung01", reset.result["password"], *order)
        assert (refused.code, refused.error["code"]) == (1, "owner_needed")

    def test_two_administrators_migrate_at_once(self, shared: Shared, tmp_path: Path) -> None:
        """The next version's program, twice: one waits for the other and finds nothing to do."""
        following = f"{int(HEAD) + 1:04}"
        folder = tmp_path / "versions"
        folder.mkdir()
        (folder / f"r{following}.py").write_text(
            "from alembic import op\n"
            f"revision, down_revision = {following!r}, {HEAD!r}\n"
            "def upgrade():\n"
            "    op.execute('select pg_advisory_xact_lock(77)')\n"
            "    op.execute('create table later (n int)')\n",
            encoding="utf-8",
        )
        with psycopg.connect(shared.database.dsn(), autocommit=True) as connection:
            connection.execute("select pg_advisory_lock(77)")
            both = [self._migrating(shared, folder) for _each in range(2)]
            waiting = (
                "select count(*) from pg_stat_activity"
                " where datname = current_database() and wait_event = 'advisory'"
            )
            until(lambda: connection.execute(waiting).fetchone() == (2,), seconds=60)
            connection.execute("select pg_advisory_unlock(77)")
            answers = [self._answer(process) for process in both]
        assert [answer.code for answer in answers] == [0, 0], answers
        schemas = sorted((answer.result["before"], answer.result["schema"]) for answer in answers)
        assert schemas == [(HEAD, following), (following, following)]
        older = shared.owner("check")
        assert (older.code, older.error["code"]) == (1, "database_newer")

    def _migrating(self, shared: Shared, folder: Path) -> "subprocess.Popen[str]":
        line = shared.it.line(SUPERUSER, shared.database.server.password, "migrate")
        program = [sys.executable, "-m", "tests.end_to_end.migrating", folder, *line]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("KOBA_")}
        environment["HOME"] = str(shared.it.pc.home)
        return subprocess.Popen(
            list(map(str, program)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=environment,
            cwd=Path(__file__).parents[2],
        )

    def _answer(self, process: "subprocess.Popen[str]") -> Answer:
        out, err = process.communicate(timeout=120)
        return Answer(process.returncode, out, err)


class TestPeople:
    def test_from_the_first_administrator_to_a_disabled_login(
        self, shared: Shared, tmp_path: Path
    ) -> None:
        refused = shared.owner("users", "add", "a.ober", "--family-name", "Ober")
        assert (refused.code, refused.error["code"]) == (1, "usage_missing")
        first = shared.add("a.ober", "--family-name", "Ober", "--office", OFFICE)
        assert len(first) == 23

        chosen = tmp_path / "chosen"
        chosen.touch(mode=0o600)
        chosen.write_text(PASSWORD, encoding="utf-8")
        wish = ("--family-name", "Vogt", "--given-name", "Maria", "--role", "advisor")
        added = shared.it.run(
            "a.ober", first, "users", "add", "m.vogt", *wish, "--user-password-file", chosen
        )
        assert added.code == 0, added
        assert added.result == {
            "login": "m.vogt",
            "office": OFFICE,
            "person_added": True,
            "office_added": False,
            "login_added": True,
            "password": "",
        }
        assert shared.it.run("m.vogt", PASSWORD, "mode", "show").code == 0

        # In a second office for some weeks: a row of its own.
        deputy = ("--role", "lead", "--valid-from", "2030-01-07", "--valid-until", "2030-02-01")
        assert shared.it.run("a.ober", first, "users", "add", "m.vogt", *deputy).code == 0
        listed = shared.it.run("a.ober", first, "users", "list")
        users = {user["login"]: user for user in listed.result["users"]}
        roles = {each["role"]: each for each in users["m.vogt"]["roles"]}
        assert set(roles) == {"advisor", "lead"}
        assert roles["lead"]["valid_until"] == "2030-02-01"
        assert users["m.vogt"]["can_sign_in"]

        with psycopg.connect(shared.database.dsn("m.vogt", PASSWORD)) as hers:
            began = time.monotonic()
            disabled = shared.it.run("a.ober", first, "users", "disable", "m.vogt")
            assert disabled.code == 0, disabled
            with pytest.raises(psycopg.OperationalError):
                hers.execute("select 1")
            assert time.monotonic() - began < 30, "most of it is the program's start"
        out = shared.it.run("m.vogt", PASSWORD, "mode", "show")
        assert (out.code, out.error["code"]) == (1, "login_disabled")

        again = shared.owner("users", "reset", "m.vogt")
        out = shared.it.run("m.vogt", again.result["password"], "mode", "show")
        assert (out.code, out.error["code"]) == (1, "login_disabled"), "a new password is no key"
        assert shared.owner("users", "enable", "m.vogt").code == 0
        assert shared.it.run("m.vogt", again.result["password"], "mode", "show").code == 0
        old = shared.it.run("m.vogt", PASSWORD, "mode", "show")
        assert (old.code, old.error["code"]) == (1, "password_wrong")
        own = shared.it.run("a.ober", first, "users", "disable", "a.ober")
        assert (own.code, own.error["code"]) == (1, "login_own")

    def test_who_is_no_administrator_gives_nobody_anything(self, shared: Shared) -> None:
        shared.add("chief", "--family-name", "Chief", "--office", OFFICE)
        desk = shared.add("desk", "--family-name", "Desk", "--role", "reception")
        for order in (
            ("add", "friend", "--family-name", "Friend", "--role", "reception"),
            ("list",),
            ("disable", "chief"),
            ("reset", "chief"),
        ):
            refused = shared.it.run("desk", desk, "users", *order)
            assert (refused.code, refused.error["code"]) == (1, "not_entitled"), order
        refused = shared.it.run("desk", desk, "check")
        assert (refused.code, refused.error["code"]) == (1, "not_entitled")
        refused = shared.it.run("desk", desk, "migrate")
        assert (refused.code, refused.error["code"]) == (1, "setup_right_missing")

    @pytest.mark.parametrize(
        ("login", "code"),
        [
            ("postgres", "login_reserved"),
            ("koba_owner", "login_reserved"),
            ("pg_monitor", "login_reserved"),
            ("l" * 64, "text_too_long"),
        ],
    )
    def test_some_names_are_not_for_people(self, shared: Shared, login: str, code: str) -> None:
        wish = ("--family-name", "X", "--office", OFFICE)
        refused = shared.owner("users", "add", login, *wish)
        assert (refused.code, refused.error["code"]) == (1, code)

    def test_a_role_of_somebody_else_is_not_taken_over(self, shared: Shared) -> None:
        shared.database.run("create role reporting login")
        refused = shared.owner(
            "users", "add", "reporting", "--family-name", "X", "--office", OFFICE
        )
        assert (refused.code, refused.error["code"]) == (1, "login_reserved")
        assert shared.owner("users", "list").result["users"] == [], "nothing was kept"

    def test_a_local_database_has_people_and_no_logins(self, tmp_path: Path) -> None:
        pc = Pc(tmp_path)
        assert pc.on_office("init").code == 0
        wish = ("--family-name", "Ober", "--office", OFFICE)
        first = pc.on_office("users", "add", "a.ober", *wish)
        assert (first.code, first.result["login_added"], first.result["password"]) == (0, False, "")
        second = pc.on_office(
            "users", "add", "m.vogt", "--family-name", "Vogt", "--role", "advisor"
        )
        assert second.code == 0, second
        assert pc.on_office("users", "disable", "m.vogt").code == 0
        users = {user["login"]: user for user in pc.on_office("users", "list").result["users"]}
        assert users["m.vogt"]["left_on"] == NOW[:10]
        assert users["m.vogt"]["can_sign_in"] is None
        assert pc.on_office("users", "enable", "m.vogt").code == 0
        refused = pc.on_office("users", "reset", "m.vogt")
        assert (refused.code, refused.error["code"]) == (1, "shared_only")
        last = pc.on_office("users", "disable", "a.ober")
        assert (last.code, last.error["code"]) == (1, "login_own")


class TestWorking:
    def test_a_person_acts_as_herself_and_with_her_rights(
        self, shared: Shared, tmp_path: Path
    ) -> None:
        chief = shared.add("chief", "--family-name", "Chief", "--office", OFFICE)
        lead = shared.add("lead", "--family-name", "Lead", "--role", "lead")
        file = tmp_path / "clients.csv"
        file.write_text(
            "Kundennummer;Name;Vorname;Geburtsdatum;Regionalstelle\n"
            f"1;Muster;Max;01.02.1980;{OFFICE}\n",
            encoding="utf-8",
        )
        refused = shared.it.run("chief", chief, "import", "clients", file)
        assert (refused.code, refused.error["code"]) == (1, "not_entitled")
        imported = shared.it.run("lead", lead, "import", "clients", file)
        assert (imported.code, imported.result["created"]) == (0, 1), imported
        closed = ("mode", "set", "--mode", "closed", "--reason", "Test")
        other = shared.it.run("lead", lead, *closed, "--as", "chief")
        assert (other.code, other.error["code"]) == (1, "actor_other")
        assert shared.it.run("lead", lead, *closed).code == 0
        with psycopg.connect(shared.database.dsn()) as connection:
            rows = connection.execute(
                "select login, action from audit.audit_event"
                " where object_kind in ('OperatingMode', 'Client') order by object_kind"
            ).fetchall()
        assert rows == [("lead", "create"), ("lead", "create")]

    def test_check_seals_the_audit_and_finds_what_was_changed(self, shared: Shared) -> None:
        chief = shared.add("chief", "--family-name", "Chief", "--office", OFFICE)
        sealed = shared.it.run("chief", chief, "check", "--seal")
        assert (sealed.code, sealed.result["findings"]) == (0, []), sealed
        assert len(sealed.result["seal"]) == 64
        shared.database.run(
            "alter table audit.audit_event disable trigger user;"
            "update audit.audit_event set login = 'somebody';"
            "alter table audit.audit_event enable trigger user;"
            "grant select on app.client_note to koba_reception;"
            "alter table app.client disable row level security;"
            "alter table app.appointment drop constraint advisor_taken;"
            "alter role koba_audit login"
        )
        try:
            checked = shared.it.run("chief", chief, "check")
        finally:
            shared.database.run("alter role koba_audit nologin")
        assert checked.code == 1
        findings = {each["code"]: each for each in checked.result["findings"]}
        assert set(findings) == {
            "seal_broken",
            "right_too_much",
            "policies_off",
            "constraint_missing",
            "owner_can_sign_in",
        }
        for each in findings.values():
            assert each["code"] in known_codes()
            assert "…" not in each["message"], "every gap is filled"

    def test_what_is_for_the_other_kind_says_so(self, shared: Shared, tmp_path: Path) -> None:
        refused = shared.owner("backup")
        assert (refused.code, refused.error["code"]) == (1, "backup_by_server")
        pc = Pc(tmp_path)
        assert pc.on_office("init").code == 0
        refused = pc.on_office("check", "--seal")
        assert (refused.code, refused.error["code"]) == (1, "shared_only")


class TestNobodyGetsIn:
    def test_with_a_wrong_password(self, shared: Shared) -> None:
        refused = shared.it.run(SUPERUSER, "wrong", "check")
        assert (refused.code, refused.error["code"]) == (1, "password_wrong")
        assert "wrong" not in refused.out.replace("password_wrong", "")

    def test_without_a_password(self, shared: Shared) -> None:
        line = ("--database", shared.it.url, "--login", "somebody", "--json")
        refused = shared.it.pc.run("check", *line)
        assert (refused.code, refused.error["code"]) == (1, "password_needed")

    def test_with_a_password_others_can_read(self, shared: Shared) -> None:
        line = shared.it.line("somebody", PASSWORD, "check")
        (shared.it.pc.home / "somebody.password").chmod(0o644)
        refused = shared.it.pc.run(*line)
        assert (refused.code, refused.error["code"]) == (1, "password_file_open_to_others")

    def test_where_no_server_is(self, shared: Shared, pg_database: Database) -> None:
        port = pg_database.server.port
        away = shared.it.url.replace(f":{port}/", ":1/")
        refused = It(shared.it.pc, away).run("somebody", PASSWORD, "check")
        assert (refused.code, refused.error["code"]) == (1, "server_away")
        nowhere = f"postgresql://nowhere.invalid/{pg_database.name}"
        refused = It(shared.it.pc, nowhere).run("somebody", PASSWORD, "check")
        assert (refused.code, refused.error["code"]) == (1, "server_unknown")

    def test_where_the_database_is_none_of_ours(self, empty: Shared) -> None:
        refused = empty.owner("check")
        assert (refused.code, refused.error["code"]) == (1, "not_a_database")

    @pytest.mark.parametrize(
        ("url", "code"),
        [
            ("postgresql://me:secret@127.0.0.1/koba", "password_in_address"),
            ("postgresql://db.example/koba?sslmode=disable", "server_without_tls"),
            ("postgresql://db.example/koba?sslmode=require", "database_address_malformed"),
            ("postgresql://db.example", "database_address_malformed"),
        ],
    )
    def test_with_an_address_that_gives_something_away(
        self, tmp_path: Path, url: str, code: str
    ) -> None:
        refused = It(Pc(tmp_path), url).run("somebody", PASSWORD, "check")
        assert (refused.code, refused.error["code"]) == (1, code)
        assert "secret" not in refused.out

    def test_not_even_the_program_without_tls(self, shared: Shared) -> None:
        """The server has none: the password stays here."""
        encrypted = shared.it.url.partition("?")[0]
        refused = It(shared.it.pc, encrypted).run(SUPERUSER, "secret", "check")
        assert (refused.code, refused.error["code"]) == (1, "server_without_tls")


@pytest.fixture(scope="module")
def tls_server() -> Iterator[Server]:
    server = Server(debian=True)
    yield server
    server.close()


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("tls"), "127.0.0.1")


class TestCertificates:
    """A server of the system's, whose certificate is what tells it from another."""

    def test_a_good_one_lets_in_an_office_from_init_to_check(
        self, tls_server: Server, certificates: Certificates, tmp_path: Path
    ) -> None:
        tls_server.present(certificates.good)
        it = It(Pc(tmp_path), tls_server.url("koba"))
        ca = ("--ca-file", certificates.authority)
        made = it.run(SUPERUSER, tls_server.password, "init", "--create-database", *ca)
        assert made.code == 0, made
        checked = it.run(SUPERUSER, tls_server.password, "check", *ca)
        known = {finding["code"] for finding in checked.result["findings"]}
        assert known <= {"server_old"}, checked

    @pytest.mark.parametrize(
        ("shown", "code"),
        [
            ("expired", "certificate_expired"),
            ("wrong_name", "certificate_wrong_name"),
            ("untrusted", "certificate_untrusted"),
        ],
    )
    def test_another_one_is_told_by_what_is_wrong_with_it(
        self,
        tls_server: Server,
        certificates: Certificates,
        tmp_path: Path,
        shown: str,
        code: str,
    ) -> None:
        certificate: Certificate = getattr(certificates, shown)
        tls_server.present(certificate)
        it = It(Pc(tmp_path), tls_server.url("postgres"))
        ca = ("--ca-file", certificates.authority)
        refused = it.run(SUPERUSER, tls_server.password, "check", *ca)
        assert (refused.code, refused.error["code"]) == (1, code), refused

    def test_an_authority_of_which_there_is_no_file(
        self, tls_server: Server, tmp_path: Path
    ) -> None:
        it = It(Pc(tmp_path), tls_server.url("postgres"))
        refused = it.run("somebody", PASSWORD, "check", "--ca-file", tmp_path / "none.pem")
        assert (refused.code, refused.error["code"]) == (1, "ca_file_missing")
