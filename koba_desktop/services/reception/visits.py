"""The visit that belongs to a personal appointment, and its number.

A visit is made when the appointment is booked: the letter and the door plan name its number.
"""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.rooms import Visit
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.hygiene import ALONE
from koba_desktop.domain.vocabulary import Channel, Need, VisitNeed
from koba_desktop.services.appointments.people import client_of
from koba_desktop.services.ids import new_id
from koba_desktop.services.work import Work

FIRST_NUMBER = 101

_NEEDS = {
    Need.WHEELCHAIR: VisitNeed.WHEELCHAIR,
    Need.INTERPRETER: VisitNeed.INTERPRETER,
    Need.CONFIDENTIALITY: VisitNeed.CONFIDENTIAL,
}


def needs_of_client(client: Client | None) -> tuple[VisitNeed, ...]:
    """What the record of a client says a visit will ask of its place."""
    needs = client.needs if client is not None else ()
    return tuple(_NEEDS[need] for need in needs if need in _NEEDS)


def companions_of(persons: int) -> int:
    """How many come along, of the persons in the room: without advisor and client."""
    return max(0, persons - ALONE)


def persons_with(companions: int) -> int:
    """How many are in the room, advisor and client among them."""
    return ALONE + companions


def require_today(work: Work, starts: datetime, where: str) -> None:
    """Raises Refused ``not_today`` (day): nobody is received on another day than the agreed one."""
    if day_of(starts) != work.today:
        raise Refused(Problem("not_today", {"day": day_of(starts)}, where))


def visit_of(work: Work, appointment_id: UUID) -> Visit | None:
    return work.first(Visit, appointment_id=appointment_id, withdrawn_at=None)


def expect(
    work: Work,
    appointment: Appointment,
    *,
    companions: int = 0,
    needs: tuple[VisitNeed, ...] = (),
) -> Visit:
    """Make the visit of a personal appointment, with a number nobody else has that day."""
    day = day_of(appointment.starts)
    return work.add(
        Visit(
            id=new_id(),
            office_id=appointment.office_id,
            appointment_id=appointment.id,
            day=day,
            code=free_code(work, appointment.office_id, day),
            companions=companions,
            needs=needs,
        )
    )


def follow(work: Work, appointment: Appointment, persons: int | None = None) -> Visit | None:
    """Bring the visit along when its appointment has moved: it keeps its number if it can.

    An appointment that is held by telephone now has no visit any more; one that is personal now
    gets one, with what the record of its client says it will ask of its place. ``persons`` is how
    many there are by now, the advisor among them (None: as many as before).
    """
    companions = None if persons is None else companions_of(persons)
    visit = visit_of(work, appointment.id)
    if appointment.channel is Channel.TELEPHONE:
        return work.change(visit, withdrawn_at=work.now) if visit is not None else None
    if visit is None:
        needs = needs_of_client(client_of(work, appointment))
        return expect(work, appointment, companions=companions or 0, needs=needs)
    if companions is not None:
        visit = work.change(visit, companions=companions)
    day = day_of(appointment.starts)
    return work.replace(visit, numbered(work, replace(visit, day=day)))


def numbered(work: Work, visit: Visit) -> Visit:
    """The visit with its number, or with another one where somebody else has that on its day."""
    others = work.reader.find(Visit, office_id=visit.office_id, day=visit.day, code=visit.code)
    if all(other.id == visit.id for other in others):
        return visit
    return replace(visit, code=free_code(work, visit.office_id, visit.day))


def free_code(work: Work, office_id: UUID, day: date) -> str:
    """The number after the highest of the day; withdrawn ones are not given again."""
    numbers = [
        int(visit.code)
        for visit in work.reader.find(Visit, office_id=office_id, day=day)
        if visit.code.isdecimal()
    ]
    return str(max(numbers, default=FIRST_NUMBER - 1) + 1)
