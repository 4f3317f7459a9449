"""The card beside a block: what a screen reader would say, and the keys that help."""

from PySide6.QtCore import QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.vocabulary import Channel
from koba_desktop.gui import theme
from koba_desktop.gui.blocks.kinds import kind_colours, kind_icon
from koba_desktop.gui.calendar.wording import block_kind, kind_text, letter_text, person
from koba_desktop.gui.widgets import KeyHint, SecondText
from koba_desktop.i18n import _, formats, pgettext
from koba_desktop.i18n.words import word
from koba_desktop.services.rows import AppointmentRow

DELAY_MS = 450
WIDTH = 300


def card_lines(row: AppointmentRow, said: str = "") -> tuple[str, list[str], str]:
    """Heading, plain lines, quiet lines; ``said`` is one more of these."""
    when = f"{formats.weekday_date(day_of(row.starts))}, {formats.span_of(row.starts, row.ends)}"
    lines = [" · ".join(t for t in (when, person(row)) if t)]
    if row.channel is Channel.TELEPHONE and row.phone:
        lines.append(
            _("{advisor} calls: {phone}").format(
                advisor=row.advisor_name, phone=formats.phone(row.phone)
            )
        )
    else:
        lines.append(" · ".join(t for t in (row.advisor_name, row.room_name) if t))
    lines.append(f"{row.kind_name} · {formats.reference(row.reference)}")
    return (
        f"{kind_text(row)} · {word(row.state)}",
        lines,
        "\n".join(filter(None, (letter_text(row), said))),
    )


class HoverCard(QWidget):
    """Appears after a moment over a block, never takes the focus, goes with Esc or the mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._row: AppointmentRow | None = None
        self._block = QRect()
        self._said = ""
        self._title = QLabel(self)
        self._title.setFont(theme.font(bold=True))
        self._lines = QLabel(self)
        self._lines.setWordWrap(True)
        self._quiet = SecondText("", self)
        self._quiet.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(4)
        title = QHBoxLayout()
        title.addSpacing(theme.px(22))
        title.addWidget(self._title, 1)
        layout.addLayout(title)
        layout.addWidget(self._lines)
        layout.addWidget(self._quiet)
        keys = QHBoxLayout()
        keys.setSpacing(6)
        for key, text in (
            (_("Enter"), pgettext("key", "open")),
            ("Alt+←↑↓→", pgettext("key", "move")),
        ):
            keys.addWidget(KeyHint(key, self))
            keys.addWidget(SecondText(text, self))
        keys.addStretch()
        layout.addLayout(keys)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self._appear)
        self.hide()

    def offer(self, row: AppointmentRow | None, block: QRect, said: str = "") -> None:
        """The mouse is over a block (in coordinates of the parent), or over none. ``said`` is what
        others did to it."""
        self._timer.stop()
        self.hide()
        self._row, self._block = row, block
        self._said = said[:1].upper() + said[1:]
        if row is not None:
            self._timer.start()

    def _appear(self) -> None:
        row = self._row
        parent = self.parentWidget()
        if row is None or parent is None:
            return
        title, lines, quiet = card_lines(row, self._said)
        self._title.setText(title)
        self._lines.setText("\n".join(lines))
        self._quiet.setText(quiet)
        self._quiet.setVisible(bool(quiet))
        self.setFixedWidth(theme.px(WIDTH))
        self.adjustSize()
        place(self, self._block, parent)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.base)
        colour = tokens.accent
        if self._row is not None:
            kind = block_kind(self._row)
            colour = kind_colours(tokens, kind).edge
            size = theme.px(16)
            top = self._title.geometry().center().y() - size / 2 + 1
            theme.draw_icon(painter, kind_icon(kind), QRectF(12, top, size, size), colour)
        painter.setPen(QPen(colour, 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def place(card: QWidget, block: QRect, parent: QWidget) -> None:
    """Beside the block where there is room, else below or above it; always wholly inside."""
    area = parent.rect().adjusted(4, 4, -4, -4)
    size = card.size()
    if block.right() + 8 + size.width() <= area.right():
        x, y = block.right() + 8, block.top()
    elif block.left() - 8 - size.width() >= area.left():
        x, y = block.left() - 8 - size.width(), block.top()
    elif block.bottom() + 6 + size.height() <= area.bottom():
        x, y = block.left(), block.bottom() + 6
    else:
        x, y = block.left(), block.top() - 6 - size.height()
    x = max(area.left(), min(x, area.right() - size.width()))
    y = max(area.top(), min(y, area.bottom() - size.height()))
    card.move(x, y)
