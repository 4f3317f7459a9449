"""Noting what leaves from the command line, where somebody may have the key and no name."""

from koba_desktop.domain.entities.bookkeeping import AuditEvent
from koba_desktop.services.audit.leaving import Leaving, events_of
from koba_desktop.services.execution import Actor
from koba_desktop.services.facade import Services
from koba_desktop.services.ids import new_id


def note_leaving(services: Services, command: Leaving, who: Actor | None) -> None:
    """Carry out the command, by ``who``; where that is None the audit names no person. Raises as
    the command does, Unavailable."""
    if who is not None:
        services.execute(command, who)
        return
    with services.store.writing(by=None, now=services.clock.now()) as uow:
        events = [
            AuditEvent(
                id=new_id(),
                action=action,
                object_kind=type(record).__name__,
                object_id=record.id,
                host=services.host,
                reason=reason,
            )
            for action, record, reason in events_of(command, uow)
        ]
        uow.add_all(events)
