"""A new slot in one step, and what clients answer."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.appointments import (
    Appointment,
    AppointmentChange,
    ChangeReason,
)
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.staff import Absence
from koba_desktop.domain.errors import Conflict, Refused
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    ChangeCause,
    ChangeKind,
    Channel,
    LetterAnswer,
    LetterKind,
    LetterState,
)
from koba_desktop.services.commands import (
    CancelAppointment,
    CreateLetter,
    MoveByLetter,
    RecordAnswer,
    Reschedule,
    VoidLetter,
)
from koba_desktop.services.execution import Receipt
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.answering import (
    answerable,
    awaits_answer,
    can_be_answered,
)
from koba_desktop.services.letters.data import letter_data
from koba_desktop.services.letters.outbox import outbox
from koba_desktop.services.rows import OutboxRow
from tests.unit.letter_office import decides, posted, printed
from tests.unit.service_office import SmallOffice, at

S = AppointmentState


def current(office: SmallOffice, letter: Letter) -> Letter:
    found: Letter = office.one(Letter, id=letter.id)
    return found


def move(office: SmallOffice, letter: Letter) -> Receipt:
    return office.do(MoveByLetter(letter_id=letter.id, version=current(office, letter).version))


def answer(
    office: SmallOffice, letter: Letter, said: LetterAnswer, day: date | None = None
) -> Receipt:
    return office.do(
        RecordAnswer(
            letter_id=letter.id,
            version=current(office, letter).version,
            answer=said,
            day=day or day_of(office.clock.now()),
        )
    )


def test_the_same_answer_twice_is_one_and_another_meanwhile_a_conflict(
    office: SmallOffice,
) -> None:
    """Two clicks, or two people who opened the same envelope."""
    _receipt, appointment, letter = office.proposed()
    seen = printed(office, letter)
    said = RecordAnswer(
        letter_id=seen.id, version=seen.version, answer=LetterAnswer.FITS, day=date(2021, 4, 1)
    )
    assert office.do(said).result == {"letter_id": seen.id, "noted": True}
    again = replace(said, command_id=new_id())
    receipt = office.do(again, by=office.lindner)
    assert (receipt.result["noted"], receipt.written) == (False, {})
    assert office.one(Appointment, id=appointment.id).state is S.CONFIRMED
    with pytest.raises(Conflict):
        office.do(replace(said, command_id=new_id(), answer=LetterAnswer.OTHER_TIME))


# --- a new slot, a new letter ---------------------------------------------------------------------


def test_a_slot_that_is_too_early_by_now_gives_way_to_the_first_in_time(
    office: SmallOffice,
) -> None:
    _receipt, appointment, letter = office.proposed()
    office.clock.set(at(8, 9))
    with office.view() as view:
        (item,) = outbox(view, office.office.id).to_clarify
    assert (item.problem, item.earliest) == ("slot_too_early", date(2021, 4, 19))
    receipt = move(office, letter)
    moved = office.one(Appointment, id=appointment.id)
    assert moved.starts == at(19, 8)
    assert moved.reference == appointment.reference
    assert receipt.result["starts"] == at(19, 8).isoformat()
    assert receipt.result["ends"] == at(19, 8, 30).isoformat()
    assert current(office, letter).state is LetterState.VOID
    fresh = office.one(Letter, id=receipt.result["letter_id"])
    assert (fresh.kind, fresh.replaces_id) == (LetterKind.TELEPHONE_PROPOSAL, letter.id)
    assert letter_data(fresh.data)["appointment"] == {
        "starts": at(19, 8).isoformat(),
        "minutes": 30,
        "channel": "telephone",
        "phone": "0176 04069118",
    }
    change = office.all(AppointmentChange)[-1]
    assert (change.kind, change.reason, change.letter_id) == (ChangeKind.MOVED, None, fresh.id)
    assert change.after["cause"] == ChangeCause.LETTER_IN_TIME
    assert office.all(ChangeReason) == []  # no sentence in the language of one person's screen
    with office.view() as view:
        found = outbox(view, office.office.id)
    assert [each.row.id for each in found.to_print] == [fresh.id]
    assert found.to_clarify == ()


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (at(8, 13, 59), at(19, 8)),  # posted on the same Thursday
        (at(8, 14, 1), at(19, 8)),  # on Friday: both are there by Monday
        (at(9, 14, 1), at(22, 8)),  # on Monday, there by Thursday
        (at(10, 9), at(22, 8)),  # nobody collects on a Saturday
        (at(1, 14, 1), at(16, 8)),  # on the Tuesday after Easter
    ],
)
def test_the_first_time_is_one_that_the_next_collection_can_announce(
    office: SmallOffice, now: datetime, first: datetime
) -> None:
    _receipt, _appointment, letter = office.proposed()
    office.clock.set(now)
    assert move(office, letter).result["starts"] == first.isoformat()


def test_what_was_printed_is_answered_by_a_letter_of_the_change(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    printed(office, letter)
    office.clock.set(at(8, 9))
    receipt = move(office, letter)
    fresh = office.one(Letter, id=receipt.result["letter_id"])
    assert fresh.kind is LetterKind.CHANGED_TELEPHONE
    assert letter_data(fresh.data)["former"] == {
        "starts": at(13, 10, 15).isoformat(),
        "channel": "telephone",
    }


def test_a_visit_keeps_having_a_place(office: SmallOffice) -> None:
    receipt = office.do(
        office.booking(at(13, 10, 15), channel=Channel.IN_PERSON, letter=LetterKind.PERSONAL)
    )
    letter = office.one(Letter, id=receipt.result["letter_id"])
    office.clock.set(at(8, 9))
    moved = move(office, letter)
    fresh = office.one(Letter, id=moved.result["letter_id"])
    assert fresh.kind is LetterKind.PERSONAL
    assert letter_data(fresh.data)["visit"]["number"]


def test_no_slot_within_the_horizon_is_refused_and_changes_nothing(office: SmallOffice) -> None:
    _receipt, appointment, letter = office.proposed()
    decides(office, "slots.horizon_days", 5)
    office.put(
        Absence(
            id=new_id(),
            staff_id=office.berger.id,
            starts=at(14, 0),
            ends=at(14, 0) + timedelta(days=60),
        )
    )
    office.clock.set(at(8, 9))
    with pytest.raises(Refused) as refused:
        move(office, letter)
    assert (refused.value.code, refused.value.problems[0].params) == ("no_slot_found", {"days": 5})
    assert office.one(Appointment, id=appointment.id) == appointment
    assert current(office, letter) == letter


def test_a_letter_about_what_is_called_off_moves_nothing(office: SmallOffice) -> None:
    _receipt, appointment, letter = office.proposed()
    printed(office, letter)
    office.do(
        CancelAppointment(
            appointment_id=appointment.id, version=appointment.version, by_client=True
        )
    )
    with pytest.raises(Refused, match="appointment_not_movable"):
        move(office, letter)


def test_a_cancellation_has_no_time_to_move(office: SmallOffice) -> None:
    appointment = office.booked(at(13, 10))
    receipt = office.do(
        CancelAppointment(
            appointment_id=appointment.id,
            version=appointment.version,
            by_client=False,
            letter=True,
        )
    )
    with pytest.raises(Refused, match="letter_needs_appointment"):
        move(office, office.one(Letter, id=receipt.result["letter_id"]))


def test_a_stale_letter_moves_nothing(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    with pytest.raises(Conflict):
        office.do(MoveByLetter(letter_id=letter.id, version=letter.version + 1))


def test_two_who_move_by_the_same_paper_meet(office: SmallOffice) -> None:
    """It stands as it stood, whatever has been written since."""
    _receipt, appointment, letter = office.proposed()
    printed(office, letter)
    office.clock.set(at(8, 9))
    fresh = office.one(Letter, id=move(office, letter).result["letter_id"])
    with pytest.raises(Conflict) as met:
        move(office, letter)
    assert met.value.problems[0].params["changed_by"] == office.berger.id
    assert office.one(Appointment, id=appointment.id).starts == at(19, 8)
    assert current(office, fresh).state is LetterState.PENDING
    office.do(VoidLetter(letter_id=fresh.id, version=fresh.version))
    with pytest.raises(Conflict):
        move(office, fresh)


def test_moving_by_letter_can_be_taken_back(office: SmallOffice) -> None:
    _receipt, appointment, letter = office.proposed()
    office.clock.set(at(8, 9))
    receipt = move(office, letter)
    office.undo(receipt)
    assert office.one(Appointment, id=appointment.id).starts == appointment.starts
    assert current(office, letter).state is LetterState.PENDING
    assert office.one(Letter, id=receipt.result["letter_id"]).state is LetterState.VOID


# --- answers --------------------------------------------------------------------------------------


def test_it_fits_confirms_what_was_proposed(office: SmallOffice) -> None:
    _receipt, appointment, letter = office.proposed()
    posted(office, letter)
    office.clock.set(at(8, 9))
    answer(office, letter, LetterAnswer.FITS, date(2021, 4, 7))
    stored = current(office, letter)
    assert (stored.answer, stored.answered_on) == (LetterAnswer.FITS, date(2021, 4, 7))
    assert stored.state is LetterState.POSTED
    assert office.one(Appointment, id=appointment.id).state is S.CONFIRMED
    change = office.all(AppointmentChange)[-1]
    assert (change.kind, change.letter_id) == (ChangeKind.STATE, letter.id)


@pytest.mark.parametrize(
    "said", [LetterAnswer.OTHER_TIME, LetterAnswer.OTHER_PHONE, LetterAnswer.TRANSLATION]
)
def test_other_answers_leave_the_appointment_as_it_is(
    office: SmallOffice, said: LetterAnswer
) -> None:
    _receipt, appointment, letter = office.proposed()
    printed(office, letter)
    answer(office, letter, said)
    assert current(office, letter).answer is said
    assert office.one(Appointment, id=appointment.id).state is S.PROPOSED


def test_it_fits_does_not_confirm_another_time(office: SmallOffice) -> None:
    _receipt, appointment, letter = office.proposed()
    posted(office, letter)
    office.do(
        Reschedule(
            appointment_id=appointment.id,
            version=appointment.version,
            starts=at(14, 10, 15),
            ends=at(14, 10, 45),
        )
    )
    answer(office, letter, LetterAnswer.FITS)
    assert current(office, letter).answer is LetterAnswer.FITS
    assert office.one(Appointment, id=appointment.id).state is S.PROPOSED


def test_a_later_answer_takes_the_place_of_the_first(office: SmallOffice) -> None:
    _receipt, appointment, letter = office.proposed()
    posted(office, letter)
    answer(office, letter, LetterAnswer.OTHER_TIME)
    answer(office, letter, LetterAnswer.FITS)
    assert current(office, letter).answer is LetterAnswer.FITS
    assert office.one(Appointment, id=appointment.id).state is S.CONFIRMED


def test_an_answer_can_be_taken_back(office: SmallOffice) -> None:
    _receipt, appointment, letter = office.proposed()
    posted(office, letter)
    office.undo(answer(office, letter, LetterAnswer.FITS))
    stored = current(office, letter)
    assert (stored.answer, stored.answered_on, stored.state) == (None, None, LetterState.POSTED)
    assert office.one(Appointment, id=appointment.id).state is S.PROPOSED


def test_nobody_answers_a_letter_that_is_not_paper(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    with pytest.raises(Refused) as refused:
        answer(office, letter, LetterAnswer.FITS)
    assert (refused.value.code, refused.value.problems[0].params) == (
        "letter_not_answerable",
        {"state": LetterState.PENDING},
    )


def test_nobody_answers_a_letter_that_asks_nothing(office: SmallOffice) -> None:
    appointment = office.booked(at(13, 10))
    receipt = office.do(CreateLetter(appointment_id=appointment.id, kind=LetterKind.CONFIRMATION))
    letter = printed(office, office.one(Letter, id=receipt.result["letter_id"]))
    with pytest.raises(Refused, match="letter_asks_nothing"):
        answer(office, letter, LetterAnswer.FITS)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2021, 4, 9), "answered_in_future"),
        (date(2021, 3, 31), "answered_before_printed"),
    ],
)
def test_an_answer_comes_between_printing_and_today(
    office: SmallOffice, day: date, code: str
) -> None:
    _receipt, _appointment, letter = office.proposed()
    posted(office, letter)
    office.clock.set(at(8, 9))
    with pytest.raises(Refused) as refused:
        answer(office, letter, LetterAnswer.FITS, day)
    assert (refused.value.code, refused.value.problems[0].where) == (code, "day")


def test_two_who_note_an_answer_meet(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    stale = posted(office, letter)
    answer(office, letter, LetterAnswer.FITS)
    with pytest.raises(Conflict):
        office.do(
            RecordAnswer(
                letter_id=letter.id,
                version=stale.version,
                answer=LetterAnswer.OTHER_TIME,
                day=date(2021, 4, 1),
            )
        )


# --- which letters wait for an answer -------------------------------------------------------------


def row_of(office: SmallOffice, letter: Letter) -> OutboxRow:
    with office.view() as view:
        found = outbox(view, office.office.id, text=letter.data["reference"])
    items = (*found.to_clarify, *found.to_print, *found.to_post, *found.posted)
    return next(item.row for item in items if item.row.id == letter.id)


def test_a_proposal_on_paper_waits_for_its_answer_until_its_time_is_past(
    office: SmallOffice,
) -> None:
    _receipt, appointment, letter = office.proposed()
    now = office.clock.now()
    assert not can_be_answered(row_of(office, letter), now)
    posted(office, letter)
    row = row_of(office, letter)
    assert can_be_answered(row, now)
    assert awaits_answer(row, now)
    assert answerable([row, row], now) is row
    assert not can_be_answered(row, appointment.starts)
    assert not awaits_answer(row, appointment.starts)
    answer(office, letter, LetterAnswer.OTHER_TIME)
    row = row_of(office, letter)
    assert can_be_answered(row, now)  # another answer takes the place of the first
    assert not awaits_answer(row, now)


def test_nobody_waits_for_an_answer_to_what_was_confirmed(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    posted(office, letter)
    answer(office, letter, LetterAnswer.FITS)
    row = replace(row_of(office, letter), answer=None)  # by telephone, say
    assert can_be_answered(row, office.clock.now())
    assert not awaits_answer(row, office.clock.now())
    assert answerable([], office.clock.now()) is None
