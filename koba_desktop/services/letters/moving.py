"""A new slot and a new letter in one step, for what a letter can not announce in time."""

from typing import Any
from uuid import UUID

from koba_desktop.domain.appointments import MOVABLE
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.policy import value_in_force
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import ChangeCause, Channel
from koba_desktop.services.appointments.admitting import span_minutes
from koba_desktop.services.appointments.people import client_of
from koba_desktop.services.appointments.rescheduling import reschedule
from koba_desktop.services.appointments.rooming import booking_of, needs_of
from koba_desktop.services.commands import MoveByLetter, Reschedule
from koba_desktop.services.letters.kinds import NAMES_A_TIME, PAPER, UNPRINTED
from koba_desktop.services.letters.states import require_letter
from koba_desktop.services.letters.telling import letters_of
from koba_desktop.services.office.entitlement import require_appointment
from koba_desktop.services.slots.finding import Slot, SlotQuery, find_slots
from koba_desktop.services.work import Work, conflict


def move_by_letter(work: Work, command: MoveByLetter) -> dict[str, Any]:
    """The appointment goes to the advisor's first free slot that a letter posted at the next
    collection can announce. The time it has now is none of them, though the letter may name
    another.

    Raises Refused ``letter_needs_appointment``, ``appointment_not_movable`` (state),
    ``no_slot_found`` (days sought), ``not_entitled``; Taken; Conflict also where a later letter
    has told of a time by now: somebody else was quicker.
    """
    letter = work.seen(Letter, command.letter_id, command.version)
    require_letter(work, letter)
    if letter.appointment_id is None or letter.kind not in NAMES_A_TIME:
        raise Refused(Problem("letter_needs_appointment", {"kind": letter.kind}, str(letter.id)))
    latest = _latest(work, letter.appointment_id)
    if latest is None or latest.id != letter.id:
        raise conflict(latest or letter)
    appointment = work.get(Appointment, letter.appointment_id)
    require_appointment(work, Right.BOOK, appointment)
    if appointment.state not in MOVABLE or appointment.withdrawn_at is not None:
        raise Refused(Problem("appointment_not_movable", {"state": appointment.state}))
    slot = _first_slot(work, appointment)
    moved = reschedule(
        work,
        Reschedule(
            appointment_id=appointment.id,
            version=appointment.version,
            starts=slot.starts,
            ends=slot.ends,
            letter=True,
        ),
        cause=ChangeCause.LETTER_IN_TIME,
    )
    return {
        "letter_id": moved["letter_id"],
        "starts": slot.starts.isoformat(),
        "ends": slot.ends.isoformat(),
    }


def _latest(work: Work, appointment_id: UUID) -> Letter | None:
    """The last letter that tells of the appointment's time, on paper or still to be."""
    found = letters_of(work, appointment_id, (*UNPRINTED, *PAPER))
    return next((each for each in reversed(found) if each.kind in NAMES_A_TIME), None)


def _first_slot(work: Work, appointment: Appointment) -> Slot:
    """The appointment itself is in the way of its own time: only another one is found."""
    client = client_of(work, appointment)
    booking = booking_of(work, appointment.id)
    personal = appointment.channel is not Channel.TELEPHONE
    answer = find_slots(
        work.view,
        SlotQuery(
            office_id=appointment.office_id,
            minutes=span_minutes(appointment.starts, appointment.ends),
            channel=appointment.channel,
            advisor_ids=(appointment.advisor_id,),
            client_id=client.id if client is not None else None,
            kind_id=appointment.kind_id,
            urgency=appointment.urgency,
            by_letter=True,
            limit=1,
            persons=booking.persons if booking is not None else 0,
            needs=needs_of(work, appointment.id) if personal else frozenset(),
        ),
    )
    if not answer.slots:
        days = value_in_force(
            work.settings, "slots.horizon_days", appointment.office_id, work.today
        )
        raise Refused(Problem("no_slot_found", {"days": days}, "letter_id"))
    return answer.slots[0]
