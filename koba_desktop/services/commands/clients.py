"""Clients as a form leaves them."""

from dataclasses import dataclass
from uuid import UUID

from koba_desktop.domain.entities.clients import (
    Client,
    ClientAddress,
    ClientEmail,
    ClientPhone,
    Representative,
)
from koba_desktop.services.commands.base import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientProfile:
    """A client with all contact data, as the editor holds it. Rows taken off are simply absent."""

    client: Client
    address: ClientAddress | None = None
    phones: tuple[ClientPhone, ...] = ()
    emails: tuple[ClientEmail, ...] = ()
    representative: Representative | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveClient(Command):
    """Create (version 0) or change. Result: ``client_id``. Raises Refused, Conflict."""

    profile: ClientProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewBlockedAddress(Command):
    """Say why a blocked address (§ 51 BMG) is to be seen; it is logged, and the responsible
    advisor may read it for the rest of the day (``clients.blocked.blocked_address``).

    Raises Refused: ``reason_missing``, ``address_hidden``.
    """

    client_id: UUID
    reason: str
