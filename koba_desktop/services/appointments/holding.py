"""A slot kept while somebody types: holds expire by themselves (domain rules § 3)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from koba_desktop.domain import policy
from koba_desktop.domain.entities.appointments import Hold
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.rights import Right
from koba_desktop.services.commands import HoldSlot, ReleaseSlot
from koba_desktop.services.office.entitlement import require_client, require_somewhere
from koba_desktop.services.work import Work


def hold_slot(work: Work, command: HoldSlot) -> dict[str, Any]:
    """Keep the slot for ``slots.hold_minutes``. Raises Refused ``hold_of_another``,
    ``not_entitled``; Taken."""
    require_somewhere(work, Right.BOOK)
    if command.client_id is not None:
        require_client(work.view, work.get(Client, command.client_id))
    minutes = policy.value_in_force(
        work.settings, "slots.hold_minutes", work.actor.office_id, work.today
    )
    until = work.now + timedelta(minutes=minutes)
    held = _own(work, command.hold_id)
    if held is None:
        work.add(
            Hold(
                id=command.hold_id,
                advisor_id=command.advisor_id,
                client_id=command.client_id,
                place_id=command.place_id,
                starts=command.starts,
                ends=command.ends,
                until=until,
            )
        )
    else:
        work.change(
            held,
            advisor_id=command.advisor_id,
            client_id=command.client_id,
            place_id=command.place_id,
            starts=command.starts,
            ends=command.ends,
            until=until,
        )
    return {"until": until.isoformat()}


def release_slot(work: Work, command: ReleaseSlot) -> dict[str, Any]:
    """One that has expired is gone already."""
    held = _own(work, command.hold_id)
    if held is not None:
        work.remove(held)
    return {}


def _own(work: Work, hold_id: UUID) -> Hold | None:
    held = work.first(Hold, id=hold_id)
    if held is not None and held.changed_by != work.actor.staff_id:
        raise Refused(Problem("hold_of_another"))
    return held
