"""How the large tile of a room is drawn. What the clock changes can be drawn alone."""

from functools import cache

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen

from koba_desktop.gui import theme
from koba_desktop.gui.rooms.tile_layout import BAR, Button, Text, TileLayout, timer_texts
from koba_desktop.gui.rooms.tiles import Alarm, Tile
from koba_desktop.gui.tokens import Tokens
from koba_desktop.i18n import _

HATCHED = frozenset({"airing", "blocked"})
"""The roles of rooms that nobody is in and nobody may enter."""


def paint_still(
    painter: QPainter, place: QRect, tile: Tile, layout: TileLayout, hot: int = -1
) -> None:
    """All of a tile at ``place`` but what the clock changes; ``hot`` is the button under the
    pointer."""
    t = theme.tokens()
    ground = t.blocked_ground if tile.role == "blocked" else t.base
    painter.fillRect(place, ground)
    _frame(painter, place, tile, t)
    _side(painter, place, tile, t)
    for text in layout.texts:
        _write(painter, place.topLeft(), text, t)
    for picture in layout.pictures:
        theme.draw_icon(
            painter,
            picture.name,
            picture.place.translated(place.topLeft()),
            getattr(t, picture.role),
        )
    for number, button in enumerate(layout.buttons):
        _button(painter, place.topLeft(), button, number == hot, t)
    if not layout.initials.isNull():
        _field(painter, layout.initials.translated(place.topLeft()), t)


def paint_live(painter: QPainter, place: QRect, tile: Tile, layout: TileLayout) -> None:
    """Only what the clock changes: the large line and the bar below it."""
    t = theme.tokens()
    ground = t.blocked_ground if tile.role == "blocked" else t.base
    painter.fillRect(live_rect(place, layout), ground)
    _timer(painter, place.topLeft(), tile, layout, t)


def live_rect(place: QRect, layout: TileLayout) -> QRect:
    """The part of a tile at ``place`` that the clock changes."""
    return layout.live.united(layout.bar).translated(place.topLeft())


def _frame(painter: QPainter, place: QRect, tile: Tile, t: Tokens) -> None:
    colour = {Alarm.NONE: t.separator, Alarm.WARNING: t.warning_edge, Alarm.ERROR: t.now}
    width = 1 if tile.alarm is Alarm.NONE else 2
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour[tile.alarm], width))
    if width == 1:
        painter.drawRect(place.adjusted(0, 0, -1, -1))
    else:
        painter.drawRect(place.adjusted(1, 1, -1, -1))


def _side(painter: QPainter, place: QRect, tile: Tile, t: Tokens) -> None:
    """The bar at the left, hatched where the room is not in use for a reason."""
    inset = 0 if tile.alarm is Alarm.NONE else 2
    bar = QRect(place.left() + inset, place.top() + inset, BAR, place.height() - 2 * inset)
    colour: QColor = getattr(t, tile.role)
    if tile.role in HATCHED:
        painter.fillRect(bar, t.base)
        painter.fillRect(bar, QBrush(colour, Qt.BrushStyle.BDiagPattern))
        painter.setPen(colour)
        painter.drawRect(bar.adjusted(0, 0, -1, -1))
    else:
        painter.fillRect(bar, colour)


def _timer(painter: QPainter, corner: QPoint, tile: Tile, layout: TileLayout, t: Tokens) -> None:
    for text in timer_texts(tile, layout):
        _write(painter, corner, text, t)
    share = tile.timer.share
    if share is None:
        return
    bar = layout.bar.translated(corner)
    colour: QColor = t.now if tile.alarm is Alarm.ERROR else getattr(t, tile.role)
    painter.setPen(colour)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(bar.adjusted(0, 0, -1, -1))
    painter.fillRect(QRect(bar.left(), bar.top(), round(bar.width() * share), bar.height()), colour)


def _button(painter: QPainter, corner: QPoint, button: Button, hot: bool, t: Tokens) -> None:
    rect = QRectF(button.rect.translated(corner)).adjusted(0.5, 0.5, -0.5, -0.5)
    ground, edge, ink = t.base, t.edge, t.text
    if button.primary:
        ground, edge, ink = t.accent, t.text if hot else t.accent, t.on_accent
    elif button.weak:
        ground, edge, ink = t.base, t.separator, t.text2
    elif hot:
        ground, edge = t.alternate, t.accent
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    font = _font(theme.SMALL, button.primary)
    painter.setFont(font)
    width = painter.fontMetrics().horizontalAdvance(button.label)
    size, gap = (theme.px(14), theme.px(6)) if button.icon else (0, 0)
    x = rect.left() + (rect.width() - width - size - gap) / 2
    if button.icon:
        place = QRectF(round(x), round(rect.center().y() - size / 2), size, size)
        theme.draw_icon(painter, button.icon, place, ink)
    painter.setPen(ink)
    text = QRectF(x + size + gap, rect.top(), width + 2, rect.height())
    painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, button.label)


def _field(painter: QPainter, place: QRect, t: Tokens) -> None:
    """Where somebody signs: an empty field until it is opened."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(t.edge, 1))
    painter.setBrush(t.base)
    painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setFont(_font(theme.SMALL, False))
    painter.setPen(t.text2)
    painter.drawText(
        place.adjusted(6, 0, -4, 0),
        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
        _("Initials"),
    )


def _write(painter: QPainter, corner: QPoint, text: Text, t: Tokens) -> None:
    painter.setFont(_font(text.size, text.bold))
    painter.setPen(getattr(t, text.role))
    painter.drawText(text.at + corner, text.text)


def _font(size: int, bold: bool) -> QFont:
    return _made(size, bold, theme.px(size))


@cache
def _made(size: int, bold: bool, _pixels: int) -> QFont:
    """A font is made once for each size: making one costs more than writing with it."""
    return theme.font(size, bold)
