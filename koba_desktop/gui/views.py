"""The views of the centre, one behind the other: their tabs, and the corner at the tabs' end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QSizePolicy,
    QTabBar,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.gui import theme
from koba_desktop.gui.widgets import KeyHint, SecondText, ToolButton
from koba_desktop.i18n import _, pgettext


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


class Views(QTabWidget):
    """An empty page for each view, until its panel is made. ``actions_`` lead to them by key."""

    chosen = Signal(str)  # the name of the view a key or the menu leads to

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.setObjectName("views")
        self.setAccessibleName(_("Views"))
        self.tabBar().setAccessibleName(_("Views"))
        self.tabBar().setExpanding(False)
        self.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.actions_ = [self._add(number, tab) for number, tab in enumerate(TABS)]
        window.addActions(self.actions_)
        self.day = SecondText("", self)
        self.day.setContentsMargins(8, 0, 16, 0)
        self._corner = QWidget(self)
        self._corner_layout = QHBoxLayout(self._corner)
        self._corner_layout.setContentsMargins(0, 0, 0, 0)
        self._corner_layout.addStrut(self.tabBar().sizeHint().height())  # as high as the tabs
        self._corner_layout.addWidget(self.day)
        self.switches: list[ToolButton] = []
        self.setCornerWidget(self._corner)
        for name in WITHHELD:
            self.allow(name, False)
        self._letters_count = KeyHint("0", self)
        self.tabBar().setTabButton(
            _index("letters"), QTabBar.ButtonPosition.RightSide, self._letters_count
        )
        self._letters_count.hide()
        theme.watcher().changed.connect(self._dress)

    def _add(self, number: int, tab: Tab) -> QAction:
        page = QWidget(self)
        page.setObjectName(f"page_{tab.name}")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        self.addTab(page, theme.icon(tab.icon), tab.title())
        action = QAction(tab.title(), self)
        action.setShortcut(QKeySequence(f"Alt+{number + 1}"))
        theme.bind_icon(action, tab.icon)
        action.triggered.connect(partial(self.chosen.emit, tab.name))
        return action

    def fill(self, name: str, panel: QWidget) -> None:
        """Put a panel on the empty page of its view."""
        page = self.widget(_index(name))
        layout = page.layout() if page is not None else None
        assert page is not None
        assert layout is not None
        layout.addWidget(panel)
        panel.show()  # at once: in a window that is not active yet nothing hidden gets the keyboard
        page.setFocusProxy(panel)

    def current(self) -> Tab:
        """The view in front."""
        return TABS[self.currentIndex()]

    def turn_to(self, name: str) -> None:
        """Bring a view to the front; the first one where there is none of that name."""
        self.setCurrentIndex(_index(name))

    def allows(self, name: str) -> bool:
        """Whether a view is there for who sits here."""
        return self.isTabVisible(_index(name))

    def allow(self, name: str, allowed: bool) -> None:
        """Whether a view is there at all: its tab, its entry in the menu, its key."""
        if not allowed and self.current().name == name:
            others = (tab.name for tab in TABS if tab.name != name and self.allows(tab.name))
            self.turn_to(next(others, TABS[0].name))
        self.setTabVisible(_index(name), allowed)
        action = self.actions_[_index(name)]
        action.setVisible(allowed)
        action.setEnabled(allowed)

    def give_room(self) -> None:
        """Views behind the one in front take no room from the docks."""
        for number in range(self.count()):
            front = number == self.currentIndex()
            room = QSizePolicy.Policy.Preferred if front else QSizePolicy.Policy.Ignored
            page = self.widget(number)
            assert page is not None
            page.setSizePolicy(room, room)

    def show_corner(self, actions: Sequence[QAction]) -> None:
        """What the view in front switches on and off at the end of the tabs."""
        for old in self.switches:
            self._corner_layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.switches = []
        for action in actions:
            button = ToolButton("", "", self._corner)
            button.setProperty("kind", "flat")
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self._corner_layout.addWidget(button)
            self.switches.append(button)

    def show_letters_count(self, count: int) -> None:
        """The little number on the tab of the letters."""
        self._letters_count.setText(str(count))
        self._letters_count.resize(self._letters_count.sizeHint())
        self._letters_count.setVisible(count > 0)
        index = _index("letters")
        self.setTabText(index, self.tabText(index))  # lays the tab out anew

    def _dress(self) -> None:
        for number, tab in enumerate(TABS):
            self.setTabIcon(number, theme.icon(tab.icon))


def _index(name: str) -> int:
    return next((number for number, tab in enumerate(TABS) if tab.name == name), 0)
