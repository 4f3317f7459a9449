"""The advisor's window tells who was announced by the reception, and for how long they wait."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QMainWindow

from koba_desktop.domain.clock import whole_minutes
from koba_desktop.gui.desk import AppointmentRequest, Desk
from koba_desktop.gui.reception import wording
from koba_desktop.gui.widgets import Bar, Level
from koba_desktop.i18n import _, ngettext
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.reception.page import callers
from koba_desktop.services.rows import ArrivalRow

_TOPICS = (Topic.ROOMS, Topic.APPOINTMENTS)


class CallWatcher(QObject):
    """Asks after each change at the door who was called for the person at this desk.

    The line stays until the visitor is inside or somebody closes it; a call closed once does not
    come back, a second call does.
    """

    def __init__(self, window: QMainWindow, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._rows: tuple[ArrivalRow, ...] = ()
        self._put_away: set[object] = set()
        self._shown: set[object] = set()
        self.bar = Bar("calls", _("Visitors for you"), window)
        window.addToolBarBreak(Qt.ToolBarArea.BottomToolBarArea)  # a line of its own
        window.addToolBar(Qt.ToolBarArea.BottomToolBarArea, self.bar)
        self.bar.closed.connect(self._on_closed)
        desk.changed.connect(self._on_changed)
        desk.tick.connect(self._show)
        desk.actor_changed.connect(self._on_actor_changed)
        self._ask()

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.concerns(*_TOPICS):
            self._ask()

    def _on_actor_changed(self) -> None:
        self._rows, self._put_away, self._shown = (), set(), set()
        self.bar.clear_message()
        self._ask()

    def _ask(self) -> None:
        office_id, advisor_id = self._desk.actor.office_id, self._desk.actor.staff_id
        self._desk.ask(
            lambda view: callers(view, office_id, advisor_id), self._take, owner=self, key="calls"
        )

    def _take(self, rows: tuple[ArrivalRow, ...]) -> None:
        self._rows = rows
        self._show()

    def _show(self) -> None:
        """The visitor called first, and how many more; nothing where nobody waits."""
        rows = [row for row in self._rows if _call(row) not in self._put_away]
        if not rows:
            if not self.bar.isHidden():
                self.bar.clear_message()
            return
        first, calls = rows[0], {_call(row) for row in rows}
        text = self._text(first, len(rows) - 1)
        if calls == self._shown and not self.bar.isHidden():
            self.bar.renew(text)
            return
        new, self._shown = calls - self._shown, calls
        self.bar.show_message(
            text, Level.INFO, _("Open the appointment"), action=lambda: self._open(first)
        )
        if new:
            QApplication.alert(self._window)

    def _text(self, row: ArrivalRow, more: int) -> str:
        since = row.arrived_at or row.called_at or self._desk.now()
        n = max(0, whole_minutes(self._desk.now() - since))
        text = _("{who} waits at the reception, for {n} min")
        text = text.format(who=wording.addressed(row), n=n)
        if more:
            others = ngettext("{n} more waits for you", "{n} more wait for you", more)
            return f"{text}; {others.format(n=more)}"
        return text

    def _open(self, row: ArrivalRow) -> None:
        self._desk.appointment_selected.emit(row.appointment_id)
        self._desk.edit_appointment_requested.emit(
            AppointmentRequest(appointment_id=row.appointment_id)
        )

    def _on_closed(self) -> None:
        """Somebody has seen it."""
        self._put_away |= {_call(row) for row in self._rows}


def _call(row: ArrivalRow) -> object:
    """What makes a call another one: the visit, and when it was called."""
    return (row.visit_id, row.called_at)
