"""A program in which somebody records calls while the server is away, until it is killed.

``python -m tests.end_to_end.recording_then_killed FOLDER`` says the id of each attempt once it was
acknowledged, and goes on without end.
"""

import sys
from pathlib import Path
from uuid import UUID

from koba_desktop.domain.vocabulary import Outcome
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.commands import RecordAttempt
from koba_desktop.services.execution import Actor
from koba_desktop.services.outage.facade import SharedServices
from koba_desktop.storage.files import open_store
from koba_desktop.storage.input_queue import EncryptedQueue
from koba_desktop.storage.snapshot import SnapshotFolder
from tests.support import KEY, FixedClock
from tests.unit.outage_office import Line


def program(server: Path, folder: Path, staff_id: UUID) -> tuple[SharedServices, Line]:
    """That of one PC: its files lie in ``folder``. The clock is that of the demonstration."""
    line = Line(open_store(server, KEY))
    services = SharedServices(
        line,
        FixedClock(),
        HolidayCalendar(),
        staff_id=staff_id,
        snapshots=SnapshotFolder(folder, KEY),
        queue=EncryptedQueue(folder / "inputs.db", KEY, str(staff_id)),
    )
    return services, line


def main(server: Path, folder: Path, staff: str, office: str, client: str) -> None:
    actor = Actor(UUID(staff), UUID(office))
    services, line = program(server, folder, actor.staff_id)
    line.away = True
    while True:
        command = RecordAttempt(client_id=UUID(client), outcome=Outcome.NO_ANSWER)
        assert services.execute(command, actor).queued
        print(command.command_id, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
