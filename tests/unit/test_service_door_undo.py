"""Every command at the door can be taken back and done again, and leaves nothing in the way."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from koba_desktop.domain.entities.appointments import Appointment, Participant
from koba_desktop.domain.entities.contacts import CallTask
from koba_desktop.domain.entities.rooms import Refusal, RoomBooking, Visit
from koba_desktop.domain.errors import Conflict, Taken
from koba_desktop.domain.vocabulary import (
    Channel,
    ReasonCode,
    RefusalReason,
    RoomBookingState,
    RoomUse,
    UrgencyCategory,
    VisitResult,
)
from koba_desktop.services.commands.door import (
    ArriveVisitor,
    AssignEmergency,
    AssignPlace,
    CallAdvisor,
    CloseRoom,
    LeaveWaiting,
    MoveBooking,
    PassedOver,
    RefuseVisit,
    ReopenRoom,
)
from koba_desktop.services.execution import Receipt
from koba_desktop.services.work import content
from koba_desktop.storage.check import check
from tests.unit.door_office import DoorOffice
from tests.unit.service_office import at

S = RoomBookingState
KINDS = (Appointment, Participant, Visit, RoomBooking, CallTask)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DoorOffice]:
    door = DoorOffice(tmp_path)
    yield door
    door.close()


Rows = dict[UUID, dict[str, Any]]


def rows(office: DoorOffice) -> Rows:
    return {row.id: content(row) for kind in KINDS for row in office.all(kind)}


def blocks(row: dict[str, Any]) -> bool:
    """Whether a row still takes somebody's time, is still expected or to be done."""
    if "active" in row:
        return bool(row["active"])
    return row["withdrawn_at"] is None


# --- what is done, each with what must have gone before -------------------------------------------


def inside(office: DoorOffice, hour: int = 9, minute: int = 15, **values: Any) -> Appointment:
    appointment = office.visit(at(1, hour, minute), **values)
    office.clock.set(at(1, hour, minute))
    office.enter(appointment)
    return appointment


def next_one(office: DoorOffice, hour: int, minute: int) -> Appointment:
    return office.visit(at(1, hour, minute), client=office.hartwig, by=office.lindner)


def arriving(office: DoorOffice) -> Receipt:
    coming = office.visit(at(1, 9, 30))
    command = ArriveVisitor(appointment_id=coming.id, version=coming.version, companions=1)
    return office.do(command, by=office.reception)


def calling(office: DoorOffice) -> Receipt:
    arriving(office)
    visit = office.one(Visit)
    return office.do(CallAdvisor(visit_id=visit.id, version=visit.version), by=office.reception)


def leaving_without_a_talk(office: DoorOffice) -> Receipt:
    arriving(office)
    visit = office.one(Visit)
    return office.do(LeaveWaiting(visit_id=visit.id, version=visit.version), by=office.reception)


def entering(office: DoorOffice) -> Receipt:
    return office.enter(office.visit(at(1, 9, 30)))


def entering_after_another(office: DoorOffice) -> Receipt:
    """The use before becomes free by the entry."""
    first = inside(office)
    office.clock.set(at(1, 9, 45))
    office.vacate(first)
    second = next_one(office, 10, 1)
    office.clock.set(at(1, 10, 2))
    return office.enter(second)


def entering_before_a_closure(office: DoorOffice) -> Receipt:
    appointment = office.visit(at(1, 9, 15))
    closing(office, 9, 50)
    office.clock.set(at(1, 9, 14))
    return office.enter(appointment)


def vacating(office: DoorOffice) -> Receipt:
    appointment = inside(office, urgent=True)
    office.clock.set(at(1, 9, 40))
    return office.vacate(appointment, result=VisitResult.SETTLED)


def overrunning_and_pushing(office: DoorOffice) -> Receipt:
    first = inside(office)
    next_one(office, 10, 5)
    office.clock.set(at(1, 9, 58))
    receipt = office.vacate(first)
    assert receipt.result["pushed"]
    return receipt


def overrunning_and_moving(office: DoorOffice) -> Receipt:
    first = inside(office)
    next_one(office, 10, 5)
    office.clock.set(at(1, 10, 6))
    receipt = office.vacate(first)
    assert receipt.result["moved"]
    return receipt


def overrunning_into_a_closure(office: DoorOffice) -> Receipt:
    first = inside(office)
    closing(office, 10, 1)
    office.clock.set(at(1, 10, 5))
    return office.vacate(first)


def airing(office: DoorOffice) -> Receipt:
    appointment = inside(office, place=office.large_place)
    office.clock.set(at(1, 9, 45))
    office.vacate(appointment)
    office.clock.set(at(1, 9, 50))
    return office.aired(appointment)


def cleaning(office: DoorOffice) -> Receipt:
    appointment = inside(office, place=office.large_place)
    office.clock.set(at(1, 9, 45))
    office.vacate(appointment)
    office.clock.set(at(1, 9, 50))
    return office.cleaned(appointment)


def moving_a_booking(office: DoorOffice) -> Receipt:
    use = office.use(office.visit(at(1, 9, 30)))
    command = MoveBooking(
        booking_id=use.id, version=use.version, place_id=office.large_place.id, starts=at(1, 10)
    )
    return office.do(command, by=office.reception)


def moving_a_talk(office: DoorOffice) -> Receipt:
    use = office.use(inside(office))
    office.clock.set(at(1, 9, 20))
    command = MoveBooking(booking_id=use.id, version=use.version, place_id=office.large_place.id)
    return office.do(command, by=office.reception)


def giving_a_place(office: DoorOffice) -> Receipt:
    first = inside(office)
    coming = next_one(office, 10, 5)
    for room in (office.large, office.stale):
        closing(office, 9, 15, room_id=room.id, ends=at(1, 16))
    office.clock.set(at(1, 10, 6))
    office.vacate(first)
    version = office.appointment(coming).version
    command = AssignPlace(appointment_id=coming.id, version=version, now=True)
    return office.do(command, by=office.reception)


def closing(office: DoorOffice, hour: int = 9, minute: int = 12, **values: Any) -> Receipt:
    usual: dict[str, Any] = {
        "room_id": office.room.id,
        "use": RoomUse.MAINTENANCE,
        "starts": at(1, hour, minute),
        "ends": at(1, hour + 1),
        "reason": ReasonCode.DEFECT,
    }
    return office.do(CloseRoom(**(usual | values)), by=office.reception)


def closing_where_somebody_comes(office: DoorOffice) -> Receipt:
    office.visit(at(1, 9, 30))
    receipt = closing(office)
    assert receipt.result["moved"]
    return receipt


def closing_where_somebody_is(office: DoorOffice) -> Receipt:
    inside(office)
    office.clock.set(at(1, 9, 20))
    receipt = closing(office, 9, 20)
    assert receipt.result["moved"]
    return receipt


def closing_while_it_is_aired(office: DoorOffice) -> Receipt:
    appointment = inside(office)
    office.clock.set(at(1, 9, 45))
    office.vacate(appointment)
    return closing(office, 9, 45, ends=at(1, 9, 50))


def reopening(office: DoorOffice) -> Receipt:
    closing(office)
    office.clock.set(at(1, 9, 30))
    return office.do(ReopenRoom(room_id=office.room.id), by=office.reception)


def reopening_before(office: DoorOffice) -> Receipt:
    office.visit(at(1, 9, 15))
    closing(office, 9, 50)
    return office.do(ReopenRoom(room_id=office.room.id), by=office.reception)


def an_emergency(office: DoorOffice) -> Receipt:
    command = AssignEmergency(
        office_id=office.office.id,
        advisor_id=office.berger.id,
        channel=Channel.IN_PERSON,
        starts=at(1, 9, 15),
        ends=at(1, 9, 45),
        category=UrgencyCategory.NO_MONEY,
        client_id=office.kuhn.id,
        place_id=office.large_place.id,
        passed_over=(PassedOver(room_id=office.room.id, code=RefusalReason.ANOTHER_CHOSEN),),
    )
    return office.do(command, by=office.reception)


DEEDS = [
    arriving,
    calling,
    leaving_without_a_talk,
    entering,
    entering_after_another,
    entering_before_a_closure,
    vacating,
    overrunning_and_pushing,
    overrunning_and_moving,
    overrunning_into_a_closure,
    airing,
    cleaning,
    moving_a_booking,
    moving_a_talk,
    giving_a_place,
    closing,
    closing_where_somebody_comes,
    closing_where_somebody_is,
    closing_while_it_is_aired,
    reopening,
    reopening_before,
    an_emergency,
]


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_taking_back_restores_everything_and_doing_again_repeats_it(
    office: DoorOffice, deed: Callable[[DoorOffice], Receipt], monkeypatch: pytest.MonkeyPatch
) -> None:
    before: Rows = {}
    do = office.do

    def remembering(*given: Any, **named: Any) -> Receipt:
        before.clear()
        before.update(rows(office))
        return do(*given, **named)

    monkeypatch.setattr(office, "do", remembering)
    receipt = deed(office)
    monkeypatch.undo()
    after = rows(office)
    assert after != before
    back = office.undo(receipt)
    restored = rows(office)
    assert {row_id: restored[row_id] for row_id in before} == before
    made = restored.keys() - before.keys()
    assert not any(blocks(restored[row_id]) for row_id in made)
    assert check(office.store) == []
    office.undo(back)
    assert rows(office) == after
    assert check(office.store) == []


def test_what_was_refused_stays_on_record(office: DoorOffice) -> None:
    office.undo(an_emergency(office))
    assert len(office.all(Refusal)) == 1
    command = RefuseVisit(office_id=office.office.id, code=RefusalReason.NOT_URGENT)
    assert office.do(command, by=office.reception).undo is None


def test_what_somebody_else_has_taken_meanwhile_is_not_taken_from_them(office: DoorOffice) -> None:
    receipt = closing_where_somebody_comes(office)
    office.do(ReopenRoom(room_id=office.room.id), by=office.reception)
    next_one(office, 9, 30)
    with pytest.raises((Taken, Conflict)):
        office.undo(receipt)


def test_a_step_is_not_taken_back_once_the_next_was_taken(office: DoorOffice) -> None:
    appointment = office.visit(at(1, 9, 30))
    receipt = office.enter(appointment)
    office.clock.set(at(1, 9, 40))
    office.vacate(appointment)
    with pytest.raises(Conflict):
        office.undo(receipt)
    assert office.state(appointment) is S.AIRING


def test_a_visitors_number_given_to_another_meanwhile_is_replaced(office: DoorOffice) -> None:
    """The visit moved to another day, its number was free again, and the move is taken back."""
    appointment = office.visit(at(1, 11))
    use = office.use(appointment)
    moved = office.do(
        MoveBooking(
            booking_id=use.id, version=use.version, place_id=office.place.id, starts=at(6, 11)
        ),
        by=office.reception,
    )
    other = office.visit(at(1, 12), client=office.hartwig)
    assert office.visit_of(other).code == "101"
    office.undo(moved)
    assert office.visit_of(appointment).day == at(1, 11).date()
    assert office.visit_of(appointment).code == "102"
