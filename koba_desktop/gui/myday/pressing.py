"""Which key does what in Mein Tag."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from koba_desktop.gui.myday.caller import OUTCOME_KEYS
from koba_desktop.gui.myday.flow import Step

if TYPE_CHECKING:
    from koba_desktop.gui.myday.panel import MyDayPanel

_PLAIN = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier


def take_key(panel: "MyDayPanel", event: QKeyEvent) -> bool:
    """Act on a key that no widget with the focus has used; False leaves it to the window.

    Single keys are outcomes, numbers and the answers of a card: never while typing, and only
    while they are switched on.
    """
    key = event.key()
    if event.matches(QKeySequence.StandardKey.Find):
        panel.parts.filter.setFocus()
    elif event.modifiers() & ~_PLAIN:
        return False
    elif key == Qt.Key.Key_Down:
        panel.go(1)
    elif key == Qt.Key.Key_Up:
        panel.go(-1)
    elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        panel.press_enter()
    elif key == Qt.Key.Key_Escape:
        panel.press_escape()
    elif key == Qt.Key.Key_Right and panel.flow.step is Step.OFFER:
        panel.offer.next_slot()
    elif panel.acts.single_keys and not isinstance(panel.focusWidget(), QLineEdit):
        return _take_letter(panel, event.text().upper())
    else:
        return False
    return True


def _take_letter(panel: "MyDayPanel", letter: str) -> bool:
    step = panel.flow.step
    if letter.isdigit():
        entry = panel.flow.phone_at(int(letter))
        if entry is not None:
            panel.flow.dial(entry)
        return True
    if step is Step.OFFER and letter == "Z":
        panel.side.choose_time()
        return True
    if step not in (Step.CALL, Step.OFFER) and panel.step.press(letter):
        return True
    if letter in OUTCOME_KEYS:
        panel.record(OUTCOME_KEYS[letter])
        return True
    return False
