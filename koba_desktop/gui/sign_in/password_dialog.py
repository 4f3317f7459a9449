"""What dialogs that do something with typed passwords have in common."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from koba_desktop.domain.errors import OfficeError
from koba_desktop.gui.sign_in.password_input import PasswordInput
from koba_desktop.gui.tasks import Lane, TaskRunner
from koba_desktop.gui.widgets import InlineMessage, Level
from koba_desktop.i18n import _

T = TypeVar("T")


class PasswordDialog(QDialog):
    """Waits while something slow is done, says what went wrong, and forgets the passwords when it
    closes. Nothing that is typed here is ever kept as a draft.

    ``unexpected`` takes errors nobody foresaw.
    """

    def __init__(
        self, tasks: TaskRunner, unexpected: Callable[[Exception], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._unexpected = unexpected
        self._inputs: tuple[PasswordInput, ...] = ()
        self._buttons: tuple[QWidget, ...] = ()
        self.message = InlineMessage(self)

    def take(self, inputs: tuple[PasswordInput, ...], buttons: tuple[QWidget, ...]) -> None:
        """The fields to be emptied in the end, and what cannot be pressed meanwhile."""
        self._inputs, self._buttons = inputs, buttons

    def do(self, lane: Lane, job: Callable[[], T], then: Callable[[T], None]) -> None:
        """``job`` in another thread, ``then`` with what it returns in this one."""
        self._wait(True)
        self._tasks.submit(lane, job, then, self._on_failed, self)

    def say(self, text: str, where: PasswordInput | None = None) -> None:
        """What is wrong, and the field it is about with the keyboard in it."""
        self.message.show_message(text, Level.ERROR)
        if where is not None:
            where.field.setFocus(Qt.FocusReason.OtherFocusReason)
            where.field.selectAll()

    def refused(self, error: OfficeError) -> None:
        """To be said in words."""
        raise NotImplementedError

    def _wait(self, on: bool) -> None:
        for widget in (*self._inputs, *self._buttons):
            widget.setEnabled(not on)

    def _on_failed(self, error: Exception) -> None:
        self._wait(False)
        if isinstance(error, OfficeError):
            self.refused(error)
            return
        self.say(_("This is not possible at the moment."))
        self._unexpected(error)

    def done(self, result: int) -> None:
        for made in self._inputs:
            made.set_text("")
        super().done(result)
