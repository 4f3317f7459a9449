"""The list to go on by hand with, looked at, printed or saved: today and the next working day."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFormLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters.paper_dialog import PaperDialog
from koba_desktop.gui.letters.preview import DPI, PagePreviewWidget
from koba_desktop.gui.letters.print_settings import Paper
from koba_desktop.gui.mnemonics import tidy
from koba_desktop.gui.outage.wording import moment
from koba_desktop.gui.widgets import (
    Heading,
    SecondText,
    ToolButton,
)
from koba_desktop.i18n import _
from koba_desktop.services.facade import Services
from koba_desktop.services.outage.emergency_list import EmergencyList, emergency_list
from koba_desktop.services.outage.facade import SharedServices

if TYPE_CHECKING:
    from koba_desktop.services.ports import PageImage
    from koba_desktop.services.view import View


def taken_at(services: Services) -> datetime | None:
    """When what is read now was written down, where that is not the database itself."""
    if isinstance(services, SharedServices) and services.offline:
        return services.state.taken_at
    return None


class EmergencyListDialog(PaperDialog):
    """Made anew when another scope is chosen; what is seen is what is printed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Emergency list"), Paper.EMERGENCY_LIST, parent)
        self._pdf: bytes | None = None
        self._page, self._count = 0, 0
        self.everybody = QRadioButton(_("The whole &office"), self)
        self.mine = QRadioButton(_("Only &my appointments and calls"), self)
        self._scope = QButtonGroup(self)
        for choice in (self.everybody, self.mine):
            self._scope.addButton(choice)
        self.everybody.setChecked(True)
        self._scope.buttonToggled.connect(lambda _button, on: self._make() if on else None)
        self._make_printer()
        self.preview = PagePreviewWidget(self)
        self.preview.setAccessibleName(_("Preview of the emergency list"))
        self.preview.setMinimumSize(theme.px(330), theme.px(440))
        self.note = SecondText("", self)
        self.note.setWordWrap(True)
        self.pages = SecondText("", self)
        self.back = ToolButton("", "chevron-left", self, tool_tip=_("Page before"))
        self.forth = ToolButton("", "chevron-right", self, tool_tip=_("Next page"))
        self.back.clicked.connect(lambda: self._turn(-1))
        self.forth.clicked.connect(lambda: self._turn(1))
        self.printer.found.connect(lambda _any: self._enable())
        self._lay_out()
        tidy(self)
        self.printer.search()
        self._make()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(_("P&rinter"), self.printer)
        turning = QHBoxLayout()
        for widget in (self.back, self.pages, self.forth):
            turning.addWidget(widget)
        turning.addStretch()
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(Heading(_("Emergency list"), 1, self))
        what = SecondText(
            _(
                "Who comes, who is to be called and which room is used, today and on the next "
                "working day, with room to write by hand. It names clients: lock it away, and "
                "shred it when it is done with."
            ),
            self,
        )
        what.setWordWrap(True)
        for each in (what, self.note, self.everybody, self.mine):
            left.addWidget(each)
        left.addLayout(form)
        left.addWidget(self.message)
        left.addStretch()
        right = QVBoxLayout()
        right.addWidget(self.preview, 1)
        right.addLayout(turning)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        layout.addLayout(columns, 1)
        layout.addLayout(self._make_buttons())
        self.resize(theme.px(760), theme.px(560))

    # --- making and looking -----------------------------------------------------------------------

    def _make(self) -> None:
        """Read it, then render it, both off this thread."""
        desk, services = self._desk, self._desk.services
        office_id = desk.actor.office_id
        advisor_id: UUID | None = desk.actor.staff_id if self.mine.isChecked() else None
        self._pdf = None
        self.message.clear()
        self.preview.show_text(_("The list is being made …"))
        self._enable()

        def read(view: "View") -> EmergencyList:
            return emergency_list(
                view, office_id=office_id, advisor_id=advisor_id, taken_at=taken_at(services)
            )

        def render(content: EmergencyList) -> None:
            desk.make(
                lambda: desk.emergency_lists.render(content),
                lambda pdf: self._take(content, pdf),
                owner=self,
                key="pdf",
                failed=self._failed,
            )

        desk.ask(read, render, owner=self, key="list", failed=self._failed)

    def _take(self, content: EmergencyList, pdf: bytes) -> None:
        self._pdf, self._page = pdf, 0
        self.note.setText(
            _("As of {moment}").format(moment=moment(content.as_of, self._desk.today()))
        )
        self._enable()
        self._look()

    def _turn(self, by: int) -> None:
        self._page = max(0, min(self._page + by, self._count - 1))
        self._look()

    def _look(self) -> None:
        pdf, page = self._pdf, self._page
        if pdf is None:
            return

        def draw() -> "tuple[PageImage, int]":
            return self._desk.pages.page_image(pdf, page, DPI), self._desk.pages.page_count(pdf)

        self._desk.make(draw, self._show_page, owner=self, key="page", failed=self._failed)

    def _show_page(self, drawn: "tuple[PageImage, int]") -> None:
        image, self._count = drawn
        text = _("Page {n} of {of}").format(n=self._page + 1, of=self._count)
        self.preview.show_page(image, None, text)
        self.pages.setText(text)
        self.back.setEnabled(self._page > 0)
        self.forth.setEnabled(self._page + 1 < self._count)

    # --- on paper, or in a file -------------------------------------------------------------------

    def save_title(self) -> str:
        return _("Save the emergency list as PDF")

    def printed_text(self) -> str:
        return _("The emergency list is printed.")

    def file_name(self) -> str:
        """ "notfallliste-halberstadt-2021-04-13.pdf"."""
        return self._office_file("notfallliste", self._desk.today().isoformat())

    def _produce(self, take: Callable[[bytes], None]) -> None:
        """It is there already: what is seen is taken."""
        if self._pdf is not None:
            self.message.clear()
            self.save.setEnabled(False)
            self.print.setEnabled(False)
            take(self._pdf)

    def _ready(self) -> None:
        self._enable()
        if self._pdf is None:
            self.preview.show_text("")

    def _enable(self) -> None:
        there = self._pdf is not None
        self.save.setEnabled(there)
        self.print.setEnabled(there and self.printer.count() > 0)
        if not there:
            self.pages.setText("")
            self.back.setEnabled(False)
            self.forth.setEnabled(False)


def open_emergency_list(desk: Desk, parent: QWidget) -> EmergencyListDialog:
    dialog = EmergencyListDialog(desk, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
