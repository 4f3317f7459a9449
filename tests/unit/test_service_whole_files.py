"""A file is there whole or not at all."""

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from koba_desktop.domain.errors import Unavailable
from koba_desktop.services.whole_files import whole, write_whole


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "out"
    made.mkdir()
    return made


def test_it_is_written_and_only_its_owner_may_read_it(folder: Path) -> None:
    path = folder / "list.pdf"
    write_whole(path, b"%PDF")
    assert path.read_bytes() == b"%PDF"
    assert list(folder.iterdir()) == [path]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_is_not_there_before_all_of_it_is(folder: Path) -> None:
    path = folder / "list.pdf"
    with whole(path) as file:
        file.write(b"first half")
        assert not path.exists()
        file.write(b", second half")
    assert path.read_bytes() == b"first half, second half"


def test_whatever_is_raised_meanwhile_the_file_before_stays(folder: Path) -> None:
    path = folder / "list.pdf"
    path.write_bytes(b"before")

    def break_off() -> None:
        with whole(path) as file:
            file.write(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        break_off()
    assert path.read_bytes() == b"before"
    assert list(folder.iterdir()) == [path]


@pytest.mark.parametrize("where", ["fsync", "replace"])
def test_a_full_disk_is_named_and_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def full(*_given: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    module: object = os if where == "fsync" else Path
    monkeypatch.setattr(module, where, full)
    with pytest.raises(Unavailable) as failure:
        write_whole(folder / "list.pdf", b"%PDF")
    assert failure.value.code == "file_not_written"
    assert failure.value.problems[0].params == {
        "file": "list.pdf",
        "reason": os.strerror(errno.ENOSPC),
    }
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_not_there_is_told_of_what_the_user_chose(folder: Path) -> None:
    path = folder / "gone" / "list.pdf"
    with pytest.raises(Unavailable) as failure:
        write_whole(path, b"%PDF")
    assert failure.value.problems[0].where == str(path)
    with pytest.raises(Unavailable) as failure, whole(path, where="--output"):
        raise AssertionError("there is nothing to write into")
    assert failure.value.problems[0].where == "--output"


@pytest.mark.skipif(sys.platform == "win32", reason="counts characters there")
def test_a_name_as_long_as_the_file_system_takes(folder: Path) -> None:
    path = folder / ("ü" * 125 + ".pdf")
    write_whole(path, b"%PDF")
    assert path.exists()
