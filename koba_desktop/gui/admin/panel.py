"""The administration: a list of what can be set, and a page for each."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStackedWidget,
    QTabWidget,
    QWidget,
)

from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.gui import theme
from koba_desktop.gui.admin.appointment_kinds import AppointmentKinds
from koba_desktop.gui.admin.kinds import RecordKind
from koba_desktop.gui.admin.office_kinds import ClosingDays, Hours, Offices
from koba_desktop.gui.admin.page import AdminPage
from koba_desktop.gui.admin.room_kinds import Hygiene, Rooms
from koba_desktop.gui.admin.setting_kinds import Settings
from koba_desktop.gui.admin.sheet import office_of
from koba_desktop.gui.admin.staff_kinds import Absences, Patterns, People, Roles
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.mnemonics import menu_letters, tidy
from koba_desktop.i18n import _, pgettext
from koba_desktop.services.execution import Actor

KINDS: tuple[type[RecordKind], ...] = (
    Offices,
    People,
    Roles,
    Patterns,
    Absences,
    Hours,
    ClosingDays,
    Rooms,
    Hygiene,
    AppointmentKinds,
    Settings,
)


class AdminPanel(QWidget):
    """Master data of the offices. Pages are made when they are first looked at."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("admin")
        self.setAccessibleName(pgettext("view", "Administration"))
        self._desk = desk
        self._kinds = tuple(kind() for kind in KINDS)
        self._pages: dict[int, AdminPage] = {}
        self._staff_id: UUID | None = None
        self._build()
        self._make_actions()
        self.sections.currentRowChanged.connect(self._on_section)
        self.sections.setCurrentRow(0)
        self._desk.office_data_requested.connect(self.show_office)

    def commands(self) -> list[QAction]:
        """For the menu and the search: a submenu of the pages."""
        return [self._menu.menuAction()]

    def tools(self) -> list[list[QAction]]:
        """None in the tool bar: the pages have their buttons where the records are."""
        return []

    def _build(self) -> None:
        self.sections = QListWidget(self)
        self.sections.setAccessibleName(_("What can be set"))
        self.sections.setProperty("framed", True)
        self.sections.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.sections.setFixedWidth(theme.px(176))
        for kind in self._kinds:
            item = QListWidgetItem(kind.title(), self.sections)
            item.setSizeHint(QSize(0, theme.px(28)))
        self._stack = QStackedWidget(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 8, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.sections)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.sections)
        theme.watcher().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        for row, kind in enumerate(self._kinds):
            self.sections.item(row).setIcon(theme.icon(kind.icon))

    def _make_actions(self) -> None:
        self._menu = QMenu(_("&Administration"), self)
        for row, kind in enumerate(self._kinds):
            action = self._menu.addAction(kind.title())
            theme.bind_icon(action, kind.icon)
            action.triggered.connect(partial(self.show_section, row))

    # --- pages ------------------------------------------------------------------------------------

    def page(self) -> AdminPage:
        """The page in front."""
        return self._page(self.sections.currentRow())

    def _page(self, row: int) -> AdminPage:
        page = self._pages.get(row)
        if page is None:
            page = AdminPage(self._desk, self._kinds[row], self._stack)
            page.person_chosen.connect(self._on_person)
            self._stack.addWidget(page)
            tidy(page, menu_letters(self.window()))
            self._pages[row] = page
            page.staff_id = self._staff_id
        return page

    def _on_section(self, row: int) -> None:
        if row >= 0:
            self._stack.setCurrentWidget(self._page(row))

    def _on_person(self, staff_id: UUID) -> None:
        """New roles, hours and absences are proposed for the person chosen last."""
        self._staff_id = staff_id
        for page in self._pages.values():
            page.staff_id = staff_id

    def show_section(self, row: int) -> None:
        """Bring a page to the front, and the administration with it."""
        self.sections.setCurrentRow(row)
        page: QWidget = self
        while (above := page.parentWidget()) is not None:
            tabs = above.parentWidget()
            if isinstance(tabs, QTabWidget) and tabs.indexOf(page) >= 0:
                tabs.setCurrentWidget(page)
            page = above
        self.page().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_office(self) -> None:
        """Bring the data of the offices to the front."""
        self.show_section(
            next(n for n, kind in enumerate(self._kinds) if isinstance(kind, Offices))
        )

    def carry_on(self, draft: Draft) -> None:
        """Show what was typed before an interruption; in its office, where that is another."""
        office_id = office_of(draft)
        if office_id is not None and office_id != self._desk.actor.office_id:
            self._desk.become(Actor(staff_id=self._desk.actor.staff_id, office_id=office_id))
        for row, kind in enumerate(self._kinds):
            if kind.form == draft.form:
                self.show_section(row)
                self.page().carry_on(draft)
