"""The program's own line drawings (``resources/icons``), tinted as they are painted."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from koba_desktop.paths import resource_root


@cache
def _drawing(name: str) -> bytes:
    """The SVG text of an icon. Raises FileNotFoundError for an unknown name."""
    return (resource_root() / "icons" / f"{name}.svg").read_bytes()


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_drawing(name).replace(b"currentColor", colour.encode())))


def pixmap(name: str, size: int, color: QColor, ratio: float = 1.0) -> QPixmap:
    """The icon in one colour, ``size`` logical pixels square, for a screen of that pixel ratio."""
    key = f"koba:{name}:{size}:{color.rgba():x}:{ratio}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    pixels = round(size * ratio)
    drawn = QPixmap(pixels, pixels)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(color.alphaF())
    _renderer(name, color.name()).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, drawn)
    return drawn


def draw_icon(painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
    """Paint the icon into ``rect`` (logical pixels), sharp at the device's pixel ratio."""
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    size = round(min(rect.width(), rect.height()))
    if size <= 0:
        return
    drawn = pixmap(name, size, color, ratio)
    left = rect.left() + (rect.width() - size) / 2
    top = rect.top() + (rect.height() - size) / 2
    painter.drawPixmap(QRectF(left, top, size, size), drawn, QRectF(drawn.rect()))
