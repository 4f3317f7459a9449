"""One line of the print settings: a kind of paper with its printer, tray, sides and copies."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QSpinBox, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.printing.settings import MOST_COPIES, Printed, Printout, Way
from koba_desktop.gui.widgets.choices import row_of
from koba_desktop.i18n import _, pgettext
from koba_desktop.i18n.words import word
from koba_desktop.services.ports import PrinterOptions, PrintSettings

_AS_USUAL = None  # what stands in the list of printers for "like the first line"


def paper_name(kind: Printed) -> str:
    """A kind of paper as the settings name it."""
    if not isinstance(kind, Printout):
        return word(kind)
    return {
        Printout.USUAL: _("Usually"),
        Printout.DAY_LIST: _("Day list"),
        Printout.CALL_LIST: _("Call list"),
        Printout.DOOR_PLAN: _("Door plans"),
        Printout.EMERGENCY_LIST: _("Emergency list"),
        Printout.REPLY_SLIPS: _("Reply slips"),
    }[kind]


class PrintRow(QObject):
    """Its widgets, in the order of the Tab key. The line of the usual settings follows no other."""

    printer_changed = Signal()
    changed = Signal()

    def __init__(self, kind: Printed, parent: QWidget) -> None:
        super().__init__(parent)
        self.kind = kind
        name = paper_name(kind)
        self.label = QLabel(name, parent)
        self.printer = _combo(parent, _("Printer: {paper}").format(paper=name), 170)
        self.tray = _combo(parent, _("Paper tray: {paper}").format(paper=name), 172)
        self.both_sides = QCheckBox(parent)
        self.both_sides.setAccessibleName(_("Both sides: {paper}").format(paper=name))
        self.copies = QSpinBox(parent)
        self.copies.setRange(1, MOST_COPIES)
        self.copies.setAccessibleName(_("Copies: {paper}").format(paper=name))
        self.label.setBuddy(self.printer)
        self.printer.activated.connect(lambda _row: self._on_printer())
        self.tray.activated.connect(lambda _row: self.changed.emit())
        self.both_sides.toggled.connect(lambda _on: self.changed.emit())
        self.copies.valueChanged.connect(lambda _n: self.changed.emit())

    @property
    def follows(self) -> bool:
        """Whether the line has no settings of its own."""
        return self.kind is not Printout.USUAL and self.printer.currentData() is _AS_USUAL

    def way(self) -> Way:
        """What stands in the line: the printer ("" where there is none) and how to print."""
        return str(self.printer.currentData() or ""), PrintSettings(
            tray=str(self.tray.currentData() or ""),
            duplex=self.both_sides.isChecked(),
            copies=self.copies.value(),
        )

    def described_tray(self) -> str:
        return self.tray.currentText() if self.tray.currentData() else ""

    # --- filling ----------------------------------------------------------------------------------

    def show_printers(self, names: Sequence[str], chosen: str | None) -> None:
        """``chosen`` None: as usual. One that is not there (any more) stays until somebody chooses
        another, and says so."""
        self.printer.clear()
        if self.kind is not Printout.USUAL:
            self.printer.addItem(_("as usual"), _AS_USUAL)
        for name in names:
            self.printer.addItem(name, name)
        if chosen and chosen not in names:
            self.printer.addItem(_("{printer} (not found)").format(printer=chosen), chosen)
        self.printer.setCurrentIndex(max(0, row_of(self.printer, chosen)))
        self._enable(True)

    def show_way(self, way: Way, tray_name: str = "") -> None:
        """Show how to print, without telling anybody. Without ``show_options`` the tray is called
        ``tray_name`` or as the printer calls it."""
        _printer, settings = way
        with QSignalBlocker(self.both_sides), QSignalBlocker(self.copies):
            self.both_sides.setChecked(settings.duplex)
            self.copies.setValue(settings.copies)
        self.tray.clear()
        self.tray.addItem(pgettext("tray", "the printer's own"), "")
        if settings.tray:
            self.tray.addItem(tray_name or settings.tray, settings.tray)
            self.tray.setCurrentIndex(1)

    def show_options(self, options: PrinterOptions) -> None:
        """What the printer can do. A tray it does not have is not chosen any more."""
        tray = self.tray.currentData()
        self.tray.clear()
        self.tray.addItem(pgettext("tray", "the printer's own"), "")
        for key, name in options.trays:
            self.tray.addItem(name, key)
        self.tray.setCurrentIndex(max(0, row_of(self.tray, tray)))
        if not options.duplex:
            self.both_sides.setChecked(False)
        self._enable(options.duplex)

    def _on_printer(self) -> None:
        """Another printer has other trays: it begins with its own way."""
        self.show_way(("", PrintSettings()))
        self._enable(True)
        self.printer_changed.emit()
        self.changed.emit()

    def _enable(self, duplex: bool) -> None:
        own = not self.follows and self.printer.count() > 0
        self.printer.setEnabled(self.printer.count() > 0)
        self.tray.setEnabled(own)
        self.both_sides.setEnabled(own and duplex)
        self.copies.setEnabled(own)


def _combo(parent: QWidget, name: str, width: int) -> QComboBox:
    combo = QComboBox(parent)
    combo.setAccessibleName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumWidth(theme.px(width))
    return combo
