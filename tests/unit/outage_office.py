"""An office whose server goes away when a test says so: the door office at the other end of a line,
and the program of one person at this end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.bookkeeping import Presence
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Unavailable
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.commands import Command
from koba_desktop.services.commands.door import ArriveVisitor
from koba_desktop.services.execution import Actor, Receipt
from koba_desktop.services.ids import new_id
from koba_desktop.services.outage.facade import SharedServices
from koba_desktop.services.ports import Foreign, Reader, Store, UnitOfWork
from koba_desktop.storage.input_queue import EncryptedQueue
from koba_desktop.storage.snapshot import SnapshotFolder
from tests.support import KEY
from tests.unit.door_office import DoorOffice
from tests.unit.service_office import at


class Line:
    """A store at the other end of a line. ``away`` raises ``server_away`` at once. The code in
    ``in_mid`` is raised in the next ``times`` transactions that write, after the commit if
    ``lost``. ``last`` writes from now on go through, then it is away."""

    audits_itself = False

    def __init__(self, store: Store) -> None:
        self._store = store
        self.away = False
        self.in_mid = ""
        self.lost = False
        self.times = 1
        self.last: int | None = None
        self.transactions = 0
        self._reachable: Callable[[bool], None] | None = None

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        self._pass()
        with self._store.reading() as reader:
            yield reader

    @contextmanager
    def writing(self, *, by: UUID | None, now: datetime) -> Iterator[UnitOfWork]:
        self._pass()
        if self.last is not None:
            if self.last == 0:
                self.away = True
                self._pass()
            self.last -= 1
        code = self.in_mid
        if code:
            self.times -= 1
            if self.times == 0:
                self.in_mid, self.times = "", 1
        with self._store.writing(by=by, now=now) as uow:
            yield uow
            if code and not self.lost:
                raise Unavailable(code)
        if code:
            raise Unavailable(code)

    def _pass(self) -> None:
        self.transactions += 1
        if self.away:
            raise Unavailable("server_away")

    def watch(
        self,
        changed: Callable[[Foreign], None],
        reachable: Callable[[bool], None] | None = None,
    ) -> Callable[[], None]:
        self._reachable = reachable
        return self._store.watch(changed)

    def cut(self) -> None:
        """The server goes away, and the store notices."""
        self.away = True
        if self._reachable is not None:
            self._reachable(False)

    def mend(self) -> None:
        self.away, self.last = False, None
        if self._reachable is not None:
            self._reachable(True)

    def mark_present(self, presence: Presence) -> None:
        self._pass()

    def mark_gone(self, presence: Presence) -> None:
        self._pass()

    def hang_up(self) -> None:
        """Close the store at the other end."""
        self._store.close()

    def close(self) -> None:
        """The other end stays: others work there."""


class OutageOffice(DoorOffice):
    """``services`` and ``do`` are the server's, as colleagues reach it; ``here`` and ``put_in``
    those of the reception's PC."""

    def __init__(self, folder: Path, *, member: str = "reception") -> None:
        super().__init__(folder)
        self.pc = folder / "pc"
        self.pc.mkdir()
        self.line = Line(self.store)
        self.member: Staff = getattr(self, member)
        self.me = Actor(self.member.id, self.office.id)
        self._opened: list[SharedServices] = []
        self.here = self.open_here()

    def open_here(self) -> SharedServices:
        """The program on that PC, started (again)."""
        opened = SharedServices(
            self.line,
            self.clock,
            HolidayCalendar(),
            host="PC-7",
            staff_id=self.member.id,
            snapshots=SnapshotFolder(self.pc, KEY),
            queue=EncryptedQueue(self.pc / "inputs.db", KEY, self.member.login),
        )
        self._opened.append(opened)
        self.here = opened
        return opened

    def go_away(self) -> None:
        """With a snapshot of this moment."""
        assert self.here.renew_snapshot()
        self.line.away = True
        self.here.reachable(False)

    def come_back(self) -> bool:
        self.line.mend()
        return self.here.try_again()

    def put_in(self, command: Command) -> Receipt:
        return self.here.execute(command, self.me)

    def seen(self, kind: type[Any], **where: Any) -> list[Any]:
        """What the screens of the PC show."""
        return self.here.ask(
            lambda view: list(view.reader.find(kind, order_by="id", **where)), self.member.id
        )

    def expected(self, hour: int = 9, minute: int = 30, **values: Any) -> Appointment:
        """Somebody who comes today."""
        return self.visit(at(1, hour, minute), **values)

    def arrival(self, appointment: Appointment) -> ArriveVisitor:
        (row,) = self.seen(Appointment, id=appointment.id)
        return ArriveVisitor(
            command_id=new_id(), appointment_id=appointment.id, version=row.version
        )

    def close(self) -> None:
        for opened in self._opened:
            opened.close()
        super().close()
