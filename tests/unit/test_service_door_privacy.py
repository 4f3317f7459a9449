"""What the reception does and sees touches no social data, and the audit keeps no content
(domain rules § 7)."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from koba_desktop.domain.entities.appointments import AppointmentPurpose, ChangeReason
from koba_desktop.domain.entities.bookkeeping import AuditEvent, ExecutedCommand
from koba_desktop.domain.errors import OfficeError
from koba_desktop.domain.vocabulary import (
    Channel,
    ReasonCode,
    RefusalReason,
    RoomUse,
    UrgencyCategory,
    VisitResult,
)
from koba_desktop.services.commands.door import (
    ArriveVisitor,
    AssignEmergency,
    CallAdvisor,
    CheckVisitor,
    CloseRoom,
    LeaveWaiting,
    MoveBooking,
    PassedOver,
    RefuseVisit,
    ReopenRoom,
)
from koba_desktop.services.emergency.ladder import Question, emergency_ladder
from koba_desktop.services.reception.page import reception_page
from koba_desktop.services.rooms.board import room_board
from koba_desktop.services.rooms.door_plan import door_plan
from koba_desktop.services.rooms.suggesting import PlaceQuery, suggest_places
from tests.unit.door_office import DoorOffice
from tests.unit.service_office import at

SOCIAL = ("appointment_purpose", "change_reason", "client_note", "attempt_note")
SECRET = "Mietschulden"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DoorOffice]:
    door = DoorOffice(tmp_path)
    yield door
    door.close()


@pytest.fixture
def said(office: DoorOffice) -> Iterator[list[str]]:
    """Every statement that is sent to the database from here on."""
    statements: list[str] = []

    def listen(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    sa.event.listen(office.store.engine, "before_cursor_execute", listen)
    yield statements
    sa.event.remove(office.store.engine, "before_cursor_execute", listen)


def a_morning(office: DoorOffice) -> None:
    """Everything the reception does, each step at least once."""
    first = office.visit(at(1, 9, 15), purpose=SECRET, urgent=True)
    second = office.visit(at(1, 10, 5), client=office.hartwig, by=office.lindner, purpose=SECRET)
    third = office.visit(at(1, 13), client=office.noack, purpose=SECRET)
    by = office.reception
    for coming in (first, third):
        version = office.appointment(coming).version
        office.do(ArriveVisitor(appointment_id=coming.id, version=version), by=by)
    visit = office.visit_of(third)
    check = CheckVisitor(
        visit_id=visit.id, version=visit.version, companions=0, needs=(), checked=()
    )
    office.do(check, by=by)
    visit = office.visit_of(third)
    office.do(CallAdvisor(visit_id=visit.id, version=visit.version), by=by)
    office.clock.set(at(1, 9, 15))
    office.enter(first)
    office.clock.set(at(1, 9, 58))
    office.vacate(first, result=VisitResult.SETTLED)
    office.clock.set(at(1, 10, 14))
    office.aired(first)
    use = office.use(second)
    move = MoveBooking(booking_id=use.id, version=use.version, place_id=office.large_place.id)
    office.undo(office.do(move, by=by))
    visit = office.visit_of(third)
    office.do(LeaveWaiting(visit_id=visit.id, version=visit.version), by=by)
    close = CloseRoom(
        room_id=office.room.id,
        use=RoomUse.MAINTENANCE,
        starts=at(1, 10, 14),
        ends=at(1, 16),
        reason=ReasonCode.DEFECT,
    )
    office.do(close, by=by)
    office.do(ReopenRoom(room_id=office.room.id), by=by)
    emergency = AssignEmergency(
        office_id=office.office.id,
        advisor_id=office.berger.id,
        channel=Channel.OUTDOORS,
        starts=at(1, 11),
        ends=at(1, 11, 30),
        category=UrgencyCategory.NO_MONEY,
        client_id=office.kuhn.id,
        place_id=office.yard_places[0].id,
        passed_over=(PassedOver(room_id=office.room.id, code=RefusalReason.AIRING),),
    )
    office.do(emergency, by=by)
    office.do(RefuseVisit(office_id=office.office.id, code=RefusalReason.DECLINED), by=by)


QUERIES: list[Callable[[DoorOffice, Any], object]] = [
    lambda o, view: reception_page(view, o.office.id),
    lambda o, view: room_board(view, o.office.id, view.today),
    lambda o, view: door_plan(view, o.office.id, view.today),
    lambda o, view: suggest_places(view, PlaceQuery(office_id=o.office.id)),
    lambda o, view: emergency_ladder(view, Question(office_id=o.office.id, client_id=o.kuhn.id)),
]


@pytest.mark.parametrize("query", QUERIES)
def test_no_question_of_the_reception_reaches_social_data(
    office: DoorOffice, said: list[str], query: Callable[[DoorOffice, Any], object]
) -> None:
    a_morning(office)
    said.clear()
    with office.view(office.reception) as view:
        answer = repr(query(office, view))
    assert SECRET not in answer
    assert len(said) > 1
    assert [each for each in said if any(table in each for table in SOCIAL)] == []


def test_nothing_the_reception_does_reaches_social_data(
    office: DoorOffice, said: list[str]
) -> None:
    a_morning(office)
    touched = [s for s in said if any(table in s for table in SOCIAL)]
    # Only the advisor, who booked, wrote the purposes.
    assert len(touched) == 3
    assert all(s.startswith("INSERT INTO appointment_purpose") for s in touched)
    assert {p.text for p in office.all(AppointmentPurpose)} == {SECRET}
    assert office.all(ChangeReason) == []


def test_the_audit_names_each_step_and_keeps_no_content(office: DoorOffice) -> None:
    a_morning(office)
    events = office.all(AuditEvent)
    kinds = {event.object_kind for event in events if event.created_by == office.reception.id}
    assert {"Appointment", "Visit", "RoomBooking", "Refusal", "Participant", "CallTask"} <= kinds
    assert "Hold" not in kinds
    names = (SECRET, "Kuhn", "Hartwig", "Noack")
    text = repr(events) + repr(office.all(ExecutedCommand))
    assert not any(name in text for name in names)
    assert {event.reason for event in events} == {""}


def test_what_is_refused_names_nobody(office: DoorOffice) -> None:
    """Taken, not ready, in the way: a room and a time, and nobody's name."""
    office.visit(at(1, 9, 30), purpose=SECRET)
    second = office.visit(at(1, 9, 30), place=office.large_place, client=office.hartwig,
                          by=office.lindner)  # fmt: skip
    use = office.use(second)
    move = MoveBooking(booking_id=use.id, version=use.version, place_id=office.place.id)
    with pytest.raises(OfficeError) as caught:
        office.do(move, by=office.reception)
    told = repr(caught.value.problems)
    assert "place_taken" in told
    assert not any(name in told for name in ("Kuhn", "Hartwig", SECRET))


def test_the_plan_on_the_door_has_numbers_and_no_names(office: DoorOffice) -> None:
    office.visit(at(1, 9, 30))
    with office.view(office.reception) as view:
        plan = door_plan(view, office.office.id, view.today)
    entries = [entry for door in plan.doors for entry in door.entries]
    assert [entry.code for entry in entries] == ["101"]
    assert "Kuhn" not in repr(plan)
