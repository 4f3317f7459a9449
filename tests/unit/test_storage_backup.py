"""Copies are made, checked, and can be put back."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.errors import Unavailable
from koba_desktop.storage import backup as backups
from koba_desktop.storage.files import open_store
from tests.support import KEY, TUESDAY, Office


def people(path: Path) -> int:
    store = open_store(path, KEY)
    with store.reading() as reader:
        total = reader.search_clients("").total
        assert len(reader.find(Client)) == total
    store.close()
    return total


def test_a_backup_opens_with_the_same_key_and_holds_everything(
    demo_office: Office, tmp_path: Path
) -> None:
    target = tmp_path / "copy.db"
    size = backups.backup(demo_office.store.path, KEY, target)
    assert size == target.stat().st_size
    assert people(target) == 200
    assert not list(tmp_path.glob("copy.db.*"))


def test_a_backup_is_made_while_others_read_and_write(demo_office: Office, tmp_path: Path) -> None:
    with demo_office.store.reading() as reader:
        reader.find(Client, limit=1)
        backups.backup(demo_office.store.path, KEY, tmp_path / "copy.db")
    assert people(tmp_path / "copy.db") == 200


def test_a_copy_that_is_not_sound_is_not_kept(
    demo_office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([{"client": 200}, {"client": 199}])
    monkeypatch.setattr(backups, "_counts", lambda connection: next(answers))
    with pytest.raises(Unavailable) as caught:
        backups.backup(demo_office.store.path, KEY, tmp_path / "copy.db")
    assert caught.value.code == "backup_failed"
    assert not list(tmp_path.glob("copy.db*"))


def test_a_backup_into_a_missing_folder_says_so(demo_office: Office, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="folder_missing"):
        backups.backup(demo_office.store.path, KEY, tmp_path / "away" / "copy.db")


def test_one_automatic_copy_a_day_and_only_the_last_ones_stay(demo_office: Office) -> None:
    path, first = demo_office.store.path, date(2021, 4, 13)
    for days in range(4):
        made = backups.backup_daily(path, KEY, first + timedelta(days=days), keep=3)
        assert made is not None
    assert backups.backup_daily(path, KEY, first + timedelta(days=3), keep=3) is None
    left = sorted(copy.name for copy in (path.parent / backups.FOLDER).iterdir())
    assert left == [f"office-daily-2021-04-{day}.db" for day in (14, 15, 16)]


def test_a_backup_put_back_keeps_what_was_there(demo_office: Office) -> None:
    path = demo_office.store.path
    copy = backups.backup_now(path, KEY, TUESDAY)
    with demo_office.store.writing(by=None, now=TUESDAY) as uow:
        uow.add(
            Client(
                id=demo_office.actor.staff_id,
                family_name="Neu",
                office_id=demo_office.actor.office_id,
            )
        )
    demo_office.store.close()
    before = backups.restore(copy, KEY, path, TUESDAY + timedelta(hours=1))
    assert before is not None
    assert people(path) == 200
    assert people(before) == 201


def test_a_full_disk_during_the_copy_is_told_as_such(
    demo_office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:  # SQLite's backup gives its errors no name
        raise sqlcipher.OperationalError("database or disk is full")

    monkeypatch.setattr(backups, "_copy", full)
    with pytest.raises(Unavailable) as raised:
        backups.backup(demo_office.store.path, KEY, tmp_path / "copy.db")
    assert raised.value.code == "disk_full"
    assert not list(tmp_path.glob("copy.db*"))
