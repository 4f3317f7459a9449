"""Asks for the passphrase of a database whose key no keyring keeps."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from koba_desktop.gui.widgets import Heading, InlineMessage, Level
from koba_desktop.i18n import _


class PassphraseDialog(QDialog):
    """``wrong`` says that the one typed before did not fit."""

    def __init__(self, wrong: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Passphrase"))
        self.setMinimumWidth(380)
        self._field = QLineEdit(self)
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        label = QLabel(_("&Passphrase of the database"), self)
        label.setBuddy(self._field)
        message = InlineMessage(self)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(Heading(_("Open the office"), 1, self))
        layout.addWidget(message)
        layout.addWidget(label)
        layout.addWidget(self._field)
        layout.addWidget(buttons)
        if wrong:
            message.show_message(_("This passphrase does not fit."), Level.ERROR)
        self._field.setFocus()

    def passphrase(self) -> str:
        return self._field.text()
