"""May this appointment stand at this time? Asked in the very transaction that books it."""

from datetime import datetime

from koba_desktop.domain.clock import whole_minutes
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.services.commands import Override
from koba_desktop.services.slots.finding import SlotQuery, explain_slot
from koba_desktop.services.work import Work


def admit(work: Work, query: SlotQuery, starts: datetime, override: Override | None) -> None:
    """Raises Refused with everything that stands against the slot and is not overruled.

    What the database itself refuses (advisor, client or room taken) can not be overruled.
    """
    overruled = override.codes if override is not None else frozenset[str]()
    against = [
        refusal
        for refusal in explain_slot(work.view, query, starts)
        if refusal.override is None or refusal.override not in overruled
    ]
    if against:
        raise Refused(*(Problem(r.code, r.params, where="starts") for r in against))


def span_minutes(starts: datetime, ends: datetime) -> int:
    """Whole minutes between two instants; Refused if the second is not after the first."""
    minutes = whole_minutes(ends - starts)
    if minutes <= 0:
        raise Refused(Problem("ends_before_start", where="ends"))
    return minutes
