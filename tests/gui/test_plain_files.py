"""Letters in plain text on the disk: for one person, for one program, and for as long as needed."""

import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from koba_desktop.domain.errors import Unavailable
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.plain_files import PlainFiles
from koba_desktop.gui.printing.handing_over import print_pdf
from koba_desktop.services.execution import Actor
from tests.gui.real_office import FakePrinters
from tests.gui.shell_office import opener_of, running
from tests.support import Office

ANOTHER = """
import sys
from pathlib import Path
from koba_desktop.gui.plain_files import PlainFiles
files = PlainFiles(Path(sys.argv[1]))
print(files.open("letter.pdf", b"%PDF"), flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "data" / "plain"


@pytest.fixture
def files(root: Path) -> Iterator[PlainFiles]:
    made = PlainFiles(root)
    yield made
    made.close()


@contextmanager
def another_program(root: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A program of the same user, which has a letter open; killed at the end."""
    command = [sys.executable, "-c", ANOTHER, str(root)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        path = Path(program.stdout.readline().rstrip("\n"))
        try:
            yield program, path
        finally:
            program.kill()


def left_by_a_killed_program(root: Path) -> Path:
    with another_program(root) as (_program, path):
        assert path.exists()
    assert path.exists()
    return path


def below(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file() and path.suffix == ".pdf"]


@pytest.mark.skipif(sys.platform == "win32", reason="access is not in the mode there")
def test_only_the_user_may_read_them(files: PlainFiles, root: Path) -> None:
    root.mkdir(parents=True, mode=0o755)
    path = files.open("letter.pdf", b"%PDF")
    for folder in (root, path.parent.parent, path.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o400


@pytest.mark.process
def test_what_a_killed_program_left_goes_and_what_a_running_one_has_stays(
    files: PlainFiles, root: Path
) -> None:
    left = left_by_a_killed_program(root)
    own = files.open("own.pdf", b"%PDF")
    with another_program(root) as (_program, shown):
        files.sweep()
        assert not left.exists()
        assert not left.parent.parent.exists()
        assert shown.read_bytes() == own.read_bytes() == b"%PDF"
    files.sweep()
    assert below(root) == [own]


def test_what_is_being_printed_stays_while_somebody_else_sits_down(
    files: PlainFiles, root: Path
) -> None:
    files.open("shown.pdf", b"%PDF")
    with files.lend("printed.pdf", b"%PDF") as path:
        files.clear()
        assert below(root) == [path]
    assert below(root) == []


def test_at_the_end_nothing_is_left(files: PlainFiles, root: Path) -> None:
    files.open("letter.pdf", b"%PDF")
    files.close()
    assert list(root.iterdir()) == []


def test_a_printer_that_fails_leaves_no_file(files: PlainFiles, root: Path) -> None:
    printers = FakePrinters(jams_after=0)
    with pytest.raises(Unavailable, match="print_failed"):
        print_pdf(printers, b"%PDF", files=files, printer="HBS-EG", title="List", name="list")
    assert below(root) == []


@pytest.mark.usefixtures("printers")
def test_they_go_with_the_person_and_stay_where_only_the_office_changes(desk: Desk) -> None:
    path = desk.plain_files.open("letter.pdf", b"%PDF")
    others = [member.id for member in desk.book.staff if member.id != desk.actor.staff_id]
    elsewhere = [o.id for o in desk.book.offices if o.id != desk.actor.office_id]
    desk.become(replace(desk.actor, office_id=elsewhere[0]))
    assert path.exists()
    desk.become(Actor(others[0], elsewhere[0]))
    assert not path.exists()
    desk.plain_files.close()


@pytest.mark.process
def test_the_program_begins_by_removing_what_was_left_and_ends_with_nothing(
    qtbot: Any, demo_office: Office, tmp_path: Path, root: Path
) -> None:
    left = left_by_a_killed_program(root)
    with running(opener_of(demo_office), tmp_path, plain=root) as program:
        with qtbot.waitSignal(program.ready, timeout=20_000):
            pass
        qtbot.waitUntil(lambda: not left.exists())
        assert program.desk is not None
        opened = program.desk.plain_files.open("letter.pdf", b"%PDF")
        assert opened.is_relative_to(root)
    assert not opened.exists()
    assert below(root) == []


def test_a_demonstration_leaves_nothing_in_the_systems_folder() -> None:
    files = PlainFiles()
    path = files.open("letter.pdf", b"%PDF")
    with files.lend("list.pdf", b"%PDF") as lent:
        assert lent.parent.parent == path.parent.parent
    assert not lent.exists()
    files.close()
    assert not path.parent.parent.exists()
