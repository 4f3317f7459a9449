"""Where a talk goes on, who stands without a place, and what a closure may not skip."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.rooms import Room, RoomBooking
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import ReasonCode, RoomBookingState, RoomUse
from koba_desktop.services.commands.door import (
    AssignPlace,
    CloseRoom,
    EnterRoom,
    MoveBooking,
    ReopenRoom,
)
from koba_desktop.services.execution import Receipt
from koba_desktop.services.reception.page import reception_page
from koba_desktop.services.rooms.suggesting import PlaceQuery, suggest_places
from tests.unit.door_office import DoorOffice
from tests.unit.service_office import at

S = RoomBookingState


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DoorOffice]:
    door = DoorOffice(tmp_path)
    yield door
    door.close()


def close(office: DoorOffice, room: Room, starts: datetime, ends: datetime) -> Receipt:
    command = CloseRoom(
        room_id=room.id,
        use=RoomUse.MAINTENANCE,
        starts=starts,
        ends=ends,
        reason=ReasonCode.DEFECT,
    )
    return office.do(command, by=office.reception)


def inside(office: DoorOffice, minute: int = 15, **values: Any) -> Appointment:
    appointment = office.visit(at(1, 9, minute), **values)
    office.clock.set(at(1, 9, minute))
    office.enter(appointment)
    return appointment


def other(office: DoorOffice) -> dict[str, Any]:
    return {"client": office.hartwig, "by": office.lindner}


# --- where a talk goes on -------------------------------------------------------------------------


def test_a_talk_does_not_go_on_where_nobody_has_cleaned(office: DoorOffice) -> None:
    """The accessible room waits for initials: by the clock it is free, but nobody may go in."""
    before = inside(office, place=office.large_place)
    office.clock.set(at(1, 9, 20))
    office.vacate(before)
    running = inside(office, minute=50, **other(office))
    office.clock.set(at(1, 9, 55))
    assert close(office, office.room, at(1, 9, 55), at(1, 16)).result["moved"] == [running.id]
    assert office.use(running).place_id == office.stale_place.id
    assert office.in_order()


def test_a_room_that_is_ready_in_half_a_minute_is_not_taken_now(office: DoorOffice) -> None:
    running = inside(office)
    close(office, office.large, at(1, 9, 20), at(1, 9, 40))
    office.clock.set(at(1, 9, 39) + timedelta(seconds=30))
    assert close(office, office.room, office.clock.now(), at(1, 16)).result["moved"] == [running.id]
    assert office.use(running).place_id == office.stale_place.id


def test_what_is_left_of_a_talk_fits_to_the_minute(office: DoorOffice) -> None:
    """Half a minute past the full one; who comes next there begins when the pause is over."""
    office.visit(at(1, 10, 15), place=office.stale_place, **other(office), minutes=20)
    running = inside(office)
    close(office, office.large, at(1, 9, 16), at(1, 16))
    office.clock.set(at(1, 9, 20) + timedelta(seconds=30))
    result = close(office, office.room, office.clock.now(), at(1, 16)).result
    assert result["moved"] == [running.id]
    assert office.use(running).blocked_until == at(1, 10, 15)
    assert office.in_order()


def test_the_room_a_talk_has_left_is_not_offered_to_it_before_it_is_aired(
    office: DoorOffice,
) -> None:
    running = inside(office)
    office.clock.set(at(1, 9, 20))
    use = office.use(running)
    office.do(
        MoveBooking(booking_id=use.id, version=use.version, place_id=office.large_place.id),
        by=office.reception,
    )
    query = PlaceQuery(office_id=office.office.id, ignore_appointment=running.id)
    with office.view(office.reception) as view:
        offers = {o.room.name: o.starts for o in suggest_places(view, query).choice.offers}
    assert offers["R 1.04"] == at(1, 9, 36)


# --- who stands without a place -------------------------------------------------------------------


def test_a_talk_that_lost_its_room_is_shown_without_one_and_gets_one(office: DoorOffice) -> None:
    running = inside(office)
    office.clock.set(at(1, 9, 20))
    for room in (office.large, office.stale, office.room):
        close(office, room, at(1, 9, 20), at(1, 16))

    def row() -> tuple[Any, str]:
        with office.view(office.reception) as view:
            (found,) = reception_page(view, office.office.id).talking
        return found.booking_id, found.room_name

    assert row() == (None, "")
    version = office.appointment(running).version
    give = AssignPlace(appointment_id=running.id, version=version, now=True)
    office.do(give, by=office.reception)
    assert row() == (office.use(running).id, "Hof 1")
    office.enter(running)
    office.clock.set(at(1, 9, 40))
    office.vacate(running)
    with office.view(office.reception) as view:
        (gone,) = reception_page(view, office.office.id).gone
    assert gone.room_name == "Hof 1"
    assert office.in_order()


def test_a_place_now_is_for_who_comes_today(office: DoorOffice) -> None:
    coming = office.visit(at(6, 9, 30))
    for room in (office.room, office.large, office.stale):
        close(office, room, at(6, 8), at(6, 15))
    version = office.appointment(coming).version
    with pytest.raises(Refused) as caught:
        office.do(
            AssignPlace(appointment_id=coming.id, version=version, now=True), by=office.reception
        )
    assert caught.value.code == "not_today"


# --- closures -------------------------------------------------------------------------------------


def test_closing_and_opening_a_room_does_not_clean_it(office: DoorOffice) -> None:
    appointment = inside(office, place=office.large_place)
    office.clock.set(at(1, 9, 45))
    office.vacate(appointment)
    office.clock.set(at(1, 9, 47))
    close(office, office.large, at(1, 9, 47), at(1, 16))
    assert office.line("R 1.05").closure is not None
    office.clock.set(at(1, 9, 48))
    office.do(ReopenRoom(room_id=office.large.id), by=office.reception)
    line = office.line("R 1.05")
    assert (line.now_state, line.until) == (S.AIRING, at(1, 9, 50))
    next_one = office.visit(at(1, 9, 51), place=office.large_place, **other(office))
    office.clock.set(at(1, 9, 51))
    use = office.use(next_one)
    enter = EnterRoom(booking_id=use.id, version=use.version)
    with pytest.raises(Refused) as caught:
        office.do(enter, by=office.reception)
    assert caught.value.code == "room_not_cleaned"
    office.cleaned(appointment)
    office.enter(next_one)
    assert office.in_order()


def test_a_talk_put_out_of_a_room_leaves_it_to_be_cleaned(office: DoorOffice) -> None:
    appointment = inside(office, place=office.large_place)
    office.clock.set(at(1, 9, 20))
    close(office, office.large, at(1, 9, 20), at(1, 9, 30))
    left, fresh = office.uses(appointment)
    assert (left.state, fresh.place_id) == (S.AIRING, office.place.id)
    office.clock.set(at(1, 9, 31))
    assert office.line("R 1.05").now_state is S.CLEANING
    assert office.in_order()


def test_a_room_can_be_opened_though_another_closure_follows_in_the_pause(
    office: DoorOffice,
) -> None:
    appointment = inside(office)
    office.clock.set(at(1, 9, 45))
    office.vacate(appointment)
    close(office, office.room, at(1, 9, 50), at(1, 9, 55))
    close(office, office.room, at(1, 9, 57), at(1, 9, 59))
    office.clock.set(at(1, 9, 51))
    office.do(ReopenRoom(room_id=office.room.id), by=office.reception)
    first, second = [b for b in office.all(RoomBooking) if b.use is RoomUse.MAINTENANCE]
    assert (first.ends, first.blocked_until) == (at(1, 9, 51), at(1, 9, 57))
    # The air of the talk needs until 10:01, whatever is closed meanwhile.
    assert (second.starts, second.blocked_until) == (at(1, 9, 57), at(1, 10, 1))
    assert office.in_order()


# --- a room that is not clean ---------------------------------------------------------------------


def test_a_room_that_waits_for_its_initials_is_not_offered_as_free_now(office: DoorOffice) -> None:
    before = inside(office, place=office.large_place)
    office.clock.set(at(1, 9, 20))
    office.vacate(before)
    office.clock.set(at(1, 11))
    query = PlaceQuery(office_id=office.office.id)
    with office.view(office.reception) as view:
        offers = suggest_places(view, query).choice.offers
    assert [(o.room.name, o.starts) for o in offers[:2]] == [
        ("R 1.04", at(1, 11)),
        ("R 1.05", at(1, 11, 5)),
    ]


# --- uses without a visitor -----------------------------------------------------------------------


def of_the_house(office: DoorOffice, starts: datetime, ends: datetime) -> RoomBooking:
    """R 1.04 is taken for a meeting of the house."""
    command = CloseRoom(room_id=office.room.id, use=RoomUse.INTERNAL, starts=starts, ends=ends)
    office.do(command, by=office.reception)
    return [b for b in office.all(RoomBooking) if b.use is RoomUse.INTERNAL][-1]


def test_who_goes_nowhere_checks_in_nowhere(office: DoorOffice) -> None:
    """While the air of the last talk is changed, a meeting of the house lets nobody in."""
    talk = inside(office)
    office.clock.set(at(1, 9, 45))
    office.vacate(talk)
    meeting = of_the_house(office, at(1, 9, 50), at(1, 10, 30))
    office.clock.set(at(1, 9, 51))
    enter = EnterRoom(booking_id=meeting.id, version=meeting.version)
    with pytest.raises(Refused) as caught:
        office.do(enter, by=office.reception)
    assert caught.value.code == "room_closed_then"


def test_a_meeting_that_goes_elsewhere_leaves_the_pause_behind(office: DoorOffice) -> None:
    talk = inside(office)
    office.clock.set(at(1, 9, 45))
    office.vacate(talk)
    meeting = of_the_house(office, at(1, 9, 50), at(1, 10, 30))
    assert office.use(talk).blocked_until == at(1, 9, 50)
    move = MoveBooking(
        booking_id=meeting.id, version=meeting.version, place_id=office.large_place.id
    )
    receipt = office.do(move, by=office.reception)
    moved = office.one(RoomBooking, id=meeting.id)
    assert (moved.place_id, moved.blocked_until) == (office.large_place.id, at(1, 10, 35))
    assert office.use(talk).blocked_until == at(1, 10, 1)
    office.undo(receipt)
    assert office.use(talk).blocked_until == at(1, 9, 50)
    assert office.in_order()


def test_a_meeting_that_begins_later_in_the_pause_takes_over_the_rest_of_it(
    office: DoorOffice,
) -> None:
    talk = inside(office)
    office.clock.set(at(1, 9, 45))
    office.vacate(talk)
    meeting = of_the_house(office, at(1, 9, 50), at(1, 9, 53))
    move = MoveBooking(
        booking_id=meeting.id,
        version=meeting.version,
        place_id=office.place.id,
        starts=at(1, 9, 55),
    )
    office.do(move, by=office.reception)
    moved = office.one(RoomBooking, id=meeting.id)
    assert office.use(talk).blocked_until == moved.starts == at(1, 9, 55)
    assert moved.blocked_until >= at(1, 10, 1)
    assert office.in_order()


def test_what_has_begun_is_opened_and_not_moved(office: DoorOffice) -> None:
    meeting = of_the_house(office, at(1, 9, 12), at(1, 10))
    office.clock.set(at(1, 9, 20))
    move = MoveBooking(
        booking_id=meeting.id, version=meeting.version, place_id=office.large_place.id
    )
    with pytest.raises(Refused) as caught:
        office.do(move, by=office.reception)
    assert caught.value.code == "booking_not_movable"


def test_who_opens_a_room_second_takes_no_other_closure_back(office: DoorOffice) -> None:
    """Two screens show the same closed room, and both open it; the repair of tomorrow stays."""
    close(office, office.room, at(1, 9, 12), at(1, 16))
    close(office, office.room, at(6, 8), at(6, 12))
    first, repair = [b for b in office.all(RoomBooking) if b.use is RoomUse.MAINTENANCE]
    office.clock.set(at(1, 9, 30))
    for by in (office.reception, office.berger):
        command = ReopenRoom(room_id=office.room.id, booking_id=first.id)
        if by is office.reception:
            office.do(command, by=by)
        else:
            with pytest.raises(Refused) as caught:
                office.do(command, by=by)
            assert caught.value.code == "room_not_closed"
    assert office.one(RoomBooking, id=repair.id) == repair
    office.do(ReopenRoom(room_id=office.room.id, booking_id=repair.id), by=office.reception)
    assert office.one(RoomBooking, id=repair.id).state is S.RELEASED


def test_a_place_outside_is_opened_with_all_its_positions(office: DoorOffice) -> None:
    close(office, office.yard, at(1, 9, 12), at(1, 16))
    closures = [b for b in office.all(RoomBooking) if b.use is RoomUse.MAINTENANCE]
    office.clock.set(at(1, 9, 30))
    office.do(ReopenRoom(room_id=office.yard.id, booking_id=closures[1].id), by=office.reception)
    assert office.line("Hof 1").places_free == 2
