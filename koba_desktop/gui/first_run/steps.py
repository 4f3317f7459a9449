"""The steps of setting up an office: one page that leads forward and back through them."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.first_run.frame import Column
from koba_desktop.gui.mnemonics import letter_of, tidy
from koba_desktop.gui.widgets import Heading, InlineMessage, PrimaryButton, SecondText
from koba_desktop.i18n import _, pgettext

Content = dict[str, Any]
"""What stands in a step, as JSON values."""


class Step(QWidget):
    """One step. ``edited`` tells that the user changed something; ``ready_changed`` that it may be
    left forward, or no longer."""

    edited = Signal()
    ready_changed = Signal()

    def title(self) -> str:
        raise NotImplementedError

    def explanation(self) -> str:
        raise NotImplementedError

    def content(self) -> Content:
        """What is kept when the program is interrupted; a secret is not among it."""
        return {}

    def put(self, content: Content) -> None:
        """Put back what was kept."""

    def ready(self) -> bool:
        """Whether the step can be left forward at all."""
        return True

    def start(self) -> None:
        """The keyboard to its first field."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)


class StepsPage(QWidget):
    """A title, how far one is in words, the step, and the buttons that lead back and on.

    Leaving a step is decided by who made the page: ``next_wanted`` and ``back_wanted``.
    """

    next_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, steps: Mapping[str, Step], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("first_steps")
        self.steps = dict(steps)
        self.progress = SecondText("", self)
        self._title = Heading("", 0, self)
        self._explanation = QLabel(self)
        self.message = InlineMessage(self)
        self._stack = QStackedWidget(self)
        for step in steps.values():
            self._stack.addWidget(step)
            step.ready_changed.connect(self._show_ready)
        self.back = QPushButton(_("&Back"), self)
        theme.bind_icon(self.back, "arrow-left")
        self.next = PrimaryButton(_("&Next"), self)
        self.back.clicked.connect(self.back_wanted)
        self.next.clicked.connect(self.next_wanted)
        buttons = QHBoxLayout()
        buttons.addWidget(self.back)
        buttons.addStretch()
        buttons.addWidget(self.next)
        column = Column(self)
        for widget in (self.progress, self._title, self._explanation, self.message):
            column.add(widget)
        column.space(4)
        column.fill(self._stack)
        column.add_layout(buttons)
        column.end()
        self._busy = False
        self.show_step(next(iter(self.steps)))

    @property
    def at(self) -> str:
        """The name of the step shown."""
        return list(self.steps)[self._stack.currentIndex()]

    @property
    def step(self) -> Step:
        return self.steps[self.at]

    def neighbour(self, by: int) -> str:
        """The step before (-1) or after (1) the one shown, "" where there is none."""
        names, at = list(self.steps), self._stack.currentIndex() + by
        return names[at] if 0 <= at < len(names) else ""

    def show_step(self, name: str) -> None:
        """Bring a step to the front and the keyboard to it; a screen reader hears where one is."""
        number = list(self.steps).index(name)
        self._stack.setCurrentIndex(number)
        step = self.step
        self._title.setText(step.title())
        self._explanation.setText(step.explanation())
        self.progress.setText(
            _("Step {number} of {all}").format(number=number + 1, all=len(self.steps))
        )
        self.next.setText(self._on_texts()[number == len(self.steps) - 1])
        self.setAccessibleName(f"{self.progress.text()}: {step.title()}")
        self.message.clear()
        self._show_ready()
        step.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def tidy(self, taken: set[str]) -> None:
        """Let each letter open one thing, in every step."""
        used = taken | {letter_of(text) for text in (self.back.text(), *self._on_texts())}
        for step in self.steps.values():
            tidy(step, used)

    def _on_texts(self) -> tuple[str, str]:
        """What the main button says: on, and at the end."""
        return _("&Next"), pgettext("first start", "&Done")

    def wait(self, on: bool) -> None:
        """While something is carried out nobody can leave the step."""
        self._busy = on
        self._show_ready()

    def _show_ready(self) -> None:
        self.back.setEnabled(not self._busy)
        self.next.setEnabled(not self._busy and self.step.ready())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field leads on, as the main button does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next.click()
        else:
            super().keyPressEvent(event)
