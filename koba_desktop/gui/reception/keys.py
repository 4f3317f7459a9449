"""Which key does what in the list of visitors."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from koba_desktop.gui.reception.actions import ReceptionActions

_PLAIN = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier


def take_key(actions: ReceptionActions, event: QKeyEvent) -> bool:
    """Act on a key pressed in the list; False leaves it to the list, which moves and searches.

    The letters can be switched off; Space and Enter are the usual keys of a list.
    """
    key = event.key()
    if event.modifiers() & ~_PLAIN:
        return False
    if key == Qt.Key.Key_Space:
        (actions.arrive if actions.arrive.isEnabled() else actions.check).trigger()
        return True
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        actions.step.trigger()
        return True
    action = actions.by_letter().get(event.text().upper())
    if action is None:
        return False
    action.trigger()
    return True
