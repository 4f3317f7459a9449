"""The letter that ends the ladder: the proposed appointment booked, its letter in the outbox."""

from datetime import timedelta
from typing import Any

from koba_desktop.domain.entities.appointments import Appointment, AppointmentKind
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.contacts import CallTask
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    CallResult,
    ChangeKind,
    Channel,
    LetterKind,
)
from koba_desktop.services.appointments.admitting import admit
from koba_desktop.services.appointments.booking import enter, free_reference
from koba_desktop.services.appointments.history import remember
from koba_desktop.services.commands import ProposeByLetter
from koba_desktop.services.contacts.recording import ladder_of
from koba_desktop.services.contacts.tasks import close
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.making import make_letter
from koba_desktop.services.office.entitlement import require, require_client
from koba_desktop.services.slots.finding import SlotQuery
from koba_desktop.services.work import Work


def propose_by_letter(work: Work, command: ProposeByLetter) -> dict[str, Any]:
    """Raises Refused: ``ladder_not_exhausted`` (made, needed) without a reason for writing early,
    ``task_closed``, ``not_entitled``, and what stands against the slot. Raises Taken."""
    client = work.get(Client, command.client_id)
    require_client(work.view, client)
    work.get(AppointmentKind, command.kind_id)
    task = work.get(CallTask, command.task_id) if command.task_id is not None else None
    _refuse_too_soon(work, task, command)
    office_id = task.office_id if task is not None else client.office_id
    require(work, Right.PROPOSE, office_id, client.advisor_id)
    admit(
        work,
        SlotQuery(
            office_id=office_id,
            minutes=command.minutes,
            channel=Channel.TELEPHONE,
            advisor_ids=(command.advisor_id,),
            client_id=client.id,
            kind_id=command.kind_id,
            by_letter=True,
        ),
        command.starts,
        None,
    )
    appointment = enter(
        work,
        Appointment(
            id=new_id(),
            reference=free_reference(work),
            office_id=office_id,
            advisor_id=command.advisor_id,
            kind_id=command.kind_id,
            channel=Channel.TELEPHONE,
            starts=command.starts,
            ends=command.starts + timedelta(minutes=command.minutes),
            state=AppointmentState.PROPOSED,
            phone=command.phone.strip(),
        ),
        client_id=client.id,
    )
    letter = make_letter(
        work,
        appointment,
        LetterKind.TELEPHONE_PROPOSAL,
        call_task_id=task.id if task is not None else None,
    )
    remember(
        work,
        ChangeKind.CREATED,
        None,
        appointment,
        reason=command.early_reason,
        text=command.early_text,
        letter_id=letter.id,
    )
    if task is not None:
        close(work, task, CallResult.LETTER)
    return {
        "appointment_id": appointment.id,
        "letter_id": letter.id,
        "reference": appointment.reference,
    }


def _refuse_too_soon(work: Work, task: CallTask | None, command: ProposeByLetter) -> None:
    if task is not None and (task.result is not None or task.withdrawn_at is not None):
        raise Refused(Problem("task_closed", where="task_id"))
    if command.early_reason is not None:
        return
    if task is None:
        raise Refused(Problem("early_reason_missing", where="early_reason"))
    ladder = ladder_of(work, task)
    if not ladder.exhausted:
        raise Refused(
            Problem(
                "ladder_not_exhausted",
                {"made": ladder.made, "needed": ladder.needed},
                "early_reason",
            )
        )
