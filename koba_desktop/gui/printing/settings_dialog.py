"""Print settings: for each kind of paper the printer, tray, sides and copies; and the test page."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from koba_desktop.domain import policy
from koba_desktop.domain.entities.office import Setting
from koba_desktop.domain.errors import OfficeError
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.fitting import open_at
from koba_desktop.gui.mnemonics import tidy
from koba_desktop.gui.printing.sending import send
from koba_desktop.gui.printing.settings import (
    Printout,
    Way,
    follow_usual,
    has_own,
    no_printer,
    remember,
    settings_for,
)
from koba_desktop.gui.printing.settings_row import PrintRow
from koba_desktop.gui.widgets import Heading, InlineMessage, Level, PrimaryButton, SecondText
from koba_desktop.i18n import _
from koba_desktop.i18n.messages import describe
from koba_desktop.services.ports import PrinterOptions, PrintSettings
from koba_desktop.services.view import View

_NAME = "testseite"
_LISTS = tuple(paper for paper in Printout if paper is not Printout.USUAL)


def as_pictures() -> str:
    """Said where printers do not get the PDF itself."""
    return _(
        "This PC has no program that hands PDFs to the printer (SumatraPDF, CUPS): pages are "
        "printed as pictures, which takes about a second a page."
    )


class PrintDialog(QDialog):
    """Nothing is remembered until "Save". A test page goes out as the lines are filled in."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._options: dict[str, PrinterOptions] = {}
        self.setWindowTitle(_("Print settings"))
        self.rows = [PrintRow(kind, self) for kind in (Printout.USUAL, *LetterKind, *_LISTS)]
        self.pictures = SecondText(as_pictures(), self)
        self.pictures.setWordWrap(True)
        self.pictures.hide()
        self.message = InlineMessage(self)
        self.proof_on = QComboBox(self)
        self.proof_on.setAccessibleName(_("Printer and tray of the test page"))
        self.proof_on.setMinimumWidth(theme.px(220))
        self.proof = QPushButton(_("Print &test page"), self)
        self.proof.clicked.connect(self._print_proof)
        self.cancel = QPushButton(_("&Cancel"), self)
        self.cancel.clicked.connect(self.reject)
        self.save = PrimaryButton(_("&Save"), self)
        self.save.clicked.connect(self._save)
        for button in (self.proof, self.cancel, self.save):
            button.setAutoDefault(False)
        self._lay_out()
        for row in self.rows:
            row.printer_changed.connect(lambda row=row: self._ask_options(row))
            row.changed.connect(self._follow)
        self._show_printers([])
        tidy(self)
        self.search()

    @property
    def usual(self) -> PrintRow:
        return self.rows[0]

    def _lay_out(self) -> None:
        table = QWidget(self)
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, theme.px(8), 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        heads = (_("Paper"), _("Printer"), _("Tray"), _("Both sides"), _("Copies"))
        for column, text in enumerate(heads):
            grid.addWidget(SecondText(text, table), 0, column)
        for line, row in enumerate(self.rows, start=1):
            widgets = (row.label, row.printer, row.tray, row.both_sides, row.copies)
            for column, widget in enumerate(widgets):
                widget.setParent(table)
                grid.addWidget(widget, line, column)
        grid.setRowStretch(len(self.rows) + 1, 1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(table)
        trying = QHBoxLayout()
        label = QLabel(_("Test page &on"), self)
        label.setBuddy(self.proof_on)
        for widget in (label, self.proof_on, self.proof):
            trying.addWidget(widget)
        trying.addStretch()
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        what = SecondText(
            _(
                "Remembered on this PC. The test page shows on paper whether the printer keeps to "
                "100 % and the address lies in the envelope's window."
            ),
            self,
        )
        what.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        layout.addWidget(Heading(_("Print settings"), 1, self))
        layout.addWidget(what)
        layout.addWidget(scroll, 1)
        layout.addWidget(self.pictures)
        layout.addWidget(self.message)
        layout.addLayout(trying)
        layout.addLayout(buttons)
        open_at(self, 800, 640)

    # --- the printers of this PC ------------------------------------------------------------------

    def search(self) -> None:
        """Ask the system for its printers, also again."""
        printers = self._desk.printers
        self._desk.make(
            lambda: (printers.names(), printers.vector),
            lambda told: self._show_found(*told),
            owner=self,
            key="printers",
            failed=self._failed,
        )

    def _show_found(self, names: Sequence[str], vector: bool) -> None:
        self.pictures.setVisible(not vector)
        self._show_printers(names)
        if names:
            self.message.clear()
            self.usual.printer.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.message.show_message(
                no_printer(), Level.WARNING, link=_("Search again"), action=self.search
            )
        for row in self.rows:
            if not row.follows:
                self._ask_options(row)

    def _show_printers(self, names: Sequence[str]) -> None:
        for row in self.rows:
            printer, settings = settings_for(row.kind)
            own = row is self.usual or has_own(row.kind)
            row.show_printers(names, printer if own else None)
            row.show_way((printer, settings))
        self._follow()

    def _ask_options(self, row: PrintRow) -> None:
        printer, _settings = row.way()
        if not printer:
            return
        known = self._options.get(printer)
        if known is not None:
            row.show_options(known)
            self._follow()
            return
        self._desk.make(
            lambda: self._desk.printers.options(printer),
            lambda options: self._learn(printer, options),
            owner=self,
            key=f"options {printer}",
            failed=lambda error: self._desk.unless_expected(error),
        )

    def _learn(self, printer: str, options: PrinterOptions) -> None:
        self._options[printer] = options
        for row in self.rows:
            if row.way()[0] == printer:
                row.show_options(options)
        self._follow()

    # --- the lines --------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Lines without settings of their own show the usual ones; the test page may go wherever
        a line goes."""
        usual, tray = self.usual.way(), self.usual.described_tray()
        for row in self.rows:
            if row.follows:
                row.show_way(usual, tray)
        chosen = self.proof_on.currentData()
        self.proof_on.clear()
        for row in self.rows:
            printer, settings = row.way()
            place = (printer, settings.tray)
            if printer and not row.follows and self._place(place) < 0:
                name = " · ".join(filter(None, (printer, row.described_tray())))
                self.proof_on.addItem(name, place)
        if chosen is not None:
            self.proof_on.setCurrentIndex(max(0, self._place(chosen)))
        there = self.proof_on.count() > 0
        self.proof_on.setEnabled(there)
        self.proof.setEnabled(there)
        self.save.setEnabled(there)

    def _place(self, place: tuple[str, str]) -> int:
        rows = range(self.proof_on.count())
        return next((row for row in rows if tuple(self.proof_on.itemData(row)) == place), -1)

    def _save(self) -> None:
        for row in self.rows:
            if row.follows:
                follow_usual(row.kind)
            else:
                remember(row.kind, *row.way())
        self._desk.print_settings_changed.emit()
        self.accept()

    # --- the test page ----------------------------------------------------------------------------

    def _print_proof(self) -> None:
        printer, tray = self.proof_on.currentData()
        tray_name = self.proof_on.currentText().removeprefix(f"{printer} · ") if tray else ""
        desk, office_id = self._desk, self._desk.actor.office_id
        way = (str(printer), PrintSettings(tray=str(tray)))
        self.proof.setEnabled(False)
        self.message.clear()

        def read(view: View) -> tuple[str, str]:
            rules = view.reader.find(Setting)
            form, envelope = (
                policy.value_in_force(rules, key, office_id, view.today)
                for key in ("letters.form", "letters.envelope")
            )
            return form, envelope

        def draw(chosen: tuple[str, str]) -> None:
            form, envelope = chosen
            desk.make(
                lambda: desk.proof_pages.render(
                    form=form,
                    envelope=envelope,
                    printer=way[0],
                    tray=tray_name,
                    made_on=desk.today(),
                ),
                lambda pdf: self._hand_over(pdf, way),
                owner=self,
                failed=self._failed,
            )

        desk.ask(read, draw, owner=self, failed=self._failed)

    def _hand_over(self, pdf: bytes, way: Way) -> None:
        send(
            self._desk,
            pdf,
            way,
            title=_("Test page"),
            name=_NAME,
            message=self.message,
            done=lambda: self._printed(way[0]),
            failed=self._failed,
        )

    def _printed(self, printer: str) -> None:
        said = _("Test page printed on {printer}. Follow what it says.").format(printer=printer)
        if isValid(self):
            self.proof.setEnabled(True)
            self.message.show_message(said, Level.OK)
        else:
            self._desk.message.emit(said, False)

    def _failed(self, error: Exception) -> None:
        if not isValid(self) or not isinstance(error, OfficeError):
            self._desk.problem.emit(error)
            return
        self._follow()
        self.message.show_message(describe(error), Level.ERROR)


def open_print_settings(desk: Desk, parent: QWidget) -> PrintDialog:
    dialog = PrintDialog(desk, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
