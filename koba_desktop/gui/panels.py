"""The panels of the window, made one by one while nothing else is to be done."""

from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Place:
    """A panel's name, the menu that shows its commands, and how it is made and placed."""

    name: str
    menu: str
    make: Callable[[Desk, QWidget], QWidget]


def _calendar(desk: Desk, parent: QWidget) -> QWidget:
    from koba_desktop.gui.calendar.panel import CalendarPanel

    return CalendarPanel(desk, parent)


def _clients(desk: Desk, parent: QWidget) -> QWidget:
    from koba_desktop.gui.clients.dock import ClientsDock

    return ClientsDock(desk, parent)


def _rooms(desk: Desk, parent: QWidget) -> QWidget:
    from koba_desktop.gui.rooms.panel import RoomsPanel

    return RoomsPanel(desk, parent)


def _myday(desk: Desk, parent: QWidget) -> QWidget:
    from koba_desktop.gui.myday.panel import MyDayPanel

    return MyDayPanel(desk, parent)


def _letters(desk: Desk, parent: QWidget) -> QWidget:
    from koba_desktop.gui.letters.panel import OutboxPanel

    return OutboxPanel(desk, parent)


def _mode(desk: Desk, parent: QWidget) -> QWidget:
    from koba_desktop.gui.mode.panel import ModePanel

    return ModePanel(desk, parent)


def _admin(desk: Desk, parent: QWidget) -> QWidget:
    from koba_desktop.gui.admin.panel import AdminPanel

    return AdminPanel(desk, parent)


PLACES = (
    Place("calendar", "appointment", _calendar),
    Place("clients", "clients", _clients),
    Place("rooms", "rooms", _rooms),
    Place("myday", "clients", _myday),
    Place("letters", "letters", _letters),
    Place("mode", "extras", _mode),
    Place("admin", "extras", _admin),
)


class Panels(QObject):
    """Makes the panel in front first, then the docks, then the others, one a turn of the loop."""

    complete = Signal()

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._made: dict[str, QWidget] = {}
        self._waiting = {place.name: place for place in PLACES}
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
            self._window.fill_tab(name, panel)
        self._window.add_commands(place.menu, cast(Panel, panel).commands())
        return True

    def _make_next(self) -> None:
        if not self._waiting:
            self._timer.stop()
            self.complete.emit()
            return
        self.need(next(iter(self._waiting)))
