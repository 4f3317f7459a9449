"""Handing finished PDFs to the printer, at 100 % and on A4.

A printer that scales moves the address out of the envelope's window: 96 % puts it at 28 mm.
"""

import os
import shutil
from typing import TYPE_CHECKING

from koba_desktop.services.ports import Printers

if TYPE_CHECKING:
    from koba_desktop.system.printing.windows_queue import WindowsQueue

_OF_CUPS = ("lp", "lpstat", "lpoptions", "cancel")


def vector_printers() -> Printers | None:
    """The way in which this PC hands over the PDF itself; None where there is none, and pages have
    to be printed as pictures."""
    if os.name == "nt":
        from koba_desktop.system.printing.sumatra import SumatraPrinters, sumatra

        found = sumatra()
        return SumatraPrinters(found) if found is not None else None
    if all(map(shutil.which, _OF_CUPS)):
        from koba_desktop.system.printing.cups import CupsPrinters

        return CupsPrinters()
    return None


def spool_queue() -> "WindowsQueue | None":
    """The queue that tells what became of pages painted here; None where nothing tells it."""
    if os.name != "nt":
        return None
    from koba_desktop.system.printing.windows_queue import WindowsQueue

    return WindowsQueue()
