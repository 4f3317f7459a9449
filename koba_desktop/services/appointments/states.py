"""The states of an appointment, and what else each step brings with it."""

from typing import Any
from uuid import UUID

from koba_desktop.domain.appointments import is_active, may_become
from koba_desktop.domain.entities.appointments import (
    Appointment,
    AppointmentKind,
    AppointmentPurpose,
)
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    CallReason,
    ChangeKind,
    ReasonCode,
    RoomBookingState,
)
from koba_desktop.services.appointments.history import remember
from koba_desktop.services.appointments.people import client_of
from koba_desktop.services.appointments.rooming import booking_of, release
from koba_desktop.services.commands import CancelAppointment, ChangeDetails, SetAppointmentState
from koba_desktop.services.contacts.tasks import open_task
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.states import refresh_unprinted, tell_cancelled, void_unprinted
from koba_desktop.services.office.entitlement import reads_social_data
from koba_desktop.services.work import Work

S = AppointmentState

_BY_COMMAND_OF_ITS_OWN = (S.CANCELLED_BY_CLIENT, S.CANCELLED_BY_OFFICE)
_ROOM = {S.IN_PROGRESS: RoomBookingState.OCCUPIED, S.KEPT: RoomBookingState.AIRING}


def set_appointment_state(work: Work, command: SetAppointmentState) -> dict[str, Any]:
    """Result: ``task_id`` of the call task a missed appointment makes, else None.

    Raises Refused ``state_not_possible`` (from, to), Conflict.
    """
    before = work.seen(Appointment, command.appointment_id, command.version)
    if command.state in _BY_COMMAND_OF_ITS_OWN:
        raise _not_possible(before, command.state)
    after = _become(work, before, command.state)
    booking = booking_of(work, before.id)
    if booking is not None and command.state in _ROOM:
        work.change(booking, state=_ROOM[command.state])
    task_id = None
    if command.state is S.MISSED:
        release(work, before.id)
        void_unprinted(work, before.id)
        task_id = _call_after_miss(work, after)
    remember(work, ChangeKind.STATE, before, after)
    return {"task_id": task_id}


def cancel_appointment(work: Work, command: CancelAppointment) -> dict[str, Any]:
    """Raises Refused ``state_not_possible`` (from, to), Conflict."""
    before = work.seen(Appointment, command.appointment_id, command.version)
    after = _become(
        work, before, S.CANCELLED_BY_CLIENT if command.by_client else S.CANCELLED_BY_OFFICE
    )
    release(work, before.id)
    letter = tell_cancelled(work, after) if command.letter else None
    if letter is None:
        void_unprinted(work, before.id)
    remember(
        work,
        ChangeKind.STATE,
        before,
        after,
        reason=command.reason or (ReasonCode.OTHER if command.text.strip() else None),
        text=command.text,
        letter_id=letter.id if letter is not None else None,
    )
    return {"letter_id": letter.id if letter is not None else None}


def change_details(work: Work, command: ChangeDetails) -> dict[str, Any]:
    """Kind, phone and purpose; letters not printed yet say what is true now. Who may not read the
    purpose leaves it as it is."""
    work.get(AppointmentKind, command.kind_id)
    before = work.seen(Appointment, command.appointment_id, command.version)
    after = work.change(before, kind_id=command.kind_id, phone=command.phone.strip())
    keep_purpose(work, before, command.purpose)
    if after != before:
        refresh_unprinted(work, appointment_id=before.id)
        remember(work, ChangeKind.DETAILS, before, after)
    return {"appointment_id": before.id}


def keep_purpose(work: Work, appointment: Appointment, text: str) -> None:
    """The purpose as typed. Who may not read it leaves it as it is."""
    if not reads_social_data(work.view, appointment.office_id, appointment.advisor_id):
        return
    text = text.strip()
    purpose = work.first(AppointmentPurpose, appointment_id=appointment.id)
    if purpose is not None:
        work.change(purpose, text=text)
    elif text:
        work.add(AppointmentPurpose(id=new_id(), appointment_id=appointment.id, text=text))


def _become(work: Work, before: Appointment, state: AppointmentState) -> Appointment:
    if before.withdrawn_at is not None or not may_become(before.state, state):
        raise _not_possible(before, state)
    return work.change(
        before,
        state=state,
        active=is_active(state),
        started_at=work.now if state is S.IN_PROGRESS else before.started_at,
        finished_at=work.now if state is S.KEPT else before.finished_at,
    )


def _call_after_miss(work: Work, appointment: Appointment) -> UUID | None:
    """Somebody calls and asks: a missed telephone appointment has no other consequence."""
    client = client_of(work, appointment)
    if client is None:
        return None
    return open_task(
        work,
        client,
        appointment.advisor_id,
        CallReason.MISSED_APPOINTMENT,
        work.now,
        kind_id=appointment.kind_id,
        appointment_id=appointment.id,
    ).id


def _not_possible(appointment: Appointment, state: AppointmentState) -> Refused:
    return Refused(Problem("state_not_possible", {"from": appointment.state, "to": state}, "state"))
