"""A form made from the description of its fields."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.admin.inputs import FieldInput, LinesInput, input_for
from koba_desktop.gui.admin.kinds import Content, Field
from koba_desktop.gui.admin.mnemonics import letters_taken, with_mnemonics
from koba_desktop.gui.widgets import SecondText

WIDEST = 620


class RecordForm(QScrollArea):
    """Labels, inputs, hints and, beneath an input, what is wrong with it.

    ``edited`` names the field the user changed.
    """

    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inputs: dict[str, FieldInput] = {}
        self._fields: tuple[Field, ...] = ()
        self._errors: dict[str, QLabel] = {}
        theme.watcher().changed.connect(self._dress)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), theme.px(300))

    def show_fields(self, fields: tuple[Field, ...]) -> None:
        """Make the inputs, unless they are these already."""
        if fields == self._fields:
            return
        self._fields = fields
        self.inputs = {}
        self._errors = {}
        body = QWidget()
        body.setMaximumWidth(theme.px(WIDEST))
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, theme.px(8), theme.px(8))
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, theme.px(128))
        texts = with_mnemonics(
            (field.label for field in fields), letters_taken(self.window(), self)
        )
        for line, (field, text) in enumerate(zip(fields, texts, strict=True)):
            self._add(body, grid, line, field, text)
        grid.setRowStretch(len(fields), 1)
        self.setWidget(body)
        self._dress()

    def _add(self, body: QWidget, grid: QGridLayout, line: int, field: Field, text: str) -> None:
        made = input_for(field.codec, body)
        made.name(field.label)
        made.edited.connect(partial(self.edited.emit, field.name))
        label = QLabel(text, body)
        label.setWordWrap(True)
        label.setMaximumWidth(theme.px(150))
        label.setMinimumHeight(made.sizeHint().height() if not isinstance(made, LinesInput) else 0)
        label.setBuddy(made.target)
        grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(made)
        if field.hint:
            hint = SecondText(field.hint, body)
            hint.setWordWrap(True)
            column.addWidget(hint)
            made.target.setToolTip(field.hint)
        error = QLabel(body)
        error.setWordWrap(True)
        error.hide()
        column.addWidget(error)
        grid.addLayout(column, line, 1)
        self.inputs[field.name] = made
        self._errors[field.name] = error

    def content(self) -> Content:
        """What stands in the form."""
        return {name: made.content() for name, made in self.inputs.items()}

    def show_content(self, content: Content) -> None:
        for name, made in self.inputs.items():
            made.show_content(content[name])

    def lock(self, locked: bool, *, new: bool) -> None:
        """Let nothing be changed, or only what may be once the record is stored."""
        for field in self._fields:
            self.inputs[field.name].lock(locked or (field.fixed and not new))

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """The sentences beneath their fields; all others are cleared."""
        for name, error in self._errors.items():
            text = problems.get(name, "")
            error.setText(text)
            error.setVisible(bool(text))
            self.inputs[name].mark(text)

    def problem(self, name: str) -> str:
        """What the form says is wrong with a field."""
        return self._errors[name].text()

    def go_to(self, name: str) -> None:
        """Put the cursor into a field and show it."""
        target = self.inputs[name].target
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(target)

    def go_to_first(self) -> None:
        if self._fields:
            self.go_to(self._fields[0].name)

    def focusNextPrevChild(self, next_one: bool) -> bool:
        """Tabbing on scrolls along."""
        moved = super().focusNextPrevChild(next_one)
        focused = self.focusWidget()
        if moved and focused is not None:
            self.ensureWidgetVisible(focused)
        return moved

    def _dress(self) -> None:
        for error in self._errors.values():
            error.setStyleSheet(f"color: {theme.tokens().emergency_edge.name()}")
