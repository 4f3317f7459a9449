"""What reception, advisors, leads and administrators see and may do (domain rules § 7)."""

from dataclasses import replace
from datetime import date

import pytest

from koba_desktop.domain.entities.appointments import AppointmentPurpose
from koba_desktop.domain.entities.clients import Client, ClientNote
from koba_desktop.domain.entities.office import ClosingDay, Office
from koba_desktop.domain.entities.rooms import Place, Room
from koba_desktop.domain.entities.staff import Staff, WorkingPattern
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import Mode, ModeSource, Role
from koba_desktop.services.appointments.detail import appointment_detail, file_note
from koba_desktop.services.calendar.days import calendar_page
from koba_desktop.services.clients.card import client_card, client_profile
from koba_desktop.services.clients.searching import find_clients
from koba_desktop.services.commands import (
    ChangeDetails,
    Command,
    MarkPrinted,
    NoteAttempt,
    PrintedLetter,
    ProposeByLetter,
    SaveClient,
    SaveMasterData,
    SetMode,
    WithdrawMode,
)
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.outbox import outbox
from tests.unit.letter_office import post
from tests.unit.service_office import SmallOffice, at


def refused(office: SmallOffice, command: Command, by: Staff) -> str:
    with pytest.raises(Refused) as refusal:
        office.do(command, by=by)
    return refusal.value.code


def another_office(office: SmallOffice) -> Office:
    other = replace(office.office, id=new_id(), name="Regionalstelle Wernigerode")
    office.put(other)
    return other


# --- reading --------------------------------------------------------------------------------------


def test_reception_sees_the_card_without_notes_and_past(office: SmallOffice) -> None:
    office.put(ClientNote(id=new_id(), client_id=office.kuhn.id, text="Schulden"))
    office.booked(at(1, 9, 15))
    coming = office.booked(at(12, 9))
    task_id = office.task()
    receipt = office.attempt(task_id)
    office.do(NoteAttempt(attempt_id=receipt.result["attempt_id"], text="Mutter krank"))
    office.clock.set(at(1, 10))
    with office.view(office.reception) as view:
        shown = client_card(view, office.kuhn.id)
    with office.view(office.lindner) as view:
        full = client_card(view, office.kuhn.id)
    assert shown.client.birth_date == full.client.birth_date
    assert (shown.note, full.note) == ("", "Schulden")
    assert [a.id for a in shown.appointments] == [coming.id]
    assert len(full.appointments) == 2
    assert ([a.note for a in shown.attempts], [a.note for a in full.attempts]) == (
        [""],
        ["Mutter krank"],
    )


def test_reception_reads_no_purpose_and_no_past_appointment(office: SmallOffice) -> None:
    past = office.booked(at(1, 10), purpose="Miete")
    coming = office.booked(at(12, 9), purpose="Stromsperre")
    office.clock.set(at(6, 10))
    with office.view(office.reception) as view:
        detail = appointment_detail(view, coming.id)
        with pytest.raises(Refused) as hidden:
            appointment_detail(view, past.id)
        with pytest.raises(Refused) as no_note:
            file_note(view, coming.id, office.kuhn.id)
        page = calendar_page(view, office.office.id, date(2021, 3, 29), date(2021, 4, 16))
    assert detail.purpose == ""
    assert (hidden.value.code, no_note.value.code) == ("not_entitled", "not_entitled")
    assert [row.id for row in page.appointments] == [coming.id]
    with office.view(office.lindner) as view:
        assert appointment_detail(view, past.id).purpose == "Miete"


def test_reception_prints_what_is_pending_and_sees_no_archive(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    with office.view(office.reception) as view:
        assert len(outbox(view, office.office.id).to_print) == 1
    printed = PrintedLetter(letter_id=letter.id, version=letter.version, pdf=b"%PDF", pages=1)
    office.do(MarkPrinted(letters=(printed,)), by=office.reception)
    post(office, letter, date(2021, 4, 1), by=office.reception)
    with office.view(office.reception) as view:
        assert outbox(view, office.office.id).posted == ()
    with office.view(office.lindner) as view:
        assert len(outbox(view, office.office.id).posted) == 1


def test_clients_of_other_offices_are_nobodys_business_but_their_advisors(
    office: SmallOffice,
) -> None:
    other = another_office(office)
    away = replace(
        office.client("Ahrens", "Nils", None, office.kuhn.salutation), office_id=other.id
    )
    office.put(away)
    with office.view(office.lindner) as view:
        assert find_clients(view, "ahrens").total == 0
        assert find_clients(view, "", office_ids=(other.id,)).total == 0
        assert find_clients(view, "").total == 2
        with pytest.raises(Refused) as hidden:
            client_card(view, away.id)
        with pytest.raises(Refused):
            client_profile(view, away.id)
    assert hidden.value.code == "not_entitled"
    with office.view() as view:  # Berger is responsible for all three
        assert find_clients(view, "ahrens").total == 1
        assert find_clients(view, "").total == 3
        assert client_card(view, away.id).client.family_name == "Ahrens"
    with office.services.view() as view:
        assert find_clients(view, "").total == 0
    office.put(replace(office.role(office.lindner, Role.ADVISOR), office_id=other.id))
    with office.view(office.lindner) as view:
        assert find_clients(view, "ahrens").total == 1


# --- doing ----------------------------------------------------------------------------------------


def test_only_the_lead_and_the_administrator_decide_on_the_mode(office: SmallOffice) -> None:
    def decision() -> SetMode:
        return SetMode(
            office_id=office.office.id,
            mode=Mode.CLOSED,
            valid_from=at(19, 0),
            source=ModeSource.LEAD_DECISION,
            reason="Lage",
        )

    assert refused(office, decision(), office.reception) == "not_entitled"
    assert refused(office, decision(), office.berger) == "not_entitled"
    elsewhere = replace(decision(), office_id=another_office(office).id)
    assert refused(office, elsewhere, office.lead) == "not_entitled"
    office.do(elsewhere, by=office.administrator)
    mode_id = office.do(decision(), by=office.lead).result["mode_id"]
    withdrawal = WithdrawMode(mode_id=mode_id, reason="Irrtum")
    assert refused(office, withdrawal, office.berger) == "not_entitled"
    office.do(withdrawal, by=office.lead)


def test_reception_proposes_nothing_by_letter(office: SmallOffice) -> None:
    proposal: ProposeByLetter = office.proposal(office.exhausted_task())
    assert refused(office, proposal, office.reception) == "not_entitled"


def test_what_reception_can_not_read_it_does_not_overwrite(office: SmallOffice) -> None:
    appointment = office.booked(at(12, 9), purpose="Stromsperre")
    office.do(
        ChangeDetails(
            appointment_id=appointment.id,
            version=appointment.version,
            kind_id=office.kind.id,
            phone="03941 1",
            purpose="",
        ),
        by=office.reception,
    )
    assert office.one(AppointmentPurpose).text == "Stromsperre"
    office.put(ClientNote(id=new_id(), client_id=office.kuhn.id, text="Schulden"))
    with office.view(office.reception) as view:
        profile = client_profile(view, office.kuhn.id)
    assert profile.note == ""
    renamed = replace(profile, client=replace(profile.client, given_name="Marlis"))
    office.do(SaveClient(profile=renamed), by=office.reception)
    assert office.one(Client, id=office.kuhn.id).given_name == "Marlis"
    assert office.one(ClientNote).text == "Schulden"
    attempt_id = office.attempt(office.task()).result["attempt_id"]
    assert refused(office, NoteAttempt(attempt_id=attempt_id, text="?"), office.reception) == (
        "not_entitled"
    )


def test_who_left_the_house_may_do_nothing_more(office: SmallOffice) -> None:
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(unit.get(Staff, office.lindner.id), left_on=date(2021, 4, 1)))
    with office.view(office.lindner) as view:
        assert find_clients(view, "").total == 0
        with pytest.raises(Refused) as hidden:
            client_card(view, office.kuhn.id)
    assert hidden.value.code == "not_entitled"


def test_nobody_saves_clients_of_another_office(office: SmallOffice) -> None:
    other = another_office(office)
    away = replace(
        office.client("Ahrens", "Nils", None, office.kuhn.salutation), office_id=other.id
    )
    office.put(away)
    with office.view() as view:
        profile = client_profile(view, away.id)
    assert refused(office, SaveClient(profile=profile), office.lindner) == "not_entitled"


# --- master data ----------------------------------------------------------------------------------


def test_a_lead_saves_what_belongs_to_the_own_office(office: SmallOffice) -> None:
    room = Room(id=new_id(), office_id=office.office.id, name="R 1.06", area=14)
    pattern = office.one(WorkingPattern, staff_id=office.berger.id, weekday=1)
    own = SaveMasterData(
        records=(
            room,
            Place(id=new_id(), room_id=room.id),
            replace(pattern, valid_until=date(2021, 12, 31)),
        )
    )
    assert refused(office, own, office.berger) == "not_entitled"
    assert refused(office, own, office.reception) == "not_entitled"
    office.do(own, by=office.lead)


def test_a_lead_touches_no_other_office_and_makes_no_administrators(office: SmallOffice) -> None:
    other = another_office(office)
    closing = ClosingDay(
        id=new_id(), office_id=other.id, day=date(2021, 5, 14), reason="Brückentag"
    )
    everywhere = replace(office.one(type(office.kind)), minutes=45)
    promotion = office.role(office.lead, Role.ADMINISTRATOR)
    taken_over = replace(office.one(Office, id=other.id), name="Meine")
    for record in (closing, everywhere, promotion, taken_over):
        assert refused(office, SaveMasterData(records=(record,)), office.lead) == "not_entitled"
    office.put(closing)
    stolen = replace(office.one(ClosingDay), office_id=office.office.id)
    assert refused(office, SaveMasterData(records=(stolen,)), office.lead) == "not_entitled"
    assert refused(office, SaveMasterData(removed=(stolen,)), office.lead) == "not_entitled"
    office.do(SaveMasterData(records=(everywhere, promotion)), by=office.administrator)


def test_everybody_links_the_own_login_and_nothing_else(office: SmallOffice) -> None:
    berger = office.one(Staff, id=office.berger.id)
    office.do(SaveMasterData(records=(replace(berger, os_user="mb"),)))
    lindner = office.one(Staff, id=office.lindner.id)
    linked = office.one(Staff, id=office.berger.id)
    others = SaveMasterData(records=(replace(lindner, os_user="li"),))
    assert refused(office, others, office.berger) == "not_entitled"
    more = SaveMasterData(records=(replace(linked, os_user="mb", family_name="Chefin"),))
    assert refused(office, more, office.berger) == "not_entitled"
    takes_over = (replace(linked, os_user=None), replace(lindner, os_user="mb"))
    office.do(SaveMasterData(records=takes_over), by=office.lindner)
    assert office.one(Staff, id=office.lindner.id).os_user == "mb"
