"""What to begin with: three large choices."""

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.gui import theme
from koba_desktop.gui.first_run.frame import Column
from koba_desktop.gui.widgets import Heading, InlineMessage, KeyHint, Level, SecondText
from koba_desktop.i18n import _

ICON = 32


class Choice(StrEnum):
    """What somebody may begin with."""

    DEMO = "demo"
    HERE = "here"
    SHARED = "shared"


class ChoiceCard(QAbstractButton):
    """One choice: its key, an icon, its name and a sentence about it."""

    def __init__(
        self,
        key: str,
        icon: str,
        title: str,
        sentence: str,
        parent: QWidget,
        *,
        note: str = "",
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join(text for text in (sentence, note) if text))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._picture = QLabel(self)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Heading(title, 1, self))
        for text, kind in ((sentence, QLabel), (note, SecondText)):
            if text:
                label = kind(text, self)
                label.setWordWrap(True)
                words.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 14, 16, 14)
        row.setSpacing(16)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(KeyHint(key, self), 0, Qt.AlignmentFlag.AlignVCenter)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.watcher().changed.connect(self._dress)
        self._dress()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            event.ignore()  # arrows and digits are the page's
            if event.key() == Qt.Key.Key_Space:
                super().keyPressEvent(event)

    def _dress(self) -> None:
        colour, ratio = theme.tokens().accent, self.devicePixelRatioF()
        self._picture.setPixmap(theme.pixmap(self._icon, theme.px(ICON), colour, ratio))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(t.edge, 1)
        if self.hasFocus():
            pen = QPen(t.accent, 2)
        painter.setPen(pen)
        painter.setBrush(t.selection if self.underMouse() or self.isDown() else t.base)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)


class ChoicePage(QWidget):
    """1, 2, 3, or the arrows and Enter. ``place`` is where an office on this PC will lie."""

    chosen = Signal(object)  # Choice

    def __init__(self, place: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("first_choice")
        self.setAccessibleName(_("Welcome to KoBa Desktop"))
        self.cards = {
            Choice.DEMO: ChoiceCard(
                "1",
                "eye",
                _("Look at a demonstration"),
                _("An office full of made-up people, to try everything out. Nothing is kept."),
                self,
            ),
            Choice.HERE: ChoiceCard(
                "2",
                "screen",
                _("Set up on this PC"),
                _("One encrypted file for your office, in a few steps."),
                self,
                note=_("It will lie at {place}. Network drives are refused.").format(place=place),
            ),
            Choice.SHARED: ChoiceCard(
                "3",
                "database",
                _("Shared database"),
                _("Several PCs work on the data of all offices at the same time."),
                self,
                note=_("Your IT department tells you which server it is."),
            ),
        }
        self.message = InlineMessage(self)
        column = Column(self)
        column.add_logo()
        column.add(Heading(_("Welcome to KoBa Desktop"), 0, self))
        column.add(SecondText(_("There is no office on this PC yet. How do you want to begin?")))
        column.space(8)
        for choice, card in self.cards.items():
            card.clicked.connect(lambda _on=False, wish=choice: self._on_clicked(wish))
            column.add(card)
        column.add(self.message)
        column.add_layout(self._hints())
        column.end()

    def start(self) -> None:
        """The keyboard to the first choice."""
        self.cards[Choice.DEMO].setFocus(Qt.FocusReason.OtherFocusReason)

    def _hints(self) -> QHBoxLayout:
        hints = QHBoxLayout()
        hints.setSpacing(6)
        for keys, text in (
            (("1", "2", "3"), _("choose")),
            (("↑", "↓"), _("move")),
            ((_("Enter"),), _("begin")),
        ):
            for key in keys:
                hints.addWidget(KeyHint(key, self))
            hints.addWidget(SecondText(text, self))
            hints.addSpacing(8)
        hints.addStretch()
        return hints

    def show_problem(self, text: str) -> None:
        """Why the choice cannot be followed; the choices stay."""
        self.wait(False)
        self.cards[Choice.HERE].setFocus(Qt.FocusReason.OtherFocusReason)
        self.message.show_message(text, Level.ERROR)

    def wait(self, on: bool) -> None:
        """While the choice is looked into nothing else can be chosen."""
        for card in self.cards.values():
            card.setEnabled(not on)

    def _on_clicked(self, choice: Choice) -> None:
        self.cards[choice].setFocus(Qt.FocusReason.OtherFocusReason)
        self.message.clear()
        self.chosen.emit(choice)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        cards = list(self.cards.values())
        if event.text() in ("1", "2", "3"):
            cards[int(event.text()) - 1].click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            at = next((n for n, card in enumerate(cards) if card.hasFocus()), 0)
            by = 1 if event.key() == Qt.Key.Key_Down else -1
            cards[(at + by) % len(cards)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)
