"""The call list: the advisor's worklist of today with all that a call needs, for who calls."""

from dataclasses import replace
from datetime import date

import pytest

from koba_desktop.domain.entities.clients import Client, ClientPhone
from koba_desktop.domain.entities.contacts import AttemptNote
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.ladder import Try
from koba_desktop.domain.vocabulary import CallReason, Outcome, PhoneKind
from koba_desktop.services.commands import RecordAttempt
from koba_desktop.services.contacts.call_list import CallList, call_list
from koba_desktop.services.ids import new_id
from tests.unit.service_office import SmallOffice, at


def listed(
    office: SmallOffice, viewer: Staff | None = None, advisor: Staff | None = None
) -> CallList:
    with office.view(viewer) as view:
        return call_list(view, office.office.id, (advisor or office.berger).id)


def test_appointments_by_time_then_what_is_due_then_what_comes_back_today(
    office: SmallOffice,
) -> None:
    office.booked(at(1, 15), client_id=office.hartwig.id)
    office.booked(at(1, 11))
    office.task(due=at(1, 8))
    office.task(office.hartwig, due=at(1, 14), reason=CallReason.CALLBACK)
    office.task(due=at(6, 8))  # not today
    content = listed(office)
    assert (content.advisor, content.day) == ("Berger", date(2021, 4, 1))
    assert content.as_of == office.clock.now()
    assert [(entry.at, entry.name) for entry in content.appointments] == [
        (at(1, 11), "Kuhn, Marlies"),
        (at(1, 15), "Hartwig, Jörg"),
    ]
    assert [(entry.name, entry.reason) for entry in content.now] == [
        ("Kuhn, Marlies", CallReason.PLANNED)
    ]
    assert [(entry.at, entry.reason) for entry in content.later] == [
        (at(1, 14), CallReason.CALLBACK)
    ]
    assert len(content.entries) == 4


def test_an_entry_says_who_it_is_and_why(office: SmallOffice) -> None:
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        kuhn = unit.get(Client, office.kuhn.id)
        unit.update(replace(kuhn, birth_date=date(1985, 3, 4)))
    office.task()
    (entry,) = listed(office).now
    assert (entry.number, entry.birth_date, entry.kind) == (
        "118274",
        date(1985, 3, 4),
        "Folgegespräch",
    )


def test_all_good_numbers_the_one_agreed_on_first(office: SmallOffice) -> None:
    office.put(
        ClientPhone(id=new_id(), client_id=office.kuhn.id, typed="03941 2", position=1),
        ClientPhone(
            id=new_id(), client_id=office.kuhn.id, typed="03941 9", position=2, bad_since=at(1, 8)
        ),
    )
    office.task()
    office.booked(at(1, 11), phone="03941 2")
    office.booked(at(1, 12), phone="0170 77")
    (due,) = listed(office).now
    assert [(phone.number, phone.kind, phone.agreed) for phone in due.phones] == [
        ("0176 04069118", PhoneKind.MOBILE, False),
        ("03941 2", PhoneKind.OTHER, False),
    ]
    known, new = listed(office).appointments
    assert [(phone.number, phone.agreed) for phone in known.phones] == [
        ("03941 2", True),
        ("0176 04069118", False),
    ]
    assert [phone.number for phone in new.phones] == ["0170 77", "0176 04069118", "03941 2"]


def test_the_attempts_of_the_call_oldest_first_and_no_others(office: SmallOffice) -> None:
    task = office.task()
    other = office.task(reason=CallReason.RETURNED_LETTER)
    office.attempt(task, Outcome.BUSY)
    office.attempt(other)
    office.undo(office.attempt(task, Outcome.MAILBOX))
    office.clock.set(at(1, 13))
    office.attempt(task)
    office.clock.set(at(1, 16, 30))
    (entry,) = [e for e in listed(office).now if e.reason is CallReason.PLANNED]
    assert entry.tried == (
        Try(at(1, 9, 12), Outcome.BUSY),
        Try(at(1, 13), Outcome.NO_ANSWER),
    )


def test_the_best_hour_once_enough_is_known(office: SmallOffice) -> None:
    for day in (29, 30, 31):
        office.clock.set(at(day, 10, month=3))
        office.do(RecordAttempt(client_id=office.kuhn.id, outcome=Outcome.REACHED, phone="1"))
    office.clock.set(at(1, 9, 12))
    office.task()
    office.task(office.hartwig)
    hours = {entry.name: entry.best_hour for entry in listed(office).now}
    assert hours == {"Kuhn, Marlies": 10, "Hartwig, Jörg": None}


def test_nothing_that_was_said_is_on_it(office: SmallOffice) -> None:
    task = office.task()
    office.put(AttemptNote(id=new_id(), call_task_id=task, text="GEHEIM"))
    assert "GEHEIM" not in repr(listed(office))


def test_nobody_to_call(office: SmallOffice) -> None:
    assert listed(office).entries == ()


def test_it_is_for_who_calls(office: SmallOffice) -> None:
    office.task()
    for viewer in (office.berger, office.lindner, office.lead):  # who stands in needs it as well
        assert len(listed(office, viewer).entries) == 1
    for viewer in (office.reception, office.administrator):
        with pytest.raises(Refused, match="not_entitled"):
            listed(office, viewer)


def test_the_command_line_asks_with_the_key(office: SmallOffice) -> None:
    office.task()
    with office.services.view() as view:
        assert len(call_list(view, office.office.id, office.berger.id).entries) == 1
