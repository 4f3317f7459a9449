"""How a page is shown: whole, as wide as there is room, or as large as on paper; and whether the
envelope's window is drawn over it."""

from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QScrollArea, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.printing.preview import A4, MARGIN, PagePreviewWidget
from koba_desktop.i18n import _

_MM_PER_INCH = 25.4


class Zoom(StrEnum):
    PAGE = "page"
    WIDTH = "width"
    PAPER = "paper"


class WindowChoice(QCheckBox):
    """Whether the envelope's window is drawn over the page."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("&Window"), parent)
        self.setToolTip(_("Envelope window"))
        self.setAccessibleName(_("Show the envelope window"))
        self.setChecked(True)


class ZoomChoice(QComboBox):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Size of the page"))
        for zoom, text in (
            (Zoom.PAGE, _("Whole page")),
            (Zoom.WIDTH, _("Page width")),
            (Zoom.PAPER, _("100 %")),
        ):
            self.addItem(text, zoom)

    @property
    def zoom(self) -> Zoom:
        return Zoom(self.currentData())


class PageScroll(QScrollArea):
    """A page with as much of it in sight as its size allows. The arrow keys move it, where there
    is something to move: a whole page does not take the focus."""

    def __init__(self, preview: PagePreviewWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._preview = preview
        self._zoom = Zoom.PAGE
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(preview)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(preview.accessibleName())

    def set_zoom(self, zoom: Zoom) -> None:
        self._zoom = zoom
        whole = zoom is Zoom.PAGE
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if whole else Qt.FocusPolicy.StrongFocus)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setStyleSheet(f"QScrollArea {{ border: 2px solid {theme.tokens().accent.name()}; }}")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setStyleSheet("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What does not move the page (Escape, Enter) is for the window, and page up and page down
        at its ends turn it."""
        bar = self.verticalScrollBar()
        ends = {Qt.Key.Key_PageUp: bar.minimum(), Qt.Key.Key_PageDown: bar.maximum()}
        if ends.get(Qt.Key(event.key())) == bar.value():
            event.ignore()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()

    def _fit(self) -> None:
        preview = self._preview
        if self._zoom is Zoom.PAGE:
            preview.setMinimumSize(preview.smallest)
            return
        if self._zoom is Zoom.PAPER:
            width = round(A4[0] / _MM_PER_INCH * self.logicalDpiX())
        else:
            bar = self.verticalScrollBar().sizeHint().width()
            width = max(self.width() - bar - 2 * MARGIN, preview.smallest.width())
        height = round(width * A4[1] / A4[0])
        preview.setMinimumSize(QSize(width + 2 * MARGIN, height + 2 * MARGIN))
