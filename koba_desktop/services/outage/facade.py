"""The services on a shared database that may go away: the same for the screens, there or not."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from koba_desktop.domain.clock import Clock
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.errors import OfficeError, Problem, Unavailable
from koba_desktop.services.commands import Command
from koba_desktop.services.execution import Actor, Receipt
from koba_desktop.services.facade import Services
from koba_desktop.services.outage.commands import is_queueable
from koba_desktop.services.outage.keeping import keep
from koba_desktop.services.outage.local import LocalOffice
from koba_desktop.services.outage.queue import InputQueue
from koba_desktop.services.outage.sending import Sender, with_known_ids
from koba_desktop.services.outage.snapshots import Snapshots
from koba_desktop.services.outage.standby import Standby
from koba_desktop.services.outage.state import AWAY, SHUT_OUT, OutageState, RefusedInput
from koba_desktop.services.ports import Foreign, Holidays, Store
from koba_desktop.services.storable import require_storable
from koba_desktop.services.view import View

log = logging.getLogger(__name__)

T = TypeVar("T")

_BROKEN = frozenset({"connection_lost", "outcome_unclear"})
UNSENT = AWAY | {"statement_timeout", "outcome_unclear"}
"""A command may not have arrived. Its id makes sure that it counts once if it is sent again."""
_GONE = frozenset({"login_disabled", "login_without_right"})
"""Then the snapshot goes, too: else it would be opened once the line is pulled."""

Listener = Callable[[OutageState], None]


class SharedServices(Services):
    """Reads the snapshot and keeps inputs while the server is away.

    Whoever signed in is ``staff_id``: the queue and the snapshot are that person's. Offline from
    the first sign that the server is away until everything that waited was sent. Safe in worker
    threads; ``Keeper`` brings it back and keeps the snapshot fresh.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        holidays: Holidays,
        *,
        host: str = "",
        staff_id: UUID,
        snapshots: Snapshots,
        queue: InputQueue,
        look_in: Callable[[], object] | None = None,
    ) -> None:
        """``look_in`` is asked whenever the server is back, before anything is sent: whether
        program, database and login still fit. It raises Unavailable."""
        super().__init__(store, clock, holidays, host=host, viewer=staff_id)
        self.staff_id = staff_id
        self.wake = threading.Event()
        """Set when there is something to do for the keeper."""
        self._standby = Standby(snapshots, queue, holidays, host)
        self._queue = queue
        self._look_in = look_in
        self._sender = Sender(queue, store, super().execute)
        self._lock = threading.RLock()  # of the state, the queue's order and the snapshot's place
        self._sending = threading.RLock()
        self._telling = threading.RLock()
        self._listeners: list[Listener] = []
        self._since: datetime | None = None
        self._stopped: Problem | None = None
        self._closed = False
        # What waits from an earlier session comes first.
        if any(kept.waiting for kept in queue.all()):
            self._go_offline()

    # --- the state --------------------------------------------------------------------------------

    @property
    def offline(self) -> bool:
        return self._since is not None

    @property
    def state(self) -> OutageState:
        with self._lock:
            kept = self._queue.all()
            return OutageState(
                offline=self.offline,
                since=self._since,
                taken_at=self._standby.taken_at,
                waiting=sum(each.waiting for each in kept),
                refused=tuple(
                    RefusedInput(e.command_id, e.name, e.command, e.happened_at, e.problems)
                    for e in kept
                    if not e.waiting
                ),
                stopped=self._stopped,
            )

    def on_state(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` from any thread with each new state. Returns a stop."""
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    def _tell(self) -> None:
        with self._telling:
            if self._closed:
                return
            state = self.state
            for listener in tuple(self._listeners):
                listener(state)

    def watch(self, changed: Callable[[Foreign], None]) -> Callable[[], None]:
        """See ``Services.watch``; hears from the store, too, whether the server is there."""
        return self.store.watch(changed, self.reachable)

    def reachable(self, there: bool) -> None:
        """The store says that the server went away, or came back."""
        if there:
            self.wake.set()
        else:
            self._went_away()

    # --- reading ----------------------------------------------------------------------------------

    @contextmanager
    def view(self, viewer: UUID | None = None) -> Iterator[View]:
        """The server's present, or at once the snapshot while the server is away. A query during
        which it goes away raises Unavailable: ask again (or with ``ask``)."""
        with ExitStack() as stack:
            view = None
            if not self.offline:
                try:
                    view = stack.enter_context(super().view(viewer))
                except Unavailable as error:
                    if error.code not in AWAY:
                        raise
                    self._went_away()
            if view is None:
                reader = stack.enter_context(self._snapshot().store.reading())
                view = View(reader, self.clock.now(), self.holidays, viewer or self.viewer)
            try:
                yield view
            except Unavailable as error:
                if error.code in AWAY:
                    self._went_away()
                raise

    def ask(self, query: Callable[[View], T], viewer: UUID | None = None) -> T:
        """See ``Services.ask``; a query during which the server goes away is asked again of the
        snapshot."""
        try:
            return super().ask(query, viewer)
        except Unavailable as error:
            if error.code not in AWAY or self._standby.office is None:
                raise
        return super().ask(query, viewer)

    def _snapshot(self) -> LocalOffice:
        local = self._standby.office
        stopped = self._stopped
        if stopped is not None and stopped.code in SHUT_OUT:
            raise Unavailable(stopped.code, where=stopped.where, **stopped.params)
        if local is None:
            raise Unavailable("server_away")
        return local

    # --- commanding -------------------------------------------------------------------------------

    def execute(
        self, command: Command, actor: Actor, happened_at: datetime | None = None
    ) -> Receipt:
        """See ``Services.execute``. While the server is away what can be kept is kept, durably
        before this returns (``queued``); the rest raises Unavailable ``waits_for_server``."""
        require_storable(command)  # what is kept here must be storable there
        at = happened_at or self.clock.now()
        while True:
            if not self.offline:
                try:
                    ready = with_known_ids(command, self._queue.known().ids)
                    return super().execute(ready, actor, happened_at)
                except Unavailable as error:
                    if error.code in AWAY:
                        self._went_away()
                    if error.code not in UNSENT or not is_queueable(command):
                        raise
                    self._went_away()
            if not is_queueable(command) or actor.staff_id != self.staff_id:
                raise Unavailable("waits_for_server")
            with self._lock:
                if self.offline:  # else it came back in this moment
                    receipt = keep(self._queue, self._standby.office, command, actor, at)
                    break
        self._tell()
        return receipt

    def _once(self, command: Command, actor: Actor, happened_at: datetime | None) -> Receipt:
        """What can be kept is sent twice at most: to keep it is quicker than to be patient."""
        if not is_queueable(command):
            return super()._once(command, actor, happened_at)
        try:
            return super()._once(command, actor, happened_at)
        except Unavailable as error:
            if error.code not in _BROKEN:
                raise
        try:
            return super()._once(command, actor, happened_at)
        except Unavailable as error:
            if error.code not in _BROKEN:
                raise
            raise Unavailable("server_away") from error

    # --- going and coming back --------------------------------------------------------------------

    def _went_away(self) -> None:
        with self._lock:
            if self.offline or self._closed:
                return
            self._go_offline()
        self.wake.set()
        self._tell()

    def _go_offline(self) -> None:
        self._since = self.clock.now()
        self._stopped = None
        self._standby.open()

    def try_again(self) -> bool:
        """Ask the server, and send all that waits. Whether the server is there, and has it all."""
        with self._sending:
            try:
                if self._look_in is not None:
                    self._look_in()
                with self.store.reading() as reader:
                    reader.find(Office, limit=1)
                self.send_queued()
            except Unavailable as error:
                self._stop_at(error)
                return False
            return self._came_back()

    def send_queued(self) -> int:
        """Send all that waits, in order; how many the server took. Raises Unavailable: the rest
        waits on."""
        taken = 0
        with self._sending:
            while self.has_waiting:
                taken += self._sender.send(self.staff_id)
        return taken

    @property
    def has_waiting(self) -> bool:
        """Whether something is to be sent that is this person's."""
        return any(
            kept.waiting and kept.actor.staff_id == self.staff_id for kept in self._queue.all()
        )

    def _stop_at(self, error: Unavailable) -> None:
        if error.code in AWAY:
            self._went_away()
        with self._lock:
            if error.code not in AWAY:
                self._stopped = error.problems[0]
            elif self._stopped is not None and self._stopped.code not in SHUT_OUT:
                self._stopped = None
            left = self._standby.put_away() if error.code in _GONE else None
        if error.code in _GONE:
            if left is not None:
                left.close()
            self._standby.remove()
        self._tell()

    def _came_back(self) -> bool:
        with self._lock:
            if self.has_waiting:  # put in this moment: the next try sends it
                self.wake.set()
                return False
            left = self._standby.put_away()
            self._since = self._stopped = None
        if left is not None:
            left.close()
        self._tell()
        return True

    # --- what the server refused ------------------------------------------------------------------

    def retry(self, input_id: UUID) -> None:
        """Send a refused input once more, on the row as it stands by now."""
        self._queue.again(input_id)
        self.wake.set()
        self._tell()

    def discard(self, input_id: UUID) -> None:
        """Give up a refused input; one that only waits can not be given up."""
        with self._lock:
            if any(kept.command_id == input_id and not kept.waiting for kept in self._queue.all()):
                self._queue.remove(input_id)
        self._tell()

    # --- the snapshot -----------------------------------------------------------------------------

    def renew_snapshot(self) -> bool:
        """Take a new snapshot, if the server is there and has all inputs. Whether it was taken.

        What fails leaves the one before. Slow: for a thread of its own.
        """
        if not self._settled():
            return False
        try:
            prepared = self._standby.prepare(self.store, self.clock, self.staff_id)
        except OfficeError as error:
            log.warning("no new snapshot: %s", error.code)
            if error.code in AWAY:
                self._went_away()
            return False
        with self._lock:
            if not self._settled():
                prepared.discard()
                return False
            self._standby.install(prepared)
        self._tell()
        return True

    def _settled(self) -> bool:
        """Whether the server is there and has all inputs: then a snapshot may be replaced."""
        return not (self.offline or self._closed or self.has_waiting)

    @property
    def snapshot_minutes(self) -> int:
        """How old a snapshot may become before there is another."""
        return self._standby.minutes

    def close(self) -> None:
        """At the end of the session, after the keeper; the store is closed by who opened it."""
        with self._lock, self._telling:
            self._closed = True
            left = self._standby.put_away()
            self._queue.close()
        if left is not None:
            left.close()
