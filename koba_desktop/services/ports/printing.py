"""What the use cases need of printers and of pages as pictures."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as pixels: rows of ``stride`` bytes, each pixel red, green, blue, alpha."""

    width: int
    height: int
    stride: int
    data: bytes


class PagePreview(Protocol):
    def page_image(self, pdf: bytes, page: int, dpi: float) -> PageImage:
        """Page ``page`` (from 0) of a PDF on white. Raises NotFound, Unavailable."""

    def page_count(self, pdf: bytes) -> int: ...


@dataclass(frozen=True, slots=True)
class PrintSettings:
    """How a job is printed. ``tray`` is the printer's own word for it, "" its usual one."""

    tray: str = ""
    duplex: bool = False
    copies: int = 1


@dataclass(frozen=True, slots=True)
class PrinterOptions:
    """What a printer can do. ``trays``: its own word for each, and how people call it."""

    trays: tuple[tuple[str, str], ...] = ()
    duplex: bool = False


class Printers(Protocol):
    @property
    def vector(self) -> bool:
        """Whether printers get the PDF itself; else its pages as pictures, which takes longer."""

    def names(self) -> list[str]: ...

    def options(self, printer: str) -> PrinterOptions:
        """Raises Unavailable ``printer_missing``, ``print_program_missing``."""

    def send(
        self,
        pdf: Path,
        *,
        printer: str,
        title: str,
        settings: PrintSettings = PrintSettings(),
        proceed: Callable[[], bool] = lambda: True,
    ) -> None:
        """Print the PDF at 100 %; returns once the printer took all of it, which may be minutes.
        ``proceed`` is asked again and again meanwhile; False takes the job back. Raises
        Unavailable: ``printer_missing``, ``print_failed``, ``print_cancelled``,
        ``print_program_missing``; then nothing is left in the queue, but for a ``print_failed``
        whose ``detail`` holds LEFT_IN_QUEUE."""
