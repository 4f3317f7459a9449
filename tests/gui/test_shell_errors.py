"""A report helps a developer and names nobody; drafts outlive the form."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from koba_desktop.gui.desk import Desk
from koba_desktop.gui.drafts import DraftKeeper
from koba_desktop.gui.errors import CrashDialog, CrashReporter, report
from koba_desktop.gui.tasks import TaskRunner
from koba_desktop.gui.undo_names import undo_name
from koba_desktop.services import commands
from koba_desktop.services.drafts.keeping import open_drafts
from koba_desktop.services.office.book import office_book
from tests.support import Office


def broken(name: str) -> None:
    people = {"number": 1}
    people[name]


def caught() -> Exception:
    try:
        broken("Kuhn, Marlies")
    except KeyError as error:
        return error
    raise AssertionError


def test_a_report_names_places_and_no_people() -> None:
    text = report(caught())
    assert "builtins.KeyError" in text
    assert "test_shell_errors.py" in text
    assert "broken" in text
    assert "Kuhn" not in text


def test_a_crash_is_shown_and_kept_for_the_next_start(tmp_path: Path, qtbot: QtBot) -> None:
    reporter = CrashReporter(tmp_path)
    parent = QWidget()
    qtbot.addWidget(parent)
    reporter.caught(caught())
    assert "KeyError" in reporter.take_last()
    assert reporter.take_last() == ""  # shown once
    dialog = CrashDialog(report(caught()), parent)
    dialog.copy.click()
    assert "KeyError" in QGuiApplication.clipboard().text()


def test_every_command_that_can_be_taken_back_has_a_name() -> None:
    kept = {
        *("Command", "Undo", "SaveDraft", "DiscardDraft", "HoldSlot", "ReleaseSlot"),
        *("ClaimLetters", "ReleaseClaims", "MarkPrinted", "ViewBlockedAddress"),
        *("NoteLettersOut", "NotePaper"),  # what left the house has left it
        *("SaveWording", "ReviewWording"),  # versions stay; another one says otherwise
    }
    classes = [
        each.__name__
        for each in vars(commands).values()
        if isinstance(each, type) and issubclass(each, commands.Command)
    ]
    assert [name for name in classes if name not in kept and not undo_name(name)] == []


@pytest.fixture
def desk(demo_office: Office, qtbot: QtBot) -> Iterator[Desk]:
    tasks = TaskRunner()
    with demo_office.services.view() as view:
        book = office_book(view)
    yield Desk(demo_office.services, book, demo_office.actor, tasks)
    tasks.close()


class Form(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.content: dict[str, Any] = {"family_name": ""}

    def read(self) -> dict[str, Any]:
        return dict(self.content)

    def write(self, content: dict[str, Any]) -> None:
        self.content = dict(content)


def kept(office: Office) -> list[dict[str, Any]]:
    with office.services.view(office.actor.staff_id) as view:
        return [draft.content for draft in open_drafts(view)]


def test_what_is_typed_is_kept_and_comes_back(
    desk: Desk, demo_office: Office, qtbot: QtBot
) -> None:
    form = Form()
    qtbot.addWidget(form)
    keeper = DraftKeeper(desk, "client", None, form.read, form.write, form)
    keeper.keep()
    assert kept(demo_office) == []  # nothing typed, nothing kept
    form.content = {"family_name": "Kuhn"}
    keeper.touch()
    qtbot.waitUntil(lambda: kept(demo_office) == [{"family_name": "Kuhn"}])

    again = Form()
    qtbot.addWidget(again)
    carried = DraftKeeper(
        desk, "client", None, again.read, again.write, again, draft_id=keeper.draft_id
    )
    carried.restore(kept(demo_office)[0])
    assert again.content == {"family_name": "Kuhn"}
    carried.discard()
    qtbot.waitUntil(lambda: kept(demo_office) == [])
