"""Taking a rung of the ladder: room, advisor and participant in one transaction."""

from datetime import timedelta
from typing import Any

from koba_desktop.domain import policy
from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.appointments import Appointment, AppointmentKind
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.rooms import Refusal, RoomBooking, Visit
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.names import problem_with_visitor
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    ChangeKind,
    Channel,
    ReasonCode,
    Urgency,
)
from koba_desktop.services.appointments.admitting import span_minutes
from koba_desktop.services.appointments.booking import enter, free_reference
from koba_desktop.services.appointments.history import remember
from koba_desktop.services.appointments.rooming import book_place, room_of
from koba_desktop.services.commands.door import AssignEmergency, RefuseVisit
from koba_desktop.services.ids import new_id
from koba_desktop.services.office.advisors import advisors_today
from koba_desktop.services.office.entitlement import require, require_client
from koba_desktop.services.reception.visits import expect, persons_with
from koba_desktop.services.work import Work


def assign_emergency(work: Work, command: AssignEmergency) -> dict[str, Any]:
    """The urgency admits the visit in every mode; the database refuses what is taken."""
    require(work, Right.RECEIVE_VISITORS, command.office_id)
    _require_complete(work, command)
    if command.client_id is not None:
        require_client(work.view, work.get(Client, command.client_id))
    personal = command.channel is not Channel.TELEPHONE
    waits = personal and command.starts - work.now <= _longest_wait(work, command)
    appointment = enter(
        work,
        Appointment(
            id=new_id(),
            reference=free_reference(work),
            office_id=command.office_id,
            advisor_id=command.advisor_id,
            kind_id=command.kind_id or _kind(work, command.channel).id,
            channel=command.channel,
            starts=command.starts,
            ends=command.ends,
            state=AppointmentState.ARRIVED if waits else AppointmentState.CONFIRMED,
            urgency=command.urgency,
            urgency_category=command.category,
            phone=command.phone.strip(),
        ),
        client_id=command.client_id,
        visitor_name=command.visitor_name,
    )
    visit: Visit | None = None
    booking: RoomBooking | None = None
    if personal:
        assert command.place_id is not None, "checked above"
        visit = expect(work, appointment, companions=command.companions, needs=command.needs)
        if waits:
            visit = work.change(visit, arrived_at=work.now)
        booking = book_place(
            work,
            appointment,
            command.place_id,
            persons_with(command.companions),
            frozenset(command.needs),
        )
    for passed in command.passed_over:
        work.add(
            Refusal(
                id=new_id(),
                appointment_id=appointment.id,
                office_id=command.office_id,
                room_id=passed.room_id,
                code=passed.code,
            )
        )
    remember(
        work,
        ChangeKind.CREATED,
        None,
        appointment,
        room_after=room_of(work, booking),
        reason=ReasonCode.URGENT,
    )
    return {
        "appointment_id": appointment.id,
        "reference": appointment.reference,
        "visit_id": visit.id if visit is not None else None,
        "code": visit.code if visit is not None else "",
        "booking_id": booking.id if booking is not None else None,
    }


def refuse_visit(work: Work, command: RefuseVisit) -> dict[str, Any]:
    """Not admitted: the reason is recorded, and nobody's name."""
    require(work, Right.RECEIVE_VISITORS, command.office_id)
    refusal = work.add(Refusal(id=new_id(), office_id=command.office_id, code=command.code))
    return {"refusal_id": refusal.id}


def _require_complete(work: Work, command: AssignEmergency) -> None:
    problems = []
    if command.client_id is None and (wrong := problem_with_visitor(command.visitor_name)):
        problems.append(wrong)
    if command.category is None or command.urgency is Urgency.NONE:
        problems.append(Problem("urgency_category_missing", where="category"))
    if command.channel is not Channel.TELEPHONE and command.place_id is None:
        problems.append(Problem("place_missing", where="place_id"))
    if command.companions < 0:
        problems.append(Problem("not_positive", where="companions"))
    if command.ends <= work.now:
        problems.append(Problem("in_the_past", where="starts"))
    elif day_of(command.starts) != work.today:
        problems.append(Problem("emergency_today", where="starts"))
    if command.advisor_id not in {each.id for each in advisors_today(work.view, command.office_id)}:
        problems.append(Problem("advisor_not_here", where="advisor_id"))
    if problems:
        raise Refused(*problems)
    span_minutes(command.starts, command.ends)


def _longest_wait(work: Work, command: AssignEmergency) -> timedelta:
    """Who is to come back later than this does not wait in the house."""
    minutes = policy.value_in_force(
        work.settings, "emergency.wait_minutes", command.office_id, work.today
    )
    return timedelta(minutes=minutes + 1)


def _kind(work: Work, channel: Channel) -> AppointmentKind:
    """The first kind of appointment that can be held that way, else the first one in person: an
    emergency is not turned away for want of a kind. Raises Refused ``kind_missing``."""
    kinds = [
        kind
        for kind in work.reader.find(AppointmentKind, order_by="position")
        if kind.retired_on is None or kind.retired_on > work.today
    ]
    outdoors = channel is Channel.OUTDOORS
    for kind in kinds:
        if channel in kind.channels or (outdoors and kind.outdoors_allowed):
            return kind
    for kind in kinds:
        if Channel.IN_PERSON in kind.channels:
            return kind
    raise Refused(Problem("kind_missing", where="kind_id"))
