"""IT moves an office with ``koba-desktop-admin``: onto the server, and back into a file."""

from pathlib import Path

import pytest

from koba_desktop.storage.files import open_store
from tests.end_to_end.test_cli import Answer, Pc
from tests.moved_office import compared
from tests.postgres.fixtures import Database
from tests.postgres.server import SUPERUSER
from tests.support import KEY, make_office

pytestmark = pytest.mark.process

CLIENTS = 40


@pytest.fixture
def pc(tmp_path: Path, pg_database: Database) -> Pc:
    pc = Pc(tmp_path)
    make_office(tmp_path, clients=CLIENTS, appointments=60).store.close()
    password = pc.home / "password"
    password.write_text(f"{pg_database.server.password}\n", encoding="utf-8")
    password.chmod(0o600)
    return pc


def as_owner(pc: Pc, *arguments: object) -> Answer:
    login = ("--login", SUPERUSER, "--password-file", pc.home / "password")
    return pc.run(*arguments, *login, "--json")


def same_as_before(pc: Pc, file: Path, key: str) -> bool:
    before, after = open_store(pc.database, KEY), open_store(file, key)
    try:
        return compared(before.engine, after.engine) == []
    finally:
        before.close()
        after.close()


def test_from_the_pc_to_the_server_and_back(pc: Pc, pg_database: Database) -> None:
    server = pg_database.url(sslmode="disable")
    there = as_owner(pc, "move", "--from", pc.database, "--to", server)
    assert there.code == 0, there
    assert there.result["verified"] is True
    assert there.result["tables"]["client"] == CLIENTS
    assert there.result["recovery_key"] == ""
    assert pg_database.server.password not in there.out + there.err

    home = pc.home / "home.db"
    back = as_owner(pc, "move", "--from", server, "--to", home)
    assert back.code == 0, back
    assert back.result["tables"] == there.result["tables"]
    assert same_as_before(pc, home, KEY)

    again = as_owner(pc, "move", "--from", pc.database, "--to", server)
    assert (again.code, again.error["code"]) == (1, "database_not_empty")


def test_by_way_of_a_file(pc: Pc, pg_database: Database) -> None:
    server = pg_database.url(sslmode="disable")
    file, key = pc.home / "store.db", pc.home / "store.key"
    out = pc.run(
        "export", "store", "--output", file, "--file-key", key, "--database", pc.database, "--json"
    )
    assert out.code == 0, out
    loaded = as_owner(pc, "import", "store", file, "--file-key", key, "--database", server)
    assert loaded.code == 0, loaded
    assert loaded.result["rows"] == out.result["rows"]
    again = pc.home / "again.db"
    saved = as_owner(
        pc, "export", "store", "--output", again, "--file-key", key, "--database", server
    )
    assert saved.code == 0, saved
    assert same_as_before(pc, again, key.read_text(encoding="ascii"))


def test_who_does_not_own_the_database_moves_nothing(pc: Pc, pg_database: Database) -> None:
    pg_database.run("create role somebody login password 'a long enough password'")
    pg_database.run("grant koba_user to somebody")
    (pc.home / "password").write_text("a long enough password", encoding="utf-8")
    refused = pc.run(
        "move", "--from", pc.database, "--to", pg_database.url(sslmode="disable"),
        "--login", "somebody", "--password-file", pc.home / "password", "--json",
    )  # fmt: skip
    assert (refused.code, refused.error["code"]) == (1, "setup_right_missing")


def test_a_wrong_password_says_so(pc: Pc, pg_database: Database) -> None:
    (pc.home / "password").write_text("not this one", encoding="utf-8")
    refused = as_owner(
        pc, "move", "--from", pc.database, "--to", pg_database.url(sslmode="disable")
    )
    assert (refused.code, refused.error["code"]) == (1, "password_wrong")
