"""Who has what open: written past the commands, as it is nothing anybody decided."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from koba_desktop.domain.entities.bookkeeping import Presence
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
    values = values_of(presence)
    return sa.delete(_presence).where(*(column == values[column.name] for column in _WHO))
