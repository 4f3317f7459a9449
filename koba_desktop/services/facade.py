"""The services as bootstrap puts them together: commands in, receipts out; reads for screens."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from koba_desktop.domain.clock import Clock
from koba_desktop.domain.entities.bookkeeping import ExecutedCommand
from koba_desktop.domain.errors import OfficeError, Unavailable
from koba_desktop.services.changes import EVERYTHING
from koba_desktop.services.commands import Command
from koba_desktop.services.execution import Actor, Receipt
from koba_desktop.services.footprint import audit_events, change_set
from koba_desktop.services.handlers import handler_of
from koba_desktop.services.locking import locks_of
from koba_desktop.services.ports import Foreign, Holidays, Reader, Store
from koba_desktop.services.retrying import carried_out
from koba_desktop.services.storable import require_storable
from koba_desktop.services.undo import undo_plan
from koba_desktop.services.view import View
from koba_desktop.services.work import Work

T = TypeVar("T")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Services:
    """One per open database; safe in worker threads (each call is a transaction of its own).

    ``viewer`` is the person a login of the shared database stands for: all views are hers or his
    unless another is named.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        holidays: Holidays,
        *,
        host: str = "",
        viewer: UUID | None = None,
    ) -> None:
        self.store = store
        self.clock = clock
        self.holidays = holidays
        self.host = host
        self.viewer = viewer

    def execute(
        self, command: Command, actor: Actor, happened_at: datetime | None = None
    ) -> Receipt:
        """Carry out a command in one transaction.

        ``happened_at`` (UTC) is when that was which it records, None: now. Rows are stamped with
        the present all the same. Raises Refused, NotFound, Taken, Conflict, Unavailable; nothing
        is written then (of Unavailable ``outcome_unclear`` nobody knows).
        """
        require_storable(command)
        return carried_out(lambda: self._once(command, actor, happened_at))

    def _once(self, command: Command, actor: Actor, happened_at: datetime | None) -> Receipt:
        try:
            return self._carry_out(command, actor, happened_at)
        except Unavailable:
            raise
        except OfficeError:
            # The same command may have won a race with itself: its slot is taken by itself.
            with self.store.reading() as reader:
                earlier = _executed(reader, command)
            if earlier is None:
                raise
            return _repeated(command, earlier)

    def _carry_out(self, command: Command, actor: Actor, happened_at: datetime | None) -> Receipt:
        now = self.clock.now()
        with self.store.writing(by=actor.staff_id, now=now) as uow:
            uow.lock(locks_of(command, uow))
            earlier = _executed(uow, command)
            if earlier is not None:
                return _repeated(command, earlier)
            then = now if happened_at is None else min(happened_at, now)
            work = Work(uow, now=then, actor=actor, holidays=self.holidays, host=self.host)
            result = handler_of(command)(work, command)
            undo = undo_plan(command, work)
            uow.add_all(audit_events(work))
            uow.add(
                ExecutedCommand(
                    id=command.command_id, name=type(command).__name__, result=_to_json(result)
                )
            )
            return Receipt(
                command=command,
                changes=change_set(work),
                result=result,
                undo=undo,
                written={step.after.id: step.after.version for step in work.steps},
            )

    @contextmanager
    def view(self, viewer: UUID | None = None) -> Iterator[View]:
        """A consistent read at the present instant."""
        with self.store.reading() as reader:
            yield View(reader, self.clock.now(), self.holidays, viewer or self.viewer)

    def ask(self, query: Callable[[View], T], viewer: UUID | None = None) -> T:
        """The answer of a query on a consistent read."""
        with self.view(viewer) as view:
            return query(view)

    def watch(self, changed: Callable[[Foreign], None]) -> Callable[[], None]:
        """Call ``changed`` (from any thread) when another program committed. Returns a stop."""
        return self.store.watch(changed)


def _executed(reader: Reader, command: Command) -> ExecutedCommand | None:
    found = reader.find(ExecutedCommand, id=command.command_id, limit=1)
    return found[0] if found else None


def _repeated(command: Command, earlier: ExecutedCommand) -> Receipt:
    """What the first one answered. What it changed is not known any more: everything may have."""
    return Receipt(
        command=command, changes=EVERYTHING, result=_from_json(earlier.result), repeated=True
    )


def _to_json(value: Any) -> Any:
    match value:
        case UUID():
            return str(value)
        case dict():
            return {name: _to_json(one) for name, one in value.items()}
        case list() | tuple():
            return [_to_json(one) for one in value]
        case _:
            return value


def _from_json(value: Any) -> Any:
    """The opposite: a text in the form of an id is an id."""
    match value:
        case str() if _ID.fullmatch(value):
            return UUID(value)
        case dict():
            return {name: _from_json(one) for name, one in value.items()}
        case list():
            return [_from_json(one) for one in value]
        case _:
            return value
