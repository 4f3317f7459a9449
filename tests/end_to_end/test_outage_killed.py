"""``kill -9`` while calls are recorded without the server: what was acknowledged is sent."""

import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from koba_desktop.domain.entities.bookkeeping import ExecutedCommand
from koba_desktop.domain.entities.contacts import CallTask, ContactAttempt
from tests.end_to_end.recording_then_killed import program
from tests.support import make_office

ROOT = Path(__file__).resolve().parents[2]
ACKNOWLEDGED = 5


@pytest.mark.process
def test_what_was_acknowledged_before_the_program_was_killed_reaches_the_server(tmp_path: Path):
    office = make_office(tmp_path)
    path, actor = office.store.path, office.actor
    with office.store.reading() as reader:
        before = {row.id for row in reader.find(ContactAttempt)}
        client = reader.find(CallTask, advisor_id=actor.staff_id, closed_at=None)[0].client_id
    office.store.close()
    folder = tmp_path / "pc"
    folder.mkdir()
    services, line = program(path, folder, actor.staff_id)
    assert services.renew_snapshot()
    services.close()
    line.hang_up()

    said: list[UUID] = []
    for _ in range(3):  # killed again and again, at whichever instant
        command = [sys.executable, "-m", "tests.end_to_end.recording_then_killed"]
        command += [str(each) for each in (path, folder, actor.staff_id, actor.office_id, client)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout is not None
            said += [UUID(running.stdout.readline().strip()) for _ in range(ACKNOWLEDGED)]
            running.kill()
            # What it said until it died was acknowledged, too; the last line may be half.
            said += [UUID(line.strip()) for line in running.stdout if line.endswith("\n")]

    services, line = program(path, folder, actor.staff_id)
    line.away = True
    services.reachable(False)
    waiting = services.state.waiting
    assert waiting >= len(said) >= 3 * ACKNOWLEDGED
    shown = services.ask(lambda view: view.reader.find(ContactAttempt, client_id=client))
    assert len({row.id for row in shown} - before) == waiting
    line.mend()
    assert services.try_again()
    with line.reading() as reader:
        executed = [row.id for row in reader.find(ExecutedCommand)]
        fresh = [row for row in reader.find(ContactAttempt) if row.id not in before]
    assert set(said) <= set(executed)
    assert len(fresh) == waiting
    assert services.state.refused == ()
    services.close()
    line.hang_up()
