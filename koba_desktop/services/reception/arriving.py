"""Arriving, being looked at, calling the advisor, leaving without a talk."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from koba_desktop.domain.appointments import may_become
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.rooms import Visit
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    ChangeKind,
    Channel,
    ChecklistItem,
    VisitNeed,
    VisitResult,
)
from koba_desktop.services.appointments.becoming import become, not_possible
from koba_desktop.services.appointments.history import remember
from koba_desktop.services.appointments.missing import miss
from koba_desktop.services.appointments.rooming import booking_of
from koba_desktop.services.commands.door import (
    ArriveVisitor,
    CallAdvisor,
    CheckVisitor,
    LeaveWaiting,
)
from koba_desktop.services.office.entitlement import require
from koba_desktop.services.reception.visits import expect, persons_with, require_today, visit_of
from koba_desktop.services.work import Work

S = AppointmentState


def arrive_visitor(work: Work, command: ArriveVisitor) -> dict[str, Any]:
    before = work.seen(Appointment, command.appointment_id, command.version)
    require(work, Right.RECEIVE_VISITORS, before.office_id)
    visit = arrive(
        work,
        before,
        companions=command.companions,
        needs=command.needs,
        checked=command.checked,
    )
    return {"visit_id": visit.id, "code": visit.code}


def arrive(
    work: Work,
    before: Appointment,
    *,
    companions: int | None = None,
    needs: tuple[VisitNeed, ...] | None = None,
    checked: tuple[ChecklistItem, ...] = (),
) -> Visit:
    """The visitor of an appointment stands at the desk.

    Raises Refused: ``state_not_possible``, ``not_today`` (day), ``not_personal``.
    """
    if before.withdrawn_at is not None or not may_become(before.state, S.ARRIVED):
        raise not_possible(before, S.ARRIVED)
    if before.channel is Channel.TELEPHONE:
        raise Refused(Problem("not_personal", where="appointment_id"))
    require_today(work, before.starts, "appointment_id")
    after = become(work, before, S.ARRIVED)
    remember(work, ChangeKind.STATE, before, after)
    visit = visit_of(work, before.id) or expect(work, after)
    if companions is not None:
        _make_room(work, before.id, companions)
    return work.replace(
        visit,
        replace(
            visit,
            arrived_at=work.now,
            companions=visit.companions if companions is None else companions,
            needs=visit.needs if needs is None else needs,
            checked=checked,
        ),
    )


def check_visitor(work: Work, command: CheckVisitor) -> dict[str, Any]:
    visit = _waiting(work, command)
    work.change(visit, checked=command.checked, companions=command.companions, needs=command.needs)
    if visit.appointment_id is not None:
        _make_room(work, visit.appointment_id, command.companions)
    return {"visit_id": visit.id}


def _make_room(work: Work, appointment_id: UUID, companions: int) -> None:
    """The place is for as many as have come. Where they are too many for it nobody is sent away:
    the reception is shown that and gives them another."""
    booking = booking_of(work, appointment_id)
    if booking is not None and companions >= 0:
        work.change(booking, persons=persons_with(companions))


def call_advisor(work: Work, command: CallAdvisor) -> dict[str, Any]:
    visit = _waiting(work, command)
    work.change(visit, called_at=work.now)
    return {"visit_id": visit.id}


def leave_waiting(work: Work, command: LeaveWaiting) -> dict[str, Any]:
    """The appointment is missed, its place given back, and somebody will call."""
    visit = _waiting(work, command)
    work.change(visit, left_at=work.now, result=VisitResult.LEFT)
    if visit.appointment_id is None:
        return {"task_id": None}
    return {"task_id": miss(work, work.get(Appointment, visit.appointment_id))}


def _waiting(work: Work, command: CallAdvisor | CheckVisitor | LeaveWaiting) -> Visit:
    """Raises Refused ``visitor_not_waiting``."""
    visit = work.seen(Visit, command.visit_id, command.version)
    require(work, Right.RECEIVE_VISITORS, visit.office_id)
    gone = visit.arrived_at is None or visit.entered_at is not None or visit.left_at is not None
    if not gone and visit.appointment_id is not None:
        gone = work.get(Appointment, visit.appointment_id).state is not S.ARRIVED
    if gone:
        raise Refused(Problem("visitor_not_waiting"))
    return visit
