"""What is put in while the server is away: kept for it, and shown on the snapshot at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from koba_desktop.domain.errors import NotFound, Refused
from koba_desktop.services.changes import EVERYTHING
from koba_desktop.services.commands import Command
from koba_desktop.services.execution import Actor, Receipt
from koba_desktop.services.outage.commands import answer_unseen, draft_of
from koba_desktop.services.outage.local import LocalOffice
from koba_desktop.services.outage.queue import InputQueue, KeptInput


def keep(
    queue: InputQueue, local: LocalOffice | None, command: Command, actor: Actor, at: datetime
) -> Receipt:
    """Keep a command durably, carried out on the snapshot as of ``at`` (UTC) as far as the rows it
    needs are there. Raises what the rules refuse there, and then keeps nothing."""
    everything = queue.all()
    for kept in everything:
        if kept.command_id == command.command_id:
            return Receipt(command, EVERYTHING, dict(kept.result), repeated=True, queued=True)
    draft = draft_of(command)
    superseded = [
        kept.command_id
        for kept in everything
        if kept.waiting and draft is not None and draft_of(kept.command) == draft
    ]

    def append(result: Mapping[str, Any], written: Mapping[UUID, int]) -> None:
        queue.append(
            KeptInput(
                command_id=command.command_id,
                name=type(command).__name__,
                command=command,
                actor=actor,
                happened_at=at,
                result=result,
                written=written,
            ),
            superseded,
        )

    if local is not None:
        try:
            return local.carry_out(command, actor, at, append)
        except NotFound:
            pass  # younger than the snapshot: the server knows
        except Refused as error:
            if error.code != "reference_broken":
                raise
    result = answer_unseen(command)
    append(result, {})
    return Receipt(command, EVERYTHING, result, queued=True)
