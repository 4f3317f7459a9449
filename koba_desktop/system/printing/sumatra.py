"""Printing on Windows through SumatraPDF's command line, which takes the PDF as it is."""

import os
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from koba_desktop.domain.errors import Unavailable
from koba_desktop.services.ports import PrinterOptions, PrintSettings
from koba_desktop.system.printing.powershell import PowerShell
from koba_desktop.system.printing.programs import failed, last_words, missing, run
from koba_desktop.system.printing.windows_queue import PRINTER, WindowsQueue

_SEND_SECONDS = 3600.0
_NAMES = "(Get-CimInstance Win32_Printer).Name"
# What stands before the tab is Windows' own number of the tray, behind it what people call it.
_OPTIONS = (
    "Add-Type -AssemblyName System.Drawing; "
    "$p = New-Object System.Drawing.Printing.PrinterSettings; "
    f"$p.PrinterName = $env:{PRINTER}; "
    "if (-not $p.IsValid) { exit 3 }; "
    "$t = [string][char]9; "
    "'duplex' + $t + $p.CanDuplex; "
    "foreach ($s in $p.PaperSources) { [string]$s.RawKind + $t + $s.SourceName }"
)
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*\[\]`]+')
_LONGEST_NAME = 80
_HOMES = ("LOCALAPPDATA", "PROGRAMFILES", "PROGRAMW6432", "PROGRAMFILES(X86)")
"""Of one user, of all; and those of the other of 32 and 64 bits."""


class SumatraPrinters:
    """``powershell`` names the printers and their trays, ``program`` prints, and the ``queue`` of
    Windows says what became of it."""

    vector = True

    def __init__(
        self,
        program: Path,
        powershell: PowerShell | None = None,
        queue: WindowsQueue | None = None,
    ) -> None:
        self._program = program
        self._powershell = powershell or PowerShell()
        self._queue = queue or WindowsQueue(self._powershell)

    def names(self) -> list[str]:
        """The printers Windows knows. Raises Unavailable(``print_program_missing``)."""
        listed = self._powershell.asked(_NAMES)
        return [name for line in listed.stdout.splitlines() if (name := line.strip())]

    def options(self, printer: str) -> PrinterOptions:
        """A tray's own word is its number: names may hold the comma that divides settings.
        Raises Unavailable: ``print_program_missing``, ``printer_missing``."""
        told = self._powershell.asked(_OPTIONS, {PRINTER: printer})
        if told.returncode:
            raise missing(printer)
        pairs = [line.strip().split("\t", 1) for line in told.stdout.splitlines() if "\t" in line]
        said = {key: value.strip() for key, value in pairs}
        duplex = said.pop("duplex", "") == "True"
        return PrinterOptions(trays=tuple(said.items()), duplex=duplex)

    def send(
        self,
        pdf: Path,
        *,
        printer: str,
        title: str,
        settings: PrintSettings = PrintSettings(),
        proceed: Callable[[], bool] = lambda: True,
    ) -> None:
        """Raises Unavailable: ``print_program_missing``, ``printer_missing``, ``print_failed``,
        ``print_cancelled``, ``print_file_not_written``."""
        how = ["noscale", "paper=A4", "duplexlong" if settings.duplex else "simplex"]
        if settings.tray:
            how.append(f"bin={settings.tray}")
        if settings.copies > 1:
            how.append(f"{settings.copies}x")
        file = _named(pdf, title)
        words = [
            str(self._program),
            *("-print-to", printer),
            *("-print-settings", ",".join(how)),
            "-silent",
            str(file),
        ]
        try:
            sent = run(words, seconds=_SEND_SECONDS, printer=printer, proceed=proceed)
            if sent.returncode:
                known = printer in self.names()
                raise failed(printer, last_words(sent)) if known else missing(printer)
            self._queue.follow(printer, file.name, proceed)
        except Unavailable as error:
            if error.code in ("print_failed", "print_cancelled"):
                raise self._queue.withdrawn(error, printer, file.name) from error
            raise
        finally:
            with suppress(OSError):  # a program that was ended may hold it for a moment
                file.unlink()


def _named(pdf: Path, title: str) -> Path:
    """The PDF beside itself, called as the job is: SumatraPDF takes no title, and Windows shows the
    name of the file. No other document in the queue has this name. Raises Unavailable
    ``print_file_not_written``."""
    tidied = " ".join(_NOT_IN_NAMES.sub(" ", title).split())[:_LONGEST_NAME].strip(" .")
    whole = pdf.resolve()
    named = whole.with_name(f"{tidied} {token_hex(3)}.pdf".strip())
    try:
        return Path(shutil.copyfile(whole, named))
    except OSError as error:
        reason = error.strerror or str(error)
        raise Unavailable("print_file_not_written", reason=reason) from error


def sumatra() -> Path | None:
    """SumatraPDF where its installers put it, else on the path. Not from the folder the program was
    started in, where Windows would look first."""
    homes = [os.environ.get(name, "") for name in _HOMES]
    places = [Path(home) / "SumatraPDF" / "SumatraPDF.exe" for home in homes if home]
    for place in places:
        if place.is_file():
            return place
    found = shutil.which("SumatraPDF")
    if found is None or Path(found).resolve().parent == Path.cwd():
        return None
    return Path(found)
