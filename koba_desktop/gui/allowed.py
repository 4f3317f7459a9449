"""What the person at the desk may do here: the window shows that, and nothing else.

Hiding is a courtesy, so that nobody looks for what is refused anyway: the services ask again.
"""

from typing import TYPE_CHECKING

from koba_desktop.domain.rights import Right, rights_in
from koba_desktop.gui.audit.entitlement import reads_audit
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.who_am_i import roles_in_force

if TYPE_CHECKING:
    from koba_desktop.gui.panels import Panels
    from koba_desktop.gui.window import MainWindow

VIEWS = {
    "calendar": Right.SEE_CLIENTS,
    "clients": Right.SEE_CLIENTS,
    "rooms": Right.RECEIVE_VISITORS,
    "myday": Right.CALL,
    "reception": Right.RECEIVE_VISITORS,
    "letters": Right.SEND_LETTERS,
    "admin": Right.SAVE_MASTER_DATA,
    "wordings": Right.SAVE_MASTER_DATA,
}
"""What somebody must be allowed to do for a view or a dock to be there. The operating mode is told
to everybody."""
DOCKS = ("clients", "rooms")
_MENUS = {
    "appointment": Right.BOOK,
    "clients": Right.SEE_CLIENTS,
    "rooms": Right.RECEIVE_VISITORS,
    "letters": Right.SEND_LETTERS,
}
"""Menus with nothing in them for who may not do that."""
_FIRST = ("calendar", "reception", "admin", "audit", "mode")
"""Where somebody lands whose view is not there any more."""


def may(desk: Desk, right: Right) -> bool:
    """Whether the person at the desk has a right in the office on the screen, today."""
    roles = roles_in_force(desk.book, desk.actor.staff_id, desk.today())
    return right in rights_in(roles, desk.actor.office_id)


def show_allowed(window: "MainWindow", panels: "Panels", desk: Desk) -> None:
    """Views, docks and the window's own commands, as the role has them."""
    allowed = {name: may(desk, right) for name, right in VIEWS.items()}
    allowed |= {"mode": True, "audit": reads_audit(desk)}
    for name, there in allowed.items():
        panels.allow(name, there)
    views = [name for name in allowed if name not in DOCKS]
    for name in views:
        if allowed[name]:
            window.tabs.allow(name, True)
    if not allowed[window.current_tab()]:
        window.tabs.turn_to(next(name for name in _FIRST if allowed[name]))
    for name in views:
        if not allowed[name]:
            window.tabs.allow(name, False)
    for name in DOCKS:
        window.beside.allow(name, allowed[name])
    _show_commands(window, desk, allowed)


def _show_commands(window: "MainWindow", desk: Desk, allowed: dict[str, bool]) -> None:
    actions = window.actions_
    books, keeps = may(desk, Right.BOOK), may(desk, Right.KEEP_CLIENTS)
    receives = may(desk, Right.RECEIVE_VISITORS)
    for action, there in (
        (actions.new_appointment, books),
        (actions.new_client, keeps),
        (actions.emergency, receives),
        (actions.consultation, allowed["calendar"]),
        (actions.reception, allowed["reception"]),
        (actions.emergency_list, allowed["calendar"]),
    ):
        action.setVisible(there)
        action.setEnabled(there)
    for name, right in _MENUS.items():
        window.menus[name].menuAction().setVisible(may(desk, right))
    window.tools.allow(new=books or keeps, emergency=receives)
