"""The calendar's buttons at the door: they do what the reception's do, for whom, and say so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.rooms import RoomBooking
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    Channel,
    ReasonCode,
    RoomBookingState,
    RoomUse,
)
from koba_desktop.services.commands import (
    BookAppointment,
    Override,
    Reschedule,
    SetAppointmentState,
)
from koba_desktop.services.commands.door import AssignPlace, CloseRoom, MoveBooking
from koba_desktop.services.execution import Receipt
from tests.unit.door_office import DoorOffice
from tests.unit.service_office import at

S = RoomBookingState
A = AppointmentState
CODES = frozenset({"channel_not_allowed", "outside_hours", "outside_pattern"})


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DoorOffice]:
    door = DoorOffice(tmp_path)
    yield door
    door.close()


def become(
    office: DoorOffice, appointment: Appointment, state: AppointmentState, by: Staff | None = None
) -> Receipt:
    version = office.appointment(appointment).version
    command = SetAppointmentState(appointment_id=appointment.id, version=version, state=state)
    return office.do(command, by=by)


def inside(office: DoorOffice) -> Appointment:
    appointment = office.visit(at(1, 9, 15))
    office.clock.set(at(1, 9, 15))
    office.enter(appointment)
    return appointment


def refusal(office: DoorOffice, command: BookAppointment | Reschedule) -> str:
    with pytest.raises(Refused) as caught:
        office.do(command)
    return caught.value.code


@pytest.mark.parametrize("state", [A.ARRIVED, A.IN_PROGRESS])
def test_who_does_nothing_at_the_door_does_nothing_there_by_the_calendar(
    office: DoorOffice, state: AppointmentState
) -> None:
    coming = office.visit(at(1, 9, 15))
    for member in (office.protection, office.administrator):
        with pytest.raises(Refused) as caught:
            become(office, coming, state, by=member)
        assert caught.value.code == "not_entitled"
    assert office.appointment(coming) == coming


def test_who_is_pushed_back_by_an_end_in_the_calendar_is_told(office: DoorOffice) -> None:
    talk = inside(office)
    following = office.visit(at(1, 10, 5), client=office.hartwig, by=office.lindner)
    office.clock.set(at(1, 9, 58))
    assert become(office, talk, A.KEPT).result == {
        "task_id": None,
        "pushed": [following.id],
        "moved": [],
        "displaced": [],
    }


def test_a_room_nobody_went_into_is_given_back_when_the_talk_is_over(office: DoorOffice) -> None:
    """The room failed during the talk, which got another and ended before anybody went there."""
    talk = inside(office)
    for room in (office.large, office.stale):
        close(office, room)
    office.clock.set(at(1, 9, 20))
    close(office, office.room)
    version = office.appointment(talk).version
    give = AssignPlace(appointment_id=talk.id, version=version, place_id=office.yard_places[0].id)
    office.do(give, by=office.reception)
    become(office, talk, A.KEPT)
    assert office.state(talk) is S.RELEASED
    assert not any(use.active for use in office.uses(talk))


def test_a_talk_that_goes_on_outside_is_one_outdoors(office: DoorOffice) -> None:
    talk = inside(office)
    office.clock.set(at(1, 9, 20))
    use = office.use(talk)
    command = MoveBooking(booking_id=use.id, version=use.version, place_id=office.yard_places[0].id)
    receipt = office.do(command, by=office.reception)
    assert office.appointment(talk).channel is Channel.OUTDOORS
    office.undo(receipt)
    assert office.appointment(talk).channel is Channel.IN_PERSON
    assert office.in_order()


def close(office: DoorOffice, room: object) -> None:
    command = CloseRoom(
        room_id=room.id,  # type: ignore[attr-defined]
        use=RoomUse.MAINTENANCE,
        starts=office.clock.now(),
        ends=at(1, 16),
        reason=ReasonCode.DEFECT,
    )
    office.do(command, by=office.reception)


@pytest.mark.parametrize("state", [A.ARRIVED, A.IN_PROGRESS])
def test_nobody_is_in_the_house_before_he_was_received(
    office: DoorOffice, state: AppointmentState
) -> None:
    booking = office.booking(at(1, 9, 15), channel=Channel.IN_PERSON, state=state)
    assert refusal(office, booking) == "state_not_possible"
    assert office.all(Appointment) == []


def test_a_place_suits_how_the_talk_is_held(office: DoorOffice) -> None:
    """No room for a talk by telephone, none for one outside, no place outside for one inside."""
    yard = office.yard_places[0].id
    for channel, place_id, code in (
        (Channel.TELEPHONE, office.place.id, "not_personal"),
        (Channel.OUTDOORS, office.place.id, "place_of_other_channel"),
        (Channel.IN_PERSON, yard, "place_of_other_channel"),
    ):
        override = Override(codes=CODES, reason=ReasonCode.OTHER)
        booking = office.booking(at(1, 10), channel=channel, place_id=place_id, override=override)
        assert refusal(office, booking) == code
    coming = office.visit(at(1, 10))
    move = Reschedule(
        appointment_id=coming.id,
        version=coming.version,
        starts=coming.starts,
        ends=coming.ends,
        place_id=yard,
    )
    assert refusal(office, move) == "place_of_other_channel"
    assert len(office.all(RoomBooking)) == 1
