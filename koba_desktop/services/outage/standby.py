"""The snapshot with which this PC goes on while the server is away."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from koba_desktop.domain.clock import Clock, day_of
from koba_desktop.domain.entities.office import Setting
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import OfficeError
from koba_desktop.domain.policy import POLICIES, value_in_force
from koba_desktop.services.outage.local import LocalOffice
from koba_desktop.services.outage.queue import InputQueue
from koba_desktop.services.outage.snapshots import PreparedSnapshot, Snapshots
from koba_desktop.services.ports import Holidays, Store

log = logging.getLogger(__name__)

SNAPSHOT_MINUTES = "outage.snapshot_minutes"

_REMEMBERED = timedelta(days=14)
"""How long forms may still name a row by the id it got during an outage."""


class Standby:
    """Taken while the server is there, opened as ``office`` while it is away. It knows no locks:
    ``SharedServices`` has them."""

    def __init__(
        self, snapshots: Snapshots, queue: InputQueue, holidays: Holidays, host: str
    ) -> None:
        self._snapshots = snapshots
        self._queue = queue
        self._holidays = holidays
        self._host = host
        self.office: LocalOffice | None = None
        self.taken_at: datetime | None = None
        self.minutes: int = POLICIES[SNAPSHOT_MINUTES].default
        """How old a snapshot may become before there is another."""

    def open(self) -> None:
        """The latest snapshot, with what waits for the server carried out on it; where it cannot
        be opened there is none."""
        try:
            opened = self._snapshots.open()
            if opened is None:
                return
            self.office = LocalOffice(opened, self._holidays, self._host)
            self.taken_at = opened.info.taken_at
            waiting = [kept for kept in self._queue.all() if kept.waiting]
            self.office.catch_up(waiting, self._queue.learn)
        except OfficeError as error:
            log.warning("no snapshot: %s", error.code)

    def put_away(self) -> LocalOffice | None:
        """There is no ``office`` any more; whoever still reads it has it until it is closed."""
        office, self.office = self.office, None
        return office

    def remove(self) -> None:
        """Nobody may look at any snapshot any more."""
        self._snapshots.remove()

    def prepare(self, source: Store, clock: Clock, staff_id: UUID) -> PreparedSnapshot:
        """A new snapshot, not yet in its place. Slow. Raises Unavailable."""
        self.minutes = _minutes_in_force(source, clock, staff_id)
        return self._snapshots.prepare(source, clock.now(), staff_id)

    def install(self, prepared: PreparedSnapshot) -> None:
        """From now on this snapshot is the latest."""
        prepared.install()
        self.taken_at = prepared.info.taken_at
        self._queue.forget(self.taken_at - _REMEMBERED)


def _minutes_in_force(store: Store, clock: Clock, staff_id: UUID) -> int:
    """As the office of that person has set it."""
    with store.reading() as reader:
        home = next((m.office_id for m in reader.find(Staff, id=staff_id)), None)
        settings = reader.find(Setting, key=SNAPSHOT_MINUTES)
    minutes: int = value_in_force(settings, SNAPSHOT_MINUTES, home, day_of(clock.now()))
    return minutes
