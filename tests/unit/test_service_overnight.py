"""What was left as it stood in the evening, and what is on another day: nothing stays stuck."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.places import Offer
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    ReasonCode,
    Role,
    RoomBookingState,
    RoomUse,
    VisitResult,
)
from koba_desktop.services.commands import Override, SetAppointmentState
from koba_desktop.services.commands.door import CloseRoom, EnterRoom, VacateRoom
from koba_desktop.services.rooms.board import room_board
from koba_desktop.services.rooms.suggesting import PlaceQuery, suggest_places
from tests.unit.door_office import DoorOffice
from tests.unit.service_office import at

S = RoomBookingState


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DoorOffice]:
    """Thursday before Easter; the next working day is Tuesday, 6 April 2021."""
    door = DoorOffice(tmp_path)
    yield door
    door.close()


def left_inside(office: DoorOffice, **values: object) -> Appointment:
    """A talk on Thursday at 15:00 from which nobody was checked out; it is Tuesday, 08:00."""
    appointment = office.visit(at(1, 15), **values)  # type: ignore[arg-type]
    office.clock.set(at(1, 15))
    office.enter(appointment)
    office.clock.set(at(6, 8))
    return appointment


def at_night(office: DoorOffice, starts: datetime) -> Appointment:
    """A visit at a time, or on a day, when nobody is usually there."""
    codes = {"outside_hours", "outside_pattern", "office_closed", "holiday"}
    override = Override(codes=frozenset(codes), reason=ReasonCode.URGENT)
    return office.visit(starts, override=override)


def offer(office: DoorOffice, room: str, **values: object) -> Offer:
    query = PlaceQuery(office_id=office.office.id, **values)  # type: ignore[arg-type]
    with office.view(office.reception) as view:
        offers = suggest_places(view, query).choice.offers
    return next(each for each in offers if each.room.name == room)


def refused(office: DoorOffice, appointment: Appointment) -> str:
    use = office.use(appointment)
    with pytest.raises(Refused) as caught:
        office.do(EnterRoom(booking_id=use.id, version=use.version), by=office.reception)
    return caught.value.code


# --- forgotten in the evening ---------------------------------------------------------------------


def test_a_room_nobody_checked_out_of_is_shown_as_occupied_the_next_morning(
    office: DoorOffice,
) -> None:
    appointment = left_inside(office)
    (spot,) = office.line("R 1.04").spots
    assert (spot.state, spot.overrun) == (S.OCCUPIED, at(6, 8) - at(1, 15, 30))
    assert spot.current is not None
    assert spot.current.appointment_id == appointment.id


def test_it_is_not_offered_as_free(office: DoorOffice) -> None:
    left_inside(office)
    assert offer(office, "R 1.04").starts == at(6, 8, 16)
    assert offer(office, "R 1.05").starts == at(6, 8)


def test_another_day_does_not_show_it(office: DoorOffice) -> None:
    left_inside(office)
    with office.view(office.reception) as view:
        days = (at(1, 9), at(7, 9))
        bookings = [room_board(view, office.office.id, day.date())[0].bookings for day in days]
    assert [len(each) for each in bookings] == [1, 0]
    assert offer(office, "R 1.04", earliest=at(7, 9)).starts == at(7, 9)


def test_other_offices_have_nothing_to_do_with_it(office: DoorOffice) -> None:
    left_inside(office)
    other = office.one(Office, id=office.elsewhere.id)
    second = replace(office.role(office.reception, Role.RECEPTION), office_id=other.id)
    office.put(second)
    with office.view(office.reception) as view:
        lines = room_board(view, other.id, view.today)
    assert [line.now_state for line in lines] == [None]


def test_who_checks_out_the_next_morning_records_the_planned_end_and_uses_the_room(
    office: DoorOffice,
) -> None:
    appointment = left_inside(office, urgent=True)
    next_one = office.visit(at(6, 8, 5), client=office.hartwig, by=office.lindner)
    assert refused(office, next_one) == "room_occupied"
    office.vacate(appointment, result=VisitResult.SETTLED)
    use = office.use(appointment)
    assert (use.vacated_at, use.ends, use.blocked_until) == (
        at(1, 15, 30),
        at(1, 15, 30),
        at(1, 15, 46),
    )
    kept = office.appointment(appointment)
    assert (kept.state, kept.finished_at) == (AppointmentState.KEPT, at(1, 15, 30))
    assert office.visit_of(appointment).left_at == at(1, 15, 30)
    assert office.line("R 1.04").now_state is None
    office.enter(next_one)
    assert office.state(next_one) is S.OCCUPIED
    assert office.in_order()


def test_who_had_the_room_after_it_that_day_gets_no_room_of_today(office: DoorOffice) -> None:
    office.visit(at(1, 13))
    missed = office.visit(at(1, 15, 46), client=office.hartwig, by=office.lindner, minutes=14)
    before = office.use(missed)
    appointment = left_inside(office, client=office.noack)
    assert office.vacate(appointment).result == {"pushed": [], "moved": [], "displaced": []}
    assert office.use(missed) == before


def test_after_months_a_room_can_still_be_checked_out_of(office: DoorOffice) -> None:
    appointment = left_inside(office)
    office.clock.set(at(20, 8, month=7))
    assert office.line("R 1.04").now_state is S.OCCUPIED
    office.vacate(appointment)
    assert office.line("R 1.04").now_state is None
    assert office.in_order()


def test_a_long_overrun_of_the_same_day_has_its_pause_from_now(office: DoorOffice) -> None:
    appointment = office.visit(at(1, 9, 15))
    office.enter(appointment)
    office.clock.set(at(1, 15))
    office.vacate(appointment)
    assert office.use(appointment).blocked_until == at(1, 15, 16)


def test_a_talk_across_midnight_has_its_pause_from_its_end(office: DoorOffice) -> None:
    appointment = at_night(office, at(1, 23, 40))
    office.clock.set(at(1, 23, 40))
    office.enter(appointment)
    office.clock.set(at(2, 0, 15))
    assert office.line("R 1.04").now_state is S.OCCUPIED
    office.vacate(appointment)
    assert office.use(appointment).blocked_until == at(2, 0, 31)
    assert office.line("R 1.04").now_state is S.AIRING


def test_what_waits_for_initials_waits_for_them_the_next_morning(office: DoorOffice) -> None:
    appointment = office.visit(at(1, 15), place=office.large_place)
    office.clock.set(at(1, 15))
    office.enter(appointment)
    office.clock.set(at(1, 15, 30))
    office.vacate(appointment)
    office.clock.set(at(6, 8))
    next_one = office.visit(at(6, 8, 5), place=office.large_place, client=office.hartwig)
    assert office.line("R 1.05").now_state is S.CLEANING
    assert refused(office, next_one) == "room_not_cleaned"
    office.cleaned(appointment)
    assert office.line("R 1.05").now_state is None
    office.enter(next_one)
    assert office.in_order()


def test_what_was_aired_overnight_needs_nothing_and_is_not_shown(office: DoorOffice) -> None:
    appointment = office.visit(at(1, 15), place=office.stale_place)
    office.clock.set(at(1, 15))
    office.enter(appointment)
    office.clock.set(at(1, 15, 30))
    office.vacate(appointment)
    office.clock.set(at(6, 8))
    line = office.line("R 2.01")
    assert (line.now_state, line.bookings, line.not_aired_enough) == (None, (), False)


def test_a_forgotten_room_can_be_closed_and_checked_out_of_afterwards(office: DoorOffice) -> None:
    appointment = left_inside(office)
    close = CloseRoom(
        room_id=office.room.id,
        use=RoomUse.MAINTENANCE,
        starts=at(6, 8),
        ends=at(6, 12),
        reason=ReasonCode.DEFECT,
    )
    office.do(close, by=office.reception)
    assert office.line("R 1.04").now_state is S.OCCUPIED
    office.vacate(appointment)
    assert office.line("R 1.04").closure is not None
    assert office.in_order()


def test_a_clock_before_the_entry_is_no_forgotten_check_out(office: DoorOffice) -> None:
    appointment = left_inside(office)
    office.clock.set(at(1, 14))
    use = office.use(appointment)
    with pytest.raises(Refused) as caught:
        office.do(VacateRoom(booking_id=use.id, version=use.version), by=office.reception)
    assert caught.value.code == "clock_set_back"


# --- another day ----------------------------------------------------------------------------------


def test_nobody_goes_into_a_room_on_another_day_than_the_appointments(office: DoorOffice) -> None:
    """Neither before it, which would take the room until then, nor after it."""
    coming = office.visit(at(6, 9, 15))
    before = office.use(coming)
    assert refused(office, coming) == "not_today"
    office.clock.set(at(7, 9, 15))
    assert refused(office, coming) == "not_today"
    assert office.use(coming) == before
    office.clock.set(at(6, 9, 10))
    office.enter(coming)
    assert office.state(coming) is S.OCCUPIED


def test_the_calendar_begins_no_visit_of_another_day_either(office: DoorOffice) -> None:
    coming = office.visit(at(6, 9, 15))
    command = SetAppointmentState(
        appointment_id=coming.id, version=coming.version, state=AppointmentState.IN_PROGRESS
    )
    with pytest.raises(Refused) as caught:
        office.do(command)
    assert caught.value.code == "not_today"


@pytest.mark.parametrize("night", [(3, 28), (10, 31)])
def test_on_days_of_23_and_25_hours_the_pause_is_as_long_as_ever(
    office: DoorOffice, night: tuple[int, int]
) -> None:
    month, day = night
    starts = at(day, 9, 15, month=month)
    office.clock.set(starts - timedelta(hours=8))  # before the clocks change
    appointment = at_night(office, starts)
    office.clock.set(starts)
    office.enter(appointment)
    office.clock.set(at(day, 9, 45, month=month))
    office.vacate(appointment)
    assert office.use(appointment).blocked_until - office.clock.now() == timedelta(minutes=16)
    line = office.line("R 1.04")
    assert (line.now_state, len(line.bookings)) == (S.AIRING, 1)
    assert offer(office, "R 1.04").starts == at(day, 10, 1, month=month)
