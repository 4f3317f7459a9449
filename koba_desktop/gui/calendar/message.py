"""What is said at a block: why it could not be moved, or that the client needs a letter."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain.vocabulary import ReasonCode
from koba_desktop.gui import theme
from koba_desktop.gui.calendar.hovercard import place
from koba_desktop.gui.calendar.moves import Refusal
from koba_desktop.gui.widgets import IconLabel, LinkButton, PrimaryButton, ToolButton
from koba_desktop.i18n import _
from koba_desktop.i18n.words import word
from koba_desktop.services.commands import Override

WIDTH = 330


@dataclass(frozen=True, slots=True)
class Anyway:
    """How a refusal can be overruled: the codes of the rules, the words of the button, and what
    is then done with the reason."""

    codes: frozenset[str]
    text: str
    retry: Callable[[Override], None]


class BlockMessage(QWidget):
    """Stays until it is answered, closed or overtaken. Tab leads from the calendar into it."""

    retried = Signal(object, object)  # Move, Override
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._anyway: Anyway | None = None
        self._link_action: Callable[[], None] | None = None
        self._error = True
        self._block = QRect()
        self._title = IconLabel("emergency", "", self, bold=True)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._link = LinkButton("", self)
        self._link.clicked.connect(self._on_link)
        self._close = ToolButton("", "cross", self, tool_tip=_("Close"))
        self._close.setProperty("kind", "flat")
        self._close.clicked.connect(self.dismiss)
        self._form = QWidget(self)
        form = QFormLayout(self._form)
        form.setContentsMargins(0, 4, 0, 0)
        self._reason = QComboBox(self._form)
        for reason in ReasonCode:
            self._reason.addItem(word(reason), reason)
        self._why = QLineEdit(self._form)
        self._why.setPlaceholderText(_("In a few words (logged)"))
        self._why.textChanged.connect(self._on_why)
        self._reason.currentIndexChanged.connect(self._on_why)
        form.addRow(_("&Reason:"), self._reason)
        form.addRow(_("&Why:"), self._why)
        self._again = PrimaryButton("", self._form)
        self._again.clicked.connect(self._on_again)
        self._why.returnPressed.connect(self._on_again)
        form.addRow("", self._again)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 10)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self._text)
        layout.addWidget(self._link, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._form)
        self.hide()

    def show_refusal(self, refusal: Refusal, block: QRect) -> None:
        """Why something of the calendar was not moved or booked."""
        copy = refusal.move.copy
        anyway = Anyway(
            refusal.overrides,
            _("Book anyway") if copy else _("Move anyway"),
            lambda override: self.retried.emit(refusal.move, override),
        )
        self.explain(_("Not booked") if copy else _("Not moved"), refusal.texts, block, anyway)

    def explain(
        self, title: str, texts: Iterable[str], block: QRect, anyway: Anyway | None = None
    ) -> None:
        """The reasons; where all can be overruled, the way to do so with a reason."""
        self._anyway = anyway if anyway is not None and anyway.codes else None
        self._why.clear()
        link = ""
        if self._anyway is not None:
            link = f"{self._anyway.text}…"
            self._again.setText(self._anyway.text)
        self._show(title, "\n".join(texts), link, self._open_form, block, error=True)

    def offer(
        self, title: str, text: str, link: str, action: Callable[[], None], block: QRect
    ) -> None:
        """An offer after something was done."""
        self._anyway = None
        self._show(title, text, link, action, block, error=False)

    def text(self) -> str:
        return self._text.text() if self.isVisible() else ""

    def dismiss(self) -> None:
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def overtake(self) -> None:
        """Something else was done since: what is said here is over. The focus stays where it is,
        unless it is in here."""
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self.dismiss()
        else:
            self.hide()

    def follow(self, block: QRect) -> None:
        """The block lies elsewhere now (scrolled, resized)."""
        parent = self.parentWidget()
        if parent is not None:
            self._block = block
            place(self, block, parent)

    def _show(
        self,
        title: str,
        text: str,
        link: str,
        action: Callable[[], None],
        block: QRect,
        *,
        error: bool,
    ) -> None:
        self._error, self._link_action = error, action
        self._title.set(title, "emergency" if error else "letter")
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._link.setText(link)
        self._link.setVisible(bool(link))
        self._form.hide()
        self.setAccessibleName(f"{title}. {text}")
        self._fit(block)
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _fit(self, block: QRect) -> None:
        self.setFixedWidth(theme.px(WIDTH))
        self.adjustSize()
        self.follow(block)

    def _open_form(self) -> None:
        self._form.show()
        self._link.hide()
        self._on_why()
        self._fit(self._block)
        self._reason.setFocus()

    def _override(self) -> Override | None:
        reason = ReasonCode(self._reason.currentData())
        text = self._why.text().strip()
        if self._anyway is None or (reason is ReasonCode.OTHER and not text):
            return None
        return Override(codes=self._anyway.codes, reason=reason, text=text)

    def _on_why(self) -> None:
        self._again.setEnabled(self._override() is not None)

    def _on_link(self) -> None:
        if self._link_action is not None:
            self._link_action()
            if self._anyway is None:
                self.dismiss()

    def _on_again(self) -> None:
        override, anyway = self._override(), self._anyway
        if override is not None and anyway is not None:
            self.dismiss()
            anyway.retry(override)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.base)
        edge = tokens.emergency_edge if self._error else tokens.accent
        painter.setPen(QPen(edge, 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.fillRect(0, 0, 4, self.height(), edge)
