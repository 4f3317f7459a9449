"""``kill -9`` while a form is being filled in: what was typed comes back at the next start."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QLineEdit

from koba_desktop.gui.application import WindowOptions
from koba_desktop.gui.unfinished import UnfinishedDialog
from koba_desktop.system import keys, logs
from koba_desktop.system.folders import below
from tests.gui.first_starts import OFFICE, first_started
from tests.running import PaperTray, Running, opened
from tests.support import KEY, make_office, office_at

TYPED = "Unterbrochenberg"
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.process
def test_a_form_being_filled_in_comes_back_after_the_program_was_killed(
    tmp_path: Path, qapp: object
) -> None:
    with started_after_killing(tmp_path, "client") as window:
        fields = [
            field
            for dialog in window.dialogs()
            if (field := dialog.findChild(QLineEdit, "family_name")) is not None
        ]
        assert [field.text() for field in fields] == [TYPED]


@pytest.mark.process
def test_a_callback_being_noted_comes_back_after_the_program_was_killed(
    tmp_path: Path, qapp: object
) -> None:
    with started_after_killing(tmp_path, "callback") as window:
        dock: Any = window.session.panels.made("clients")
        assert dock.callback.form.note.isVisible()
        assert dock.callback.form.note.toPlainText() == TYPED
        assert dock.callback.form.save.isEnabled()


@contextmanager
def started_after_killing(folder: Path, form: str) -> Iterator[Running]:
    """The program started anew, and the form it offers carried on."""
    QSettings().clear()
    made = make_office(folder)
    made.store.close()
    path = made.store.path
    module = "tests.end_to_end.typing_then_killed"
    command = [sys.executable, "-m", module, str(path), form, TYPED]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "kept\n"
        program.kill()

    office = office_at(path)
    window = Running(
        lambda _progress, _secret: opened(office, PaperTray()),
        WindowOptions(language="de", settings=folder),
    )
    try:
        link = window.program.window.messages.link()
        assert link.isVisible()
        link.click()
        window.settle()
        unfinished = window.dialog()
        assert isinstance(unfinished, UnfinishedDialog)
        unfinished.open_button.click()
        window.settle()
        yield window
    finally:
        window.stop()
        office.store.close()


@pytest.mark.process
@pytest.mark.parametrize(
    ("killed_at", "database", "comes_back_at"),
    [("person", False, "person"), ("key", True, "times")],
)
def test_setting_up_an_office_goes_on_after_the_program_was_killed(
    tmp_path: Path,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    killed_at: str,
    database: bool,
    comes_back_at: str,
) -> None:
    """There is no half office: none, or an empty database in which the steps go on."""
    monkeypatch.setenv(keys.ENVIRONMENT, KEY)
    command = [sys.executable, "-m", "tests.end_to_end.setting_up_then_killed", str(tmp_path)]
    command += [killed_at, qapp.organizationName(), qapp.applicationName()]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "there\n"
        program.kill()
    assert below(tmp_path).database.exists() is database

    with first_started(tmp_path) as begun:
        begun.until(lambda: begun.run.page is not None)
        page = begun.page
        assert page.at == comes_back_at
        assert page.office.form.content()["street"] == OFFICE["street"]
        assert page.person.form.content()["family_name"] == "Berger"
        page.person.form.show_content(page.person.form.content() | {"initials": "BE"})
        while page.at != "key":
            begun.next()
        begun.until(lambda: bool(page.key.key))
        begun.finish()
        assert begun.program.desk is not None
        assert begun.program.desk.office.name == OFFICE["name"]
    logs.stop()
