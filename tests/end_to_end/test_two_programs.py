"""Two programs on one database: what one commits, the other's window shows within two seconds, on
the shared database within a blink."""

import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import pytest

from koba_desktop.gui.application import WindowOptions
from tests.contract.programs import place_of
from tests.postgres.demo import shared_demo
from tests.postgres.fixtures import Database
from tests.running import PaperTray, Running, opened
from tests.support import make_office

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.process
@pytest.mark.parametrize(("kind", "seconds"), [("sqlite", 2), ("postgresql", 1)])
def test_the_window_shows_soon_what_another_program_booked(
    request: pytest.FixtureRequest, tmp_path: Path, qapp: object, kind: str, seconds: float
) -> None:
    if kind == "sqlite":
        office = make_office(tmp_path)
    else:
        database: Database = request.getfixturevalue("pg_database")
        office = shared_demo(database, request.getfixturevalue("pg_template"))
    window = Running(
        lambda _progress, _secret: opened(office, PaperTray()),
        WindowOptions(language="de", settings=tmp_path),
    )
    try:
        calendar = window.tab("calendar")
        window.settle()
        command = [sys.executable, "-m", "tests.end_to_end.booking_elsewhere"]
        with subprocess.Popen(
            [*command, place_of(office.store)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as other:
            assert other.stdout is not None
            booked = UUID(other.stdout.readline().strip())
            committed = time.monotonic()
            window.until(lambda: any(row.id == booked for row in calendar.view.scene.rows))
            assert time.monotonic() - committed <= seconds
    finally:
        window.stop()
        office.store.close()
