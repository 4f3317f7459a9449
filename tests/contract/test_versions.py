"""Nobody overwrites what somebody else has written, and history is never rewritten."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from koba_desktop.domain.entities.appointments import AppointmentChange, AppointmentPurpose
from koba_desktop.domain.entities.bookkeeping import AuditEvent, ExecutedCommand
from koba_desktop.domain.entities.clients import Client, ClientPhone
from koba_desktop.domain.entities.contacts import ContactAttempt
from koba_desktop.domain.entities.letters import Template, TemplateReview, TemplateVersion
from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.domain.errors import Conflict, NotFound, Refused
from koba_desktop.domain.records import Appended, Record
from koba_desktop.domain.vocabulary import (
    AuditAction,
    ChangeKind,
    Direction,
    LetterKind,
    Mode,
    ModeSource,
    Outcome,
)
from koba_desktop.services.ids import new_id
from koba_desktop.services.ports import After, AnyOf, Before, From
from koba_desktop.storage.tables import TABLES
from tests.contract.house import NINE, NOW, QUARTER, House
from tests.contract.programs import AnyStore


def test_rows_are_stamped_by_the_transaction(store: AnyStore, house: House) -> None:
    berger = house.advisors[0]
    with store.writing(by=berger.id, now=NOW + QUARTER) as uow:
        client = uow.get(Client, house.clients[0].id)
        changed = uow.update(replace(client, given_name="Marlies-Ute"))
    assert (changed.version, changed.changed_at, changed.changed_by) == (
        2,
        NOW + QUARTER,
        berger.id,
    )
    with store.reading() as reader:
        assert reader.get(Client, client.id) == changed


def test_a_stale_change_is_a_conflict_that_says_who_and_what(store: AnyStore, house: House) -> None:
    hofmann = house.advisors[1]
    with store.reading() as reader:
        mine = reader.get(Client, house.clients[0].id)
    with store.writing(by=hofmann.id, now=NOW + QUARTER) as uow:
        theirs = uow.update(replace(mine, given_name="Marlis"))
    with pytest.raises(Conflict) as caught, store.writing(by=None, now=NOW) as uow:
        uow.update(replace(mine, given_name="Marliese"))
    assert caught.value.theirs == theirs
    params = caught.value.problems[0].params
    assert (params["kind"], params["changed_by"], params["changed_at"]) == (
        "Client",
        hofmann.id,
        NOW + QUARTER,
    )


def test_changing_a_removed_row_is_a_conflict_without_theirs(store: AnyStore, house: House) -> None:
    phone = ClientPhone(id=new_id(), client_id=house.clients[0].id, typed="0176 04069118")
    with store.writing(by=None, now=NOW) as uow:
        phone = uow.add(phone)
        uow.remove(phone)
    with pytest.raises(Conflict) as caught, store.writing(by=None, now=NOW) as uow:
        uow.update(phone)
    assert caught.value.theirs is None


def test_a_number_taken_off_leaves_the_attempts_made_on_it(store: AnyStore, house: House) -> None:
    client = house.clients[0]
    phone = ClientPhone(id=new_id(), client_id=client.id, typed="0176 04069118")
    attempt = ContactAttempt(
        id=new_id(),
        call_task_id=None,
        client_id=client.id,
        staff_id=house.advisors[0].id,
        office_id=house.office.id,
        at=NOW,
        direction=Direction.OUT,
        outcome=Outcome.BUSY,
        phone=phone.typed,
        phone_id=phone.id,
    )
    with store.writing(by=None, now=NOW) as uow:
        stored = uow.add(phone)
        uow.add(attempt)
        uow.remove(stored)
    with store.reading() as reader:
        assert reader.get(ContactAttempt, attempt.id).phone_id is None


def _write(store: AnyStore, *records: Record) -> None:
    with store.writing(by=None, now=NOW) as uow:
        for record in records:
            uow.add(record)


def test_nothing_is_written_when_the_transaction_fails(store: AnyStore, house: House) -> None:
    nameless = Client(id=new_id(), family_name="", office_id=house.office.id)
    with pytest.raises(Refused):
        _write(store, house.appointment(), nameless)
    with store.reading() as reader:
        assert reader.appointments_between(house.office.id, NINE, NINE + QUARTER) == []


def test_a_command_is_kept_once(store: AnyStore, house: House) -> None:
    command = ExecutedCommand(id=new_id(), name="BookAppointment", result={"reference": "K7M49QXR"})
    with store.writing(by=None, now=NOW) as uow:
        first = uow.add(command)
    with pytest.raises(Conflict) as caught:
        _write(store, house.appointment(), replace(command, result={"reference": "other"}))
    assert caught.value.theirs == first


def test_a_client_number_belongs_to_one_person(store: AnyStore, house: House) -> None:
    def numbered(name: str) -> Client:
        return Client(id=new_id(), family_name=name, number="118274", office_id=house.office.id)

    with pytest.raises(Refused) as caught:
        _write(store, numbered("Kuhn"), numbered("Rau"))
    problem = caught.value.problems[0]
    assert (problem.code, problem.where) == ("already_exists", "number")


def test_a_client_needs_one_of_two_names(store: AnyStore, house: House) -> None:
    nameless = Client(id=new_id(), family_name="", office_id=house.office.id)
    with pytest.raises(Refused) as caught, store.writing(by=None, now=NOW) as uow:
        uow.add(nameless)
    assert caught.value.problems[0].params["rule"] == "name"


def _history(house: House) -> list[Record]:
    appointment = house.appointment()
    template = Template(id=new_id(), kind=LetterKind.PLEASE_CALL)
    version = TemplateVersion(
        id=new_id(),
        template_id=template.id,
        number=1,
        blocks={"subject": "Bitte rufen Sie an"},
        valid_from=date(2021, 1, 1),
    )
    return [
        appointment,
        template,
        AppointmentChange(
            id=new_id(),
            appointment_id=appointment.id,
            kind=ChangeKind.CREATED,
            before={},
            after={"state": "confirmed"},
        ),
        version,
        TemplateReview(
            id=new_id(),
            template_version_id=version.id,
            reviewed_by="Jane Doe",
            reviewed_on=date(2021, 1, 1),
        ),
        OperatingMode(
            id=new_id(),
            office_id=house.office.id,
            mode=Mode.CLOSED,
            valid_from=NOW,
            source=ModeSource.LEAD_DECISION,
            reason="Regelung vom 29.03.2021",
        ),
        AuditEvent(
            id=new_id(), action=AuditAction.CREATE, object_kind="Client", object_id=new_id()
        ),
        ExecutedCommand(id=new_id(), name="SetMode", result={}),
    ]


def _by_hand(store: AnyStore, statement: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(sa.text(statement))


def test_history_is_only_added_to_even_by_hand(store: AnyStore, house: House) -> None:
    with store.writing(by=None, now=NOW) as uow:
        uow.add_all(_history(house))
    kinds = [type(record) for record in _history(house) if isinstance(record, Appended)]
    for name in [TABLES[kind].name for kind in kinds]:
        for statement in (f"update {name} set id = id", f"delete from {name}"):
            with pytest.raises(DBAPIError, match=r"append_only|permission denied"):
                _by_hand(store, statement)


def test_a_change_by_hand_must_count_the_version_up(store: AnyStore, house: House) -> None:
    with pytest.raises(IntegrityError, match="version_skipped"):
        _by_hand(store, "update client set family_name = 'Rau'")
    _by_hand(store, "update client set family_name = 'Rau', version = version + 1")


def test_what_is_not_there_is_not_found(store: AnyStore) -> None:
    with store.reading() as reader, pytest.raises(NotFound):
        reader.get(Client, new_id())


@pytest.mark.parametrize(
    ("condition", "hours"),
    [
        ({"starts": Before(NINE + QUARTER)}, [0]),
        ({"starts": After(NINE)}, [1, 2]),
        ({"starts": From(NINE + timedelta(hours=1))}, [1, 2]),
        ({"starts": AnyOf.of([NINE, NINE + timedelta(hours=2)])}, [0, 2]),
        ({"starts": AnyOf(())}, []),
        ({"urgency_category": None}, [0, 1, 2]),
        ({"starts": NINE, "version": 1}, [0]),
    ],
)
def test_records_are_found_by_conditions(
    store: AnyStore, house: House, condition: dict[str, Any], hours: list[int]
) -> None:
    made = [house.appointment(NINE + timedelta(hours=hour)) for hour in range(3)]
    with store.writing(by=None, now=NOW) as uow:
        uow.add_all(made)
    with store.reading() as reader:
        found = reader.find(type(made[0]), order_by="starts", **condition)
        backwards = reader.find(type(made[0]), order_by="-starts", limit=1)
    assert [a.starts for a in found] == [NINE + timedelta(hours=hour) for hour in hours]
    assert [a.id for a in backwards] == [made[2].id]


def test_a_reader_sees_one_state_of_the_office(store: AnyStore, house: House) -> None:
    with store.reading() as reader:
        before = reader.find(AppointmentPurpose)
        with store.writing(by=None, now=NOW) as uow:
            appointment = uow.add(house.appointment())
            uow.add(AppointmentPurpose(id=new_id(), appointment_id=appointment.id, text="Umzug"))
        assert reader.find(AppointmentPurpose) == before == []
    with store.reading() as reader:
        assert len(reader.find(AppointmentPurpose)) == 1


def test_instants_come_back_to_the_microsecond_in_utc(store: AnyStore, house: House) -> None:
    exact = datetime(2021, 10, 31, 1, 59, 59, 999_999, tzinfo=UTC)
    appointment = house.appointment(exact)
    with store.writing(by=None, now=NOW) as uow:
        uow.add(appointment)
    with store.reading() as reader:
        stored = reader.get(type(appointment), appointment.id)
    assert stored.starts == exact
    assert stored.starts.tzinfo is UTC
