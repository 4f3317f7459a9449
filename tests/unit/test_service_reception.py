"""The front desk on a real database: arriving, waiting, numbers, leaving (domain rules § 7)."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.contacts import CallTask
from koba_desktop.domain.entities.office import Setting
from koba_desktop.domain.entities.rooms import Visit
from koba_desktop.domain.errors import Conflict, Refused
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    CallReason,
    Channel,
    ChecklistItem,
    Need,
    RoomBookingState,
    VisitNeed,
    VisitResult,
)
from koba_desktop.services.commands import CancelAppointment, Command, Reschedule
from koba_desktop.services.commands import SetAppointmentState as SetState
from koba_desktop.services.commands.door import ArriveVisitor, CallAdvisor, LeaveWaiting
from koba_desktop.services.ids import new_id
from koba_desktop.services.reception.page import ReceptionPage, reception_page
from koba_desktop.services.rows import ArrivalRow
from tests.unit.door_office import DoorOffice
from tests.unit.service_office import LONG_AGO, at


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DoorOffice]:
    door = DoorOffice(tmp_path)
    yield door
    door.close()


def page(office: DoorOffice) -> ReceptionPage:
    with office.view(office.reception) as view:
        return reception_page(view, office.office.id)


def names(rows: tuple[ArrivalRow, ...]) -> list[str]:
    return [row.family_name for row in rows]


def refused(office: DoorOffice, command: Command) -> str:
    with pytest.raises(Refused) as caught:
        office.do(command, by=office.reception)
    return caught.value.code


def arrive(office: DoorOffice, appointment: Appointment, **values: object) -> Visit:
    version = office.appointment(appointment).version
    command = ArriveVisitor(appointment_id=appointment.id, version=version)
    office.do(replace(command, **values), by=office.reception)  # type: ignore[arg-type]
    return office.visit_of(appointment)


def move(office: DoorOffice, appointment: Appointment, day: int, hour: int, **values: object):
    version = office.appointment(appointment).version
    starts = at(day, hour)
    ends = starts + (appointment.ends - appointment.starts)
    command = Reschedule(appointment_id=appointment.id, version=version, starts=starts, ends=ends)
    return office.do(replace(command, **values), by=office.reception)  # type: ignore[arg-type]


# --- who is where ---------------------------------------------------------------------------------


def test_a_visitor_goes_from_expected_to_gone(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 30))
    assert names(page(office).expected) == ["Kuhn"]
    arrive(office, coming)
    assert (names(page(office).waiting), names(page(office).expected)) == (["Kuhn"], [])
    office.clock.set(at(1, 9, 30))
    office.enter(coming)
    assert names(page(office).talking) == ["Kuhn"]
    office.clock.set(at(1, 10))
    office.vacate(coming)
    (gone,) = page(office).gone
    assert (gone.left_at, gone.state) == (at(1, 10), AppointmentState.KEPT)


def test_who_waits_is_listed_in_the_order_of_arrival(office: DoorOffice) -> None:
    early = office.visit(at(1, 9, 30))
    late = office.visit(at(1, 10, 30), client=office.hartwig)
    arrive(office, late)
    office.clock.advance(minutes=5)
    arrive(office, early)
    assert names(page(office).waiting) == ["Hartwig", "Kuhn"]
    assert page(office).waiting[1].arrived_at == at(1, 9, 17)


def test_companions_count_among_those_in_the_house(office: DoorOffice) -> None:
    first = office.visit(at(1, 9, 30), place=office.large_place)
    second = office.visit(at(1, 10, 30), client=office.hartwig)
    arrive(office, first, companions=1)
    arrive(office, second)
    assert page(office).in_house == 3


def test_telephone_appointments_and_other_days_are_not_the_receptions(office: DoorOffice) -> None:
    office.booked(at(1, 9, 30))
    office.visit(at(6, 9, 30), client=office.hartwig)
    assert page(office).expected == ()


def test_the_limits_and_the_checklist_are_the_offices(office: DoorOffice) -> None:
    found = page(office)
    assert (found.wait_minutes, found.cap) == (10, None)
    assert found.checklist[0] is ChecklistItem.MASK
    own: dict[str, object] = {
        "reception.wait_minutes": 25,
        "visitors.cap": 4,
        "reception.checklist": ["hands"],
    }
    office.put(
        *(
            Setting(
                id=new_id(),
                key=key,
                value=value,
                valid_from=LONG_AGO,
                office_id=office.office.id,
            )
            for key, value in own.items()
        )
    )
    found = page(office)
    assert (found.wait_minutes, found.cap, found.checklist) == (25, 4, (ChecklistItem.HANDS,))


def test_reception_reads_no_purpose_from_the_page(office: DoorOffice) -> None:
    office.visit(at(1, 9, 30), purpose="Mietschulden")
    assert "Mietschulden" not in repr(page(office))
    assert not {"purpose", "note", "phone", "address"} & {f.name for f in fields(ArrivalRow)}


# --- arriving -------------------------------------------------------------------------------------


def test_what_was_looked_at_is_kept_with_the_visit(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 30), place=office.large_place)
    visit = arrive(
        office,
        coming,
        companions=1,
        needs=(VisitNeed.INTERPRETER,),
        checked=(ChecklistItem.MASK, ChecklistItem.SYMPTOMS),
    )
    assert visit.arrived_at == at(1, 9, 12)
    assert (visit.companions, visit.needs) == (1, (VisitNeed.INTERPRETER,))
    assert visit.checked == (ChecklistItem.MASK, ChecklistItem.SYMPTOMS)


def test_what_was_planned_stays_where_nothing_else_is_said(office: DoorOffice) -> None:
    needing = replace(office.kuhn, id=new_id(), number="1", needs=(Need.WHEELCHAIR,))
    office.put(needing)
    coming = office.visit(at(1, 9, 30), place=office.large_place, client=needing, persons=3)
    visit = arrive(office, coming)
    assert (visit.companions, visit.needs) == (1, (VisitNeed.WHEELCHAIR,))


def test_who_comes_on_another_day_is_told_so(office: DoorOffice) -> None:
    tomorrow = office.visit(at(6, 9, 30))
    command = ArriveVisitor(appointment_id=tomorrow.id, version=tomorrow.version)
    with pytest.raises(Refused) as caught:
        office.do(command, by=office.reception)
    problem = caught.value.problems[0]
    assert (problem.code, problem.params) == ("not_today", {"day": date(2021, 4, 6)})
    assert office.visit_of(tomorrow).arrived_at is None


def test_nobody_arrives_for_a_telephone_call_twice_or_after_a_cancellation(
    office: DoorOffice,
) -> None:
    call = office.booked(at(1, 15))
    command = ArriveVisitor(appointment_id=call.id, version=call.version)
    assert refused(office, command) == "not_personal"
    coming = office.visit(at(1, 9, 30), client=office.hartwig)
    arrive(office, coming)
    again = ArriveVisitor(appointment_id=coming.id, version=office.appointment(coming).version)
    assert refused(office, again) == "state_not_possible"
    gone = office.visit(at(1, 11), client=office.noack)
    office.do(CancelAppointment(appointment_id=gone.id, version=gone.version, by_client=True))
    late = ArriveVisitor(appointment_id=gone.id, version=office.appointment(gone).version)
    assert refused(office, late) == "state_not_possible"


def test_who_saw_an_older_version_is_told_and_nobody_arrives_twice(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 30))
    arrive(office, coming)
    with pytest.raises(Conflict):
        office.do(
            ArriveVisitor(appointment_id=coming.id, version=coming.version), by=office.reception
        )


def test_the_state_of_the_appointment_takes_visit_and_room_along(office: DoorOffice) -> None:
    """The calendar's own buttons do the same as the reception's."""
    coming = office.visit(at(1, 9, 30))

    def become(state: AppointmentState, **values: object) -> None:
        version = office.appointment(coming).version
        command = SetState(appointment_id=coming.id, version=version, state=state)
        office.do(replace(command, **values))  # type: ignore[arg-type]

    become(AppointmentState.ARRIVED)
    assert office.visit_of(coming).arrived_at == at(1, 9, 12)
    office.clock.set(at(1, 9, 30))
    become(AppointmentState.IN_PROGRESS)
    assert office.state(coming) is RoomBookingState.OCCUPIED
    office.clock.set(at(1, 9, 50))
    become(AppointmentState.KEPT)
    assert office.state(coming) is RoomBookingState.AIRING
    assert office.visit_of(coming).left_at == at(1, 9, 50)
    assert office.in_order()


# --- waiting --------------------------------------------------------------------------------------


def test_the_advisor_is_told_once_somebody_waits(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 30))
    visit = office.visit_of(coming)
    call = CallAdvisor(visit_id=visit.id, version=visit.version)
    assert refused(office, call) == "visitor_not_waiting"
    visit = arrive(office, coming)
    office.clock.advance(minutes=3)
    office.do(CallAdvisor(visit_id=visit.id, version=visit.version), by=office.reception)
    assert office.visit_of(coming).called_at == at(1, 9, 15)
    office.enter(coming)
    visit = office.visit_of(coming)
    late = CallAdvisor(visit_id=visit.id, version=visit.version)
    assert refused(office, late) == "visitor_not_waiting"


def test_who_leaves_without_a_talk_is_called(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 30))
    visit = arrive(office, coming)
    office.clock.set(at(1, 10))
    leave = LeaveWaiting(visit_id=visit.id, version=visit.version)
    task_id = office.do(leave, by=office.reception).result["task_id"]
    task = office.one(CallTask, id=task_id)
    assert (task.reason, task.client_id, task.advisor_id) == (
        CallReason.MISSED_APPOINTMENT,
        office.kuhn.id,
        office.berger.id,
    )
    visit = office.visit_of(coming)
    assert (visit.left_at, visit.result) == (at(1, 10), VisitResult.LEFT)
    assert office.appointment(coming).state is AppointmentState.MISSED
    assert office.state(coming) is RoomBookingState.RELEASED
    assert names(page(office).gone) == ["Kuhn"]
    again = LeaveWaiting(visit_id=visit.id, version=visit.version)
    assert refused(office, again) == "visitor_not_waiting"


def test_of_a_visitor_without_a_record_nobody_can_be_called(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 30), client_id=None, visitor_name="Frau Unbekannt")
    visit = arrive(office, coming)
    leave = LeaveWaiting(visit_id=visit.id, version=visit.version)
    assert office.do(leave, by=office.reception).result["task_id"] is None
    assert office.all(CallTask) == []


# --- numbers --------------------------------------------------------------------------------------


def test_each_visitor_of_a_day_has_a_number_of_his_own(office: DoorOffice) -> None:
    first = office.visit(at(1, 9, 30))
    second = office.visit(at(1, 10, 30), client=office.hartwig)
    next_day = office.visit(at(6, 9, 30), client=office.noack)
    codes = [office.visit_of(each).code for each in (first, second, next_day)]
    assert codes == ["101", "102", "101"]


def test_the_number_of_a_visit_called_off_is_not_given_again(office: DoorOffice) -> None:
    first = office.visit(at(1, 9, 30))
    office.do(CancelAppointment(appointment_id=first.id, version=first.version, by_client=True))
    second = office.visit(at(1, 10, 30), client=office.hartwig)
    assert office.visit_of(second).code == "102"


def test_two_offices_count_by_themselves(office: DoorOffice) -> None:
    far = Visit(id=new_id(), office_id=office.elsewhere.id, day=date(2021, 4, 1), code="101")
    office.put(far)
    assert office.visit_of(office.visit(at(1, 9, 30))).code == "101"


def test_who_moves_to_another_day_keeps_the_number_if_nobody_has_it_there(
    office: DoorOffice,
) -> None:
    coming = office.visit(at(1, 9, 30))
    move(office, coming, 6, 9)
    visit = office.visit_of(coming)
    assert (visit.day, visit.code) == (date(2021, 4, 6), "101")


def test_who_moves_to_a_day_on_which_somebody_has_it_gets_another(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 30))
    office.visit(at(6, 10, 30), client=office.hartwig)
    move(office, coming, 6, 9)
    visit = office.visit_of(coming)
    assert (visit.day, visit.code) == (date(2021, 4, 6), "102")


def test_within_the_day_the_number_stays(office: DoorOffice) -> None:
    coming = office.visit(at(1, 9, 30))
    office.visit(at(1, 10, 30), client=office.hartwig)
    move(office, coming, 1, 13)
    assert office.visit_of(coming).code == "101"


def test_who_is_called_instead_has_no_visit_and_gets_one_again_when_coming(
    office: DoorOffice,
) -> None:
    coming = office.visit(at(1, 9, 30))
    move(office, coming, 6, 9, channel=Channel.TELEPHONE)
    assert office.all(Visit, appointment_id=coming.id, withdrawn_at=None) == []
    assert office.state(coming) is RoomBookingState.RELEASED
    move(office, coming, 6, 10, channel=Channel.IN_PERSON)
    assert office.visit_of(coming).day == date(2021, 4, 6)
    assert office.state(coming) is RoomBookingState.RESERVED
    assert office.in_order()


def test_a_day_with_hundreds_of_visitors_goes_on_counting(office: DoorOffice) -> None:
    day = date(2021, 4, 1)
    office.put(
        *(
            Visit(id=new_id(), office_id=office.office.id, day=day, code=str(101 + n))
            for n in range(950)
        ),
        # From before the numbers: no figure at all.
        Visit(id=new_id(), office_id=office.office.id, day=day, code="A-7"),
    )
    assert office.visit_of(office.visit(at(1, 9, 30))).code == str(101 + 950)


def test_the_wall_clock_decides_which_day_it_is(office: DoorOffice) -> None:
    """Between midnight in Berlin and midnight UTC it is the next day here."""
    coming = office.visit(at(6, 9))
    office.clock.set(at(6, 0, 15))
    arrive(office, coming)
    assert names(page(office).waiting) == ["Kuhn"]
