"""Servers that do not prove who they are: each reason has its own code, and no password goes."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from koba_desktop.domain.errors import Unavailable
from koba_desktop.storage.postgres.address import SharedAddress
from koba_desktop.storage.postgres.setup import administering
from koba_desktop.storage.postgres.store import open_shared
from tests.postgres.certificates import Certificate, Certificates, make_certificates
from tests.postgres.server import HOST, SUPERUSER, Server

_NO_TLS = b"N"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"), HOST)


@pytest.fixture(scope="module")
def tls_server(certificates: Certificates) -> Iterator[Server]:
    """A server with TLS: one of the system's, whichever version that is."""
    server = Server(debian=True)
    try:
        server.present(certificates.good)
        yield server
    finally:
        server.close()


def address(server: Server, certificates: Certificates) -> SharedAddress:
    return SharedAddress.parse(server.url(), certificates.authority)


def code_of(there: SharedAddress, server: Server) -> str:
    """What an attempt to sign in ends with, as the window and as the IT department's commands."""
    with pytest.raises(Unavailable) as signing_in:
        open_shared(there, SUPERUSER, server.password)
    with (
        pytest.raises(Unavailable) as looking_after,
        administering(there, SUPERUSER, server.password),
    ):
        pytest.fail("it must not come to that")
    assert looking_after.value.code == signing_in.value.code
    assert server.password not in repr(signing_in.value.problems)
    return signing_in.value.code


def test_a_server_that_proves_itself_is_spoken_to_encrypted(
    tls_server: Server, certificates: Certificates
) -> None:
    tls_server.present(certificates.good)
    there = address(tls_server, certificates)
    with administering(there, SUPERUSER, tls_server.password) as connection:
        row = connection.execute("select ssl from pg_stat_ssl where pid = pg_backend_pid()")
        assert row.fetchone() == (True,)


@pytest.mark.parametrize(
    ("shown", "code"),
    [
        ("expired", "certificate_expired"),
        ("wrong_name", "certificate_wrong_name"),
        ("untrusted", "certificate_untrusted"),
    ],
)
def test_each_bad_certificate_has_its_own_code(
    tls_server: Server, certificates: Certificates, shown: str, code: str
) -> None:
    certificate = getattr(certificates, shown)
    assert isinstance(certificate, Certificate)
    tls_server.present(certificate)
    assert code_of(address(tls_server, certificates), tls_server) == code


def test_a_server_without_tls_is_told_from_one_that_is_away(
    pg_server: Server, certificates: Certificates
) -> None:
    there = address(pg_server, certificates)
    assert code_of(there, pg_server) == "server_without_tls"
    assert code_of(replace(there, port=1), pg_server) == "server_away"


def test_a_missing_file_of_the_authority_is_no_trust(
    tls_server: Server, certificates: Certificates, tmp_path: Path
) -> None:
    tls_server.present(certificates.good)
    there = replace(address(tls_server, certificates), ca_file=tmp_path / "none.crt")
    assert code_of(there, tls_server) == "certificate_untrusted"


class Downgrade:
    """Somebody on the line who says that the server speaks no TLS, and hands on all the rest."""

    def __init__(self, port: int) -> None:
        self._there = port
        self.received = bytearray()
        self._listener = socket.create_server((HOST, 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            with client:
                asked = client.recv(8)
                if len(asked) == 8:
                    client.sendall(_NO_TLS)
                while more := client.recv(4096):
                    self.received += more

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()


def test_nobody_on_the_line_talks_the_program_out_of_tls(
    tls_server: Server, certificates: Certificates
) -> None:
    tls_server.present(certificates.good)
    between = Downgrade(tls_server.port)
    try:
        there = replace(address(tls_server, certificates), port=between.port)
        assert code_of(there, tls_server) == "server_without_tls"
    finally:
        between.close()
    assert between.received == b"", "not even a login is told"
