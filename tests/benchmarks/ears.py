"""The listening lines of many PCs, held by one process.

Each says LISTEN and asks for the time every two seconds, as the program does. But the program's
own threads would be 800 on this one machine, where each PC has a processor of its own: what costs
the server is the same, what costs the PC is left out.
"""

import pickle
import random
import selectors
import sys
import threading
import time
from dataclasses import dataclass

import psycopg

from koba_desktop.storage.postgres.address import SharedAddress
from koba_desktop.storage.postgres.engine import connection_options
from koba_desktop.storage.postgres.unit_of_work import CHANNEL
from tests.postgres.office import PASSWORD

_HEARTBEAT = 2.0


@dataclass(frozen=True, slots=True)
class Listening:
    url: str
    logins: list[str]


@dataclass(slots=True)
class Heard:
    notices: int = 0
    heartbeats: int = 0
    slowest_heartbeat: float = 0.0
    cpu: float = 0.0


@dataclass(slots=True)
class _Ear:
    line: "psycopg.pq.abc.PGconn"
    due: float
    asked: float | None = None


class Ears:
    def __init__(self, orders: Listening) -> None:
        self.heard = Heard()
        self._waiting = selectors.DefaultSelector()
        address = SharedAddress.parse(orders.url)
        now = time.monotonic()
        self._ears = []
        self._open = []
        for login in orders.logins:
            options = connection_options(address, login, PASSWORD, purpose="PC (listens)")
            connection = psycopg.connect(**options, autocommit=True)
            connection.execute(f"listen {CHANNEL}")
            ear = _Ear(connection.pgconn, now + random.uniform(0, _HEARTBEAT))
            ear.line.nonblocking = 1
            self._open.append(connection)
            self._ears.append(ear)
            self._waiting.register(ear.line.socket, selectors.EVENT_READ, ear)

    def listen(self, stop: threading.Event) -> None:
        cpu = time.process_time()
        while not stop.is_set():
            for key, _ in self._waiting.select(0.02):
                self._hear(key.data)
            now = time.monotonic()
            for ear in self._ears:
                if ear.asked is None and ear.due <= now:
                    ear.asked, ear.due = now, now + _HEARTBEAT
                    ear.line.send_query(b"select app.now()")
                    ear.line.flush()
        self.heard.cpu = time.process_time() - cpu

    def _hear(self, ear: _Ear) -> None:
        ear.line.consume_input()
        while ear.line.notifies() is not None:
            self.heard.notices += 1
        while ear.asked is not None and not ear.line.is_busy():
            if ear.line.get_result() is None:
                took = time.monotonic() - ear.asked
                ear.asked = None
                self.heard.heartbeats += 1
                self.heard.slowest_heartbeat = max(self.heard.slowest_heartbeat, took)

    def close(self) -> None:
        for connection in self._open:
            connection.close()


def main() -> None:
    ears = Ears(pickle.load(sys.stdin.buffer))
    print("ready", flush=True)
    sys.stdin.buffer.readline()
    stop = threading.Event()
    # The next line says that it is over.
    threading.Thread(target=lambda: (sys.stdin.buffer.readline(), stop.set())).start()
    ears.listen(stop)
    pickle.dump(ears.heard, sys.stdout.buffer)
    sys.stdout.flush()
    ears.close()
