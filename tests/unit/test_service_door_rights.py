"""Who may do what at the door, in whose house; other places and times; rooms that go out of use."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.rooms import Place, Room, RoomBooking
from koba_desktop.domain.errors import Conflict, OfficeError, Refused, Taken
from koba_desktop.domain.vocabulary import (
    Channel,
    ReasonCode,
    RefusalReason,
    RoomBookingState,
    RoomUse,
    VisitNeed,
)
from koba_desktop.services.commands import Command, HoldSlot, SaveMasterData
from koba_desktop.services.commands.door import (
    ArriveVisitor,
    AssignPlace,
    CallAdvisor,
    CloseRoom,
    EnterRoom,
    LeaveWaiting,
    MarkAired,
    MarkCleaned,
    MoveBooking,
    RefuseVisit,
    ReopenRoom,
    VacateRoom,
)
from koba_desktop.services.ids import new_id
from koba_desktop.services.rooms.suggesting import PlaceQuery, suggest_places
from tests.unit.door_office import DoorOffice
from tests.unit.service_office import at

S = RoomBookingState


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DoorOffice]:
    door = DoorOffice(tmp_path)
    yield door
    door.close()


def code_of(office: DoorOffice, command: Command, by: Any = None) -> str:
    with pytest.raises(OfficeError) as caught:
        office.do(command, by=by or office.reception)
    return caught.value.code


def free_places(office: DoorOffice, viewer: Any = None, **values: Any) -> list[str]:
    query = PlaceQuery(**({"office_id": office.office.id, "starts": at(1, 11)} | values))
    with office.view(viewer) as view:
        return [offer.room.name for offer in suggest_places(view, query).choice.offers]


# --- rights ---------------------------------------------------------------------------------------

STEPS: list[Callable[[DoorOffice, Appointment], Command]] = [
    lambda o, a: ArriveVisitor(appointment_id=a.id, version=a.version),
    lambda o, a: CallAdvisor(visit_id=o.visit_of(a).id, version=o.visit_of(a).version),
    lambda o, a: LeaveWaiting(visit_id=o.visit_of(a).id, version=o.visit_of(a).version),
    lambda o, a: EnterRoom(booking_id=o.use(a).id, version=o.use(a).version),
    lambda o, a: VacateRoom(booking_id=o.use(a).id, version=o.use(a).version),
    lambda o, a: MarkAired(booking_id=o.use(a).id, version=o.use(a).version),
    lambda o, a: MarkCleaned(booking_id=o.use(a).id, version=o.use(a).version, initials="X"),
    lambda o, a: MoveBooking(
        booking_id=o.use(a).id, version=o.use(a).version, place_id=o.large_place.id
    ),
    lambda o, a: AssignPlace(appointment_id=a.id, version=a.version),
    lambda o, a: CloseRoom(
        room_id=o.room.id,
        use=RoomUse.MAINTENANCE,
        starts=at(1, 10),
        ends=at(1, 11),
        reason=ReasonCode.DEFECT,
    ),
    lambda o, a: ReopenRoom(room_id=o.room.id),
    lambda o, a: RefuseVisit(office_id=o.office.id, code=RefusalReason.DECLINED),
]


@pytest.mark.parametrize("step", STEPS)
def test_data_protection_and_administration_do_nothing_at_the_door(
    office: DoorOffice, step: Callable[[DoorOffice, Appointment], Command]
) -> None:
    coming = office.visit(at(1, 9, 30))
    before = office.use(coming), office.visit_of(coming), office.appointment(coming)
    for member in (office.protection, office.administrator):
        assert code_of(office, step(office, coming), by=member) == "not_entitled"
    assert (office.use(coming), office.visit_of(coming), office.appointment(coming)) == before


def test_advisors_and_leads_may_do_what_the_reception_does(office: DoorOffice) -> None:
    first = office.visit(at(1, 9, 30))
    second = office.visit(at(1, 9, 30), place=office.large_place, client=office.hartwig,
                          by=office.lindner)  # fmt: skip
    for appointment, member in ((first, office.berger), (second, office.lead)):
        command = ArriveVisitor(appointment_id=appointment.id, version=appointment.version)
        office.do(command, by=member)
        assert office.visit_of(appointment).changed_by == member.id


def test_rooms_of_another_office_are_none_of_ours(office: DoorOffice) -> None:
    close = CloseRoom(
        room_id=office.far.id,
        use=RoomUse.CLEANING,
        starts=at(1, 10),
        ends=at(1, 11),
    )
    assert code_of(office, close) == "not_entitled"
    assert code_of(office, ReopenRoom(room_id=office.far.id)) == "not_entitled"
    use = office.use(office.visit(at(1, 9, 30)))
    away = MoveBooking(booking_id=use.id, version=use.version, place_id=office.far_place.id)
    assert code_of(office, away) == "place_of_other_office"
    with pytest.raises(Refused) as caught:
        office.visit(at(1, 12), place=office.far_place, client=office.hartwig)
    assert caught.value.code == "place_of_other_office"


# --- another place or time ------------------------------------------------------------------------


def test_a_booking_goes_to_another_room_and_the_history_knows(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 30))
    use = office.use(coming)
    office.do(
        MoveBooking(booking_id=use.id, version=use.version, place_id=office.large_place.id),
        by=office.reception,
    )
    moved = office.use(coming)
    # The pause is that of the new room.
    assert (moved.id, moved.place_id, moved.blocked_until) == (
        use.id,
        office.large_place.id,
        at(1, 10, 5),
    )
    assert office.rooms_before_and_after(coming) == [("R 1.04", "R 1.05")]


def test_another_time_moves_the_appointment_with_it(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 30))
    use = office.use(coming)
    office.do(
        MoveBooking(
            booking_id=use.id, version=use.version, place_id=office.place.id, starts=at(1, 11)
        ),
        by=office.reception,
    )
    assert office.appointment(coming).starts == at(1, 11)
    assert (office.use(coming).starts, office.use(coming).blocked_until) == (
        at(1, 11),
        at(1, 11, 46),
    )


def test_a_place_that_is_taken_stays_with_who_has_it(office: DoorOffice) -> None:
    first = office.visit(at(1, 9, 30), place=office.large_place)
    second = office.visit(at(1, 9, 30), client=office.hartwig, by=office.lindner)
    use = office.use(second)
    with pytest.raises(Taken) as taken:
        office.do(
            MoveBooking(booking_id=use.id, version=use.version, place_id=office.large_place.id),
            by=office.reception,
        )
    assert taken.value.problems[0].params["room"] == "R 1.05"
    assert taken.value.problems[0].params["appointment_id"] == first.id
    assert office.use(second) == use


def test_a_talk_goes_on_in_another_room_and_the_first_is_aired(office: DoorOffice) -> None:
    running = office.visit(at(1, 9, 15))
    office.clock.set(at(1, 9, 15))
    office.enter(running)
    office.clock.set(at(1, 9, 25))
    use = office.use(running)
    later = MoveBooking(
        booking_id=use.id, version=use.version, place_id=office.large_place.id, starts=at(1, 10)
    )
    assert code_of(office, later) == "booking_not_movable"
    office.do(replace(later, starts=None, command_id=new_id()), by=office.reception)
    left, fresh = office.uses(running)
    assert (left.state, left.blocked_until) == (S.AIRING, at(1, 9, 41))
    assert (fresh.state, fresh.starts, fresh.ends) == (S.OCCUPIED, at(1, 9, 25), at(1, 9, 45))
    office.clock.set(at(1, 9, 50))
    office.vacate(running)
    assert office.in_order()
    over = office.use(running)
    again = MoveBooking(booking_id=over.id, version=over.version, place_id=office.place.id)
    assert code_of(office, again) == "booking_not_movable"


def test_who_saw_an_older_booking_moves_nothing(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 30))
    stale = office.use(coming)
    office.enter(coming)
    with pytest.raises(Conflict):
        office.do(
            MoveBooking(booking_id=stale.id, version=stale.version, place_id=office.large_place.id),
            by=office.reception,
        )


# --- a place for who has none ---------------------------------------------------------------------


def test_a_place_is_given_once_and_only_to_who_comes(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 30))

    def give(appointment: Appointment, **values: Any) -> AssignPlace:
        version = office.appointment(appointment).version
        return AssignPlace(appointment_id=appointment.id, version=version, **values)

    assert code_of(office, give(coming)) == "has_place"
    call = office.booked(at(1, 14), client_id=office.hartwig.id)
    assert code_of(office, give(call)) == "not_personal"


def test_without_a_room_named_the_best_is_taken(office: DoorOffice) -> None:
    assert office.use(office.visit(at(1, 10), place_id=None)).place_id == office.place.id
    second = office.visit(at(1, 10), place_id=None, client=office.hartwig, by=office.lindner)
    assert office.use(second).place_id == office.large_place.id


def test_what_the_record_of_a_client_needs_decides_on_the_room(office: DoorOffice) -> None:
    appointment = office.visit(at(1, 10), place_id=None, needs=(VisitNeed.WHEELCHAIR,))
    assert office.use(appointment).place_id == office.large_place.id
    with pytest.raises(Refused) as caught:
        office.visit(at(1, 12), place_id=None, client=office.hartwig, needs=(VisitNeed.SCREEN,))
    assert "no_room_fits" in {p.code for p in caught.value.problems}


def test_more_persons_than_any_room_holds_are_refused_with_the_most(office: DoorOffice) -> None:
    with pytest.raises(Refused) as caught:
        office.visit(at(1, 10), persons=9)
    problem = caught.value.problems[0]
    assert (problem.code, problem.params["persons"], problem.params["most"]) == (
        "too_many_persons",
        9,
        2,
    )
    assert office.all(Appointment) == []


def test_when_every_room_is_taken_nothing_is_booked(office: DoorOffice) -> None:
    for place, client, by in (
        (office.place, office.kuhn, office.berger),
        (office.large_place, office.hartwig, office.lindner),
    ):
        office.visit(at(1, 10), place=place, client=client, by=by)
    office.put(
        *(RoomBooking(
            id=new_id(),
            place_id=office.stale_place.id,
            office_id=office.office.id,
            use=RoomUse.INTERNAL,
            starts=at(1, 10),
            ends=at(1, 11),
            blocked_until=at(1, 11),
        ),)
    )  # fmt: skip
    with pytest.raises(Refused) as caught:
        office.visit(at(1, 10), place_id=None, client=office.noack, by=office.lead)
    assert "room_busy" in {p.code for p in caught.value.problems}
    assert len(office.all(Appointment)) == 2


# --- holds ----------------------------------------------------------------------------------------


def test_a_room_somebody_is_about_to_book_is_offered_to_nobody_else(office: DoorOffice) -> None:
    assert free_places(office)[0] == "R 1.04"
    hold = HoldSlot(
        hold_id=new_id(),
        advisor_id=office.berger.id,
        starts=at(1, 11),
        ends=at(1, 11, 30),
        place_id=office.place.id,
    )
    office.do(hold)
    assert "R 1.04" not in free_places(office, office.lindner)
    assert free_places(office, office.berger)[0] == "R 1.04"
    with pytest.raises(Taken):
        office.do(
            office.booking(
                at(1, 11),
                channel=Channel.IN_PERSON,
                advisor_id=office.lindner.id,
                place_id=office.place.id,
            ),
            by=office.lindner,
        )
    office.clock.advance(minutes=11)
    assert free_places(office, office.lindner)[0] == "R 1.04"


# --- rooms that go out of use ---------------------------------------------------------------------


def save(office: DoorOffice, *records: Any, removed: tuple[Any, ...] = ()) -> None:
    office.do(SaveMasterData(records=records, removed=removed), by=office.administrator)


def stored_room(office: DoorOffice) -> Room:
    found = office.one(Room, id=office.room.id)
    assert isinstance(found, Room)
    return found


def test_a_room_is_not_retired_while_it_is_booked_or_in_use(office: DoorOffice) -> None:
    running = office.visit(at(1, 9, 15))
    office.clock.set(at(1, 9, 15))
    office.enter(running)
    for day in (date(2021, 3, 1), date(2021, 4, 1)):
        with pytest.raises(Refused) as caught:
            save(office, replace(stored_room(office), retired_on=day))
        problem = caught.value.problems[0]
        assert (problem.code, problem.params) == ("room_has_bookings", {"until": at(1, 10, 1)})
    save(office, replace(stored_room(office), retired_on=date(2021, 4, 2)))
    office.clock.set(at(6, 9))
    assert "R 1.04" not in free_places(office, starts=at(6, 11))
    with pytest.raises(Refused) as refused:
        office.visit(at(6, 11), client=office.hartwig)
    assert refused.value.code == "room_retired"


def test_neither_a_room_nor_a_place_that_was_used_is_deleted(office: DoorOffice) -> None:
    office.visit(at(1, 9, 30))
    for record in (stored_room(office), office.one(Place, id=office.place.id)):
        with pytest.raises(Refused):
            save(office, removed=(record,))
    assert stored_room(office).retired_on is None


@pytest.mark.parametrize("field", ["area", "height", "screen_height", "air_changes"])
@pytest.mark.parametrize("value", [0, -1.5])
def test_a_room_without_area_or_height_is_refused(
    office: DoorOffice, field: str, value: float
) -> None:
    with pytest.raises(Refused) as caught:
        save(office, replace(stored_room(office), **{field: value}))
    problem = caught.value.problems[0]
    assert (problem.code, problem.where.split(".")[-1]) == ("not_positive", field)


def test_a_room_with_measures_nobody_knows_is_used_with_a_warning(office: DoorOffice) -> None:
    save(office, replace(stored_room(office), area=None, height=None))
    query = PlaceQuery(office_id=office.office.id, starts=at(1, 11))
    with office.view() as view:
        offers = suggest_places(view, query).choice.offers
    unknown = next(offer for offer in offers if offer.room.id == office.room.id)
    assert "area_unknown" in {reason.code for reason in unknown.reasons}
    assert unknown.blocked_until - unknown.ends == timedelta(minutes=16)
