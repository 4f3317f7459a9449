"""Two programs on one file: what one commits, the other's window shows within two seconds."""

import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import pytest

from koba_desktop.gui.app import WindowOptions
from tests.running import PaperTray, Running, opened
from tests.support import make_office

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.process
def test_the_window_shows_within_two_seconds_what_another_program_booked(
    tmp_path: Path, qapp: object
) -> None:
    office = make_office(tmp_path)
    window = Running(
        lambda _progress, _secret: opened(office, PaperTray()),
        WindowOptions(language="de", settings=tmp_path),
    )
    try:
        calendar = window.tab("calendar")
        window.settle()
        command = [sys.executable, "-m", "tests.end_to_end.booking_elsewhere"]
        with subprocess.Popen(
            [*command, str(office.store.path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as other:
            assert other.stdout is not None
            booked = UUID(other.stdout.readline().strip())
            committed = time.monotonic()
            window.until(lambda: any(row.id == booked for row in calendar.view.scene.rows))
            assert time.monotonic() - committed <= 2
    finally:
        window.stop()
        office.store.close()
