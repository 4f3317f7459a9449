"""The docks beside the views: which stand beside which view, how wide, and for whom they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from koba_desktop.gui import theme
from koba_desktop.gui.docks import Dock, Edge, Ground
from koba_desktop.gui.views import TABS, Tab
from koba_desktop.i18n import _


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a dock belongs: in an area of the window, and closed as a tab at an edge."""

    dock: Dock
    area: Qt.DockWidgetArea
    edge: Edge


class BesideViews:
    """Each view remembers which docks stood beside it.

    A dock that is not for who sits here is withheld: it is closed and cannot be opened, and counts
    as it stood before.
    """

    def __init__(self, window: QMainWindow, ground: Ground) -> None:
        self._window = window
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        self._stands = {
            "clients": Stand(Dock("clients", _("Clients"), window), left, ground.left),
            "rooms": Stand(Dock("rooms", _("Rooms"), window), right, ground.right),
        }
        for stand in self._stands.values():
            window.addDockWidget(stand.area, stand.dock)
        window.setCorner(Qt.Corner.TopLeftCorner, left)
        window.setCorner(Qt.Corner.TopRightCorner, right)
        self._stands["clients"].edge.add(self.dock("clients"), "people")
        self._stands["rooms"].edge.add(self.dock("rooms"), "door")
        self._front: Tab | None = None  # the view they stand beside; None before the first
        self._wanted: dict[str, list[str]] = {}  # the docks beside each view looked at
        self._widths: dict[str, int] = {}
        self._withheld: frozenset[str] = frozenset()

    def dock(self, name: str) -> Dock:
        return self._stands[name].dock

    def actions(self) -> list[QAction]:
        """Those that open and close the docks."""
        return [stand.dock.toggleViewAction() for stand in self._stands.values()]

    def hide(self) -> None:
        for stand in self._stands.values():
            stand.dock.hide()

    def show(self, name: str) -> None:
        """Bring a dock to the front, opened if it was closed."""
        if name not in self._withheld:
            self.dock(name).show()
            self.dock(name).raise_()

    def allow(self, name: str, allowed: bool) -> None:
        """Whether a dock is there at all: itself, its tab at the edge, its entry in the menu."""
        stand = self._stands[name]
        before = name not in self._withheld
        self._withheld = self._withheld - {name} if allowed else self._withheld | {name}
        action = stand.dock.toggleViewAction()
        action.setVisible(allowed)
        action.setEnabled(allowed)
        stand.edge.allow(allowed)
        if allowed != before and self._front is not None:
            stand.dock.setVisible(allowed and name in self._wanted_by(self._front))

    def change_to(self, tab: Tab) -> None:
        """Remember what stood beside the view in front, and bring what stood beside another."""
        self._remember()
        self._front = tab
        self._open(self._wanted_by(tab))
        self.resize({name: self._widths[name] for name in self._standing() if name in self._widths})

    def arrange(self, widths: Mapping[str, int]) -> None:
        """The docks named, and no others, at their edges beside the view in front, px wide."""
        assert self._front is not None
        self._wanted[self._front.name] = list(widths)
        for stand in self._stands.values():
            dock = stand.dock
            if dock.isFloating() or self._window.dockWidgetArea(dock) is not stand.area:
                dock.setFloating(False)
                self._window.addDockWidget(stand.area, dock)
        self._open(widths)
        self.resize({name: theme.px(widths[name]) for name in self._standing()})

    def resize(self, widths: Mapping[str, int]) -> None:
        """Give docks their widths in pixels."""
        docks = [self.dock(name) for name in widths]
        self._window.resizeDocks(docks, list(widths.values()), Qt.Orientation.Horizontal)

    def restore(self, settings: QSettings) -> None:
        """What stood beside each view when the window was closed."""
        for tab in TABS:
            value = settings.value(f"window/docks/{tab.name}")
            if isinstance(value, list):
                self._wanted[tab.name] = [str(each) for each in value]
            elif isinstance(value, str):
                self._wanted[tab.name] = [each for each in value.split(",") if each]

    def store(self, settings: QSettings) -> None:
        """Write down what stands beside each view."""
        self._remember()
        for name, docks in self._wanted.items():
            settings.setValue(f"window/docks/{name}", ",".join(docks))

    def _wanted_by(self, tab: Tab) -> list[str]:
        """Which docks are to stand beside a view, where they are there at all."""
        return self._wanted.get(tab.name, list(self._stands) if tab.docks else [])

    def _remember(self) -> None:
        if self._front is None:
            return
        before = self._wanted_by(self._front)
        self._wanted[self._front.name] = [
            name
            for name, stand in self._stands.items()
            if (name in before if name in self._withheld else _is_open(stand.dock))
        ]
        self._widths |= {name: self.dock(name).width() for name in self._standing()}

    def _open(self, names: Iterable[str]) -> None:
        """Open these, where they are there at all, and close the others."""
        wanted = set(names) - self._withheld
        for name, stand in self._stands.items():
            stand.dock.setVisible(name in wanted)
            if name in wanted and stand.dock.isFloating():
                stand.dock.raise_()  # one detached before the window was closed comes before it

    def _standing(self) -> list[str]:
        """The docks that are open and take room beside the view."""
        return [
            name
            for name, stand in self._stands.items()
            if _is_open(stand.dock) and not stand.dock.isFloating()
        ]


def _is_open(dock: Dock) -> bool:
    return dock.toggleViewAction().isChecked()
