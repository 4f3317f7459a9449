"""The line below the outbox: how many will be printed, where, and the button that does it."""

from collections.abc import Sequence

from PySide6.QtCore import QSettings, QSize
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters.wording import no_printer
from koba_desktop.gui.widgets import IconLabel, PrimaryButton, SecondText, ToolButton
from koba_desktop.i18n import _, ngettext

_PRINTER_KEY = "letters/printer"


class PrintFoot(QWidget):
    """Remembers the printer of this PC."""

    def __init__(
        self, desk: Desk, print_action: QAction, save_action: QAction, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._print_action = print_action
        self.sum = IconLabel("", "", self, role="ok")
        self._choice = QComboBox(self)
        self._choice.setAccessibleName(_("Printer"))
        self._choice.setMinimumWidth(theme.px(180))
        self._choice.setPlaceholderText(_("No printer found"))
        self._choice.textActivated.connect(lambda name: QSettings().setValue(_PRINTER_KEY, name))
        label = QLabel(_("P&rinter"), self)
        label.setBuddy(self._choice)
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
        where.addWidget(self._choice)
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
        self.find_printers()

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

    def printer(self) -> str:
        """The printer chosen, or an empty text."""
        return self._choice.currentText()

    def find_printers(self) -> None:
        """Ask the system again."""
        self._desk.make(
            lambda: self._desk.printers.names(),
            self._show_printers,
            owner=self,
            key="printers",
            failed=lambda _error: self._show_printers([]),
        )

    def _show_printers(self, names: Sequence[str]) -> None:
        self._choice.clear()
        self._choice.addItems(list(names))
        chosen = QSettings().value(_PRINTER_KEY, "")
        if names:
            self._choice.setCurrentText(str(chosen) if chosen in names else names[0])
        self._choice.setEnabled(bool(names))
        self._choice.setToolTip("" if names else no_printer())

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
