"""The states of an appointment, and what else each step brings with it."""

from typing import Any

from koba_desktop.domain.appointments import may_become
from koba_desktop.domain.entities.appointments import (
    Appointment,
    AppointmentKind,
    AppointmentPurpose,
)
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    ChangeKind,
    Channel,
    ReasonCode,
    RoomBookingState,
)
from koba_desktop.services.appointments.becoming import become, not_possible
from koba_desktop.services.appointments.history import remember
from koba_desktop.services.appointments.missing import miss
from koba_desktop.services.appointments.rooming import booking_of, release
from koba_desktop.services.commands import CancelAppointment, ChangeDetails, SetAppointmentState
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.telling import refresh_unprinted, tell_cancelled, void_unprinted
from koba_desktop.services.office.entitlement import (
    reads_social_data,
    require,
    require_appointment,
)
from koba_desktop.services.reception.arriving import arrive
from koba_desktop.services.rooms.using import begin, enter, finish, leave
from koba_desktop.services.work import Work

S = AppointmentState

_BY_COMMAND_OF_ITS_OWN = (S.CANCELLED_BY_CLIENT, S.CANCELLED_BY_OFFICE)
_AT_THE_DOOR = (S.ARRIVED, S.IN_PROGRESS, S.KEPT)


def set_appointment_state(work: Work, command: SetAppointmentState) -> dict[str, Any]:
    """Result: ``task_id`` of the call task a missed appointment makes, else None; of who leaves a
    room also ``pushed``, ``moved`` and ``displaced`` (see ``VacateRoom``).

    A personal appointment takes its visit and its room along. Raises Refused
    ``state_not_possible`` (from, to), ``not_entitled``, what stands against entering the room,
    ``result_missing``; Taken, Conflict.
    """
    before = work.seen(Appointment, command.appointment_id, command.version)
    personal = before.channel is not Channel.TELEPHONE
    at_the_door = personal and command.state in _AT_THE_DOOR
    # At the door a talk of yesterday may have to be ended by whoever is there.
    if at_the_door:
        require(work, Right.RECEIVE_VISITORS, before.office_id, before.advisor_id)
    else:
        require_appointment(work, Right.BOOK, before)
    if command.state in _BY_COMMAND_OF_ITS_OWN:
        raise not_possible(before, command.state)
    if at_the_door:
        if before.withdrawn_at is not None or not may_become(before.state, command.state):
            raise not_possible(before, command.state)
        return {"task_id": None, **_at_the_door(work, before, command)}
    if command.state is S.MISSED:
        return {"task_id": miss(work, before)}
    remember(work, ChangeKind.STATE, before, become(work, before, command.state))
    return {"task_id": None}


def _at_the_door(work: Work, before: Appointment, command: SetAppointmentState) -> dict[str, Any]:
    """Returns whom it touched, where a room was left."""
    booking = booking_of(work, before.id)
    match command.state:
        case S.ARRIVED:
            arrive(work, before)
        case S.IN_PROGRESS:
            enter(work, booking) if booking is not None else begin(work, before)
        case _:
            if booking is not None and booking.state is RoomBookingState.OCCUPIED:
                return leave(work, booking, command.result).result()
            finish(work, before, command.result)
            release(work, before.id)
    return {}


def cancel_appointment(work: Work, command: CancelAppointment) -> dict[str, Any]:
    """Raises Refused ``state_not_possible`` (from, to), ``not_entitled``; Conflict."""
    before = work.seen(Appointment, command.appointment_id, command.version)
    require_appointment(work, Right.BOOK, before)
    after = become(
        work, before, S.CANCELLED_BY_CLIENT if command.by_client else S.CANCELLED_BY_OFFICE
    )
    release(work, before.id)
    letter = tell_cancelled(work, before, after) if command.letter else None
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
    purpose leaves it as it is. Raises Refused ``not_entitled``; Conflict."""
    work.get(AppointmentKind, command.kind_id)
    before = work.seen(Appointment, command.appointment_id, command.version)
    require_appointment(work, Right.BOOK, before)
    after = work.change(before, kind_id=command.kind_id, phone=command.phone.strip())
    keep_purpose(work, before, command.purpose)
    if after != before:
        refresh_unprinted(work, appointment_id=before.id)
        remember(work, ChangeKind.DETAILS, before, after)
    return {"appointment_id": before.id}


def keep_purpose(work: Work, appointment: Appointment, text: str) -> None:
    """The purpose as typed. Who may not read it leaves it as it is.

    Another purpose is another version of the appointment: whoever has it open and typed one too
    must not write over it unseen.
    """
    if not reads_social_data(work.view, appointment.office_id, appointment.advisor_id):
        return
    text = text.strip()
    purpose = work.first(AppointmentPurpose, appointment_id=appointment.id)
    if text == (purpose.text if purpose is not None else ""):
        return
    if purpose is not None:
        work.change(purpose, text=text)
    else:
        work.add(AppointmentPurpose(id=new_id(), appointment_id=appointment.id, text=text))
    stored = work.get(Appointment, appointment.id)
    if stored.version == appointment.version:
        work.touch(stored)
