"""A letter came back: the address is marked, further letters wait, and somebody calls."""

from typing import Any

from koba_desktop.domain import addresses
from koba_desktop.domain.entities.clients import ClientAddress
from koba_desktop.domain.entities.contacts import CallTask
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import CallReason, HoldReason, LetterState
from koba_desktop.services.commands import MarkMailReturned
from koba_desktop.services.contacts.tasks import open_task
from koba_desktop.services.office.entitlement import client_for
from koba_desktop.services.work import Work


def mark_mail_returned(work: Work, command: MarkMailReturned) -> dict[str, Any]:
    """One call task a client is enough, however many letters come back.

    A blocked address is marked by the responsible advisor only: to everybody else it is not there,
    and the call task tells the advisor. Raises Refused ``not_entitled``.
    """
    client = client_for(work, Right.KEEP_CLIENTS, command.client_id)
    letter = work.get(Letter, command.letter_id) if command.letter_id is not None else None
    shown = addresses.may_see_address(client, work.actor.staff_id)
    address = work.first(ClientAddress, client_id=client.id) if shown else None
    if address is not None:
        work.change(address, returned_on=command.returned_on)
    for pending in work.reader.find(Letter, client_id=client.id, state=LetterState.PENDING):
        work.change(
            pending,
            state=LetterState.HELD,
            hold_reason=HoldReason.ADDRESS_RETURNED,
            hold_details={"returned_on": command.returned_on.isoformat()},
        )
    task = work.first(
        CallTask,
        client_id=client.id,
        reason=CallReason.RETURNED_LETTER,
        result=None,
        withdrawn_at=None,
    )
    if task is None:
        advisor_id = client.advisor_id or (
            letter.advisor_id if letter is not None else work.actor.staff_id
        )
        task = open_task(work, client, advisor_id, CallReason.RETURNED_LETTER, work.now)
    return {"task_id": task.id}
