"""Somebody types in a form, and the door goes on: who is in the house comes before who types."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from koba_desktop.domain.entities.rooms import Place
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Taken
from koba_desktop.domain.vocabulary import ReasonCode, RoomBookingState, RoomUse
from koba_desktop.services.commands import HoldSlot
from koba_desktop.services.commands.door import ArriveVisitor, CloseRoom, MoveBooking, ReopenRoom
from koba_desktop.services.ids import new_id
from tests.unit.door_office import DoorOffice
from tests.unit.service_office import at

S = RoomBookingState


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DoorOffice]:
    door = DoorOffice(tmp_path)
    yield door
    door.close()


def hold(
    office: DoorOffice,
    starts: datetime,
    ends: datetime,
    place: Place | None = None,
    advisor: Staff | None = None,
) -> None:
    """The lead has a form open; the reception is at the door."""
    command = HoldSlot(
        hold_id=new_id(),
        advisor_id=(advisor or office.lead).id,
        place_id=place.id if place is not None else None,
        starts=starts,
        ends=ends,
    )
    office.do(command, by=office.lead)


def test_a_visitor_arrives_though_the_appointment_is_open_in_a_form(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 15))
    hold(office, at(1, 9, 15), at(1, 9, 45), office.place, office.berger)
    command = ArriveVisitor(appointment_id=coming.id, version=coming.version)
    office.do(command, by=office.reception)
    office.enter(coming)
    office.clock.set(at(1, 9, 20))
    office.vacate(coming)
    assert office.state(coming) is S.AIRING
    assert office.in_order()


def test_who_goes_in_late_or_overruns_does_so_whoever_types(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 15))
    office.clock.set(at(1, 9, 50))
    hold(office, at(1, 10, 5), at(1, 10, 35), office.place)
    office.enter(coming)
    assert office.use(coming).ends == at(1, 10, 20)
    office.clock.set(at(1, 10, 30))
    hold(office, at(1, 10, 40), at(1, 11), office.place)
    office.vacate(coming)
    assert office.use(coming).blocked_until == at(1, 10, 46)
    assert office.in_order()


def test_who_is_pushed_back_keeps_the_rest_of_the_time(office: DoorOffice) -> None:
    first = office.visit(at(1, 9, 15))
    following = office.visit(at(1, 10, 5), client=office.hartwig, by=office.lindner)
    office.clock.set(at(1, 9, 15))
    office.enter(first)
    office.clock.set(at(1, 9, 58))
    hold(office, at(1, 10, 5), at(1, 10, 35), office.place)
    assert office.vacate(first).result["pushed"] == [following.id]


def test_a_room_is_closed_and_opened_though_somebody_is_about_to_book_it(
    office: DoorOffice,
) -> None:
    hold(office, at(1, 9, 30), at(1, 10), office.place)
    close = CloseRoom(
        room_id=office.room.id,
        use=RoomUse.MAINTENANCE,
        starts=at(1, 9, 12),
        ends=at(1, 12),
        reason=ReasonCode.DEFECT,
    )
    office.do(close, by=office.reception)
    office.do(ReopenRoom(room_id=office.room.id), by=office.reception)
    assert office.in_order()


def test_a_new_time_or_place_is_still_refused_where_somebody_types(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 15))
    hold(office, at(1, 9, 15), at(1, 9, 45), office.large_place)
    use = office.use(coming)
    away = MoveBooking(booking_id=use.id, version=use.version, place_id=office.large_place.id)
    with pytest.raises(Taken) as caught:
        office.do(away, by=office.reception)
    assert (caught.value.code, caught.value.problems[0].params["held"]) == ("place_taken", True)
    with pytest.raises(Taken):
        office.visit(
            at(1, 9, 20), place=office.large_place, client=office.hartwig, by=office.lindner
        )
