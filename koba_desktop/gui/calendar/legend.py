"""What shapes and marks mean, in one line below the calendar."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from koba_desktop.domain.vocabulary import AppointmentState, Channel
from koba_desktop.gui import theme
from koba_desktop.gui.blocks.kinds import BlockKind, kind_colours, kind_icon
from koba_desktop.gui.calendar.painting import TAB
from koba_desktop.gui.icons import draw_icon
from koba_desktop.i18n import _
from koba_desktop.i18n.words import word


def _kinds() -> list[tuple[BlockKind, str]]:
    return [
        (BlockKind.TELEPHONE, word(Channel.TELEPHONE)),
        (BlockKind.IN_PERSON, word(Channel.IN_PERSON)),
        (BlockKind.OUTDOORS, word(Channel.OUTDOORS)),
        (BlockKind.EMERGENCY, _("Emergency")),
    ]


def _states() -> list[tuple[str, str]]:
    return [
        ("letter", word(AppointmentState.PROPOSED)),
        ("arrive", word(AppointmentState.ARRIVED)),
        ("run", word(AppointmentState.IN_PROGRESS)),
        ("tick", word(AppointmentState.KEPT)),
        ("phone-cross", _("not reached")),
        ("cross", _("cancelled")),
    ]


class Legend(QWidget):
    """Decoration for the eye: assistive technology hears kind and state with every appointment."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(theme.font())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.watcher().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(300, QFontMetrics(theme.font()).height() + 10)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.window)
        painter.setPen(tokens.separator)
        painter.drawLine(0, 0, self.width(), 0)
        size = theme.px(15)
        x = 10
        for kind, text in _kinds():
            colours = kind_colours(tokens, kind)
            swatch = QRect(x, (self.height() - size) // 2, theme.px(22), size)
            painter.fillRect(swatch, colours.fill)
            bar = TAB // 2 if kind is BlockKind.IN_PERSON else 4
            if kind is not BlockKind.EMERGENCY:
                painter.fillRect(QRect(swatch.left(), swatch.top(), bar, size), colours.edge)
            painter.setPen(QPen(colours.edge, 2 if kind is BlockKind.EMERGENCY else 1))
            painter.drawRect(swatch.adjusted(0, 0, -1, -1))
            x = self._word(painter, swatch.right() + 6, kind_icon(kind), text, size)
        x += 12
        painter.setPen(tokens.separator)
        painter.drawLine(x - 12, 6, x - 12, self.height() - 6)
        for icon, text in _states():
            if icon == "letter":
                pen = QPen(tokens.telephone_edge, 1.5, Qt.PenStyle.CustomDashLine)
                pen.setDashPattern([5 / 1.5, 3 / 1.5])
                swatch = QRect(x, (self.height() - size) // 2, theme.px(22), size)
                painter.fillRect(swatch, tokens.base)
                painter.setPen(pen)
                painter.drawRect(swatch.adjusted(0, 0, -1, -1))
                x = swatch.right() + 6
            x = self._word(painter, x, icon, text, size, struck=icon == "cross")

    def _word(
        self, painter: QPainter, x: int, icon: str, text: str, size: int, struck: bool = False
    ) -> int:
        """Icon and word if they fit; the place after them."""
        tokens = theme.tokens()
        font = theme.font()
        metrics = QFontMetrics(font)
        extent = size + 5 + metrics.horizontalAdvance(text)
        if x + extent > self.width():
            return x
        draw_icon(painter, icon, QRectF(x, (self.height() - size) / 2, size, size), tokens.text)
        font.setStrikeOut(struck)
        painter.setFont(font)
        painter.setPen(tokens.text2 if struck else tokens.text)
        baseline = (self.height() + metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(x + size + 5, baseline), text)
        return x + extent + 14
