"""Clients: the card, the editor, importing."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from koba_desktop.domain.entities.bookkeeping import AuditEvent
from koba_desktop.domain.entities.clients import (
    Client,
    ClientAddress,
    ClientEmail,
    ClientNote,
    ClientPhone,
    Representative,
)
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.errors import Conflict, Problem, Refused
from koba_desktop.domain.vocabulary import AuditAction, Outcome
from koba_desktop.services.clients.blocked import blocked_address
from koba_desktop.services.clients.card import ClientCard, client_card, client_profile
from koba_desktop.services.clients.importing import (
    ImportClients,
    ImportedAddress,
    ImportedClient,
    ImportedPhone,
    ImportedRepresentative,
)
from koba_desktop.services.commands import (
    ClientProfile,
    MarkMailReturned,
    SaveClient,
    ViewBlockedAddress,
)
from koba_desktop.services.ids import new_id
from tests.unit.service_office import SmallOffice, at


def profile(office: SmallOffice) -> ClientProfile:
    with office.view() as view:
        return client_profile(view, office.kuhn.id)


def card(office: SmallOffice) -> ClientCard:
    with office.view() as view:
        return client_card(view, office.kuhn.id)


# --- the card -------------------------------------------------------------------------------------


def test_the_card_shows_what_is_to_come_and_what_was_tried(office: SmallOffice) -> None:
    office.booked(at(1, 9, 15))
    coming = office.booked(at(12, 9))
    task_id = office.task()
    office.attempt(task_id)
    office.clock.set(at(1, 10))
    found = card(office)
    assert found.client.phone == "0176 04069118"
    assert found.next_appointment is not None
    assert found.next_appointment.id == coming.id
    assert len(found.appointments) == 2
    assert [a.outcome for a in found.attempts] == [Outcome.NO_ANSWER]
    assert found.open_task is not None
    assert found.open_task.id == task_id
    assert found.best_hour is None
    assert found.address is not None
    assert found.advisor_name == "Berger"


def test_the_best_hour_comes_with_its_numbers(office: SmallOffice) -> None:
    task_id = office.task()
    office.attempt(task_id)
    office.clock.set(at(6, 11))
    office.attempt(task_id)
    office.clock.set(at(7, 11, 30))
    office.attempt(task_id, Outcome.REACHED)
    found = card(office)
    assert (found.best_hour, found.best_hour_reached, found.best_hour_tried) == (11, 1, 2)


def test_a_blocked_address_is_for_the_responsible_advisor_only(office: SmallOffice) -> None:
    blocked = profile(office)
    office.do(
        SaveClient(profile=replace(blocked, client=replace(blocked.client, address_blocked=True)))
    )
    assert (card(office).address, card(office).address_viewable) == (None, True)
    with office.view(office.lindner) as view:
        found = client_card(view, office.kuhn.id)
        assert (found.address, found.address_hidden, found.address_viewable) == (None, True, False)
        with pytest.raises(Refused) as refused:
            client_profile(view, office.kuhn.id)
    assert refused.value.code == "address_hidden"
    with pytest.raises(Refused) as refused:
        office.do(
            ViewBlockedAddress(client_id=office.kuhn.id, reason="Rückfrage"), by=office.lindner
        )
    assert refused.value.code == "address_hidden"
    with pytest.raises(Refused) as refused:
        office.do(SaveClient(profile=replace(blocked, address=None)), by=office.lindner)
    assert refused.value.code == "address_hidden"


def test_a_blocked_address_is_shown_with_a_reason_that_is_logged(office: SmallOffice) -> None:
    blocked = profile(office)
    office.do(
        SaveClient(profile=replace(blocked, client=replace(blocked.client, address_blocked=True)))
    )
    with office.view() as view, pytest.raises(Refused) as refused:
        blocked_address(view, office.kuhn.id)
    assert refused.value.code == "address_reason_missing"
    with pytest.raises(Refused) as refused:
        profile(office)
    assert refused.value.code == "address_reason_missing"
    with pytest.raises(Refused) as refused:
        office.do(ViewBlockedAddress(client_id=office.kuhn.id, reason=" "))
    assert refused.value.code == "reason_missing"
    receipt = office.do(ViewBlockedAddress(client_id=office.kuhn.id, reason="Post kam zurück"))
    assert "Lindenweg" not in str(receipt.result)
    with office.view() as view:
        found = blocked_address(view, office.kuhn.id)
    assert found is not None
    assert found.street == "Lindenweg 7"
    assert profile(office).address is not None
    event = office.one(AuditEvent, action=AuditAction.VIEW_BLOCKED)
    assert (event.object_id, event.created_by) == (office.kuhn.id, office.berger.id)
    assert (event.reason, event.host, event.created_at) == (
        "Post kam zurück",
        "PC-1",
        office.clock.now(),
    )
    office.clock.advance(days=1)
    with office.view() as view, pytest.raises(Refused) as refused:
        blocked_address(view, office.kuhn.id)
    assert refused.value.code == "address_reason_missing"


# --- saving ---------------------------------------------------------------------------------------


def test_a_new_client_is_saved_with_all_contact_data(office: SmallOffice) -> None:
    client = office.client(" Morina ", "Besnik", " 131999 ", office.kuhn.salutation)
    receipt = office.do(
        SaveClient(
            profile=ClientProfile(
                client=client,
                address=office.address(client),
                phones=(ClientPhone(id=new_id(), client_id=client.id, typed="03941 1"),),
                emails=(ClientEmail(id=new_id(), client_id=client.id, address="b@example.org"),),
                representative=Representative(
                    id=new_id(),
                    client_id=client.id,
                    family_name="Lehnert",
                    valid_from=date(2021, 4, 1),
                ),
                note="Kommt mit Dolmetscher.",
            )
        )
    )
    with office.view() as view:
        saved = client_profile(view, receipt.result["client_id"])
        assert view.reader.search_clients("morina 131999").total == 1
    assert (saved.client.family_name, saved.client.number) == ("Morina", "131999")
    assert len(saved.phones) == len(saved.emails) == 1
    assert saved.representative is not None
    assert saved.note == "Kommt mit Dolmetscher."


def test_every_wrong_field_is_named_at_once(office: SmallOffice) -> None:
    wrong = profile(office)
    with pytest.raises(Refused) as refused:
        office.do(
            SaveClient(
                profile=replace(
                    wrong,
                    client=replace(
                        wrong.client,
                        family_name=" ",
                        given_name="",
                        number=office.hartwig.number,
                        birth_date=date(2031, 1, 1),
                    ),
                    phones=(ClientPhone(id=new_id(), client_id=wrong.client.id, typed=" "),),
                )
            )
        )
    assert [(p.code, p.where) for p in refused.value.problems] == [
        ("name_missing", "family_name"),
        ("number_taken", "number"),
        ("birth_date_future", "birth_date"),
        ("phone_missing", "phones.0"),
    ]


def test_rows_taken_off_are_gone(office: SmallOffice) -> None:
    before = profile(office)
    receipt = office.do(SaveClient(profile=replace(before, phones=(), address=None)))
    assert office.all(ClientPhone, client_id=office.kuhn.id) == []
    assert office.all(ClientAddress, client_id=office.kuhn.id) == []
    assert receipt.undo is None


def test_a_changed_client_can_be_taken_back(office: SmallOffice) -> None:
    before = profile(office)
    assert before.address is not None
    receipt = office.do(
        SaveClient(
            profile=replace(
                before,
                client=replace(before.client, family_name="Kuhn-Roth"),
                address=replace(before.address, street="Am Tor 1"),
            )
        )
    )
    office.undo(receipt)
    after = profile(office)
    assert after.client.family_name == "Kuhn"
    assert after.address is not None
    assert after.address.street == "Lindenweg 7"


def test_two_people_can_not_overwrite_each_others_note(office: SmallOffice) -> None:
    mine, theirs = profile(office), profile(office)
    office.do(SaveClient(profile=replace(theirs, note="Ruft an.")), by=office.lindner)
    with pytest.raises(Conflict) as conflict:
        office.do(SaveClient(profile=replace(mine, note="Zieht um.")))
    assert conflict.value.problems[0].params["changed_by"] == office.lindner.id
    assert office.one(ClientNote).text == "Ruft an."


def test_saving_without_a_change_changes_nothing(office: SmallOffice) -> None:
    receipt = office.do(SaveClient(profile=profile(office)))
    assert receipt.undo is None
    assert office.one(Client, id=office.kuhn.id).version == 1


def test_a_new_address_is_not_the_one_mail_came_back_from(office: SmallOffice) -> None:
    office.do(MarkMailReturned(client_id=office.kuhn.id, returned_on=date(2021, 4, 1)))
    before = profile(office)
    assert before.address is not None
    office.do(SaveClient(profile=replace(before, note="Nachbarin gefragt.")))
    assert office.one(ClientAddress, client_id=office.kuhn.id).returned_on is not None
    before = profile(office)
    assert before.address is not None
    office.do(
        SaveClient(profile=replace(before, address=replace(before.address, street="Am Tor 1")))
    )
    assert office.one(ClientAddress, client_id=office.kuhn.id).returned_on is None


def test_a_letter_not_printed_yet_goes_to_the_new_address(office: SmallOffice) -> None:
    office.proposed()
    before = profile(office)
    assert before.address is not None
    office.do(
        SaveClient(profile=replace(before, address=replace(before.address, street="Am Tor 1")))
    )
    assert "Am Tor 1" in office.one(Letter).data["recipient_lines"]


def test_a_representative_taken_off_no_longer_receives_letters(office: SmallOffice) -> None:
    before = profile(office)
    helper = Representative(
        id=new_id(), client_id=office.kuhn.id, family_name="Lehnert", valid_from=date(2021, 1, 1)
    )
    office.do(SaveClient(profile=replace(before, representative=helper)))
    office.do(SaveClient(profile=replace(profile(office), representative=None)))
    assert office.one(Representative).valid_until == date(2021, 3, 31)
    assert card(office).representative is None


# --- importing ------------------------------------------------------------------------------------


def record(office: SmallOffice, **values: Any) -> ImportedClient:
    usual: dict[str, Any] = {
        "record": 1,
        "line": 2,
        "number": "118274",
        "family_name": "Kuhn",
        "given_name": "Marlies",
        "office_id": office.office.id,
        "columns": {"number": "Kundennummer", "office": "Regionalstelle"},
        "values": {"number": values.get("number", "118274")},
    }
    return ImportedClient(**(usual | values))


def imported(office: SmallOffice, *records: ImportedClient) -> dict[str, Any]:
    return office.do(ImportClients(records=records), by=office.lead).result


def test_an_import_creates_changes_and_leaves_alone(office: SmallOffice) -> None:
    new = record(
        office,
        record=2,
        line=3,
        number="200",
        family_name="Okafor",
        given_name="Grace",
        address=ImportedAddress(street="Weg 1", postcode="38820", town="Halberstadt"),
        phones=(ImportedPhone(typed="0176 1", e164="+491761"),),
        emails=("g@example.org",),
    )
    changed = record(office, address=ImportedAddress(street="Weg 2", postcode="38820", town="H"))
    first = imported(office, changed, new)
    assert (first["rows"], first["created"], first["updated"]) == (2, 1, 1)
    again = imported(office, changed, new)
    assert (again["unchanged"], again["updated"], again["created"]) == (2, 0, 0)
    assert office.one(ClientAddress, client_id=office.kuhn.id).street == "Weg 2"
    # What the file does not know stays.
    kuhn = office.one(Client, id=office.kuhn.id)
    assert kuhn.advisor_id == office.berger.id
    assert len(office.all(ClientPhone, client_id=office.kuhn.id)) == 1


def test_an_import_can_not_be_taken_back_and_comes_once(office: SmallOffice) -> None:
    command = ImportClients(records=(record(office, title="Dr."),))
    assert office.do(command, by=office.lead).undo is None
    assert office.do(command, by=office.lead).repeated


def test_a_refused_record_changes_nothing_and_names_its_place(office: SmallOffice) -> None:
    broken = record(
        office,
        title="Dr.",
        problems=(Problem("office_unknown", {"value": "Aschersleben"}, "office"),),
        values={"office": "Aschersleben"},
    )
    result = imported(office, broken)
    assert result["refused"] == [
        {
            "record": 1,
            "line": 2,
            "column": "Regionalstelle",
            "value": "Aschersleben",
            "code": "office_unknown",
            "params": {"value": "Aschersleben"},
        }
    ]
    assert office.one(Client, id=office.kuhn.id).title == ""


def test_a_record_without_number_never_overwrites_another_person(office: SmallOffice) -> None:
    result = imported(office, record(office, number="", title="Dr."))
    assert [r["code"] for r in result["refused"]] == ["person_known"]
    other = imported(office, record(office, number="", birth_date=date(1980, 1, 1)))
    assert other["created"] == 1
    assert len(office.all(Client, family_name="Kuhn")) == 2
    assert office.one(Client, id=office.kuhn.id).title == ""


def test_a_number_that_came_to_another_person_is_refused(office: SmallOffice) -> None:
    result = imported(office, record(office, family_name="Barth", birth_date=date(1970, 1, 1)))
    assert [r["code"] for r in result["refused"]] == ["number_of_another"]
    assert office.one(Client, number="118274").family_name == "Kuhn"


def test_a_number_twice_in_a_file_counts_once(office: SmallOffice) -> None:
    result = imported(
        office, record(office, title="Dr."), record(office, record=2, line=9, title="Prof.")
    )
    assert result["updated"] == 1
    assert [(r["line"], r["code"], r["params"]) for r in result["refused"]] == [
        (9, "number_twice", {"first": 2})
    ]
    assert office.one(Client, id=office.kuhn.id).title == "Dr."


def test_an_imported_representative_follows_the_former(office: SmallOffice) -> None:
    first = ImportedRepresentative(family_name="Lehnert", given_name="Ina", street="Weg 1")
    imported(office, record(office, representative=first))
    imported(office, record(office, representative=replace(first, street="Weg 2")))
    assert office.one(Representative).street == "Weg 2"
    office.clock.advance(days=5)
    imported(office, record(office, representative=ImportedRepresentative(family_name="Pohl")))
    assert card(office).representative is not None
    assert card(office).representative.family_name == "Pohl"  # type: ignore[union-attr]
