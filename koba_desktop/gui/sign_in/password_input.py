"""A field for a password: hidden unless somebody wants to see it, with a hint about Caps Lock."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from koba_desktop.gui.widgets import IconLabel, ToolButton
from koba_desktop.i18n import _


class PasswordInput(QWidget):
    """``edited`` tells that somebody typed. What stands here is for signing in, never kept."""

    edited = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._problem = ""
        self.field = _Field(self)
        self.field.setAccessibleName(name)
        self.field.textEdited.connect(lambda _text: self.edited.emit())
        show = _("Show what I type")
        self.eye = ToolButton("", "eye", self, tool_tip=show)
        self.eye.setAccessibleName(f"{show}: {name}")
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._on_seen)
        self.caps = IconLabel("warning", _("Caps Lock is on."), self, role="warning")
        self.caps.hide()
        self.field.caps_seen.connect(self._on_caps)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.field, 1)
        row.addWidget(self.eye)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.caps)
        self.setFocusProxy(self.field)

    def text(self) -> str:
        return self.field.text()

    def set_text(self, text: str) -> None:
        """What was typed in another window; "" forgets it, and hides what comes next."""
        self.field.setText(text)
        if not text:
            self.eye.setChecked(False)

    def mark(self, problem: str) -> None:
        """What is wrong with it, for eyes and ears; "" where nothing is."""
        self._problem = problem
        self._describe()
        self.field.setProperty("invalid", bool(problem))
        style = self.field.style()
        style.unpolish(self.field)
        style.polish(self.field)

    def _on_seen(self, on: bool) -> None:
        mode = QLineEdit.EchoMode
        self.field.setEchoMode(mode.Normal if on else mode.Password)

    def _on_caps(self, on: bool) -> None:
        self.caps.setVisible(on)
        self._describe()

    def _describe(self) -> None:
        caps = "" if self.caps.isHidden() else self.caps.text()
        said = " ".join(text for text in (self._problem, caps) if text)
        self.field.setAccessibleDescription(said)


class _Field(QLineEdit):
    """Tells from the letters whether Caps Lock is on: no desktop tells everywhere. A large one
    without Shift, or a small one with it, is the sign."""

    caps_seen = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._caps = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self._see(not self._caps)
        elif len(letter) == 1 and letter.lower() != letter.upper():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._see(letter.isupper() != shifted)
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._see(False)
        super().focusOutEvent(event)

    def _see(self, on: bool) -> None:
        if on != self._caps:
            self._caps = on
            self.caps_seen.emit(on)
