"""The steps about secrets: a passphrase where there is no keyring, and the recovery key."""

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.gui import theme
from koba_desktop.gui.first_run.grids import ErrorLine
from koba_desktop.gui.first_run.steps import Step
from koba_desktop.gui.widgets import InlineMessage, Level, SecondText, ToolButton
from koba_desktop.i18n import _
from koba_desktop.i18n.messages import text_of

GROUPS_A_LINE = 4


class PassphraseStep(Step):
    """Typed twice; it is never kept, so it is asked again after an interruption."""

    def __init__(self, shortest: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._shortest = shortest
        self.first, self.second = QLineEdit(self), QLineEdit(self)
        self._errors = {self.first: ErrorLine(self), self.second: ErrorLine(self)}
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(6)
        for field, text in (
            (self.first, _("&Passphrase")),
            (self.second, _("The same once &more")),
        ):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setAccessibleName(text.replace("&", ""))
            field.textEdited.connect(self._on_edited)
            label = QLabel(text, self)
            label.setBuddy(field)
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(field)
            column.addWidget(self._errors[field])
            form.addRow(label, column)
        self.seen = QCheckBox(_("&Show what I type"), self)
        self.seen.toggled.connect(self._on_seen)
        form.addRow("", self.seen)

    def title(self) -> str:
        return _("Passphrase")

    def explanation(self) -> str:
        return _(
            "This PC has no keyring that could keep the key of the database encrypted. A "
            "passphrase locks it instead; it is asked for at each start. Take a short sentence of "
            "at least {shortest} characters."
        ).format(shortest=self._shortest)

    def passphrase(self) -> str:
        return self.first.text()

    def repeat(self, passphrase: str) -> None:
        """What was typed in another window."""
        self.first.setText(passphrase)
        self.second.setText(passphrase)

    def check(self) -> bool:
        """Whether it is long enough and twice the same; if not, that is said at the field."""
        wrong = {}
        if len(self.first.text()) < self._shortest:
            wrong[self.first] = text_of("passphrase_short", {"shortest": self._shortest})
        elif self.first.text() != self.second.text():
            wrong[self.second] = _("The two are not the same. Type the passphrase once more.")
        self._mark(wrong)
        for field in wrong:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def start(self) -> None:
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edited(self) -> None:
        self._mark({})

    def _on_seen(self, on: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
        for field in (self.first, self.second):
            field.setEchoMode(mode)

    def _mark(self, wrong: dict[QLineEdit, str]) -> None:
        for field, error in self._errors.items():
            text = wrong.get(field, "")
            error.show_lines([text] if text else ())
            field.setAccessibleDescription(text)
            if bool(field.property("invalid")) != bool(text):
                field.setProperty("invalid", bool(text))
                field.style().unpolish(field)
                field.style().polish(field)


class KeyStep(Step):
    """Shows the recovery key while the office is set up; nobody goes on without having noted it.

    ``save_wanted`` names the file somebody chose for the sheet with the key.
    """

    save_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._key = ""
        self.wait = QProgressBar(self)
        self.wait.setRange(0, 0)
        self.wait.setTextVisible(False)
        self.wait.setFixedHeight(6)
        self.wait.setAccessibleName(_("Progress"))
        self._waiting = SecondText(_("The database is being set up …"), self)
        self.shown = QPlainTextEdit(self)
        self.shown.setReadOnly(True)
        self.shown.setTabChangesFocus(True)
        self.shown.setAccessibleName(_("Recovery key"))
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(theme.px(theme.TITLE))
        fixed.setWeight(QFont.Weight.Bold)
        self.shown.setFont(fixed)
        self.shown.setFixedHeight(self.shown.fontMetrics().lineSpacing() * 3 + theme.px(20))
        self.copy = ToolButton(_("&Copy"), "copy", self)
        self.save = ToolButton(_("Save as &PDF…"), "save", self)
        self.copy.clicked.connect(self._on_copy)
        self.save.clicked.connect(self._on_save)
        self.message = InlineMessage(self)
        self.noted = QCheckBox(_("I have &noted the recovery key"), self)
        self.noted.toggled.connect(lambda _on: self.ready_changed.emit())
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy)
        buttons.addWidget(self.save)
        buttons.addStretch()
        advice = SecondText(
            _(
                "It is shown only now. Whoever has it can open the file: lock the paper away, and "
                "keep no copy on this PC."
            ),
            self,
        )
        advice.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self._waiting, self.wait, self.shown):
            layout.addWidget(widget)
        layout.addWidget(advice)
        layout.addLayout(buttons)
        layout.addWidget(self.message)
        layout.addSpacing(8)
        layout.addWidget(self.noted)
        layout.addStretch()
        self.show_key("")

    def title(self) -> str:
        return _("Recovery key")

    def explanation(self) -> str:
        return _(
            "The database is encrypted. If the PC, its keyring or the passphrase is lost, only the "
            "recovery key opens it. Write it down now."
        )

    @property
    def key(self) -> str:
        return self._key

    def show_key(self, key: str) -> None:
        """The key, once the database is there; "" while it is being made."""
        self._key = key
        groups = key.split("-") if key else []
        lines = [
            "-".join(groups[at : at + GROUPS_A_LINE]) for at in range(0, len(groups), GROUPS_A_LINE)
        ]
        self.shown.setPlainText("\n".join(lines))
        self.shown.moveCursor(QTextCursor.MoveOperation.Start)
        self.wait.setVisible(not key)
        self._waiting.setVisible(not key)
        for widget in (self.shown, self.copy, self.save, self.noted):
            widget.setEnabled(bool(key))
        self.ready_changed.emit()

    def ready(self) -> bool:
        return bool(self._key) and self.noted.isChecked()

    def start(self) -> None:
        (self.shown if self._key else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._key)
        self.message.show_message(_("The recovery key is on the clipboard."), Level.OK)

    def _on_save(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, _("Save the recovery key"), folder, _("PDF (*.pdf)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(_("recovery-key.pdf"))
        dialog.fileSelected.connect(self.save_wanted)
        dialog.open()
