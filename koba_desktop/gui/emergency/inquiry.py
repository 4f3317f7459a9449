"""Asks the ladder again whenever the case or the office has changed."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from koba_desktop.domain.vocabulary import VisitNeed
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.emergency.case import Case
from koba_desktop.gui.emergency.facts import Facts, look
from koba_desktop.services.changes import ChangeSet, Topic

_CONCERNED = (Topic.ROOMS, Topic.APPOINTMENTS, Topic.OFFICE, Topic.MODES, Topic.CLIENTS)


class Inquiry(QObject):
    """One question at a time: a later one drops the answer of the one before.

    ``read`` gives the case and the needs ticked by hand. It only asks while ``awake``.
    """

    answered = Signal(object)  # Facts
    failed = Signal(object)  # Exception

    def __init__(
        self, desk: Desk, read: Callable[[], tuple[Case, frozenset[VisitNeed]]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._read = read
        self._person: UUID | None = None
        self.facts: Facts | None = None
        self.pending = False
        self.awake = False
        desk.changed.connect(self._on_changed)
        desk.tick.connect(self._on_tick)

    def begin(self, case: Case) -> None:
        """Another case: the needs of its client, if it has one, are taken as they stand."""
        self._person = case.client_id
        self.facts = None

    def expect(self, person: UUID | None) -> None:
        """What the record of that client says is still to be taken over."""
        self._person = person

    def ask(self) -> None:
        """Ask now."""
        case, by_hand = self._read()
        office_id = self._desk.actor.office_id
        new_person = case.client_id != self._person
        self.pending = True
        self._desk.ask(
            lambda view: look(view, office_id, case, by_hand, new_person=new_person),
            self._on_answer,
            owner=self,
            key="ladder",
            failed=self._on_failed,
        )

    def _on_answer(self, facts: Facts) -> None:
        self.pending = False
        self._person = facts.case.client_id
        self.facts = facts
        self.answered.emit(facts)

    def _on_failed(self, error: Exception) -> None:
        self.pending = False
        self.failed.emit(error)

    def _on_changed(self, changes: ChangeSet) -> None:
        if self.awake and changes.concerns(*_CONCERNED):
            self.ask()

    def _on_tick(self) -> None:
        if self.awake:
            self.ask()
