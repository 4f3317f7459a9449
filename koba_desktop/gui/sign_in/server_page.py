"""Where the shared database is: asked once, where no configuration of the IT department says it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.first_run.frame import Column
from koba_desktop.gui.opening import ServerNamed
from koba_desktop.gui.widgets import Heading, InlineMessage, Level, PrimaryButton, SecondText
from koba_desktop.gui.widgets.buttons import EnterButton
from koba_desktop.i18n import _


class ServerPage(QWidget):
    """Server, database and the file of the authority; the IT department knows all three."""

    connect_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, named: ServerNamed, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("server")
        self.setAccessibleName(_("Shared database"))
        self.server = QLineEdit(named.server, self)
        self.server.setPlaceholderText(_("for example koba-db.example"))
        self.database = QLineEdit(named.database, self)
        self.ca_file = QLineEdit(named.ca_file, self)
        self.ca_file.setPlaceholderText(_("Empty: the authorities this PC trusts"))
        self.choose = EnterButton(_("&Choose…"), self)
        self.choose.setAccessibleName(_("Choose the file of the authority"))
        self.choose.clicked.connect(self._on_choose)
        self.message = InlineMessage(self)
        self.back = EnterButton(_("&Back"), self)
        theme.bind_icon(self.back, "arrow-left")
        self.back.clicked.connect(self.back_wanted)
        self.next = PrimaryButton(_("Co&nnect"), self)
        self.next.clicked.connect(self._on_next)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        file = QHBoxLayout()
        file.setSpacing(6)
        file.addWidget(self.ca_file, 1)
        file.addWidget(self.choose)
        for text, field, row in (
            (_("&Server"), self.server, self.server),
            (_("&Database"), self.database, self.database),
            (_("Certificate &authority (PEM file)"), self.ca_file, file),
        ):
            label = QLabel(text, self)
            label.setBuddy(field)
            field.setAccessibleName(text.replace("&", ""))
            form.addRow(label, row)
        buttons = QHBoxLayout()
        buttons.addWidget(self.back)
        buttons.addStretch()
        buttons.addWidget(self.next)
        column = Column(self)
        column.add_logo()
        column.add(Heading(_("Shared database"), 0, self))
        column.add(
            SecondText(
                _(
                    "Your IT department tells you these. They are written into your configuration; "
                    "login and password are asked for next, and are not written there."
                ),
                self,
            )
        )
        column.add(self.message)
        column.space(4)
        column.add_layout(form)
        column.space(8)
        column.add_layout(buttons)
        column.end()

    def start(self) -> None:
        self.server.setFocus(Qt.FocusReason.OtherFocusReason)

    def named(self) -> ServerNamed:
        """What was typed."""
        return ServerNamed(
            self.server.text().strip(), self.database.text().strip(), self.ca_file.text().strip()
        )

    def wait(self, on: bool) -> None:
        """While it is looked into nothing else can be chosen."""
        for widget in (self.server, self.database, self.ca_file, self.choose, self.back, self.next):
            widget.setEnabled(not on)

    def show_problem(self, text: str) -> None:
        self.message.show_message(text, Level.ERROR)
        self.start()

    def _on_next(self) -> None:
        for field, text in (
            (self.server, _("Type the name of the server.")),
            (self.database, _("Type the name of the database.")),
        ):
            if not field.text().strip():
                self.message.show_message(text, Level.WARNING)
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.message.clear()
        self.connect_wanted.emit()

    def _on_choose(self) -> None:
        dialog = QFileDialog(self, _("Certificate of the authority"), self.ca_file.text())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Certificates (*.pem *.crt *.cer)"), _("All files (*)")])
        dialog.fileSelected.connect(self.ca_file.setText)
        dialog.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field leads on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.next.isEnabled():
            self._on_next()
        else:
            super().keyPressEvent(event)
