"""What dialogs have in common that bring a PDF to paper or into a file."""

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPushButton, QWidget
from shiboken6 import isValid

from koba_desktop.domain.errors import OfficeError
from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.printing.handing_over import print_pdf
from koba_desktop.gui.printing.printers import PrinterChoice
from koba_desktop.gui.printing.saving import save_pdf
from koba_desktop.gui.printing.settings import Printed
from koba_desktop.gui.widgets import InlineMessage, Level, PrimaryButton
from koba_desktop.i18n import _
from koba_desktop.i18n.messages import describe


class PaperDialog(QDialog):
    """Printer, "Save as PDF…", "Print", and the line that says what went wrong. It closes once the
    paper is made; closed before, it lets the printer go on, and what became of it is told in the
    window. ``paper`` is what the printer chosen is remembered for."""

    def __init__(self, desk: Desk, title: str, paper: Printed, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._title = title
        self._paper = paper
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

    def _produce(self, take: Callable[[bytes], None]) -> None:
        """Make the PDF off this thread and have it taken on this one; ``_failed`` where it cannot
        be made. Until ``_ready`` nothing else can be done."""
        raise NotImplementedError

    def _ready(self) -> None:
        """What can be done now, after something failed."""
        raise NotImplementedError

    # --- its parts: the Tab key visits them in the order in which they are made -------------------

    def _make_printer(self) -> None:
        """After what is printed was chosen."""
        self.printer = PrinterChoice(self._desk, self._paper, self)
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
        self.printer.keep()
        self._produce(self._hand_over)

    def _hand_over(self, pdf: bytes) -> None:
        desk, title, said = self._desk, self._title, self.printed_text()
        printer, settings = self.printer.chosen()
        name = self.file_name().removesuffix(".pdf")
        stopped = threading.Event()
        self.message.show_message(
            _("Printing on {printer} …").format(printer=printer),
            Level.INFO,
            link=_("Stop"),
            action=stopped.set,
        )
        desk.hand_over(
            lambda: print_pdf(
                desk.printers,
                pdf,
                printer=printer,
                title=title,
                name=name,
                settings=settings,
                proceed=lambda: not (stopped.is_set() or desk.tasks.closed),
            ),
            lambda _none: self._done(said),
            owner=desk,
            failed=self._failed,
        )

    def _ask_file(self) -> None:
        path, _filter = QFileDialog.getSaveFileName(
            self, self.save_title(), self.file_name(), _("PDF files (*.pdf)")
        )
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the file whole or not at all."""
        said = _("Saved: {file}").format(file=path.name)

        def save(pdf: bytes) -> None:
            self._desk.make(
                lambda: save_pdf(path, pdf),
                lambda _none: self._done(said),
                owner=self,
                failed=self._failed,
            )

        self._produce(save)

    def _done(self, said: str) -> None:
        self._desk.message.emit(said, False)
        if isValid(self):
            self.accept()

    def _failed(self, error: Exception) -> None:
        if not isValid(self):
            self._desk.problem.emit(error)
            return
        self._ready()
        if isinstance(error, OfficeError):
            self.message.show_message(describe(error), Level.ERROR)
        else:
            self._desk.problem.emit(error)
