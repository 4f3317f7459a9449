"""Who comes with more than were planned, and who goes without a talk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.rooms import Place, Visit
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    Channel,
    LetterKind,
    LetterState,
    ReasonCode,
    RoomUse,
    VisitNeed,
)
from koba_desktop.services.commands import CancelAppointment, Override, SetAppointmentState
from koba_desktop.services.commands.door import (
    ArriveVisitor,
    AssignPlace,
    CallAdvisor,
    CheckVisitor,
    CloseRoom,
    LeaveWaiting,
    MoveBooking,
)
from koba_desktop.services.reception.page import reception_page
from koba_desktop.services.rows import ArrivalRow
from tests.unit.door_office import DoorOffice
from tests.unit.service_office import at


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DoorOffice]:
    door = DoorOffice(tmp_path)
    yield door
    door.close()


def arrive(office: DoorOffice, appointment: Appointment, companions: int | None = None) -> Visit:
    version = office.appointment(appointment).version
    command = ArriveVisitor(appointment_id=appointment.id, version=version, companions=companions)
    office.do(command, by=office.reception)
    return office.visit_of(appointment)


def waiting(office: DoorOffice) -> ArrivalRow:
    with office.view(office.reception) as view:
        (row,) = reception_page(view, office.office.id).waiting
    return row


# --- as many as have come -------------------------------------------------------------------------


def test_the_room_is_for_as_many_as_have_come(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 30))
    visit = arrive(office, coming, companions=1)
    assert (office.use(coming).persons, waiting(office).persons) == (3, 3)
    check = CheckVisitor(
        visit_id=visit.id, version=visit.version, companions=0, needs=(), checked=()
    )
    office.do(check, by=office.reception)
    assert office.use(coming).persons == 2


def test_as_many_as_planned_change_nothing(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 30), place=office.large_place, persons=3)
    before = office.use(coming)
    arrive(office, coming)
    assert office.use(coming) == before


def test_another_room_must_hold_all_who_have_come(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 30), place=office.large_place)
    arrive(office, coming, companions=1)
    use = office.use(coming)
    move = MoveBooking(booking_id=use.id, version=use.version, place_id=office.place.id)
    with pytest.raises(Refused) as caught:
        office.do(move, by=office.reception)
    assert caught.value.problems[0].params["persons"] == 3


def test_who_waits_without_a_place_needs_one_for_all(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 30), place=office.large_place)
    arrive(office, coming, companions=1)
    close = CloseRoom(
        room_id=office.large.id,
        use=RoomUse.MAINTENANCE,
        starts=at(1, 9, 12),
        ends=at(1, 10),
        reason=ReasonCode.DEFECT,
    )
    assert office.do(close, by=office.reception).result["displaced"] == [coming.id]
    assert (waiting(office).booking_id, waiting(office).persons) == (None, 3)
    version = office.appointment(coming).version
    give = AssignPlace(appointment_id=coming.id, version=version, now=True)
    office.do(give, by=office.reception)
    assert (office.use(coming).place_id, office.use(coming).starts) == (
        office.large_place.id,
        at(1, 10),
    )


def test_fewer_than_nobody_cannot_come(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 30))
    before = office.use(coming), office.visit_of(coming), office.appointment(coming)
    with pytest.raises(Refused):
        arrive(office, coming, companions=-1)
    assert (office.use(coming), office.visit_of(coming), office.appointment(coming)) == before


# --- without a talk -------------------------------------------------------------------------------


@pytest.mark.parametrize("leaves", [True, False])
def test_of_who_was_missed_no_letter_is_printed_any_more(office: DoorOffice, leaves: bool) -> None:
    """Whether the visitor left the hall or the calendar says that nobody came."""
    too_early = Override(codes=frozenset({"too_early_by_post"}), reason=ReasonCode.CLIENT_ASKED)
    coming = office.visit(at(1, 9, 30), letter=LetterKind.PERSONAL, override=too_early)
    visit = arrive(office, coming)
    if leaves:
        office.do(LeaveWaiting(visit_id=visit.id, version=visit.version), by=office.reception)
    else:
        version = office.appointment(coming).version
        missed = AppointmentState.MISSED
        office.do(SetAppointmentState(appointment_id=coming.id, version=version, state=missed))
    assert office.appointment(coming).state is AppointmentState.MISSED
    assert office.one(Letter).state is LetterState.VOID


# --- another place for who is here ----------------------------------------------------------------


def test_who_waits_can_be_sent_outside_and_in_again(office: DoorOffice) -> None:
    """The visitor is told at the desk: nothing is to be admitted or written anew."""
    coming = office.visit(at(1, 9, 30))
    arrive(office, coming)

    def move(place: Place) -> None:
        use = office.use(coming)
        command = MoveBooking(booking_id=use.id, version=use.version, place_id=place.id)
        office.do(command, by=office.reception)

    move(office.yard_places[1])
    assert office.appointment(coming).channel is Channel.OUTDOORS
    assert office.use(coming).blocked_until == at(1, 10)
    move(office.place)
    assert office.appointment(coming).channel is Channel.IN_PERSON
    assert office.use(coming).blocked_until == at(1, 10, 16)
    assert office.rooms_before_and_after(coming) == [("R 1.04", "Hof 1"), ("Hof 1", "R 1.04")]
    assert office.appointment(coming).starts == at(1, 9, 30)


def test_who_waits_for_something_confidential_is_not_sent_outside(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 30), needs=(VisitNeed.CONFIDENTIAL,))
    arrive(office, coming)
    use = office.use(coming)
    command = MoveBooking(booking_id=use.id, version=use.version, place_id=office.yard_places[0].id)
    with pytest.raises(Refused) as caught:
        office.do(command, by=office.reception)
    assert caught.value.code == "not_confidential"
    assert office.appointment(coming).channel is Channel.IN_PERSON


def test_the_agreed_time_of_who_waits_stays(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 30))
    arrive(office, coming)
    use = office.use(coming)
    command = MoveBooking(
        booking_id=use.id, version=use.version, place_id=office.place.id, starts=at(1, 11)
    )
    with pytest.raises(Refused) as caught:
        office.do(command, by=office.reception)
    assert caught.value.code == "appointment_not_movable"


def test_a_place_given_for_now_keeps_its_time_in_another_room(office: DoorOffice) -> None:
    """Who was without a place at 9:30 got one for 10:00; it moves with that time."""
    coming = office.visit(at(1, 9, 30), place=office.large_place)
    arrive(office, coming)
    for room, until in (
        (office.large, at(1, 10)),
        (office.stale, at(1, 12)),
        (office.room, at(1, 10)),
    ):
        close = CloseRoom(
            room_id=room.id,
            use=RoomUse.MAINTENANCE,
            starts=at(1, 9, 12),
            ends=until,
            reason=ReasonCode.DEFECT,
        )
        office.do(close, by=office.reception)
    version = office.appointment(coming).version
    give = AssignPlace(
        appointment_id=coming.id, version=version, place_id=office.large_place.id, now=True
    )
    office.do(give, by=office.reception)
    use = office.use(coming)
    assert (use.starts, use.ends) == (at(1, 10), at(1, 10, 30))
    move = MoveBooking(booking_id=use.id, version=use.version, place_id=office.place.id)
    office.do(move, by=office.reception)
    use = office.use(coming)
    assert (use.place_id, use.starts, use.ends) == (office.place.id, at(1, 10), at(1, 10, 30))


def test_who_was_pushed_back_has_the_whole_time_in_another_room(office: DoorOffice) -> None:
    first = office.visit(at(1, 9, 15))
    following = office.visit(at(1, 10, 5), client=office.hartwig, by=office.lindner)
    office.clock.set(at(1, 9, 15))
    office.enter(first)
    office.clock.set(at(1, 9, 58))
    assert office.vacate(first).result["pushed"] == [following.id]
    use = office.use(following)
    move = MoveBooking(booking_id=use.id, version=use.version, place_id=office.large_place.id)
    office.do(move, by=office.reception)
    assert (office.use(following).starts, office.use(following).ends) == (
        at(1, 10, 5),
        at(1, 10, 35),
    )


def test_who_called_off_in_the_hall_waits_no_more(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 30))
    visit = arrive(office, coming)
    version = office.appointment(coming).version
    office.do(CancelAppointment(appointment_id=coming.id, version=version, by_client=True))
    for command in (
        LeaveWaiting(visit_id=visit.id, version=visit.version),
        CallAdvisor(visit_id=visit.id, version=visit.version),
        CheckVisitor(visit_id=visit.id, version=visit.version, companions=1, needs=(), checked=()),
    ):
        with pytest.raises(Refused) as caught:
            office.do(command, by=office.reception)
        assert caught.value.code == "visitor_not_waiting"
