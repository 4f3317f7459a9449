"""Working on while the server is away, and what becomes of it when it is back."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from koba_desktop.domain.entities.appointments import Appointment, AppointmentChange
from koba_desktop.domain.entities.bookkeeping import AuditEvent, Draft, ExecutedCommand
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.contacts import AttemptNote, CallTask, ContactAttempt
from koba_desktop.domain.entities.rooms import Visit
from koba_desktop.domain.errors import Conflict, Refused, Unavailable
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    CallReason,
    CallResult,
    ChecklistItem,
    Outcome,
    VisitNeed,
    VisitResult,
)
from koba_desktop.services.commands import (
    CloseCallTask,
    CreateCallTask,
    DiscardDraft,
    NoteAttempt,
    RecordAttempt,
    SaveDraft,
    Undo,
    UndoPlan,
)
from koba_desktop.services.commands.door import CallAdvisor, CheckVisitor, LeaveWaiting
from koba_desktop.services.execution import Actor
from koba_desktop.services.ids import new_id
from koba_desktop.services.outage.keeper import Keeper
from koba_desktop.services.outage.state import OutageState
from koba_desktop.storage.input_queue import EncryptedQueue
from tests.unit.outage_office import OutageOffice
from tests.unit.service_office import at


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OutageOffice]:
    """Berger's PC, who calls clients."""
    made = OutageOffice(tmp_path, member="berger")
    yield made
    made.close()


@pytest.fixture
def door(tmp_path: Path) -> Iterator[OutageOffice]:
    """The reception's PC."""
    made = OutageOffice(tmp_path)
    yield made
    made.close()


def attempt(office: OutageOffice, task_id: UUID | None = None, **values: object) -> RecordAttempt:
    command = RecordAttempt(client_id=office.kuhn.id, task_id=task_id, outcome=Outcome.NO_ANSWER)
    return replace(command, **values)  # type: ignore[arg-type]


# --- there, away, back ----------------------------------------------------------------------------


def test_with_the_server_there_it_is_the_server_that_answers(desk: OutageOffice):
    task_id = desk.task()
    receipt = desk.put_in(attempt(desk, task_id))
    assert not receipt.queued
    assert desk.one(ContactAttempt).id == receipt.result["attempt_id"]
    assert desk.here.state == OutageState()


def test_the_snapshot_answers_at_once_while_the_server_is_away(desk: OutageOffice):
    task_id = desk.task()
    taken_at = desk.clock.now()
    desk.go_away()
    before = desk.line.transactions
    assert [task.id for task in desk.seen(CallTask)] == [task_id]
    with desk.here.view(desk.berger.id) as view:
        assert [row.id for row in view.reader.open_tasks(desk.berger.id)] == [task_id]
        assert view.now == desk.clock.now()
    assert desk.line.transactions == before
    assert desk.here.state == OutageState(offline=True, since=taken_at, taken_at=taken_at)


@pytest.mark.parametrize("code", ["server_away", "connection_lost"])
def test_a_query_in_mid_of_which_the_server_goes_is_asked_again_of_the_snapshot(
    desk: OutageOffice, code: str
):
    assert desk.here.renew_snapshot()
    asked: list[int] = []

    def query(view: object) -> str:
        asked.append(1)
        if len(asked) == 1:
            raise Unavailable(code)
        return "answer"

    assert desk.here.ask(query) == "answer"
    assert desk.here.offline


def test_any_other_obstacle_is_no_outage(desk: OutageOffice):
    def query(view: object) -> None:
        raise Unavailable("statement_timeout")

    with pytest.raises(Unavailable):
        desk.here.ask(query)
    assert not desk.here.offline


def test_without_a_snapshot_nothing_is_shown_and_inputs_are_kept_all_the_same(desk: OutageOffice):
    desk.line.away = True
    with pytest.raises(Unavailable) as refused:
        desk.seen(Client)
    assert refused.value.code == "server_away"
    receipt = desk.put_in(attempt(desk))
    assert receipt.queued
    noted = desk.put_in(NoteAttempt(attempt_id=receipt.result["attempt_id"], text="Mailbox voll"))
    assert noted.queued
    assert desk.come_back()
    assert desk.one(AttemptNote).attempt_id == desk.one(ContactAttempt).id


def test_what_cannot_be_kept_waits_for_the_server_and_says_so(desk: OutageOffice):
    booked = desk.booked(at(13, 10))
    task = desk.one(CallTask, id=desk.task())
    desk.go_away()
    for command in (
        desk.booking(at(14, 10)),
        CloseCallTask(task_id=task.id, version=task.version, result=CallResult.REACHED),
        Undo(plan=UndoPlan(label="BookAppointment", steps=())),
    ):
        with pytest.raises(Unavailable) as refused:
            desk.put_in(command)
        assert refused.value.code == "waits_for_server"
    assert [row.id for row in desk.seen(Appointment)] == [booked.id]
    assert desk.here.state.waiting == 0


def test_a_booking_that_meets_the_outage_is_not_kept(desk: OutageOffice):
    assert desk.here.renew_snapshot()
    desk.line.away = True
    with pytest.raises(Unavailable) as refused:
        desk.put_in(desk.booking(at(14, 10)))
    assert refused.value.code == "server_away"
    assert desk.here.offline


def test_nobody_elses_input_goes_into_the_queue(desk: OutageOffice):
    desk.go_away()
    with pytest.raises(Unavailable) as refused:
        desk.here.execute(attempt(desk), Actor(desk.lindner.id, desk.office.id))
    assert refused.value.code == "waits_for_server"
    assert desk.here.state.waiting == 0


def test_each_state_is_told(desk: OutageOffice):
    told: list[OutageState] = []
    stop = desk.here.on_state(told.append)
    desk.go_away()
    desk.put_in(attempt(desk))
    assert desk.come_back()
    assert [(state.offline, state.waiting) for state in told] == [
        (False, 0),  # the snapshot is there
        (True, 0),
        (True, 1),
        (False, 0),
    ]
    stop()
    desk.go_away()
    assert len(told) == 4


# --- contact attempts, notes, callbacks -----------------------------------------------------------


def test_an_attempt_is_shown_at_once_and_recorded_as_of_when_it_happened(desk: OutageOffice):
    task_id = desk.task()
    desk.go_away()
    desk.clock.set(at(1, 10, 5))
    command = attempt(desk, task_id, note="Ruft nach Ostern zurück")
    receipt = desk.put_in(command)
    assert receipt.queued
    assert receipt.undo is None
    assert [each.at for each in desk.seen(ContactAttempt)] == [at(1, 10, 5)]
    assert desk.all(ContactAttempt) == []

    desk.clock.set(at(1, 12))
    assert desk.come_back()
    recorded = desk.one(ContactAttempt)
    assert (recorded.at, recorded.changed_at, recorded.changed_by) == (
        at(1, 10, 5),
        at(1, 12),
        desk.berger.id,
    )
    assert desk.one(AttemptNote).text == "Ruft nach Ostern zurück"
    assert desk.one(CallTask).due > at(1, 10, 5)
    assert desk.one(ExecutedCommand, id=command.command_id).created_at == at(1, 12)
    assert {event.created_at for event in desk.all(AuditEvent, object_kind="ContactAttempt")} == {
        at(1, 12)
    }
    assert not desk.here.offline
    assert desk.here.state.waiting == 0


def test_what_was_put_in_refers_to_what_was_put_in_before(desk: OutageOffice):
    """Rows made here have other ids on the server."""
    desk.booked(at(13, 10))
    desk.go_away()
    task = desk.put_in(
        CreateCallTask(
            client_id=desk.kuhn.id,
            advisor_id=desk.berger.id,
            reason=CallReason.CALLBACK,
            due=desk.clock.now(),
            note="bittet um Rückruf",
        )
    ).result["task_id"]
    tried = desk.put_in(attempt(desk, task)).result["attempt_id"]
    desk.put_in(NoteAttempt(attempt_id=tried, text="Mailbox besprochen"))
    desk.put_in(SaveDraft(draft_id=new_id(), form="callback", subject_id=task, content={}))
    assert len(desk.seen(CallTask)) == 1
    assert desk.come_back()
    made = desk.one(CallTask)
    recorded = desk.one(ContactAttempt)
    assert made.id != task
    assert recorded.call_task_id == made.id
    assert desk.one(AttemptNote, attempt_id=recorded.id).text == "Mailbox besprochen"
    assert desk.one(Draft).subject_id == made.id
    # A form that was opened meanwhile still names the row by the id it had here.
    late = desk.put_in(NoteAttempt(attempt_id=tried, text="Und noch etwas"))
    assert not late.queued
    assert desk.one(AttemptNote, attempt_id=recorded.id).text == "Und noch etwas"


def test_a_task_somebody_closed_meanwhile_stays_closed_and_the_try_is_recorded(desk: OutageOffice):
    task_id = desk.task()
    desk.go_away()
    desk.put_in(attempt(desk, task_id))
    task = desk.one(CallTask, id=task_id)
    desk.do(CloseCallTask(task_id=task_id, version=task.version, result=CallResult.REACHED))
    assert desk.come_back()
    assert desk.one(ContactAttempt).call_task_id == task_id
    assert desk.one(CallTask).result is CallResult.REACHED


def test_a_client_younger_than_the_snapshot_can_be_called_all_the_same(desk: OutageOffice):
    assert desk.here.renew_snapshot()
    fresh = desk.client("Neumann", "Paul", "990001", desk.kuhn.salutation)
    desk.put(fresh)
    desk.line.away = True
    receipt = desk.put_in(attempt(desk, client_id=fresh.id))
    assert receipt.queued
    desk.put_in(NoteAttempt(attempt_id=receipt.result["attempt_id"], text="nur kurz"))
    assert desk.come_back()
    assert desk.one(ContactAttempt).client_id == fresh.id
    assert desk.one(AttemptNote).text == "nur kurz"


# --- at the door ----------------------------------------------------------------------------------


def test_a_visitor_arrives_is_called_for_and_leaves(door: OutageOffice):
    coming = door.expected()
    door.go_away()
    receipt = door.put_in(door.arrival(coming))
    assert receipt.queued
    visit_id = receipt.result["visit_id"]
    assert receipt.result["code"] == door.visit_of(coming).code
    for make, minute in ((_checked, 20), (_called, 22), (_left, 40)):
        door.clock.set(at(1, 9, minute))
        (visit,) = door.seen(Visit, id=visit_id)
        door.put_in(make(visit))
    assert door.seen(Appointment)[0].state is AppointmentState.MISSED
    assert door.appointment(coming).state is AppointmentState.CONFIRMED

    door.clock.set(at(1, 11))
    assert door.come_back()
    visit = door.visit_of(coming)
    assert (visit.arrived_at, visit.called_at, visit.left_at) == (
        at(1, 9, 12),
        at(1, 9, 22),
        at(1, 9, 40),
    )
    assert visit.checked == (ChecklistItem.MASK,)
    assert visit.result is VisitResult.LEFT
    assert door.appointment(coming).state is AppointmentState.MISSED
    assert door.one(CallTask).reason is CallReason.MISSED_APPOINTMENT
    assert door.in_order()


def test_the_chain_fits_although_somebody_changed_the_visit_meanwhile(door: OutageOffice):
    """Companions were announced elsewhere: the visit has another version than here."""
    coming = door.expected()
    door.go_away()
    visit_id = door.put_in(door.arrival(coming)).result["visit_id"]
    door.put_in(_called(door.seen(Visit, id=visit_id)[0]))
    _bump(door, door.visit_of(coming), times=3)
    door.put_in(_left(door.seen(Visit, id=visit_id)[0]))
    assert door.come_back()
    assert door.here.state.refused == ()
    assert door.visit_of(coming).left_at == at(1, 9, 12)


def test_what_no_longer_fits_is_listed_with_all_that_hangs_on_it(door: OutageOffice):
    coming, other = door.expected(), door.expected(10, 30, client=door.hartwig)
    door.go_away()
    visit_id = door.put_in(door.arrival(coming)).result["visit_id"]
    door.put_in(_called(door.seen(Visit, id=visit_id)[0]))
    fits = door.put_in(door.arrival(other))
    _bump(door, door.appointment(coming))
    assert door.come_back()
    assert door.appointment(other).state is AppointmentState.ARRIVED
    assert door.appointment(coming).state is AppointmentState.CONFIRMED
    arrival, call = door.here.state.refused
    assert [problem.code for problem in arrival.problems] == ["conflict"]
    assert [problem.code for problem in call.problems] == ["earlier_input_refused"]
    assert (arrival.name, call.name) == ("ArriveVisitor", "CallAdvisor")
    assert arrival.happened_at == at(1, 9, 12)
    assert fits.command.command_id not in {arrival.id, call.id}

    # The person looks at it and wants it all the same: as the appointment stands now.
    door.clock.set(at(1, 12))
    door.here.retry(arrival.id)
    assert door.here.try_again()
    door.here.retry(call.id)
    assert door.here.try_again()
    assert door.here.state.refused == ()
    visit = door.visit_of(coming)
    assert (visit.arrived_at, visit.called_at) == (at(1, 9, 12), at(1, 9, 12))


def test_a_version_made_here_is_never_taken_for_somebody_elses(door: OutageOffice):
    """The call is refused, as the visit was changed; the version it had here after the call is the
    one the server has from somebody else: leaving must not slip through on it."""
    coming = door.expected()
    door.do(door.arrival(coming), by=door.reception)
    door.go_away()
    visit = door.visit_of(coming)
    door.put_in(_called(visit))
    _bump(door, visit)
    (here,) = door.seen(Visit)
    assert here.version == door.visit_of(coming).version
    door.put_in(_left(here))
    assert door.come_back()
    assert [each.problems[0].code for each in door.here.state.refused] == [
        "conflict",
        "earlier_input_refused",
    ]
    assert door.visit_of(coming).left_at is None
    for refused in door.here.state.refused:
        door.here.discard(refused.id)
    assert door.here.state.refused == ()
    assert door.come_back()
    assert door.visit_of(coming).left_at is None


def test_a_visitor_who_cannot_arrive_is_refused_here(door: OutageOffice):
    coming = door.expected()
    door.go_away()
    door.put_in(door.arrival(coming))
    with pytest.raises(Refused):
        door.put_in(door.arrival(coming))
    stale = replace(_called(door.seen(Visit)[0]), version=door.seen(Visit)[0].version - 1)
    with pytest.raises(Conflict):
        door.put_in(stale)
    assert door.here.state.waiting == 1


def test_who_saw_a_later_version_than_the_snapshot_has_can_go_on(door: OutageOffice):
    """The appointment was changed after the snapshot, and the server went away in mid-command."""
    coming = door.expected()
    assert door.here.renew_snapshot()
    _bump(door, door.appointment(coming))
    arrival = door.arrival(coming)
    door.line.away = True
    receipt = door.put_in(arrival)
    assert receipt.queued
    visit_id = receipt.result["visit_id"]
    door.put_in(_called(door.seen(Visit, id=visit_id)[0]))
    assert door.come_back()
    assert door.here.state.refused == ()
    assert door.visit_of(coming).called_at is not None


# --- drafts ---------------------------------------------------------------------------------------


def test_only_the_last_state_of_a_draft_waits(desk: OutageOffice):
    desk.go_away()
    draft_id, other = new_id(), new_id()
    desk.put_in(_draft(other, "anderes"))
    for text in ("M", "Mü", "Müller"):
        desk.put_in(_draft(draft_id, text))
    assert desk.here.state.waiting == 2
    assert {draft.content["name"] for draft in desk.seen(Draft)} == {"Müller", "anderes"}
    desk.put_in(DiscardDraft(draft_id=other))
    assert desk.here.state.waiting == 2
    assert desk.come_back()
    assert desk.one(Draft).content == {"name": "Müller"}


# --- sending --------------------------------------------------------------------------------------


def test_the_same_command_twice_counts_once(desk: OutageOffice):
    desk.go_away()
    command = attempt(desk)
    first, again = desk.put_in(command), desk.put_in(command)
    assert (again.result, again.repeated, again.queued) == (first.result, True, True)
    assert desk.come_back()
    after = desk.put_in(command)
    assert after.repeated
    desk.one(ContactAttempt)


def test_a_line_that_breaks_twice_has_the_input_kept_without_patience(desk: OutageOffice):
    """A form at which somebody waits is no place to be patient: the queue is."""
    assert desk.here.renew_snapshot()
    desk.line.in_mid, desk.line.times = "outcome_unclear", 2
    before = desk.line.transactions
    assert desk.put_in(attempt(desk)).queued
    assert desk.line.transactions == before + 2
    assert desk.come_back()
    desk.one(ContactAttempt)


@pytest.mark.parametrize("code", ["server_away", "connection_lost", "outcome_unclear"])
@pytest.mark.parametrize("lost", [False, True])
def test_an_answer_that_is_lost_counts_once(desk: OutageOffice, code: str, lost: bool):
    """Whether the server had committed or not: the command is kept and sent again."""
    assert desk.here.renew_snapshot()
    desk.line.in_mid, desk.line.lost = code, lost
    receipt = desk.put_in(attempt(desk, note="eins"))
    if receipt.queued:
        assert desk.here.offline
        desk.put_in(NoteAttempt(attempt_id=receipt.result["attempt_id"], text="zwei"))
        assert desk.come_back()
    else:  # the services asked once more by themselves
        desk.put_in(NoteAttempt(attempt_id=receipt.result["attempt_id"], text="zwei"))
    assert desk.one(AttemptNote).attempt_id == desk.one(ContactAttempt).id
    assert desk.one(AttemptNote).text == "zwei"


@pytest.mark.parametrize("lost", [False, True])
def test_a_chain_goes_on_after_an_answer_to_it_was_lost(door: OutageOffice, lost: bool):
    coming = door.expected()
    door.go_away()
    visit_id = door.put_in(door.arrival(coming)).result["visit_id"]
    door.put_in(_called(door.seen(Visit, id=visit_id)[0]))
    door.put_in(_left(door.seen(Visit, id=visit_id)[0]))
    _bump(door, door.visit_of(coming))
    door.line.away = False
    door.line.in_mid, door.line.lost = "server_away", lost
    assert not door.here.try_again()
    assert door.here.offline
    assert door.come_back()
    assert door.here.state.refused == ()
    assert door.visit_of(coming).left_at is not None
    changes = door.all(AppointmentChange, appointment_id=coming.id)
    assert [change.after.get("state") for change in changes if "state" in change.after][-2:] == [
        "arrived",
        "missed",
    ]


def test_what_is_left_waits_while_the_line_breaks_again_and_again(desk: OutageOffice):
    desk.go_away()
    attempts = [desk.put_in(attempt(desk)).result["attempt_id"] for _ in range(4)]
    for number, attempt_id in enumerate(attempts):
        desk.put_in(NoteAttempt(attempt_id=attempt_id, text=str(number)))
    tries = 0
    while desk.here.state.waiting:
        desk.line.away, desk.line.last = False, 1
        assert not desk.here.try_again() or not desk.here.state.waiting
        tries += 1
        desk.here.close()
        desk.line.away = True
        desk.open_here()
    assert tries == 8
    recorded = desk.all(ContactAttempt)
    assert [
        desk.one(AttemptNote, attempt_id=each.id).text
        for each in sorted(recorded, key=lambda r: r.id)
    ] == ["0", "1", "2", "3"]


def test_a_full_disk_of_the_server_stops_the_sending_and_is_told(desk: OutageOffice):
    desk.go_away()
    desk.put_in(attempt(desk))
    desk.line.away = False
    desk.line.in_mid = "disk_full"
    assert not desk.here.try_again()
    state = desk.here.state
    assert state.offline
    assert state.waiting == 1
    assert state.stopped is not None
    assert state.stopped.code == "disk_full"
    assert desk.come_back()
    assert desk.here.state.stopped is None
    desk.one(ContactAttempt)


def test_an_error_of_the_program_loses_nothing(desk: OutageOffice, monkeypatch: pytest.MonkeyPatch):
    desk.go_away()
    desk.put_in(attempt(desk))
    desk.put_in(_draft(new_id(), "bleibt"))
    writing = desk.line.writing
    broken = [True]

    def write(**values: object) -> object:
        if broken.pop() if broken else False:
            raise ZeroDivisionError
        return writing(**values)  # type: ignore[arg-type]

    monkeypatch.setattr(desk.line, "writing", write)
    assert desk.come_back()
    (refused,) = desk.here.state.refused
    assert refused.problems[0].code == "input_failed"
    assert desk.one(Draft).content == {"name": "bleibt"}
    desk.here.retry(refused.id)
    assert desk.here.try_again()
    desk.one(ContactAttempt)
    assert desk.here.state.refused == ()


def test_one_that_only_waits_is_not_given_up(desk: OutageOffice):
    desk.go_away()
    command = attempt(desk)
    desk.put_in(command)
    desk.here.discard(command.command_id)
    assert desk.here.state.waiting == 1


# --- other sessions -------------------------------------------------------------------------------


def test_what_waits_from_an_earlier_session_is_sent_first(desk: OutageOffice):
    desk.task()
    desk.go_away()
    desk.put_in(attempt(desk))
    desk.here.close()
    desk.line.away = False
    again = desk.open_here()
    assert again.offline
    assert [each.at for each in desk.seen(ContactAttempt)] == [desk.clock.now()]
    assert again.try_again()
    desk.one(ContactAttempt)


def test_an_input_kept_just_before_the_program_was_killed_is_shown_again(desk: OutageOffice):
    """It was in the queue, and not yet in the snapshot."""
    desk.task()
    desk.go_away()
    local = desk.here._standby.office
    assert local is not None
    store = local.store
    writing = store.writing

    class Killed(BaseException):
        pass

    def killed(**values: object) -> object:
        @contextmanager
        def until_commit() -> Iterator[object]:
            with writing(**values) as uow:  # type: ignore[arg-type]
                yield uow
                raise Killed

        return until_commit()

    store.writing = killed  # type: ignore[method-assign, assignment]
    with pytest.raises(Killed):
        desk.put_in(attempt(desk))
    desk.here.close()
    again = desk.open_here()
    assert again.state.waiting == 1
    (shown,) = desk.seen(ContactAttempt)
    # What hangs on it names the id it has now.
    desk.put_in(NoteAttempt(attempt_id=shown.id, text="weiter"))
    assert desk.come_back()
    assert desk.one(AttemptNote).attempt_id == desk.one(ContactAttempt).id


def test_the_queue_of_one_login_is_closed_to_another(desk: OutageOffice):
    with pytest.raises(Unavailable) as refused:
        EncryptedQueue(desk.pc / "inputs.db", "5a" * 32, "lindner")
    assert refused.value.code == "queue_of_another"


# --- the keeper -----------------------------------------------------------------------------------


def test_the_keeper_brings_it_back_and_renews_the_snapshot(desk: OutageOffice):
    told = threading.Condition()

    def tell(_state: OutageState) -> None:
        with told:
            told.notify_all()

    def until(holds: Callable[[], bool]) -> None:
        with told:
            assert told.wait_for(holds, timeout=20)

    desk.here.on_state(tell)
    keeper = Keeper(desk.here, probe_seconds=0.01)
    stop = desk.here.watch(lambda _foreign: None)
    keeper.start()
    try:
        until(lambda: desk.here.state.taken_at is not None)
        desk.line.cut()
        assert desk.here.offline
        desk.put_in(attempt(desk))
        desk.clock.advance(minutes=3)
        desk.line.mend()
        until(lambda: not desk.here.offline)
        desk.one(ContactAttempt)
        # Away without anybody noticing, but for one who asks.
        desk.line.away = True
        desk.put_in(attempt(desk))
        assert desk.here.offline
        desk.line.away = False
        until(lambda: not desk.here.offline)
        assert len(desk.all(ContactAttempt)) == 2
    finally:
        keeper.stop()
        keeper.stop()
        stop()


def test_no_snapshot_takes_the_place_of_one_that_is_needed(desk: OutageOffice):
    desk.go_away()
    desk.put_in(attempt(desk))
    assert not desk.here.renew_snapshot()
    assert desk.come_back()
    files = {file.name for file in desk.pc.glob("snapshot-*")}
    desk.clock.advance(minutes=10)
    assert desk.here.renew_snapshot()
    assert {file.name for file in desk.pc.glob("snapshot-*")}.isdisjoint(files)
    assert len(list(desk.pc.glob("snapshot-*"))) == 1
    assert desk.here.state.taken_at == desk.clock.now()


def test_a_server_that_goes_while_the_snapshot_is_taken_leaves_the_one_before(
    desk: OutageOffice, monkeypatch: pytest.MonkeyPatch
):
    desk.task()
    assert desk.here.renew_snapshot()
    prepare = desk.here._standby._snapshots.prepare

    def gone_meanwhile(*args: object) -> object:
        made = prepare(*args)  # type: ignore[arg-type]
        desk.line.away = True
        desk.here.reachable(False)
        return made

    monkeypatch.setattr(desk.here._standby._snapshots, "prepare", gone_meanwhile)
    desk.clock.advance(minutes=10)
    assert not desk.here.renew_snapshot()
    assert desk.here.state.taken_at == desk.clock.now() - timedelta(minutes=10)
    assert not list(desk.pc.glob("*.new*"))
    assert desk.seen(Client)


# --- helpers --------------------------------------------------------------------------------------


def _checked(visit: Visit) -> CheckVisitor:
    return CheckVisitor(
        visit_id=visit.id,
        version=visit.version,
        companions=1,
        needs=(VisitNeed.WHEELCHAIR,),
        checked=(ChecklistItem.MASK,),
    )


def _called(visit: Visit) -> CallAdvisor:
    return CallAdvisor(visit_id=visit.id, version=visit.version)


def _left(visit: Visit) -> LeaveWaiting:
    return LeaveWaiting(visit_id=visit.id, version=visit.version)


def _draft(draft_id: UUID, text: str) -> SaveDraft:
    return SaveDraft(draft_id=draft_id, form="client", subject_id=None, content={"name": text})


def _bump(office: OutageOffice, row: Appointment | Visit, times: int = 1) -> None:
    """Somebody else writes the row on the server."""
    for _ in range(times):
        with office.store.writing(by=office.lindner.id, now=office.clock.now()) as uow:
            stored = uow.get(type(row), row.id)
            uow.update(stored)
