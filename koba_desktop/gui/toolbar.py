"""The one tool bar: New, what the view in front offers, undo and redo, search, office."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from koba_desktop.gui import tab_order, theme
from koba_desktop.gui.actions import Actions, plain
from koba_desktop.gui.search.field import SearchField
from koba_desktop.gui.widgets import ToolButton, segmented
from koba_desktop.i18n import _

if TYPE_CHECKING:
    from koba_desktop.domain.entities.office import Office
    from koba_desktop.gui.desk import Desk


class EmergencyButton(ToolButton):
    """Edged in red, with its key; as if pressed while the emergency desk is open."""

    def __init__(self, action: QAction, parent: QWidget) -> None:
        super().__init__(plain(action.iconText()), "emergency", parent)
        theme.bind_icon(self, "emergency", "emergency_edge")
        self.setProperty("kind", "emergency")
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setProperty("key_hint", keys)
        self.follow(action)
        self.setAccessibleName(plain(action.text()))

    def show_open(self, opened: bool) -> None:
        self.setProperty("open", opened)
        style = self.style()
        style.unpolish(self)
        style.polish(self)


class MainToolBar(QToolBar):
    """``show_for`` puts the buttons of the view in front in the middle."""

    office_chosen = Signal(object)  # UUID

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(_("Tools"), parent)
        self.setObjectName("tools")
        self.setMovable(False)
        self.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.toggleViewAction().setVisible(False)
        self.new = ToolButton(_("New") + "  ▾", "plus", self, primary=True, tool_tip=_("New"))
        self.new.setAccessibleName(_("New"))
        self.new.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.new)
        menu.addActions([actions.new_appointment, actions.new_client])
        self.new.setMenu(menu)
        self._shown: list[tuple[QAction, QWidget]] = []
        self._of_view: list[ToolButton] = []
        self.search = SearchField(self)
        self.office = ToolButton("–", "pin", self, tool_tip=_("Office"))
        self.office.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._offices = QMenu(self.office)
        self.office.setMenu(self._offices)
        self._new_place = [self.addWidget(self.new), self.addSeparator()]
        self._own_end = self.addSeparator()
        self._undoing = [ToolButton("", "", self) for _each in range(2)]
        for button, action in zip(self._undoing, (actions.undo, actions.redo), strict=True):
            button.setProperty("kind", "flat")
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            self.addWidget(button)
        line = self.addSeparator()
        self.emergency = EmergencyButton(actions.emergency, self)
        self._emergency_place = [line, self.addWidget(self.emergency)]
        spring = QWidget(self)
        spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(spring)
        self.addWidget(self.search)
        self.addWidget(self.office)
        self._own_end.setVisible(False)
        self.enable(False)

    def enable(self, enabled: bool) -> None:
        for widget in (self.new, self.search, self.office):
            widget.setEnabled(enabled)

    def allow(self, *, new: bool, emergency: bool) -> None:
        """Whether there is anything to make anew, and an emergency desk."""
        for places, there in ((self._new_place, new), (self._emergency_place, emergency)):
            for place in places:
                place.setVisible(there)
        self._fit()

    def show_offices(self, desk: "Desk", offices: "Sequence[Office]") -> None:
        """The offices to choose from, the one in force on the button."""
        self.office.setText(f"{desk.office.short_name}  ▾")
        name = _("Office {name}").format(name=desk.office.short_name)
        self.office.setAccessibleName(name)
        self.office.setToolTip(name)
        self._offices.clear()
        for office in offices:
            if office.closed_on is None or office.closed_on > desk.today():
                action = self._offices.addAction(office.name)
                action.setCheckable(True)
                action.setChecked(office.id == desk.office.id)
                action.triggered.connect(_chosen(self, office.id))
        self._fit()

    def show_for(self, groups: Sequence[Sequence[QAction]]) -> None:
        """The buttons of a view: each group stands together; checkable ones as one switch."""
        for place, widget in self._shown:
            self.removeAction(place)
            widget.deleteLater()
        self._shown = []
        made: list[ToolButton] = []
        for group in groups:
            buttons = [self._button(action) for action in group]
            made += buttons
            joined = len(buttons) > 1 and not any(action.property("wide") for action in group)
            for widget in [segmented(buttons, self, exclusive=False)] if joined else buttons:
                self._shown.append((self.insertWidget(self._own_end, widget), widget))
        tab_order.follow(
            *(self.new, *made, *self._undoing, self.emergency, self.search, self.office)
        )
        self._own_end.setVisible(bool(self._shown))
        self._of_view = made
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where the bar is too narrow, first the buttons of the view, then those at its ends show
        their icons alone: none leaves the bar, and the search keeps some room."""
        own, ends = self._of_view, [self.new, self.office, self.emergency]
        for button in (*own, *ends):
            button.show_text(True)
        for buttons in (own, ends):
            if self._least_width() <= self.width():
                return
            for button in buttons:
                button.show_text(False)

    def _least_width(self) -> int:
        """What everything in the bar takes with the search at its narrowest."""
        layout = self.layout()
        assert layout is not None
        shown = [self.widgetForAction(action) for action in self.actions() if action.isVisible()]
        margins = layout.contentsMargins()
        taken = sum(widget.sizeHint().width() for widget in shown if widget is not self.search)
        return (
            margins.left()
            + margins.right()
            + taken
            + self.search.minimumSizeHint().width()
            + layout.spacing() * (len(shown) - 1)
        )

    def _button(self, action: QAction) -> ToolButton:
        icon = str(action.property("koba_icon") or "").split(":")[0]
        alone = action.property("icon_only")
        button = ToolButton("" if alone else plain(action.iconText()), icon, self)
        button.follow(action)
        button.setAccessibleName(plain(action.text()))
        return button


def _chosen(bar: MainToolBar, office_id: UUID) -> "_Choice":
    return _Choice(bar, office_id)


class _Choice(QObject):
    def __init__(self, bar: MainToolBar, office_id: UUID) -> None:
        super().__init__(bar)
        self._bar, self._office_id = bar, office_id

    def __call__(self) -> None:
        self._bar.office_chosen.emit(self._office_id)
