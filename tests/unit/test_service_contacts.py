"""Reaching a client: attempts, the ladder, the letter that ends it."""

from dataclasses import replace
from datetime import date

import pytest

from koba_desktop.domain.entities.appointments import Appointment, AppointmentChange, Participant
from koba_desktop.domain.entities.clients import ClientAddress, ClientPhone
from koba_desktop.domain.entities.contacts import AttemptNote, CallTask, ContactAttempt
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.errors import Conflict, Refused
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    CallReason,
    CallResult,
    ChangeKind,
    HoldReason,
    LetterState,
    Outcome,
    ReasonCode,
)
from koba_desktop.services.changes import Topic
from koba_desktop.services.commands import (
    CloseCallTask,
    CreateCallTask,
    MarkMailReturned,
    NoteAttempt,
    RecordAttempt,
)
from tests.unit.service_office import SmallOffice, at


def test_after_an_attempt_the_client_comes_back_when_the_next_is_due(office: SmallOffice) -> None:
    task_id = office.task()
    receipt = office.attempt(task_id)
    assert receipt.result["task_closed"] is False
    assert receipt.result["exhausted"] is False
    assert office.one(CallTask, id=task_id).due == at(1, 12, 12)
    assert receipt.changes.concerns(Topic.CONTACTS)
    assert date(2021, 4, 1) in receipt.changes.days
    assert office.kuhn.id in receipt.changes.ids


def test_not_reached_on_two_days_exhausts_the_ladder(office: SmallOffice) -> None:
    task_id = office.task()
    office.attempt(task_id)
    office.clock.advance(days=1)
    assert office.attempt(task_id, Outcome.BUSY).result["exhausted"] is True


def test_ringing_twice_within_minutes_does_not_exhaust_the_ladder(office: SmallOffice) -> None:
    task_id = office.task()
    office.attempt(task_id)
    office.clock.advance(minutes=10)
    assert office.attempt(task_id).result["exhausted"] is False


@pytest.mark.parametrize(
    ("outcome", "result"),
    [(Outcome.REACHED, CallResult.REACHED), (Outcome.REFUSED, CallResult.REFUSED)],
)
def test_an_answer_closes_the_task(
    office: SmallOffice, outcome: Outcome, result: CallResult
) -> None:
    task_id = office.task()
    assert office.attempt(task_id, outcome).result["task_closed"] is True
    task = office.one(CallTask, id=task_id)
    assert task.result is result
    assert task.closed_at == office.clock.now()


def test_a_wrong_number_marks_the_number_and_leaves_the_task_due(office: SmallOffice) -> None:
    task_id = office.task()
    receipt = office.attempt(task_id, Outcome.WRONG_NUMBER)
    assert office.one(ClientPhone, id=office.kuhn_phone.id).bad_since == office.clock.now()
    task = office.one(CallTask, id=task_id)
    assert task.result is None
    assert task.due == office.clock.now()
    office.undo(receipt)
    assert office.one(ClientPhone, id=office.kuhn_phone.id).bad_since is None
    assert office.all(ContactAttempt, withdrawn_at=None) == []


def test_taking_an_attempt_back_puts_the_task_where_it_was(office: SmallOffice) -> None:
    task_id = office.task()
    before = office.one(CallTask, id=task_id)
    office.undo(office.attempt(task_id, Outcome.REACHED))
    task = office.one(CallTask, id=task_id)
    assert (task.due, task.result, task.closed_at) == (before.due, None, None)
    with office.view() as view:
        assert view.reader.client_attempts(office.kuhn.id) == []


def test_a_try_after_somebody_else_closed_the_task_is_still_evidence(office: SmallOffice) -> None:
    task_id = office.task()
    task = office.one(CallTask, id=task_id)
    office.do(CloseCallTask(task_id=task_id, version=task.version, result=CallResult.DROPPED))
    receipt = office.attempt(task_id, Outcome.REACHED)
    assert receipt.result["task_closed"] is True
    assert office.one(CallTask, id=task_id).result is CallResult.DROPPED
    assert len(office.all(ContactAttempt)) == 1


def test_a_stale_close_says_who_changed_the_task(office: SmallOffice) -> None:
    task_id = office.task()
    version = office.one(CallTask, id=task_id).version
    office.attempt(task_id)
    with pytest.raises(Conflict) as conflict:
        office.do(CloseCallTask(task_id=task_id, version=version, result=CallResult.DROPPED))
    assert conflict.value.problems[0].params["changed_by"] == office.berger.id


def test_notes_are_replaced_and_shown_with_their_attempt(office: SmallOffice) -> None:
    receipt = office.do(
        RecordAttempt(client_id=office.kuhn.id, outcome=Outcome.REACHED, note="Ruft zurück.")
    )
    attempt_id = receipt.result["attempt_id"]
    changed = office.do(NoteAttempt(attempt_id=attempt_id, text=" Ruft morgen zurück. "))
    assert office.one(AttemptNote, attempt_id=attempt_id).text == "Ruft morgen zurück."
    office.undo(changed)
    with office.view() as view:
        assert view.reader.client_attempts(office.kuhn.id)[0].note == "Ruft zurück."


def test_a_callback_waits_in_the_worklist_of_the_advisor_with_its_note(office: SmallOffice) -> None:
    receipt = office.do(
        CreateCallTask(
            client_id=office.hartwig.id,
            advisor_id=office.lindner.id,
            reason=CallReason.CALLBACK,
            due=at(1, 13),
            note="Ab 13 Uhr erreichbar.",
        )
    )
    with office.view() as view:
        (row,) = view.reader.open_tasks(office.lindner.id)
    assert row.id == receipt.result["task_id"]
    assert row.reason is CallReason.CALLBACK
    assert office.one(AttemptNote).call_task_id == row.id


# --- the letter -----------------------------------------------------------------------------------


def test_after_the_ladder_one_command_books_and_lays_the_letter_in_the_outbox(
    office: SmallOffice,
) -> None:
    receipt, appointment, letter = office.proposed()
    assert appointment.state is AppointmentState.PROPOSED
    assert appointment.reference == receipt.result["reference"]
    assert office.one(Participant, appointment_id=appointment.id).client_id == office.kuhn.id
    assert letter.state is LetterState.PENDING
    assert letter.assumed_posting == date(2021, 4, 1)
    task = office.one(CallTask)
    assert task.result is CallResult.LETTER
    created = office.one(AppointmentChange, appointment_id=appointment.id)
    assert created.kind is ChangeKind.CREATED
    assert created.letter_id == letter.id


def test_a_proposal_before_the_earliest_day_by_post_is_refused(office: SmallOffice) -> None:
    task_id = office.exhausted_task()
    with pytest.raises(Refused) as refused:
        office.do(office.proposal(task_id, starts=at(12, 10, 15)))
    assert [p.code for p in refused.value.problems] == ["too_early_by_post"]
    assert office.all(Appointment) == []


def test_before_the_ladder_is_exhausted_a_letter_needs_a_reason(office: SmallOffice) -> None:
    task_id = office.task()
    office.attempt(task_id)
    with pytest.raises(Refused) as refused:
        office.do(office.proposal(task_id))
    assert refused.value.code == "ladder_not_exhausted"
    assert refused.value.problems[0].params == {"made": 1, "needed": 2}
    office.do(
        replace(
            office.proposal(task_id),
            early_reason=ReasonCode.EARLIER_LETTER,
            early_text="Hört schlecht.",
        )
    )
    assert office.one(AppointmentChange).reason is ReasonCode.EARLIER_LETTER


def test_one_undo_takes_appointment_letter_and_task_back(office: SmallOffice) -> None:
    receipt, _appointment, letter = office.proposed()
    undone = office.undo(receipt)
    assert undone.result["offer_letters"] == []
    with office.view() as view:
        assert view.reader.client_appointments(office.kuhn.id) == []
        assert view.reader.outbox(office.office.id) == []
        assert len(view.reader.open_tasks(office.berger.id)) == 1
    assert office.one(Letter, id=letter.id).state is LetterState.VOID
    kinds = [c.kind for c in office.all(AppointmentChange)]
    assert kinds == [ChangeKind.CREATED, ChangeKind.UNDONE]
    # … and the slot is free again.
    office.do(office.proposal(office.one(CallTask).id))


def test_undo_can_be_taken_back_in_turn(office: SmallOffice) -> None:
    receipt, appointment, letter = office.proposed()
    office.undo(office.undo(receipt))
    assert office.one(Appointment, id=appointment.id).active
    assert office.one(Participant).active
    assert office.one(Letter, id=letter.id).state is LetterState.PENDING
    assert office.one(CallTask).result is CallResult.LETTER


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        ({"postcode": ""}, HoldReason.ADDRESS_INCOMPLETE),
        ({"street": "", "postcode": "", "town": ""}, HoldReason.ADDRESS_MISSING),
        ({"returned_on": date(2021, 3, 1)}, HoldReason.ADDRESS_RETURNED),
    ],
)
def test_a_poor_address_does_not_stop_the_proposal(
    office: SmallOffice, missing: dict[str, object], reason: HoldReason
) -> None:
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(unit.get(ClientAddress, office.kuhn_address.id), **missing))
    _receipt, appointment, letter = office.proposed()
    assert appointment.active
    assert letter.state is LetterState.HELD
    assert letter.hold_reason is reason


def test_returned_mail_holds_letters_and_makes_one_call_task(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    first = office.do(
        MarkMailReturned(
            client_id=office.kuhn.id, returned_on=date(2021, 4, 1), letter_id=letter.id
        )
    )
    again = office.do(MarkMailReturned(client_id=office.kuhn.id, returned_on=date(2021, 4, 1)))
    assert office.one(ClientAddress, client_id=office.kuhn.id).returned_on == date(2021, 4, 1)
    assert office.one(Letter).hold_reason is HoldReason.ADDRESS_RETURNED
    assert again.result["task_id"] == first.result["task_id"]
    task = office.one(CallTask, id=first.result["task_id"])
    assert task.reason is CallReason.RETURNED_LETTER
    assert task.due == office.clock.now()
