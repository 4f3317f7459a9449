"""Postcodes proposed for letters that are held for nothing but theirs."""

from collections.abc import Sequence
from uuid import UUID

from koba_desktop.domain.entities.clients import Client, ClientAddress
from koba_desktop.domain.postcodes import Proposal, proposed_postcode
from koba_desktop.domain.vocabulary import LetterState
from koba_desktop.services.ports import AnyOf
from koba_desktop.services.rows import OutboxRow
from koba_desktop.services.view import View

_OF_POSTCODE = {"postcode_missing", "postcode_not_german"}


def proposals(view: View, office_id: UUID, rows: Sequence[OutboxRow]) -> dict[UUID, Proposal]:
    """By client, from where the office's other clients live. Blocked addresses (§ 51 BMG) are
    neither mended nor asked. No read where no letter lacks only its postcode."""
    lacking = {row.client_id for row in rows if _lacks_postcode(row)}
    if not lacking:
        return {}
    clients = view.reader.find(Client, id=AnyOf.of(lacking), address_blocked=False)
    homes = view.reader.find(ClientAddress, client_id=AnyOf.of(each.id for each in clients))
    towns = sorted({home.town.strip() for home in homes} - {""})
    known = view.reader.known_addresses(office_id, towns) if towns else []
    found = {home.client_id: proposed_postcode(home.street, home.town, known) for home in homes}
    return {client_id: proposal for client_id, proposal in found.items() if proposal is not None}


def _lacks_postcode(row: OutboxRow) -> bool:
    codes = set((row.hold_details or {}).get("codes", ()))
    held = row.state is LetterState.HELD and not row.represented
    return held and bool(codes) and codes <= _OF_POSTCODE
