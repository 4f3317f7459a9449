"""What dialogs have in common that bring a PDF to paper or into a file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPushButton, QWidget

from koba_desktop.domain.errors import OfficeError
from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters.dispatch import print_pdf
from koba_desktop.gui.letters.printers import PrinterChoice
from koba_desktop.gui.letters.saving import save_pdf
from koba_desktop.gui.widgets import InlineMessage, Level, PrimaryButton
from koba_desktop.i18n import _
from koba_desktop.i18n.messages import describe


class PaperDialog(QDialog):
    """Printer, "Save as PDF…", "Print", and the line that says what went wrong. It closes once the
    paper is made. ``printer_key`` is where the printer chosen last is remembered."""

    def __init__(self, desk: Desk, title: str, printer_key: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._title = title
        self._printer_key = printer_key
        self.setWindowTitle(title)

    # --- what each says itself --------------------------------------------------------------------

    def save_title(self) -> str:
        """Above the choice of a file."""
        raise NotImplementedError

    def printed_text(self) -> str:
        """Said once it is on paper."""
        raise NotImplementedError

    def file_name(self) -> str:
        """As which it is offered to be saved."""
        raise NotImplementedError

    def _finish(self, finish: Callable[[bytes], None], said: str) -> None:
        """Do with the PDF what is wanted, off this thread; ``_done`` or ``_failed`` comes after."""
        raise NotImplementedError

    def _ready(self) -> None:
        """What can be done now, after something failed."""
        raise NotImplementedError

    # --- its parts: the Tab key visits them in the order in which they are made -------------------

    def _make_printer(self) -> None:
        """After what is printed was chosen."""
        self.printer = PrinterChoice(self._desk, self._printer_key, self)
        self.printer.setMinimumWidth(theme.px(200))
        self.message = InlineMessage(self)

    def _make_buttons(self) -> QHBoxLayout:
        """Last: the row at the foot."""
        self.save = QPushButton(_("&Save as PDF…"), self)
        self.save.clicked.connect(self._ask_file)
        self.print = PrimaryButton(_("&Print"), self, "printer")
        self.print.clicked.connect(self._print)
        close = QPushButton(_("&Close"), self)
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch()
        for button in (close, self.save, self.print):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        return buttons

    # --- on paper, or in a file -------------------------------------------------------------------

    def _office_file(self, what: str, day: str) -> str:
        """The papers are German, and so are their names."""
        town = self._desk.office.short_name.casefold().replace(" ", "-")
        return f"{what}-{town}-{day}.pdf"

    def _print(self) -> None:
        printer = self.printer.currentText()
        name = self.file_name().removesuffix(".pdf")
        QSettings().setValue(self._printer_key, printer)

        def send(pdf: bytes) -> None:
            print_pdf(self._desk.printers, pdf, printer=printer, title=self._title, name=name)

        self._finish(send, self.printed_text())

    def _ask_file(self) -> None:
        path, _filter = QFileDialog.getSaveFileName(
            self, self.save_title(), self.file_name(), _("PDF files (*.pdf)")
        )
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the file whole or not at all."""
        self._finish(lambda pdf: save_pdf(path, pdf), _("Saved: {file}").format(file=path.name))

    def _done(self, said: str) -> None:
        self._desk.message.emit(said, False)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._ready()
        if isinstance(error, OfficeError):
            self.message.show_message(describe(error), Level.ERROR)
        else:
            self._desk.problem.emit(error)
