"""Printing on Windows through SumatraPDF's command line, which takes the PDF as it is."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from koba_desktop.services.ports import PrinterOptions, PrintSettings
from koba_desktop.system.printing.programs import failed, last_words, missing, run

_SEND_SECONDS = 3600.0
_UTF_8 = "[Console]::OutputEncoding = [Text.Encoding]::UTF8; "
_NAMES = _UTF_8 + "(Get-CimInstance Win32_Printer).Name"
_PRINTER = "KOBA_PRINTER"
# What stands before the tab is Windows' own number of the tray, behind it what people call it.
_OPTIONS = (
    _UTF_8 + "Add-Type -AssemblyName System.Drawing; "
    "$p = New-Object System.Drawing.Printing.PrinterSettings; "
    f"$p.PrinterName = $env:{_PRINTER}; "
    "if (-not $p.IsValid) { exit 3 }; "
    '"duplex`t$($p.CanDuplex)"; '
    'foreach ($s in $p.PaperSources) { "$($s.RawKind)`t$($s.SourceName)" }'
)


class SumatraPrinters:
    """``powershell`` names the printers and their trays, ``program`` prints."""

    vector = True

    def __init__(self, program: Path, powershell: str = "powershell") -> None:
        self._program = program
        self._powershell = [powershell, "-NoProfile", "-NonInteractive", "-Command"]

    def names(self) -> list[str]:
        """The printers Windows knows. Raises Unavailable(``print_program_missing``)."""
        listed = run([*self._powershell, _NAMES])
        return [name for line in listed.stdout.splitlines() if (name := line.strip())]

    def options(self, printer: str) -> PrinterOptions:
        """A tray's own word is its number: names may hold the comma that divides settings.
        Raises Unavailable: ``print_program_missing``, ``printer_missing``."""
        told = run([*self._powershell, _OPTIONS], environment={_PRINTER: printer})
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
        """Returns once Windows has taken the job. SumatraPDF takes no title: Windows shows the
        name of the file. Raises Unavailable: ``print_program_missing``, ``printer_missing``,
        ``print_failed``, ``print_cancelled``."""
        how = ["noscale", "paper=A4", "duplexlong" if settings.duplex else "simplex"]
        if settings.tray:
            how.append(f"bin={settings.tray}")
        if settings.copies > 1:
            how.append(f"{settings.copies}x")
        sent = run(
            [
                str(self._program),
                *("-print-to", printer),
                *("-print-settings", ",".join(how)),
                "-silent",
                str(pdf.resolve()),
            ],
            seconds=_SEND_SECONDS,
            printer=printer,
            proceed=proceed,
        )
        if sent.returncode:
            raise failed(printer, last_words(sent)) if printer in self.names() else missing(printer)


def sumatra() -> Path | None:
    """SumatraPDF on the path, or where its installers put it."""
    if on_path := shutil.which("SumatraPDF"):
        return Path(on_path)
    homes = [os.environ.get(name, "") for name in ("LOCALAPPDATA", "ProgramFiles")]
    places = [Path(home) / "SumatraPDF" / "SumatraPDF.exe" for home in homes if home]
    return next((place for place in places if place.is_file()), None)
