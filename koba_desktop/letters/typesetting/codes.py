"""Codes to be read by machines: the QR code with the appointment, the DataMatrix of its number.

Each is one bitmap, a bit a module, which the printer draws as sharp as it can: as rectangles a code
would be the larger part of its page.

The DataMatrix is for the scanners at the desk, which act as keyboards: it says what a person would
type. It was chosen over Code 128, which cannot be read when the slip lies askew.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from koba_desktop.letters.typesetting.geometry import POINTS_PER_MM
from koba_desktop.letters.typesetting.page import up

QR_MODULE = 0.5  # mm: smaller ones are not read from a copy of 200 dpi
QR_QUIET = 4  # modules of white around a QR code (ISO/IEC 18004)

_CORRECTION = "M"  # of a QR code: 15 % of it may be lost
# Weighing all eight masks takes ten times as long as the code. Of text none of them makes a pattern
# that misleads: poor copies of 200 and 150 dpi are read as often with any of them.
_MASK = 3
_BITS = bytes.maketrans(b"\x00\xff", b"01")  # a dark module is 0: what is 0 gets ink


@dataclass(frozen=True, slots=True)
class Symbol:
    """A code without its quiet zone; ``x``, ``top`` and ``module`` (edge of a module) in mm.

    ``mask`` are its modules as a bitmap in hexadecimal digits, rows from the top, each filled up to
    whole bytes; ``content`` says what the code is, not what it encodes.
    """

    x: float
    top: float
    module: float
    size: int  # modules a side
    mask: str
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
        edge, left = self.width * POINTS_PER_MM, self.x * POINTS_PER_MM
        canvas.addLiteral(
            f"q {edge:.4f} 0 0 {edge:.4f} {left:.4f} {up(self.bottom):.4f} cm 0 0 0 rg\n"
            f"BI /W {self.size} /H {self.size} /BPC 1 /IM true /F /AHx ID\n{self.mask}>\nEI Q"
        )


def qr(text: str, *, x: float, top: float, content: str, where: str = "") -> Symbol:
    """A QR code of correction level M, with modules of 0.5 mm."""
    size, mask = _qr(text)
    return Symbol(x, top, QR_MODULE, size, mask, content, where)


def data_matrix(
    text: str, *, x: float, top: float, module: float, content: str, where: str = ""
) -> Symbol:
    """A DataMatrix (ECC 200); ``module`` in mm."""
    size, mask = _matrix(text)
    return Symbol(x, top, module, size, mask, content, where)


@lru_cache(maxsize=64)
def _qr(text: str) -> tuple[int, str]:
    """A letter is laid out more than once until it fits."""
    import zxingcpp

    return _modules(
        zxingcpp.create_barcode(
            text, zxingcpp.BarcodeFormat.QRCode, ec_level=_CORRECTION, data_mask=_MASK
        )
    )


@lru_cache(maxsize=64)
def _matrix(text: str) -> tuple[int, str]:
    """A number stands on its letter and on the slip."""
    import zxingcpp

    return _modules(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix))


def _modules(barcode: Any) -> tuple[int, str]:
    """Modules a side, and the mask."""
    import zxingcpp

    image: Any = zxingcpp.write_barcode_to_image(barcode, scale=1, add_quiet_zones=False)
    size, _width = image.shape
    bits = memoryview(image).tobytes().translate(_BITS)
    row_bytes = -(-size // 8)
    filled = b"1" * (row_bytes * 8 - size)
    rows = b"".join(bits[at : at + size] + filled for at in range(0, size * size, size))
    return size, int(rows, 2).to_bytes(row_bytes * size).hex()
