"""The main window: menus, tools, docks and tabs. It is painted before the office is open."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QMainWindow, QMenu, QStackedWidget, QWidget

from koba_desktop.gui import layouts, theme
from koba_desktop.gui.actions import MARK_SECONDS, Actions, choose, fill_menu_bar, fill_view_menu
from koba_desktop.gui.beside import BesideViews
from koba_desktop.gui.docks import Ground
from koba_desktop.gui.start_page import StartPage
from koba_desktop.gui.status_bar import StatusBar
from koba_desktop.gui.toolbar import MainToolBar
from koba_desktop.gui.views import Views
from koba_desktop.gui.widgets import Bar
from koba_desktop.i18n import _

LAYOUT = 1
"""Goes up when docks or bars change so much that a remembered layout no longer fits."""
MESSAGE_SECONDS = 30


class MainWindow(QMainWindow):
    """The frame. ``Session`` sets it to work on an open office; ``Panels`` fills it."""

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

        self.tabs = Views(self)
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

        self.beside = BesideViews(self, self.ground)
        self.clients, self.rooms = self.beside.dock("clients"), self.beside.dock("rooms")
        fill_view_menu(self.menus["view"], self.actions_, self.tabs.actions_, self.beside.actions())
        self.may_close: Callable[[], bool] = lambda: True
        self.asks = True  # whether somebody is there to say what is to be done before it closes
        self.remembers = True  # whether the layout is written to the settings
        self._assistant: QWidget | None = None
        self._first_arrangement = False
        self.tabs.currentChanged.connect(self._on_tab)
        self.tabs.chosen.connect(self.show_tab)
        self.actions_.quit.triggered.connect(self.close)
        self._restore()

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
        self.beside.hide()

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
        self.actions_.enable()
        self.tools.enable(True)
        self._on_tab(self.tabs.currentIndex())
        if self._first_arrangement:
            self.beside.resize(
                {name: theme.px(width) for name, width in layouts.CONSULTATION.docks.items()}
            )

    def office_shown(self) -> bool:
        return self._pages.currentWidget() is self.tabs

    def current_tab(self) -> str:
        """The name of the view in front."""
        return self.tabs.current().name

    def show_tab(self, name: str) -> None:
        """Bring a view to the front, with the keyboard, if it is there for who sits here."""
        if self.tabs.allows(name):
            self.tabs.turn_to(name)
            self.focus_view()

    def focus_view(self) -> None:
        """The keyboard to the view in front."""
        self.tabs.currentWidget().setFocus()

    def show_dock(self, name: str) -> None:
        """Bring a dock to the front, opened if it was closed."""
        self.beside.show(name)

    def arrange(self, tab: str, docks: Mapping[str, int]) -> None:
        """One of the presets: a view in front, and the docks with their widths (px at 96 dpi)."""
        if self.current_tab() != tab:
            self.show_tab(tab)
        if self.current_tab() == tab:
            self.beside.arrange(docks)

    def _on_tab(self, index: int) -> None:
        """Each view remembers which docks stood beside it."""
        if not self.office_shown() or index < 0:
            return
        tab = self.tabs.current()
        self.tabs.give_room()
        self.beside.change_to(tab)
        self.tabs.day.setVisible(not tab.dated)
        self.tab_shown.emit(tab.name)

    # --- layout -----------------------------------------------------------------------------------

    def _restore(self) -> None:
        settings = QSettings()
        geometry, state = settings.value("window/geometry"), settings.value("window/state")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self._first_size()
        if not (isinstance(state, QByteArray) and self.restoreState(state, LAYOUT)):
            self._first_arrangement = True
        self.banner.hide()
        self.messages.hide()
        self.beside.restore(settings)
        self.tabs.turn_to(str(settings.value("window/tab", "calendar")))
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
            settings.setValue("window/state", self.saveState(LAYOUT))
            settings.setValue("window/tab", self.current_tab())
            self.beside.store(settings)

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Whoever is in a dock or a bar prints what belongs to the view in front, as from there."""
        if event.matches(QKeySequence.StandardKey.Print) and self.office_shown():
            for action in self.tabs.currentWidget().findChildren(QAction):
                if QKeySequence(QKeySequence.StandardKey.Print) in action.shortcuts():
                    action.trigger()
                    return
        super().keyPressEvent(event)

    def close_dialogs(self) -> None:
        """Close every editor still open: each keeps what was typed while there is a desk."""
        for dialog in self.findChildren(QDialog):
            dialog.close()

    def end(self) -> None:
        """Close as soon as may be: nobody is there to be asked."""
        self.asks = False
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
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


def _number(value: object, default: int) -> int:
    text = str(value)
    return int(text) if text.isdigit() else default
