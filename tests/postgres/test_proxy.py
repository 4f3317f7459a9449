"""The line of the fault tests does what it is asked to, and nothing else."""

import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from struct import pack

import psycopg
import pytest
from psycopg import pq

from tests.postgres.proxy import HOST, Proxy
from tests.postgres.server import Server
from tests.postgres.wire import Conversation

DELAY = 0.05


class Echo:
    """A server that says back what it hears."""

    def __init__(self) -> None:
        self._listener = socket.create_server((HOST, 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept)
        self._thread.start()
        self.heard = bytearray()
        self.ended = threading.Event()

    def close(self) -> None:
        # A connection of our own wakes the thread from its waiting.
        self._closing = True
        socket.create_connection((HOST, self.port)).close()
        self._thread.join()
        self._listener.close()

    _closing = False

    def _accept(self) -> None:
        talks: list[threading.Thread] = []
        while True:
            connection, _ = self._listener.accept()
            if self._closing:
                connection.close()
                break
            talks.append(threading.Thread(target=self._talk, args=(connection,)))
            talks[-1].start()
        for each in talks:
            each.join()

    def _talk(self, connection: socket.socket) -> None:
        with connection:
            try:
                while data := connection.recv(65536):
                    self.heard += data
                    connection.sendall(data)
            except OSError:
                pass
        self.ended.set()


@pytest.fixture
def echo() -> Iterator[Echo]:
    made = Echo()
    yield made
    made.close()


@pytest.fixture
def proxy(echo: Echo) -> Iterator[Proxy]:
    with Proxy(echo.port) as made:
        yield made


def until(reached: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.002)


def connected(proxy: Proxy) -> socket.socket:
    return socket.create_connection((HOST, proxy.port), timeout=10)


def received(client: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = client.recv(count - len(data))
        assert more, "the line was closed"
        data += more
    return data


def is_closed(client: socket.socket) -> bool:
    try:
        return client.recv(1) == b""
    except ConnectionError:
        return True


def test_what_is_sent_arrives_and_is_counted(proxy: Proxy) -> None:
    with connected(proxy) as client:
        client.sendall(b"Guten")
        assert received(client, 5) == b"Guten"
        client.sendall(b" Tag")
        assert received(client, 4) == b" Tag"
    counts = proxy.counts
    assert (counts.connections, counts.flights) == (1, 2)
    assert (counts.to_server, counts.to_client) == (9, 9)
    until(lambda: proxy.open_lines == 0)


def test_much_arrives_whole_and_in_order(proxy: Proxy) -> None:
    sent = bytes(range(256)) * 8000
    with connected(proxy) as client:
        writer = threading.Thread(target=client.sendall, args=(sent,))
        writer.start()
        assert received(client, len(sent)) == sent
        writer.join()


def test_a_closed_client_ends_the_servers_side(proxy: Proxy, echo: Echo) -> None:
    with connected(proxy) as client:
        client.sendall(b"x")
        received(client, 1)
    assert echo.ended.wait(10)


def test_a_long_line_delays_but_does_not_throttle(echo: Echo) -> None:
    with Proxy(echo.port, delay=DELAY) as proxy, connected(proxy) as client:
        began = time.monotonic()
        for number in range(100):
            client.sendall(pack("!I", number))
        assert received(client, 400) == b"".join(pack("!I", number) for number in range(100))
        took = time.monotonic() - began
    # One way there and one back; a hundred one after the other would take 10 s.
    assert 2 * DELAY <= took < 100 * DELAY


def test_a_shorter_delay_lets_nothing_overtake(echo: Echo) -> None:
    with Proxy(echo.port, delay=DELAY) as proxy, connected(proxy) as client:
        client.sendall(b"first")
        until(lambda: proxy.counts.to_server == 5)
        proxy.delay = 0
        client.sendall(b"second")
        assert received(client, 11) == b"firstsecond"


def test_a_silent_line_tells_nobody_and_delivers_later(proxy: Proxy, echo: Echo) -> None:
    with connected(proxy) as client:
        client.sendall(b"a")
        received(client, 1)
        proxy.silent()
        client.sendall(b"b")
        until(lambda: proxy.counts.to_server == 2)
        client.settimeout(0.1)
        with pytest.raises(TimeoutError):
            client.recv(1)
        assert echo.heard == b"a"
        proxy.resume()
        client.settimeout(10)
        assert received(client, 1) == b"b"


def test_a_silent_line_keeps_the_end_of_a_client_from_the_server(proxy: Proxy, echo: Echo) -> None:
    with connected(proxy) as client:
        client.sendall(b"a")
        received(client, 1)
        proxy.silent()
    assert proxy.open_lines == 1
    assert not echo.ended.is_set()
    proxy.resume()
    assert echo.ended.wait(10)


def test_who_connects_to_a_silent_line_waits(proxy: Proxy) -> None:
    proxy.silent()
    with connected(proxy) as client:
        client.sendall(b"a")
        client.settimeout(0.1)
        with pytest.raises(TimeoutError):
            client.recv(1)
        proxy.resume()
        client.settimeout(10)
        assert received(client, 1) == b"a"


def test_a_cut_closes_all_and_new_lines_may_come(proxy: Proxy, echo: Echo) -> None:
    with connected(proxy) as one, connected(proxy) as two:
        for client in (one, two):
            client.sendall(b"a")
            received(client, 1)
        proxy.cut()
        assert is_closed(one)
        assert is_closed(two)
    assert proxy.open_lines == 0
    with connected(proxy) as again:
        again.sendall(b"b")
        assert received(again, 1) == b"b"


def test_a_refusing_line_keeps_those_it_has(proxy: Proxy) -> None:
    with connected(proxy) as client:
        client.sendall(b"a")
        received(client, 1)
        proxy.refuse()
        with pytest.raises(ConnectionRefusedError):
            connected(proxy)
        client.sendall(b"b")
        assert received(client, 1) == b"b"
    port = proxy.port
    proxy.resume()
    assert proxy.port == port
    with connected(proxy) as again:
        again.sendall(b"c")
        assert received(again, 1) == b"c"


def test_without_a_server_behind_it_a_line_is_closed(echo: Echo) -> None:
    nobody = socket.create_server((HOST, 0))
    port = nobody.getsockname()[1]
    nobody.close()
    with Proxy(port) as proxy, connected(proxy) as client:
        assert is_closed(client)


@pytest.mark.parametrize(
    ("sql", "commits"),
    [
        (b"COMMIT", 1),
        (b" commit work;", 1),
        (b"end", 1),
        (b"update t set a = 1; commit", 1),
        (b"select 'commit'", 0),
        (b"commit prepared 'x'", 0),
        (b"insert into t values ('at the end')", 0),
        (b"ROLLBACK", 0),
    ],
)
def test_a_commit_is_known_from_other_sql(sql: bytes, commits: int) -> None:
    assert _logged_in().asked(_message(b"Q", sql + b"\0")) == commits


def test_a_commit_is_known_in_pieces_and_prepared() -> None:
    talk = _logged_in()
    sent = (
        _message(b"P", b"s1\0COMMIT\0\0\0")
        + _message(b"B", b"\0s1\0\0\0\0\0\0\0")
        + _message(b"E", b"\0\0\0\0\0")
        + _message(b"S", b"")
    )
    assert sum(talk.asked(sent[at : at + 1]) for at in range(len(sent))) == 1
    answer = _message(b"2", b"") + _message(b"C", b"COMMIT\0") + _message(b"Z", b"I")
    assert sum(talk.told(answer[at : at + 1]) for at in range(len(answer))) == 1


def test_tls_is_not_read() -> None:
    talk = Conversation()
    assert talk.asked(pack("!II", 8, 80877103)) == 0
    assert talk.told(b"S") == 0
    assert talk.asked(_message(b"Q", b"COMMIT\0")) == 0


def test_all_commits_arrive_though_each_answer_is_cut(pg_server: Server) -> None:
    with (
        psycopg.connect(pg_server.dsn(), autocommit=True) as direct,
        Proxy(pg_server.port) as proxy,
    ):
        direct.execute("create table cut_lines (number int)")
        try:
            through = f"{pg_server.dsn()} port={proxy.port}"
            proxy.cut_commit_answers(1.0, seed=1)
            for number in range(3):
                client = psycopg.connect(through)
                client.execute("insert into cut_lines values (%s)", (number,))
                with pytest.raises(psycopg.OperationalError):
                    client.commit()
                client.close()
            rows = direct.execute("select number from cut_lines order by 1").fetchall()
            assert rows == [(0,), (1,), (2,)]
            assert proxy.counts.commits_cut == 3
            proxy.cut_commit_answers(0.0, seed=1)
            with psycopg.connect(through) as client:
                client.execute("insert into cut_lines values (3)")
            assert proxy.counts.commits == 4
        finally:
            direct.execute("drop table cut_lines")


def test_a_prepared_commit_is_cut_as_well(pg_server: Server) -> None:
    with Proxy(pg_server.port) as proxy:
        client = psycopg.connect(f"{pg_server.dsn()} port={proxy.port}", autocommit=True)
        client.execute("begin")
        proxy.cut_commit_answers(1.0, seed=1)
        result = client.pgconn.exec_params(b"commit", None)
        assert result.status == pq.ExecStatus.FATAL_ERROR
        assert proxy.counts.commits_cut == 1
        client.close()


def test_a_share_of_the_answers_is_cut(pg_server: Server) -> None:
    with Proxy(pg_server.port) as proxy:
        proxy.cut_commit_answers(0.3, seed=7)
        lost = 0
        for _each in range(60):
            client = psycopg.connect(f"{pg_server.dsn()} port={proxy.port}")
            client.execute("select 1")
            try:
                client.commit()
            except psycopg.OperationalError:
                lost += 1
            client.close()
        cut = proxy.counts.commits_cut
    chance = random.Random(7)
    assert lost == sum(chance.random() < 0.3 for _each in range(60))
    assert cut == lost


def test_round_trips_of_a_query_are_counted(pg_server: Server) -> None:
    with Proxy(pg_server.port) as proxy:
        through = f"{pg_server.dsn()} port={proxy.port}"
        with psycopg.connect(through, autocommit=True) as client:
            before = proxy.counts.flights
            client.execute("select 1")
            client.execute("select %s::int", (2,))
            client.execute("select repeat('x', 3000000)").fetchone()
            assert proxy.counts.flights - before == 3


def _logged_in() -> Conversation:
    talk = Conversation()
    talk.asked(pack("!II", 8, 196608))
    return talk


def _message(kind: bytes, body: bytes) -> bytes:
    return kind + pack("!I", len(body) + 4) + body
