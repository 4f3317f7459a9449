"""Lists and slips on the shared database, everybody with a login of his or her own."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from koba_desktop.domain.entities.bookkeeping import AuditEvent
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import AuditAction, Channel, NamedPaper
from koba_desktop.services.audit.papers import day_list_note
from koba_desktop.services.calendar.day_list import day_list
from koba_desktop.services.commands import LetterOut, NoteLettersOut, NotePaper
from koba_desktop.services.contacts.call_list import call_list
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.reply_slips import blank_slips, reply_slips
from koba_desktop.services.ports import LetterSource
from tests.postgres.fixtures import Database
from tests.postgres.office import on_the_server
from tests.unit.letter_office import posted, printed
from tests.unit.service_office import SmallOffice, at

TODAY = date(2021, 4, 1)


@pytest.fixture
def office(pg_database: Database) -> Iterator[SmallOffice]:
    """Halberstadt on the server."""
    with on_the_server(pg_database) as small:
        yield small


def test_everybody_with_clients_lists_the_same_day(office: SmallOffice) -> None:
    office.booked(at(1, 11))
    office.booked(at(1, 14), channel=Channel.IN_PERSON, place_id=office.place.id, persons=2)
    listed = []
    for viewer in (office.berger, office.lead, office.reception):
        with office.view(viewer) as view:
            listed.append(day_list(view, office.office.id, TODAY).lines)
    assert [line.number for line in listed[0]] == ["118274", "118274"]
    assert listed[0][1].code
    assert listed == [listed[0]] * 3
    with office.view(office.administrator) as view, pytest.raises(Refused, match="not_entitled"):
        day_list(view, office.office.id, TODAY)


def test_calls_are_for_who_calls(office: SmallOffice) -> None:
    office.attempt(office.task())
    office.clock.advance(hours=4)
    for viewer in (office.berger, office.lindner, office.lead):
        with office.view(viewer) as view:
            (entry,) = call_list(view, office.office.id, office.berger.id).entries
        assert (entry.name, len(entry.tried), len(entry.phones)) == ("Kuhn, Marlies", 1, 1)
    with office.view(office.reception) as view, pytest.raises(Refused, match="not_entitled"):
        call_list(view, office.office.id, office.berger.id)


def test_reception_prints_the_slip_of_a_letter_it_may_not_open(office: SmallOffice) -> None:
    _receipt, appointment, letter = office.proposed()
    printed(office, letter)
    posted(office, letter)
    made: list[LetterSource] = []
    for viewer in (office.berger, office.reception):
        with office.view(viewer) as view:
            made += reply_slips(view, [appointment.id])
            assert blank_slips(view, office.office.id).reply_lines
    assert [each.data["reference"] for each in made] == [appointment.reference] * 2
    assert made[0].kind is made[1].kind


def test_what_leaves_is_noted_by_the_server_with_who_and_where(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    with office.view(office.berger) as view:
        content = day_list(view, office.office.id, TODAY)
    office.do(NoteLettersOut(letter_ids=(letter.id,), how=LetterOut.SAVED))
    for by, printed_ in ((office.berger, True), (office.reception, False)):
        office.do(day_list_note(content, None, printed=printed_), by=by)
    with pytest.raises(Refused, match="not_entitled"):
        office.do(day_list_note(content, None, printed=True), by=office.administrator)
    events = office.all(AuditEvent, action=AuditAction.EXPORT)
    events += office.all(AuditEvent, action=AuditAction.PRINT)
    assert [
        (each.object_kind, each.object_id, each.created_by, each.reason) for each in events
    ] == [
        ("Letter", letter.id, office.berger.id, "saved as PDF"),
        ("Office", office.office.id, office.reception.id, "day list 01/04/2021, 0 persons"),
        ("Office", office.office.id, office.berger.id, "day list 01/04/2021, 0 persons"),
    ]
    assert all(each.host.startswith("PC-1") and each.login for each in events)


def test_nothing_is_noted_at_an_office_one_has_nothing_to_do_with(office: SmallOffice) -> None:
    elsewhere = replace(office.office, id=new_id(), name="Jobcenter Wernigerode")
    office.put(elsewhere)
    note = NotePaper(
        paper=NamedPaper.DAY_LIST,
        office_id=elsewhere.id,
        day=TODAY,
        advisor_id=office.berger.id,
        persons=0,
        printed=True,
    )
    with pytest.raises(Refused, match="not_entitled"):
        office.do(note)
    assert office.all(AuditEvent, action=AuditAction.PRINT) == []
