from datetime import date, timedelta

import pytest

from koba_desktop.domain.vocabulary import (
    AppointmentState,
    CallReason,
    Channel,
    LetterState,
    Outcome,
)
from koba_desktop.services.contacts.worklist import Group, Worklist, worklist
from tests.unit.little_office import THURSDAY, LittleOffice, at

WEDNESDAY = THURSDAY - timedelta(days=1)
TUESDAY_6 = date(2021, 4, 6)


@pytest.fixture
def office() -> LittleOffice:
    return LittleOffice()


def work(office: LittleOffice) -> Worklist:
    return worklist(office.view(), office.office.id, office.berger.id)


def names(office: LittleOffice, group: Group) -> list[str]:
    return [item.family_name for item in work(office).of(group)]


def test_today_s_telephone_appointments_come_by_time(office: LittleOffice) -> None:
    for name, starts, ends in (("Simon", "14:30", "15:00"), ("Berg", "11:30", "12:00")):
        office.appointment(THURSDAY, starts, ends, client=office.client(name))
    office.appointment(
        THURSDAY, "13:30", "14:00", client=office.client("Hassan"), state=AppointmentState.PROPOSED
    )
    office.appointment(THURSDAY, "13:00", "13:30", channel=Channel.IN_PERSON)
    office.appointment(THURSDAY, "15:00", "15:30", advisor=office.hofmann)
    office.appointment(TUESDAY_6, "08:00", "08:30")
    assert names(office, Group.APPOINTMENTS_TODAY) == ["Berg", "Hassan", "Simon"]


def test_callbacks_and_those_tried_before_are_called_first(office: LittleOffice) -> None:
    office.task(office.client("Ebert"), at(WEDNESDAY, "08:00"))
    office.task(office.client("Krüger"), at(THURSDAY, "10:00"), CallReason.CALLBACK)
    tried = office.task(office.kuhn, at(THURSDAY, "11:00"))
    office.attempt(at(THURSDAY, "08:00"), Outcome.NO_ANSWER, tried)
    assert names(office, Group.CALL_NOW) == ["Krüger", "Kuhn", "Ebert"]
    (kuhn,) = (i for i in work(office).items if i.family_name == "Kuhn")
    assert (kuhn.attempts, kuhn.last_outcome) == (1, Outcome.NO_ANSWER)
    assert (kuhn.task_id, kuhn.reason) == (tried.id, CallReason.PLANNED)


def test_a_client_is_hidden_until_the_next_attempt_is_due_and_comes_back_by_itself(
    office: LittleOffice,
) -> None:
    task = office.task(office.kuhn, at(THURSDAY, "14:18"))
    office.attempt(office.now, Outcome.NO_ANSWER, task)
    assert names(office, Group.CALL_NOW) == []
    (item,) = work(office).of(Group.DUE_AGAIN)
    assert item.at == at(THURSDAY, "14:18")
    later = worklist(office.view(now=at(THURSDAY, "14:18")), office.office.id, office.berger.id)
    assert [i.family_name for i in later.of(Group.CALL_NOW)] == ["Kuhn"]


def test_due_after_hours_is_due_when_the_telephone_opens_again(office: LittleOffice) -> None:
    office.task(office.kuhn, at(THURSDAY, "16:30"))
    (item,) = work(office).of(Group.DUE_AGAIN)
    assert item.at == at(TUESDAY_6, "08:00")  # after Easter


def test_what_is_due_much_later_is_not_announced(office: LittleOffice) -> None:
    office.task(office.kuhn, office.now + timedelta(days=8))
    assert work(office).items == ()


def test_two_calls_within_minutes_count_once(office: LittleOffice) -> None:
    task = office.task(office.kuhn, at(THURSDAY, "08:00"))
    office.attempt(at(THURSDAY, "08:00"), Outcome.BUSY, task)
    office.attempt(at(THURSDAY, "08:04"), Outcome.BUSY, task)
    (item,) = work(office).of(Group.CALL_NOW)
    assert item.attempts == 1


def test_posted_proposals_wait_for_their_answer(office: LittleOffice) -> None:
    for name, day, letter, state in (
        ("Adler", 13, LetterState.POSTED, AppointmentState.PROPOSED),
        ("Bauer", 13, LetterState.PRINTED, AppointmentState.PROPOSED),
        ("Conrad", 13, LetterState.POSTED, AppointmentState.CONFIRMED),
    ):
        office.appointment(
            date(2021, 4, day),
            f"{8 + len(name)}:00",
            f"{8 + len(name)}:30",
            client=office.client(name),
            state=state,
            letter=letter,
        )
    (item,) = work(office).of(Group.ANSWER_OPEN)
    assert (item.family_name, item.at) == ("Adler", at(date(2021, 4, 13), "13:00"))


def test_what_is_done_today_stays_in_sight(office: LittleOffice) -> None:
    office.appointment(
        THURSDAY, "09:00", "09:30", client=office.client("Adler"), state=AppointmentState.KEPT
    )
    office.appointment(
        THURSDAY, "10:00", "10:30", client=office.client("Bauer"), state=AppointmentState.MISSED
    )
    office.task(office.client("Conrad"), at(WEDNESDAY, "08:00"), closed_at=at(THURSDAY, "08:10"))
    office.task(office.client("Dorn"), at(WEDNESDAY, "08:00"), closed_at=at(WEDNESDAY, "08:10"))
    done = work(office).of(Group.DONE_TODAY)
    assert [(i.family_name, i.last_outcome) for i in done] == [
        ("Conrad", None),
        ("Adler", Outcome.REACHED),
        ("Bauer", Outcome.NO_ANSWER),
    ]
    assert work(office).of(Group.APPOINTMENTS_TODAY) == ()
