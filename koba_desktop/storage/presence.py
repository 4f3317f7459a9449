"""Who has what open: written past the commands, as it is nothing anybody decided."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from koba_desktop.domain.entities.bookkeeping import PRESENT_FOR, Presence
from koba_desktop.storage.mapping import values_of
from koba_desktop.storage.tables import table_of

_presence = table_of(Presence)
_WHO = (_presence.c.subject_id, _presence.c.staff_id, _presence.c.host)


def say_present(presence: Presence, insert: Callable[[sa.Table], Any]) -> Any:
    """Write the row, or that it was seen again; ``insert`` is the dialect's own."""
    return (
        insert(_presence)
        .values(values_of(presence))
        .on_conflict_do_update(index_elements=_WHO, set_={"seen_at": presence.seen_at})
    )


def say_gone(presence: Presence) -> sa.Delete:
    """Take the row away, and with it what a crash of the same person's programs left behind:
    nobody is to read later who looked at what."""
    values = values_of(presence)
    here = sa.and_(*(column == values[column.name] for column in _WHO))
    over = _presence.c.seen_at <= presence.seen_at - PRESENT_FOR
    return sa.delete(_presence).where(
        sa.or_(here, sa.and_(_presence.c.staff_id == presence.staff_id, over))
    )
