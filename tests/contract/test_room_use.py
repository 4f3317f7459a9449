"""The room cycle and the visitors' numbers, whoever writes: the database has the last word."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from koba_desktop.domain.entities.appointments import Appointment, Participant
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.rooms import Refusal, RoomBooking, Visit
from koba_desktop.domain.errors import Refused, Taken
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    Channel,
    RefusalReason,
    Role,
    RoomBookingState,
    UrgencyCategory,
)
from koba_desktop.services.commands import Command
from koba_desktop.services.commands.door import AssignEmergency, EnterRoom
from koba_desktop.services.ids import new_id
from koba_desktop.storage.check import check
from tests.contract.house import HALF_HOUR, NINE, NOW, QUARTER, House
from tests.contract.programs import AnyStore
from tests.contract.test_racing_programs import PROGRAMS, race
from tests.unit.door_office import DoorOffice
from tests.unit.service_office import at

S = RoomBookingState
LATER = NINE + 2 * HALF_HOUR
DAY = date(2021, 4, 14)
IN_USE = [S.OCCUPIED, S.AIRING, S.CLEANING]


def keep(store: AnyStore, *records: Record) -> None:
    with store.writing(by=None, now=NOW) as uow:
        for record in records:
            uow.add(record)


def used(house: House, starts: datetime = NINE, **values: Any) -> RoomBooking:
    """A booking somebody went in for."""
    usual: dict[str, Any] = {"state": S.OCCUPIED, "occupied_at": starts}
    return house.booking(starts, **(usual | values))


def visit(house: House, code: str = "101", **values: Any) -> Visit:
    usual: dict[str, Any] = {"id": new_id(), "office_id": house.office.id, "day": DAY}
    return Visit(**(usual | {"code": code} | values))


def broken_rule(store: AnyStore, *records: Record) -> str:
    with pytest.raises(Refused) as caught:
        keep(store, *records)
    return str(caught.value.problems[0].params.get("rule", caught.value.code))


def by_hand(store: AnyStore, statement: str, *given: object) -> None:
    """Past the program: whatever tool somebody opens the database with."""
    if store.engine.dialect.name == "postgresql":
        statement = statement.replace("?", "%s")
    with store.engine.begin() as connection:
        connection.exec_driver_sql(statement, given)


# --- one use a place ------------------------------------------------------------------------------


@pytest.mark.parametrize("first", IN_USE)
@pytest.mark.parametrize("second", IN_USE)
def test_a_place_is_in_use_once(
    store: AnyStore, house: House, first: RoomBookingState, second: RoomBookingState
) -> None:
    """Though their times do not overlap: who is late is still in there."""
    keep(store, used(house, state=first))
    with pytest.raises(Taken) as caught:
        keep(store, used(house, LATER, state=second))
    assert caught.value.code == "place_in_use"
    params = caught.value.problems[0].params
    assert (params["room"], params["starts"]) == ("R 1.04", NINE)
    keep(store, used(house, LATER, state=second, place=1))
    assert check(store) == []


def test_a_place_that_is_free_again_is_used_again(store: AnyStore, house: House) -> None:
    over = used(house, state=S.FREE, active=False, vacated_at=NINE + QUARTER)
    keep(store, over, used(house))
    assert len(store_rows(store, RoomBooking)) == 2


def test_nobody_goes_in_while_somebody_is(store: AnyStore, house: House) -> None:
    coming = house.booking(LATER)
    keep(store, used(house), coming)
    with store.reading() as reader:
        stored = reader.get(RoomBooking, coming.id)
    with pytest.raises(Taken) as caught, store.writing(by=None, now=NOW) as uow:
        uow.update(replace(stored, state=S.OCCUPIED, occupied_at=LATER))
    assert caught.value.code == "place_in_use"


def test_two_uses_are_refused_by_hand_too(store: AnyStore, house: House) -> None:
    coming = house.booking(LATER)
    keep(store, used(house), coming)
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        by_hand(
            store,
            "update room_booking set state = 'occupied', occupied_at = starts,"
            " version = version + 1 where id = ?",
            coming.id.hex,
        )
    with pytest.raises(IntegrityError, match="place_taken"):
        by_hand(
            store,
            "insert into room_booking select ?, 1, changed_at, changed_by, place_id, office_id,"
            " appointment_id, use, starts, ends, blocked_until, persons, 'reserved', active, null,"
            " null, null, null, reason, note, initials from room_booking where id = ?",
            new_id().hex,
            coming.id.hex,
        )


# --- in their order -------------------------------------------------------------------------------


@pytest.mark.parametrize("state", IN_USE)
def test_nothing_is_in_use_that_nobody_entered(
    store: AnyStore, house: House, state: RoomBookingState
) -> None:
    assert broken_rule(store, used(house, state=state, occupied_at=None)) == "entered_before_used"


def test_nobody_leaves_before_somebody_enters(store: AnyStore, house: House) -> None:
    rule = "entered_before_vacated"
    never_in = house.booking(vacated_at=NINE)
    assert broken_rule(store, never_in) == rule
    backwards = used(house, state=S.AIRING, vacated_at=NINE - timedelta(minutes=1))
    assert broken_rule(store, backwards) == rule
    keep(store, used(house, state=S.AIRING, vacated_at=NINE))
    with pytest.raises(IntegrityError, match=rule):
        by_hand(
            store,
            "update room_booking set occupied_at = ends, version = version + 1",
        )


def test_a_state_and_whether_it_blocks_go_together(store: AnyStore, house: House) -> None:
    assert broken_rule(store, house.booking(state=S.RELEASED, active=True)) == "active"
    keep(store, used(house))
    with pytest.raises(IntegrityError, match="active"):
        by_hand(store, "update room_booking set state = 'free', version = version + 1")


def test_a_pause_never_ends_before_the_use(store: AnyStore, house: House) -> None:
    assert broken_rule(store, house.booking(pause=-QUARTER)) == "span"
    assert broken_rule(store, house.booking(ends=NINE, blocked_until=NINE)) == "span"


def test_by_hand_no_version_is_skipped(store: AnyStore, house: House) -> None:
    keep(store, used(house))
    with pytest.raises(IntegrityError, match="version_skipped"):
        by_hand(store, "update room_booking set initials = 'XX'")


# --- visitors' numbers ----------------------------------------------------------------------------


def test_a_number_is_given_once_a_day_and_office(store: AnyStore, house: House) -> None:
    other = replace(house.office, id=new_id(), name="Regionalstelle Quedlinburg")
    assert isinstance(other, Office)
    keep(
        store,
        other,
        visit(house),
        visit(house, "102"),
        visit(house, day=date(2021, 4, 15)),
        visit(house, office_id=other.id),
    )
    with pytest.raises(Refused) as caught:
        keep(store, visit(house))
    assert caught.value.code == "already_exists"
    # A number that was called off stays given, so that nobody is called by another's.
    gone = visit(house, "103", withdrawn_at=NOW)
    keep(store, gone)
    with pytest.raises(Refused):
        keep(store, visit(house, "103"))


def test_a_second_visitor_with_a_number_is_refused_by_hand_too(
    store: AnyStore, house: House
) -> None:
    keep(store, visit(house), visit(house, "102"))
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        by_hand(store, "update visit set code = '101', version = version + 1 where code = '102'")


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"code": ""}, "code"),
        ({"companions": -1}, "companions"),
        ({"entered_at": NINE}, "arrived_first"),
        ({"left_at": NINE}, "arrived_first"),
        (
            {"arrived_at": NINE, "entered_at": NINE, "left_at": NINE - timedelta(minutes=1)},
            "order",
        ),
    ],
)
def test_a_visit_makes_sense_or_is_not_kept(
    store: AnyStore, house: House, values: dict[str, Any], rule: str
) -> None:
    assert broken_rule(store, visit(house, **values)) == rule


def test_refusals_are_only_ever_added(store: AnyStore, house: House) -> None:
    refusal = Refusal(id=new_id(), office_id=house.office.id, code=RefusalReason.NOT_URGENT)
    keep(store, refusal)
    for statement in ("update refusal set code = 'declined'", "delete from refusal"):
        with pytest.raises(IntegrityError, match="append_only"):
            by_hand(store, statement)
    with pytest.raises(IntegrityError, match="code_word"):
        by_hand(
            store,
            "insert into refusal select ?, created_at, created_by, appointment_id, office_id,"
            " room_id, 'felt_like_it' from refusal",
            new_id().hex,
        )


def store_rows(store: AnyStore, kind: type[Any]) -> list[Any]:
    with store.reading() as reader:
        return list(reader.find(kind))


# --- three programs at the same door --------------------------------------------------------------


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DoorOffice]:
    """With a third advisor: the lead."""
    door = DoorOffice(tmp_path)
    door.put(door.role(door.lead, Role.ADVISOR))
    yield door
    door.close()


@pytest.mark.process
def test_of_programs_that_want_the_last_room_one_gets_it_and_the_others_are_told(
    office: DoorOffice,
) -> None:
    people = zip(
        (office.kuhn, office.hartwig, office.noack),
        (office.berger, office.lindner, office.lead),
        strict=True,
    )
    wanted = [
        AssignEmergency(
            office_id=office.office.id,
            advisor_id=advisor.id,
            channel=Channel.IN_PERSON,
            starts=at(1, 9, 15),
            ends=at(1, 9, 45),
            category=UrgencyCategory.HOUSING,
            client_id=client.id,
            place_id=office.place.id,
        )
        for client, advisor in people
    ]
    answers = race(office, *([command] for command in wanted))
    outcomes = Counter(what for ((what, _),) in answers)
    assert outcomes == {"booked": 1, "place_taken": PROGRAMS - 1}
    # Of those who were too late nothing stays behind: no appointment, no visitor, no number.
    assert len(office.all(Appointment)) == len(office.all(Participant)) == 1
    assert [v.code for v in office.all(Visit)] == ["101"]
    assert len(office.all(RoomBooking)) == 1
    assert check(office.store) == []


@pytest.mark.process
def test_of_programs_that_admit_somebody_each_gives_a_number_of_its_own(
    office: DoorOffice,
) -> None:
    people = zip(
        (office.kuhn, office.hartwig, office.noack),
        (office.berger, office.lindner, office.lead),
        (office.place, office.large_place, office.stale_place),
        strict=True,
    )
    wanted: list[list[Command]] = [
        [
            AssignEmergency(
                office_id=office.office.id,
                advisor_id=advisor.id,
                channel=Channel.IN_PERSON,
                starts=at(1, 9 + hour, 15),
                ends=at(1, 9 + hour, 45),
                category=UrgencyCategory.ENERGY,
                client_id=client.id,
                place_id=place.id,
            )
            for hour in range(5)
        ]
        for client, advisor, place in people
    ]
    answers = race(office, *wanted)
    assert {what for of_program in answers for what, _ in of_program} == {"booked"}
    codes = sorted(int(v.code) for v in office.all(Visit))
    assert codes == list(range(101, 101 + 5 * PROGRAMS))
    assert check(office.store) == []


@pytest.mark.process
def test_of_programs_that_open_the_same_door_one_enters(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 15))
    use = office.use(coming)
    wanted = [EnterRoom(booking_id=use.id, version=use.version) for _ in range(PROGRAMS)]
    outcomes = Counter(what for ((what, _),) in race(office, *([command] for command in wanted)))
    assert outcomes == {"booked": 1, "conflict": PROGRAMS - 1}
    assert office.state(coming) is S.OCCUPIED
    assert office.appointment(coming).state is AppointmentState.IN_PROGRESS
    assert office.use(coming).version == use.version + 1
