"""A person's own password on the shared database: the old one, and twice the new one."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain.errors import OfficeError
from koba_desktop.gui import theme
from koba_desktop.gui.mnemonics import tidy
from koba_desktop.gui.opening import Seat
from koba_desktop.gui.sign_in.password_dialog import PasswordDialog
from koba_desktop.gui.sign_in.password_input import PasswordInput
from koba_desktop.gui.tasks import Lane, TaskRunner
from koba_desktop.gui.widgets import Heading, SecondText
from koba_desktop.i18n import _, ngettext
from koba_desktop.i18n.messages import describe, text_of

GOOD, VERY_GOOD = 16, 20
"""Characters. Length is all that is judged: it counts for more than odd signs, and nobody else
need know the password to tell it."""


class ChangePasswordDialog(PasswordDialog):
    """``changed`` tells that it is done, and whether the keyring, if it keeps it, has the new
    one."""

    changed = Signal(bool)

    def __init__(
        self,
        seat: Seat,
        tasks: TaskRunner,
        unexpected: Callable[[Exception], None],
        parent: QWidget,
    ) -> None:
        super().__init__(tasks, unexpected, parent)
        self._seat = seat
        self.setWindowTitle(_("Change password"))
        self.setMinimumWidth(theme.px(460))
        self.old = PasswordInput(_("Old password"), self)
        self.new = PasswordInput(_("New password"), self)
        self.again = PasswordInput(_("New password once more"), self)
        self.length = QProgressBar(self)
        self.length.setRange(0, VERY_GOOD)
        self.length.setTextVisible(False)
        self.length.setFixedHeight(6)
        self.length.setAccessibleName(_("Length of the new password"))
        self.strength = SecondText("", self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.save = self.buttons.addButton(
            _("Change &password"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.save.setDefault(True)
        self.buttons.accepted.connect(self._on_save)
        self.buttons.rejected.connect(self.reject)
        self.take((self.old, self.new, self.again), (self.buttons,))
        advice = SecondText(
            _(
                "At least {shortest} characters. A short sentence is easy to keep in mind and hard "
                "to guess; special characters are not needed."
            ).format(shortest=seat.shortest_password),
            self,
        )
        advice.setWordWrap(True)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        for text, made in (
            (_("&Old password"), self.old),
            (_("&New password"), self.new),
            (_("New password &once more"), self.again),
        ):
            label = QLabel(text, self)
            label.setBuddy(made.field)
            form.addRow(label, made)
            made.edited.connect(self._on_edited)
            if made is self.new:
                form.addRow("", self.length)
                form.addRow("", self.strength)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(Heading(_("Change password"), 1, self))
        layout.addWidget(advice)
        layout.addWidget(self.message)
        layout.addLayout(form)
        layout.addSpacing(8)
        layout.addWidget(self.buttons)
        tidy(self)
        self._on_edited()
        self.old.field.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what stands in the fields ----------------------------------------------------------------

    def _on_edited(self) -> None:
        count, shortest = len(self.new.text()), self._seat.shortest_password
        self.length.setValue(min(count, VERY_GOOD))
        self.strength.setText(_strength(count, shortest))
        for made in (self.old, self.new, self.again):
            made.mark("")
        self.message.clear()

    def _problem(self) -> tuple[PasswordInput, str] | None:
        """The first thing that is wrong, and where."""
        old, new, shortest = self.old.text(), self.new.text(), self._seat.shortest_password
        if not old:
            return self.old, _("Type the old password.")
        if len(new) < shortest:
            return self.new, text_of("password_short", {"least": shortest})
        if new == old:
            return self.new, _("The new password is the old one. Choose another.")
        if new != self.again.text():
            return self.again, _("The two are not the same. Type the new password once more.")
        return None

    def say(self, text: str, where: PasswordInput | None = None) -> None:
        super().say(text, where)
        if where is not None:
            where.mark(text)

    # --- changing it ------------------------------------------------------------------------------

    def _on_save(self) -> None:
        problem = self._problem()
        if problem is not None:
            self.say(problem[1], problem[0])
            return
        change, old, new = self._seat.change_password, self.old.text(), self.new.text()
        self.do(Lane.COMMANDS, lambda: change(old, new), self._on_changed)

    def _on_changed(self, remembered: bool) -> None:
        self.changed.emit(remembered)
        self.accept()

    def refused(self, error: OfficeError) -> None:
        if error.code == "password_wrong":
            self.say(_("The old password is not right. Nothing was changed."), self.old)
        else:
            self.say(describe(error), self.new if error.code == "password_short" else None)


def _strength(count: int, shortest: int) -> str:
    if count < shortest:
        n = shortest - count
        return ngettext("{n} character is missing", "{n} characters are missing", n).format(n=n)
    if count < GOOD:
        return _("Long enough")
    return _("Good") if count < VERY_GOOD else _("Very good")
