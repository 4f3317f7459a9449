"""What a unit of work can lock before it reads (``locking`` says what a command is about)."""

from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID, uuid5

from koba_desktop.domain.clock import day_of


@dataclass(frozen=True, slots=True)
class Locks:
    """``offices``: any place of that office may be chosen or pushed (exclusive);
    ``shared_offices``: a place of it that is known is taken or given back (shared). All others are
    exclusive. ``places`` also holds ``visitor_numbers``: they are given out one at a time, too.
    """

    offices: frozenset[UUID] = frozenset()
    shared_offices: frozenset[UUID] = frozenset()
    places: frozenset[UUID] = frozenset()
    advisors: frozenset[UUID] = frozenset()
    clients: frozenset[UUID] = frozenset()

    def __or__(self, other: "Locks") -> "Locks":
        """Both. Who has an office alone need not share it."""
        united = {f.name: getattr(self, f.name) | getattr(other, f.name) for f in fields(Locks)}
        united["shared_offices"] -= united["offices"]
        return Locks(**united)


NOTHING = Locks()
IMPORTING = UUID("6f1c3c1e-41a2-4d7e-9a4c-5b0e7a3f2d10")
"""Stands for the import: two of them would write the same clients in different orders."""


def visitor_numbers(office_id: UUID, starts: datetime) -> UUID:
    """Stands for the visitors' numbers of an office on a day: each is one more than the last."""
    return uuid5(office_id, day_of(starts).isoformat())
