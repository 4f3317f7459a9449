"""How every block looks that is selected, under the pointer, outdoors, or on its way elsewhere."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from koba_desktop.gui.tokens import Tokens

LOW = 20  # px of height: no air above or below the line


def blend(first: QColor, second: QColor, share: float) -> QColor:
    """``share`` of the first colour on the second."""
    return QColor.fromRgbF(
        first.redF() * share + second.redF() * (1 - share),
        first.greenF() * share + second.greenF() * (1 - share),
        first.blueF() * share + second.blueF() * (1 - share),
    )


def cut_corner(box: QRectF, corner: int) -> QPolygonF:
    """The box, its upper right corner cut off."""
    if not corner:
        return QPolygonF([box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()])
    return QPolygonF(
        [
            box.topLeft(),
            box.topRight() - QPointF(corner, 0),
            box.topRight() + QPointF(0, corner),
            box.bottomRight(),
            box.bottomLeft(),
        ]
    )


def paint_selection(painter: QPainter, block: QRect, tokens: Tokens, focused: bool) -> None:
    """A frame in the colour of text; with the keyboard here, the accent ring around it."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if focused:
        painter.setPen(QPen(tokens.accent, 2))
        painter.drawRect(block.adjusted(-3, -3, 2, 2))
    painter.setPen(QPen(tokens.text, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
    low = 1 if block.height() < LOW else 0
    painter.drawRect(block.adjusted(-low, -low, low, low))


def paint_hover(painter: QPainter, block: QRect, colour: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1))
    painter.drawRect(block.adjusted(0, 0, -1, -1))


def paint_slot(painter: QPainter, slot: QRect, tokens: Tokens, focused: bool) -> None:
    """The free slot under the keyboard."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(tokens.accent if focused else tokens.edge, 2 if focused else 1))
    painter.drawRect(slot.adjusted(2, 1, -3, -2))


def paint_veil(painter: QPainter, block: QRect, tokens: Tokens) -> None:
    """Over a block that is being tried elsewhere."""
    veil = QColor(tokens.base)
    veil.setAlphaF(0.55)
    painter.fillRect(block, veil)


def ghost_colours(
    tokens: Tokens, problem: str, forbidden: bool
) -> tuple[QColor, QColor, QColor, str]:
    """Edge, ground, ink and icon of where a block would come to lie."""
    if not problem:
        return tokens.accent, tokens.selection, tokens.on_selection, "clock"
    if forbidden:
        return tokens.emergency_edge, tokens.emergency_fill, tokens.emergency_text, "emergency"
    return tokens.warning_edge, tokens.warning_ground, tokens.warning, "warning"
