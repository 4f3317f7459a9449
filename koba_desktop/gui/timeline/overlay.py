"""The live parts, painted over the cached rows: hours, names, the present, ghosts."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen

from koba_desktop.gui.blocks.painting import ghost_colours
from koba_desktop.gui.icons import draw_icon
from koba_desktop.gui.timeline.geometry import Geometry
from koba_desktop.gui.tokens import Tokens

DOT = 4  # px, the radius of the dot on the present
_STEPS = (30, 60, 120, 180, 240)


def label_step(geometry: Geometry, metrics: QFontMetrics, *, short: bool) -> tuple[int, bool]:
    """Minutes between two labels that fit side by side, and whether they are "08" for "08:00"."""
    for step in _STEPS:
        room = step * geometry.minute_width
        if not short and metrics.horizontalAdvance("00:00") + 10 <= room:
            return step, False
        if short and step >= 60 and metrics.horizontalAdvance("00") + 6 <= room:
            return step, True
    return _STEPS[-1], True


def paint_head(
    painter: QPainter, geometry: Geometry, tokens: Tokens, font: QFont, *, short: bool
) -> None:
    """The hours above the rows."""
    painter.fillRect(0, 0, geometry.width, geometry.head, tokens.base)
    painter.setFont(font)
    metrics = QFontMetrics(font)
    step, bare = label_step(geometry, metrics, short=short)
    painter.setPen(tokens.text2)
    written = 0
    for minute in range(-(-geometry.first // step) * step, geometry.last + 1, step):
        text = f"{minute // 60:02d}" if bare else f"{minute // 60:02d}:{minute % 60:02d}"
        extent = metrics.horizontalAdvance(text)
        left = min(geometry.x_of(minute) - extent // 2, geometry.width - extent - 1)
        if left < written:
            continue
        written = left + extent + 4
        box = QRect(left, 0, extent + 2, geometry.head - 2)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
    painter.setPen(tokens.separator)
    painter.drawLine(0, geometry.head - 1, geometry.width, geometry.head - 1)


def paint_name(
    painter: QPainter, box: QRect, text: str, tokens: Tokens, font: QFont, *, left: int
) -> None:
    """What a row is called."""
    painter.setFont(font)
    painter.setPen(tokens.text)
    inner = box.adjusted(left, 0, -4, 0)
    metrics = QFontMetrics(font)
    painter.drawText(
        inner,
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
        metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width()),
    )


def now_rect(geometry: Geometry, minute: float, bottom: int) -> QRect:
    """What the line of the present and its dot take up, from the dot down to ``bottom``."""
    x = geometry.x_of(minute)
    top = geometry.head - 2 * DOT - 1
    return QRect(x - DOT - 1, top, 2 * DOT + 3, bottom - top)


def paint_now(
    painter: QPainter, geometry: Geometry, minute: float, bottom: int, tokens: Tokens
) -> None:
    """The line of the present through all rows."""
    x = geometry.x_of(minute)
    painter.setPen(QPen(tokens.now, 2))
    painter.drawLine(x, geometry.head, x, bottom)


def paint_dot(painter: QPainter, geometry: Geometry, minute: float, tokens: Tokens) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.now)
    painter.drawEllipse(QPointF(geometry.x_of(minute), geometry.head - DOT - 1), DOT, DOT)
    painter.restore()


def paint_ghost(
    painter: QPainter,
    block: QRect,
    pause: QRect,
    flag: QRect,
    lines: list[str],
    problem: str,
    forbidden: bool,
    tokens: Tokens,
    font: QFont,
) -> None:
    """Where a use would come to lie with its pause, and a flag that says what stands against it:
    by colour, icon and text."""
    edge, ground, ink, icon = ghost_colours(tokens, problem, forbidden)
    painter.save()
    veil = QColor(ground)
    veil.setAlphaF(0.9)
    painter.fillRect(block, veil)
    if not pause.isEmpty():
        painter.fillRect(pause, QBrush(edge, Qt.BrushStyle.BDiagPattern))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(edge, 2))
    painter.drawRect(block.adjusted(1, 1, -1, -1))
    painter.fillRect(flag, ground)
    painter.setPen(QPen(edge, 1))
    painter.drawRect(flag.adjusted(0, 0, -1, -1))
    metrics = QFontMetrics(font)
    size = round(metrics.height() * 0.82)
    draw_icon(painter, icon, QRectF(flag.left() + 6, flag.top() + 4, size, size), ink)
    painter.setFont(font)
    painter.setPen(ink)
    for number, text in enumerate(lines):
        left = flag.left() + 6 + size + 5
        box = QRect(
            left, flag.top() + 3 + number * metrics.height(), flag.right() - left, metrics.height()
        )
        painter.drawText(
            box,
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width()),
        )
    painter.restore()


def flag_rect(block: QRect, lines: list[str], font: QFont, area: QRect) -> QRect:
    """Where the flag of a ghost stands: below it, above it where there is no room; inside
    ``area``."""
    metrics = QFontMetrics(font)
    size = round(metrics.height() * 0.82)
    width = max(metrics.horizontalAdvance(text) for text in lines) + size + 18
    height = len(lines) * metrics.height() + 6
    width = min(width, area.width())
    left = max(area.left(), min(block.left(), area.right() + 1 - width))
    top = block.bottom() + 3
    if top + height > area.bottom():
        top = block.top() - 2 - height
    return QRect(left, max(area.top(), top), width, height)
