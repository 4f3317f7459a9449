"""Before somebody signs out: what stands in open forms is kept, or nobody is signed out."""

from PySide6.QtCore import QObject, Signal

from koba_desktop.gui.drafts import DraftKeeper
from koba_desktop.gui.tasks import TaskRunner
from koba_desktop.gui.widgets import Level
from koba_desktop.gui.window import MainWindow
from koba_desktop.i18n import _


class Leaving(QObject):
    """Keeps all drafts of a window and waits until nothing is under way any more."""

    left = Signal()

    def __init__(self, window: MainWindow, tasks: TaskRunner) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks

    def start(self) -> None:
        """Nothing can be typed meanwhile."""
        self._window.setEnabled(False)
        for keeper in self._keepers():
            keeper.keep()
        self._tasks.idle_changed.connect(self._look)
        self._look()

    def _keepers(self) -> list[DraftKeeper]:
        return self._window.findChildren(DraftKeeper)

    def _look(self) -> None:
        if not self._tasks.idle:
            return
        self._tasks.idle_changed.disconnect(self._look)
        self._window.setEnabled(True)
        if any(keeper.unsaved for keeper in self._keepers()):
            self._window.messages.show_message(
                _(
                    "You are still signed in: what you typed could not be kept, because the "
                    "database does not answer."
                ),
                Level.WARNING,
            )
            self.deleteLater()
        else:
            self.left.emit()
