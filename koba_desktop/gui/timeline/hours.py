"""When the office is open on the day that is shown: asked once a day, and when it changes."""

from datetime import date

from PySide6.QtCore import QObject, Signal

from koba_desktop.gui.desk import Desk
from koba_desktop.services.calendar.days import Closure
from koba_desktop.services.calendar.hours import OfficeHours
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.view import View


class Hours(QObject):
    """Keeps the closures of one day; ``changed`` once they are others."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked: tuple[object, date] | None = None
        self.closures: tuple[Closure, ...] = ()
        desk.changed.connect(self._on_changed)

    def want(self, day: date) -> None:
        """The hours of a day of the office in force; asked unless they are here or on the way."""
        wish = (self._desk.actor.office_id, day)
        if wish != self._asked:
            self._asked = wish
            self._ask()

    def _ask(self) -> None:
        if self._asked is None:
            return
        office_id, day = self._desk.actor.office_id, self._asked[1]

        def query(view: View) -> tuple[Closure, ...]:
            found = OfficeHours(view, office_id, day).closures(day)
            return tuple(
                Closure(each.interval.starts, each.interval.ends, each.code, each.text)
                for each in found
            )

        self._desk.ask(query, self._on_closures, owner=self, key="hours")

    def _on_closures(self, closures: tuple[Closure, ...]) -> None:
        if closures != self.closures:
            self.closures = closures
            self.changed.emit()

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.concerns(Topic.OFFICE):
            self._ask()
