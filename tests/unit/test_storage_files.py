"""Opening a database: what goes wrong is said clearly, and with the file's name."""

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.errors import Unavailable
from koba_desktop.storage import location
from koba_desktop.storage.engine import normal_key
from koba_desktop.storage.files import create_store, open_store
from koba_desktop.storage.store import SqliteStore
from tests.support import KEY


def obstacle(path: Path, key: str = KEY) -> str:
    with pytest.raises(Unavailable) as caught:
        open_store(path, key)
    assert caught.value.problems[0].where == str(path)
    return caught.value.code


def test_a_new_database_is_empty_and_only_its_owners(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    create_store(path, KEY).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    store = open_store(path, KEY)
    with store.reading() as reader:
        assert reader.find(Office) == []
    store.close()


def test_nothing_in_the_file_can_be_read_without_the_key(store: SqliteStore) -> None:
    assert b"appointment" not in store.path.read_bytes()
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(store.path).execute("select * from client")


def test_an_existing_file_is_never_overwritten(store: SqliteStore) -> None:
    with pytest.raises(Unavailable) as caught:
        create_store(store.path, KEY)
    assert caught.value.code == "database_exists"


def test_a_wrong_key_is_named(store: SqliteStore) -> None:
    assert obstacle(store.path, "00" * 32) == "wrong_key"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a workbook", b"text " * 4096])
def test_another_file_is_not_a_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "clients.xlsx"
    path.write_bytes(content)
    assert obstacle(path) == "not_a_database"


def test_an_unencrypted_database_is_not_ours(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("create table other (id)")
    assert obstacle(path) == "not_a_database"


def test_a_missing_file_and_a_missing_folder_differ(tmp_path: Path) -> None:
    assert obstacle(tmp_path / "office.db") == "file_missing"
    assert obstacle(tmp_path / "away" / "office.db") == "folder_missing"
    with pytest.raises(Unavailable, match="folder_missing"):
        create_store(tmp_path / "away" / "office.db", KEY)


def test_a_file_that_cannot_be_written_is_refused(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Asked of the system, not tried: tests may run as a user who may do everything.
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK)
    assert obstacle(store.path) == "read_only"


def test_a_newer_schema_is_refused(store: SqliteStore) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '9999'")
    assert obstacle(store.path) == "database_newer"


MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /home/berger/Netz\\040Laufwerk rw shared:2 - cifs //server/share rw
41 22 0:36 / /home/berger/sync rw shared:3 - fuse.rclone remote: rw
42 22 0:37 / /home rw shared:4 - btrfs /dev/sdb rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/berger/office.db", ""),
        ("/home/berger/Netz Laufwerk/office.db", "cifs"),
        ("/home/berger/sync/deep/office.db", "fuse.rclone"),
        ("/home/berger/synced/office.db", ""),
        ("/var/office.db", ""),
    ],
)
def test_network_mounts_are_recognised(tmp_path: Path, path: str, kind: str) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS, encoding="utf-8")
    assert location._mounted_kind(Path(path), mounts) == kind


@pytest.mark.parametrize(
    "path", ["\\\\server\\share\\office.db", "\\\\?\\UNC\\server\\share\\office.db", "//server/x"]
)
def test_windows_network_paths_are_recognised(path: str) -> None:
    assert location._windows_kind(path) == "UNC"


def test_a_database_on_a_network_share_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(location, "network_kind", lambda path: "cifs")
    assert obstacle(tmp_path / "office.db") == "network_share"


def test_the_default_folder_is_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    path = location.default_database()
    assert path.name == "office.db"
    if os.name == "posix":
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("key", ["", "5a" * 31, "zz" * 32, b"short"])
def test_a_key_has_256_bits(key: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"key|hex"):
        normal_key(key)
