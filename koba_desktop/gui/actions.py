"""The window's own commands. Those of the panels join them in the menus and the search."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.theme import Scheme
from koba_desktop.i18n import _, language

MESSAGE_SECONDS = (15, 30, 60, 0)
"""How long a quiet line may stay; 0: until it is closed."""
MARK_SECONDS = (20, 60, 0)
"""How long a mark of what others changed may stay, the usual first; 0: there are none."""


class Actions(QObject):
    """Made with the window, before there is an office: what needs one is disabled until then."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        make = self._make
        self.new_appointment = make(_("New &appointment…"), "Ctrl+N", "calendar")
        self.new_client = make(_("New &client…"), "Ctrl+Shift+N", "person")
        self.emergency = make(_("Assign an &emergency…"), "F2")
        self.emergency.setIconText(_("Emergency"))
        self.emergency.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        theme.bind_icon(self.emergency, "emergency", "emergency_edge")
        self.drafts = make(_("&Unfinished forms…"), "", "pencil")
        self.unsent = make(_("&Inputs not sent…"), "", "warning")
        self.emergency_list = make(_("&Emergency list…"), "", "list")
        self.print_settings = make(_("P&rint settings…"), "", "printer")
        self.quit = make(_("&Quit"), "Ctrl+Q", "", needs_office=False)
        self.undo = make(_("&Undo"), "Ctrl+Z", "undo", needs_office=False)
        self.redo = make(_("&Redo"), "Ctrl+Shift+Z", "redo", needs_office=False)
        for action in (self.undo, self.redo):
            action.setEnabled(False)  # until there is something to take back, or to do again
        self.search = make(_("&Search or command…"), "Ctrl+K", "search")
        self.reload = make(_("Re&load"), "F5", "refresh")
        self.person = make(_("&Change person…"), "", "user")
        self.change_password = make(_("Change &password…"), "", "lock")
        self.sign_out = make(_("Si&gn out"), "", "leave")
        for action in (self.change_password, self.sign_out, self.unsent):
            action.setVisible(False)  # only who signed in has a password, and a server to send to
        self.consultation = make(_("Layout &Consultation"), "Ctrl+1")
        self.reception = make(_("Layout &Reception"), "Ctrl+2")
        self.lead = make(_("Layout &Lead"), "Ctrl+3")
        self.keys = make(_("&Keyboard"), "F1", "help", needs_office=False)
        self.about = make(_("&About KoBa Desktop"), "", "info", needs_office=False)
        self.schemes = self._choices(
            {Scheme.SYSTEM: _("&System"), Scheme.LIGHT: _("&Light"), Scheme.DARK: _("&Dark")}
        )
        self.languages = self._choices({"de": "&Deutsch", "en": "&English"}, language())
        self.message_seconds = self._choices(
            {
                seconds: _("After {n} seconds").format(n=seconds) if seconds else _("Never")
                for seconds in MESSAGE_SECONDS
            }
        )
        self.mark_seconds = self._choices(
            {
                seconds: _("For {n} seconds").format(n=seconds) if seconds else _("Not at all")
                for seconds in MARK_SECONDS
            }
        )

    def enable(self) -> None:
        """There is an office by now."""
        for action in self.findChildren(QAction):
            if action.property("needs_office"):
                action.setEnabled(True)

    def _make(self, text: str, keys: str, icon: str = "", *, needs_office: bool = True) -> QAction:
        action = QAction(text, self)
        action.setMenuRole(QAction.MenuRole.NoRole)
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        if icon:
            theme.bind_icon(action, icon)
        action.setProperty("needs_office", needs_office)
        action.setEnabled(not needs_office)
        self._window.addAction(action)
        return action

    def _choices(self, texts: Mapping[Any, str], chosen: object = None) -> QActionGroup:
        group = QActionGroup(self)
        for value, text in texts.items():
            action = QAction(text, group, checkable=True)
            action.setData(value)
            action.setChecked(value == chosen)
        return group


def choose(group: QActionGroup, value: object) -> None:
    """Check the choice with that value."""
    for action in group.actions():
        action.setChecked(action.data() == value)


def fill_menu_bar(bar: QMenuBar, actions: Actions) -> dict[str, QMenu]:
    """The menus in the order of the office's work; the names are for adding panels' commands."""
    menus = {
        name: bar.addMenu(title)
        for name, title in (
            ("file", _("&File")),
            ("edit", _("&Edit")),
            ("appointment", _("&Appointment")),
            ("clients", _("&Clients")),
            ("rooms", _("&Rooms")),
            ("letters", _("&Letters")),
            ("view", _("&View")),
            ("extras", _("&Tools")),
            ("help", _("&Help")),
        )
    }
    menus["file"].addActions([actions.new_appointment, actions.new_client])
    menus["file"].addSeparator()
    menus["file"].addActions([actions.drafts, actions.unsent])
    menus["print"] = menus["file"].addMenu(_("&Print"))
    menus["print"].addAction(actions.emergency_list)
    menus["file"].addSeparator()
    menus["file"].addActions([actions.sign_out, actions.quit])
    menus["edit"].addActions([actions.undo, actions.redo])
    menus["edit"].addSeparator()
    menus["edit"].addActions([actions.search, actions.reload])
    menus["appointment"].addActions([actions.new_appointment, actions.emergency])
    menus["clients"].addAction(actions.new_client)
    menus["rooms"].addAction(actions.emergency)
    _submenu(menus["extras"], _("&Language"), actions.languages)
    _submenu(menus["extras"], _("Hide &messages"), actions.message_seconds)
    _submenu(menus["extras"], _("Mark what &others changed"), actions.mark_seconds)
    menus["extras"].addAction(actions.print_settings)
    menus["extras"].addSeparator()
    menus["extras"].addActions([actions.person, actions.change_password])
    menus["help"].addActions([actions.keys, actions.about])
    return menus


def fill_view_menu(
    menu: QMenu, actions: Actions, tabs: list[QAction], panels: list[QAction]
) -> None:
    """Views, panels, layouts and colours."""
    menu.addActions(tabs)
    menu.addSeparator()
    menu.addActions(panels)
    menu.addSeparator()
    menu.addActions([actions.consultation, actions.reception, actions.lead])
    menu.addSeparator()
    _submenu(menu, _("Colour &scheme"), actions.schemes)


def _submenu(menu: QMenu, title: str, group: QActionGroup) -> None:
    menu.addMenu(title).addActions(group.actions())


def plain(text: str) -> str:
    """The text of an action without mnemonic and dots: "Neuer Termin"."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…. ")
