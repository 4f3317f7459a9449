"""The print bar below the outbox: how many will be printed, where, how, and the button for it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters import wording
from koba_desktop.gui.letters.checking import Findings
from koba_desktop.gui.letters.print_place import PrintPlace
from koba_desktop.gui.letters.progress import PrintProgress
from koba_desktop.gui.printing.settings import PrinterShare, no_printer
from koba_desktop.gui.widgets import IconLabel, PrimaryButton, SecondText, ToolButton
from koba_desktop.i18n import _, ngettext
from koba_desktop.services.letters.outbox import OutboxItem

_GAP = 8  # between what stands side by side


class PrintFoot(QWidget):
    """``place`` says where the letters go whose kind has no settings of its own."""

    def __init__(
        self, desk: Desk, print_action: QAction, view_action: QAction, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._print_action = print_action
        self.sum = IconLabel("", "", self, role="ok")
        self._scale = SecondText(_("Scale 100 %, not fitted to the page"), self)
        self.ways = SecondText("", self)
        self.ways.setWordWrap(True)
        self.progress = PrintProgress(self)
        self.place = PrintPlace(desk, self)
        self.printer = self.place.printer
        self.printer.setMinimumWidth(theme.px(150))
        self.place.found.connect(
            lambda any_at_all: self.printer.setToolTip("" if any_at_all else no_printer())
        )
        label = QLabel(_("P&rinter"), self)
        label.setBuddy(self.printer)
        paper = QLabel(_("Pap&er"), self)
        paper.setBuddy(self.place.tray)
        view = ToolButton(_("View as PDF"), "", self)
        view.follow(view_action)
        self.button = PrimaryButton(_("Print"), self, "printer")
        self.button.setMinimumHeight(theme.px(30))
        self.button.clicked.connect(print_action.trigger)
        print_action.changed.connect(self._follow)
        across = QBoxLayout.Direction.LeftToRight
        self._told = QBoxLayout(across)
        self._told.setSpacing(_GAP)
        self._told.addWidget(self.sum, 1)
        self._told.addWidget(self._scale)
        where = QHBoxLayout()
        where.setSpacing(_GAP)
        ways = (label, self.printer, paper, self.place.tray, self.place.more)
        for widget in ways:
            where.addWidget(widget)
        self._parts = (*ways, view, self.button)
        where.addStretch(1)
        self._deeds = QHBoxLayout()
        self._deeds.setSpacing(_GAP)
        self._deeds.addStretch(1)
        self._deeds.addWidget(view)
        self._deeds.addWidget(self.button)
        self._done = QBoxLayout(across)
        self._done.setSpacing(_GAP)
        self._done.addLayout(where)
        self._done.addLayout(self._deeds, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._told)
        layout.addWidget(self.ways)
        layout.addWidget(self.progress)
        layout.addLayout(self._done)
        self.place.search()

    def minimumSizeHint(self) -> QSize:
        """Its lines may break."""
        least = max(self._deeds.minimumSize().width(), theme.px(300))
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Each line breaks in two where its parts have no room beside each other. Asked are the
        parts themselves: the layouts hear of another text only later."""
        texts = (self.sum.label, self._scale)
        icon = self.sum.sizeHint().width() - self.sum.label.sizeHint().width()
        told = icon + sum(label.fontMetrics().horizontalAdvance(label.text()) for label in texts)
        done = sum(each.sizeHint().expandedTo(each.minimumSize()).width() for each in self._parts)
        direction = QBoxLayout.Direction
        for line, needed, parts in ((self._told, told, 2), (self._done, done, len(self._parts))):
            broken = needed + (parts - 1) * _GAP > self.width()
            line.setDirection(direction.TopToBottom if broken else direction.LeftToRight)
        for label in texts:
            label.setWordWrap(self._told.direction() is direction.TopToBottom)

    def show_batches(self, batches: Sequence[PrinterShare[OutboxItem]], findings: Findings) -> None:
        """What the button would print, by where it goes, and what a trial of it found."""
        n = sum(len(one.items) for one in batches)
        self.button.setText(
            ngettext("Print {n} letter", "Print {n} letters", n).format(n=n) if n else _("Print")
        )
        icon = ("warning", "warning") if findings.refused else ("tick" if n else "info", "ok")
        self.sum.set(wording.to_be_printed(n, findings), *icon)
        usual = self.place.usual
        self.ways.setText(wording.ways(batches, usual))
        self.ways.setVisible(bool(self.ways.text()))
        self._fit()

    def _follow(self) -> None:
        self.button.setEnabled(self._print_action.isEnabled())
