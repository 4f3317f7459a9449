"""Printing pages as pictures, where the PC has no way to hand over the PDF itself.

600 dpi, at which paper shows no steps, and some 0.8 s a page. The page is laid on the sheet from
its very edge: within a printer's margins the address would stand 4 mm too far right.
"""

from collections.abc import Callable
from pathlib import Path
from secrets import token_hex
from typing import Protocol

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.vocabulary import PrintTrouble
from koba_desktop.i18n import _
from koba_desktop.services.ports import PageImage, PagePreview, PrinterOptions, PrintSettings

DPI = 600
_MM = 25.4


class SpoolQueue(Protocol):
    """What becomes of a document after Qt has handed it over. Fulfilled by
    ``system.printing.windows_queue.WindowsQueue``."""

    def follow(self, printer: str, document: str, proceed: Callable[[], bool]) -> None:
        """Return once it is printed. Raises Unavailable: ``print_failed``, ``print_cancelled``."""

    def withdrawn(self, error: Unavailable, printer: str, document: str) -> Unavailable:
        """Take it out of the queue; what to raise."""


def device_of(printer: str) -> QPrinter:
    """The printer of this PC with that name. Raises Unavailable ``printer_missing``."""
    found = QPrinterInfo.printerInfo(printer)
    if found.isNull():
        raise Unavailable("printer_missing", "printer", printer=printer)
    return QPrinter(found, QPrinter.PrinterMode.HighResolution)


class RasterPrinters:
    """Fulfils ``services.ports.Printers``; slow, for the lane of printing. ``device`` opens a
    printer by its name. Without a ``queue`` what was handed over counts as printed."""

    vector = False

    def __init__(
        self,
        pages: PagePreview,
        device: Callable[[str], QPrinter] = device_of,
        queue: SpoolQueue | None = None,
    ) -> None:
        self._pages = pages
        self._device = device
        self._queue = queue

    def names(self) -> list[str]:
        return list(QPrinterInfo.availablePrinterNames())

    def options(self, printer: str) -> PrinterOptions:
        """The trays that Qt knows by name: whether the printer has them, it does not tell."""
        found = QPrinterInfo.printerInfo(printer)
        if found.isNull():
            raise Unavailable("printer_missing", "printer", printer=printer)
        return PrinterOptions(
            trays=tuple((source.name, name) for source, name in _trays().items()),
            duplex=QPrinter.DuplexMode.DuplexLongSide in found.supportedDuplexModes(),
        )

    def send(
        self,
        pdf: Path,
        *,
        printer: str,
        title: str,
        settings: PrintSettings = PrintSettings(),
        proceed: Callable[[], bool] = lambda: True,
    ) -> None:
        if self._queue is None:
            self._paint(pdf, printer, title, settings, proceed)
            return
        document = f"{title} {token_hex(3)}"  # no other in the queue has this name
        try:
            self._paint(pdf, printer, document, settings, proceed)
            self._queue.follow(printer, document, proceed)
        except Unavailable as error:
            if error.code in ("print_failed", "print_cancelled"):
                raise self._queue.withdrawn(error, printer, document) from error
            raise

    def _paint(
        self,
        pdf: Path,
        printer: str,
        document: str,
        settings: PrintSettings,
        proceed: Callable[[], bool],
    ) -> None:
        device = self._device(printer)
        _prepare(device, document, settings)
        content = pdf.read_bytes()
        repeats = 1 if device.supportsMultipleCopies() else settings.copies
        numbers = list(range(self._pages.page_count(content))) * repeats
        painter: QPainter | None = None
        try:
            for number in numbers:
                if not proceed():
                    raise Unavailable("print_cancelled", "printer", printer=printer)
                page = self._pages.page_image(content, number, DPI)
                _turn(device, page)
                if painter is None:
                    painter = _begun(device, printer)
                elif not device.newPage():
                    raise _failed(printer)
                _lay(painter, device, page)
            if painter is not None and not painter.end():
                raise _failed(printer)
        except Unavailable:
            device.abort()
            raise
        finally:
            if painter is not None and painter.isActive():
                painter.end()


def _prepare(device: QPrinter, title: str, settings: PrintSettings) -> None:
    device.setDocName(title)
    device.setCreator("KoBa Desktop")
    device.setFullPage(True)
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    device.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    device.setResolution(DPI)
    long_side, none = QPrinter.DuplexMode.DuplexLongSide, QPrinter.DuplexMode.DuplexNone
    device.setDuplex(long_side if settings.duplex else none)
    if settings.tray in QPrinter.PaperSource.__members__:
        device.setPaperSource(QPrinter.PaperSource[settings.tray])
    device.setCopyCount(settings.copies)
    device.setCollateCopies(True)


def _turn(device: QPrinter, page: PageImage) -> None:
    """Each page as it lies: upright or across."""
    across = page.width > page.height
    ways = QPageLayout.Orientation
    device.setPageOrientation(ways.Landscape if across else ways.Portrait)


def _begun(device: QPrinter, printer: str) -> QPainter:
    painter = QPainter()
    if not painter.begin(device):
        raise _failed(printer)
    return painter


def _lay(painter: QPainter, device: QPrinter, page: PageImage) -> None:
    """From the sheet's edge, at 100 % of the resolution the printer has in fact."""
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    image = QImage(page.data, page.width, page.height, page.stride, QImage.Format.Format_RGBA8888)
    scale_x, scale_y = device.logicalDpiX() / DPI, device.logicalDpiY() / DPI
    painter.drawImage(QRectF(0, 0, page.width * scale_x, page.height * scale_y), image)


def _failed(printer: str) -> Unavailable:
    return Unavailable("print_failed", "printer", printer=printer, detail=(PrintTrouble.ABORTED,))


def _trays() -> dict[QPrinter.PaperSource, str]:
    source = QPrinter.PaperSource
    return {
        source.Auto: _("Automatic"),
        source.Upper: _("Upper tray"),
        source.Middle: _("Middle tray"),
        source.Lower: _("Lower tray"),
        source.LargeCapacity: _("Large tray"),
        source.Manual: _("Manual feed"),
        source.Envelope: _("Envelopes"),
    }
