"""What lists on paper say of clients: their names, numbers and phones."""

from collections.abc import Iterable
from uuid import UUID

from koba_desktop.domain.entities.clients import Client, ClientPhone
from koba_desktop.domain.folding import fold, reduced
from koba_desktop.services.ports import AnyOf, Reader


def name_on_lists(family_name: str, given_name: str) -> str:
    """ "Kuhn, Marlies"; with one name only, that one."""
    return ", ".join(filter(None, (family_name, given_name)))


def in_order_of_names(name: str) -> str:
    """What names are sorted by: umlauts like their vowels, as a telephone book sorts."""
    return reduced(fold(name))


def clients_by_id(reader: Reader, client_ids: Iterable[UUID | None]) -> dict[UUID, Client]:
    """These clients, as far as the database shows them to the viewer. No read for none."""
    ids = {each for each in client_ids if each is not None}
    if not ids:
        return {}
    return {client.id: client for client in reader.find(Client, id=AnyOf.of(ids))}


def number_of(clients: dict[UUID, Client], client_id: UUID | None) -> str:
    """The number of a client, "" where there is none."""
    client = clients.get(client_id) if client_id is not None else None
    return (client.number or "") if client is not None else ""


def good_phones_of(
    reader: Reader, client_ids: Iterable[UUID | None]
) -> dict[UUID, tuple[ClientPhone, ...]]:
    """The numbers of each client that nobody found to be wrong, in their order. No read for
    none."""
    ids = {each for each in client_ids if each is not None}
    found: dict[UUID, list[ClientPhone]] = {}
    if ids:
        for phone in reader.find(
            ClientPhone, client_id=AnyOf.of(ids), bad_since=None, order_by="position"
        ):
            found.setdefault(phone.client_id, []).append(phone)
    return {client_id: tuple(phones) for client_id, phones in found.items()}


def first_phone(phones: dict[UUID, tuple[ClientPhone, ...]], client_id: UUID | None) -> str:
    """The first number of a client as typed, "" where there is none."""
    known = phones.get(client_id, ()) if client_id is not None else ()
    return known[0].typed if known else ""
