"""What was put in while the server was away, until the server has it (port)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from koba_desktop.domain.errors import Problem
from koba_desktop.services.commands import Command
from koba_desktop.services.execution import Actor

NEVER = 0
"""The version on the server of what the server refused."""

Versions = Mapping[tuple[UUID, int], int]
"""By id and version of a row on the snapshot: the version it then has on the server."""


@dataclass(frozen=True, slots=True)
class KeptInput:
    """One command that waits, or that the server refused (``problems``).

    ``result`` is what the user was answered, ``written`` the rows it wrote on the snapshot with
    their versions. ``command`` is None where this program does not understand it: then it stays.
    ``anew``: the user wants it although the row has changed meanwhile.
    """

    command_id: UUID
    name: str
    command: Command | None
    actor: Actor
    happened_at: datetime
    result: Mapping[str, Any]
    written: Mapping[UUID, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    anew: bool = False

    @property
    def waiting(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class Known:
    """What rows made or changed on snapshots are on the server."""

    ids: Mapping[UUID, UUID] = field(default_factory=dict)
    versions: Versions = field(default_factory=dict)


class InputQueue(Protocol):
    """Belongs to one login. Each call is on the disk when it returns: it outlasts ``kill -9`` and a
    power cut. All raise Unavailable."""

    def append(self, kept: KeptInput, superseded: Iterable[UUID] = ()) -> None:
        """At the end; ``superseded`` are command ids it takes the place of. One that is there
        already stays as it is."""

    def all(self) -> tuple[KeptInput, ...]:
        """In the order in which they were put in."""

    def learn(
        self, command_id: UUID, result: Mapping[str, Any], written: Mapping[UUID, int]
    ) -> None:
        """It was carried out on another snapshot, with that result."""

    def sent(self, command_id: UUID, known: Known) -> None:
        """The server has it: it goes, and what was learnt of its rows stays."""

    def refuse(self, command_id: UUID, problems: tuple[Problem, ...]) -> None:
        """The server does not take it. Whatever it wrote will never be on the server."""

    def again(self, command_id: UUID) -> None:
        """A refused one waits again, to be carried out on the row as it stands."""

    def remove(self, command_id: UUID) -> None:
        """The user gives it up."""

    def known(self) -> Known: ...

    def forget(self, before: datetime) -> None:
        """Of rows made on snapshots before an instant; of versions, where nothing is kept."""

    def close(self) -> None: ...
