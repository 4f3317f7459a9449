"""Booking an appointment: advisor, client, room and letter in one transaction."""

from random import SystemRandom
from typing import Any
from uuid import UUID

from koba_desktop.domain import references
from koba_desktop.domain.appointments import is_active
from koba_desktop.domain.entities.appointments import (
    Appointment,
    AppointmentKind,
    AppointmentPurpose,
    Participant,
)
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.rooms import RoomBooking
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.names import problem_with_visitor, typed_name
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import AppointmentState, ChangeKind, Channel, Urgency
from koba_desktop.services.appointments.admitting import admit, span_minutes
from koba_desktop.services.appointments.history import remember
from koba_desktop.services.appointments.people import client_of
from koba_desktop.services.appointments.rooming import (
    NOTHING_OVERRULED,
    best_place,
    book_place,
    room_of,
)
from koba_desktop.services.commands import BookAppointment
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.kinds import TELLS_A_TIME
from koba_desktop.services.letters.making import make_letter
from koba_desktop.services.office.entitlement import (
    not_entitled,
    reads_social_data,
    require,
    require_client,
)
from koba_desktop.services.reception.visits import companions_of, expect, needs_of_client
from koba_desktop.services.slots.finding import SlotQuery
from koba_desktop.services.work import Work

_FIRST_STATES = (
    AppointmentState.PROPOSED,
    AppointmentState.CONFIRMED,
    AppointmentState.ARRIVED,
    AppointmentState.IN_PROGRESS,
)
_EXPECTED = (AppointmentState.PROPOSED, AppointmentState.CONFIRMED)
_random = SystemRandom()


def book_appointment(work: Work, command: BookAppointment) -> dict[str, Any]:
    """Raises Refused with everything that stands against the slot and is not overruled, or
    ``not_entitled``: also for a purpose by who may not read it. Raises Taken."""
    require(work, Right.BOOK, command.office_id)
    if command.client_id is not None:
        require_client(work.view, work.get(Client, command.client_id))
    if command.purpose.strip() and not reads_social_data(
        work.view, command.office_id, command.advisor_id
    ):
        raise not_entitled(where="purpose")
    if command.client_id is None and (wrong := problem_with_visitor(command.visitor_name)):
        raise Refused(wrong)
    personal = command.channel is not Channel.TELEPHONE
    # Who comes is received at the door, which notes when, and where he or she goes in.
    if command.state not in (_EXPECTED if personal else _FIRST_STATES):
        raise Refused(Problem("state_not_possible", {"to": command.state}, "state"))
    if command.urgency is not Urgency.NONE and command.urgency_category is None:
        raise Refused(Problem("urgency_category_missing", where="urgency_category"))
    work.get(AppointmentKind, command.kind_id)
    admit(
        work,
        SlotQuery(
            office_id=command.office_id,
            minutes=span_minutes(command.starts, command.ends),
            channel=command.channel,
            advisor_ids=(command.advisor_id,),
            client_id=command.client_id,
            kind_id=command.kind_id,
            urgency=command.urgency,
            by_letter=command.letter in TELLS_A_TIME,
            persons=command.persons if command.place_id is None else 0,
        ),
        command.starts,
        command.override,
    )
    appointment = enter(
        work,
        Appointment(
            id=new_id(),
            reference=free_reference(work),
            office_id=command.office_id,
            advisor_id=command.advisor_id,
            kind_id=command.kind_id,
            channel=command.channel,
            starts=command.starts,
            ends=command.ends,
            state=command.state,
            active=is_active(command.state),
            urgency=command.urgency,
            urgency_category=command.urgency_category,
            phone=command.phone.strip(),
            started_at=work.now if command.state is AppointmentState.IN_PROGRESS else None,
        ),
        client_id=command.client_id,
        visitor_name=command.visitor_name,
    )
    if command.purpose.strip():
        work.add(
            AppointmentPurpose(
                id=new_id(), appointment_id=appointment.id, text=command.purpose.strip()
            )
        )
    booking = _give_place(work, appointment, command)
    letter = make_letter(work, appointment, command.letter) if command.letter is not None else None
    remember(
        work,
        ChangeKind.CREATED,
        None,
        appointment,
        room_after=room_of(work, booking),
        reason=command.override.reason if command.override is not None else None,
        text=command.override.text if command.override is not None else "",
        letter_id=letter.id if letter is not None else None,
    )
    return {
        "appointment_id": appointment.id,
        "reference": appointment.reference,
        "letter_id": letter.id if letter is not None else None,
    }


def _give_place(
    work: Work, appointment: Appointment, command: BookAppointment
) -> RoomBooking | None:
    """The place asked for, or the best one for a personal appointment, and the visit to come."""
    if appointment.channel is Channel.TELEPHONE and command.place_id is None:
        return None
    needs = command.needs
    if needs is None:
        needs = needs_of_client(client_of(work, appointment))
    overruled = command.override.codes if command.override is not None else NOTHING_OVERRULED
    wanted = frozenset(needs)
    place_id = command.place_id or best_place(work, appointment, command.persons, wanted)
    if appointment.channel is not Channel.TELEPHONE:
        expect(work, appointment, companions=companions_of(command.persons), needs=needs)
    return book_place(work, appointment, place_id, command.persons, wanted, overruled)


def enter(
    work: Work, appointment: Appointment, *, client_id: UUID | None, visitor_name: str = ""
) -> Appointment:
    """Write the appointment and who takes part. Raises Taken: the database has the last word."""
    if client_id is not None:
        work.get(Client, client_id)
    stored = work.add(appointment)
    work.add(
        Participant(
            id=new_id(),
            appointment_id=stored.id,
            client_id=client_id,
            visitor_name="" if client_id is not None else typed_name(visitor_name),
            starts=stored.starts,
            ends=stored.ends,
            active=stored.active,
        )
    )
    return stored


def free_reference(work: Work) -> str:
    """A reference code no appointment has ever had."""
    while True:
        code = references.make(_random)
        if work.first(Appointment, reference=code) is None:
            return code
