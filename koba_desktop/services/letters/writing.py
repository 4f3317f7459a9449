"""Letters somebody asks for: about an appointment, about none, or the same paper once more."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from koba_desktop.domain import policy
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.contacts import CallTask
from koba_desktop.domain.entities.letters import UNCLAIMED, Letter
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import Channel, LetterKind, LetterState
from koba_desktop.services.appointments.history import remember_letter
from koba_desktop.services.appointments.people import client_of
from koba_desktop.services.commands import CreateLetter, ResendLetter, WriteLetter
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.kinds import (
    ABOUT_NO_APPOINTMENT,
    NAMES_A_TIME,
    PAPER,
    UNPRINTED,
)
from koba_desktop.services.letters.making import (
    make_letter_to,
    posting_day,
    readdressed,
    recipient,
)
from koba_desktop.services.letters.states import require_readable
from koba_desktop.services.letters.telling import tell
from koba_desktop.services.letters.told import is_as_told
from koba_desktop.services.office.advisors import is_here
from koba_desktop.services.office.entitlement import client_for, require_appointment
from koba_desktop.services.work import Work


def create_letter(work: Work, command: CreateLetter) -> dict[str, Any]:
    """A letter about an appointment as it stands now; unprinted ones about it become void. A kind
    that does not suit how it takes place gives way to the one that does.

    Raises Refused ``not_entitled``, ``appointment_over`` for a letter that would announce what is
    called off or past, ``appointment_stands`` for one that would call off what takes place,
    ``summons_off``, ``summons_by_telephone``, ``letter_needs_client``; for one about no appointment
    as ``write_letter``.
    """
    appointment = work.get(Appointment, command.appointment_id)
    require_appointment(work, Right.SEND_LETTERS, appointment)
    if command.kind in ABOUT_NO_APPOINTMENT:
        client = client_of(work, appointment)
        if client is None:
            raise Refused(Problem("letter_needs_client", where="client_id"))
        return {"letter_id": _please_call(work, client, appointment.advisor_id, command.kind).id}
    to_come = appointment.active and appointment.starts > work.now
    if command.kind in NAMES_A_TIME and not to_come:
        raise Refused(Problem("appointment_over", where="appointment_id"))
    if command.kind is LetterKind.CANCELLATION and appointment.active:
        raise Refused(Problem("appointment_stands", where="appointment_id"))
    if command.kind is LetterKind.SUMMONS:
        _require_summons(work, appointment)
    letter = tell(work, appointment, command.kind, before=None)
    remember_letter(work, appointment, letter.id)
    return {"letter_id": letter.id}


def write_letter(work: Work, command: WriteLetter) -> dict[str, Any]:
    """A letter about no appointment; one of the kind that still waits for the client becomes void.

    Raises Refused ``not_entitled``, ``letter_needs_appointment`` for any other kind,
    ``advisor_not_here`` for somebody who has left the house.
    """
    client = client_for(work, Right.SEND_LETTERS, command.client_id)
    if command.kind not in ABOUT_NO_APPOINTMENT:
        raise Refused(Problem("letter_needs_appointment", {"kind": command.kind}, "kind"))
    return {"letter_id": _please_call(work, client, command.advisor_id, command.kind).id}


def resend_letter(work: Work, command: ResendLetter) -> dict[str, Any]:
    """The same letter once more, to where the client's letters go today; where none can go there
    (any more), it is held.

    Raises Refused ``not_entitled``, ``blocked_address``, ``letter_not_resendable`` (state) for
    one that was never printed or is void, ``letter_appointment_moved`` where the appointment does
    not take place as the letter says, or is over.
    """
    letter = work.get(Letter, command.letter_id)
    require_readable(work, letter)
    if letter.state not in PAPER:
        raise Refused(Problem("letter_not_resendable", {"state": letter.state}, str(letter.id)))
    client = work.get(Client, letter.client_id)
    to = recipient(work, client)
    if to is None:
        raise Refused(Problem("blocked_address", where=str(letter.id)))
    appointment = (
        work.get(Appointment, letter.appointment_id) if letter.appointment_id is not None else None
    )
    if letter.kind in NAMES_A_TIME and not (
        appointment is not None
        and is_as_told(letter, appointment)
        and appointment.starts > work.now
    ):
        raise Refused(Problem("letter_appointment_moved", where=str(letter.id)))
    again = replace(
        letter,
        id=new_id(),
        version=0,
        replaces_id=None,
        assumed_posting=posting_day(work, letter.office_id),
        printed_at=None,
        posted_on=None,
        created_at=None,
        answer=None,
        answered_on=None,
    )
    made = work.add(readdressed(work, again, appointment, client, to))
    if appointment is not None:
        remember_letter(work, appointment, made.id)
    return {"letter_id": made.id}


def _please_call(work: Work, client: Client, advisor_id: UUID, kind: LetterKind) -> Letter:
    """It names the days on which the open call was tried, and whom to ask for."""
    if not is_here(work.get(Staff, advisor_id), work.today):
        raise Refused(Problem("advisor_not_here", where="advisor_id"))
    for waiting in work.reader.find(Letter, client_id=client.id, appointment_id=None):
        if waiting.kind is kind and waiting.state in UNPRINTED:
            work.change(waiting, state=LetterState.VOID, **UNCLAIMED)
    tasks = work.reader.find(
        CallTask,
        client_id=client.id,
        advisor_id=advisor_id,
        closed_at=None,
        withdrawn_at=None,
        order_by="-due",
        limit=1,
    )
    task_id = tasks[0].id if tasks else None
    return make_letter_to(work, client, advisor_id, kind, call_task_id=task_id)


def _require_summons(work: Work, appointment: Appointment) -> None:
    """A formal summons is for a visit, and for offices that want it."""
    wanted = policy.value_in_force(
        work.settings, "letters.summons", appointment.office_id, work.today
    )
    if not wanted:
        raise Refused(Problem("summons_off", where="kind"))
    if appointment.channel is Channel.TELEPHONE:
        raise Refused(Problem("summons_by_telephone", where="kind"))
