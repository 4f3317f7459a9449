"""What lies under the blocks: closed hours with their reason, and lines."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen

from koba_desktop.gui.blocks.painting import blend
from koba_desktop.gui.calendar.geometry import Geometry
from koba_desktop.gui.calendar.scene import Scene, Shade
from koba_desktop.gui.calendar.signs import hatch
from koba_desktop.gui.calendar.wording import closure_lines
from koba_desktop.gui.tokens import Tokens


def paint_background(
    painter: QPainter,
    scene: Scene,
    geometry: Geometry,
    column: int,
    tokens: Tokens,
    font: QFont,
    step: int,
    blocks: list[QRect],
) -> None:
    """One column in its own coordinates (left edge at 0), lines every ``step`` minutes."""
    width = geometry.column_rect(column).width()
    painter.fillRect(0, 0, width, geometry.height, tokens.base)
    shades = [s for s in scene.shades[column] if s.ends > geometry.first]
    _lines(painter, geometry, width, tokens, step)
    for shade in shades:
        rect = _rect(geometry, shade, width)
        painter.fillRect(rect, tokens.hatch_ground)
        painter.fillRect(rect, hatch(tokens))
    painter.setPen(tokens.separator)
    painter.drawLine(0, 0, 0, geometry.height)
    for shade in shades:
        _reason(painter, geometry, shade, width, tokens, font, blocks)


def _rect(geometry: Geometry, shade: Shade, width: int) -> QRect:
    top = geometry.y_of(max(shade.starts, geometry.first))
    bottom = geometry.y_of(min(shade.ends, geometry.last))
    return QRect(0, top, width, bottom - top)


def _lines(painter: QPainter, geometry: Geometry, width: int, tokens: Tokens, step: int) -> None:
    faint = blend(tokens.separator, tokens.base, 0.55)
    first = -(-geometry.first // step) * step
    for minute in range(first, geometry.last + 1, step):
        y = geometry.y_of(minute)
        painter.setPen(QPen(tokens.separator if minute % 60 == 0 else faint, 1))
        painter.drawLine(0, y, width, y)


def _reason(
    painter: QPainter,
    geometry: Geometry,
    shade: Shade,
    width: int,
    tokens: Tokens,
    font: QFont,
    blocks: list[QRect],
) -> None:
    strong, plain = closure_lines(shade.closure, shade.opened_before)
    lines = [(text, bold) for text, bold in ((strong, True), (plain, False)) if text]
    metrics = QFontMetrics(font)
    while lines:
        height = len(lines) * metrics.height() + 2
        gap = _free_gap(_rect(geometry, shade, width), blocks)
        if gap.height() >= height + 4:
            break
        lines.pop()
    if not lines:
        return
    top = gap.center().y() - height // 2
    bold = QFont(font)
    bold.setBold(True)
    for text, is_bold in lines:
        painter.setFont(bold if is_bold else font)
        fitted = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width - 14)
        extent = painter.fontMetrics().horizontalAdvance(fitted) + 12
        box = QRect((width - extent) // 2, top, extent, metrics.height() + 1)
        painter.fillRect(box, tokens.hatch_ground)
        painter.setPen(tokens.text2)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, fitted)
        top += metrics.height()


def _free_gap(area: QRect, blocks: list[QRect]) -> QRect:
    """The highest stretch of ``area`` no block lies in."""
    best, at = QRect(area.left(), area.top(), area.width(), 0), area.top()
    for block in sorted((b for b in blocks if b.intersects(area)), key=QRect.top):
        if block.top() - at > best.height():
            best = QRect(area.left(), at, area.width(), block.top() - at)
        at = max(at, block.bottom() + 1)
    if area.bottom() + 1 - at > best.height():
        best = QRect(area.left(), at, area.width(), area.bottom() + 1 - at)
    return best
