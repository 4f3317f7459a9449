"""What leaves is noted in the audit before it does: what and how many, and no name."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from koba_desktop.domain.entities.bookkeeping import AuditEvent
from koba_desktop.domain.errors import NotFound, Refused
from koba_desktop.domain.vocabulary import AuditAction, LetterKind, NamedPaper, Salutation
from koba_desktop.services.audit.leaving import Leaving
from koba_desktop.services.audit.noting import note_leaving
from koba_desktop.services.audit.papers import (
    call_list_note,
    day_list_note,
    emergency_list_note,
    reply_slips_note,
)
from koba_desktop.services.audit.rows import short_id
from koba_desktop.services.calendar.day_list import day_list
from koba_desktop.services.commands import CreateLetter, LetterOut, NoteLettersOut, NotePaper
from koba_desktop.services.contacts.call_list import call_list
from koba_desktop.services.execution import Actor
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.reply_slips import reply_slips
from koba_desktop.services.outage.emergency_list import emergency_list
from tests.unit.outage_office import OutageOffice
from tests.unit.service_office import SmallOffice, at

TODAY = date(2021, 4, 1)
LEAVING = (AuditAction.PRINT, AuditAction.EXPORT)


def noted(office: SmallOffice) -> list[AuditEvent]:
    return [event for action in LEAVING for event in office.all(AuditEvent, action=action)]


def letters_of(office: SmallOffice, *hours: int) -> list[NoteLettersOut]:
    made = [
        office.do(
            CreateLetter(
                appointment_id=office.booked(at(13, hour)).id, kind=LetterKind.CONFIRMATION
            )
        ).result["letter_id"]
        for hour in hours
    ]
    return [NoteLettersOut(letter_ids=tuple(made), how=how) for how in LetterOut]


def a_day_list(office: SmallOffice, *, printed: bool = True, day: date = TODAY) -> NotePaper:
    return NotePaper(
        paper=NamedPaper.DAY_LIST,
        office_id=office.office.id,
        day=day,
        advisor_id=None,
        persons=23,
        printed=printed,
    )


def test_each_letter_that_leaves_is_noted_by_itself(office: SmallOffice) -> None:
    saved, opened = letters_of(office, 9, 10)
    assert office.do(saved).result == {"noted": 2}
    office.do(opened)
    found = noted(office)
    assert [event.object_id for event in found] == [*saved.letter_ids, *opened.letter_ids]
    assert [event.reason for event in found] == ["saved as PDF"] * 2 + ["opened as PDF"] * 2
    assert {(event.action, event.object_kind, event.created_by) for event in found} == {
        (AuditAction.EXPORT, "Letter", office.berger.id)
    }


def test_a_repeat_is_noted_once(office: SmallOffice) -> None:
    saved, _opened = letters_of(office, 9)
    assert not office.do(saved).repeated
    assert office.do(saved).repeated
    assert len(noted(office)) == 1


def test_a_letter_nobody_may_read_leaves_nothing_in_the_audit(office: SmallOffice) -> None:
    saved, _opened = letters_of(office, 9)
    with pytest.raises(Refused, match="not_entitled"):
        office.do(saved, by=office.administrator)
    with pytest.raises(NotFound):
        office.do(NoteLettersOut(letter_ids=(*saved.letter_ids, new_id()), how=LetterOut.SAVED))
    assert noted(office) == []


def test_a_letter_to_a_blocked_address_is_noted_of_the_responsible_advisor_only(
    office: SmallOffice,
) -> None:
    saved, opened = letters_of(office, 9)
    kuhn = office.one(type(office.kuhn), id=office.kuhn.id)
    with office.store.writing(by=None, now=office.clock.now()) as uow:
        uow.update(replace(kuhn, address_blocked=True))
    with pytest.raises(Refused, match="blocked_address"):
        office.do(saved, by=office.lindner)
    office.do(opened)
    assert [event.created_by for event in noted(office)] == [office.berger.id]


@pytest.mark.parametrize(
    ("printed", "action"), [(True, AuditAction.PRINT), (False, AuditAction.EXPORT)]
)
def test_a_paper_is_noted_at_its_office(
    office: SmallOffice, printed: bool, action: AuditAction
) -> None:
    office.do(a_day_list(office, printed=printed), by=office.reception)
    (event,) = noted(office)
    assert (event.action, event.object_kind, event.object_id) == (
        action,
        "Office",
        office.office.id,
    )
    assert event.reason == "day list 01/04/2021, 23 persons"


def test_a_paper_of_a_past_day_is_for_who_may_read_social_data(office: SmallOffice) -> None:
    yesterday = date(2021, 3, 31)
    with pytest.raises(Refused, match="not_entitled"):
        office.do(a_day_list(office, day=yesterday), by=office.reception)
    office.do(a_day_list(office, day=yesterday), by=office.berger)
    assert len(noted(office)) == 1


@pytest.mark.parametrize("by", [None, "berger"])
def test_from_the_command_line_somebody_need_not_be_named(
    office: SmallOffice, by: str | None
) -> None:
    who = Actor(office.berger.id, office.office.id) if by else None
    saved, _opened = letters_of(office, 9)
    commands: tuple[Leaving, ...] = (saved, a_day_list(office))
    for command in commands:
        note_leaving(office.services, command, who)
    found = noted(office)
    assert {event.object_kind for event in found} == {"Letter", "Office"}
    assert {event.created_by for event in found} == {who.staff_id if who else None}
    assert {event.host for event in found} == {office.services.host}


def test_papers_are_noted_with_whose_and_how_many_and_without_a_name(
    office: SmallOffice,
) -> None:
    office.task()
    office.booked(at(1, 11))
    noack = office.client("Noack", "Jens", "118275", Salutation.HERR)
    office.put(noack, office.address(noack))
    booked = office.booked(at(1, 14), client_id=noack.id)
    berger = office.berger.id
    with office.view(office.berger) as view:
        days = day_list(view, office.office.id, TODAY)
        calls = call_list(view, office.office.id, berger)
        both = emergency_list(view, office_id=office.office.id)
        slips = reply_slips(view, [booked.id])
    for command in (
        day_list_note(days, None, printed=True),
        call_list_note(calls, berger, printed=True),
        emergency_list_note(both, None, printed=True),
        reply_slips_note(slips, office.office.id, None, None, printed=True),
    ):
        office.do(command)
    reasons = [event.reason for event in noted(office)]
    assert reasons == [
        "day list 01/04/2021, 2 persons",
        f"call list 01/04/2021, of …{short_id(berger)}, 2 persons",
        "emergency list 01/04/2021, 2 persons",
        "reply slips, 1 person",
    ]
    assert not any(name in reason for name in ("Kuhn", "Noack", "Berger") for reason in reasons)


def test_what_is_printed_while_the_server_is_away_is_noted_once_it_is_back(tmp_path: Path) -> None:
    office = OutageOffice(tmp_path, member="berger")
    (saved, _opened) = letters_of(office, 9)
    assert office.here.renew_snapshot()
    office.go_away()
    day = TODAY.replace(day=office.clock.now().day)
    for command in (a_day_list(office, day=day), saved):
        assert office.put_in(command).queued
    assert noted(office) == []
    assert office.come_back()
    assert {(event.action, event.object_kind) for event in noted(office)} == {
        (AuditAction.PRINT, "Office"),
        (AuditAction.EXPORT, "Letter"),
    }
    assert len(noted(office)) == 2
    office.close()
