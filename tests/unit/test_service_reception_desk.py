"""What the reception's screen asks of the services: who may, who was called, which place when."""

from dataclasses import replace
from datetime import timedelta

import pytest

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.rooms import RoomBooking
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import (
    Channel,
    ChecklistItem,
    RoomBookingState,
    Salutation,
    Urgency,
    UrgencyCategory,
    VisitNeed,
)
from koba_desktop.services.commands.door import (
    ArriveVisitor,
    AssignPlace,
    CallAdvisor,
    CheckVisitor,
    EnterRoom,
)
from koba_desktop.services.ids import new_id
from koba_desktop.services.reception.page import callers, reception_page
from koba_desktop.services.rows import ArrivalRow
from tests.unit.service_office import SmallOffice, at


def visit(office: SmallOffice, hour: int, minute: int = 0, **values: object) -> Appointment:
    """An urgent personal visit of today, with a place."""
    return office.booked(
        at(1, hour, minute),
        channel=Channel.IN_PERSON,
        urgency=Urgency.URGENT,
        urgency_category=UrgencyCategory.HOUSING,
        **values,
    )


def arrive(office: SmallOffice, appointment: Appointment, **values: object) -> None:
    command = ArriveVisitor(appointment_id=appointment.id, version=appointment.version)
    office.do(replace(command, **values), by=office.reception)  # type: ignore[arg-type]


def row_of(office: SmallOffice, appointment: Appointment) -> ArrivalRow:
    with office.view(office.reception) as view:
        page = reception_page(view, office.office.id)
    rows = (*page.waiting, *page.talking, *page.expected, *page.gone)
    return next(row for row in rows if row.appointment_id == appointment.id)


def test_whoever_receives_nobody_sees_nobody(office: SmallOffice) -> None:
    visit(office, 10)
    with office.view(office.administrator) as view, pytest.raises(Refused) as refusal:
        reception_page(view, office.office.id)
    assert refusal.value.code == "not_entitled"


def test_what_was_looked_at_on_arrival_stays_with_the_visitor(office: SmallOffice) -> None:
    coming = visit(office, 10)
    arrive(office, coming, checked=(ChecklistItem.MASK,), companions=1)
    row = row_of(office, coming)
    assert (row.checked, row.companions) == ((ChecklistItem.MASK,), 1)
    assert row.salutation is Salutation.FRAU


def test_what_was_missing_on_arrival_is_caught_up_with_while_the_visitor_waits(
    office: SmallOffice,
) -> None:
    coming = visit(office, 10)
    arrive(office, coming)
    row = row_of(office, coming)
    assert row.visit_id is not None
    check = CheckVisitor(
        visit_id=row.visit_id,
        version=row.visit_version,
        companions=1,
        needs=(VisitNeed.INTERPRETER,),
        checked=(ChecklistItem.MASK,),
    )
    receipt = office.do(check, by=office.reception)
    row = row_of(office, coming)
    assert (row.companions, row.needs, row.checked) == (1, check.needs, check.checked)
    office.undo(receipt)
    row = row_of(office, coming)
    assert row.checked == ()
    office.do(EnterRoom(booking_id=row.booking_id, version=row.booking_version))  # type: ignore[arg-type]
    again = replace(check, command_id=new_id(), version=row_of(office, coming).visit_version)
    with pytest.raises(Refused) as refusal:
        office.do(again)
    assert refusal.value.code == "visitor_not_waiting"


def test_only_the_advisor_called_is_told_and_only_while_the_visitor_waits(
    office: SmallOffice,
) -> None:
    coming = visit(office, 10)
    arrive(office, coming)

    def called(advisor_id: object) -> list[object]:
        with office.view() as view:
            return [
                row.appointment_id
                for row in callers(view, office.office.id, advisor_id)  # type: ignore[arg-type]
            ]

    assert called(office.berger.id) == []
    row = row_of(office, coming)
    assert row.visit_id is not None
    office.do(CallAdvisor(visit_id=row.visit_id, version=row.visit_version), by=office.reception)
    assert called(office.berger.id) == [coming.id]
    assert called(office.lindner.id) == []
    row = row_of(office, coming)
    assert row.booking_id is not None
    office.do(EnterRoom(booking_id=row.booking_id, version=row.booking_version))
    assert called(office.berger.id) == []


def without_place(office: SmallOffice, hour: int) -> Appointment:
    """A visitor who waits and whose place was taken away."""
    coming = visit(office, hour, client_id=office.hartwig.id, advisor_id=office.lindner.id)
    booking = office.one(RoomBooking, appointment_id=coming.id)
    with office.store.writing(by=office.berger.id, now=office.clock.now()) as unit:
        unit.update(replace(booking, state=RoomBookingState.RELEASED, active=False))
    arrive(office, coming)
    return office.one(Appointment, id=coming.id)  # type: ignore[no-any-return]


def test_a_place_named_for_now_is_taken_as_soon_as_it_is_free(office: SmallOffice) -> None:
    visit(office, 9, 15, minutes=30)
    waiting = without_place(office, 11)
    receipt = office.do(
        AssignPlace(
            appointment_id=waiting.id, version=waiting.version, place_id=office.place.id, now=True
        ),
        by=office.reception,
    )
    booking = office.one(RoomBooking, id=receipt.result["booking_id"])
    before = office.one(RoomBooking, starts=at(1, 9, 15))
    assert booking.starts == before.blocked_until
    assert booking.ends - booking.starts == timedelta(minutes=30)
