"""What My day offers in the menu, the tool bar and the command palette."""

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from koba_desktop.gui import theme
from koba_desktop.i18n import _

SINGLE_KEYS = "myday/single_keys"


class DayActions:
    """The next client, calling, proposing by letter; and whether single keys record outcomes."""

    def __init__(self, parent: QWidget) -> None:
        self.next = self._action(_("&Next client"), "arrow-down", parent)
        self.call = self._action(_("&Call this client"), "phone", parent)
        self.letter = self._action(_("Propose by &letter"), "letter", parent)
        self.call_list = self._action(_("Print call &list…"), "printer", parent)
        self.call_list.setShortcut(QKeySequence(QKeySequence.StandardKey.Print))
        self.call_list.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.call_list.setProperty("icon_only", True)
        parent.addAction(self.call_list)
        self.keys = QAction(_("Single keys in My day"), parent)
        self.keys.setCheckable(True)
        self.keys.setChecked(bool(QSettings().value(SINGLE_KEYS, True, type=bool)))
        self.keys.toggled.connect(lambda on: QSettings().setValue(SINGLE_KEYS, on))

    @staticmethod
    def _action(text: str, icon: str, parent: QWidget) -> QAction:
        action = QAction(text, parent)
        theme.bind_icon(action, icon)
        return action

    @property
    def single_keys(self) -> bool:
        return self.keys.isChecked()

    def all(self) -> list[QAction]:
        return [self.next, self.call, self.letter, self.call_list, self.keys]

    def show_client(self, there: bool) -> None:
        """Whether there is a client to call or to write to."""
        self.call.setEnabled(there)
        self.letter.setEnabled(there)
