"""Texts with a part to play: headings, key caps, an icon with its word."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from koba_desktop.gui import theme

_HEADINGS = (theme.LARGE, theme.TITLE, theme.CARD, theme.SMALL)


class Heading(QLabel):
    """A bold heading: level 0 the one large line (20 px), 1 the title of a view (16), 2 of a card
    (14), 3 of a group (12)."""

    def __init__(self, text: str = "", level: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFont(theme.font(_HEADINGS[level], bold=True))


class SecondText(QLabel):
    """A text of second rank, in the quieter colour of the scheme in force."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "second")


class KeyHint(QWidget):
    """A little key cap ("Strg+Z") beside the action it triggers. Decoration for the eye only."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setFont(theme.font())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        theme.watcher().changed.connect(self.update)

    def text(self) -> str:
        return self._text

    def setText(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = max(metrics.horizontalAdvance(self._text) + 10, metrics.height() + 2)
        return QSize(width, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        there = self.isEnabled()
        painter.setPen(QPen(t.text2 if there else t.separator, 1))
        painter.setBrush(t.base if there else t.window)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        painter.setPen(t.text if there else t.text2)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)


class IconLabel(QWidget):
    """An icon and its word. ``role`` is the token that colours the icon; the text stays text."""

    def __init__(
        self,
        icon: str = "",
        text: str = "",
        parent: QWidget | None = None,
        *,
        role: str = "text",
        bold: bool = False,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._role = role
        self._picture = QLabel(self)
        self._label = QLabel(text, self)
        self._label.setFont(theme.font(bold=bold))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._picture)
        layout.addWidget(self._label, 1)
        self._dress()
        theme.watcher().changed.connect(self._dress)

    @property
    def label(self) -> QLabel:
        return self._label

    def set(self, text: str, icon: str | None = None, role: str | None = None) -> None:
        """Another text, and another icon or colour where given."""
        self._icon = self._icon if icon is None else icon
        self._role = self._role if role is None else role
        self._label.setText(text)
        self._dress()

    def text(self) -> str:
        return self._label.text()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.EnabledChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        self._picture.setVisible(bool(self._icon))
        if self._icon:
            colour = getattr(theme.tokens(), self._role)
            size, ratio = theme.px(16), self.devicePixelRatioF()
            self._picture.setPixmap(theme.pixmap(self._icon, size, colour, ratio))


class SectionHeader(QWidget):
    """The head of a section: bold title at the left, quiet note at the right, a line below. The
    title takes two lines where it has no room beside what stands at the right."""

    def __init__(self, title: str = "", note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Heading(title, 3, self)
        self._title.setWordWrap(True)
        self._note = SecondText(note, self)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(8, 4, 8, 4)
        self._layout.addWidget(self._title, 1)
        self._layout.addWidget(self._note)
        theme.watcher().changed.connect(self.update)

    def set(self, title: str, note: str = "") -> None:
        self._title.setText(title)
        self._note.setText(note)

    def add(self, widget: QWidget) -> None:
        """Put an action at the right end."""
        self._layout.addWidget(widget)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.tokens().window)
        painter.setPen(theme.tokens().separator)
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
