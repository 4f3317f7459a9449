"""What is typed into a field is stored as it was typed, or refused by name; nothing of it is ever
taken for SQL, for a pattern or for a format. On both kinds of database, on each person's login."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koba_desktop.domain.entities.appointments import (
    Appointment,
    AppointmentPurpose,
    ChangeReason,
    Participant,
)
from koba_desktop.domain.entities.bookkeeping import AuditEvent, Draft
from koba_desktop.domain.entities.clients import (
    Client,
    ClientAddress,
    ClientEmail,
    ClientNote,
    ClientPhone,
    Representative,
)
from koba_desktop.domain.entities.contacts import AttemptNote
from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.domain.entities.office import ClosingDay
from koba_desktop.domain.entities.rooms import Room
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import AuditAction, Mode, ModeSource, Outcome, ReasonCode
from koba_desktop.services import commands as c
from koba_desktop.services.audit.reading import audit_page
from koba_desktop.services.audit.rows import AuditFilter
from koba_desktop.services.clients.searching import find_clients
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.outbox import outbox
from tests.postgres.fixtures import Database
from tests.postgres.office import on_the_server
from tests.unit.service_office import LONG_AGO, SmallOffice, at

TYPED = (
    "'; drop table app.client; --",
    "' or '1'='1",
    "Robert'); DROP TABLE staff;--",
    "\\'; select pg_sleep(9); --",
    "%",
    "_",
    "100 %_\\",
    "\\",
    "\\x00 \\u0000",
    "$$; drop schema app cascade; $$",
    "$1 %s %(name)s :name ? {} {0} {name} %%",
    "E'\\000'",
    '"',
    "`",
    "/* -- */ ; commit; rollback",
    "\t\u00a0zwischen\u2028Zeilen\n\r\n",
    "ß İ ı ﬁ 𝒦 🕭 e\u0301 \u202e",
    "\ufeff\ufffe\u0001\u007f",
    "x" * 100_000,
)
UNSTORABLE = ("a\0b", "\0", "\ud800", "a\udfffb", "\udfff\ud800")


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def office(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SmallOffice]:
    """One for all: each text goes into rows of its own."""
    if request.param == "sqlite":
        small = SmallOffice(tmp_path_factory.mktemp("typed"))
        yield small
        small.close()
        return
    with on_the_server(request.getfixturevalue("pg_typed")) as small:
        yield small


@pytest.fixture(scope="module")
def pg_typed(pg_server: Any, pg_template: str) -> Iterator[Database]:
    from tests.postgres.fixtures import own_database

    with own_database(pg_server, pg_template) as database:
        yield database


def profile(office: SmallOffice, text: str) -> c.ClientProfile:
    """A new client with the text in every field."""
    client = Client(
        id=new_id(),
        family_name=f"x{text}x",
        given_name=text,
        number=f"{new_id().int % 10**18:018}",
        case_number=f"c{text}c",
        title=text,
        office_id=office.office.id,
        advisor_id=office.berger.id,
    )
    ids = {"client_id": client.id}
    return c.ClientProfile(
        client=client,
        address=ClientAddress(
            id=new_id(), street=text, postcode=text, town=text, care_of=text, country=text, **ids
        ),
        phones=(ClientPhone(id=new_id(), typed=f"1{text}", **ids),),
        emails=(ClientEmail(id=new_id(), address=f"a{text}", **ids),),
        representative=Representative(
            id=new_id(), family_name=f"r{text}", organisation=text, valid_from=LONG_AGO, **ids
        ),
        note=f"n{text}n",
    )


def stored(office: SmallOffice, kind: type[Any], client_id: Any) -> Any:
    return office.one(kind, client_id=client_id)


def as_it_was(record: Any, like: Any) -> bool:
    """The same but for what the database stamps."""
    stamps = {"version": like.version, "changed_at": like.changed_at, "changed_by": like.changed_by}
    return bool(replace(record, **stamps) == like)


def save_client(office: SmallOffice, text: str) -> c.ClientProfile:
    typed = profile(office, text)
    office.do(c.SaveClient(profile=typed))
    return typed


@pytest.mark.parametrize("text", TYPED, ids=range(len(TYPED)))
def test_every_field_of_a_client_holds_what_was_typed(office: SmallOffice, text: str) -> None:
    typed = save_client(office, text)
    client_id = typed.client.id
    client = office.one(Client, id=client_id)
    wanted = replace(
        typed.client,
        given_name=text.strip(),
    )
    assert as_it_was(client, wanted)
    for kind, record in (
        (ClientAddress, typed.address),
        (ClientPhone, typed.phones[0]),
        (ClientEmail, typed.emails[0]),
        (Representative, typed.representative),
    ):
        found = stored(office, kind, client_id)
        assert as_it_was(found, replace(record, **changed_by_program(found, kind)))
    assert stored(office, ClientNote, client_id).text == f"n{text}n"


def changed_by_program(found: Any, kind: type[Any]) -> dict[str, Any]:
    """What the program makes of a telephone number besides."""
    return {"e164": found.e164} if kind is ClientPhone else {}


@pytest.mark.parametrize("text", TYPED, ids=range(len(TYPED)))
def test_every_text_of_a_day_holds_what_was_typed(office: SmallOffice, text: str) -> None:
    """Purposes, notes, reasons, names of rooms and visitors, drafts."""
    some = f"a{text}z"
    # A visitor's name is one line, and no long one.
    name = " ".join(some[:60].replace("\x01", "").replace("\x7f", "").split())
    booked = office.booked(at(12, 9), client_id=None, visitor_name=name, purpose=some, phone=some)
    assert office.one(Appointment, id=booked.id).phone == some
    assert office.one(Participant, appointment_id=booked.id).visitor_name == name
    assert office.one(AppointmentPurpose, appointment_id=booked.id).text == some
    office.do(
        c.CancelAppointment(
            appointment_id=booked.id,
            version=booked.version,
            by_client=True,
            reason=ReasonCode.OTHER,
            text=some,
        )
    )
    assert any(each.text == some for each in office.all(ChangeReason))

    task_id = office.task(note=some)
    assert office.one(AttemptNote, call_task_id=task_id).text == some
    tried = office.do(
        c.RecordAttempt(
            client_id=office.kuhn.id,
            task_id=task_id,
            outcome=Outcome.NO_ANSWER,
            phone=some,
            note=some,
        )
    )
    assert office.one(AttemptNote, attempt_id=tried.result["attempt_id"]).text == some

    mode = office.do(
        c.SetMode(
            office_id=office.office.id,
            mode=Mode.CLOSED,
            valid_from=at(20, 0),
            source=ModeSource.LEAD_DECISION,
            reason=some,
        ),
        by=office.lead,
    )
    assert office.one(OperatingMode, id=mode.result["mode_id"]).reason == some

    room = replace(office.room, id=new_id(), name=some, equipment=some, notes=some)
    day = ClosingDay(id=new_id(), office_id=office.office.id, day=at(28, 0).date(), reason=some)
    office.do(c.SaveMasterData(records=(room, day)), by=office.lead)
    found = office.one(Room, id=room.id)
    assert (found.name, found.equipment, found.notes) == (some, some, some)
    assert office.one(ClosingDay, id=day.id).reason == some
    office.do(c.SaveMasterData(removed=(office.one(ClosingDay, id=day.id),)), by=office.lead)

    draft_id = new_id()
    office.do(
        c.SaveDraft(draft_id=draft_id, form="client", subject_id=None, content={some: [some]})
    )
    assert office.one(Draft, id=draft_id).content == {some: [some]}


@pytest.mark.parametrize("text", TYPED[:-1], ids=range(len(TYPED) - 1))
def test_a_search_takes_what_is_typed_word_for_word(office: SmallOffice, text: str) -> None:
    """Clients by their words, letters and the audit by every sign: none of them is a pattern."""
    typed = save_client(office, text)
    with office.view() as view:
        own = find_clients(view, typed.client.number or "").rows
        nowhere = find_clients(view, f"{text} nirgendwo")
        by_sign = outbox(view, office.office.id, text=text)
    assert typed.client.id in {row.id for row in own}
    assert nowhere.rows == ()
    assert not any((by_sign.to_print, by_sign.to_clarify, by_sign.to_post, by_sign.posted))

    reason = f"a{text}z{new_id().hex}"
    office.do(c.ViewBlockedAddress(client_id=office.kuhn.id, reason=reason))
    with office.view(office.administrator) as view:
        found = audit_page(view, AuditFilter(reason=reason), 50).rows
        others = audit_page(view, AuditFilter(reason=f"{reason}_"), 50).rows
        subject = audit_page(view, AuditFilter(subject=text), 50).rows
        field = audit_page(view, AuditFilter(field=text, object_kind=text), 50).rows
    assert [row.action for row in found] == [AuditAction.VIEW_BLOCKED]
    assert others == subject == field == ()
    assert office.all(AuditEvent, reason=reason)


@pytest.mark.parametrize("text", UNSTORABLE)
def test_what_no_database_keeps_is_refused_by_the_name_of_its_field(
    office: SmallOffice, text: str
) -> None:
    typed = profile(office, "gut")
    commands: dict[str, c.Command] = {
        "profile.client.family_name": c.SaveClient(
            profile=replace(typed, client=replace(typed.client, family_name=text))
        ),
        "profile.phones.0.typed": c.SaveClient(
            profile=replace(typed, phones=(replace(typed.phones[0], typed=text),))
        ),
        "profile.note": c.SaveClient(profile=replace(typed, note=text)),
        "purpose": office.booking(at(12, 9), purpose=text),
        "reason": c.ViewBlockedAddress(client_id=office.kuhn.id, reason=text),
        "records.0.name": c.SaveMasterData(records=(replace(office.room, name=text),)),
    }
    before = office.all(Client)
    for where, command in commands.items():
        with pytest.raises(Refused) as refusal:
            office.do(command, by=office.lead)
        assert [(p.code, p.where) for p in refusal.value.problems] == [("text_not_storable", where)]
    assert office.all(Client) == before


@pytest.mark.parametrize("text", UNSTORABLE)
def test_a_visitor_is_admitted_under_what_is_left_of_the_name(
    office: SmallOffice, text: str
) -> None:
    booking = office.booking(at(12, 14), client_id=None, visitor_name=f"Frau {text} Gast")
    receipt = office.do(booking)
    appointment = office.one(Appointment, id=receipt.result["appointment_id"])
    left = "".join(sign for sign in text if sign in "ab")
    name = office.one(Participant, appointment_id=appointment.id).visitor_name
    assert name.split() == f"Frau {left} Gast".split()
    office.undo(receipt)


@pytest.mark.parametrize("text", UNSTORABLE)
def test_a_draft_and_a_question_stand_everything(office: SmallOffice, text: str) -> None:
    """Nothing typed is lost, and a search finds nothing, or whatever the rest of it means."""
    draft_id = new_id()
    office.do(
        c.SaveDraft(draft_id=draft_id, form="client", subject_id=None, content={"name": text})
    )
    assert office.one(Draft, id=draft_id).content == {"name": text}
    with office.view() as view:
        found = find_clients(view, f"{text} Kuhn").rows
        assert {row.family_name for row in found} <= {"Kuhn"}
        outbox(view, office.office.id, text=text)
    with office.view(office.administrator) as view:
        audit_page(view, AuditFilter(subject=text, reason=text, field=text), 5)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.text(
        alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200
    )
)
def test_any_text_is_stored_as_it_was_typed(office: SmallOffice, text: str) -> None:
    typed = save_client(office, text)
    client = office.one(Client, id=typed.client.id)
    assert (client.family_name, client.title) == (f"x{text}x", text)
    assert stored(office, ClientNote, client.id).text == f"n{text}n"
    with office.view() as view:
        found = find_clients(view, client.number)
    assert client.id in {row.id for row in found.rows}
