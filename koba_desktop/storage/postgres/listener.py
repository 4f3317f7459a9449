"""Hearing what other PCs commit, and noticing when the server or the line is away.

LISTEN first, then "everything changed": nothing is missed between. The heartbeat goes over the same
connection; where its answer does not come in time, a watchdog cuts all lines of the program, so
that nobody waits for a network that went silent.
"""

import logging
import random
import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg

from koba_desktop.services.ports import Foreign
from koba_desktop.storage.postgres.clock import ServerClock, steady
from koba_desktop.storage.postgres.engine import Lines, cut
from koba_desktop.storage.postgres.unit_of_work import CHANNEL

HEARTBEAT_SECONDS = 2.0
SILENCE_SECONDS = 3.5
"""So long an answer may take before the line counts as dead."""
_FIRST_DELAY = 0.2
_LONGEST_DELAY = 5.0

log = logging.getLogger(__name__)


class Listener:
    """A daemon thread with a connection of its own, and another that watches it."""

    def __init__(
        self,
        options: dict[str, Any],
        origin: str,
        clock: ServerClock,
        changed: Callable[[Foreign], None],
        reachable: Callable[[bool], None],
        lines: Lines,
    ) -> None:
        self._options = options
        self._origin = origin
        self._clock = clock
        self._changed = changed
        self._reachable = reachable
        self._lines = lines
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._lock = threading.Lock()
        self._connection: psycopg.Connection[Any] | None = None
        self._asked: float | None = None
        self._online: bool | None = None
        self._thread = threading.Thread(target=self._run, name="database-listener", daemon=True)
        self._watchdog = threading.Thread(target=self._guard, name="database-watch", daemon=True)

    def start(self) -> None:
        """Returns once it listens, or once the server proved to be away: what is committed after
        this is noticed, or "everything" is once it is back."""
        self._thread.start()
        self._watchdog.start()
        self._ready.wait()

    def stop(self) -> None:
        """End both threads; safe to call twice, and from within a callback."""
        self._stop.set()
        with self._lock:
            if self._connection is not None:
                cut(self._connection)
        for thread in (self._thread, self._watchdog):
            if thread is not threading.current_thread() and thread.is_alive():
                thread.join()

    def use_password(self, password: str) -> None:
        """For the next connection."""
        self._options = {**self._options, "password": password}

    # --- listening --------------------------------------------------------------------------------

    def _run(self) -> None:
        delay = _FIRST_DELAY
        while not self._stop.is_set():
            try:
                with psycopg.connect(**self._options, autocommit=True) as connection:
                    with self._lock:
                        self._connection = connection
                    self._beat(connection, f"listen {CHANNEL}; select app.now()")
                    if self._stop.is_set():
                        return
                    delay = _FIRST_DELAY
                    self._lines.answered()
                    self._say(True)
                    if self._ready.is_set():  # something may have been missed
                        self._changed(Foreign(everything=True))
                    self._ready.set()
                    self._listen(connection)
            except psycopg.Error as error:
                if not self._stop.is_set():
                    log.warning("listener: %s", type(error).__name__)
                    self._say(False)
            except Exception:  # whoever was told something must not end the listening
                log.exception("listener")
            finally:
                with self._lock:
                    self._connection, self._asked = None, None
                self._ready.set()
            self._stop.wait(delay * random.uniform(0.5, 1.5))
            delay = min(delay * 2, _LONGEST_DELAY)

    def _listen(self, connection: "psycopg.Connection[Any]") -> None:
        while not self._stop.is_set():
            for notice in connection.notifies(timeout=HEARTBEAT_SECONDS, stop_after=1):
                self._hear(notice.payload)
                if self._stop.is_set():
                    return
            if steady() - self._heard_at >= HEARTBEAT_SECONDS:
                self._beat(connection, "select app.now()")

    def _beat(self, connection: "psycopg.Connection[Any]", statement: str) -> None:
        asked = steady()
        with self._lock:
            self._asked = asked
        cursor = connection.execute(statement)
        while cursor.nextset():
            pass
        row: Any = cursor.fetchone()
        self._heard_at = steady()
        with self._lock:
            self._asked = None
        self._clock.hear(row[0], asked, self._heard_at)

    def _hear(self, payload: str) -> None:
        origin, _, rows = payload.partition("|")
        if origin == self._origin:
            return
        if rows == "*":
            self._changed(Foreign(everything=True))
            return
        pairs = (each.partition(":") for each in rows.split(",") if each)
        try:
            heard = Foreign(frozenset((table, UUID(one)) for table, _, one in pairs))
        except ValueError:  # anybody with a login may send anything
            heard = Foreign(everything=True)
        self._changed(heard)

    def _say(self, online: bool) -> None:
        if online != self._online:
            self._online = online
            self._reachable(online)

    # --- watching over it -------------------------------------------------------------------------

    def _guard(self) -> None:
        """Cut every line once an answer is overdue."""
        while not self._stop.wait(0.25):
            with self._lock:
                asked, connection = self._asked, self._connection
                overdue = asked is not None and steady() - asked > SILENCE_SECONDS
                if overdue:
                    self._asked = None
            if overdue and connection is not None:
                log.warning("no answer for %.1f s: lines are cut", SILENCE_SECONDS)
                self._lines.cut()
                cut(connection)
