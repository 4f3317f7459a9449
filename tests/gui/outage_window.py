"""The whole window on a made-up office at the other end of a line that breaks on request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from koba_desktop.domain.entities.contacts import ContactAttempt
from koba_desktop.domain.vocabulary import Outcome
from koba_desktop.gui.app import Program
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.opening import Opened, Progress
from koba_desktop.gui.outage.watching import OutageWatch
from koba_desktop.gui.window import MainWindow
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.letters.reading.preview import PdfPages
from koba_desktop.letters.sheets.emergency_list import EmergencyLists
from koba_desktop.letters.sheets.papers import Papers
from koba_desktop.services.commands import RecordAttempt
from koba_desktop.services.outage.facade import SharedServices
from koba_desktop.services.outage.keeper import Keeper
from koba_desktop.services.rows import TaskRow
from koba_desktop.storage.input_queue import EncryptedQueue
from koba_desktop.storage.snapshot import SnapshotFolder
from tests.gui.shell_office import opener_of, running
from tests.running import PaperTray, turn_until
from tests.support import KEY, Office
from tests.unit.outage_office import Line


@dataclass
class OutageWindow:
    """One person's window; ``office`` is what colleagues reach all the while."""

    office: Office
    program: Program
    line: Line
    services: SharedServices
    tray: PaperTray

    @property
    def window(self) -> MainWindow:
        return self.program.window

    @property
    def desk(self) -> Desk:
        assert self.program.desk is not None
        return self.program.desk

    @property
    def watch(self) -> OutageWatch:
        assert self.program.session is not None
        assert self.program.session.outage is not None
        return self.program.session.outage

    def until(self, condition: Callable[[], bool]) -> None:
        turn_until(condition)

    def settle(self) -> None:
        for _turn in range(3):
            self.until(lambda: self.desk.tasks.idle)

    def go_away(self) -> None:
        self.line.cut()
        self.until(lambda: self.watch.bar.text() != "")
        self.settle()

    def come_back(self) -> None:
        self.line.mend()
        self.until(lambda: self.watch.bar.text() == "")
        self.settle()

    def quiet(self) -> str:
        return self.window.messages.text()

    def call(self) -> TaskRow:
        """Somebody who is to be called."""
        actor = self.desk.actor
        return self.services.ask(lambda view: view.reader.open_tasks(actor.staff_id))[0]

    def record(self, task: TaskRow, note: str = "") -> None:
        """A call in vain, as the call list records it."""
        command = RecordAttempt(
            client_id=task.client_id, task_id=task.id, outcome=Outcome.NO_ANSWER, note=note
        )
        self.desk.execute(command, self.desk, message="Saved: a call.", kept="A call")
        self.settle()

    def attempts(self, task: TaskRow) -> list[Any]:
        """What the server knows."""
        with self.office.store.reading() as reader:
            return reader.find(ContactAttempt, client_id=task.client_id, order_by="at")


@contextmanager
def outage_window(office: Office, folder: Path, *, code: str = "en") -> Iterator[OutageWindow]:
    """Filled, and with a snapshot of this moment."""
    pc = folder / "pc"
    pc.mkdir()
    line, tray = Line(office.store), PaperTray()
    services = SharedServices(
        line,
        office.clock,
        HolidayCalendar(),
        host="PC-7",
        staff_id=office.actor.staff_id,
        snapshots=SnapshotFolder(pc, KEY),
        queue=EncryptedQueue(pc / "inputs.db", KEY, "berger"),
    )
    keeper = Keeper(services, probe_seconds=0.05)

    def opener(progress: Progress, secret: str) -> Opened:
        def close() -> None:
            keeper.stop()
            services.close()

        return replace(
            opener_of(office)(progress, secret),
            services=services,
            outage=services,
            printers=tray,
            pages=PdfPages(),
            emergency_lists=EmergencyLists(),
            papers=Papers(),
            warm_up=keeper.start,
            close=close,
            place="shared (koba-db.example)",
        )

    filled: list[bool] = []
    with running(opener, folder, code=code) as program:
        program.ready.connect(lambda: filled.append(True))
        turn_until(lambda: bool(filled))
        made = OutageWindow(office, program, line, services, tray)
        made.until(lambda: services.state.taken_at is not None)
        made.settle()
        made.watch._patience.setInterval(0)
        yield made
