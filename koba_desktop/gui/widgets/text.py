"""One line of painted text: how wide it is, and how it is written where it may not fit."""

from math import ceil

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QPainter

from koba_desktop.gui import theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def advance(text: str, *, bold: bool = False) -> int:
    """How wide a text is, rounded up: fractions of a pixel would shorten it."""
    return ceil(QFontMetricsF(theme.font(bold=bold)).horizontalAdvance(text)) if text else 0


def write(
    painter: QPainter,
    rect: QRect | QRectF,
    text: str,
    font: QFont,
    color: QColor,
    flags: Qt.AlignmentFlag = LEFT,
) -> None:
    """One line of text, shortened with "…" where it does not fit."""
    painter.setFont(font)
    painter.setPen(color)
    short = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
    painter.drawText(rect, flags | Qt.TextFlag.TextSingleLine, short)
