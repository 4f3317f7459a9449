"""The right and the lower side of the reception: the board and the hours, each with its head."""

from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSettings, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QSplitter, QVBoxLayout, QWidget

from koba_desktop.domain.vocabulary import Channel, RoomBookingState, Urgency
from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.reception.painting import write
from koba_desktop.gui.rooms.board import RoomBoard
from koba_desktop.gui.rooms.deeds import RoomDeeds
from koba_desktop.gui.timeline.view import RoomTimeline
from koba_desktop.gui.timeline.wiring import attach
from koba_desktop.gui.widgets.text import advance
from koba_desktop.i18n import _
from koba_desktop.i18n.words import word

S = RoomBookingState
_HEIGHT = 24
_PAD = 8


@dataclass(frozen=True, slots=True)
class Sign:
    """What a mark means. ``fill`` is the token of a little block, "" for an icon alone; ``role``
    that of its edge or of the icon."""

    text: str
    icon: str
    role: str
    fill: str = ""
    hatched: bool = False


class PartHead(QWidget):
    """A title, a quiet note, and at the right what the marks mean, as far as there is room: for
    the eye only, a screen reader hears it with every room and every use."""

    def __init__(
        self, title: str, signs: tuple[Sign, ...], parent: QWidget, note: str = ""
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._note = note
        self._signs = signs
        self.setFont(theme.font())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.watcher().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        height = max(theme.px(_HEIGHT), QFontMetrics(theme.font()).height() + 6)
        return QSize(theme.px(200), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(60), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), t.window)
        painter.setPen(t.separator)
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        title = QRect(_PAD, 0, advance(self._title, bold=True), self.height())
        write(painter, title, self._title, t.text, bold=True)
        left = title.right() + _PAD
        note = QRect(left, 0, advance(self._note), self.height())
        if self._note and note.right() < self.width() - _PAD:
            write(painter, note, self._note, t.text2)
            left = note.right() + _PAD
        self._paint_signs(painter, left)

    def _paint_signs(self, painter: QPainter, left: int) -> None:
        size, block = theme.px(14), theme.px(16)
        widths = [
            (block + 4 if sign.fill or sign.hatched else 0)
            + (size + 4 if sign.icon else 0)
            + advance(sign.text)
            for sign in self._signs
        ]
        gap = theme.px(14)
        x = self.width() - _PAD - sum(widths) - gap * (len(widths) - 1)
        if x < left:
            return
        for sign, width in zip(self._signs, widths, strict=True):
            self._paint_sign(painter, x, sign)
            x += width + gap

    def _paint_sign(self, painter: QPainter, x: int, sign: Sign) -> None:
        t = theme.tokens()
        edge = getattr(t, sign.role)
        size, block = theme.px(14), theme.px(16)
        if sign.fill or sign.hatched:
            box = QRect(x, (self.height() - theme.px(12)) // 2, block, theme.px(12))
            painter.fillRect(box, getattr(t, sign.fill) if sign.fill else t.base)
            if sign.hatched:
                painter.fillRect(box, QBrush(edge, Qt.BrushStyle.BDiagPattern))
            painter.setPen(QPen(edge, 1))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            if not sign.hatched:
                painter.fillRect(box.left(), box.top(), 3, box.height(), edge)
            x += block + 4
        if sign.icon:
            place = QRectF(x, (self.height() - size) / 2, size, size)
            theme.draw_icon(painter, sign.icon, place, edge)
            x += size + 4
        room = QRect(x, 0, advance(sign.text), self.height())
        write(painter, room, sign.text, t.text2)


class Border(QObject):
    """The border between two parts: where the user left it, until then where it is suggested."""

    def __init__(self, splitter: QSplitter, name: str) -> None:
        super().__init__(splitter)
        self._splitter = splitter
        self._key = f"reception/{name}"
        stored = QSettings().value(self._key)
        self._chosen = isinstance(stored, QByteArray) and splitter.restoreState(stored)
        splitter.splitterMoved.connect(self._on_moved)

    def suggest(self, first: int) -> None:
        """So much for the first part, the rest for the second."""
        splitter = self._splitter
        whole = splitter.width()
        if splitter.orientation() is Qt.Orientation.Vertical:
            whole = splitter.height()
        if not self._chosen:
            splitter.setSizes([first, whole - first])

    def _on_moved(self) -> None:
        self._chosen = True
        QSettings().setValue(self._key, self._splitter.saveState())


class BoardSide(QWidget):
    """The rooms now."""

    def __init__(self, desk: Desk, deeds: RoomDeeds, parent: QWidget) -> None:
        super().__init__(parent)
        signs = (
            Sign(_("free"), "free", "ok"),
            Sign(word(S.OCCUPIED), "occupied", "in_person_edge"),
            Sign(word(S.AIRING), "air", "airing"),
            Sign(word(S.CLEANING), "clean", "cleaning"),
            Sign(_("out of service"), "blocked", "blocked"),
            Sign(word(Channel.OUTDOORS), "tree", "outdoors_edge"),
        )
        self.board = RoomBoard(desk, deeds, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(PartHead(_("Rooms and places now"), signs, self))
        layout.addWidget(self.board, 1)


class HoursSide(QWidget):
    """The rooms along the hours of today."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        signs = (
            Sign(word(Channel.IN_PERSON), "person", "in_person_edge", "in_person_fill"),
            Sign(word(Urgency.EMERGENCY), "emergency", "emergency_edge", "emergency_fill"),
            Sign(word(Channel.OUTDOORS), "tree", "outdoors_edge", "outdoors_fill"),
            Sign(_("airing pause"), "air", "airing", hatched=True),
        )
        self.timeline = RoomTimeline(desk, self)
        self.attached = attach(desk, self.timeline)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        note = _("dragging moves, so does Alt with the arrows")
        head = PartHead(_("Timeline today"), signs, self, note)
        layout.addWidget(head)
        layout.addWidget(self.timeline, 1)
        self._head = head

    @property
    def full_height(self) -> int:
        """The height at which all places are seen."""
        return self._head.sizeHint().height() + self.timeline.content_height
