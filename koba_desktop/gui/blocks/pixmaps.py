"""What was painted and is kept: the rows or columns of blocks as pixmaps."""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPixmap


class Pixmaps:
    """A pixmap for each number, painted again only when what it shows differs."""

    def __init__(self) -> None:
        self._held: dict[int, tuple[Hashable, QPixmap]] = {}

    def forget(self) -> None:
        """Everything looks different now."""
        self._held.clear()

    def of(
        self,
        number: int,
        shown: Hashable,
        size: QSize,
        ratio: float,
        paint: Callable[[QPainter], None],
    ) -> QPixmap:
        """The pixmap of what is ``shown``, ``size`` large at ``ratio`` device pixels a pixel."""
        key = (shown, ratio)
        held = self._held.get(number)
        if held is not None and held[0] == key:
            return held[1]
        pixmap = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
        pixmap.setDevicePixelRatio(ratio)
        painter = QPainter(pixmap)
        paint(painter)
        painter.end()
        self._held[number] = (key, pixmap)
        return pixmap
