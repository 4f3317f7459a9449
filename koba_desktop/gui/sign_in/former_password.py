"""The password was changed elsewhere: what this PC keeps opens with the former one, once."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from koba_desktop.domain.errors import OfficeError
from koba_desktop.gui import theme
from koba_desktop.gui.mnemonics import tidy
from koba_desktop.gui.sign_in.password_input import PasswordInput
from koba_desktop.gui.tasks import Lane, TaskRunner
from koba_desktop.gui.widgets import Heading, InlineMessage, Level, PrimaryButton
from koba_desktop.i18n import _
from koba_desktop.i18n.messages import describe, text_of


class FormerPasswordDialog(QDialog):
    """``settled`` tells that signing in can be tried again, with what is kept or without it.

    ``take_over`` and ``put_aside`` are slow; the first takes the former password.
    """

    settled = Signal()

    def __init__(
        self,
        tasks: TaskRunner,
        take_over: Callable[[str], None],
        put_aside: Callable[[], None],
        unexpected: Callable[[Exception], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._take_over = take_over
        self._put_aside = put_aside
        self._unexpected = unexpected
        self.setWindowTitle(_("Former password"))
        self.setMinimumWidth(theme.px(480))
        text = QLabel(text_of("vault_password_changed", {}), self)
        text.setWordWrap(True)
        self.message = InlineMessage(self)
        self.former = PasswordInput(_("Former password"), self)
        self.former.edited.connect(self.message.clear)
        label = QLabel(_("&Former password"), self)
        label.setBuddy(self.former.field)
        without = QLabel(
            _(
                "If nobody knows it any more, go on without what is kept. Whatever was recorded "
                "here during an outage and not sent yet then stays locked on this PC."
            ),
            self,
        )
        without.setWordWrap(True)
        self.open_it = PrimaryButton(_("&Open"), self)
        self.open_it.setDefault(True)
        self.open_it.clicked.connect(self._on_open)
        self.without = QPushButton(_("Go on &without it"), self)
        self.without.setAutoDefault(False)
        self.without.clicked.connect(lambda: self._do(self._put_aside))
        cancel = QPushButton(_("&Cancel"), self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        for button in (self.open_it, self.without):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(Heading(_("Former password"), 1, self))
        for widget in (text, self.message, label, self.former, without):
            layout.addWidget(widget)
        layout.addSpacing(8)
        layout.addLayout(buttons)
        tidy(self)
        self.former.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_open(self) -> None:
        former = self.former.text()
        if not former:
            self._say(_("Type the former password."))
            return
        self._do(lambda: self._take_over(former))

    def _say(self, text: str) -> None:
        self.message.show_message(text, Level.ERROR)
        self.former.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.former.field.selectAll()

    def _do(self, job: Callable[[], None]) -> None:
        self._wait(True)
        self._tasks.submit(Lane.QUERIES, job, self._on_done, self._on_failed, self)

    def _wait(self, on: bool) -> None:
        for widget in (self.former, self.open_it, self.without):
            widget.setEnabled(not on)

    def _on_done(self, _answer: None) -> None:
        self.settled.emit()
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        self._wait(False)
        if not isinstance(error, OfficeError):
            self._say(_("This is not possible at the moment."))
            self._unexpected(error)
        elif error.code == "vault_password_changed":
            self._say(_("This is not the former password either."))
        else:
            self._say(describe(error))

    def done(self, result: int) -> None:
        self.former.set_text("")
        super().done(result)
