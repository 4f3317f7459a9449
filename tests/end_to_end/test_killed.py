"""``kill -9`` while a form is being filled in: what was typed comes back at the next start."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QLineEdit

from koba_desktop.gui.app import WindowOptions
from koba_desktop.gui.unfinished import UnfinishedDialog
from tests.running import PaperTray, Running, opened
from tests.support import make_office, office_at

NAME = "Unterbrochenberg"
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.process
def test_a_form_being_filled_in_comes_back_after_the_program_was_killed(
    tmp_path: Path, qapp: object
) -> None:
    QSettings().clear()
    made = make_office(tmp_path)
    made.store.close()
    path = made.store.path
    command = [sys.executable, "-m", "tests.end_to_end.typing_then_killed", str(path), NAME]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "kept\n"
        program.kill()

    office = office_at(path)
    window = Running(
        lambda _progress, _secret: opened(office, PaperTray()),
        WindowOptions(language="de", settings=tmp_path),
    )
    try:
        link = window.program.window.messages.link()
        assert link.isVisible()
        link.click()
        window.settle()
        _carry_on(window)
        field = _dialog_field(window, "family_name")
        assert field.text() == NAME
    finally:
        window.stop()
        office.store.close()


def _carry_on(window: Running) -> None:
    unfinished = window.dialog()
    assert isinstance(unfinished, UnfinishedDialog)
    unfinished.open_button.click()
    window.settle()


def _dialog_field(window: Running, name: str) -> QLineEdit:
    fields = [
        field
        for dialog in window.dialogs()
        if (field := dialog.findChild(QLineEdit, name)) is not None
    ]
    return fields[0]
