"""When the printing service is asked under TLS, and whose certificate is believed."""

import datetime
import http.server
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from koba_desktop.system.printing.encryption import Encryption, encryption
from koba_desktop.system.printing.ipp import Service, ServiceAway

HOST = "127.0.0.1"
ANSWER = (
    b"\x01\x01\x00\x00\x00\x00\x00\x01\x01\x02\x23\x00\x09job-state\x00\x04\x00\x00\x00\x09\x03"
)
HANDSHAKE = b"\x16"  # the first byte of a TLS session


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folders CUPS reads: ``home/.cups`` of the user, ``etc`` of the machine."""
    for name in ("home/.cups/ssl", "etc/ssl"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CUPS_SERVERROOT", str(tmp_path / "etc"))
    monkeypatch.delenv("CUPS_ENCRYPTION", raising=False)
    return tmp_path


def certificate(folder: Path) -> Path:
    """One that a service made itself, its key beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "drucken")])
    begins = datetime.datetime(2021, 1, 1, tzinfo=datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(17)
        .not_valid_before(begins)
        .not_valid_after(begins + datetime.timedelta(days=36_500))
        .sign(key, hashes.SHA256())
    )
    file = folder / "service.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return file


class Asking(http.server.BaseHTTPRequestHandler):
    """Answers under TLS, and asks everybody else for it, as CUPS does on one and the same port."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        secret = isinstance(self.connection, ssl.SSLSocket)
        heard: list[bool] = self.server.heard  # type: ignore[attr-defined]
        heard.append(secret)
        body = ANSWER if secret else b""
        self.send_response(200 if secret else 426)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        """Nobody reads it."""


class BothWays(http.server.ThreadingHTTPServer):
    def __init__(self, file: Path) -> None:
        super().__init__((HOST, 0), Asking)
        self.heard: list[bool] = []
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(file)

    def finish_request(self, request: object, client_address: object) -> None:
        assert isinstance(request, socket.socket)
        if request.recv(1, socket.MSG_PEEK) != HANDSHAKE:
            super().finish_request(request, client_address)
            return
        try:
            with self._context.wrap_socket(request, server_side=True) as secret:
                super().finish_request(secret, client_address)
        except OSError:
            self.heard.append(True)  # who does not believe the certificate goes away


@pytest.fixture
def server(tmp_path: Path) -> Iterator[BothWays]:
    made = BothWays(certificate(tmp_path))
    threading.Thread(target=made.serve_forever).start()
    yield made
    made.shutdown()
    made.server_close()


def believe(folders: Path, under: str = "home/.cups") -> None:
    (folders / under / "ssl" / f"{HOST}.crt").write_bytes((folders / "service.pem").read_bytes())


@pytest.mark.parametrize(
    ("user", "machine", "environment", "meant"),
    [
        ("", "", "", Encryption.IF_REQUESTED),
        ("", "ServerName drucken\n encryption Required\n", "", Encryption.REQUIRED),
        ("Encryption Never\n", "Encryption Required\n", "", Encryption.NEVER),
        ("Encryption Never\n", "", "Always", Encryption.REQUIRED),
        ("# Encryption Required\n", "", "", Encryption.IF_REQUESTED),
        ("Encryption Perhaps\n", "", "", Encryption.IF_REQUESTED),
    ],
)
def test_it_is_decided_as_lp_decides(
    folders: Path,
    monkeypatch: pytest.MonkeyPatch,
    user: str,
    machine: str,
    environment: str,
    meant: Encryption,
) -> None:
    (folders / "home" / ".cups" / "client.conf").write_text(user)
    (folders / "etc" / "client.conf").write_text(machine)
    if environment:
        monkeypatch.setenv("CUPS_ENCRYPTION", environment)
    assert encryption() is meant


def test_a_service_that_asks_for_tls_gets_it_from_then_on(folders: Path, server: BothWays) -> None:
    believe(folders)
    service = Service(host=HOST, port=server.server_port)
    for _look in range(2):
        assert service.job(17, "job-state") == {"job-state": (9,)}
    assert server.heard == [False, True, True]


@pytest.mark.parametrize("under", ["home/.cups", "etc"])
def test_nothing_is_asked_in_the_clear_where_tls_is_required(
    folders: Path, server: BothWays, under: str
) -> None:
    believe(folders, under)
    service = Service(host=HOST, port=server.server_port, encryption=Encryption.REQUIRED)
    assert service.job(17, "job-state") == {"job-state": (9,)}
    assert server.heard == [True]


def test_an_unknown_certificate_is_not_believed_and_the_service_named(server: BothWays) -> None:
    service = Service(host=HOST, port=server.server_port)
    with pytest.raises(ServiceAway, match=r"127\.0\.0\.1.*certificate"):
        service.job(17, "job-state")


def test_where_tls_is_ruled_out_a_service_that_asks_for_it_is_away(server: BothWays) -> None:
    service = Service(host=HOST, port=server.server_port, encryption=Encryption.NEVER)
    with pytest.raises(ServiceAway, match="TLS required"):
        service.job(17, "job-state")
    assert server.heard == [False]


def test_a_certificate_that_is_none_is_said_to_be_none(folders: Path, server: BothWays) -> None:
    (folders / "etc" / "ssl" / f"{HOST}.crt").write_text("nothing")
    service = Service(host=HOST, port=server.server_port, encryption=Encryption.REQUIRED)
    with pytest.raises(ServiceAway):
        service.job(17, "job-state")
