"""What dialogs have in common that bring a PDF to paper or into a file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPushButton, QWidget
from shiboken6 import isValid

from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.printing.printers import PrinterChoice
from koba_desktop.gui.printing.sending import send
from koba_desktop.gui.printing.settings import Printed
from koba_desktop.gui.refusals import show_refusal
from koba_desktop.gui.widgets import InlineMessage, PrimaryButton
from koba_desktop.i18n import _
from koba_desktop.services.commands import NotePaper
from koba_desktop.services.whole_files import write_whole


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

    def leaving_note(self, *, printed: bool) -> NotePaper | None:
        """What is noted in the audit before the paper leaves; None of one that names nobody."""
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
        desk, title, said, way = self._desk, self._title, self.printed_text(), self.printer.chosen()
        name = self.file_name().removesuffix(".pdf")

        def go() -> None:
            send(
                desk,
                pdf,
                way,
                title=title,
                name=name,
                message=self.message,
                done=lambda: self._done(said),
                failed=self._failed,
            )

        self._once_noted(go, printed=True)

    def _once_noted(self, leave: Callable[[], None], *, printed: bool) -> None:
        """Whatever becomes of the dialog meanwhile: what was asked for is done."""
        note = self.leaving_note(printed=printed)
        if note is None:
            leave()
        else:
            self._desk.execute(
                note, owner=self._desk, done=lambda _receipt: leave(), failed=self._failed
            )

    def _ask_file(self) -> None:
        path, _filter = QFileDialog.getSaveFileName(
            self, self.save_title(), self.file_name(), _("PDF files (*.pdf)")
        )
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the file whole or not at all."""
        desk, said = self._desk, _("Saved: {file}").format(file=path.name)

        def save(pdf: bytes) -> None:
            def write() -> None:
                desk.make(
                    lambda: write_whole(path, pdf),
                    lambda _none: self._done(said),
                    owner=desk,
                    failed=self._failed,
                )

            self._once_noted(write, printed=False)

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
        show_refusal(self._desk, self.message, error)
