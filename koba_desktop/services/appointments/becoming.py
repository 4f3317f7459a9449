"""The one way an appointment changes its state."""

from datetime import datetime

from koba_desktop.domain.appointments import is_active, may_become
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.vocabulary import AppointmentState
from koba_desktop.services.work import Work

S = AppointmentState


def become(
    work: Work, before: Appointment, state: AppointmentState, at: datetime | None = None
) -> Appointment:
    """The appointment in its new state, with its actual times (now, or ``at``). Raises Refused
    ``state_not_possible`` (from, to)."""
    at = at or work.now
    if before.withdrawn_at is not None or not may_become(before.state, state):
        raise not_possible(before, state)
    return work.change(
        before,
        state=state,
        active=is_active(state),
        started_at=at if state is S.IN_PROGRESS else before.started_at,
        finished_at=at if state is S.KEPT else before.finished_at,
    )


def not_possible(appointment: Appointment, state: AppointmentState) -> Refused:
    return Refused(Problem("state_not_possible", {"from": appointment.state, "to": state}, "state"))
