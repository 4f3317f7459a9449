"""Inputs by chance, a line that breaks by chance, colleagues who write by chance: whatever was
acknowledged is on the server exactly once, as of when it happened, or listed as refused."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.bookkeeping import Draft, ExecutedCommand
from koba_desktop.domain.entities.contacts import AttemptNote, CallTask, ContactAttempt
from koba_desktop.domain.entities.rooms import Visit
from koba_desktop.domain.errors import OfficeError
from koba_desktop.domain.vocabulary import CallReason, ChecklistItem, Outcome
from koba_desktop.services.commands import (
    Command,
    CreateCallTask,
    DiscardDraft,
    NoteAttempt,
    RecordAttempt,
    SaveDraft,
)
from koba_desktop.services.commands.door import (
    ArriveVisitor,
    CallAdvisor,
    CheckVisitor,
    LeaveWaiting,
)
from koba_desktop.services.ids import new_id
from koba_desktop.services.outage.commands import draft_of
from tests.unit.outage_office import OutageOffice

DEEDS = (
    "attempt",
    "attempt on a task",
    "note",
    "task",
    "arrive",
    "check",
    "call",
    "leave",
    "draft",
    "draft again",
    "discard",
    "repeat",
)
DISTURBANCES = (
    "somebody changes an appointment",
    "somebody changes a visit",
    "the server comes for a moment",
    "an answer is lost",
    "the program is killed",
)
STEPS = st.lists(
    st.tuples(st.sampled_from(DEEDS + DISTURBANCES), st.integers(0, 5)), min_size=3, max_size=14
)


@dataclass
class Run:
    """One morning without a server."""

    office: OutageOffice
    appointments: list[Appointment]
    drafts: list[UUID] = field(default_factory=list)
    acknowledged: dict[UUID, tuple[Command, datetime]] = field(default_factory=dict)

    def step(self, what: str, number: int) -> None:
        self.office.clock.advance(minutes=1)
        match what:
            case "somebody changes an appointment":
                self._bump(self.appointments[number % len(self.appointments)])
            case "somebody changes a visit":
                appointment = self.appointments[number % len(self.appointments)]
                for visit in self.office.all(Visit, appointment_id=appointment.id):
                    self._bump(visit)
            case "the server comes for a moment":
                self._moment(number)
            case "an answer is lost":
                self.office.line.away = False
                self.office.line.in_mid, self.office.line.lost = "connection_lost", bool(number % 2)
                self.office.here.try_again()
                self.office.line.in_mid = ""
                self._away()
            case "the program is killed":
                self.office.open_here()
                self._away()
            case _:
                command = self._command(what, number)
                if command is not None:
                    self._put_in(command)

    def _moment(self, number: int) -> None:
        self.office.line.away, self.office.line.last = False, number
        self.office.here.try_again()
        self.office.line.last = None
        self._away()

    def _away(self) -> None:
        self.office.line.away = True
        self.office.here.reachable(False)

    def _put_in(self, command: Command) -> None:
        at = self.office.clock.now()
        try:
            receipt = self.office.put_in(command)
        except OfficeError:
            assert command.command_id not in self.acknowledged
            return
        assert receipt.queued or receipt.repeated
        self.acknowledged.setdefault(command.command_id, (command, at))

    def _command(self, what: str, number: int) -> Command | None:
        """On what the screens show here."""
        office = self.office
        tries, tasks = office.seen(ContactAttempt), office.seen(CallTask)
        waiting = [visit for visit in office.seen(Visit) if visit.arrived_at is not None]
        visit = waiting[number % len(waiting)] if waiting else None
        match what:
            case "attempt":
                return RecordAttempt(client_id=office.kuhn.id, outcome=Outcome.BUSY)
            case "attempt on a task" if tasks:
                task = tasks[number % len(tasks)]
                return RecordAttempt(
                    client_id=task.client_id, task_id=task.id, outcome=Outcome.MAILBOX
                )
            case "note" if tries:
                tried = tries[number % len(tries)]
                return NoteAttempt(attempt_id=tried.id, text=tried.at.isoformat())
            case "task":
                return CreateCallTask(
                    client_id=office.kuhn.id,
                    advisor_id=office.berger.id,
                    reason=CallReason.CALLBACK,
                    due=office.clock.now(),
                )
            case "arrive":
                return office.arrival(self.appointments[number % len(self.appointments)])
            case "check" if visit:
                return CheckVisitor(
                    visit_id=visit.id,
                    version=visit.version,
                    companions=number % 3,
                    needs=(),
                    checked=(ChecklistItem.MASK,),
                )
            case "call" if visit:
                return CallAdvisor(visit_id=visit.id, version=visit.version)
            case "leave" if visit:
                return LeaveWaiting(visit_id=visit.id, version=visit.version)
            case "draft":
                self.drafts.append(new_id())
                return self._draft(self.drafts[-1])
            case "draft again" if self.drafts:
                return self._draft(self.drafts[number % len(self.drafts)])
            case "discard" if self.drafts:
                return DiscardDraft(draft_id=self.drafts[number % len(self.drafts)])
            case "repeat" if self.acknowledged:
                commands = list(self.acknowledged.values())
                return commands[number % len(commands)][0]
        return None

    def _draft(self, draft_id: UUID) -> SaveDraft:
        now = self.office.clock.now()
        return SaveDraft(
            draft_id=draft_id, form="client", subject_id=None, content={"at": now.isoformat()}
        )

    def _bump(self, row: Appointment | Visit) -> None:
        with self.office.store.writing(
            by=self.office.lindner.id, now=self.office.clock.now()
        ) as uow:
            uow.update(uow.get(type(row), row.id))

    # --- what must hold in the end ----------------------------------------------------------------

    def finish(self) -> None:
        office = self.office
        assert office.come_back()
        state = office.here.state
        assert (state.offline, state.waiting) == (False, 0)
        executed = {row.id for row in office.all(ExecutedCommand)}
        refused = {each.id for each in state.refused}
        assert not executed & refused
        missing = self.acknowledged.keys() - executed - refused
        assert all(self._superseded(command_id) for command_id in missing)
        self._attempts(executed)
        self._notes()
        self._drafts(executed)
        self._visits(executed)
        assert office.in_order()

    def _superseded(self, command_id: UUID) -> bool:
        """A later state of the same draft was kept instead."""
        command, _at = self.acknowledged[command_id]
        draft = draft_of(command)
        later = list(self.acknowledged)[list(self.acknowledged).index(command_id) + 1 :]
        return draft is not None and any(
            draft_of(self.acknowledged[each][0]) == draft for each in later
        )

    def _attempts(self, executed: set[UUID]) -> None:
        wanted = sorted(
            at
            for command_id, (command, at) in self.acknowledged.items()
            if isinstance(command, RecordAttempt) and command_id in executed
        )
        assert sorted(row.at for row in self.office.all(ContactAttempt)) == wanted
        tasks = [
            command
            for command_id, (command, _at) in self.acknowledged.items()
            if isinstance(command, CreateCallTask) and command_id in executed
        ]
        callbacks = self.office.all(CallTask, reason=CallReason.CALLBACK)
        assert len(callbacks) == len(tasks)

    def _notes(self) -> None:
        """Each note stands at the attempt it was written for."""
        notes = self.office.all(AttemptNote)
        attempts = {row.id: row for row in self.office.all(ContactAttempt)}
        for note in notes:
            assert note.attempt_id is not None
            assert attempts[note.attempt_id].at.isoformat() == note.text
        assert len({note.attempt_id for note in notes}) == len(notes)

    def _drafts(self, executed: set[UUID]) -> None:
        last: dict[UUID, str | None] = {}
        for command_id, (command, _at) in self.acknowledged.items():
            if command_id in executed:
                if isinstance(command, SaveDraft):
                    last[command.draft_id] = command.content["at"]
                elif isinstance(command, DiscardDraft):
                    last[command.draft_id] = None
        stored = {row.id: row.content["at"] for row in self.office.all(Draft)}
        assert stored == {draft: text for draft, text in last.items() if text is not None}

    def _visits(self, executed: set[UUID]) -> None:
        """Who arrived did so when it was recorded; nothing of a refused input stands there."""
        for appointment in self.appointments:
            (visit,) = self.office.all(Visit, appointment_id=appointment.id)
            wanted = [
                at
                for command_id, (command, at) in self.acknowledged.items()
                if isinstance(command, ArriveVisitor)
                and command.appointment_id == appointment.id
                and command_id in executed
            ]
            assert [visit.arrived_at] == (wanted[-1:] or [None])


@given(STEPS)
@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_all_that_was_acknowledged_is_there_once_or_listed(steps: list[tuple[str, int]]):
    with TemporaryDirectory() as folder:
        office = OutageOffice(Path(folder), member="berger")
        try:
            people = [office.kuhn, office.hartwig, office.noack]
            run = Run(
                office,
                [
                    office.expected(9 + number, 30, client=client, by=office.lindner)
                    for number, client in enumerate(people)
                ],
            )
            office.go_away()
            for what, number in steps:
                run.step(what, number)
            run.finish()
        finally:
            office.close()
