"""What the tests of the window as a whole share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from koba_desktop.gui.app import Program
from tests.gui.shell_office import opener_of, running
from tests.support import Office


@pytest.fixture
def program(demo_office: Office, tmp_path: Path, qtbot: QtBot) -> Iterator[Program]:
    """The program on a made-up office, open and with every panel made."""
    with running(opener_of(demo_office), tmp_path) as started:
        with qtbot.waitSignal(started.ready, timeout=20_000):
            pass
        yield started
