"""The banner while the server is away: since when, what is shown, and what can be done."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.widgets import Band, LinkButton
from koba_desktop.i18n import _

TRYING_MS = 8000
"""So long a try takes at most until something is known of it."""


class _Ground(QWidget):
    """Two texts and two links on the ground of a warning. As high as the texts are when wrapped."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._picture = QLabel(self)
        self.headline = self._text(theme.font(bold=True))
        self.promise = self._text(theme.font())
        self.print = LinkButton(_("&Print the emergency list…"), self)
        self.again = LinkButton(_("&Try again"), self)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self.headline)
        texts.addWidget(self.promise)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(12, 4, 12, 4)
        self._layout.setSpacing(10)
        self._layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        self._layout.addLayout(texts, 1)
        self._layout.addWidget(self.print)
        self._layout.addWidget(self.again)
        self.setFixedHeight(2 * self.fontMetrics().lineSpacing() + 10)  # until it knows its width
        theme.watcher().changed.connect(self._dress)
        self._dress()

    def _text(self, font: object) -> QLabel:
        label = QLabel(self)
        label.setFont(font)  # type: ignore[arg-type]
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        label.setSizePolicy(policy)
        return label

    def fit(self) -> None:
        """A tool bar asks nobody how high something of its width has to be."""
        height = self._layout.heightForWidth(self.width())
        if height > 0 and height != self.height():
            self.setFixedHeight(height)

    def _dress(self) -> None:
        t = theme.tokens()
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(theme.pixmap("warning", theme.px(16), t.warning, ratio))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            QTimer.singleShot(0, self, self.fit)  # not in the middle of laying out

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), t.warning_ground)
        painter.setPen(t.warning_edge)
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


class OutageBar(Band):
    """Above the views, over the whole window; it cannot be closed while what it says is true."""

    _line: _Ground

    list_wanted = Signal()
    try_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("outage", _("Outage mode"), _Ground(parent), parent)
        self.print, self.again = self._line.print, self._line.again
        self.print.clicked.connect(self.list_wanted)
        self.again.clicked.connect(self._on_again)
        self._trying = QTimer(self, singleShot=True, interval=TRYING_MS)
        self._trying.timeout.connect(self._on_answer)

    def text(self) -> str:
        """What is said, "" where nothing is."""
        if self.isHidden():
            return ""
        return f"{self._line.headline.text()} {self._line.promise.text()}"

    def show_outage(self, headline: str, promise: str) -> None:
        """Say it; a screen reader hears it when it is new."""
        new = self.isHidden() or self._line.headline.text() != headline
        self._line.headline.setText(headline)
        self._line.promise.setText(promise)
        self._on_answer()
        self.show()
        self._line.fit()
        if new:
            self._line.setAccessibleName(f"{headline} {promise}")
            self.alert()

    def end(self) -> None:
        """The server is back."""
        self._on_answer()
        self.hide()

    def _on_again(self) -> None:
        self.again.setEnabled(False)
        self.again.setText(_("Trying…"))
        self._trying.start()
        self.try_wanted.emit()

    def _on_answer(self) -> None:
        self._trying.stop()
        self.again.setText(_("&Try again"))
        self.again.setEnabled(True)
