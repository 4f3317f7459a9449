"""Codes to be read by machines: the QR code with the appointment, the DataMatrix of its number.

The DataMatrix is for the scanners at the desk, which act as keyboards: it says what a person would
type. It was chosen over Code 128, which cannot be read when the slip lies askew.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from koba_desktop.letters.page import up
from koba_desktop.letters.setting import MM

QR_MODULE = 0.5  # mm: smaller ones are not read from a copy of 200 dpi
QR_QUIET = 4  # modules of white around a QR code (ISO/IEC 18004)
MATRIX_QUIET = 1  # and around a DataMatrix (ISO/IEC 16022)

_CORRECTION = "M"  # of a QR code: 15 % of it may be lost
_DARK = re.compile(rb"\x00+")
_INK = "0 0 0 rg"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A code without its quiet zone; ``x``, ``top`` and ``module`` (edge of a module) in mm.

    ``path`` are its dark modules as PDF rectangles, one unit a module, from the upper left corner;
    ``content`` says what the code is, not what it encodes.
    """

    x: float
    top: float
    module: float
    size: int  # modules a side
    path: str
    content: str
    where: str = ""

    @property
    def width(self) -> float:
        """Of a side, mm."""
        return self.size * self.module

    @property
    def bottom(self) -> float:
        return self.top + self.width

    def require_glyphs(self) -> None:
        """A code has none."""

    def draw(self, canvas: Any) -> None:
        edge = self.module * MM
        canvas.addLiteral(
            f"q {edge:.5f} 0 0 {-edge:.5f} {self.x * MM:.4f} {up(self.top):.4f} cm"
            f" {_INK} {self.path} f Q"
        )


def qr(text: str, *, x: float, top: float, content: str, where: str = "") -> Symbol:
    """A QR code of correction level M, with modules of 0.5 mm."""
    size, path = _qr(text)
    return Symbol(x, top, QR_MODULE, size, path, content, where)


def data_matrix(
    text: str, *, x: float, top: float, module: float, content: str, where: str = ""
) -> Symbol:
    """A DataMatrix (ECC 200); ``module`` in mm."""
    size, path = _matrix(text)
    return Symbol(x, top, module, size, path, content, where)


@lru_cache(maxsize=64)
def _qr(text: str) -> tuple[int, str]:
    """A letter is laid out more than once until it fits."""
    import zxingcpp

    return _modules(
        zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=_CORRECTION)
    )


@lru_cache(maxsize=64)
def _matrix(text: str) -> tuple[int, str]:
    """A number stands on its letter and on the slip."""
    import zxingcpp

    return _modules(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix))


def _modules(barcode: Any) -> tuple[int, str]:
    """Modules a side, and the dark ones as one path: each row's runs."""
    import zxingcpp

    image: Any = zxingcpp.write_barcode_to_image(barcode, scale=1, add_quiet_zones=False)
    height, width = image.shape
    rows = memoryview(image).tobytes()
    runs = [
        f"{run.start()} {row} {run.end() - run.start()} 1 re"
        for row in range(height)
        for run in _DARK.finditer(rows[row * width : (row + 1) * width])
    ]
    return width, " ".join(runs)
