"""Addresses with a disclosure block (§ 51 BMG): for the responsible advisor, with a logged reason.

The address itself is not part of any command's result: results are kept.
"""

from typing import Any
from uuid import UUID

from koba_desktop.domain import addresses
from koba_desktop.domain.clock import day_bounds
from koba_desktop.domain.entities.bookkeeping import AuditEvent
from koba_desktop.domain.entities.clients import Client, ClientAddress
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.vocabulary import AuditAction
from koba_desktop.services.commands import ViewBlockedAddress
from koba_desktop.services.office.entitlement import require_client
from koba_desktop.services.ports import From
from koba_desktop.services.view import View
from koba_desktop.services.work import Work

LETTER = "letter"
"""The reason logged where a letter takes the address: it does not open it on the screen."""


def view_blocked_address(work: Work, command: ViewBlockedAddress) -> dict[str, Any]:
    """See ``ViewBlockedAddress``."""
    client = work.get(Client, command.client_id)
    require_client(work.view, client)
    if not addresses.may_see_address(client, work.actor.staff_id):
        raise hidden("address_hidden")
    if not command.reason.strip():
        raise Refused(Problem("reason_missing", where="reason"))
    reason = command.reason.strip()
    # The program's own word for a letter is no reason to show the address.
    work.audit(AuditAction.VIEW_BLOCKED, client, f"„{reason}“" if reason == LETTER else reason)
    return {"client_id": client.id}


def blocked_address(view: View, client_id: UUID) -> ClientAddress | None:
    """The address, None where none is known. Raises Refused ``not_entitled``, and as
    ``require_shown`` does."""
    client = view.reader.get(Client, client_id)
    require_client(view, client)
    require_shown(view, client)
    found = view.reader.find(ClientAddress, client_id=client_id, limit=1)
    return found[0] if found else None


def require_shown(view: View, client: Client) -> None:
    """Raises Refused for a blocked address: ``address_hidden`` unless the viewer is the
    responsible advisor, ``address_reason_missing`` unless he or she gave a reason today."""
    if not addresses.may_see_address(client, view.viewer):
        raise hidden("address_hidden")
    if client.address_blocked and not _reason_given(view, client):
        raise hidden("address_reason_missing")


def hidden(code: str, where: str = "address") -> Refused:
    return Refused(Problem(code, where=where))


def _reason_given(view: View, client: Client) -> bool:
    given = view.reader.find(
        AuditEvent,
        object_id=client.id,
        action=AuditAction.VIEW_BLOCKED,
        created_by=view.viewer,
        created_at=From(day_bounds(view.today)[0]),
    )
    return any(event.reason != LETTER for event in given)
