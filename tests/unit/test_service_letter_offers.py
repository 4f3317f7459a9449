"""Which kinds of letter suit an appointment, and why the others do not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from koba_desktop.domain.vocabulary import ACTIVE_STATES, AppointmentState, Channel, LetterKind
from koba_desktop.services.letters.offering import letter_choices, offered_kinds
from koba_desktop.services.rows import AppointmentRow
from tests.support import Office

K = LetterKind


@pytest.fixture
def office(demo_office: Office) -> Office:
    return demo_office


@pytest.fixture
def row(office: Office) -> AppointmentRow:
    """A coming telephone appointment, confirmed."""
    now = office.clock.now()
    with office.services.view() as view:
        rows = view.reader.appointments_between(
            office.actor.office_id, now, now + timedelta(days=50)
        )
    found = next(one for one in rows if one.client_id is not None and one.state in ACTIVE_STATES)
    return replace(
        found,
        channel=Channel.TELEPHONE,
        state=AppointmentState.CONFIRMED,
        starts=now + timedelta(days=9),
    )


def offered(
    row: AppointmentRow | None, office: Office, *, summons: bool = False
) -> dict[LetterKind, str]:
    kinds = offered_kinds(row, office.clock.now(), summons=summons)
    assert [one.kind for one in kinds] == list(LetterKind)
    return {one.kind: one.refusal for one in kinds}


def suits(answers: dict[LetterKind, str]) -> set[LetterKind]:
    return {kind for kind, refusal in answers.items() if not refusal}


def test_a_confirmed_telephone_appointment(row: AppointmentRow, office: Office) -> None:
    answers = offered(row, office)
    assert suits(answers) == {
        K.CHANGED_TELEPHONE,
        K.CONFIRMATION,
        K.CONVERSION,
        K.POSTPONEMENT,
        K.PLEASE_CALL,
    }
    assert answers[K.PERSONAL] == "letter_only_in_person"
    assert answers[K.TELEPHONE_PROPOSAL] == "letter_only_proposed"
    assert answers[K.CANCELLATION] == "letter_takes_place"


def test_a_proposed_one_is_proposed_and_not_confirmed(row: AppointmentRow, office: Office) -> None:
    answers = offered(replace(row, state=AppointmentState.PROPOSED), office)
    assert answers[K.TELEPHONE_PROPOSAL] == ""
    assert answers[K.CONFIRMATION] == "letter_only_confirmed"


def test_a_personal_one_may_be_a_summons_where_the_office_wants_it(
    row: AppointmentRow, office: Office
) -> None:
    personal = replace(row, channel=Channel.IN_PERSON)
    assert offered(personal, office)[K.SUMMONS] == "summons_off"
    assert suits(offered(personal, office, summons=True)) == {
        K.PERSONAL,
        K.OPENING,
        K.SUMMONS,
        K.POSTPONEMENT,
        K.PLEASE_CALL,
    }
    assert offered(row, office, summons=True)[K.SUMMONS] == "letter_only_in_person"


@pytest.mark.parametrize("over", ["called off", "past"])
def test_one_that_does_not_take_place_can_only_be_cancelled(
    row: AppointmentRow, office: Office, over: str
) -> None:
    gone = (
        replace(row, state=AppointmentState.CANCELLED_BY_OFFICE)
        if over == "called off"
        else replace(row, starts=office.clock.now() - timedelta(hours=1))
    )
    assert suits(offered(gone, office)) == {K.CANCELLATION, K.PLEASE_CALL}


def test_without_an_appointment_the_client_is_asked_to_call(office: Office) -> None:
    assert suits(offered(None, office)) == {K.PLEASE_CALL}


def test_the_appointments_to_come_are_offered_by_start(row: AppointmentRow, office: Office) -> None:
    assert row.client_id is not None
    with office.services.view(office.actor.staff_id) as view:
        choices = letter_choices(view, row.client_id)
    starts = [one.starts for one in choices.appointments]
    assert starts
    assert starts == sorted(starts)
    assert min(starts) > office.clock.now()
    assert not choices.summons
