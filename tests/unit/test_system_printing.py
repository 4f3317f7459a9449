"""Printing through programs that only write down what they were told, and what is read of answers.

Whether a printing service really prints is tried in ``tests/printing``.
"""

import http.server
import json
import stat
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from koba_desktop.domain.errors import Unavailable
from koba_desktop.system import printing
from koba_desktop.system.printing import ppd
from koba_desktop.system.printing.cups import CupsPrinters
from koba_desktop.system.printing.ipp import Gone, Service, ServiceAway
from koba_desktop.system.printing.programs import run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts stand in for programs")

LETTERS = "Regionalstelle Halberstadt: 3 Briefe"


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    file = tmp_path / "-o evil;.pdf"
    file.write_bytes(b"%PDF-")
    return file


def install(
    folder: Path, name: str, *, output: str = "", error: str = "", exit_code: int = 0
) -> Path:
    """A program that records its arguments, and which printer was asked for, in NAME.json."""
    record = folder / f"{name}.json"
    program = folder / name
    program.write_text(
        f"#!{sys.executable}\n"
        "import json, os, pathlib, sys\n"
        "told = sys.argv[1:] + [os.environ.get('KOBA_PRINTER', '')]\n"
        f"pathlib.Path({str(record)!r}).write_text(json.dumps(told))\n"
        f"sys.stdout.write({output!r}); sys.stderr.write({error!r}); sys.exit({exit_code})\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return record


def told(record: Path) -> list[str]:
    words: list[str] = json.loads(record.read_text())
    return words[:-1]


QUEUES = (
    "HBS-1.OG-Post accepting requests since Tue\n"
    "HBS-EG not accepting requests since Mon -\n\tRejecting Jobs\n"
)


# --- CUPS -----------------------------------------------------------------------------------------


def test_the_queues_are_listed_also_one_that_takes_nothing_now(programs: Path) -> None:
    install(programs, "lpstat", output=QUEUES)
    assert CupsPrinters().names() == ["HBS-1.OG-Post", "HBS-EG"]


def test_a_pc_without_queues_has_no_printers(programs: Path) -> None:
    install(programs, "lpstat", error="lpstat: No destinations added.\n", exit_code=1)
    assert CupsPrinters().names() == []


def test_a_pc_without_cups_says_which_program_is_missing(programs: Path, pdf: Path) -> None:
    for use in (
        CupsPrinters().names,
        lambda: CupsPrinters().options("HBS-EG"),
        lambda: CupsPrinters().send(pdf, printer="HBS-EG", title=LETTERS),
    ):
        with pytest.raises(Unavailable) as refused:
            use()
        assert refused.value.code == "print_program_missing"


def test_without_a_program_for_pdfs_pages_are_printed_as_pictures(programs: Path) -> None:
    assert printing.vector_printers() is None
    for name in ("lp", "lpstat", "lpoptions", "cancel"):
        install(programs, name)
    assert isinstance(printing.vector_printers(), CupsPrinters)


def hangs(programs: Path) -> str:
    program = programs / "hangs"
    program.write_text(f"#!{sys.executable}\nimport signal\nsignal.pause()\n")
    program.chmod(0o700)
    return str(program)


def test_a_program_that_hangs_is_given_up(programs: Path) -> None:
    with pytest.raises(Unavailable, match="print_failed"):
        run([hangs(programs)], seconds=0.2)


def test_a_program_that_works_long_is_ended_when_nobody_wants_it(programs: Path) -> None:
    begun = time.monotonic()
    with pytest.raises(Unavailable, match="print_cancelled"):
        run([hangs(programs)], seconds=60, printer="HBS-EG", proceed=lambda: False)
    assert time.monotonic() - begun < 30


# --- the questions to the printing service --------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("/run/cups/cups.sock", Service(socket="/run/cups/cups.sock")),
        ("127.0.0.1:8631", Service(host="127.0.0.1", port=8631)),
        ("drucken.lkharz.example", Service(host="drucken.lkharz.example", port=631)),
        ("[fe80::1]:631", Service(host="fe80::1", port=631)),
        ("", Service(host="localhost", port=631)),
    ],
)
def test_where_the_service_is_stands_in_what_lpstat_says(said: str, meant: Service) -> None:
    assert Service.named(said) == meant


class Answering(http.server.BaseHTTPRequestHandler):
    """A service that answers everything with the same bytes."""

    answer = (200, b"")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        status, body = self.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def service() -> Iterator[Service]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever).start()
    yield Service(host="127.0.0.1", port=server.server_port)
    server.shutdown()
    server.server_close()


HEAD = b"\x01\x01\x00\x00\x00\x00\x00\x01\x01"  # version, successful-ok, request, first group
STATE = b"\x23\x00\x09job-state\x00\x04\x00\x00\x00\x09"
REASONS = b"\x44\x00\x07reasons\x00\x04none\x44\x00\x00\x00\x05other"
ACCEPTS = b"\x22\x00\x07accepts\x00\x01\x01"


def test_an_answer_is_read(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    body = HEAD + b"\x02" + STATE + REASONS + ACCEPTS + b"\x03"
    monkeypatch.setattr(Answering, "answer", (200, body))
    assert service.job(17, "job-state") == {
        "job-state": (9,),
        "reasons": ("none", "other"),
        "accepts": (1,),
    }


JOBS = (
    b"\x02\x21\x00\x06job-id\x00\x04\x00\x00\x00\x11\x42\x00\x08job-name\x00\x06Briefe"
    b"\x02\x21\x00\x06job-id\x00\x04\x00\x00\x00\x12"
)


def test_jobs_are_told_apart(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Answering, "answer", (200, HEAD + JOBS + b"\x03"))
    assert service.waiting("HBS-EG", "berger") == [
        {"job-id": (17,), "job-name": ("Briefe",)},
        {"job-id": (18,)},
    ]
    assert service.remembers()
    monkeypatch.setattr(Answering, "answer", (200, HEAD + b"\x03"))
    assert service.waiting("HBS-EG", "berger") == []
    assert not service.remembers()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b""),
        (200, b"<html>not a printing service</html>"),
        (200, HEAD + STATE[:-2]),
        (200, HEAD + STATE),
        (426, b"Upgrade Required"),
        (200, b"\x01\x01\x05\x00\x00\x00\x00\x01\x03"),
    ],
)
def test_what_is_no_answer_is_said_to_be_none(
    service: Service, monkeypatch: pytest.MonkeyPatch, status: int, body: bytes
) -> None:
    monkeypatch.setattr(Answering, "answer", (status, body))
    with pytest.raises(ServiceAway):
        service.printer("HBS-EG", "printer-state")


def test_what_is_not_there_is_told_from_no_answer(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Answering, "answer", (200, b"\x01\x01\x04\x06\x00\x00\x00\x01\x03"))
    with pytest.raises(Gone):
        service.printer("HBS-EG", "printer-state")
    monkeypatch.setattr(Answering, "answer", (404, b"Not Found"))
    assert service.description("HBS-EG") == b""


def test_a_service_that_is_not_there_does_not_answer(tmp_path: Path) -> None:
    with pytest.raises(ServiceAway):
        Service(socket=str(tmp_path / "cups.sock")).printer("HBS-EG", "printer-state")


def test_trays_are_called_what_their_printer_calls_them() -> None:
    file = (
        '*LanguageEncoding: ISOLatin1\r\n*InputSlot Tray1/F\xe4cher: "<<>>"\r\n'
        '*InputSlot Tray2/Gro\xdfes Fach <28>A4<29>: ""\r\n*InputSlot Bare: ""\r\n'
        '*InputSlotOther Tray9/Nothing: ""\r\n'
    ).encode("latin-1")
    assert ppd.choices(file, "InputSlot", "de") == {
        "Tray1": "Fächer",
        "Tray2": "Großes Fach (A4)",
    }


def test_trays_are_called_so_in_the_language_of_the_screen() -> None:
    file = (
        '*LanguageEncoding: UTF-8\n*InputSlot Tray1/Tray 1: ""\n*InputSlot Tray2/Tray 2: ""\n'
        '*de.InputSlot Tray1/Fach 1 (Brief­kopf): ""\n*fr.InputSlot Tray1/Bac 1: ""\n'
    ).encode()
    assert ppd.choices(file, "InputSlot", "de") == {
        "Tray1": "Fach 1 (Brief­kopf)",
        "Tray2": "Tray 2",
    }
