"""What the reception offers in the menu, the tool bar and the command palette."""

from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.actions import plain
from koba_desktop.gui.reception.visitors import Group, Visitor
from koba_desktop.i18n import _, pgettext

SINGLE_KEYS = "reception/single_keys"


class ReceptionActions:
    """The steps at the door. ``show_visitor`` lets only those be pressed that fit."""

    def __init__(self, parent: QWidget) -> None:
        self.arrive = _action(_("&Arrived"), "arrive", parent)
        self.check = _action(_("Arrival c&hecklist…"), "list", parent)
        self.step = _action(_("&Next step"), "tick", parent)
        self.call = _action(_("Ca&ll the advisor"), "speaker", parent)
        self.code = _action(_("Show the &code"), "eye", parent)
        self.change = _action(_("Change re&quest…"), "swap", parent)
        self.leave = _action(_("Left &without a talk"), "leave", parent)
        self.place = _action(_("Choose a &place…"), "pin", parent)
        self.plans = _action(_("&Door plans…"), "printer", parent)
        self.keys = QAction(_("Single keys at the reception"), parent)
        self.keys.setCheckable(True)
        self.keys.setChecked(bool(QSettings().value(SINGLE_KEYS, True, type=bool)))
        self.keys.toggled.connect(self._on_keys)
        self._letters = {
            "R": self.call,
            "C": self.code,
            "W": self.change,
            "X": self.leave,
            "P": self.place,
        }
        self._hint(self.arrive, pgettext("key", "Space"))
        self._hint_letters()
        self.show_visitor(None)

    def _on_keys(self, on: bool) -> None:
        QSettings().setValue(SINGLE_KEYS, on)
        self._hint_letters()

    def _hint_letters(self) -> None:
        """A key that does nothing is not shown."""
        for letter, action in self._letters.items():
            self._hint(action, letter if self.single_keys else "")

    @staticmethod
    def _hint(action: QAction, key: str) -> None:
        action.setProperty("key_hint", key)
        text = plain(action.text())
        action.setToolTip(f"{text} ({key})" if key else text)

    @property
    def single_keys(self) -> bool:
        return self.keys.isChecked()

    def steps(self) -> list[QAction]:
        """What can be done with a visitor, in the order of a visit."""
        return [
            self.arrive,
            self.check,
            self.step,
            self.call,
            self.place,
            self.code,
            self.change,
            self.leave,
        ]

    def by_letter(self) -> dict[str, QAction]:
        """The single keys, if they are on."""
        return self._letters if self.single_keys else {}

    def show_visitor(self, visitor: Visitor | None) -> None:
        """Whom the steps would be about."""
        group = visitor.group if visitor is not None else None
        there = visitor is not None
        self.arrive.setEnabled(group is Group.EXPECTED)
        self.check.setEnabled(group is Group.WAITING)
        self.step.setEnabled(there and group is not Group.GONE)
        self.step.setText(_step_text(visitor))
        self.call.setEnabled(group is Group.WAITING)
        self.place.setEnabled(there and group is not Group.GONE)
        self.code.setEnabled(visitor is not None and bool(visitor.row.code))
        self.change.setEnabled(there)
        self.leave.setEnabled(group is Group.WAITING)


def _step_text(visitor: Visitor | None) -> str:
    """What Enter would do."""
    if visitor is None or visitor.group is Group.GONE:
        return _("&Next step")
    if visitor.group is Group.EXPECTED:
        return _("&Next step: arrived")
    if visitor.wants_place:
        return _("&Next step: choose a place")
    if visitor.group is Group.WAITING or not visitor.inside:
        return _("&Next step: enter the room")
    return _("&Next step: leave the room")


def _action(text: str, icon: str, parent: QWidget) -> QAction:
    action = QAction(text, parent)
    theme.bind_icon(action, icon)
    return action
