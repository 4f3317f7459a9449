"""Whether the server is away, and what waits for it: what a banner and a list show."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from koba_desktop.domain.errors import Problem
from koba_desktop.services.commands import Command

AWAY = frozenset({"server_away", "connection_lost"})
"""Codes of Unavailable: the server cannot be asked."""
SHUT_OUT = frozenset({"login_disabled", "login_without_right", "password_wrong"})
"""The server is there and does not let this person in any more: nothing is shown, from the
snapshot neither."""


@dataclass(frozen=True, slots=True)
class RefusedInput:
    """Something put in during an outage that no longer fits. ``name`` is the class of the command,
    ``command`` None where this program does not understand it."""

    id: UUID
    name: str
    command: Command | None
    happened_at: datetime
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class OutageState:
    """``since`` is when the server was first missed, ``taken_at`` when the snapshot was made (both
    UTC; None: not away, no snapshot). ``waiting`` counts inputs that are not sent yet.
    ``stopped`` is why the server, though there, does not take them (a full disk, a login that was
    taken away).
    """

    offline: bool = False
    since: datetime | None = None
    taken_at: datetime | None = None
    waiting: int = 0
    refused: tuple[RefusedInput, ...] = ()
    stopped: Problem | None = None
