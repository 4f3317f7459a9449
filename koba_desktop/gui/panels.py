"""The panels of the window, made one by one while nothing else is to be done."""

from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from koba_desktop.gui.desk import Desk
from koba_desktop.gui.window import MainWindow

MAX_TOOLS = 3


class Panel(Protocol):
    """What the window asks of a panel beside being a widget."""

    def commands(self) -> list[QAction]:
        """For the menu and the search."""


class ToolPanel(Panel, Protocol):
    """A panel that says itself which buttons it wants in the window's tool bar."""

    def tools(self) -> list[list[QAction]]:
        """In groups that stand together. An action's property ``icon_only`` drops its text."""


class CornerPanel(Panel, Protocol):
    """A panel with a switch of its own at the end of the tabs."""

    def corner(self) -> list[QAction]:
        """Checkable actions."""


class PrintingPanel(Panel, Protocol):
    """A panel of which something can be printed."""

    def prints(self) -> list[QAction]:
        """Those of its commands that print."""


@dataclass(frozen=True, slots=True)
class Place:
    """A panel's name, the menu that shows its commands, and where its class stands."""

    name: str
    menu: str
    module: str
    panel: str

    def make(self, desk: Desk, parent: QWidget) -> QWidget:
        """The panel; its module is imported now if it is not there yet."""
        return cast(QWidget, getattr(import_module(self.module), self.panel)(desk, parent))


PLACES = (
    Place("calendar", "appointment", "koba_desktop.gui.calendar.panel", "CalendarPanel"),
    Place("clients", "clients", "koba_desktop.gui.clients.dock", "ClientsDock"),
    Place("rooms", "rooms", "koba_desktop.gui.rooms.panel", "RoomsPanel"),
    Place("myday", "clients", "koba_desktop.gui.myday.panel", "MyDayPanel"),
    Place("reception", "rooms", "koba_desktop.gui.reception.panel", "ReceptionPanel"),
    Place("letters", "letters", "koba_desktop.gui.letters.panel", "OutboxPanel"),
    Place("mode", "extras", "koba_desktop.gui.mode.panel", "ModePanel"),
    Place("admin", "extras", "koba_desktop.gui.admin.panel", "AdminPanel"),
    Place("audit", "extras", "koba_desktop.gui.audit.panel", "AuditPanel"),
    Place("wordings", "extras", "koba_desktop.gui.wordings.panel", "WordingsPanel"),
)
DOCKS = ("clients", "rooms")
AFTERWARDS_MS = 20
"""How often it is looked whether there is time for a view nobody sees yet."""


class Panels(QObject):
    """Makes the panel in front first, then the docks, then the others, one a turn of the loop."""

    complete = Signal()

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._made: dict[str, QWidget] = {}
        self._waiting = {place.name: place for place in PLACES}
        self._withheld: dict[str, Place] = {}
        self._hidden: set[str] = set()  # made, for somebody who sat here before
        self._complete = False
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._make_next)

    def start(self) -> None:
        self.need(self._window.current_tab())
        self._timer.start()

    def made(self, name: str) -> QWidget | None:
        """The panel, if it is there already."""
        return self._made.get(name)

    def tools(self, name: str) -> list[list[QAction]]:
        """What the tool bar shows of a panel in front: its choice, or its first commands."""
        panel = self._made.get(name)
        if panel is None:
            return []
        if hasattr(panel, "tools"):
            return cast(ToolPanel, panel).tools()
        return [[action] for action in cast(Panel, panel).commands()[:MAX_TOOLS]]

    def corner(self, name: str) -> list[QAction]:
        """What a panel in front switches on and off in the corner of the tabs."""
        panel = self._made.get(name)
        return cast(CornerPanel, panel).corner() if hasattr(panel, "corner") else []

    def allow(self, name: str, allowed: bool) -> None:
        """Whether a view may be made: nobody gets one that only others may see."""
        source, target = self._waiting, self._withheld
        if allowed:
            source, target = target, source
        panel = self._made.get(name)
        if panel is not None and allowed is (name in self._hidden):
            self._hidden ^= {name}
            for action in cast(Panel, panel).commands():
                action.setVisible(allowed)
        if name in source:
            target[name] = source.pop(name)
            if allowed and self._complete and name in DOCKS:
                self.need(name)

    def need(self, name: str) -> bool:
        """Make a panel now if it is not there yet; tells whether it had to be made."""
        place = self._waiting.pop(name, None)
        if place is None:
            return False
        panel = place.make(self._desk, self._window)
        self._made[name] = panel
        if name == "clients":
            self._window.clients.fill(panel)
        elif name == "rooms":
            self._window.rooms.fill(panel)
        else:
            self._window.tabs.fill(name, panel)
        self._window.add_commands(place.menu, cast(Panel, panel).commands())
        if hasattr(panel, "prints"):
            self._window.menus["print"].addActions(cast(PrintingPanel, panel).prints())
        return True

    def _make_next(self) -> None:
        if not self._waiting:
            self._timer.stop()
            self._complete = True
            self.complete.emit()
            return
        name = next((dock for dock in DOCKS if dock in self._waiting), "")
        if name:
            self.need(name)
        elif self._desk.tasks.idle:
            self._load(next(iter(self._waiting)))

    def _load(self, name: str) -> None:
        """Views nobody sees yet wait until the others have their answers; their modules are
        imported on a lane, so that making them takes the window but a moment."""
        self._timer.stop()
        place = self._waiting[name]

        def made(_answer: object) -> None:
            self.need(name)
            self._timer.start(AFTERWARDS_MS)

        self._desk.make(lambda: import_module(place.module), made, owner=self, failed=made)
