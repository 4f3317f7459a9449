"""Printing through a print program that only writes down what it was told."""

import json
import stat
import sys
from pathlib import Path

import pytest

from koba_desktop.domain.errors import Unavailable
from koba_desktop.system import printing
from koba_desktop.system.printing import CupsPrinters, SumatraPrinters

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
    """A program that records its arguments in NAME.json."""
    record = folder / f"{name}.json"
    program = folder / name
    program.write_text(
        f"#!{sys.executable}\n"
        "import json, pathlib, sys\n"
        f"pathlib.Path({str(record)!r}).write_text(json.dumps(sys.argv[1:]))\n"
        f"sys.stdout.write({output!r}); sys.stderr.write({error!r}); sys.exit({exit_code})\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return record


QUEUES = "HBS-1.OG-Post accepting requests since Tue\nHBS-EG accepting requests since Mon\n"


def test_the_queues_are_listed(programs: Path) -> None:
    install(programs, "lpstat", output=QUEUES)
    assert CupsPrinters().names() == ["HBS-1.OG-Post", "HBS-EG"]


def test_a_pc_without_queues_has_no_printers(programs: Path) -> None:
    install(programs, "lpstat", error="lpstat: No destinations added.\n", exit_code=1)
    assert CupsPrinters().names() == []


def test_the_pdf_is_sent_unscaled_on_a4_without_a_shell(programs: Path, pdf: Path) -> None:
    record = install(programs, "lp", output="request id is HBS-EG-17\n")
    CupsPrinters().send(pdf, printer="HBS-EG", title=LETTERS)
    assert json.loads(record.read_text()) == [
        *("-d", "HBS-EG", "-t", LETTERS),
        *("-o", "print-scaling=none", "-o", "media=A4", "-o", "sides=one-sided"),
        str(pdf),
    ]


def test_a_printer_that_is_gone_is_named(programs: Path, pdf: Path) -> None:
    install(programs, "lp", error="lp: The printer or class does not exist.\n", exit_code=1)
    install(programs, "lpstat", output=QUEUES)
    with pytest.raises(Unavailable) as refused:
        CupsPrinters().send(pdf, printer="QLB", title=LETTERS)
    assert refused.value.code == "printer_missing"
    assert refused.value.problems[0].params["printer"] == "QLB"


def test_a_job_that_failed_says_what_the_program_said(programs: Path, pdf: Path) -> None:
    install(programs, "lp", error="lp: warning\nlp: Unsupported document-format.\n", exit_code=1)
    install(programs, "lpstat", output=QUEUES)
    with pytest.raises(Unavailable) as refused:
        CupsPrinters().send(pdf, printer="HBS-EG", title=LETTERS)
    assert refused.value.code == "print_failed"
    assert refused.value.problems[0].params["detail"] == "lp: Unsupported document-format."


def test_a_silent_failure_still_has_a_reason(programs: Path, pdf: Path) -> None:
    install(programs, "lp", exit_code=3)
    install(programs, "lpstat", output=QUEUES)
    with pytest.raises(Unavailable) as refused:
        CupsPrinters().send(pdf, printer="HBS-EG", title=LETTERS)
    assert refused.value.problems[0].params["detail"] == "exit 3"


def test_a_pc_without_cups_says_which_program_is_missing(programs: Path, pdf: Path) -> None:
    for use in (
        CupsPrinters().names,
        lambda: CupsPrinters().send(pdf, printer="HBS-EG", title=LETTERS),
    ):
        with pytest.raises(Unavailable) as refused:
            use()
        assert refused.value.code == "print_program_missing"


def test_a_program_that_hangs_is_given_up(
    programs: Path, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = programs / "lp"
    program.write_text(f"#!{sys.executable}\nimport signal\nsignal.pause()\n")
    program.chmod(0o700)
    monkeypatch.setattr(printing, "_SEND_SECONDS", 0.2)
    with pytest.raises(Unavailable, match="print_failed"):
        CupsPrinters().send(pdf, printer="HBS-EG", title=LETTERS)


def test_sumatra_prints_unscaled_on_a4(programs: Path, pdf: Path) -> None:
    record = install(programs, "SumatraPDF")
    SumatraPrinters(programs / "SumatraPDF").send(pdf, printer="HBS EG", title=LETTERS)
    assert json.loads(record.read_text()) == [
        *("-print-to", "HBS EG", "-print-settings", "noscale,paper=A4,simplex", "-silent"),
        str(pdf),
    ]


def test_sumatras_exit_code_is_looked_at(programs: Path, pdf: Path) -> None:
    install(programs, "SumatraPDF", exit_code=1)
    install(programs, "lister", output="HBS EG\r\nMicrosoft Print to PDF\r\n")
    printers = SumatraPrinters(programs / "SumatraPDF", [str(programs / "lister")])
    assert printers.names() == ["HBS EG", "Microsoft Print to PDF"]
    with pytest.raises(Unavailable, match="print_failed"):
        printers.send(pdf, printer="HBS EG", title=LETTERS)
    with pytest.raises(Unavailable, match="printer_missing"):
        printers.send(pdf, printer="QLB", title=LETTERS)


def test_this_pc_prints_through_cups() -> None:
    assert isinstance(printing.system_printers(), CupsPrinters)
