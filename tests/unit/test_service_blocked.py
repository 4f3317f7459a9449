"""An address blocked from disclosure (§ 51 BMG) leaves the database for nobody but the responsible
advisor: not by a query, not by a letter, not by a command's answer."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.bookkeeping import AuditEvent, ExecutedCommand
from koba_desktop.domain.entities.clients import Client, ClientAddress
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import OfficeError, Refused
from koba_desktop.domain.vocabulary import (
    AuditAction,
    HoldReason,
    LetterKind,
    LetterState,
)
from koba_desktop.services import commands as c
from koba_desktop.services.clients.blocked import LETTER, blocked_address
from koba_desktop.services.clients.importing import (
    ImportClients,
    ImportedAddress,
    ImportedClient,
)
from koba_desktop.services.letters.outbox import outbox
from koba_desktop.services.letters.reading import letter_views
from tests.unit.service_office import at
from tests.unit.test_service_rights_matrix import QUERIES, House

STREET = "Geheimer Winkel 13"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Kuhn's address is blocked; Frau Berger is responsible."""
    made = House(tmp_path)
    address = made.one(ClientAddress, client_id=made.kuhn.id)
    client = made.one(Client, id=made.kuhn.id)
    hidden = c.ClientProfile(
        client=replace(client, address_blocked=True),
        address=replace(address, street=STREET),
        phones=tuple(made.all(type(made.kuhn_phone), client_id=client.id)),
    )
    made.do(c.SaveClient(profile=hidden), by=made.berger)
    yield made
    made.close()


def others(house: House) -> list[Staff]:
    return [house.reception, house.lindner, house.lead, house.administrator, house.protection]


def told(answer: Any) -> str:
    """Everything an answer holds, as text."""
    return repr(answer)


def client(house: House) -> Client:
    found = house.one(Client, id=house.kuhn.id)
    assert isinstance(found, Client)
    return found


def letter_by(house: House, who: Staff) -> Letter:
    receipt = house.do(
        c.CreateLetter(appointment_id=house.call_at.id, kind=LetterKind.CONFIRMATION), by=who
    )
    assert STREET not in told(receipt.result)
    found = house.one(Letter, id=receipt.result["letter_id"])
    assert isinstance(found, Letter)
    return found


def logged(house: House) -> list[str]:
    """The reasons with which the address was looked at."""
    found = house.all(AuditEvent, object_id=house.kuhn.id, action=AuditAction.VIEW_BLOCKED)
    return [event.reason for event in found]


# --- queries --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(QUERIES))
def test_no_query_tells_the_street(house: House, name: str) -> None:
    ask, _who = QUERIES[name]
    letter_by(house, house.berger)
    for who in others(house):
        with house.view(who) as view:
            try:
                answer = ask(view, house)
            except OfficeError as error:
                answer = error.problems if isinstance(error, Refused) else error
            assert STREET not in told(answer), who.login


def test_no_letter_of_it_tells_the_street(house: House) -> None:
    letter = letter_by(house, house.berger)
    assert STREET in told(letter.data)
    for who in (house.reception, house.lindner, house.lead):
        with house.view(who) as view:
            [shown] = letter_views(view, [letter.id])
            assert STREET not in told(shown)
            assert (shown.blocked, shown.pdf) == (True, None)
    with house.view(house.berger) as view:
        [own] = letter_views(view, [letter.id])
    assert STREET in told(own)
    assert not own.blocked


def test_the_archive_copy_is_for_the_responsible_advisor(house: House) -> None:
    letter = letter_by(house, house.berger)
    printed = c.PrintedLetter(letter_id=letter.id, version=letter.version, pdf=b"%PDF", pages=1)
    for who in (house.reception, house.lindner, house.lead):
        with pytest.raises(Refused) as refused:
            house.do(c.MarkPrinted(letters=(printed,)), by=who)
        assert refused.value.code == "blocked_address"
    house.do(c.MarkPrinted(letters=(printed,)), by=house.berger)
    with house.view(house.lead) as view:
        assert letter_views(view, [letter.id])[0].pdf is None
    with house.view(house.berger) as view:
        assert letter_views(view, [letter.id])[0].pdf == b"%PDF"


def test_kept_answers_and_the_audit_hold_no_street(house: House) -> None:
    letter_by(house, house.berger)
    house.do(c.ViewBlockedAddress(client_id=house.kuhn.id, reason="Zustellung"), by=house.berger)
    assert STREET not in told(house.all(ExecutedCommand))
    assert STREET not in told(house.all(AuditEvent))


# --- letters --------------------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["fink", "lindner", "seidel"])
def test_a_letter_by_somebody_else_is_made_without_the_address(house: House, login: str) -> None:
    who = next(each for each in others(house) if each.login == login)
    before = logged(house)
    letter = letter_by(house, who)
    assert (letter.state, letter.hold_reason) == (LetterState.HELD, HoldReason.ADDRESS_MISSING)
    assert letter.hold_details == {"codes": ["address_hidden"], "where": ["address"]}
    assert letter.data["recipient_lines"] == []
    assert STREET not in told(letter.data)
    assert logged(house) == before
    with house.view(who) as view:
        [item] = [i for i in outbox(view, house.office.id).to_clarify if i.row.id == letter.id]
    assert item.problem == "letter_address_hidden"
    with house.view(house.berger) as view:
        [item] = [i for i in outbox(view, house.office.id).to_clarify if i.row.id == letter.id]
    assert item.problem == "letter_address_wanted"


def test_only_the_responsible_advisor_releases_it(house: House) -> None:
    before = logged(house)
    letter = letter_by(house, house.reception)
    release = c.ReleaseLetter(letter_id=letter.id, version=letter.version)
    for who in (house.reception, house.lindner, house.lead):
        with pytest.raises(Refused) as refused:
            house.do(replace(release, command_id=c.Command().command_id), by=who)
        assert refused.value.code == "address_hidden"
    receipt = house.do(release, by=house.berger)
    assert receipt.result["state"] is LetterState.PENDING
    assert STREET in told(house.one(Letter, id=letter.id).data)
    assert logged(house) == [*before, LETTER]


def test_what_goes_into_a_letter_opens_nothing_on_the_screen(house: House) -> None:
    before = logged(house)
    letter_by(house, house.berger)
    assert logged(house) == [*before, LETTER]
    with house.view(house.berger) as view, pytest.raises(Refused) as refused:
        blocked_address(view, house.kuhn.id)
    assert refused.value.code == "address_reason_missing"
    house.do(c.ViewBlockedAddress(client_id=house.kuhn.id, reason=LETTER), by=house.berger)
    with house.view(house.berger) as view:
        address = blocked_address(view, house.kuhn.id)
    assert address is not None
    assert address.street == STREET


def test_a_change_by_somebody_else_takes_the_address_out_again(house: House) -> None:
    letter = letter_by(house, house.berger)
    call = house.one(Appointment, id=house.call_at.id)
    house.do(
        c.ChangeDetails(
            appointment_id=call.id,
            version=call.version,
            kind_id=house.kind.id,
            phone="03941 1",
            purpose="",
        ),
        by=house.reception,
    )
    now = house.one(Letter, id=letter.id)
    assert now.state is LetterState.HELD
    assert STREET not in told(now.data)


def test_blocking_an_address_takes_it_out_of_what_waits(house: House) -> None:
    profile = c.ClientProfile(
        client=replace(house.one(Client, id=house.hartwig.id), address_blocked=True),
        address=house.one(ClientAddress, client_id=house.hartwig.id),
    )
    call = house.booked(at(14, 12), client_id=house.hartwig.id)
    receipt = house.do(
        c.CreateLetter(appointment_id=call.id, kind=LetterKind.CONFIRMATION), by=house.lindner
    )
    street = profile.address.street if profile.address is not None else ""
    assert street in told(house.one(Letter, id=receipt.result["letter_id"]).data)
    house.do(c.SaveClient(profile=profile), by=house.lindner)
    after = house.one(Letter, id=receipt.result["letter_id"])
    assert (after.state, street in told(after.data)) == (LetterState.HELD, False)


def test_returned_mail_is_noted_without_the_address(house: House) -> None:
    letter_by(house, house.berger)
    returned = c.MarkMailReturned(client_id=house.kuhn.id, returned_on=at(1, 9).date())
    receipt = house.do(returned, by=house.reception)
    assert receipt.result["task_id"] is not None
    assert house.one(ClientAddress, client_id=house.kuhn.id).returned_on is None
    assert all(not isinstance(step.after, ClientAddress) for step in steps(receipt))


def steps(receipt: Any) -> tuple[c.Step, ...]:
    return receipt.undo.steps if receipt.undo is not None else ()


# --- changing, importing, taking back -------------------------------------------------------------


def imported(house: House, **values: Any) -> list[tuple[str, str]]:
    """What is refused of a record of Kuhn that the lead imports."""
    kuhn = client(house)
    record = ImportedClient(
        record=1,
        line=2,
        number=kuhn.number or "",
        family_name=kuhn.family_name,
        given_name=kuhn.given_name,
        **values,
    )
    receipt = house.do(ImportClients(records=(record,)), by=house.lead)
    assert STREET not in told(receipt.result)
    return [(entry["code"], entry["column"]) for entry in receipt.result["refused"]]


def test_a_file_changes_no_blocked_address_and_lifts_no_block(house: House) -> None:
    same = ImportedAddress(street=STREET, postcode="38820", town="Halberstadt")
    assert imported(house, address=same) == [("address_hidden", "street")]
    assert imported(house, address_blocked=False) == [("address_hidden", "address_blocked")]
    assert imported(house, advisor_id=house.lead.id) == [("address_hidden", "advisor")]
    assert imported(house, address=ImportedAddress(), title="Dr.") == []
    kept = client(house)
    assert (kept.title, kept.address_blocked, kept.advisor_id) == ("Dr.", True, house.berger.id)
    assert house.one(ClientAddress, client_id=kept.id).street == STREET


def test_nobody_else_takes_a_change_of_the_address_back(house: House) -> None:
    house.do(c.ViewBlockedAddress(client_id=house.kuhn.id, reason="Umzug"), by=house.berger)
    profile = c.ClientProfile(
        client=client(house),
        address=replace(house.one(ClientAddress, client_id=house.kuhn.id), street="Neuer Weg 1"),
        phones=tuple(house.all(type(house.kuhn_phone), client_id=house.kuhn.id)),
    )
    receipt = house.do(c.SaveClient(profile=profile), by=house.berger)
    assert receipt.undo is not None
    with pytest.raises(Refused) as refused:
        house.do(c.Undo(plan=receipt.undo), by=house.lead)
    assert refused.value.code == "address_hidden"
    house.do(c.Undo(plan=receipt.undo), by=house.berger)
    assert house.one(ClientAddress, client_id=house.kuhn.id).street == STREET
