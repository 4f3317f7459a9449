"""The history of an appointment tells of its rooms, taken back and done again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from koba_desktop.domain.entities.appointments import Appointment, AppointmentChange
from koba_desktop.domain.entities.rooms import Room, RoomBooking
from koba_desktop.domain.errors import Conflict
from koba_desktop.domain.vocabulary import HAS_PLACE, ChangeKind, Channel, ReasonCode, RoomUse
from koba_desktop.services.commands import CancelAppointment
from koba_desktop.services.commands.door import AssignPlace, CloseRoom, MoveBooking
from koba_desktop.services.execution import Receipt
from tests.unit.door_office import DoorOffice
from tests.unit.service_office import at


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DoorOffice]:
    door = DoorOffice(tmp_path)
    yield door
    door.close()


def history(office: DoorOffice, appointment: Appointment) -> list[tuple[ChangeKind, str, str]]:
    """What happened, with the rooms before and after ("": none, or the same)."""
    names = {str(room.id): room.name for room in office.all(Room)}
    return [
        (
            change.kind,
            names.get(change.before.get("room_id") or "", ""),
            names.get(change.after.get("room_id") or "", ""),
        )
        for change in office.all(AppointmentChange, appointment_id=appointment.id)
    ]


K = ChangeKind


def test_another_room_taken_back_and_taken_again(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 30))
    use = office.use(coming)
    command = MoveBooking(booking_id=use.id, version=use.version, place_id=office.large_place.id)
    back = office.undo(office.do(command, by=office.reception))
    office.undo(back)
    assert history(office, coming) == [
        (K.CREATED, "", "R 1.04"),
        (K.ROOM, "R 1.04", "R 1.05"),
        (K.UNDONE, "R 1.05", "R 1.04"),
        (K.UNDONE, "R 1.04", "R 1.05"),
    ]


def test_who_was_moved_out_of_the_way_is_moved_back(office: DoorOffice) -> None:
    talk = office.visit(at(1, 9, 15))
    coming = office.visit(at(1, 11), client=office.hartwig, by=office.lindner)
    office.clock.set(at(1, 9, 15))
    office.enter(talk)
    office.clock.set(at(1, 9, 20))
    office.undo(close(office, office.room))
    for appointment in (talk, coming):
        assert history(office, appointment)[-2:] == [
            (K.ROOM, "R 1.04", "R 1.05"),
            (K.UNDONE, "R 1.05", "R 1.04"),
        ]


def test_a_visit_that_was_never_booked_has_no_room_either(office: DoorOffice) -> None:
    booking = office.booking(at(1, 9, 30), channel=Channel.IN_PERSON, place_id=office.place.id)
    receipt = office.do(booking)
    (coming,) = office.all(Appointment)
    back = office.undo(receipt)
    office.undo(back)
    assert history(office, coming) == [
        (K.CREATED, "", "R 1.04"),
        (K.UNDONE, "R 1.04", ""),
        (K.UNDONE, "", "R 1.04"),
    ]


def test_what_touches_no_room_names_none(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 30))
    office.clock.set(at(1, 9, 30))
    office.undo(office.enter(coming))
    assert history(office, coming)[-1] == (K.UNDONE, "", "")


# --- what has gone on since -----------------------------------------------------------------------


def close(office: DoorOffice, *rooms: Room) -> Receipt:
    for room in rooms:
        command = CloseRoom(
            room_id=room.id,
            use=RoomUse.MAINTENANCE,
            starts=office.clock.now(),
            ends=at(1, 16),
            reason=ReasonCode.DEFECT,
        )
        receipt = office.do(command, by=office.reception)
    return receipt


def places(office: DoorOffice, appointment: Appointment) -> list[RoomBooking]:
    return [use for use in office.uses(appointment) if use.state in HAS_PLACE]


def assign(office: DoorOffice, appointment: Appointment) -> None:
    version = office.appointment(appointment).version
    command = AssignPlace(
        appointment_id=appointment.id, version=version, place_id=office.yard_places[0].id, now=True
    )
    office.do(command, by=office.berger)


def test_a_talk_that_got_another_place_since_does_not_get_the_old_one_beside_it(
    office: DoorOffice,
) -> None:
    talk = office.visit(at(1, 9, 15))
    office.clock.set(at(1, 9, 15))
    office.enter(talk)
    office.clock.set(at(1, 9, 20))
    receipt = close(office, office.large, office.stale, office.room)
    assign(office, talk)
    with pytest.raises(Conflict) as caught:
        office.undo(receipt)
    assert caught.value.problems[0].params["changed_by"] == office.berger.id
    (place,) = places(office, talk)
    assert place.place_id == office.yard_places[0].id
    assert office.in_order()


def test_who_called_off_since_gets_no_room_back(office: DoorOffice) -> None:
    coming = office.visit(at(1, 11))
    receipt = close(office, office.large, office.stale, office.room)
    assert receipt.result["displaced"] == [coming.id]
    version = office.appointment(coming).version
    office.do(CancelAppointment(appointment_id=coming.id, version=version, by_client=True))
    with pytest.raises(Conflict):
        office.undo(receipt)
    assert places(office, coming) == []
