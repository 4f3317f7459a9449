"""The live parts, painted over the cached columns: time line, selection, hover, ghosts, axis."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygon

from koba_desktop.gui.blocks.painting import LOW, blend, ghost_colours
from koba_desktop.gui.calendar.geometry import Geometry
from koba_desktop.gui.icons import draw_icon
from koba_desktop.gui.tokens import Tokens

HANDLE_WIDTH, HANDLE_HEIGHT = 8, 5


def paint_axis(
    painter: QPainter, geometry: Geometry, tokens: Tokens, font: QFont, step: int
) -> None:
    """The times at the left, at every full hour (at every line in the finest zoom)."""
    painter.fillRect(0, 0, geometry.axis, geometry.height, tokens.base)
    painter.setFont(font)
    metrics = QFontMetrics(font)
    height = metrics.height()
    every = 60 if step >= 30 else 30
    for minute in range(-(-geometry.first // every) * every, geometry.last + 1, every):
        y = geometry.y_of(minute)
        if y < height // 2 or y > geometry.height - height // 2:
            continue
        painter.setPen(tokens.text2)
        text = f"{minute // 60:02d}:{minute % 60:02d}"
        box = QRect(0, y - height // 2, geometry.axis - 8, height)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(tokens.separator)
        painter.drawLine(geometry.axis - 4, y, geometry.axis, y)


def paint_time_line(
    painter: QPainter,
    geometry: Geometry,
    minute: int,
    today: Sequence[bool],
    blocks: Sequence[Sequence[QRect]],
    tokens: Tokens,
    font: QFont,
) -> None:
    """The present: a strong line through today's columns, faint in others, beneath the blocks
    (across text it would read as "cancelled"), with a badge on the axis."""
    y = geometry.y_of(minute)
    for number, is_today in enumerate(today):
        column = geometry.column_rect(number)
        at, segments = column.left(), []
        for block in sorted(blocks[number], key=QRect.left):
            if block.top() <= y <= block.bottom():
                if block.left() > at:
                    segments.append((at, block.left() - 1))
                at = max(at, block.right() + 1)
        if at <= column.right():
            segments.append((at, column.right()))
        colour = tokens.now if is_today else blend(tokens.now, tokens.base, 0.4)
        painter.setPen(QPen(colour, 2 if is_today else 1))
        for left, right in segments:
            painter.drawLine(QLineF(left, y, right, y))
        if is_today and (number == 0 or not today[number - 1]):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.now)
            x = column.left()
            painter.drawPolygon(
                QPolygon([QPoint(x - 4, y - 5), QPoint(x + 3, y), QPoint(x - 4, y + 5)])
            )
    bold = QFont(font)
    bold.setBold(True)
    metrics = QFontMetrics(bold)
    badge = QRect(1, y - metrics.height() // 2, geometry.axis - 4, metrics.height())
    painter.fillRect(badge, tokens.now)
    painter.setFont(bold)
    painter.setPen(tokens.base)
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, f"{minute // 60:02d}:{minute % 60:02d}")


def handle_rects(block: QRect) -> tuple[QRect, QRect]:
    """The handles at the upper and lower edge that change the duration; outside a low block,
    whose one line they would hide."""
    x = block.center().x() - HANDLE_WIDTH // 2
    inside = 0 if block.height() < LOW else 2
    return (
        QRect(x, block.top() - HANDLE_HEIGHT + inside, HANDLE_WIDTH, HANDLE_HEIGHT),
        QRect(x, block.bottom() + 1 - inside, HANDLE_WIDTH, HANDLE_HEIGHT),
    )


def paint_handles(painter: QPainter, block: QRect, tokens: Tokens) -> None:
    painter.setPen(QPen(tokens.text, 1))
    painter.setBrush(tokens.base)
    for handle in handle_rects(block):
        painter.drawRect(handle)


def paint_former(painter: QPainter, rect: QRect, text: str, tokens: Tokens, font: QFont) -> None:
    """Where an appointment was before it was moved: hollow, dotted and struck through."""
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(tokens.edge, 1, Qt.PenStyle.DotLine))
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
    struck = QFont(font)
    struck.setStrikeOut(True)
    painter.setFont(struck)
    painter.setPen(tokens.text2)
    metrics = QFontMetrics(struck)
    room = rect.width() - 8
    painter.setClipRect(rect)
    painter.drawText(
        QRect(rect.left() + 4, rect.bottom() - metrics.height() - 1, room, metrics.height()),
        Qt.AlignmentFlag.AlignLeft,
        metrics.elidedText(text, Qt.TextElideMode.ElideRight, room),
    )
    painter.restore()


def paint_ghost(
    painter: QPainter,
    rect: QRect,
    times: str,
    problem: str,
    forbidden: bool,
    tokens: Tokens,
    font: QFont,
) -> None:
    """Where a dragged block would come to lie; what stands against it as colour, icon and text."""
    edge, ground, ink, icon = ghost_colours(tokens, problem, forbidden)
    veil = QColor(ground)
    veil.setAlphaF(0.92)
    painter.save()
    painter.fillRect(rect, veil)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(edge, 2))
    painter.drawRect(rect.adjusted(1, 1, -1, -1))
    bold = QFont(font)
    bold.setBold(True)
    metrics = QFontMetrics(bold)
    size = round(metrics.height() * 0.82)
    lines = [times, *([problem] if problem else [])]
    if rect.height() < len(lines) * metrics.height() + 4 and problem:
        lines = [problem]
    top = rect.top() + max(2, (min(rect.height(), 2 * metrics.height()) - metrics.height()) // 2)
    top = rect.top() + 3 if len(lines) > 1 else top
    draw_icon(painter, icon, QRectF(rect.left() + 5, top + 1, size, size), ink)
    painter.setPen(ink)
    for number, text in enumerate(lines):
        painter.setFont(bold if number == 0 else font)
        left = rect.left() + 5 + (size + 4 if number == 0 else 0)
        room = rect.right() - 4 - left
        box = QRect(left, top + number * metrics.height(), room, metrics.height())
        painter.drawText(
            box,
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room),
        )
    painter.restore()
