"""The room cycle on a real database: entering, leaving, overrunning, closing, undoing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.rooms import Room, RoomBooking
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Conflict, Refused, Taken
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    ReasonCode,
    RoomBookingState,
    RoomUse,
    VisitResult,
)
from koba_desktop.services.commands import Command
from koba_desktop.services.commands.door import (
    AssignPlace,
    CloseRoom,
    EnterRoom,
    MarkAired,
    MarkCleaned,
    ReopenRoom,
    VacateRoom,
)
from koba_desktop.services.execution import Receipt
from tests.unit.door_office import DoorOffice
from tests.unit.service_office import at

S = RoomBookingState


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DoorOffice]:
    """Halberstadt on Thursday, 1 April 2021, 09:12, with a door."""
    door = DoorOffice(tmp_path)
    yield door
    door.close()


def refused(office: DoorOffice, command: Command, by: Staff | None = None) -> str:
    with pytest.raises(Refused) as caught:
        office.do(command, by=by or office.reception)
    return caught.value.code


def closing(
    office: DoorOffice, starts: datetime, ends: datetime, room: Room | None = None, **values: Any
) -> CloseRoom:
    usual: dict[str, Any] = {
        "room_id": (room or office.room).id,
        "use": RoomUse.MAINTENANCE,
        "starts": starts,
        "ends": ends,
        "reason": ReasonCode.DEFECT,
    }
    return CloseRoom(**(usual | values))


def close(office: DoorOffice, starts: datetime, ends: datetime, **values: Any) -> Receipt:
    return office.do(closing(office, starts, ends, **values), by=office.reception)


def running(office: DoorOffice, **values: Any) -> Appointment:
    """A talk in R 1.04 that began at 09:15 and is planned until 09:45."""
    appointment = office.visit(at(1, 9, 15), **values)
    office.clock.set(at(1, 9, 15))
    office.enter(appointment)
    return appointment


# --- the cycle ------------------------------------------------------------------------------------


def test_room_appointment_and_visit_go_through_the_talk_together(office: DoorOffice) -> None:
    appointment = running(office)
    assert office.state(appointment) is S.OCCUPIED
    assert office.appointment(appointment).state is AppointmentState.IN_PROGRESS
    assert office.visit_of(appointment).entered_at == at(1, 9, 15)
    office.clock.set(at(1, 9, 40))
    office.vacate(appointment)
    use = office.use(appointment)
    assert (use.state, use.ends, use.blocked_until) == (S.AIRING, at(1, 9, 40), at(1, 9, 56))
    kept = office.appointment(appointment)
    assert (kept.state, kept.finished_at) == (AppointmentState.KEPT, at(1, 9, 40))
    assert office.visit_of(appointment).left_at == at(1, 9, 40)
    office.clock.set(at(1, 9, 56))
    office.aired(appointment)
    assert (office.state(appointment), office.use(appointment).active) == (S.FREE, False)
    assert office.in_order()


def test_a_room_that_is_cleaned_waits_for_the_initials(office: DoorOffice) -> None:
    appointment = running(office, place=office.large_place)
    office.clock.set(at(1, 9, 45))
    office.vacate(appointment)
    office.clock.set(at(1, 9, 50))
    office.aired(appointment)
    assert office.state(appointment) is S.CLEANING
    assert office.line("R 1.05").now_state is S.CLEANING
    use = office.use(appointment)
    empty = MarkCleaned(booking_id=use.id, version=use.version, initials=" ")
    assert refused(office, empty) == "initials_missing"
    office.cleaned(appointment, "Fi")
    assert (office.state(appointment), office.use(appointment).initials) == (S.FREE, "Fi")
    assert office.line("R 1.05").now_state is None


def test_nobody_goes_in_before_the_room_is_ready(office: DoorOffice) -> None:
    first = running(office, place=office.large_place)
    second = office.visit(
        at(1, 9, 50), place=office.large_place, client=office.hartwig, by=office.lindner
    )
    use = office.use(second)
    enter = EnterRoom(booking_id=use.id, version=use.version)
    office.clock.set(at(1, 9, 44))
    assert refused(office, enter) == "room_occupied"
    office.vacate(first)
    office.clock.set(at(1, 9, 48))
    assert refused(office, enter) == "room_airing"
    office.clock.set(at(1, 9, 50))
    assert refused(office, enter) == "room_not_cleaned"
    office.cleaned(first)
    office.do(enter, by=office.reception)
    assert office.state(second) is S.OCCUPIED
    assert office.in_order()


def test_what_is_aired_by_the_clock_is_free_when_the_next_goes_in(office: DoorOffice) -> None:
    first = running(office)
    second = office.visit(at(1, 10, 1), client=office.hartwig, by=office.lindner)
    office.clock.set(at(1, 9, 45))
    office.vacate(first)
    office.clock.set(at(1, 10, 1))
    office.enter(second)
    assert (office.state(first), office.state(second)) == (S.FREE, S.OCCUPIED)
    assert office.in_order()


def test_who_comes_early_takes_the_room_from_then(office: DoorOffice) -> None:
    appointment = office.visit(at(1, 9, 30))
    office.clock.set(at(1, 9, 25))
    office.enter(appointment)
    assert office.use(appointment).starts == at(1, 9, 25)


def test_who_comes_early_waits_while_the_room_is_reserved_for_another(office: DoorOffice) -> None:
    office.visit(at(1, 13), client=office.hartwig)
    after = office.visit(at(1, 13, 46), client=office.noack)
    office.clock.set(at(1, 13, 20))
    with pytest.raises(Taken) as taken:
        office.enter(after)
    assert taken.value.code == "place_taken"


def test_check_out_before_check_in_is_refused(office: DoorOffice) -> None:
    appointment = office.visit(at(1, 9, 30))
    use = office.use(appointment)
    assert refused(office, VacateRoom(booking_id=use.id, version=use.version)) == "booking_state"
    assert refused(office, MarkAired(booking_id=use.id, version=use.version)) == "booking_state"
    cleaned = MarkCleaned(booking_id=use.id, version=use.version, initials="Fi")
    assert refused(office, cleaned) == "booking_state"
    assert office.use(appointment) == use


def test_a_clock_set_back_writes_nothing(office: DoorOffice) -> None:
    appointment = running(office)
    use = office.use(appointment)
    office.clock.set(at(1, 9, 5))
    vacate = VacateRoom(booking_id=use.id, version=use.version)
    assert refused(office, vacate) == "clock_set_back"
    assert office.use(appointment) == use
    assert office.appointment(appointment).state is AppointmentState.IN_PROGRESS


def test_what_was_done_must_be_said_of_an_urgent_visit(office: DoorOffice) -> None:
    appointment = running(office, urgent=True)
    use = office.use(appointment)
    office.clock.set(at(1, 9, 40))
    vacate = VacateRoom(booking_id=use.id, version=use.version)
    assert refused(office, vacate) == "result_missing"
    assert office.state(appointment) is S.OCCUPIED
    office.do(replace(vacate, result=VisitResult.SETTLED), by=office.reception)
    assert office.visit_of(appointment).result is VisitResult.SETTLED


def test_who_saw_an_older_version_changes_nothing(office: DoorOffice) -> None:
    appointment = office.visit(at(1, 9, 30))
    stale = office.use(appointment)
    office.enter(appointment)
    with pytest.raises(Conflict) as conflict:
        office.do(VacateRoom(booking_id=stale.id, version=stale.version), by=office.reception)
    assert conflict.value.theirs == office.use(appointment)


# --- overruns -------------------------------------------------------------------------------------


def test_an_overrun_pushes_who_comes_next_and_keeps_the_end(office: DoorOffice) -> None:
    first = running(office)
    following = office.visit(at(1, 10, 5), client=office.hartwig, by=office.lindner)
    office.clock.set(at(1, 9, 58))
    line = office.line("R 1.04")
    assert line.late is not None
    assert line.late.overrun == timedelta(minutes=13)
    result = office.vacate(first).result
    assert result == {"pushed": [following.id], "moved": [], "displaced": []}
    use = office.use(following)
    assert (use.starts, use.ends) == (at(1, 10, 14), at(1, 10, 35))
    # The appointment is the one agreed on: only the room is later.
    assert office.appointment(following).starts == at(1, 10, 5)
    assert office.in_order()


def test_where_too_little_is_left_the_next_gets_another_room(office: DoorOffice) -> None:
    first = running(office)
    following = office.visit(at(1, 10, 5), client=office.hartwig, by=office.lindner)
    office.clock.set(at(1, 10, 6))
    assert office.vacate(first).result == {"pushed": [], "moved": [following.id], "displaced": []}
    use = office.use(following)
    assert (use.place_id, use.starts, use.ends) == (
        office.large_place.id,
        at(1, 10, 6),
        at(1, 10, 35),
    )
    assert office.rooms_before_and_after(following) == [("R 1.04", "R 1.05")]
    assert office.in_order()


def test_where_no_room_is_left_the_next_stands_at_the_top_and_is_not_lost(
    office: DoorOffice,
) -> None:
    first = running(office)
    following = office.visit(at(1, 10, 5), client=office.hartwig, by=office.lindner)
    for room in (office.large, office.stale):
        close(office, at(1, 9, 15), at(1, 16), room=room)
    office.clock.set(at(1, 10, 6))
    assert office.vacate(first).result == {"pushed": [], "moved": [], "displaced": [following.id]}
    assert office.state(following) is S.RELEASED
    assert office.appointment(following).state is AppointmentState.CONFIRMED
    assert office.rooms_before_and_after(following) == [("R 1.04", "")]
    version = office.appointment(following).version
    given = office.do(
        AssignPlace(appointment_id=following.id, version=version, now=True), by=office.reception
    )
    assert given.result["room_id"] == office.room.id
    use = office.use(following)
    assert (use.state, use.starts) == (S.RESERVED, at(1, 10, 22))
    assert office.in_order()


def test_a_gap_too_short_for_the_whole_talk_is_taken_as_far_as_it_goes(
    office: DoorOffice,
) -> None:
    office.visit(at(1, 10), client=office.hartwig, by=office.lindner)
    displaced = office.visit(at(1, 9, 30), place=office.large_place, client=office.noack)
    close(office, at(1, 9, 15), at(1, 16), room=office.stale)
    assert close(office, at(1, 9, 15), at(1, 16), room=office.large).result["displaced"] == [
        displaced.id
    ]
    office.clock.set(at(1, 9, 25))
    version = office.appointment(displaced).version
    command = AssignPlace(appointment_id=displaced.id, version=version, now=True)
    assert office.do(command, by=office.reception).result["room_id"] == office.room.id
    use = office.use(displaced)
    assert (use.starts, use.ends, use.blocked_until) == (at(1, 9, 25), at(1, 9, 44), at(1, 10))
    assert office.in_order()


def test_the_one_after_the_next_is_left_alone(office: DoorOffice) -> None:
    first = running(office)
    second = office.visit(at(1, 10, 5), client=office.hartwig, by=office.lindner)
    third = office.visit(at(1, 10, 55), client=office.noack)
    before = office.use(third)
    office.clock.set(at(1, 9, 58))
    office.vacate(first)
    assert office.use(third) == before
    assert office.use(second).blocked_until == at(1, 10, 51)


# --- closing and opening again --------------------------------------------------------------------


def closures(office: DoorOffice) -> list[RoomBooking]:
    return [b for b in office.all(RoomBooking) if b.use is not RoomUse.CONSULTATION]


def test_who_has_a_room_that_is_closed_gets_another(office: DoorOffice) -> None:
    coming = office.visit(at(1, 11))
    assert close(office, at(1, 10), at(1, 16)).result == {
        "pushed": [],
        "moved": [coming.id],
        "displaced": [],
    }
    use = office.use(coming)
    assert (use.place_id, use.starts, use.ends) == (
        office.large_place.id,
        at(1, 11),
        at(1, 11, 30),
    )
    assert office.rooms_before_and_after(coming) == [("R 1.04", "R 1.05")]
    assert office.appointment(coming).starts == at(1, 11)
    assert office.in_order()


def test_a_talk_that_runs_goes_on_elsewhere(office: DoorOffice) -> None:
    appointment = running(office)
    office.clock.set(at(1, 9, 20))
    result = close(office, at(1, 9, 20), at(1, 12)).result
    assert result == {"pushed": [], "moved": [appointment.id], "displaced": []}
    left, fresh = office.uses(appointment)
    assert (left.state, left.vacated_at) == (S.FREE, at(1, 9, 20))
    assert (fresh.state, fresh.place_id, fresh.starts, fresh.ends) == (
        S.OCCUPIED,
        office.large_place.id,
        at(1, 9, 20),
        at(1, 9, 45),
    )
    assert office.appointment(appointment).state is AppointmentState.IN_PROGRESS
    assert office.line("R 1.04").closure is not None
    assert office.in_order()


def test_a_talk_for_which_there_is_no_room_goes_on_without_one(office: DoorOffice) -> None:
    appointment = running(office)
    for room in (office.large, office.stale):
        close(office, at(1, 9, 15), at(1, 16), room=room)
    office.clock.set(at(1, 9, 20))
    result = close(office, at(1, 9, 20), at(1, 12)).result
    assert result == {"pushed": [], "moved": [], "displaced": [appointment.id]}
    assert office.appointment(appointment).state is AppointmentState.IN_PROGRESS
    assert office.rooms_before_and_after(appointment) == [("R 1.04", "")]
    assert office.in_order()


def test_who_overruns_is_moved_as_well_when_the_room_is_closed(office: DoorOffice) -> None:
    appointment = running(office)
    office.clock.set(at(1, 9, 50))
    result = close(office, at(1, 9, 50), at(1, 12)).result
    assert result["moved"] == [appointment.id]
    assert office.use(appointment).ends == at(1, 10, 5)
    assert office.in_order()


def test_a_room_somebody_will_still_be_in_is_not_closed_for_then(office: DoorOffice) -> None:
    running(office)
    assert refused(office, closing(office, at(1, 9, 30), at(1, 12))) == "room_occupied"
    assert closures(office) == []


def test_while_a_room_is_aired_it_may_be_closed_and_is_not_used_before_the_air_is_changed(
    office: DoorOffice,
) -> None:
    appointment = running(office)
    office.clock.set(at(1, 9, 45))
    office.vacate(appointment)
    office.clock.set(at(1, 9, 50))
    close(office, at(1, 9, 50), at(1, 9, 55))
    assert office.state(appointment) is S.FREE
    (closure,) = closures(office)
    assert (closure.ends, closure.blocked_until) == (at(1, 9, 55), at(1, 10, 1))
    with pytest.raises(Taken):
        office.visit(at(1, 10), client=office.hartwig)
    office.visit(at(1, 10, 1), client=office.hartwig)
    assert office.in_order()


def test_a_closure_that_begins_in_the_pause_leaves_it_whole(office: DoorOffice) -> None:
    appointment = running(office)
    office.clock.set(at(1, 9, 45))
    office.vacate(appointment)
    close(office, at(1, 9, 50), at(1, 9, 55))
    assert office.state(appointment) is S.AIRING
    assert office.line("R 1.04").now_state is S.AIRING
    office.clock.set(at(1, 9, 52))
    assert office.line("R 1.04").closure is not None
    office.clock.set(at(1, 9, 57))
    line = office.line("R 1.04")
    assert (line.now_state, line.until, line.closure) == (S.AIRING, at(1, 10, 1), None)
    office.clock.set(at(1, 10, 1))
    assert office.line("R 1.04").now_state is None
    assert office.in_order()


def test_who_has_the_room_before_a_closure_can_still_go_in_and_leave(office: DoorOffice) -> None:
    appointment = office.visit(at(1, 9, 15))
    close(office, at(1, 9, 50), at(1, 12))
    office.clock.set(at(1, 9, 15))
    office.enter(appointment)
    assert office.use(appointment).blocked_until == at(1, 9, 50)
    office.clock.set(at(1, 9, 48))
    office.vacate(appointment)
    (closure,) = closures(office)
    assert (closure.starts, closure.ends, closure.blocked_until) == (
        at(1, 9, 50),
        at(1, 12),
        at(1, 12),
    )
    assert office.in_order()


def test_an_overrun_into_a_closure_shortens_that_and_the_pause_comes_after_it(
    office: DoorOffice,
) -> None:
    first = running(office)
    after = office.visit(at(1, 10, 20), client=office.hartwig, by=office.lindner)
    close(office, at(1, 10, 1), at(1, 10, 10))
    office.clock.set(at(1, 10, 5))
    assert office.vacate(first).result == {"pushed": [after.id], "moved": [], "displaced": []}
    (closure,) = closures(office)
    assert (closure.starts, closure.ends, closure.blocked_until) == (
        at(1, 10, 5),
        at(1, 10, 10),
        at(1, 10, 21),
    )
    assert office.use(after).starts == at(1, 10, 21)
    assert office.in_order()


def test_a_closure_that_was_overrun_altogether_is_told(office: DoorOffice) -> None:
    first = running(office)
    close(office, at(1, 10, 1), at(1, 10, 10))
    (closure,) = closures(office)
    office.clock.set(at(1, 10, 15))
    assert office.vacate(first).result["displaced"] == [closure.id]
    assert office.in_order()


def test_closures_do_not_overlap(office: DoorOffice) -> None:
    close(office, at(1, 10), at(1, 12))
    for starts, ends in ((9, 11), (11, 13), (10, 12), (9, 13)):
        assert refused(office, closing(office, at(1, starts), at(1, ends))) == "room_closed_then"
    with pytest.raises(Refused) as told:
        close(office, at(1, 11), at(1, 13))
    assert told.value.problems[0].params == {"starts": at(1, 10), "ends": at(1, 12)}
    close(office, at(1, 12), at(1, 13))
    assert len(closures(office)) == 2


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"ends": at(1, 10)}, "ends_before_start"),
        ({"ends": at(1, 9)}, "ends_before_start"),
        ({"starts": at(1, 8), "ends": at(1, 9)}, "ends_before_start"),
        ({"ends": at(3, 10, month=5)}, "closed_too_long"),
        ({"reason": None}, "reason_missing"),
        ({"use": RoomUse.CONSULTATION}, "use_missing"),
    ],
)
def test_a_closure_that_makes_no_sense_is_refused(
    office: DoorOffice, values: dict[str, Any], code: str
) -> None:
    command = replace(closing(office, at(1, 10), at(1, 12)), **values)
    assert refused(office, command) == code
    assert closures(office) == []


def test_a_closure_of_a_place_outside_closes_all_its_positions(office: DoorOffice) -> None:
    close(office, at(1, 9, 12), at(1, 12), room=office.yard)
    assert {c.place_id for c in closures(office)} == {p.id for p in office.yard_places}
    line = office.line("Hof 1")
    assert (line.places_free, line.closure is not None) == (0, True)


def test_a_room_is_open_again_from_now_on(office: DoorOffice) -> None:
    close(office, at(1, 9, 12), at(1, 16))
    office.clock.set(at(1, 10))
    office.do(ReopenRoom(room_id=office.room.id), by=office.reception)
    (closure,) = closures(office)
    assert (closure.state, closure.ends, closure.active) == (S.FREE, at(1, 10), False)
    office.visit(at(1, 10, 15))
    assert refused(office, ReopenRoom(room_id=office.room.id)) == "room_not_closed"


def test_a_room_opened_again_is_not_used_before_the_pause_is_over(office: DoorOffice) -> None:
    appointment = running(office)
    office.clock.set(at(1, 9, 20))
    close(office, at(1, 9, 20), at(1, 12))
    office.clock.set(at(1, 9, 25))
    office.do(ReopenRoom(room_id=office.room.id), by=office.reception)
    line = office.line("R 1.04")
    assert (line.now_state, line.until) == (S.AIRING, at(1, 9, 36))
    with pytest.raises(Taken):
        office.visit(at(1, 9, 35), client=office.hartwig, by=office.lindner)
    office.visit(at(1, 9, 36), client=office.hartwig, by=office.lindner)
    assert office.state(appointment) is S.OCCUPIED
    assert office.in_order()


def test_a_closure_to_come_is_taken_back_and_gives_the_pause_back(office: DoorOffice) -> None:
    appointment = office.visit(at(1, 9, 15))
    close(office, at(1, 9, 50), at(1, 12))
    assert office.use(appointment).blocked_until == at(1, 9, 50)
    office.do(ReopenRoom(room_id=office.room.id), by=office.reception)
    assert closures(office)[0].state is S.RELEASED
    assert office.use(appointment).blocked_until == at(1, 10, 1)
    assert office.in_order()
