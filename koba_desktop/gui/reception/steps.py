"""What the reception does with a visitor: each step is a command, told in the quiet line."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from koba_desktop.domain.clock import whole_minutes
from koba_desktop.gui.desk import AppointmentRequest, Desk
from koba_desktop.gui.reception import wording
from koba_desktop.gui.reception.checklist import Arrival
from koba_desktop.gui.reception.visitors import Group, Visitor
from koba_desktop.gui.rooms.booked import occupant
from koba_desktop.gui.rooms.deeds import RoomDeeds
from koba_desktop.gui.rooms.placing import PlaceMenu
from koba_desktop.i18n import _
from koba_desktop.services.commands import Command
from koba_desktop.services.commands.door import (
    ArriveVisitor,
    CallAdvisor,
    CheckVisitor,
    LeaveWaiting,
)
from koba_desktop.services.execution import Receipt
from koba_desktop.services.rooms.suggesting import PlaceQuery, Suggestion, suggest_places


class VisitSteps(QObject):
    """Whatever concerns rooms is carried out by the deeds all panels share."""

    def __init__(self, desk: Desk, deeds: RoomDeeds, owner: QWidget) -> None:
        super().__init__(owner)
        self._desk = desk
        self._deeds = deeds
        self._owner = owner
        self._asked: set[tuple[UUID, int]] = set()

    # --- the visit --------------------------------------------------------------------------------

    def arrive(self, visitor: Visitor, arrival: Arrival | None = None) -> None:
        """The visitor stands at the desk; ``arrival`` is what was looked at, if the office asks."""
        row = visitor.row
        command = ArriveVisitor(
            appointment_id=row.appointment_id,
            version=row.version,
            companions=arrival.companions if arrival is not None else None,
            needs=arrival.needs if arrival is not None else None,
            checked=arrival.checked if arrival is not None else (),
        )
        said = _("{who} has arrived.").format(who=wording.addressed(row))
        self._do(command, (row.appointment_id, row.version), said)

    def check(self, visitor: Visitor, arrival: Arrival) -> None:
        """What was missing on arrival was looked at since."""
        row = visitor.row
        if row.visit_id is None:
            return
        command = CheckVisitor(
            visit_id=row.visit_id,
            version=row.visit_version,
            companions=arrival.companions,
            needs=arrival.needs,
            checked=arrival.checked,
        )
        said = _("Noted for {who}.").format(who=wording.addressed(row))
        self._do(command, (row.visit_id, row.visit_version), said)

    def call(self, visitor: Visitor) -> None:
        """Tell the advisor that the visitor waits."""
        row = visitor.row
        if row.visit_id is None:
            return
        said = _("{advisor} is told that {who} waits.").format(
            advisor=row.advisor_name, who=wording.addressed(row)
        )
        command = CallAdvisor(visit_id=row.visit_id, version=row.visit_version)
        self._do(command, (row.visit_id, row.visit_version), said)

    def leave(self, visitor: Visitor) -> None:
        """The visitor has left without a talk: somebody will call."""
        row = visitor.row
        if row.visit_id is None:
            return
        gone = _("{who} has left without a talk.").format(who=wording.addressed(row))
        call = _("{advisor} finds a call in the list.").format(advisor=row.advisor_name)

        def said(receipt: Receipt) -> str:
            return f"{gone} {call}" if receipt.result.get("task_id") is not None else gone

        command = LeaveWaiting(visit_id=row.visit_id, version=row.visit_version)
        self._do(command, (row.visit_id, row.visit_version), said)

    def go_on(self, visitor: Visitor, at: QPoint | None = None) -> None:
        """The next step of somebody who is here: a place, into the room, out of it."""
        if visitor.group is Group.GONE:
            return
        if visitor.wants_place:
            self.choose_place(visitor, at)
        elif visitor.inside:
            self._deeds.vacate(visitor.row, at)
        else:
            self._deeds.enter(visitor.row)

    def change(self, visitor: Visitor) -> None:
        """A wish for another time: the editor moves the appointment and keeps its number."""
        self._desk.edit_appointment_requested.emit(
            AppointmentRequest(appointment_id=visitor.row.appointment_id)
        )

    # --- places -----------------------------------------------------------------------------------

    def choose_place(self, visitor: Visitor, at: QPoint | None = None) -> None:
        """Who is here without a place gets the first that can be had today; everybody else one for
        the time of the appointment."""
        row = visitor.row
        if visitor.placed or row.arrived_at is None:
            self._deeds.choose_place(row, at)
            return
        who = occupant(row)
        query = PlaceQuery(
            office_id=self._desk.actor.office_id,
            persons=who.persons,
            minutes=whole_minutes(row.ends - row.starts),
            needs=frozenset(row.needs),
            ignore_appointment=row.appointment_id,
        )

        def show(found: Suggestion) -> None:
            PlaceMenu(
                who,
                found,
                lambda place_id, room: self._deeds.assign(row, place_id, room, now=True),
                self._owner,
            ).open_at(at or self._owner.mapToGlobal(self._owner.rect().center()))

        self._desk.ask(lambda view: suggest_places(view, query), show, owner=self, key="places")

    # --- telling ----------------------------------------------------------------------------------

    def _do(
        self, command: Command, key: tuple[UUID, int], said: str | Callable[[Receipt], str]
    ) -> None:
        """Once for each state of a visit: a second press before the list has heard of the first is
        the same wish."""
        if key in self._asked:
            return
        self._asked.add(key)

        def done(receipt: Receipt) -> None:
            text = said if isinstance(said, str) else said(receipt)
            self._desk.tell_done(receipt, text)

        def failed(error: Exception) -> None:
            self._asked.discard(key)
            self._desk.problem.emit(error)

        self._desk.execute(command, self, done=done, failed=failed)
