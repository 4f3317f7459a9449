"""Lines of the list as they were drawn last: drawing one takes dozens of steps, and while a worker
reads thousands of letters each step may have to wait for it."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPixmap

_MOST = 400
"""Pictures kept: some screens full of lines. Beyond it all are drawn anew."""


@dataclass(frozen=True, slots=True)
class _Picture:
    shows: object
    pixmap: QPixmap


class DrawnLines:
    """Draws a line once, and again where what it shows is something else."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, _Picture] = {}

    def forget(self) -> None:
        """Other colours or letters: nothing is as it was drawn."""
        self._kept.clear()

    def paint(
        self,
        painter: QPainter,
        rect: QRect,
        key: Hashable,
        shows: object,
        draw: Callable[[QPainter, QRect], None],
    ) -> None:
        """Draw the line ``key`` of the list, ``draw`` doing so where it does not show the same as
        last time (compared by ``shows``)."""
        ratio = painter.device().devicePixelRatio()
        known = (shows, rect.size(), ratio)
        picture = self._kept.get(key)
        if picture is None or picture.shows != known:
            picture = _Picture(known, _drawn(rect, ratio, draw))
            if len(self._kept) >= _MOST:
                self.forget()
            self._kept[key] = picture
        painter.drawPixmap(rect.topLeft(), picture.pixmap)


def _drawn(rect: QRect, ratio: float, draw: Callable[[QPainter, QRect], None]) -> QPixmap:
    pixmap = QPixmap(rect.size() * ratio)
    pixmap.setDevicePixelRatio(ratio)
    painter = QPainter(pixmap)
    try:
        draw(painter, QRect(QPoint(0, 0), rect.size()))
    finally:
        painter.end()
    return pixmap
