"""How this PC prints: the PDF itself where a program takes it, else its pages as pictures."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from koba_desktop.services.ports import PrintSettings

if TYPE_CHECKING:
    from koba_desktop.services.ports import PagePreview, PrinterOptions, Printers


class PrintersOfThisPc:
    """Fulfils ``services.ports.Printers``. Looked for when somebody prints: most never do."""

    def __init__(self, pages: "PagePreview") -> None:
        self._pages = pages

    @property
    def vector(self) -> bool:
        return self._way.vector

    def names(self) -> list[str]:
        return self._way.names()

    def options(self, printer: str) -> "PrinterOptions":
        return self._way.options(printer)

    def send(
        self,
        pdf: Path,
        *,
        printer: str,
        title: str,
        settings: PrintSettings = PrintSettings(),
        proceed: Callable[[], bool] = lambda: True,
    ) -> None:
        self._way.send(pdf, printer=printer, title=title, settings=settings, proceed=proceed)

    @cached_property
    def _way(self) -> "Printers":
        from koba_desktop.system.printing import spool_queue, vector_printers

        found = vector_printers()
        if found is not None:
            return found
        from koba_desktop.gui.printing.raster import RasterPrinters

        return RasterPrinters(self._pages, queue=spool_queue())
