"""The main window: menus, tools, docks and tabs. It is painted before the office is open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.gui import theme
from koba_desktop.gui.actions import MARK_SECONDS, Actions, choose, fill_menu_bar, fill_view_menu
from koba_desktop.gui.docks import Dock, Ground
from koba_desktop.gui.start_page import StartPage
from koba_desktop.gui.status_bar import StatusBar
from koba_desktop.gui.toolbar import MainToolBar
from koba_desktop.gui.widgets import Bar, KeyHint, SecondText, ToolButton
from koba_desktop.i18n import _, pgettext

LAYOUT = 1
"""Goes up when docks or bars change so much that a remembered layout no longer fits."""
MESSAGE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Tab:
    """A view of the centre: its name in the settings, icon, title, and whether docks stand by.
    One that is ``dated`` says itself which day it is."""

    name: str
    icon: str
    title: Callable[[], str]
    docks: bool
    dated: bool = False


TABS = (
    Tab("calendar", "calendar", lambda: _("Calendar"), True, dated=True),
    Tab("myday", "phone", lambda: _("My day"), False),
    Tab("reception", "door", lambda: pgettext("view", "Reception"), False, dated=True),
    Tab("letters", "letter", lambda: _("Letters"), False),
    Tab("mode", "chart", lambda: _("Operating mode"), False),
    Tab("admin", "gear", lambda: pgettext("view", "Administration"), False),
    Tab("audit", "list", lambda: pgettext("view", "Audit"), False),
    Tab("wordings", "note", lambda: pgettext("view", "Wordings"), False),
)
WITHHELD = ("audit",)
"""Views that are there for some only, once it is known who sits here."""


class MainWindow(QMainWindow):
    """The frame. ``attach`` gives it the desk; ``WindowWork`` then makes the panels."""

    painted = Signal()  # once, after the first paint
    closing = Signal()
    retry_wanted = Signal()
    tab_shown = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle("KoBa Desktop")
        self.setMinimumSize(QSize(960, 560))
        self.setDockOptions(
            QMainWindow.DockOption.AllowNestedDocks | QMainWindow.DockOption.AllowTabbedDocks
        )
        self.actions_ = Actions(self)
        self.menus = fill_menu_bar(self.menuBar(), self.actions_)
        self.tools = MainToolBar(self.actions_, self)
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, self.tools)
        self.addToolBarBreak(Qt.ToolBarArea.TopToolBarArea)
        self.banner = Bar("banner", _("Problem"), self)
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, self.banner)
        self.messages = Bar("messages", _("Messages"), self)
        self.addToolBar(Qt.ToolBarArea.BottomToolBarArea, self.messages)
        self.status = StatusBar(self)
        self.setStatusBar(self.status)

        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("views")
        self.tabs.setAccessibleName(_("Views"))
        self.tabs.tabBar().setAccessibleName(_("Views"))
        self.tabs.tabBar().setExpanding(False)
        self.tabs.setIconSize(QSize(theme.px(16), theme.px(16)))
        self._tab_actions = [self._add_tab(number, tab) for number, tab in enumerate(TABS)]
        self.day = SecondText("", self)
        self.day.setContentsMargins(8, 0, 16, 0)
        self._corner = QWidget(self)
        corner = QHBoxLayout(self._corner)
        corner.setContentsMargins(0, 0, 0, 0)
        corner.addStrut(self.tabs.tabBar().sizeHint().height())  # as high as the tabs beside it
        corner.addWidget(self.day)
        self._switches: list[ToolButton] = []
        self.tabs.setCornerWidget(self._corner)
        for name in WITHHELD:
            self.allow_tab(name, False)
        self.letters_count = KeyHint("0", self)
        self.tabs.tabBar().setTabButton(
            _index("letters"), QTabBar.ButtonPosition.RightSide, self.letters_count
        )
        self.letters_count.hide()
        self.start_page = StartPage(self)
        self.start_page.close_wanted.connect(self.close)
        self.start_page.retry_wanted.connect(self.retry_wanted)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.start_page)
        self._pages.addWidget(self.tabs)
        self.ground = Ground(self)
        self.ground.fill(self._pages)
        self.ground.painted.connect(self._on_painted)
        self.setCentralWidget(self.ground)

        self.clients = self._add_dock("clients", _("Clients"), Qt.DockWidgetArea.LeftDockWidgetArea)
        self.rooms = self._add_dock("rooms", _("Rooms"), Qt.DockWidgetArea.RightDockWidgetArea)
        self.setCorner(Qt.Corner.TopLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.TopRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        self.ground.left.add(self.clients, "people")
        self.ground.right.add(self.rooms, "door")
        fill_view_menu(
            self.menus["view"],
            self.actions_,
            self._tab_actions,
            [self.clients.toggleViewAction(), self.rooms.toggleViewAction()],
        )
        self.remembers = True  # whether the layout is written to the settings
        self._assistant: QWidget | None = None
        self._first_arrangement = False
        self._docks_of: dict[str, list[str]] = {}
        self._widths: dict[str, int] = {}
        self._shown_tab = ""
        self._withheld: frozenset[str] = frozenset()  # docks that are not for who sits here
        self.tabs.currentChanged.connect(self._on_tab)
        self.actions_.quit.triggered.connect(self.close)
        theme.watcher().changed.connect(self._dress_tabs)
        self._restore()

    def _add_tab(self, number: int, tab: Tab) -> QAction:
        page = QWidget(self.tabs)
        page.setObjectName(f"page_{tab.name}")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        self.tabs.addTab(page, theme.icon(tab.icon), tab.title())
        action = QAction(tab.title(), self)
        action.setShortcut(QKeySequence(f"Alt+{number + 1}"))
        theme.bind_icon(action, tab.icon)
        action.triggered.connect(partial(self.show_tab, tab.name))
        self.addAction(action)
        return action

    def _add_dock(self, name: str, title: str, area: Qt.DockWidgetArea) -> Dock:
        dock = Dock(name, title, self)
        self.addDockWidget(area, dock)
        return dock

    # --- views ------------------------------------------------------------------------------------

    def show_start_page(self) -> None:
        """While something is opened, and where it could not be."""
        self._pages.setCurrentWidget(self.start_page)
        self._drop_assistant()

    def show_assistant(self, page: QWidget) -> None:
        """A page of the first start in place of the start page, with nothing beside it."""
        self._drop_assistant()
        self._assistant = page
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        self.ground.stand_alone(True)
        for dock in (self.clients, self.rooms):
            dock.hide()

    def _drop_assistant(self) -> None:
        page, self._assistant = self._assistant, None
        if page is not None:
            self._pages.removeWidget(page)
            page.deleteLater()

    def show_office(self) -> None:
        """Leave the start page."""
        self.ground.stand_alone(False)
        self._pages.setCurrentWidget(self.tabs)
        self._drop_assistant()
        self.actions_.enable(True)
        self.tools.enable(True)
        self._on_tab(self.tabs.currentIndex())
        if self._first_arrangement:
            self.resizeDocks(
                [self.clients, self.rooms],
                [theme.px(258), theme.px(292)],
                Qt.Orientation.Horizontal,
            )

    def office_shown(self) -> bool:
        return self._pages.currentWidget() is self.tabs

    def fill_tab(self, name: str, panel: QWidget) -> None:
        """Put a panel on the empty page of its tab."""
        page = self.tabs.widget(_index(name))
        layout = page.layout() if page is not None else None
        assert page is not None
        assert layout is not None
        layout.addWidget(panel)
        page.setFocusProxy(panel)

    def allow_tab(self, name: str, allowed: bool) -> None:
        """Whether a view is there at all: its tab, its entry in the menu, its key."""
        if not allowed and self.current_tab() == name:
            others = (n for n in range(self.tabs.count()) if self.tabs.isTabVisible(n))
            self.tabs.setCurrentIndex(next((n for n in others if TABS[n].name != name), 0))
        self.tabs.setTabVisible(_index(name), allowed)
        action = self._tab_actions[_index(name)]
        action.setVisible(allowed)
        action.setEnabled(allowed)

    def allow_dock(self, name: str, allowed: bool) -> None:
        """Whether a dock is there at all: itself, its tab at the edge, its entry in the menu."""
        dock, edge = {
            "clients": (self.clients, self.ground.left),
            "rooms": (self.rooms, self.ground.right),
        }[name]
        before = name not in self._withheld
        self._withheld = self._withheld - {name} if allowed else self._withheld | {name}
        action = dock.toggleViewAction()
        action.setVisible(allowed)
        action.setEnabled(allowed)
        edge.allow(allowed)
        if allowed != before and self.office_shown():
            dock.setVisible(allowed and name in self._wanted_docks(TABS[self.tabs.currentIndex()]))

    def _wanted_docks(self, tab: Tab) -> list[str]:
        """Which docks stand beside a view, where they are there at all."""
        return self._docks_of.get(tab.name, ["clients", "rooms"] if tab.docks else [])

    def prefer_tab(self, name: str) -> None:
        """The view to begin with, before there is an office to be seen."""
        self.tabs.setCurrentIndex(_index(name))

    def show_corner(self, actions: Sequence[QAction]) -> None:
        """What the view in front switches on and off at the end of the tabs."""
        layout = self._corner.layout()
        assert layout is not None
        for old in self._switches:
            layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._switches = []
        for action in actions:
            button = ToolButton("", "", self._corner)
            button.setProperty("kind", "flat")
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            layout.addWidget(button)
            self._switches.append(button)

    def show_tab(self, name: str) -> None:
        if not self.tabs.isTabVisible(_index(name)):
            return
        self.tabs.setCurrentIndex(_index(name))
        self.focus_view()

    def show_dock(self, name: str) -> None:
        """Bring a dock to the front, opened if it was closed."""
        if name in self._withheld:
            return
        dock = {"clients": self.clients, "rooms": self.rooms}[name]
        dock.show()
        dock.raise_()

    def focus_view(self) -> None:
        """The keyboard to the view in front."""
        self.tabs.currentWidget().setFocus()

    def current_tab(self) -> str:
        return TABS[self.tabs.currentIndex()].name

    def show_letters_count(self, count: int) -> None:
        """The little number on the tab of the letters."""
        self.letters_count.setText(str(count))
        self.letters_count.resize(self.letters_count.sizeHint())
        self.letters_count.setVisible(count > 0)
        index = _index("letters")
        self.tabs.setTabText(index, self.tabs.tabText(index))  # lays the tab out anew

    def _dress_tabs(self) -> None:
        for number, tab in enumerate(TABS):
            self.tabs.setTabIcon(number, theme.icon(tab.icon))

    def _on_tab(self, index: int) -> None:
        """Each view remembers which docks stood beside it."""
        if not self.office_shown() or index < 0:
            return
        if self._shown_tab:
            self._docks_of[self._shown_tab] = self._open_docks()
            self._widths |= {dock.objectName(): dock.width() for dock in self._standing()}
        tab = TABS[index]
        self._shown_tab = tab.name
        for number in range(self.tabs.count()):  # views behind take no room from the docks
            room = QSizePolicy.Policy.Preferred if number == index else QSizePolicy.Policy.Ignored
            page = self.tabs.widget(number)
            assert page is not None
            page.setSizePolicy(room, room)
        wanted = self._wanted_docks(tab)
        for dock in (self.clients, self.rooms):
            name = dock.objectName()
            dock.setVisible(name in wanted and name not in self._withheld)
        known = [dock for dock in self._standing() if dock.objectName() in self._widths]
        self.resizeDocks(
            known,
            [self._widths[dock.objectName()] for dock in known],
            Qt.Orientation.Horizontal,
        )
        self.day.setVisible(not tab.dated)
        self.tab_shown.emit(tab.name)

    def _open_docks(self) -> list[str]:
        """Those beside the view in front; one that is withheld as it stood there before."""
        before = self._wanted_docks(next(tab for tab in TABS if tab.name == self._shown_tab))
        return [
            name
            for name, dock in (("clients", self.clients), ("rooms", self.rooms))
            if (name in before if name in self._withheld else dock.toggleViewAction().isChecked())
        ]

    def _standing(self) -> list[Dock]:
        """The docks that are open and take room beside the view."""
        return [
            dock
            for dock in (self.clients, self.rooms)
            if dock.toggleViewAction().isChecked() and not dock.isFloating()
        ]

    # --- layout -----------------------------------------------------------------------------------

    def arrange(self, tab: str, docks: dict[str, int]) -> None:
        """One of the presets: a view in front, and the docks with their widths in pixels."""
        self._docks_of[tab] = list(docks)
        if self.current_tab() == tab:
            self._shown_tab = ""
            self._on_tab(self.tabs.currentIndex())
        else:
            self.show_tab(tab)
        for dock, area in (
            (self.clients, Qt.DockWidgetArea.LeftDockWidgetArea),
            (self.rooms, Qt.DockWidgetArea.RightDockWidgetArea),
        ):
            if dock.isFloating() or self.dockWidgetArea(dock) is not area:
                dock.setFloating(False)
                self.addDockWidget(area, dock)
            dock.setVisible(dock.objectName() in docks and dock.objectName() not in self._withheld)
        shown = [dock for dock in (self.clients, self.rooms) if dock.isVisibleTo(self)]
        widths = [theme.px(docks[dock.objectName()]) for dock in shown]
        self.resizeDocks(shown, widths, Qt.Orientation.Horizontal)

    def _restore(self) -> None:
        settings = QSettings()
        geometry, state = settings.value("window/geometry"), settings.value("window/state")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self._first_size()
        if not (isinstance(state, QByteArray) and self.restoreState(state, LAYOUT)):
            self._first_arrangement = True
        self.banner.hide()
        self.messages.hide()
        self._docks_of = _stored_docks(settings)
        name = settings.value("window/tab", "calendar")
        self.tabs.setCurrentIndex(_index(str(name)))
        seconds = _number(settings.value("messages/seconds"), MESSAGE_SECONDS)
        choose(self.actions_.message_seconds, seconds)
        marked = _number(settings.value("marks/seconds"), MARK_SECONDS[0])
        choose(self.actions_.mark_seconds, marked)
        choose(self.actions_.schemes, theme.scheme())
        self.messages.seconds = seconds

    def _first_size(self) -> None:
        free = self.screen().availableGeometry()
        self.resize(min(1600, free.width()), min(1000, free.height()))
        if free.width() <= 1600 or free.height() <= 1000:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def remember(self) -> None:
        """Write the layout to the user's settings."""
        if not self.remembers:
            return
        settings = QSettings()
        settings.setValue("window/geometry", self.saveGeometry())
        if self.office_shown():
            self._docks_of[self.current_tab()] = self._open_docks()
            settings.setValue("window/state", self.saveState(LAYOUT))
            settings.setValue("window/tab", self.current_tab())
            for name, docks in self._docks_of.items():
                settings.setValue(f"window/docks/{name}", ",".join(docks))

    # --- life -------------------------------------------------------------------------------------

    def add_commands(self, menu: str, commands: list[QAction]) -> None:
        """Offer a panel's commands in a menu too."""
        target: QMenu = self.menus[menu]
        if commands:
            if target.actions():
                target.addSeparator()
            target.addActions(commands)

    def commands(self) -> list[QAction]:
        """Every command of all menus, for the search."""
        found: list[QAction] = []
        for menu in self.menus.values():
            _collect(menu, found)
        return found

    def _on_painted(self) -> None:
        QTimer.singleShot(0, self.painted.emit)

    def close_dialogs(self) -> None:
        """Close every editor still open: each keeps what was typed while there is a desk."""
        for dialog in self.findChildren(QDialog):
            dialog.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_dialogs()
        self.remember()
        super().closeEvent(event)
        self.closing.emit()


def _collect(menu: QMenu, found: list[QAction]) -> None:
    for action in menu.actions():
        inner: Any = action.menu()
        if inner is not None:
            _collect(inner, found)
        elif not action.isSeparator():
            found.append(action)


def _index(name: str) -> int:
    return next((number for number, tab in enumerate(TABS) if tab.name == name), 0)


def _stored_docks(settings: QSettings) -> dict[str, list[str]]:
    stored = {}
    for tab in TABS:
        value = settings.value(f"window/docks/{tab.name}")
        if isinstance(value, list):
            stored[tab.name] = [str(each) for each in value]
        elif isinstance(value, str):
            stored[tab.name] = [each for each in value.split(",") if each]
    return stored


def _number(value: object, default: int) -> int:
    text = str(value)
    return int(text) if text.isdigit() else default
