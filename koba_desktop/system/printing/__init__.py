"""Handing finished PDFs to the printer, at 100 % and on A4.

A printer that scales moves the address out of the envelope's window: 96 % puts it at 28 mm.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from koba_desktop.domain.errors import Unavailable
from koba_desktop.services.ports import Printers

_LIST_SECONDS = 20.0
_SEND_SECONDS = 120.0
_DETAIL_LENGTH = 200


class CupsPrinters:
    """Printing through CUPS (``lpstat``, ``lp``): the PDF goes to the printer as it is."""

    def names(self) -> list[str]:
        """The queues that accept jobs. Raises Unavailable(``print_program_missing``)."""
        listed = _run(["lpstat", "-a"], _LIST_SECONDS)
        if listed.returncode:  # lpstat's way of saying that there are none
            return []
        return [words[0] for line in listed.stdout.splitlines() if (words := line.split())]

    def send(self, pdf: Path, *, printer: str, title: str) -> None:
        """Raises Unavailable: ``print_program_missing``, ``printer_missing``, ``print_failed``."""
        sent = _run(
            [
                "lp",
                *("-d", printer),
                *("-t", title),
                *("-o", "print-scaling=none"),
                *("-o", "media=A4"),
                *("-o", "sides=one-sided"),
                str(pdf.resolve()),
            ],
            _SEND_SECONDS,
        )
        _judge(self, sent, printer)


class SumatraPrinters:
    """Printing on Windows through SumatraPDF's command line."""

    def __init__(self, program: Path, lister: Sequence[str] | None = None) -> None:
        self._program = program
        self._lister = list(
            lister
            or (
                *("powershell", "-NoProfile", "-NonInteractive", "-Command"),
                "[Console]::OutputEncoding = [Text.Encoding]::UTF8; "
                "(Get-CimInstance Win32_Printer).Name",
            )
        )

    def names(self) -> list[str]:
        """The printers Windows knows. Raises Unavailable(``print_program_missing``)."""
        listed = _run(self._lister, _LIST_SECONDS)
        return [name for line in listed.stdout.splitlines() if (name := line.strip())]

    def send(self, pdf: Path, *, printer: str, title: str) -> None:
        """Raises Unavailable: ``print_program_missing``, ``printer_missing``, ``print_failed``.

        SumatraPDF takes no title: Windows shows the name of the file.
        """
        sent = _run(
            [
                str(self._program),
                *("-print-to", printer),
                *("-print-settings", "noscale,paper=A4,simplex"),
                "-silent",
                str(pdf.resolve()),
            ],
            _SEND_SECONDS,
        )
        _judge(self, sent, printer)


def system_printers() -> Printers:
    """The way to print on this PC. Raises Unavailable(``print_program_missing``)."""
    if os.name != "nt":
        return CupsPrinters()
    found = _sumatra()
    if found is None:
        raise Unavailable("print_program_missing", program="SumatraPDF")
    return SumatraPrinters(found)


def _sumatra() -> Path | None:
    """SumatraPDF on the path, or where its installers put it."""
    if on_path := shutil.which("SumatraPDF"):
        return Path(on_path)
    homes = [os.environ.get(name, "") for name in ("LOCALAPPDATA", "ProgramFiles")]
    places = [Path(home) / "SumatraPDF" / "SumatraPDF.exe" for home in homes if home]
    return next((place for place in places if place.is_file()), None)


def _judge(printers: Printers, sent: subprocess.CompletedProcess[str], printer: str) -> None:
    """Nothing where the program took the job, else the reason why it did not."""
    if sent.returncode == 0:
        return
    if printer not in printers.names():
        raise Unavailable("printer_missing", "printer", printer=printer)
    said = (sent.stderr or sent.stdout).strip().splitlines()
    detail = said[-1][:_DETAIL_LENGTH] if said else f"exit {sent.returncode}"
    raise Unavailable("print_failed", "printer", printer=printer, detail=detail)


def _run(arguments: Sequence[str], seconds: float) -> subprocess.CompletedProcess[str]:
    """Run a program without a shell and without a window; its words in English."""
    try:
        return subprocess.run(
            arguments,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unavailable(
            "print_failed", "printer", printer="", detail=f"{arguments[0]}: {seconds:.0f} s"
        ) from error
    except OSError as error:
        raise Unavailable("print_program_missing", program=arguments[0]) from error
