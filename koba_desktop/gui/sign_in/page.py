"""The page on which somebody signs in to the shared database."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.gui import theme
from koba_desktop.gui.sign_in.password_input import PasswordInput
from koba_desktop.gui.sign_in.reasons import LOGIN, Reason
from koba_desktop.gui.widgets import (
    Heading,
    IconLabel,
    InlineMessage,
    Level,
    LinkButton,
    PrimaryButton,
    SecondText,
)
from koba_desktop.gui.widgets.buttons import EnterButton
from koba_desktop.i18n import _

WIDTH = 460


class SignInPage(QWidget):
    """Login, password, Enter. What went wrong stands above the fields, with what to do about it.

    ``offline_button`` is for working without the server; it is hidden until somebody can.
    """

    sign_in_wanted = Signal()
    cancel_wanted = Signal()
    elsewhere_wanted = Signal()
    offline_wanted = Signal()
    close_wanted = Signal()
    edited = Signal()

    def __init__(self, server: str, encrypted: bool, elsewhere: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sign_in")
        self.setAccessibleName(_("Sign in: {server}").format(server=server))
        self._busy = False
        self.server = IconLabel("database", server, self)
        self.server.label.setWordWrap(True)
        self.encrypted = IconLabel("lock", _("encrypted"), self, role="ok")
        if not encrypted:
            self.encrypted.set(_("not encrypted"), "warning", "warning")
        self.elsewhere = LinkButton(_("&Other server…"), self)
        self.elsewhere.setVisible(elsewhere)
        self.elsewhere.clicked.connect(self.elsewhere_wanted)
        self.message = InlineMessage(self)
        self.waiting = SecondText("", self)
        self.waiting.setWordWrap(True)
        self.waiting.hide()
        self.login = QLineEdit(self)
        self.login.setAccessibleName(_("Login"))
        self.login.textEdited.connect(self._on_edited)
        self.password = PasswordInput(_("Password"), self)
        self.password.edited.connect(self._on_edited)
        self.remember = QCheckBox(_("&Remember the password in the keyring of this PC"), self)
        self.remember.hide()
        self.progress = QProgressBar(self)
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(6)
        self.progress.setAccessibleName(_("Progress"))
        self.step = SecondText("", self)
        for widget in (self.progress, self.step):
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)  # nothing jumps when it begins
            widget.setSizePolicy(policy)
        self.enter = PrimaryButton(_("&Sign in"), self)
        self.enter.clicked.connect(self.sign_in_wanted)
        self.cancel = EnterButton(_("&Cancel"), self)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.offline_button = EnterButton(_("&Work without the server"), self)
        self.offline_button.clicked.connect(self.offline_wanted)
        self.offline_button.hide()
        self.quit = EnterButton(_("&Quit"), self)
        self.quit.clicked.connect(self.close_wanted)
        self._lay_out()
        self.wait(False)

    def _lay_out(self) -> None:
        logo = QLabel(self)
        colour = theme.tokens().accent
        logo.setPixmap(theme.pixmap("koba", theme.px(40), colour, self.devicePixelRatioF()))
        where = QHBoxLayout()
        where.setSpacing(12)
        where.addWidget(self.server, 1)
        where.addWidget(self.encrypted)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(logo)
        column.addWidget(Heading(_("Sign in"), 0, self))
        column.addLayout(where)
        column.addWidget(self.elsewhere, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.message)
        column.addWidget(self.waiting)
        column.addSpacing(4)
        for text, field, target in (
            (_("&Login"), self.login, self.login),
            (_("&Password"), self.password, self.password.field),
        ):
            label = QLabel(text, self)
            label.setBuddy(target)
            column.addWidget(label)
            column.addWidget(field)
        column.addWidget(self.remember)
        column.addSpacing(4)
        column.addWidget(self.progress)
        column.addWidget(self.step)
        column.addLayout(self._buttons())
        frame = QWidget(self)
        frame.setFixedWidth(theme.px(WIDTH))
        frame.setLayout(column)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(frame)
        middle.addStretch()
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(middle)
        outer.addStretch(3)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for button in (self.enter, self.cancel, self.offline_button):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.quit)
        return row

    def start(self) -> None:
        """The keyboard to what is missing."""
        first = self.password.field if self.login.text() else self.login
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed(self) -> tuple[str, str, bool]:
        """Login, password, and whether it is to be remembered."""
        return self.login.text().strip(), self.password.text(), self.remembers()

    def remembers(self) -> bool:
        return not self.remember.isHidden() and self.remember.isChecked()

    def offer_remembering(self, on: bool, checked: bool) -> None:
        """Only where a keyring keeps secrets encrypted."""
        self.remember.setVisible(on)
        self.remember.setChecked(on and checked)

    def put(self, login: str, password: str) -> None:
        """What was typed in another window."""
        self.login.setText(login)
        self.password.set_text(password)

    # --- while it goes on, and how it ended -------------------------------------------------------

    def wait(self, on: bool) -> None:
        """While somebody is being signed in nothing can be typed, and it can be given up."""
        self._busy = on
        for widget in (self.login, self.password, self.remember, self.enter, self.elsewhere):
            widget.setEnabled(not on)
        self.progress.setVisible(on)
        self.step.setVisible(on)
        self.cancel.setVisible(on)
        if on:
            self.show_step(_("Connecting to the server …"))
            self.message.clear()
            self.show_waiting("")
            self.offline_button.hide()
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_step(self, text: str) -> None:
        self.step.setText(text)

    def show_waiting(self, text: str) -> None:
        """What the program will do by itself, in a quiet line below the reason; "" for nothing."""
        self.waiting.setText(text)
        self.waiting.setVisible(bool(text))

    def show_missing(self, text: str) -> None:
        """Something has still to be typed."""
        self.message.show_message(text, Level.WARNING)
        self.start()

    def show_note(self, text: str) -> None:
        self.message.show_message(text, Level.INFO)

    def show_reason(self, reason: Reason) -> None:
        """Say why it did not work; the keyboard goes to what is to be put right."""
        again = "" if reason.field else _("Try again")
        self.message.show_message(reason.text, Level.ERROR, again, self.sign_in_wanted.emit)
        if reason.field == LOGIN:
            self.login.setFocus(Qt.FocusReason.OtherFocusReason)
            self.login.selectAll()
            return
        self.password.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.password.field.selectAll()
        if reason.field:
            self.password.mark(reason.text)

    def _on_edited(self) -> None:
        self.password.mark("")
        self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter signs in from every field; Esc gives up what is going on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._busy:
            self.sign_in_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape and self._busy:
            self.cancel_wanted.emit()
        else:
            super().keyPressEvent(event)
