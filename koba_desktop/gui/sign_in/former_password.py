"""The password was changed elsewhere: what this PC keeps opens with the former one, once."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from koba_desktop.domain.errors import OfficeError
from koba_desktop.gui import theme
from koba_desktop.gui.mnemonics import tidy
from koba_desktop.gui.sign_in.password_dialog import PasswordDialog
from koba_desktop.gui.sign_in.password_input import PasswordInput
from koba_desktop.gui.tasks import Lane, TaskRunner
from koba_desktop.gui.widgets import Heading, PrimaryButton
from koba_desktop.i18n import _
from koba_desktop.i18n.messages import describe, text_of


class FormerPasswordDialog(PasswordDialog):
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
        super().__init__(tasks, unexpected, parent)
        self._take_over = take_over
        self._put_aside = put_aside
        self.setWindowTitle(_("Former password"))
        self.setMinimumWidth(theme.px(480))
        text = QLabel(text_of("vault_password_changed", {}), self)
        text.setWordWrap(True)
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
        self.without.clicked.connect(lambda: self.do(Lane.QUERIES, self._put_aside, self._on_done))
        self.take((self.former,), (self.open_it, self.without))
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
            self.say(_("Type the former password."), self.former)
            return
        self.do(Lane.QUERIES, lambda: self._take_over(former), self._on_done)

    def _on_done(self, _answer: None) -> None:
        self.settled.emit()
        self.accept()

    def refused(self, error: OfficeError) -> None:
        wrong = error.code == "vault_password_changed"
        text = _("This is not the former password either.") if wrong else describe(error)
        self.say(text, self.former)
