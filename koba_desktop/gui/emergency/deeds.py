"""What is done at the emergency desk: assigning, checking in, refusing, taking back."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, Signal, SignalInstance

from koba_desktop.domain.emergency import Ladder, Rung
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.rooms import RoomBooking, Visit
from koba_desktop.domain.vocabulary import RefusalReason
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.emergency.assigning import as_before, command_of
from koba_desktop.gui.emergency.case import Case
from koba_desktop.gui.emergency.done import Done
from koba_desktop.gui.emergency.wording import advisor_name
from koba_desktop.i18n import _
from koba_desktop.i18n.words import word
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.commands import Command
from koba_desktop.services.commands.door import AssignEmergency, CallAdvisor, EnterRoom, RefuseVisit
from koba_desktop.services.execution import Receipt


class Deeds(QObject):
    """Carries out one thing at a time; what fails is told and changes nothing."""

    assigned = Signal(object)  # Done
    failed = Signal(object)  # Exception
    checked_in = Signal()
    called = Signal()
    refused = Signal()
    taken_back = Signal(object)  # Case

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sent: AssignEmergency | None = None
        self._done: Done | None = None
        self._appointment_id: UUID | None = None
        self._booking_id: UUID | None = None
        self._visit_id: UUID | None = None
        self.busy = False
        desk.changed.connect(self._on_changed)

    def forget(self) -> None:
        """Another case begins."""
        self._sent = self._done = None
        self._appointment_id = self._booking_id = self._visit_id = None

    # --- assigning --------------------------------------------------------------------------------

    def assign(self, case: Case, rung: Rung, ladder: Ladder, advisor_id: UUID) -> None:
        command = as_before(
            command_of(case, rung, ladder, self._desk.actor.office_id, advisor_id), self._sent
        )
        self._sent = command
        self.busy = True
        self._desk.execute(
            command,
            self,
            done=lambda receipt: self._on_assigned(case, rung, command, receipt),
            failed=self._on_failed,
        )

    def _on_assigned(
        self, case: Case, rung: Rung, command: AssignEmergency, receipt: Receipt
    ) -> None:
        self.busy = False
        self._sent = None
        self._appointment_id = receipt.result["appointment_id"]
        self._booking_id = receipt.result["booking_id"]
        self._visit_id = receipt.result["visit_id"]
        self._done = Done(
            case=case,
            rung=rung,
            advisor=advisor_name(self._desk.book, command.advisor_id),
            code=receipt.result["code"],
            phone=command.phone,
        )
        self.assigned.emit(self._done)

    def _on_failed(self, error: Exception) -> None:
        self.busy = False
        self.failed.emit(error)

    # --- afterwards -------------------------------------------------------------------------------

    def check_in(self) -> None:
        """The visitor goes in."""
        self._afterwards(
            RoomBooking,
            self._booking_id,
            lambda row, version: EnterRoom(booking_id=row, version=version),
            self.checked_in,
        )

    def call_advisor(self) -> None:
        """The advisor's window tells that the visitor waits."""
        self._afterwards(
            Visit,
            self._visit_id,
            lambda row, version: CallAdvisor(visit_id=row, version=version),
            self.called,
        )

    def _afterwards(
        self,
        kind: type[RoomBooking] | type[Visit],
        row: UUID | None,
        command: Callable[[UUID, int], Command],
        done: SignalInstance,
    ) -> None:
        """A further step with a row that was made, by its version as it stands."""
        if row is None or self.busy:
            return
        self.busy = True

        def carry_out(version: int) -> None:
            self._desk.execute(
                command(row, version), self, lambda _receipt: finish(), self._on_failed
            )

        def finish() -> None:
            self.busy = False
            done.emit()

        self._desk.ask(
            lambda view: view.reader.get(kind, row).version,
            carry_out,
            owner=self,
            key="version",
            failed=self._on_failed,
        )

    def _on_changed(self, changes: ChangeSet) -> None:
        """Whoever takes the assignment back, here or in the menu: the case is open again."""
        appointment_id = self._appointment_id
        if appointment_id is None or not changes.concerns(Topic.APPOINTMENTS):
            return
        self._desk.ask(
            lambda view: view.reader.get(Appointment, appointment_id).withdrawn_at is not None,
            self._on_looked,
            owner=self,
            key="withdrawn",
        )

    def _on_looked(self, withdrawn: bool) -> None:
        if withdrawn and self._done is not None:
            case = self._done.case
            self.forget()
            self.taken_back.emit(case)

    # --- refusing ---------------------------------------------------------------------------------

    def refuse(self, code: RefusalReason) -> None:
        """The visit is not admitted: the reason is recorded, and nobody's name."""
        if self.busy:
            return
        self.busy = True
        self._desk.execute(
            RefuseVisit(office_id=self._desk.actor.office_id, code=code),
            self,
            done=self._on_refused,
            failed=self._on_failed,
            message=_("Not admitted: {reason}. The reason is recorded, and no name.").format(
                reason=word(code)
            ),
        )

    def _on_refused(self, _receipt: Receipt) -> None:
        self.busy = False
        self.refused.emit()
