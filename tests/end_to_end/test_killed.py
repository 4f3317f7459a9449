"""``kill -9`` while a form is being filled in: what was typed comes back at the next start."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QLineEdit

from koba_desktop.gui.app import WindowOptions
from koba_desktop.gui.unfinished import UnfinishedDialog
from tests.running import PaperTray, Running, opened
from tests.support import make_office, office_at

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
