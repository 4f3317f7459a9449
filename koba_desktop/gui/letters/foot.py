"""The line below the outbox: how many will be printed, where, and the button that does it."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters.printers import PrinterChoice
from koba_desktop.gui.letters.wording import no_printer
from koba_desktop.gui.widgets import IconLabel, PrimaryButton, SecondText, ToolButton
from koba_desktop.i18n import _, ngettext

_PRINTER_KEY = "letters/printer"


class PrintFoot(QWidget):
    def __init__(
        self, desk: Desk, print_action: QAction, save_action: QAction, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._print_action = print_action
        self.sum = IconLabel("", "", self, role="ok")
        self.printer = PrinterChoice(desk, _PRINTER_KEY, self)
        self.printer.setMinimumWidth(theme.px(180))
        self.printer.found.connect(
            lambda any_at_all: self.printer.setToolTip("" if any_at_all else no_printer())
        )
        label = QLabel(_("P&rinter"), self)
        label.setBuddy(self.printer)
        save = ToolButton(_("Save as PDF…"), "save", self)
        save.clicked.connect(save_action.trigger)
        save_action.changed.connect(lambda: save.setEnabled(save_action.isEnabled()))
        self.button = PrimaryButton(_("Print"), self, "printer")
        self.button.setMinimumHeight(theme.px(30))
        self.button.clicked.connect(print_action.trigger)
        print_action.changed.connect(self._follow)
        across = QBoxLayout.Direction.LeftToRight
        self._scale = SecondText(_("Scale 100 %, not fitted to the page"), self)
        self._told = QBoxLayout(across)
        self._told.addWidget(self.sum, 1)
        self._told.addWidget(self._scale)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(label)
        where.addWidget(self.printer)
        where.addStretch(1)
        deeds = QHBoxLayout()
        deeds.setSpacing(8)
        deeds.addStretch(1)
        deeds.addWidget(save)
        deeds.addWidget(self.button)
        self._done = QBoxLayout(across)
        self._done.setSpacing(8)
        self._done.addLayout(where)
        self._done.addLayout(deeds, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._told)
        layout.addLayout(self._done)
        self._deeds = deeds
        self.printer.search()

    def minimumSizeHint(self) -> QSize:
        """Its two lines may break into four."""
        return QSize(self._deeds.minimumSize().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Each line breaks in two where its parts have no room beside each other."""
        direction = QBoxLayout.Direction
        self.sum.label.setWordWrap(False)
        for line in (self._told, self._done):
            line.setDirection(direction.LeftToRight)
        for line in (self._told, self._done):
            if line.sizeHint().width() > self.width():
                line.setDirection(direction.TopToBottom)
        broken = self._told.direction() is direction.TopToBottom
        self.sum.label.setWordWrap(broken)
        self._scale.setWordWrap(broken)

    def show_count(self, n: int) -> None:
        """How many letters are ticked to be printed."""
        self.button.setText(
            ngettext("Print {n} letter", "Print {n} letters", n).format(n=n) if n else _("Print")
        )
        self.sum.set(
            ngettext(
                "{n} letter. It is checked against the envelope window before it is printed.",
                "{n} letters. Each is checked against the envelope window before it is printed.",
                n,
            ).format(n=n)
            if n
            else _("No letter is ticked to be printed."),
            icon="tick" if n else "info",
        )
        self._fit()

    def _follow(self) -> None:
        self.button.setEnabled(self._print_action.isEnabled())
