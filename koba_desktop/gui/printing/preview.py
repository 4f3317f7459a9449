"""A page of a letter as it will lie in the envelope."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.tokens import LIGHT
from koba_desktop.i18n import _
from koba_desktop.services.ports import PageImage

A4 = (210.0, 297.0)  # mm
DPI = 150.0
MARGIN = 8  # px around the page


class PagePreviewWidget(QWidget):
    """The page, scaled to the widget, with the envelope's window drawn in on request."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._scaled: QImage | None = None
        self._text = ""
        self._show_window = True
        self._window_mm: tuple[float, float, float, float] | None = None
        self._window_kept = False
        self.smallest = QSize(200, 240)
        self.setMinimumSize(self.smallest)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Preview of the letter"))
        theme.watcher().changed.connect(self.update)

    def show_page(
        self,
        page: PageImage,
        window_mm: tuple[float, float, float, float] | None,
        description: str,
        *,
        window_kept: bool = False,
    ) -> None:
        """Show a page; ``window_mm`` is (left, top, width, height) of the envelope's window on
        it, None for a page behind the first; ``description`` is what a screen reader says;
        ``window_kept``: it was checked that nothing but the address is seen there."""
        image = QImage(
            page.data, page.width, page.height, page.stride, QImage.Format.Format_RGBA8888
        )
        self._image = image.copy()
        self._window_mm = window_mm
        self._window_kept = window_kept
        self._scaled = None
        self._text = ""
        self.setAccessibleDescription(description)
        self.update()

    def show_text(self, text: str) -> None:
        """Say why there is no page."""
        self._image = self._scaled = None
        self._text = text
        self.setAccessibleDescription(text)
        self.update()

    @property
    def has_page(self) -> bool:
        return self._image is not None

    def set_window_shown(self, shown: bool) -> None:
        self._show_window = shown
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(380, 540)

    def _page_rect(self) -> QRectF:
        room = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        factor = min(room.width() / A4[0], room.height() / A4[1])
        width, height = A4[0] * factor, A4[1] * factor
        return QRectF(
            room.left() + (room.width() - width) / 2,
            room.top() + (room.height() - height) / 2,
            width,
            height,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), t.blocked_ground if self._image is None else t.separator)
        if self._image is None:
            painter.setPen(t.text)
            inner = self.rect().adjusted(24, 24, -24, -24)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(inner, flags, self._text)
            return
        page = self._page_rect()
        ratio = self.devicePixelRatioF()
        size = (page.size() * ratio).toSize()
        if self._scaled is None or self._scaled.size() != size:
            self._scaled = self._image.scaled(
                size,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        painter.drawImage(page, self._scaled)
        painter.setPen(QPen(t.edge, 1))
        painter.drawRect(page)
        if self._show_window and self._window_mm is not None:
            self._paint_window(painter, page, self._window_mm)

    def _paint_window(
        self, painter: QPainter, page: QRectF, window_mm: tuple[float, float, float, float]
    ) -> None:
        factor = page.width() / A4[0]
        left, top, width, height = window_mm
        window = QRectF(
            page.left() + left * factor,
            page.top() + top * factor,
            width * factor,
            height * factor,
        )
        # The paper is white in both schemes: the frame takes the light scheme's accent.
        pen = QPen(LIGHT.accent, 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(window)
        label = _("Envelope window")
        metrics = painter.fontMetrics()
        height = metrics.height() + 2
        sign = height if self._window_kept else 0  # the room of the tick behind the word
        width = metrics.horizontalAdvance(label) + 12 + sign
        tab = QRectF(window.left() - 1, window.top() - height - 1, width, height)
        painter.fillRect(tab, LIGHT.accent)
        painter.setPen(LIGHT.base)
        words = tab.adjusted(6, 0, -sign, 0)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, left, label)
        if self._window_kept:
            inset = height / 5
            tick = QRectF(tab.right() - height, tab.top(), height, height)
            tick.adjust(inset, inset, -inset, -inset)
            theme.draw_icon(painter, "tick", tick, LIGHT.base)
