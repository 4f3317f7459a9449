"""A line between the program and the server that can be slow, go silent, break or lose answers."""

import asyncio
import random
import threading
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Self, TypeVar, cast

from tests.postgres.wire import Conversation

HOST = "127.0.0.1"

T = TypeVar("T")


@dataclass(slots=True)
class Counts:
    """What went over the line so far. Bytes are counted where they arrive."""

    connections: int = 0
    """Accepted ones; refused ones are not seen."""
    to_server: int = 0
    to_client: int = 0
    flights: int = 0
    """Round trips: bursts to a server that it answered. A login takes some as well."""
    commits: int = 0
    commits_cut: int = 0


class Proxy:
    """Forwards ``(HOST, port)`` to a server, in a thread of its own.

    ``delay`` is how long anything takes each way, in seconds; as much as before fits onto the line.
    """

    def __init__(self, server_port: int, *, server_host: str = HOST, delay: float = 0.0) -> None:
        self._server = (server_host, server_port)
        self.delay = delay
        self.port = 0
        self._counts = Counts()
        self._lines: set[_Line] = set()
        self._silent = False
        self._cut_share = 0.0
        self._chance = random.Random(0)
        self._loop = asyncio.new_event_loop()
        self._listener: asyncio.Server | None = None
        self._thread = threading.Thread(target=self._run, name="proxy", daemon=True)
        self._thread.start()
        self._do(self._listen())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def counts(self) -> Counts:
        """The counters of this moment, as a copy."""
        return self._call(self._copy)

    @property
    def open_lines(self) -> int:
        return self._call(lambda: len(self._lines))

    def silent(self) -> None:
        """Nothing arrives any more, either way, and nobody is told: the network has gone away."""
        self._call(lambda: self._set_silent(True))

    def resume(self) -> None:
        """Deliver what was held back, and accept connections again."""
        self._call(lambda: self._set_silent(False))
        self._do(self._listen())

    def cut(self) -> None:
        """Close all connections. New ones are accepted."""
        self._call(self._cut_all)

    def refuse(self) -> None:
        """Accept no more connections; those that are open stay."""
        self._call(self._refuse)

    def cut_commit_answers(self, share: float, seed: int) -> None:
        """Let that share of COMMITs reach the server, but close the line when it has answered."""

        def change() -> None:
            self._cut_share = share
            self._chance = random.Random(seed)

        self._call(change)

    def close(self) -> None:
        if not self._thread.is_alive():
            return
        self._call(self._refuse)
        self._call(self._cut_all)
        self._do(self._settled())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    # What follows runs in the proxy's own thread.

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    async def _listen(self) -> None:
        if self._listener is None:
            self._listener = await self._loop.create_server(
                lambda: _Side(self._new_line), HOST, self.port, backlog=1024
            )
            self.port = self._listener.sockets[0].getsockname()[1]

    def _refuse(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def _set_silent(self, silent: bool) -> None:
        self._silent = silent
        if not silent:
            for line in list(self._lines):
                line.deliver()

    def _cut_all(self) -> None:
        for line in list(self._lines):
            line.cut()

    async def _settled(self) -> None:
        """Once every transport has been told of its end."""
        while rest := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.gather(*rest, return_exceptions=True)
        for _turn in range(3):
            await asyncio.sleep(0)

    def _copy(self) -> Counts:
        old = self._counts
        return Counts(*(getattr(old, name) for name in Counts.__slots__))

    def _new_line(self, client: "_Side") -> None:
        self._counts.connections += 1
        line = _Line(self, client)
        self._lines.add(line)
        line.connecting = self._loop.create_task(line.connect(*self._server))

    # And this in whatever thread asks for it.

    def _call(self, what: Callable[[], T]) -> T:
        async def inside() -> T:
            return what()

        return self._do(inside())

    def _do(self, what: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(what, self._loop).result(30)


class _Side(asyncio.Protocol):
    """One of the two connections that make a line."""

    def __init__(self, made: Callable[["_Side"], None]) -> None:
        self._made = made
        self.transport: asyncio.Transport | None = None
        self.received: Callable[[bytes | None], None] = lambda _: None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self._made(self)

    def data_received(self, data: bytes) -> None:
        self.received(data)

    def connection_lost(self, _error: Exception | None) -> None:
        self.received(None)

    def cut(self) -> None:
        if self.transport is not None:
            self.transport.abort()


class _Way:
    """One direction: what was sent when; None at the end says that the sender has closed."""

    def __init__(self) -> None:
        self.under_way: deque[tuple[float, bytes | None]] = deque()
        self.timer: asyncio.TimerHandle | None = None


class _Line:
    """A client's connection and the one to the server that belongs to it."""

    def __init__(self, proxy: Proxy, client: _Side) -> None:
        self._proxy = proxy
        self._client = client
        self._server = _Side(lambda _side: None)
        self._up, self._down = _Way(), _Way()
        self._conversation = Conversation()
        self._awaiting = False
        self._doomed = False
        self._over = False
        self.connecting: asyncio.Task[None] | None = None
        client.received = self._asked
        self._server.received = self._told

    async def connect(self, host: str, port: int) -> None:
        try:
            await self._proxy._loop.create_connection(lambda: self._server, host, port)
        except OSError:
            self._end()
            return
        if self._over:
            self._server.cut()
        self.deliver()

    def deliver(self) -> None:
        """Hand on what has arrived by now, and come back for the rest."""
        for way, to in ((self._up, self._server), (self._down, self._client)):
            self._deliver(way, to)

    def cut(self) -> None:
        self._over = True
        if self.connecting is not None:
            self.connecting.cancel()
        self._client.cut()
        self._server.cut()
        self._up.under_way.clear()
        self._down.under_way.clear()
        self._proxy._lines.discard(self)

    def _deliver(self, way: _Way, to: _Side) -> None:
        loop = self._proxy._loop
        if way.timer is not None:
            way.timer.cancel()
            way.timer = None
        while way.under_way and not self._proxy._silent and to.transport is not None:
            due, data = way.under_way[0]
            if due > loop.time():
                way.timer = loop.call_at(due, self._deliver, way, to)
                return
            way.under_way.popleft()
            if data is None:
                self._end()
                return
            if not to.transport.is_closing():
                to.transport.write(data)

    def _end(self) -> None:
        """One end has closed: so does the other, after what was written to it."""
        self._over = True
        for side in (self._client, self._server):
            if side.transport is not None:
                side.transport.close()
        self._proxy._lines.discard(self)

    def _send(self, way: _Way, to: _Side, data: bytes | None) -> None:
        if self._over:
            return
        now = self._proxy._loop.time() + self._proxy.delay
        # A shorter delay must not let the younger overtake the older.
        due = max(now, way.under_way[-1][0]) if way.under_way else now
        way.under_way.append((due, data))
        self._deliver(way, to)

    def _asked(self, data: bytes | None) -> None:
        counts = self._proxy._counts
        if data is not None:
            counts.to_server += len(data)
            self._awaiting = True
            commits = self._conversation.asked(data)
            counts.commits += commits
            for _each in range(commits):
                # Asked for each COMMIT, so that a seed means the same whatever else is sent.
                if self._proxy._chance.random() < self._proxy._cut_share:
                    self._doomed = True
        self._send(self._up, self._server, data)

    def _told(self, data: bytes | None) -> None:
        counts = self._proxy._counts
        if data is None:
            self._send(self._down, self._client, None)
            return
        counts.to_client += len(data)
        answers = self._conversation.told(data)
        if self._doomed:
            if answers:
                counts.commits_cut += 1
                self.cut()
            return
        if self._awaiting:
            self._awaiting = False
            counts.flights += 1
        self._send(self._down, self._client, data)
