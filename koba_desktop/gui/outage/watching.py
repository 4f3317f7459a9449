"""Follows the services of the shared database, and tells in the window how it stands."""

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from koba_desktop.gui.desk import Desk
from koba_desktop.gui.outage import wording
from koba_desktop.gui.outage.bar import OutageBar
from koba_desktop.gui.tasks import Lane
from koba_desktop.gui.widgets import InlineMessage, Level
from koba_desktop.gui.window import MainWindow
from koba_desktop.i18n import _
from koba_desktop.i18n.messages import text_of
from koba_desktop.services.outage.facade import SharedServices
from koba_desktop.services.outage.state import OutageState

PATIENCE_MS = 1000
"""A server that is back so soon (a line that broke, another network) was not missed by anybody."""


class OutageWatch(QObject):
    """Of one window; the services may outlive it (another language, a new window)."""

    _told = Signal(object)  # OutageState; from any thread

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        services: SharedServices,
        print_list: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._services = services
        self._state: OutageState | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._show)
        window.addToolBarBreak(Qt.ToolBarArea.TopToolBarArea)
        self.bar = OutageBar(window)
        window.addToolBar(Qt.ToolBarArea.TopToolBarArea, self.bar)
        self.bar.hide()
        self.bar.list_wanted.connect(print_list)
        self.bar.try_wanted.connect(services.wake.set)
        a = window.actions_
        a.unsent.setVisible(True)
        a.unsent.triggered.connect(self.show_unsent)
        desk.tick.connect(self._renew)
        self._told.connect(self._on_state, Qt.ConnectionType.QueuedConnection)
        self.destroyed.connect(services.on_state(self._hear))
        desk.tasks.submit(
            Lane.QUERIES, lambda: services.state, self._on_first, desk.problem.emit, self
        )

    def _hear(self, state: OutageState) -> None:
        with suppress(RuntimeError):  # the window is being closed
            if isValid(self):
                self._told.emit(state)

    # --- how it stands ----------------------------------------------------------------------------

    def _on_first(self, state: OutageState) -> None:
        if self._state is None:  # else something newer was heard already
            self._on_state(state)

    def _on_state(self, state: OutageState) -> None:
        before, self._state = self._state, state
        self._desk.learn_outage(state)
        if before is None:
            self._show()
            if state.refused and not state.offline:
                self._warn(state)
            return
        if state.offline and not before.offline:
            self._patience.start()
            if state.taken_at is not None:
                self._desk.others_wrote()
        elif state.offline:
            self._renew()
        elif before.offline and not state.offline:
            self._came_back(before, state)
        elif not state.offline:
            self._tell_sent(before, state)

    def _show(self) -> None:
        state, today = self._state, self._desk.today()
        if state is not None and state.offline:
            self.bar.show_outage(wording.headline(state, today), wording.promise(state))
            self._window.status.show_outage(wording.status(state, today))

    def _renew(self) -> None:
        """Other inputs wait, or another day has begun, on which "10:42" is another text."""
        if not self.bar.isHidden():
            self._show()

    # --- once it is back --------------------------------------------------------------------------

    def _came_back(self, before: OutageState, state: OutageState) -> None:
        sent = max(0, before.waiting - state.waiting - _new(before, state))
        self._patience.stop()
        if sent or not self.bar.isHidden():
            self._window.messages.show_message(wording.back(sent), Level.OK)
        self.bar.end()
        self._window.status.show_outage("")
        if state.refused:
            self._warn(state, sent)
        self._desk.others_wrote()
        _say_in_forms()

    def _tell_sent(self, before: OutageState, state: OutageState) -> None:
        """What was to be sent once more."""
        if _new(before, state):
            self._warn(state)
        elif state.waiting < before.waiting:
            text = wording.all_sent(before.waiting - state.waiting)
            self._window.messages.show_message(text, Level.OK)

    def _warn(self, state: OutageState, sent: int = 0) -> None:
        text = wording.misfits(len(state.refused))
        if sent > 0:
            text = f"{wording.back(sent)} {text}"
        self._window.messages.show_message(
            text, Level.WARNING, _("Look at them"), action=self.show_unsent
        )

    def show_unsent(self) -> None:
        """What was not taken over, to be settled one by one."""
        from koba_desktop.gui.outage.unsent import UnsentDialog

        state = self._state or OutageState()
        if not state.refused:
            text = _("Nothing is left that was not sent.")
            if state.waiting:
                text = _("{inputs} for the server and will be sent by itself.").format(
                    inputs=wording.waiting(state.waiting)
                )
            self._window.messages.show_message(text, Level.INFO)
            return
        dialog = UnsentDialog(self._desk, self._services, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _new(before: OutageState, state: OutageState) -> int:
    """How many were refused since."""
    known = {each.id for each in before.refused}
    return sum(each.id not in known for each in state.refused)


def _say_in_forms() -> None:
    """Forms that say they wait for the server need wait no longer."""
    waits = text_of("waits_for_server", {})
    for widget in QApplication.allWidgets():
        if isinstance(widget, InlineMessage) and not widget.isHidden() and widget.text() == waits:
            widget.show_message(_("The server is back. You can save now."), Level.INFO)
