"""Where letters are printed and how: printer, tray, sides, copies; remembered as the usual way."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QComboBox, QMenu, QToolButton, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.printing.settings import Printout, remember, settings_for, way_text
from koba_desktop.gui.widgets import ToolButton
from koba_desktop.gui.widgets.choices import row_of
from koba_desktop.i18n import _, ngettext
from koba_desktop.services.ports import PrinterOptions, PrintSettings

_COPIES = (1, 2, 3, 4, 5)


class PrintPlace(QObject):
    """The three controls of the print bar: ``printer``, ``tray`` and ``more`` (sides, copies).

    What is chosen holds for all letters whose kind has no settings of its own.
    """

    found = Signal(bool)  # the system has named its printers: whether there is any
    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._options = PrinterOptions()
        self.printer = self._combo(parent, _("Printer"), _("No printer found"))
        self.printer.activated.connect(lambda _row: self._on_printer())
        self.tray = self._combo(parent, _("Paper tray"), _("The printer's own"))
        self.tray.activated.connect(lambda _row: self._on_tray())
        self.more = ToolButton("", "gear", parent, tool_tip=_("Sides and copies"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        self.duplex = QAction(_("Print on &both sides"), menu)
        self.duplex.setCheckable(True)
        self.duplex.toggled.connect(self._on_duplex)
        menu.addAction(self.duplex)
        menu.addSeparator()
        self._copies = QActionGroup(menu)
        for n in _COPIES:
            action = QAction(ngettext("{n} copy", "{n} copies", n).format(n=n), self._copies)
            action.setCheckable(True)
            action.setData(n)
            menu.addAction(action)
        self._copies.triggered.connect(lambda action: self._on_copies(action.data()))
        menu.addSeparator()
        each = QAction(_("&For each kind of letter…"), menu)
        each.triggered.connect(self._open_settings)
        menu.addAction(each)
        self.more.setMenu(menu)
        desk.print_settings_changed.connect(self.search)
        self._show_settings()

    @staticmethod
    def _combo(parent: QWidget, name: str, nothing: str) -> QComboBox:
        combo = QComboBox(parent)
        combo.setAccessibleName(name)
        combo.setPlaceholderText(nothing)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumWidth(theme.px(120))
        return combo

    @property
    def usual(self) -> str:
        """The printer that is shown; "" where there is none."""
        return str(self.printer.currentData() or "")

    def chosen(self) -> tuple[str, PrintSettings]:
        """The printer ("" where there is none) and how to print there."""
        return self.usual, settings_for(Printout.USUAL)[1]

    def described(self) -> str:
        """ "beidseitig, 2 Exemplare"; "" for the usual way."""
        return way_text(settings_for(Printout.USUAL)[1])

    # --- the printers of this PC ------------------------------------------------------------------

    def search(self) -> None:
        """Ask the system for its printers, also again."""
        self._desk.make(
            lambda: self._desk.printers.names(),
            self._show_printers,
            owner=self,
            key="printers",
            failed=lambda _error: self._show_printers([]),
        )

    def _show_printers(self, names: Sequence[str]) -> None:
        """The one chosen stays until somebody chooses another, be it gone: letters are not to come
        out somewhere else."""
        chosen = settings_for(Printout.USUAL)[0]
        self.printer.clear()
        for name in names:
            self.printer.addItem(name, name)
        if names and chosen and chosen not in names:
            self.printer.addItem(_("{printer} (not found)").format(printer=chosen), chosen)
        if names:
            self.printer.setCurrentIndex(max(0, row_of(self.printer, chosen)))
        self.printer.setEnabled(bool(names))
        self.found.emit(bool(names))
        self._ask_options()
        self.changed.emit()

    def _ask_options(self) -> None:
        printer = self.usual
        if not printer:
            self._show_options(PrinterOptions())
            return
        self._desk.make(
            lambda: self._desk.printers.options(printer),
            self._show_options,
            owner=self,
            key="options",
            failed=lambda _error: self._show_options(PrinterOptions()),
        )

    def _show_options(self, options: PrinterOptions) -> None:
        self._options = options
        self.tray.clear()
        if options.trays:
            self.tray.addItem(_("The printer's own"), "")
            for name, label in options.trays:
                self.tray.addItem(label, name)
        self.tray.setEnabled(bool(options.trays))
        self.more.setEnabled(bool(self.usual))
        self._show_settings()

    # --- choosing ---------------------------------------------------------------------------------

    def _on_printer(self) -> None:
        """Another printer has other trays: it begins with its own way."""
        self._keep(self.usual, PrintSettings())
        self._ask_options()

    def _on_tray(self) -> None:
        printer, settings = self.chosen()
        self._keep(printer, replace(settings, tray=str(self.tray.currentData() or "")))

    def _on_duplex(self, on: bool) -> None:
        printer, settings = self.chosen()
        if on is not settings.duplex:
            self._keep(printer, replace(settings, duplex=on))

    def _on_copies(self, copies: int) -> None:
        printer, settings = self.chosen()
        self._keep(printer, replace(settings, copies=copies))

    def _open_settings(self) -> None:
        from koba_desktop.gui.printing.settings_dialog import open_print_settings

        open_print_settings(self._desk, self.printer.window())

    def _keep(self, printer: str, settings: PrintSettings) -> None:
        remember(Printout.USUAL, printer, settings)
        self._show_settings()
        self.changed.emit()

    def _show_settings(self) -> None:
        _printer, settings = self.chosen()
        self.tray.setCurrentIndex(max(0, row_of(self.tray, settings.tray)))
        self.duplex.setEnabled(self._options.duplex or settings.duplex)
        self.duplex.setChecked(settings.duplex)
        for action in self._copies.actions():
            action.setChecked(action.data() == settings.copies)
        way = self.described() or _("one-sided, 1 copy")
        self.more.setToolTip(_("Sides and copies: {way}").format(way=way))
        self.more.setAccessibleName(self.more.toolTip())
