"""The last known fourteen days on this PC (port)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from koba_desktop.services.ports import Store


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """When it was taken (UTC), as whom (staff id), and how many rows it holds."""

    taken_at: datetime
    staff_id: UUID
    rows: int


class OpenedSnapshot(Protocol):
    @property
    def store(self) -> Store:
        """A database like any other; to be closed."""

    @property
    def info(self) -> SnapshotInfo: ...


class PreparedSnapshot(Protocol):
    """Complete, and not yet in the place of the one before."""

    @property
    def info(self) -> SnapshotInfo: ...

    def install(self) -> None:
        """From now on this is the one that is opened; earlier ones are removed."""

    def discard(self) -> None: ...


class Snapshots(Protocol):
    def prepare(self, source: Store, now: datetime, staff_id: UUID) -> PreparedSnapshot:
        """What that person may see of the days around now. Raises Unavailable."""

    def remove(self) -> None:
        """All of them: nobody may look at them any more."""

    def open(self) -> OpenedSnapshot | None:
        """The latest, None where there is none. Raises Unavailable."""
