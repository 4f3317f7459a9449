"""Emergencies on a real database: the ladder asked, a rung taken whole or not at all."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from koba_desktop.domain.emergency import Rung, passed_over
from koba_desktop.domain.entities.appointments import Appointment, Participant
from koba_desktop.domain.entities.office import Setting
from koba_desktop.domain.entities.rooms import Refusal, RoomBooking, Visit
from koba_desktop.domain.entities.staff import Absence
from koba_desktop.domain.errors import OfficeError, Refused, Taken
from koba_desktop.domain.places import Step
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    Channel,
    Mode,
    ModeSource,
    ReasonCode,
    RefusalReason,
    RoomBookingState,
    RoomKind,
    RoomUse,
    Urgency,
    UrgencyCategory,
    VisitNeed,
    VisitResult,
)
from koba_desktop.services.commands import Command, SetMode
from koba_desktop.services.commands import SetAppointmentState as SetState
from koba_desktop.services.commands.door import AssignEmergency, CloseRoom, PassedOver, RefuseVisit
from koba_desktop.services.emergency.ladder import Answer, Question, emergency_ladder
from koba_desktop.services.execution import Receipt
from koba_desktop.services.ids import new_id
from tests.unit.door_office import DoorOffice
from tests.unit.service_office import LONG_AGO, at

WRITTEN = (Appointment, Participant, Visit, RoomBooking, Refusal)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DoorOffice]:
    """In the closure: only what cannot wait is seen in person."""
    door = DoorOffice(tmp_path)
    closed = SetMode(
        office_id=door.office.id,
        mode=Mode.CLOSED,
        valid_from=at(1, 8),
        source=ModeSource.DISTRICT_ORDER,
        reason="Allgemeinverfügung",
    )
    door.do(closed, by=door.lead)
    yield door
    door.close()


def ask(office: DoorOffice, **values: Any) -> Answer:
    usual: dict[str, Any] = {"office_id": office.office.id, "client_id": office.kuhn.id}
    with office.view(office.reception) as view:
        return emergency_ladder(view, Question(**(usual | values)))


def rungs(answer: Answer) -> list[tuple[str, Step]]:
    return [(r.offer.room.name if r.offer else "", r.step) for r in answer.ladder.rungs]


def taking(office: DoorOffice, answer: Answer, rung: Rung, **values: Any) -> AssignEmergency:
    """The command the desk sends for a rung."""
    offer = rung.offer
    channel = Channel.TELEPHONE
    if offer is not None:
        outdoors = offer.room.kind is RoomKind.OUTDOOR
        channel = Channel.OUTDOORS if outdoors else Channel.IN_PERSON
    usual: dict[str, Any] = {
        "office_id": office.office.id,
        "advisor_id": answer.advisor_id,
        "channel": channel,
        "starts": rung.starts,
        "ends": rung.ends,
        "category": UrgencyCategory.NO_MONEY,
        "client_id": office.kuhn.id,
        "place_id": offer.situation.place_id if offer is not None else None,
        "phone": answer.phone,
        "passed_over": tuple(
            PassedOver(room_id=room_id, code=code)
            for room_id, code in passed_over(answer.ladder, rung)
        ),
    }
    return AssignEmergency(**(usual | values))


def take_best(office: DoorOffice, client: Any = None, **values: Any) -> tuple[Rung, Receipt]:
    client_id = (client or office.kuhn).id
    answer = ask(office, client_id=client_id, **values)
    best = answer.ladder.rungs[0]
    command = taking(office, answer, best, client_id=client_id)
    return best, office.do(command, by=office.reception)


def close(office: DoorOffice, *rooms: Any, until: Any = None) -> None:
    for room in rooms:
        command = CloseRoom(
            room_id=room.id,
            use=RoomUse.MAINTENANCE,
            starts=office.clock.now(),
            ends=until or at(1, 16),
            reason=ReasonCode.DEFECT,
        )
        office.do(command, by=office.reception)


def written(office: DoorOffice) -> int:
    return sum(len(office.all(kind)) for kind in WRITTEN)


# --- the ladder -----------------------------------------------------------------------------------


def test_the_small_room_comes_first_and_the_accessible_one_is_kept(office: DoorOffice) -> None:
    assert rungs(ask(office)) == [
        ("R 1.04", Step.ROOM_NOW),
        ("R 1.05", Step.ROOM_NOW),
        ("Hof 1", Step.OUTDOORS),
        ("", Step.TELEPHONE),
        ("R 2.01", Step.ROOM_NOW),
    ]


def test_emergencies_are_placed_until_rooms_run_out_then_outside_later_and_called(
    office: DoorOffice,
) -> None:
    """Two rooms, a place outside for two, and the advisors' diaries."""
    steps = []
    for number in range(7):
        visitor = office.client("Gast", f"Nr. {number}", None, office.kuhn.salutation)
        office.put(visitor)
        best, receipt = take_best(office, visitor)
        steps.append((best.offer.room.name if best.offer else "", best.step))
        assert receipt.result["appointment_id"] is not None
    assert steps[:2] == [("R 1.04", Step.ROOM_NOW), ("R 1.05", Step.ROOM_NOW)]
    # Both advisors are taken by then: what follows is later today.
    assert {step for _, step in steps[2:]} <= {Step.ROOM_LATER, Step.TELEPHONE}
    assert len(office.all(Appointment)) == 7
    assert office.in_order()


def test_outside_is_used_where_no_room_is_free_and_both_positions_are(office: DoorOffice) -> None:
    close(office, office.room, office.large)
    first, _ = take_best(office)
    second, _ = take_best(office, office.hartwig)
    assert (first.step, second.step) == (Step.OUTDOORS, Step.OUTDOORS)
    assert first.offer is not None
    assert second.offer is not None
    assert {first.offer.situation.number, second.offer.situation.number} == {1, 2}
    appointments = office.all(Appointment)
    assert {a.channel for a in appointments} == {Channel.OUTDOORS}
    assert office.in_order()


def test_what_is_confidential_waits_for_a_room_instead(office: DoorOffice) -> None:
    close(office, office.room, office.large, until=at(1, 10))
    answer = ask(office, needs=frozenset({VisitNeed.CONFIDENTIAL}))
    assert [step for _, step in rungs(answer)[:2]] == [Step.ROOM_LATER, Step.ROOM_LATER]
    assert "Hof 1" not in dict(rungs(answer))
    codes = {r.situation.room.name: r.code for r in answer.ladder.refused}
    assert codes["Hof 1"] is RefusalReason.NOT_CONFIDENTIAL


def test_the_waiting_limit_is_the_offices(office: DoorOffice) -> None:
    close(office, office.room, office.large, until=at(1, 9, 40))
    assert rungs(ask(office))[0] == ("Hof 1", Step.OUTDOORS)
    office.put(
        Setting(
            id=new_id(),
            key="emergency.wait_minutes",
            value=30,
            valid_from=LONG_AGO,
            office_id=office.office.id,
        )
    )
    assert rungs(ask(office))[0] == ("R 1.04", Step.ROOM_SOON)


def test_more_persons_than_any_place_holds_leave_the_telephone(office: DoorOffice) -> None:
    answer = ask(office, persons=9)
    assert rungs(answer) == [("", Step.TELEPHONE)]
    assert {r.code for r in answer.ladder.refused} == {RefusalReason.TOO_MANY_PERSONS}


def test_who_is_on_duty_is_proposed_then_who_is_responsible(office: DoorOffice) -> None:
    assert ask(office).advisors[0].name == "Berger"
    office.put(
        Setting(
            id=new_id(),
            key="emergency.duty",
            value=["lindner"],
            valid_from=LONG_AGO,
            office_id=office.office.id,
        )
    )
    answer = ask(office)
    assert [(d.name, d.on_duty, d.responsible) for d in answer.advisors] == [
        ("Lindner", True, False),
        ("Berger", False, True),
    ]
    assert answer.advisor_id == office.lindner.id
    named = ask(office, advisor_id=office.berger.id)
    assert named.advisor_id == office.berger.id


def test_who_is_absent_or_busy_comes_last_and_the_ladder_waits_for_who_is_named(
    office: DoorOffice,
) -> None:
    office.put(
        Absence(id=new_id(), staff_id=office.berger.id, starts=at(1, 9), ends=at(1, 10)),
    )
    answer = ask(office)
    assert answer.advisor_id == office.lindner.id
    named = ask(office, advisor_id=office.berger.id)
    assert named.ladder.rungs[0].starts == at(1, 10)


def test_whose_free_time_fits_no_place_gives_way_to_who_can_have_one(office: DoorOffice) -> None:
    """Berger is free at once, but only until the rooms are; Lindner a little later, and then on."""
    close(office, office.room, office.large, until=at(1, 9, 31))
    close(office, office.yard, office.stale)
    office.booked(at(1, 9, 45), minutes=120)
    office.booked(at(1, 9, 15), minutes=15, client_id=office.noack.id, advisor_id=office.lindner.id)
    answer = ask(office, client_id=office.hartwig.id)
    assert [d.name for d in answer.advisors] == ["Berger", "Lindner"]
    assert answer.advisor_id == office.lindner.id
    assert (rungs(answer)[0], answer.ladder.rungs[0].starts) == (
        ("R 1.04", Step.ROOM_SOON),
        at(1, 9, 31),
    )
    named = ask(office, client_id=office.hartwig.id, advisor_id=office.berger.id)
    assert named.ladder.rungs[0].step is Step.ROOM_LATER


def test_where_nothing_is_near_for_anybody_the_lowest_wait_counts(office: DoorOffice) -> None:
    close(office, office.room, office.large, until=at(1, 10))
    close(office, office.yard, office.stale)
    office.booked(at(1, 9, 45), minutes=120)
    answer = ask(office, client_id=office.hartwig.id)
    assert answer.advisors[0].name == "Berger"
    assert answer.advisor_id == office.lindner.id
    assert answer.ladder.rungs[0].starts == at(1, 10)


def test_where_there_is_no_place_for_anybody_the_first_can_call(office: DoorOffice) -> None:
    close(office, office.room, office.large, office.yard, office.stale)
    answer = ask(office)
    assert answer.advisor_id == office.berger.id
    assert rungs(answer) == [("", Step.TELEPHONE)]


def test_appointments_say_from_when_to_when_somebody_is_free(office: DoorOffice) -> None:
    office.booked(at(1, 9, 15), minutes=60)
    office.booked(at(1, 11, 30), client_id=office.hartwig.id)
    office.booked(at(1, 9, 30), client_id=office.noack.id, advisor_id=office.lindner.id)
    free = {d.name: (d.free_from, d.free_until) for d in ask(office).advisors}
    assert free == {
        "Berger": (at(1, 10, 15), at(1, 11, 30)),
        "Lindner": (at(1, 10), at(1, 16)),
    }


def test_who_comes_just_before_the_house_closes_is_still_seen_but_called_no_more(
    office: DoorOffice,
) -> None:
    office.clock.set(at(1, 15, 55))
    answer = ask(office)
    assert rungs(answer)[0] == ("R 1.04", Step.ROOM_NOW)
    assert Step.TELEPHONE not in {step for _, step in rungs(answer)}
    assert all(duty.free_from is None for duty in answer.advisors)


def test_the_number_called_is_one_that_works(office: DoorOffice) -> None:
    assert ask(office).phone == "0176 04069118"
    assert ask(office, client_id=office.hartwig.id).phone == ""
    assert ask(office, client_id=None).phone == ""


# --- taking a rung --------------------------------------------------------------------------------


def test_room_advisor_visitor_and_visit_come_in_one_step(office: DoorOffice) -> None:
    best, receipt = take_best(office)
    appointment = office.one(Appointment)
    assert appointment.id == receipt.result["appointment_id"]
    assert (appointment.state, appointment.urgency, appointment.urgency_category) == (
        AppointmentState.ARRIVED,
        Urgency.EMERGENCY,
        UrgencyCategory.NO_MONEY,
    )
    use = office.one(RoomBooking, id=receipt.result["booking_id"])
    assert best.offer is not None
    assert (use.place_id, use.starts, use.blocked_until) == (
        office.place.id,
        best.starts,
        best.offer.blocked_until,
    )
    visit = office.one(Visit, id=receipt.result["visit_id"])
    assert (visit.code, visit.arrived_at) == (receipt.result["code"], at(1, 9, 12))
    assert office.one(Participant).client_id == office.kuhn.id
    assert office.in_order()


def test_who_is_to_come_back_later_does_not_wait_in_the_house(office: DoorOffice) -> None:
    close(office, office.room, office.large, until=at(1, 11))
    answer = ask(office, needs=frozenset({VisitNeed.CONFIDENTIAL}))
    command = taking(office, answer, answer.ladder.rungs[0])
    office.do(command, by=office.reception)
    assert office.one(Appointment).state is AppointmentState.CONFIRMED
    assert office.one(Visit).arrived_at is None


def test_a_visitor_without_a_record_is_seen_as_well(office: DoorOffice) -> None:
    answer = ask(office, client_id=None)
    command = taking(
        office, answer, answer.ladder.rungs[0], client_id=None, visitor_name=" Herr Namenlos "
    )
    office.do(command, by=office.reception)
    participant = office.one(Participant)
    assert (participant.client_id, participant.visitor_name) == (None, "Herr Namenlos")


def test_companions_and_needs_go_with_the_visit(office: DoorOffice) -> None:
    needs = frozenset({VisitNeed.WHEELCHAIR})
    answer = ask(office, persons=3, needs=needs)
    assert rungs(answer)[0] == ("R 1.05", Step.ROOM_NOW)
    command = taking(office, answer, answer.ladder.rungs[0], companions=1, needs=tuple(needs))
    office.do(command, by=office.reception)
    visit = office.one(Visit)
    assert (visit.companions, visit.needs) == (1, (VisitNeed.WHEELCHAIR,))
    assert office.one(RoomBooking).persons == 3


def test_the_telephone_needs_neither_room_nor_visit_and_can_be_held(office: DoorOffice) -> None:
    answer = ask(office)
    call = next(r for r in answer.ladder.rungs if r.step is Step.TELEPHONE)
    receipt = office.do(taking(office, answer, call), by=office.reception)
    assert (receipt.result["visit_id"], receipt.result["booking_id"]) == (None, None)
    appointment = office.one(Appointment)
    assert (appointment.channel, appointment.phone) == (Channel.TELEPHONE, "0176 04069118")
    assert (office.all(Visit), office.all(RoomBooking)) == ([], [])
    assert {r.code for r in office.all(Refusal)} == {
        RefusalReason.ANOTHER_CHOSEN,
        RefusalReason.NOT_AIRED_ENOUGH,
    }


def test_what_was_done_is_recorded_at_the_end(office: DoorOffice) -> None:
    _, receipt = take_best(office)
    appointment = office.one(Appointment, id=receipt.result["appointment_id"])
    office.clock.set(at(1, 9, 14))
    office.enter(appointment)
    office.clock.set(at(1, 9, 40))
    unsaid = SetState(
        appointment_id=appointment.id,
        version=office.appointment(appointment).version,
        state=AppointmentState.KEPT,
    )
    with pytest.raises(Refused) as caught:
        office.do(unsaid)
    assert caught.value.code == "result_missing"
    office.do(replace(unsaid, result=VisitResult.BY_TELEPHONE, command_id=new_id()))
    assert office.visit_of(appointment).result is VisitResult.BY_TELEPHONE


# --- all or nothing -------------------------------------------------------------------------------


def test_where_somebody_was_quicker_nothing_stays_behind(office: DoorOffice) -> None:
    answer = ask(office, client_id=office.hartwig.id, advisor_id=office.lindner.id)
    take_best(office)
    before = written(office)
    rung = answer.ladder.rungs[0]
    with pytest.raises(Taken) as taken:
        office.do(taking(office, answer, rung, client_id=office.hartwig.id), by=office.reception)
    assert taken.value.code == "place_taken"
    assert written(office) == before
    # Asked again the ladder has another place, and that one is taken.
    best, _ = take_best(office, office.hartwig, advisor_id=office.lindner.id)
    assert best.offer is not None
    assert best.offer.room.name == "R 1.05"
    assert office.in_order()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"client_id": None}, "client_missing"),
        ({"client_id": None, "visitor_name": "  "}, "client_missing"),
        ({"category": None}, "urgency_category_missing"),
        ({"urgency": Urgency.NONE}, "urgency_category_missing"),
        ({"place_id": None}, "place_missing"),
        ({"companions": -1}, "not_positive"),
        ({"companions": 5}, "too_many_persons"),
        ({"needs": (VisitNeed.WHEELCHAIR,)}, "not_accessible"),
        ({"needs": (VisitNeed.SCREEN,)}, "no_screen"),
        ({"starts": at(1, 8), "ends": at(1, 8, 30)}, "in_the_past"),
        ({"starts": at(1, 10), "ends": at(1, 10)}, "ends_before_start"),
    ],
)
def test_what_is_incomplete_or_does_not_fit_writes_nothing(
    office: DoorOffice, values: dict[str, Any], code: str
) -> None:
    answer = ask(office)
    before = written(office)
    with pytest.raises(Refused) as caught:
        office.do(taking(office, answer, answer.ladder.rungs[0], **values), by=office.reception)
    assert caught.value.code == code
    assert written(office) == before


def test_everything_that_is_missing_is_named_at_once(office: DoorOffice) -> None:
    answer = ask(office)
    command = taking(
        office, answer, answer.ladder.rungs[0], client_id=None, category=None, place_id=None
    )
    with pytest.raises(Refused) as caught:
        office.do(command, by=office.reception)
    assert [p.code for p in caught.value.problems] == [
        "client_missing",
        "urgency_category_missing",
        "place_missing",
    ]


def test_a_place_of_another_office_is_refused(office: DoorOffice) -> None:
    answer = ask(office)
    command = taking(office, answer, answer.ladder.rungs[0], place_id=office.far_place.id)
    with pytest.raises(Refused) as caught:
        office.do(command, by=office.reception)
    assert caught.value.code == "place_of_other_office"
    assert office.all(Appointment) == []


def test_the_same_command_again_takes_no_second_room(office: DoorOffice) -> None:
    answer = ask(office)
    command = taking(office, answer, answer.ladder.rungs[0])
    first = office.do(command, by=office.reception)
    again = office.do(command, by=office.reception)
    assert again.repeated
    assert again.result == first.result
    assert len(office.all(RoomBooking)) == 1


# --- refusals -------------------------------------------------------------------------------------


def test_what_was_passed_over_is_recorded_with_its_reason(office: DoorOffice) -> None:
    answer = ask(office, persons=3)
    assert rungs(answer)[0] == ("R 1.05", Step.ROOM_NOW)
    command = taking(office, answer, answer.ladder.rungs[0], companions=1)
    receipt = office.do(command, by=office.reception)
    refusals = office.all(Refusal)
    assert {(r.room_id, r.code) for r in refusals} == {
        (room.id, RefusalReason.TOO_MANY_PERSONS)
        for room in (office.room, office.stale, office.yard)
    }
    assert {r.appointment_id for r in refusals} == {receipt.result["appointment_id"]}
    assert {r.created_by for r in refusals} == {office.reception.id}


def test_who_is_not_admitted_is_recorded_without_a_name(office: DoorOffice) -> None:
    command = RefuseVisit(office_id=office.office.id, code=RefusalReason.NOT_URGENT)
    office.do(command, by=office.reception)
    refusal = office.one(Refusal)
    assert (refusal.code, refusal.room_id, refusal.appointment_id) == (
        RefusalReason.NOT_URGENT,
        None,
        None,
    )


def test_refusals_can_be_added_and_never_changed(office: DoorOffice) -> None:
    office.do(
        RefuseVisit(office_id=office.office.id, code=RefusalReason.DECLINED), by=office.reception
    )
    with office.store.engine.connect() as connection:
        for statement in ("update refusal set code = 'not_urgent'", "delete from refusal"):
            with pytest.raises(Exception, match="append_only"):
                connection.exec_driver_sql(statement)
    assert office.one(Refusal).code is RefusalReason.DECLINED


# --- rights ---------------------------------------------------------------------------------------


def test_data_protection_and_administration_admit_nobody(office: DoorOffice) -> None:
    answer = ask(office)
    commands: list[Command] = [
        taking(office, answer, answer.ladder.rungs[0]),
        RefuseVisit(office_id=office.office.id, code=RefusalReason.NOT_URGENT),
    ]
    before = written(office)
    for command in commands:
        for member in (office.protection, office.administrator):
            with pytest.raises(OfficeError) as caught:
                office.do(command, by=member)
            assert caught.value.code == "not_entitled"
    assert written(office) == before


def test_nobody_admits_for_another_office(office: DoorOffice) -> None:
    answer = ask(office)
    command = taking(office, answer, answer.ladder.rungs[0], office_id=office.elsewhere.id)
    with pytest.raises(Refused) as caught:
        office.do(command, by=office.reception)
    assert caught.value.code == "not_entitled"


def test_an_urgent_visit_is_seen_though_the_mode_is_closed(office: DoorOffice) -> None:
    with pytest.raises(Refused) as caught:
        office.visit(at(1, 10))
    assert "mode_suspends" in {p.code for p in caught.value.problems}
    take_best(office)
    assert office.one(RoomBooking).state is RoomBookingState.RESERVED
