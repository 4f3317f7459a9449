"""A whole office is exported, loaded elsewhere and moved, by the program IT runs."""

import os
import re
import stat
from pathlib import Path

import pytest

from koba_desktop.domain.entities.clients import Client
from koba_desktop.storage.comparison import verify
from koba_desktop.storage.files import open_store
from koba_desktop.system.recovery import key_of
from tests.end_to_end.test_cli import Pc
from tests.support import KEY, make_office

pytestmark = pytest.mark.process

CLIENTS = 60


@pytest.fixture
def pc(tmp_path: Path) -> Pc:
    """A PC with an office, its key in the environment."""
    pc = Pc(tmp_path)
    make_office(tmp_path, clients=CLIENTS, appointments=90).store.close()
    assert pc.database.is_file()
    return pc


def same(one: Path, key: str, other: Path, other_key: str) -> bool:
    ours, theirs = open_store(one, key), open_store(other, other_key)
    try:
        with ours.engine.connect() as first, theirs.engine.connect() as second:
            return verify(first, second, lambda done, of: None) == []
    finally:
        ours.close()
        theirs.close()


def test_an_office_goes_out_and_comes_back_whole(pc: Pc) -> None:
    file, file_key = pc.home / "store.db", pc.home / "store.key"
    out = pc.run(
        "export", "store", "--output", file, "--file-key", file_key, "--json", "--database",
        pc.database,
    )  # fmt: skip
    assert out.code == 0, out
    assert out.result["verified"] is True
    assert out.result["tables"]["client"] == CLIENTS
    assert out.result["rows"] == sum(out.result["tables"].values())
    key = file_key.read_text(encoding="ascii")
    assert key != KEY
    assert key_of(out.result["recovery_key"]) == key
    if os.name == "posix":
        assert stat.S_IMODE(file_key.stat().st_mode) == stat.S_IMODE(file.stat().st_mode) == 0o600
    assert same(pc.database, KEY, file, key)

    other = pc.home / "elsewhere.db"
    back = pc.run("import", "store", file, "--file-key", file_key, "--database", other, "--json")
    assert back.code == 0, back
    assert back.result["rows"] == out.result["rows"]
    assert same(pc.database, KEY, other, KEY)
    assert pc.run("check", "--database", other, "--json").result["ok"] is True


def test_the_file_opens_with_the_recovery_key_on_the_paper(pc: Pc) -> None:
    file = pc.home / "store.db"
    out = pc.run("export", "store", "--output", file, "--database", pc.database)
    assert out.code == 0, out
    paper = re.search(r"[0-9A-Z]{5}(-[0-9A-Z]{5}){10}", out.out)
    assert paper is not None
    typed = pc.home / "typed"
    typed.write_text(paper[0], encoding="ascii")
    typed.chmod(0o600)
    back = pc.run(
        "import", "store", file, "--file-key", typed, "--database", pc.home / "b.db", "--json"
    )
    assert back.code == 0, back


def test_an_office_moves_to_another_place(pc: Pc) -> None:
    target = pc.home / "moved.db"
    moved = pc.run("move", "--from", pc.database, "--to", f"sqlite:///{target}", "--json")
    assert moved.code == 0, moved
    assert moved.result["database"] == str(target)
    assert same(pc.database, KEY, target, KEY)
    again = pc.run("move", "--from", pc.database, "--to", target, "--json")
    assert (again.code, again.error["code"]) == (1, "database_exists")


def test_what_cannot_be_moved_is_told_and_leaves_no_file(pc: Pc) -> None:
    target = pc.home / "moved.db"
    missing = pc.run("move", "--from", pc.home / "gone.db", "--to", target, "--json")
    assert (missing.code, missing.error["code"]) == (1, "file_missing")
    store = open_store(pc.database, KEY)
    with store.reading() as reader:
        client = reader.find(Client, order_by="id", limit=1)[0]
    with store.engine.begin() as connection:
        connection.exec_driver_sql("drop trigger client_version")
        connection.exec_driver_sql(
            f"update client set birth_date = 'gestern' where id = '{client.id.hex}'"
        )
    store.close()
    damaged = pc.run("move", "--from", pc.database, "--to", target, "--json")
    assert (damaged.code, damaged.error["code"]) == (1, "row_unreadable")
    assert damaged.error["where"] == str(client.id)
    assert "client" in damaged.error["message"]
    assert sorted(each.name for each in pc.home.glob("moved.db*")) == []


def test_a_row_that_is_altered_on_the_way_is_a_finding_and_nothing_is_kept(pc: Pc) -> None:
    store = open_store(pc.database, KEY)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("drop trigger participant_version")
        connection.exec_driver_sql("drop trigger client_free_update")
        one = connection.exec_driver_sql("select id from participant limit 1").scalar_one()
        connection.exec_driver_sql(
            f"update participant set ends = ends + 60000000 where id = '{one}'"
        )
    store.close()
    file = pc.home / "store.db"
    out = pc.run("export", "store", "--output", file, "--database", pc.database, "--json")
    assert out.code == 1
    assert out.result["verified"] is False
    assert out.result["recovery_key"] == ""
    (finding,) = out.result["findings"]
    assert (finding["code"], finding["where"].replace("-", "")) == ("row_differs", one)
    assert not file.exists()
