"""The inputs of a form: each shows and gives back the content of one field."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from koba_desktop.gui import theme
from koba_desktop.gui.admin.values import Choice, Codec, Input, Ticks, keyed
from koba_desktop.gui.widgets.choices import row_of


class FieldInput(QWidget):
    """``edited`` is emitted for what the user does, not for ``show_content``."""

    edited = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)

    def _put(self, widget: QWidget) -> None:
        self._layout.addWidget(widget)
        self.setFocusProxy(widget)

    @property
    def target(self) -> QWidget:
        """The widget that takes the focus."""
        proxy = self.focusProxy()
        assert proxy is not None
        return proxy

    def content(self) -> Any:
        raise NotImplementedError

    def show_content(self, content: Any) -> None:
        raise NotImplementedError

    def lock(self, locked: bool) -> None:
        """Show without letting it be changed."""
        self.target.setEnabled(not locked)

    def name(self, text: str) -> None:
        self.target.setAccessibleName(text)

    def mark(self, problem: str) -> None:
        """A red frame, and the problem for a screen reader; "" takes both away."""
        self.target.setAccessibleDescription(problem)
        if bool(self.target.property("invalid")) != bool(problem):
            self.target.setProperty("invalid", bool(problem))
            self.target.style().unpolish(self.target)
            self.target.style().polish(self.target)


class LineInput(FieldInput):
    """One line of text."""

    def __init__(self, codec: Codec, parent: QWidget) -> None:
        super().__init__(parent)
        self._line = QLineEdit(self)
        self._line.textEdited.connect(lambda _text: self.edited.emit())
        self._put(self._line)

    def content(self) -> str:
        return self._line.text()

    def show_content(self, content: str) -> None:
        if self._line.text() != content:
            self._line.setText(content)
            self._line.setCursorPosition(0)

    def lock(self, locked: bool) -> None:
        self._line.setReadOnly(locked)


class LinesInput(FieldInput):
    """Several lines of text; Tab leaves it."""

    def __init__(self, codec: Codec, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = QPlainTextEdit(self)
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(self._text.fontMetrics().lineSpacing() * 4 + theme.px(14))
        self._showing = False
        self._text.textChanged.connect(self._on_changed)
        self._put(self._text)

    def _on_changed(self) -> None:
        if not self._showing:
            self.edited.emit()

    def content(self) -> str:
        return self._text.toPlainText()

    def show_content(self, content: str) -> None:
        if self._text.toPlainText() != content:
            self._showing = True
            self._text.setPlainText(content)
            self._showing = False

    def lock(self, locked: bool) -> None:
        self._text.setReadOnly(locked)


class _CalmBox(QComboBox):
    """Scrolling the form over it does not change it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceInput(FieldInput):
    """One of several, from a list."""

    def __init__(self, codec: Codec, parent: QWidget) -> None:
        super().__init__(parent)
        assert isinstance(codec, Choice)
        self._box = _CalmBox(self)
        self._box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._box.setMinimumContentsLength(12)
        for key, text in keyed(codec.options):
            self._box.addItem(text, key)
        self._box.activated.connect(lambda _index: self.edited.emit())
        self._put(self._box)

    def content(self) -> str:
        return str(self._box.currentData() if self._box.currentIndex() >= 0 else "")

    def show_content(self, content: str) -> None:
        self._box.setCurrentIndex(row_of(self._box, content))


class TicksInput(FieldInput):
    """Several of several, as boxes to tick."""

    def __init__(self, codec: Codec, parent: QWidget) -> None:
        super().__init__(parent)
        assert isinstance(codec, Ticks)
        self._boxes = {key: QCheckBox(text, self) for key, text in keyed(codec.options)}
        for box in self._boxes.values():
            box.clicked.connect(lambda _on: self.edited.emit())
            self._layout.addWidget(box)
        self._layout.addStretch()
        self.setFocusProxy(next(iter(self._boxes.values())))

    def content(self) -> list[str]:
        return [key for key, box in self._boxes.items() if box.isChecked()]

    def show_content(self, content: list[str]) -> None:
        for key, box in self._boxes.items():
            box.setChecked(key in content)

    def lock(self, locked: bool) -> None:
        for box in self._boxes.values():
            box.setEnabled(not locked)

    def name(self, text: str) -> None:
        for box in self._boxes.values():
            box.setAccessibleName(f"{text}: {box.text()}")

    def mark(self, problem: str) -> None:
        for box in self._boxes.values():
            box.setAccessibleDescription(problem)


class CheckInput(FieldInput):
    """Yes or no."""

    def __init__(self, codec: Codec, parent: QWidget) -> None:
        super().__init__(parent)
        self._box = QCheckBox(self)
        self._box.clicked.connect(lambda _on: self.edited.emit())
        self._put(self._box)
        self._layout.addStretch()

    def content(self) -> bool:
        return self._box.isChecked()

    def show_content(self, content: bool) -> None:
        self._box.setChecked(content)


_INPUTS: dict[Input, Callable[[Codec, QWidget], FieldInput]] = {
    Input.LINE: LineInput,
    Input.LINES: LinesInput,
    Input.CHOICE: ChoiceInput,
    Input.TICKS: TicksInput,
    Input.CHECK: CheckInput,
}


def input_for(codec: Codec, parent: QWidget) -> FieldInput:
    """The input a codec asks for."""
    return _INPUTS[codec.input](codec, parent)
